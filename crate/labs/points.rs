//! Lab 2 · Diffusion in the plane: everything can be seen, and most of it has a closed form.

pub mod about;
mod papers;
pub mod parameters;

#[cfg(feature = "networks")]
pub mod article_readouts;
#[cfg(feature = "networks")]
pub mod batch;
#[cfg(feature = "networks")]
pub mod beside;
#[cfg(feature = "networks")]
pub mod choices;
#[cfg(feature = "networks")]
pub mod claims;
#[cfg(feature = "networks")]
pub mod denoiser;
#[cfg(feature = "networks")]
pub mod fields;
#[cfg(feature = "networks")]
pub mod frames;
#[cfg(feature = "networks")]
pub mod lab;
#[cfg(feature = "networks")]
pub mod latest;
#[cfg(feature = "networks")]
pub mod measured;
#[cfg(feature = "networks")]
pub mod names;
#[cfg(feature = "networks")]
pub mod particle_readouts;
#[cfg(feature = "networks")]
pub mod parts;
#[cfg(feature = "networks")]
pub mod plane;
#[cfg(feature = "networks")]
pub mod probe;
#[cfg(feature = "networks")]
pub mod quality;
#[cfg(feature = "networks")]
pub mod readouts;
#[cfg(feature = "networks")]
pub mod settings;
#[cfg(feature = "networks")]
pub mod sketch;
#[cfg(feature = "networks")]
pub mod state;
#[cfg(all(test, feature = "networks"))]
mod survival;
#[cfg(feature = "networks")]
pub mod training;
#[cfg(feature = "networks")]
pub mod trajectory;

pub use papers::ARTICLE;
