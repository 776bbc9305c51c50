//! Training of the networks that ship: a recipe for each kind, the same run however often it was interrupted.

pub mod augment;
pub mod ema;
pub mod examples;
pub mod initial;
pub mod letters;
pub mod options;
pub mod pictures;
pub mod recipe;
pub mod state;
pub mod trainer;
