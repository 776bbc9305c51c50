//! The command line, native only.

pub mod bench;
#[cfg(feature = "train")]
pub mod eval;
pub mod files;
pub mod run;
#[cfg(feature = "train")]
pub mod train;
#[cfg(feature = "train")]
mod workers;
