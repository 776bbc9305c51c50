//! The engine: mathematics, models and labs; it knows no page.

pub mod models;
pub mod nn;
