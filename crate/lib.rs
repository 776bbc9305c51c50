//! The engine: mathematics, models and labs; it knows no page.

#[cfg(not(target_family = "wasm"))]
pub mod cli;
pub mod data;
pub mod diffusion;
pub mod math;
pub mod models;
pub mod nn;
pub mod train;
