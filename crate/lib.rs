//! The engine: mathematics, models and labs; it knows no page.

pub mod diffusion;
pub mod math;
