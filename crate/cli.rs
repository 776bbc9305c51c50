//! The command line, native only.

pub mod bench;
pub mod card;
pub mod eval;
pub mod files;
pub mod run;
pub mod say;
pub mod sheet;
pub mod train;
mod workers;
