//! The causal transformer of [`FusedGpt`](crate::models::fused_gpt::FusedGpt) on WebGPU: the same weights, sizes and interventions.
//!
//! Texts that are read side by side share their dispatches, their submit and their readback: a workgroup's last number says whose
//! it is. Many tokens take three kernels a layer, a single token after what is remembered two; where several are written in one submit,
//! one kernel more chooses each after the one before. Sizes stand in the shaders, lengths do not: nothing is compiled as a text grows.

pub mod answer;
pub mod choose;
pub mod edits;
pub mod input;
pub mod many;
#[cfg(feature = "webgpu")]
mod memory;
#[cfg(feature = "webgpu")]
mod network;
pub mod one;
pub mod packing;
#[cfg(feature = "webgpu")]
mod room;
pub mod sizes;
pub mod text;
#[cfg(all(feature = "webgpu", feature = "bench"))]
pub mod trial;

#[cfg(feature = "webgpu")]
pub use {
    memory::GpuMemory,
    network::{GpuGpt, Pass, Written},
};
