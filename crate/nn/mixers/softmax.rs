//! softmax(Q Kᵀ / √dh) V: Vaswani et al. 2017, eq. 1, <https://arxiv.org/abs/1706.03762>.

use super::{Attended, Mixer, added};
use crate::nn::head_edit::HeadEdit;
use burn::tensor::Tensor;
use burn::tensor::activation::softmax;
use std::sync::Arc;

#[derive(Clone, Copy, Debug)]
pub struct Softmax;

impl Mixer for Softmax {
    fn shared(&self) -> Arc<dyn Mixer> {
        Arc::new(*self)
    }

    fn attend(&self, [q, k, v]: [Tensor<3>; 3], [keys, values]: [Tensor<3>; 2], edit: &HeadEdit) -> Attended {
        let [_, _, d] = q.dims();
        let scores = q.clone().matmul(keys.transpose()) / (d as f32).sqrt(); // [H, N, T]
        let masked = added(scores.clone(), edit.mask.clone());
        let weights = edit.weights(softmax(masked.clone(), 2));
        let out = edit.output(weights.clone().matmul(values)); // [H, N, dh]
        Attended { q, k, v, scores, masked, weights, out }
    }

    fn attend_all(&self, [q, k, v]: [Tensor<4>; 3], mask: Option<Tensor<3>>) -> Tensor<4> {
        let [_, _, _, d] = q.dims();
        // The scale goes to the smaller matrix.
        let scores = (q / (d as f32).sqrt()).matmul(k.transpose()); // [B, H, T, T]
        softmax(added(scores, mask), 3).matmul(v)
    }
}
