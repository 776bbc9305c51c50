//! Lab 2 · Diffusion in the plane: everything can be seen, and most of it has a closed form.

pub mod about;
mod papers;
pub mod parameters;

#[cfg(feature = "tensors")]
pub mod article_readouts;
#[cfg(feature = "tensors")]
pub mod batch;
#[cfg(feature = "tensors")]
pub mod beside;
#[cfg(feature = "tensors")]
pub mod choices;
#[cfg(feature = "tensors")]
pub mod claims;
#[cfg(feature = "tensors")]
pub mod denoiser;
#[cfg(feature = "tensors")]
pub mod fields;
#[cfg(feature = "tensors")]
pub mod frames;
#[cfg(feature = "tensors")]
pub mod lab;
#[cfg(feature = "tensors")]
pub mod latest;
#[cfg(feature = "tensors")]
pub mod measured;
#[cfg(feature = "tensors")]
pub mod names;
#[cfg(feature = "tensors")]
pub mod particle_readouts;
#[cfg(feature = "tensors")]
pub mod parts;
#[cfg(feature = "tensors")]
pub mod plane;
#[cfg(feature = "tensors")]
pub mod probe;
#[cfg(feature = "tensors")]
pub mod quality;
#[cfg(feature = "tensors")]
pub mod readouts;
#[cfg(feature = "tensors")]
pub mod settings;
#[cfg(feature = "tensors")]
pub mod sketch;
#[cfg(feature = "tensors")]
pub mod state;
#[cfg(all(test, feature = "tensors"))]
mod survival;
#[cfg(feature = "tensors")]
pub mod training;
#[cfg(feature = "tensors")]
pub mod trajectory;

pub use papers::ARTICLE;
