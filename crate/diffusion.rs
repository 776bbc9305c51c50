//! Diffusion: noise schedules, sampler steps, guidance. Noise is always an argument.

pub mod guidance;
pub mod sampler;
pub mod schedule;
pub mod timegrid;
