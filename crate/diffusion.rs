//! Diffusion: noise schedules, sampler steps, guidance. Noise is always an argument.

pub mod exact;
pub mod exact_denoiser;
pub mod guidance;
pub mod level;
pub mod linear;
mod multistep;
pub mod prediction;
pub mod sampler;
pub mod schedule;
pub mod solver;
pub mod timegrid;
