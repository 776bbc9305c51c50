//! Diffusion: noise schedules, sampler steps, guidance. Noise is always an argument.

pub mod exact;
#[cfg(feature = "tensors")]
pub mod exact_on_device;
#[cfg(feature = "tensors")]
pub mod guidance;
pub mod level;
pub mod linear;
mod multistep;
pub mod prediction;
pub mod sampler;
pub mod schedule;
pub mod solver;
pub mod timegrid;
