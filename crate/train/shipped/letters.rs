//! The recipe of the transformer: what character comes next.
//!
//! Mean of −ln p(next character) over windows of the context from anywhere in the text (Radford et al. 2018, eq. 1).

use super::options::TrainOptions;
use super::recipe::{Recipe, SHARD};
use crate::data::letters::{Letters, Lines};
use crate::data::rng::Rng;
use crate::math::philox::{Stream, uniforms};
use crate::models::{gpt::Gpt, gpt_config::GptConfig, size::SizeError};
use crate::nn::{
    cross_entropy::cross_entropy, host::numbers, mixers::softmax::Softmax, parameters::fill,
    positions::rope::Rope,
};
use crate::train::checkpoint::pack_gpt;
use crate::train::initial::large_gpt;
use crate::train::tensors::{HostTensor, Tensors};
use burn::tensor::{Device, Int, Tensor, TensorData};
use std::collections::BTreeMap;

/// Characters that the transformer that ships reads at once.
pub const CONTEXT: usize = 256;

/// Windows one after another, each a character longer than the context.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Windows {
    pub tokens: Vec<usize>,
    /// How many windows.
    pub count: usize,
}

/// The sizes of the transformer of Shakespeare's letters.
pub fn sizes(vocabulary: Vec<char>) -> GptConfig {
    GptConfig { vocabulary, context: CONTEXT, width: 128, layers: 4, heads: 4, mlp: 512, tied: false }
}

/// The sizes of the transformer of Tang poems: two thirds of an untied one would be its two tables.
pub fn tang_sizes(vocabulary: Vec<char>) -> GptConfig {
    GptConfig { tied: true, ..sizes(vocabulary) }
}

impl Recipe for Letters {
    type Network = Gpt;
    type Config = GptConfig;
    type Batch = Windows;

    const LONGEST: Option<f64> = Some(1.0);

    fn network(config: &GptConfig, seed: u64, device: &Device) -> Result<Gpt, SizeError> {
        let gpt = Gpt::new(config, &Rope, &Softmax, device)?;
        let mut weights = large_gpt(config, seed).into_iter();
        Ok(fill(gpt, |_, shape| weights.by_ref().take(shape.iter().product()).collect()))
    }

    fn draw(&self, config: &GptConfig, options: &TrainOptions, shard: usize) -> Windows {
        if let Some(lines) = &self.lines {
            return self.draw_lines(&lines.training, config, options, shard);
        }
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

impl Letters {
    /// Windows of lines drawn at random, one after another; each begins at the line feed before one, or after it.
    fn draw_lines(
        &self,
        starts: &[usize],
        config: &GptConfig,
        options: &TrainOptions,
        shard: usize,
    ) -> Windows {
        let mut rng = Rng::new(Stream::Batch, options.seed, shard as u32, 0);
        let mut tokens = Vec::with_capacity(SHARD * (config.context + 1));
        for _ in 0..SHARD {
            let mut window = Vec::with_capacity(2 * config.context);
            let skipped = usize::from(rng.chance(0.5));
            while window.len() < skipped + config.context + 1 {
                let line =
                    Lines::closed(&self.training, starts, rng.whole(0, starts.len() as u32 - 1) as usize);
                window.extend_from_slice(&line[..line.len() - 1]);
            }
            tokens.extend_from_slice(&window[skipped..=skipped + config.context]);
        }
        Windows { tokens, count: SHARD }
    }

    /// What a loss is measured on: windows of the context that follow each other, or each line that is held out by itself.
    pub fn portions(&self, of: Part, context: usize) -> Vec<Windows> {
        let (text, starts) = match (of, &self.lines) {
            (Part::Training, lines) => (&self.training, lines.as_ref().map(|lines| &lines.training)),
            (Part::HeldOut, lines) => (&self.held_out, lines.as_ref().map(|lines| &lines.held_out)),
        };
        match starts {
            Some(starts) => line_by_line(text, starts),
            None => following(text, context),
        }
    }
}

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Training,
    HeldOut,
}

/// Each line by itself, from the line feed before it to the one that ends it, in portions of a shard of equal length.
fn line_by_line(text: &[usize], starts: &[usize]) -> Vec<Windows> {
    let mut by_length: BTreeMap<usize, Vec<&[usize]>> = BTreeMap::new();
    for i in 0..starts.len() {
        let line = Lines::closed(text, starts, i);
        by_length.entry(line.len()).or_default().push(line);
    }
    let portion = |lines: &[&[usize]]| Windows { tokens: lines.concat(), count: lines.len() };
    by_length.values().flat_map(|lines| lines.chunks(SHARD).map(portion)).collect()
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

/// Windows of the context that follow each other, every position counted, in portions of a
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
pub fn mean_surprise(network: &Gpt, windows: &Windows, device: &Device) -> f64 {
    let all = numbers(surprise(network, windows, device));
    all.iter().map(|&nats| f64::from(nats)).sum::<f64>() / all.len() as f64
}
