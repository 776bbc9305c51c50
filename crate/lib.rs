//! The engine: mathematics, models and labs; it knows no page.

pub mod data;
pub mod diffusion;
pub mod math;
pub mod models;
pub mod nn;
pub mod train;
