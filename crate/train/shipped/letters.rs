//! The recipe of the transformer: what character comes next.
//!
//! Mean of −ln p(next character) over windows of the context from anywhere in the text (Radford et al. 2018, eq. 1).

use super::options::TrainOptions;
use super::recipe::{Recipe, SHARD};
use crate::data::letters::Letters;
use crate::device::read;
use crate::math::philox::{Stream, uniforms};
use crate::models::{gpt::Gpt, gpt_config::GptConfig, size::SizeError};
use crate::nn::{
    cross_entropy::cross_entropy, mixers::softmax::Softmax, parameters::fill, positions::rope::Rope,
};
use crate::train::checkpoint::pack_gpt;
use crate::train::initial::large_gpt;
use crate::train::tensors::{HostTensor, Tensors};
use burn::tensor::{Device, Int, Tensor, TensorData};

/// Characters that the transformer that ships reads at once.
pub const CONTEXT: usize = 256;

/// Windows one after another, each a character longer than the context.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Windows {
    pub tokens: Vec<usize>,
    /// How many windows.
    pub count: usize,
}

/// The sizes of the transformer that ships.
pub fn sizes(vocabulary: Vec<char>) -> GptConfig {
    GptConfig { vocabulary, context: CONTEXT, width: 128, layers: 4, heads: 4, mlp: 512 }
}

impl Recipe for Letters {
    type Network = Gpt;
    type Config = GptConfig;
    type Batch = Windows;

    const LONGEST: Option<f64> = Some(1.0);

    fn network(config: &GptConfig, seed: u64, device: &Device) -> Result<Gpt, SizeError> {
        let gpt = Gpt::new(config, &Rope, &Softmax, device)?;
        let mut weights = large_gpt(&gpt, seed).into_iter();
        Ok(fill(gpt, |_, shape| weights.by_ref().take(shape.iter().product()).collect()))
    }

    fn draw(&self, config: &GptConfig, options: &TrainOptions, shard: usize) -> Windows {
        let places = self.training.len() - config.context;
        let starts = uniforms(options.seed, Stream::Batch, shard as u32, SHARD);
        let starts = starts.into_iter().map(|u| (u * places as f64) as usize); // u < 1
        let tokens = starts.flat_map(|start| self.training[start..=start + config.context].iter().copied());
        Windows { tokens: tokens.collect(), count: SHARD }
    }

    fn join(batches: Vec<Windows>) -> Windows {
        let count = batches.iter().map(|windows| windows.count).sum();
        Windows { tokens: batches.into_iter().flat_map(|windows| windows.tokens).collect(), count }
    }

    fn loss(&self, _config: &GptConfig, network: &Gpt, batch: Windows, device: &Device) -> Tensor<1> {
        surprise(network, &batch, device).mean()
    }

    fn sizes(_config: &GptConfig) -> String {
        String::new()
    }

    fn pack(config: &GptConfig, weights: Vec<(String, HostTensor)>) -> Tensors {
        pack_gpt(config, weights)
    }
}

/// −ln p of every character but the first of each window, in nats. [count · context]
fn surprise(network: &Gpt, windows: &Windows, device: &Device) -> Tensor<1> {
    let (b, t) = (windows.count, windows.tokens.len() / windows.count - 1);
    let tokens = windows.tokens.iter().map(|&token| token as i32).collect();
    let all = Tensor::<2, Int>::from_data(TensorData::new(tokens, [b, t + 1]), device);
    let logits = network.forward(all.clone().narrow(1, 0, t)); // [B, T, V]
    let [_, _, v] = logits.dims();
    cross_entropy(logits.reshape([b * t, v]), all.narrow(1, 1, t).reshape([b * t]))
}

/// What a loss is measured on: windows of the context that follow each other, every position counted, in portions of a
/// shard. What is left at the end of the text is not.
pub fn following(tokens: &[usize], context: usize) -> Vec<Windows> {
    let starts: Vec<usize> = (0..tokens.len().saturating_sub(1) / context).map(|i| i * context).collect();
    let portion = |starts: &[usize]| Windows {
        tokens: starts.iter().flat_map(|&start| tokens[start..=start + context].iter().copied()).collect(),
        count: starts.len(),
    };
    starts.chunks(SHARD).map(portion).collect()
}

/// The mean surprise over `windows`, nats a character.
pub async fn mean_surprise(network: &Gpt, windows: &Windows, device: &Device) -> Result<f64, String> {
    let all = read(surprise(network, windows, device)).await?;
    Ok(all.iter().map(|&nats| f64::from(nats)).sum::<f64>() / all.len() as f64)
}
