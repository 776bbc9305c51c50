//! Lab 3 · Causal attention: a small language model writes, and everything that its heads look at is there to see,
//! to question and to change.
//!
//! Beside <https://kexue.fm/archives/9529>, which asks why such models look back only.

pub mod about;
pub mod parameters;

#[cfg(feature = "tensors")]
pub mod borrowed;
#[cfg(feature = "tensors")]
pub mod checks;
#[cfg(feature = "tensors")]
pub mod decoding;
#[cfg(feature = "tensors")]
pub mod evidence;
#[cfg(feature = "tensors")]
pub mod frames;
#[cfg(feature = "tensors")]
pub mod growth;
#[cfg(feature = "tensors")]
pub mod letters;
#[cfg(feature = "tensors")]
pub mod network;
#[cfg(feature = "tensors")]
pub mod operations;
#[cfg(feature = "tensors")]
pub mod readouts;
#[cfg(feature = "tensors")]
pub mod run;
#[cfg(feature = "tensors")]
pub mod session;
#[cfg(feature = "tensors")]
pub mod settings;
#[cfg(feature = "tensors")]
pub mod snapshot;

pub use about::ARTICLE;
