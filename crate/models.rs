//! The networks.

#[cfg(feature = "tensors")]
pub mod gpt;
pub mod gpt_config;
#[cfg(feature = "tensors")]
pub mod gpt_reading;
#[cfg(feature = "tensors")]
pub mod mlp;
pub mod size;
#[cfg(feature = "tensors")]
pub mod unet;
pub mod unet_config;
