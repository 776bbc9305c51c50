//! Data sets, one a file.

pub mod buildings;
pub mod digits;
pub mod gallery;
pub mod points;
