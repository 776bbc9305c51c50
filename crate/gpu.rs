//! Our own operators on WebGPU: a model is a plan, recorded once for a shape and then run with one pass and one submit.
//!
//! A [`Kernel`](kernel::Kernel) is a shader's text, a [`Recipe`](recipe::Recipe) the list of kernels that a model is: both are plain
//! data that compiles everywhere. Where a device is lent a recipe becomes a [`Plan`](plan::Plan) of a [`Gpu`](device::Gpu), which asks a
//! [`Backend`](backend::Backend) for buffers, pipelines and commands by numbers; the [`Executor`](executor::Executor) of another
//! engine does them through wgpu.
//! Every plan fits the smallest limits that WebGPU promises.

pub mod attention;
#[cfg(any(feature = "webgpu", feature = "gpu"))]
pub mod backend;
pub mod condition;
pub mod convolution;
#[cfg(feature = "webgpu")]
pub mod device;
pub mod exact;
#[cfg(all(feature = "gpu", target_family = "wasm"))]
pub mod executor;
pub mod gpt;
pub mod kernel;
pub mod learning;
#[cfg(feature = "webgpu")]
pub mod plan;
pub mod recipe;
#[cfg(all(feature = "webgpu", feature = "bench"))]
pub mod trial;
#[cfg(all(feature = "webgpu", feature = "bench"))]
pub mod twins;
pub mod unet;
