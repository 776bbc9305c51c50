//! A table of learned vectors, one row a class.

use burn::module::{Initializer, Module, Param};
use burn::tensor::{Device, Int, Tensor};

#[derive(Module, Debug)]
pub struct Embedding {
    /// [rows, features]
    pub weight: Param<Tensor<2>>,
}

impl Embedding {
    pub fn new(rows: usize, features: usize, device: &Device) -> Self {
        Self { weight: Initializer::Zeros.init([rows, features], device) }
    }

    /// # Shapes
    /// - rows: [B], each below the number of rows
    /// - output: [B, features]
    pub fn forward(&self, rows: Tensor<1, Int>) -> Tensor<2> {
        self.weight.val().select(0, rows)
    }
}
