//! Lab 12 · Train short, stretch long: rotary positions with a bias, and other windows, after <https://kexue.fm/archives/9577>.

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
pub mod measured;
#[cfg(feature = "maths")]
mod own;
#[cfg(feature = "maths")]
mod places;
#[cfg(feature = "maths")]
pub mod reading;
#[cfg(feature = "maths")]
mod said;
#[cfg(feature = "maths")]
pub mod settings;
#[cfg(feature = "maths")]
pub mod shown;
#[cfg(feature = "maths")]
pub mod state;
#[cfg(all(test, feature = "maths"))]
mod tests;
#[cfg(feature = "maths")]
mod twins;
