//! The networks.

pub mod mlp;
pub mod unet;
pub mod unet_config;
