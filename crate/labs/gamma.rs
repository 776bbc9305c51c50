//! Lab 6 · Two roads to Γ: the equation G(x + 1) = x G(x) solved by Fourier, on the real axis and on the imaginary one.

pub mod about;
pub mod papers;
mod parameters;

#[cfg(feature = "maths")]
pub mod claims;
#[cfg(feature = "maths")]
mod derivation;
#[cfg(feature = "maths")]
mod frames;
#[cfg(feature = "maths")]
mod function;
#[cfg(feature = "maths")]
mod instruments;
#[cfg(feature = "maths")]
pub mod lab;
#[cfg(feature = "maths")]
mod landscape;
#[cfg(feature = "maths")]
mod roads;
#[cfg(feature = "maths")]
pub mod settings;
