//! Scores of every class: the dot product of a feature vector with each row of a table.

use burn::module::{Initializer, Module, Param};
use burn::tensor::{Device, Tensor};

#[derive(Module, Debug)]
pub struct Unembedding {
    /// [rows, features]
    pub weight: Param<Tensor<2>>,
}

impl Unembedding {
    pub fn new(rows: usize, features: usize, device: &Device) -> Self {
        Self { weight: Initializer::Zeros.init([rows, features], device) }
    }

    /// # Shapes
    /// - x: [N, features]
    /// - output: [N, rows]
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        unembed(x, &self.weight.val())
    }
}

/// # Shapes
/// - x: [N, features]
/// - table: [rows, features]
/// - output: [N, rows]
pub fn unembed(x: Tensor<2>, table: &Tensor<2>) -> Tensor<2> {
    x.matmul(table.clone().transpose())
}
