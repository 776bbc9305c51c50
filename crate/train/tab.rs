//! Trains a small network in the page by being pulled.
//!
//! After every chunk of steps all that the next step depends on is in a [`TabState`]: another engine can go on from
//! there, and an engine that is lost takes the steps of one chunk with it, no more. A batch belongs to its step, so
//! that n steps are the same steps however they were pulled.

#[cfg(feature = "networks")]
mod bench;
pub mod lesson;
#[cfg(feature = "networks")]
pub mod points;
pub mod probe;
pub mod state;
pub mod text;
#[cfg(feature = "webgpu")]
mod there;
#[cfg(feature = "networks")]
mod trainer;
#[cfg(all(feature = "webgpu", feature = "bench"))]
pub mod trial;

#[cfg(feature = "networks")]
pub use trainer::TabTrainer;

/// Steps between two probes.
pub const PROBE_EVERY: usize = 10;
