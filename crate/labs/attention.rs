//! Lab 3 · Causal attention: a small language model writes, and everything that its heads look at is there to see,

pub mod about;
pub mod parameters;

#[cfg(feature = "tensors")]
pub mod checks;
#[cfg(feature = "tensors")]
pub mod curves;
#[cfg(feature = "tensors")]
pub mod decoding;
#[cfg(feature = "tensors")]
pub mod evidence;
#[cfg(feature = "tensors")]
pub mod extend;
#[cfg(feature = "tensors")]
pub mod findings;
#[cfg(feature = "tensors")]
pub mod frames;
#[cfg(feature = "tensors")]
pub mod lab;
#[cfg(feature = "tensors")]
pub mod measures;
#[cfg(feature = "tensors")]
pub mod memo;
#[cfg(feature = "tensors")]
pub mod model;
#[cfg(feature = "tensors")]
pub mod network;
#[cfg(feature = "tensors")]
pub mod operations;
#[cfg(feature = "tensors")]
pub mod parts;
#[cfg(feature = "tensors")]
pub mod reading;
#[cfg(feature = "tensors")]
pub mod readouts;
#[cfg(feature = "tensors")]
pub mod run;
#[cfg(feature = "tensors")]
pub mod runs;
#[cfg(feature = "tensors")]
pub mod scores;
#[cfg(feature = "tensors")]
pub mod settings;
#[cfg(feature = "tensors")]
pub mod stages;
#[cfg(feature = "tensors")]
pub mod state;
#[cfg(all(test, feature = "tensors"))]
mod survival;
#[cfg(feature = "tensors")]
pub mod untouched;

pub use about::ARTICLE;
