//! The network that predicts the noise in pictures, in the form that its device runs fastest.

use super::{fused_unet::FusedUNet, unet::UNet};
use crate::device::at_hand;
use burn::tensor::{Tensor, TensorData};

#[derive(Debug)]
pub enum NoiseNetwork {
    /// On this processor.
    Fused(Box<FusedUNet>),
    /// On whatever runs tensors.
    Tensors(Box<UNet>),
}

impl NoiseNetwork {
    /// The noise ε that the network sees in x_t; see [`UNet::forward`].
    ///
    /// # Shapes
    /// - x, output: [B, C, H, W]
    pub fn forward(&self, x: Tensor<4>, times: &[f32], labels: &[usize]) -> Tensor<4> {
        match self {
            Self::Fused(network) => {
                let (device, shape) = (x.device(), x.dims());
                let eps = network.forward(&at_hand(x), times, labels);
                Tensor::from_data(TensorData::new(eps, shape), &device)
            }
            Self::Tensors(network) => network.forward(x, times, labels),
        }
    }
}
