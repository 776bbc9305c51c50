//! Layer normalisation: Ba et al. 2016, <https://arxiv.org/abs/1607.06450>, eq. 4.

use burn::module::{Initializer, Module, Param};
use burn::tensor::module::layer_norm;
use burn::tensor::{Device, Tensor};

/// What is added to the variance.
const EPSILON: f64 = 1e-5;

/// y = γ (x − μ) / √(σ² + ε) + β, with μ and σ² over the features of each position.
#[derive(Module, Debug)]
pub struct LayerNorm {
    /// γ [features]
    pub weight: Param<Tensor<1>>,
    /// β [features]
    pub bias: Param<Tensor<1>>,
}

impl LayerNorm {
    pub fn new(features: usize, device: &Device) -> Self {
        Self {
            weight: Initializer::Ones.init([features], device),
            bias: Initializer::Zeros.init([features], device),
        }
    }

    /// # Shapes
    /// - x, output: [N, features]
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        layer_norm(x, self.weight.val(), Some(self.bias.val()), EPSILON)
    }
}
