//! The Gaussian error linear unit in its tanh form: Hendrycks & Gimpel 2016, <https://arxiv.org/abs/1606.08415>.

use burn::tensor::Tensor;
use burn::tensor::activation::sigmoid;

/// x/2 · (1 + tanh(√(2/π) (x + 0.044715 x³))), written with the logistic function, since (1 + tanh u)/2 = σ(2u):
/// half as many operations on a tensor.
pub fn gelu<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    // 2 √(2/π)
    const SCALE: f64 = 1.595_769_121_605_731;
    let u = (x.clone() * x.clone() * (SCALE * 0.044_715) + SCALE) * x.clone();
    x * sigmoid(u)
}
