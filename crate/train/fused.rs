//! Networks of fused operators from files of weights.

use super::tensors::{CheckpointError, Tensors};
use crate::models::{fused_gpt::FusedGpt, gpt_config::GptConfig};
#[cfg(feature = "networks")]
use crate::{
    device::Device,
    models::{fused_unet::FusedUNet, unet_config::UNetConfig},
    networks::{noise_network::NoiseNetwork, text_network::TextNetwork},
};

/// The transformer that `bytes` (safetensors, F16 or F32) hold.
pub fn load_gpt(bytes: &[u8]) -> Result<(GptConfig, FusedGpt), CheckpointError> {
    let (config, mut tensors) = gpt(bytes)?;
    let network = FusedGpt::new(&config, &mut |name, shape| tensors.take(name, shape))?;
    tensors.expect_empty()?;
    Ok((config, network))
}

/// The transformer that `bytes` hold, as [`load_gpt`], in the form that `device` runs.
#[cfg(feature = "networks")]
pub fn load_text_network(bytes: &[u8], device: &Device) -> Result<(GptConfig, TextNetwork), CheckpointError> {
    let (config, mut tensors) = gpt(bytes)?;
    let network = TextNetwork::new(&config, device, &mut |name, shape| tensors.take(name, shape))?;
    tensors.expect_empty()?;
    Ok((config, network))
}

/// The U-Net that `bytes` hold, as [`load_gpt`], in the form that `device` runs.
#[cfg(feature = "networks")]
pub fn load_noise_network(
    bytes: &[u8],
    device: &Device,
) -> Result<(UNetConfig, NoiseNetwork), CheckpointError> {
    let (config, mut tensors) = unet(bytes)?;
    let network = NoiseNetwork::new(&config, device, &mut |name, shape| tensors.take(name, shape))?;
    tensors.expect_empty()?;
    Ok((config, network))
}

/// Sizes and weights of a transformer whose sizes these operators take.
fn gpt(bytes: &[u8]) -> Result<(GptConfig, Tensors), CheckpointError> {
    let (config, tensors) = Tensors::read_network::<GptConfig>(bytes)?;
    match FusedGpt::takes(&config) {
        true => Ok((config, tensors)),
        false => Err(CheckpointError::Metadata(format!(
            "its width is {}, and only multiples of four are read here",
            config.width
        ))),
    }
}

/// Sizes and weights of a U-Net whose sizes these operators take.
#[cfg(feature = "networks")]
fn unet(bytes: &[u8]) -> Result<(UNetConfig, Tensors), CheckpointError> {
    let (config, tensors) = Tensors::read_network::<UNetConfig>(bytes)?;
    match FusedUNet::takes(&config) {
        true => Ok((config, tensors)),
        false => Err(CheckpointError::Metadata(format!(
            "its channels are {:?} for pictures of {} in pieces of {}, and only multiples of four that end on an even picture are read here",
            config.channels, config.image_size, config.patch
        ))),
    }
}
