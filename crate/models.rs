//! The networks, over fused operators; and those that ship a second time in tensors, for whoever trains and checks them natively.

pub mod fused_gpt;
pub mod fused_mlp;
pub mod fused_unet;
#[cfg(feature = "tensors")]
pub mod gpt;
pub mod gpt_config;
#[cfg(feature = "tensors")]
pub mod gpt_reading;
#[cfg(feature = "tensors")]
pub mod mlp;
pub mod reading;
pub mod size;
pub mod sublayers;
#[cfg(feature = "tensors")]
pub mod unet;
pub mod unet_config;
