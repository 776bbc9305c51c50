//! Two-dimensional convolution with a square kernel and "same" padding: y[j, p] = b_j + Σ_{i, tap} w[j, i, tap] x[i, p + tap].
//! Fused on the processor [`convolution`](crate::fused::convolution), on WebGPU [`convolution`](crate::gpu::convolution); of a doubled picture
//! [`resample`](super::resample).

use burn::module::{Initializer, Module, Param};
use burn::tensor::module::conv2d;
use burn::tensor::ops::ConvOptions;
use burn::tensor::{Device, Tensor};

#[derive(Module, Debug)]
pub struct Conv2d {
    /// [out, in, kernel, kernel]
    pub weight: Param<Tensor<4>>,
    /// [out]
    pub bias: Param<Tensor<1>>,
    stride: usize,
}

impl Conv2d {
    /// Kernel 3: each output pixel sees its eight neighbours.
    pub fn same3(inputs: usize, outputs: usize, device: &Device) -> Self {
        Self::new(inputs, outputs, 3, 1, device)
    }

    /// Kernel 3, stride 2: half the size in each direction.
    pub fn halving3(inputs: usize, outputs: usize, device: &Device) -> Self {
        Self::new(inputs, outputs, 3, 2, device)
    }

    /// Kernel 1: a linear map of the channels of each pixel.
    pub fn pointwise(inputs: usize, outputs: usize, device: &Device) -> Self {
        Self::new(inputs, outputs, 1, 1, device)
    }

    fn new(inputs: usize, outputs: usize, kernel: usize, stride: usize, device: &Device) -> Self {
        Self {
            weight: Initializer::Zeros.init([outputs, inputs, kernel, kernel], device),
            bias: Initializer::Zeros.init([outputs], device),
            stride,
        }
    }

    /// # Shapes
    /// - x: [B, in, H, W]
    /// - output: [B, out, H / stride, W / stride]
    pub fn forward(&self, x: Tensor<4>) -> Tensor<4> {
        let weight = self.weight.val();
        let padding = weight.dims()[2] / 2;
        let options = ConvOptions::new([self.stride; 2], [padding; 2], [1, 1], 1);
        conv2d(x, weight, Some(self.bias.val()), options)
    }
}
