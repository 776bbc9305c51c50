//! Which way is down: a point in a landscape, a density on the line, a cloud; after <https://kexue.fm/archives/9660>.

pub mod about;
mod landscapes;
pub mod papers;
mod parameters;

#[cfg(feature = "maths")]
mod claims;
#[cfg(feature = "maths")]
mod frames;
#[cfg(feature = "maths")]
pub mod lab;
#[cfg(feature = "maths")]
mod said;
#[cfg(feature = "maths")]
mod settings;
#[cfg(feature = "maths")]
mod state;
#[cfg(all(test, feature = "maths"))]
mod tests;
#[cfg(feature = "maths")]
mod transport;
