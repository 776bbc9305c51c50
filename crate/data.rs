//! Data sets, one a file.

pub mod buildings;
pub mod digits;
pub mod exercises;
pub mod gallery;
pub mod letters;
pub mod points;
pub mod rng;
pub mod tasks;
