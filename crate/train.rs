//! Training, and the files that networks travel in.

pub mod checkpoint;
pub mod tensors;

pub mod adamw;
pub mod augment;
pub mod ema;
pub mod examples;
pub mod gpt_trainer;
pub mod gradients;
pub mod initial;
pub mod learner;
pub mod lesson;
pub mod letters;
pub mod options;
pub mod pictures;
pub mod points;
pub mod probe;
#[cfg(not(target_family = "wasm"))]
pub mod read;
pub mod safe;
#[cfg(not(target_family = "wasm"))]
pub mod state;
pub mod trainer;
