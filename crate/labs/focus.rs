//! Lab 10 · Can attention really concentrate? Kernels on the same random keys, after <https://kexue.fm/archives/9889>.

pub mod about;
pub mod papers;
mod parameters;

#[cfg(feature = "maths")]
pub mod claims;
#[cfg(feature = "maths")]
mod exam;
#[cfg(feature = "maths")]
mod frames;
#[cfg(feature = "maths")]
mod haystack;
#[cfg(feature = "maths")]
pub mod heads;
#[cfg(feature = "maths")]
mod keys;
#[cfg(feature = "maths")]
pub mod lab;
#[cfg(feature = "maths")]
mod reader;
#[cfg(feature = "maths")]
mod said;
#[cfg(feature = "maths")]
pub mod settings;
#[cfg(feature = "maths")]
pub mod state;
#[cfg(feature = "maths")]
mod sweeps;
#[cfg(all(test, feature = "maths"))]
mod tests;
#[cfg(feature = "maths")]
mod twins;
