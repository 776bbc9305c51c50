//! Lab 12 · How a Transformer is born: initialisation, parametrisation, normalisation, after <https://kexue.fm/archives/8620>.

pub mod about;
pub mod papers;
mod parameters;

#[cfg(feature = "maths")]
pub mod claims;
#[cfg(feature = "maths")]
mod frames;
#[cfg(feature = "maths")]
pub mod lab;
#[cfg(feature = "maths")]
mod lanes;
#[cfg(feature = "maths")]
mod said;
#[cfg(feature = "maths")]
pub mod settings;
#[cfg(feature = "maths")]
pub mod state;
#[cfg(feature = "maths")]
mod sweep;
#[cfg(all(test, feature = "maths"))]
mod tests;
