//! Data sets, one a file.

pub mod digits;
pub mod points;
