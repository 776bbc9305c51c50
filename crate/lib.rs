//! The engine: mathematics, models and labs; it knows no page.
//!
//! A link names an [`experiment`]; a lab in [`labs`] opens it as a session that is pulled; each pull answers
//! with frames to draw and readouts to check. [`math`] and [`attention`] know no tensors; [`nn`], [`models`] and [`diffusion`]
//! know no lab; [`train`] makes and reads the weights; [`data`] holds one data set a file. `web` is the only
//! file that knows JavaScript, `python` the only one that knows Python; `native`, `cli` and `main` are native only.

pub use chailou_fused as fused;

pub mod attention;
#[cfg(not(target_family = "wasm"))]
pub mod cli;
pub mod data;
#[cfg(feature = "networks")]
pub mod device;
pub mod diffusion;
pub mod downhill;
pub mod experiment;
pub mod geometry;
pub mod gpu;
pub mod labs;
pub mod maps;
pub mod math;
pub mod models;
#[cfg(all(feature = "networks", not(target_family = "wasm")))]
pub mod native;
#[cfg(feature = "networks")]
pub mod networks;
#[cfg(feature = "tensors")]
pub mod nn;
#[cfg(all(feature = "python", not(target_family = "wasm")))]
pub mod python;
pub mod runtime;
pub mod signal;
#[cfg(feature = "weights")]
pub mod train;
#[cfg(all(target_family = "wasm", not(feature = "gpu")))]
pub mod web;
#[cfg(all(target_family = "wasm", feature = "gpu"))]
#[path = "web/executor.rs"]
pub mod web;
#[cfg(feature = "networks")]
pub mod workloads;
