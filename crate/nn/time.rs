//! The time as a vector of sines and cosines: Vaswani et al. 2017, section 3.5, <https://arxiv.org/abs/1706.03762>.

use crate::math::sinusoids::sinusoids;
use burn::tensor::{Device, Tensor, TensorData};

/// [`sinusoids`] as a tensor [B, 2F].
pub fn time_embedding(times: &[f32], frequencies: usize, device: &Device) -> Tensor<2> {
    let data = TensorData::new(sinusoids(times, frequencies), [times.len(), 2 * frequencies]);
    Tensor::from_data(data, device)
}
