//! How the heads of a layer mix the values of the positions they see: one way a file.

pub mod softmax;

use super::head_edit::HeadEdit;
use burn::tensor::Tensor;
use std::fmt::Debug;
use std::sync::Arc;

/// What the heads of one layer did for N positions that see T.
#[derive(Clone, Debug)]
pub struct Attended {
    /// Queries, positions turned in. [H, N, dh]
    pub q: Tensor<3>,
    /// Keys of the N positions, positions turned in. [H, N, dh]
    pub k: Tensor<3>,
    /// Values of the N positions. [H, N, dh]
    pub v: Tensor<3>,
    /// What a query and a key have to do with each other; q · k / √dh under softmax. [H, N, T]
    pub scores: Tensor<3>,
    /// The scores with what is added to them, [`MASKED`](super::causal::MASKED) where hidden. [H, N, T]
    pub masked: Tensor<3>,
    /// Rows sum to one. [H, N, T]
    pub weights: Tensor<3>,
    /// Weights · V, what each head gives. [H, N, dh]
    pub out: Tensor<3>,
}

/// A way to mix.
pub trait Mixer: Debug + Send + Sync {
    /// Itself, for a network to keep.
    fn shared(&self) -> Arc<dyn Mixer>;

    /// Of one text's next N positions, with everything handed back; `keys` and `values` are those of all T.
    ///
    /// # Shapes
    /// - [q, k, v]: [H, N, dh] each
    /// - [keys, values]: [H, T, dh] each
    fn attend(&self, new: [Tensor<3>; 3], seen: [Tensor<3>; 2], edit: &HeadEdit) -> Attended;

    /// The same for training: every text reads itself, and only what the heads give comes back.
    ///
    /// # Shapes
    /// - [q, k, v], output: [B, H, T, dh] each
    /// - mask: [H or 1, T, T], added to the scores
    fn attend_all(&self, qkv: [Tensor<4>; 3], mask: Option<Tensor<3>>) -> Tensor<4>;
}

/// `scores` with `mask` added, if there is one.
pub fn added<const D: usize>(scores: Tensor<D>, mask: Option<Tensor<3>>) -> Tensor<D> {
    match mask {
        Some(mask) => scores + mask.unsqueeze(),
        None => scores,
    }
}
