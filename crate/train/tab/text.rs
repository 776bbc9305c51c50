//! The lesson of a small transformer: what character comes next in the texts of a task.
//!
//! Mean of −ln p(next character) over a batch of examples, those that nothing foretells at a tenth of the weight. The
//! best network is the same with and without them; with them it also knows what letters there are.

use burn::tensor::{Device, Int, Tensor, TensorData};

use super::{TabTrainer, lesson::Lesson, probe::Probe};
use crate::data::tasks::{Example, Task};
use crate::math::digest::sha256;
use crate::models::{gpt::Gpt, gpt_config::GptConfig, size::SizeError};
use crate::nn::{cross_entropy::cross_entropy, mixers::softmax::Softmax, positions::rope::Rope};
use crate::train::{initial::small_gpt, learner::Learner};

pub type TextTrainer = TabTrainer<TextLesson>;

/// How much a character counts that nothing foretells.
const UNFORETOLD: f32 = 0.1;

/// What decides a run.
#[derive(Clone, Debug, PartialEq)]
pub struct TextOptions {
    pub task: Task,
    /// Highest learning rate.
    pub rate: f64,
    pub seed: u64,
}

impl TextOptions {
    /// A name for all that decides the run: equal names, equal runs.
    pub fn key(&self) -> String {
        sha256(format!("{self:?}"))
    }
}

pub struct TextLesson {
    pub options: TextOptions,
    config: GptConfig,
    network: Gpt,
    /// Heads that find, or answers that are right.
    probe: Probe,
    device: Device,
}

impl TextLesson {
    /// # Errors
    /// The vocabulary of the task may be too large for a network.
    pub fn new(options: TextOptions, device: &Device) -> Result<Self, SizeError> {
        let config = options.task.config();
        Ok(Self {
            network: Gpt::new(&config, &Rope, &Softmax, device)?,
            probe: Probe::new(&options.task, options.seed, device),
            options,
            config,
            device: device.clone(),
        })
    }

    pub fn config(&self) -> &GptConfig {
        &self.config
    }

    /// What is read [B, T], what comes next [B · T], and how much that counts [3, B · T]: in training, in the mean of
    /// all characters and in the mean of those that can be foretold.
    fn tensors(&self, examples: &[Example]) -> (Tensor<2, Int>, Tensor<1, Int>, Tensor<2>) {
        let (b, t) = (examples.len(), self.config.context);
        let whole = |tokens: &[usize]| tokens.iter().map(|&token| token as i32).collect::<Vec<i32>>();
        let read: Vec<i32> = examples.iter().flat_map(|e| whole(&e.tokens[..t])).collect();
        let next: Vec<i32> = examples.iter().flat_map(|e| whole(&e.tokens[1..])).collect();
        let counted: Vec<bool> = examples.iter().flat_map(|e| e.counted.iter().copied()).collect();
        let rows = [[UNFORETOLD, 1.0], [1.0, 1.0], [0.0, 1.0]].map(|weight| {
            let row = counted.iter().map(|&counted| weight[usize::from(counted)]);
            let sum = row.clone().sum::<f32>();
            row.map(|weight| weight / sum).collect::<Vec<f32>>()
        });
        (
            Tensor::from_data(TensorData::new(read, [b, t]), &self.device),
            Tensor::from_data(TensorData::new(next, [b * t]), &self.device),
            Tensor::from_data(TensorData::new(rows.concat(), [3, b * t]), &self.device),
        )
    }
}

impl Lesson for TextLesson {
    type Network = Gpt;

    /// The mean loss of all characters, and of those that can be foretold.
    const LOSSES: usize = 2;
    const CHUNK: usize = 20;
    const YOUNG: Option<f64> = None;

    fn device(&self) -> &Device {
        &self.device
    }

    fn network(&self) -> Gpt {
        self.network.clone()
    }

    fn initial(&self) -> Vec<f32> {
        small_gpt(&self.network, self.options.seed)
    }

    fn rate(&self) -> f64 {
        self.options.rate
    }

    fn step(&self, learner: &mut Learner<Gpt>, step: usize, rate: f64) -> Tensor<1> {
        let TextOptions { task, seed, .. } = &self.options;
        let batch = task.batch() as u64;
        let examples: Vec<Example> = (0..batch).map(|i| task.example(*seed, step as u32, i)).collect();
        let (read, next, weights) = self.tensors(&examples);
        learner.descend(rate, |network| {
            let logits = network.forward(Tensor::from_inner(read)); // [B, T, V]
            let [b, t, v] = logits.dims();
            let surprise = cross_entropy(logits.reshape([b * t, v]), Tensor::from_inner(next));
            let means = Tensor::from_inner(weights).matmul(surprise.reshape([b * t, 1])).reshape([3]);
            (means.clone().narrow(0, 0, 1), means.inner().narrow(0, 1, 2))
        })
    }

    /// The prefix-matching score of each head of each layer, or one share of right answers.
    fn probe_size(&self) -> usize {
        self.probe.size(&self.config)
    }

    fn probe(&self, network: &Gpt) -> Option<Tensor<1>> {
        Some(self.probe.look(network))
    }
}
