//! y = x Wᵀ + b for each row of x; a 1×1 convolution of a picture with its channels last is the same.

use super::matrix::{Panels, Start};

#[derive(Clone, Debug)]
pub struct Linear {
    weight: Panels,
    bias: Vec<f32>,
}

impl Linear {
    /// `weight` is [out, in], `bias` [out], or empty for none.
    pub fn new(inputs: usize, outputs: usize, weight: &[f32], bias: &[f32]) -> Self {
        Self { weight: Panels::linear(weight, outputs, inputs), bias: bias.to_vec() }
    }

    pub fn inputs(&self) -> usize {
        self.weight.k
    }

    pub fn outputs(&self) -> usize {
        self.weight.n
    }

    fn start(&self) -> Start<'_> {
        if self.bias.is_empty() { Start::Zero } else { Start::Bias(&self.bias) }
    }

    /// # Shapes
    /// - x: [rows, in]
    /// - y: [rows, out]
    pub fn forward(&self, x: &[f32], y: &mut [f32]) {
        self.weight.multiply(x, self.start(), y);
    }

    /// The answer to one row, in an array of its own.
    pub fn row(&self, x: &[f32]) -> Vec<f32> {
        let mut y = vec![0.0; self.outputs()];
        self.forward(x, &mut y);
        y
    }
}
