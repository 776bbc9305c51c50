//! Classifier-free guidance: Ho & Salimans 2022, <https://arxiv.org/abs/2207.12598>.

use burn::tensor::Tensor;

/// ε = ε_u + w (ε_c − ε_u): w = 0 ignores the label, w = 1 is the plain conditional noise, w > 1
/// exaggerates what the label changes. (Ho & Salimans write w + 1 for this w; diffusers writes this.)
pub fn guide<const D: usize>(unconditional: Tensor<D>, conditional: Tensor<D>, w: f64) -> Tensor<D> {
    unconditional.clone() + (conditional - unconditional) * w
}
