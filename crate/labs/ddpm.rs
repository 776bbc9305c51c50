//! Lab 1 · DDPM: a picture is demolished into rubble and rebuilt, after <https://kexue.fm/archives/9119>.

pub mod about;
pub mod parameters;

#[cfg(feature = "tensors")]
pub mod belief;
#[cfg(feature = "tensors")]
pub mod course;
#[cfg(feature = "tensors")]
pub mod frames;
#[cfg(feature = "tensors")]
pub mod greedy;
#[cfg(feature = "tensors")]
pub mod growth;
#[cfg(feature = "tensors")]
pub mod inversion;
#[cfg(feature = "tensors")]
pub mod readouts;
#[cfg(feature = "tensors")]
pub mod route;
#[cfg(feature = "tensors")]
pub mod ruin;
#[cfg(feature = "tensors")]
pub mod rule;
#[cfg(feature = "tensors")]
pub mod session;
#[cfg(feature = "tensors")]
pub mod settings;
#[cfg(feature = "tensors")]
pub mod snapshot;
#[cfg(feature = "tensors")]
pub mod tree;
#[cfg(feature = "tensors")]
pub mod walk;
#[cfg(feature = "tensors")]
pub mod ways;

pub use about::ARTICLE;
