//! The command line, native only.

pub mod bench;
#[cfg(feature = "train")]
pub mod eval;
pub mod files;
#[cfg(feature = "train")]
pub mod train;
