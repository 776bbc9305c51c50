//! Lab 2 · Diffusion in the plane: everything can be seen, and most of it has a closed form.
//!
//! After <https://kexue.fm/archives/9119>; the network is trained where it is looked at.

pub mod about;
mod papers;
pub mod parameters;

#[cfg(feature = "tensors")]
pub mod claims;
#[cfg(feature = "tensors")]
pub mod course;
#[cfg(feature = "tensors")]
pub mod denoiser;
#[cfg(feature = "tensors")]
pub mod fields;
#[cfg(feature = "tensors")]
pub mod frames;
#[cfg(feature = "tensors")]
pub mod names;
#[cfg(feature = "tensors")]
pub mod probe;
#[cfg(feature = "tensors")]
pub mod quality;
#[cfg(feature = "tensors")]
pub mod readouts;
#[cfg(feature = "tensors")]
pub mod session;
#[cfg(feature = "tensors")]
pub mod settings;
#[cfg(feature = "tensors")]
pub mod shown;
#[cfg(feature = "tensors")]
pub mod sketch;
#[cfg(feature = "tensors")]
pub mod snapshot;
#[cfg(feature = "tensors")]
pub mod training;
#[cfg(feature = "tensors")]
pub mod trajectory;

pub use papers::ARTICLE;
