//! Why decoder-only: what masks and kernels do to the rank of attention, in one layer and in many; after <https://kexue.fm/archives/9529>.

pub mod about;
pub mod papers;
mod parameters;

#[cfg(feature = "maths")]
mod claims;
#[cfg(feature = "maths")]
mod drawn;
#[cfg(feature = "maths")]
mod frames;
#[cfg(feature = "maths")]
pub mod lab;
#[cfg(feature = "maths")]
mod read;
#[cfg(feature = "maths")]
mod said;
#[cfg(feature = "maths")]
mod settings;
#[cfg(feature = "maths")]
mod state;
#[cfg(all(test, feature = "maths"))]
mod tests;
#[cfg(feature = "maths")]
mod trained;
#[cfg(feature = "maths")]
mod twins;
