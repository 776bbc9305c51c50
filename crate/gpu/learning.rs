//! Networks that learn on the device: forward, backward and Adam of several steps in one recipe, so one write, submit and readback.
//!
//! Every product of a step is the same kernel, whose sizes and strides are numbers that it reads, and so are the others: few texts
//! are compiled, whatever the network. Gradients come in slices of the batch that Adam sums, so that weights with few numbers fill
//! the card; no sum is atomic, and the same steps give the same bits.

pub mod adam;
pub mod gpt;
pub mod heads;
#[cfg(feature = "webgpu")]
mod learner;
pub mod loss;
pub mod norm;
pub mod points;
pub mod product;
pub mod rows;
pub mod tape;
pub mod tokens;
#[cfg(all(feature = "webgpu", feature = "bench"))]
pub mod trial;

#[cfg(feature = "webgpu")]
pub use learner::{GpuLearner, STEPS};
