//! The command line, native only. Most of it needs tensors; what does not is there without them.

#[cfg(feature = "tensors")]
pub mod bench;
#[cfg(feature = "tensors")]
pub mod card;
#[cfg(feature = "tensors")]
pub mod eval;
pub mod files;
pub mod manual;
#[cfg(feature = "networks")]
pub mod run;
pub mod say;
#[cfg(feature = "networks")]
pub mod serve;
#[cfg(feature = "tensors")]
pub mod sheet;
#[cfg(feature = "weights")]
pub mod stretch;
#[cfg(feature = "networks")]
pub mod sweep;
#[cfg(feature = "tensors")]
pub mod train;
#[cfg(feature = "tensors")]
mod workers;
