//! Affine map of feature vectors: y = x Wᵀ + b.

use burn::module::{Initializer, Module, Param};
use burn::tensor::{Device, Tensor};

#[derive(Module, Debug)]
pub struct Linear {
    /// W [out, in], as PyTorch stores it.
    pub weight: Param<Tensor<2>>,
    /// b [out]
    pub bias: Param<Tensor<1>>,
}

impl Linear {
    pub fn new(inputs: usize, outputs: usize, device: &Device) -> Self {
        Self {
            weight: Initializer::Zeros.init([outputs, inputs], device),
            bias: Initializer::Zeros.init([outputs], device),
        }
    }

    /// # Shapes
    /// - x: [B, in]
    /// - output: [B, out]
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        x.matmul(self.weight.val().transpose()) + self.bias.val().unsqueeze() // [B, out]
    }
}
