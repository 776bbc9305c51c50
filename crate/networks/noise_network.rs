//! The network that predicts the noise in pictures, in the form that its device runs.

use crate::device::Device;
use crate::models::{
    fused_unet::FusedUNet,
    unet_config::{SizeError, UNetConfig},
};

#[derive(Debug)]
pub enum NoiseNetwork {
    Cpu(Box<FusedUNet>),
    #[cfg(feature = "webgpu")]
    Webgpu(Box<crate::gpu::unet::GpuUNet>),
}

impl NoiseNetwork {
    /// The network of `config` on `device` with the weights that `take` finds by their names and shapes.
    pub fn new<E: From<SizeError>>(
        config: &UNetConfig,
        device: &Device,
        take: &mut impl FnMut(&str, &[usize]) -> Result<Vec<f32>, E>,
    ) -> Result<Self, E> {
        match device {
            Device::Cpu => Ok(Self::Cpu(Box::new(FusedUNet::new(config, take)?))),
            #[cfg(feature = "webgpu")]
            Device::Webgpu(gpu) => {
                Ok(Self::Webgpu(Box::new(crate::gpu::unet::GpuUNet::new(gpu, config, take)?)))
            }
        }
    }

    /// The noise ε that the network sees in x_t; see [`FusedUNet::forward`].
    ///
    /// # Shapes
    /// - x, output: [B, C, H, W]
    pub async fn forward(&self, x: &[f32], times: &[f32], labels: &[usize]) -> Result<Vec<f32>, String> {
        match self {
            Self::Cpu(network) => Ok(network.forward(x, times, labels)),
            #[cfg(feature = "webgpu")]
            Self::Webgpu(network) => network.forward(x, times, labels).await,
        }
    }
}
