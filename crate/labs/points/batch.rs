//! What a pull wants to know of the device, read in one go: each wait may cost a graphics processor a whole frame.

use std::ops::Range;

use burn::tensor::Tensor;

use crate::device::read;
use crate::runtime::error::SessionError;

/// Tensors that wait to be read.
#[derive(Default)]
pub struct Batch {
    parts: Vec<Tensor<1>>,
    size: usize,
}

impl Batch {
    /// Asks for the numbers of `tensor`; gives where they will stand in the answer.
    pub fn want<const D: usize>(&mut self, tensor: Tensor<D>) -> Range<usize> {
        let count = tensor.shape().num_elements();
        let from = self.size;
        self.size += count;
        self.parts.push(tensor.reshape([count]));
        from..self.size
    }

    /// All that was asked for: one readback, or none if nothing was.
    pub async fn read(self) -> Result<Vec<f32>, SessionError> {
        if self.parts.is_empty() {
            return Ok(Vec::new());
        }
        read(Tensor::cat(self.parts, 0)).await.map_err(SessionError::Device)
    }
}
