//! What it takes to train a network that ships: the network, what it learns from, and what counts as an error.

use super::options::TrainOptions;
use crate::models::size::SizeError;
use crate::train::tensors::{HostTensor, Tensors};
use burn::module::Module;
use burn::tensor::{Device, Tensor};
use serde::Serialize;

/// Examples in a shard; divides the batch. Fixed, so that a run does not depend on the number of cores.
pub const SHARD: usize = 16;

pub trait Recipe: Send + Sync {
    type Network: Module + Sync;
    /// The network's sizes.
    type Config: Clone + Serialize + Send + Sync;
    /// Some of the examples of a step, drawn on the host.
    type Batch: Send;

    /// Gradients that are longer are shortened to this length (Pascanu et al. 2013, algorithm 1,
    /// <https://arxiv.org/abs/1211.5063>).
    const LONGEST: Option<f64>;

    /// The network before the first step.
    fn network(config: &Self::Config, seed: u64, device: &Device) -> Result<Self::Network, SizeError>;

    /// Shard `shard` of a run's examples: a function of the seed and its number alone, so that a resumed run is the
    /// same run.
    fn draw(&self, config: &Self::Config, options: &TrainOptions, shard: usize) -> Self::Batch;

    /// One batch of several, in their order.
    fn join(batches: Vec<Self::Batch>) -> Self::Batch;

    /// The mean loss [1] of a batch; `network` is on `device`.
    fn loss(
        &self,
        config: &Self::Config,
        network: &Self::Network,
        batch: Self::Batch,
        device: &Device,
    ) -> Tensor<1>;

    /// The network's sizes as the command line takes them, after a space; nothing where it takes none.
    fn sizes(config: &Self::Config) -> String;

    /// What a file of the network holds.
    fn pack(config: &Self::Config, weights: Vec<(String, HostTensor)>) -> Tensors;
}
