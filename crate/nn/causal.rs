//! What a causal transformer must not see: the positions that come. Its heads mix as [`mixers`](super::mixers) say; over fused operators
//! [`fused_gpt`](crate::models::fused_gpt), on WebGPU [`gpt`](crate::gpu::gpt).

pub use crate::attention::surgery::MASKED;
use burn::tensor::{Bool, Device, Tensor, TensorData};

/// 0 where a position may look and [`MASKED`] above the diagonal. [1, T, T]
pub fn causal_mask(length: usize, device: &Device) -> Tensor<3> {
    // True above the diagonal.
    let hidden = Tensor::<2, Bool>::tril_mask([length, length], 0, device);
    Tensor::zeros([length, length], device).mask_fill(hidden, MASKED).unsqueeze()
}

/// The last `n` rows of [`causal_mask`], for tokens that are read after `start` others; `None` for a single one, which comes after all
/// that it sees. [1, N, start + N]
pub fn causal_mask_after(start: usize, n: usize, device: &Device) -> Option<Tensor<3>> {
    let t = start + n;
    let cell = |i: usize| if i % t > start + i / t { MASKED } else { 0.0 };
    (n > 1).then(|| Tensor::from_data(TensorData::new((0..n * t).map(cell).collect(), [1, n, t]), device))
}
