//! Networks that learn on the device: forward, backward and Adam of several steps in one recipe, so one write, submit and readback.
//!
//! Every product of a step is the same kernel, whose sizes and strides are numbers that it reads, and so are the others: few texts
//! are compiled, whatever the network. Gradients come in slices of the batch that Adam sums, so that weights with few numbers fill
//! the card; no sum is atomic, and the same steps give the same bits.

pub mod adam;
pub mod gpt;
pub mod heads;
#[cfg(all(feature = "gpu", target_family = "wasm"))]
mod learner;
pub mod loss;
pub mod norm;
pub mod points;
pub mod product;
pub mod rows;
pub mod tape;
pub mod tokens;
#[cfg(all(feature = "gpu", feature = "bench", target_family = "wasm"))]
pub mod trial;

#[cfg(all(feature = "gpu", target_family = "wasm"))]
pub use learner::{GpuLearner, STEPS};
