//! Training, and the files that networks travel in. Reading such a file works everywhere; training is native.

pub mod checkpoint;
pub mod tensors;

#[cfg(all(feature = "train", not(target_family = "wasm")))]
pub mod adamw;
#[cfg(all(feature = "train", not(target_family = "wasm")))]
pub mod augment;
#[cfg(all(feature = "train", not(target_family = "wasm")))]
pub mod ema;
#[cfg(all(feature = "train", not(target_family = "wasm")))]
pub mod gradients;
#[cfg(all(feature = "train", not(target_family = "wasm")))]
pub mod initial;
#[cfg(all(feature = "train", not(target_family = "wasm")))]
pub mod options;
#[cfg(not(target_family = "wasm"))]
pub mod read;
#[cfg(all(feature = "train", not(target_family = "wasm")))]
pub mod state;
#[cfg(all(feature = "train", not(target_family = "wasm")))]
pub mod trainer;
#[cfg(not(target_family = "wasm"))]
pub mod workload;
