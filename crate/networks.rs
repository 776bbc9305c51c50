//! The networks that labs ask, on whatever device there is.

pub mod noise_network;
pub mod plane_denoiser;
pub mod text_network;
