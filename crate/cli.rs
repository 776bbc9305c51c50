//! The command line, native only.

pub mod run;
