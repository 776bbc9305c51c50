//! The networks.

pub mod unet;
pub mod unet_config;
