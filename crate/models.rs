//! The networks.

pub mod gpt;
pub mod gpt_config;
pub mod gpt_reading;
pub mod mlp;
pub mod size;
pub mod unet;
pub mod unet_config;
