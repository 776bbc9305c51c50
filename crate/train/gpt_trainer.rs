//! Trains a small transformer on a task by being pulled: n steps, one readback.
//!
//! Mean of −ln p(next character) over a batch of examples, those that nothing foretells at a tenth of the weight. The
//! best network is the same with and without them; with them it also knows what letters there are.
//! Everything that the next step depends on is on the host after each pull ([`GptState`]), so that another engine can
//! go on; and a batch belongs to its step, so that n steps are the same steps however they were pulled.

use burn::tensor::{Device, Int, Tensor, TensorData};

use super::initial::small_gpt;
use super::learner::{Learner, rate_at, vector};
use super::probe::Probe;
use super::safe::{Safe, TrainingError, ran_away};
use crate::data::tasks::{Example, Task};
use crate::device::read;
use crate::math::digest::sha256;
use crate::models::{gpt::Gpt, gpt_config::GptConfig, size::SizeError};
use crate::nn::cross_entropy::cross_entropy;

/// How much a character counts that nothing foretells.
const UNFORETOLD: f32 = 0.1;
/// Steps between two looks at what the network can do.
pub const LOOK: usize = 10;

/// What decides a training run.
#[derive(Clone, Debug, PartialEq)]
pub struct GptOptions {
    pub task: Task,
    /// Highest learning rate.
    pub rate: f64,
    pub seed: u64,
}

/// A run between two pulls, on the host.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GptState {
    /// Steps made.
    pub at: usize,
    /// Two numbers a step: the mean loss of all characters, and of those that can be foretold.
    pub losses: Vec<f32>,
    /// What was seen at step 0, [`LOOK`], 2 [`LOOK`] …, [`GptTrainer::looks`] numbers each.
    pub formation: Vec<f32>,
    /// Weights, Adam's m and v, one after another.
    pub numbers: Vec<f32>,
}

/// A transformer on its way.
pub struct GptTrainer {
    pub options: GptOptions,
    config: GptConfig,
    /// Where the last pull ended.
    state: GptState,
    safe: Safe<GptState>,
    learner: Learner<Gpt>,
    probe: Probe,
    device: Device,
}

impl GptTrainer {
    /// # Errors
    /// The vocabulary of the task may be too large for a network.
    pub fn new(options: GptOptions, device: &Device) -> Result<Self, SizeError> {
        let config = options.task.config();
        let network = Gpt::new(&config, device)?;
        let weights = small_gpt(&network, options.seed);
        let numbers = [weights.clone(), vec![0.0; 2 * weights.len()]].concat();
        let state = GptState { numbers, ..GptState::default() };
        Ok(Self {
            safe: Safe::new(0, &state),
            state,
            learner: Learner::of(network, &weights, device),
            probe: Probe::new(&options.task, options.seed, device),
            options,
            config,
            device: device.clone(),
        })
    }

    /// A name for all that decides the run: equal names, equal runs.
    pub fn identity(options: &GptOptions) -> String {
        sha256(format!("{options:?}"))
    }

    pub fn config(&self) -> &GptConfig {
        &self.config
    }

    pub fn state(&self) -> &GptState {
        &self.state
    }

    /// The network as it is now, to be asked.
    pub fn network(&self) -> Gpt {
        self.learner.network(self.learner.weights.clone())
    }

    /// Numbers of a look: the prefix-matching score of each head of each layer, or the share of right answers.
    pub fn looks(&self) -> usize {
        self.probe.size(&self.config)
    }

    /// `n` steps more and one readback. If a number ran away, the network goes back to where it was well.
    pub async fn advance(&mut self, n: usize) -> Result<(), TrainingError> {
        if n == 0 {
            return Ok(());
        }
        let from = self.state.at;
        let mut looks = Vec::new();
        if from == 0 && self.state.formation.is_empty() {
            looks.push(self.look());
        }
        let mut parts = Vec::new();
        for step in from + 1..=from + n {
            parts.push(self.step(step));
            if step.is_multiple_of(LOOK) {
                looks.push(self.look());
            }
        }
        let looked = looks.len() * self.looks();
        let [m, v] = self.learner.moments.clone();
        parts.extend(looks);
        parts.extend([self.learner.weights.clone(), m, v]);
        let mut losses = read(Tensor::cat(parts, 0)).await.map_err(TrainingError::Device)?;
        let mut formation = losses.split_off(2 * n);
        let numbers = formation.split_off(looked);
        if let Some(step) = ran_away(from, &losses, 2, &numbers) {
            let ((back, old), rate) = (self.safe.back().clone(), self.options.rate / 4.0);
            self.place(old);
            return Err(TrainingError::RanAway { step, back, rate });
        }
        self.state.losses.extend(losses);
        self.state.formation.extend(formation);
        (self.state.at, self.state.numbers) = (from + n, numbers);
        self.safe.keep(self.state.at, &self.state);
        Ok(())
    }

    /// Goes on from another engine's state, if it fits.
    pub fn take_over(&mut self, state: GptState) -> Option<()> {
        let seen = if state.at == 0 { 0..=1 } else { state.at / LOOK + 1..=state.at / LOOK + 1 };
        let fits = state.losses.len() == 2 * state.at
            && seen.contains(&(state.formation.len() / self.looks()))
            && state.formation.len().is_multiple_of(self.looks())
            && state.numbers.len() == self.state.numbers.len();
        fits.then(|| {
            self.safe = Safe::new(state.at, &state);
            self.place(state);
        })
    }

    /// Puts device and host at `state`.
    fn place(&mut self, state: GptState) {
        let size = state.numbers.len() / 3;
        let [weights, m, v] =
            std::array::from_fn(|i| vector(&state.numbers[i * size..(i + 1) * size], &self.device));
        (self.learner.weights, self.learner.moments, self.learner.steps) = (weights, [m, v], state.at);
        self.state = state;
    }

    /// One step, counted from 1; the two losses [2] stay on the device.
    fn step(&mut self, step: usize) -> Tensor<1> {
        let GptOptions { task, rate, seed } = &self.options;
        let batch = task.batch() as u64;
        let examples: Vec<Example> = (0..batch).map(|i| task.example(*seed, step as u32, i)).collect();
        let (read, next, weights) = self.tensors(&examples);
        let rate = rate_at(*rate, step);
        self.learner.descend(rate, |network| {
            let logits = network.forward(Tensor::from_inner(read)); // [B, T, V]
            let [b, t, v] = logits.dims();
            let surprise = cross_entropy(logits.reshape([b * t, v]), Tensor::from_inner(next));
            let means = Tensor::from_inner(weights).matmul(surprise.reshape([b * t, 1])).reshape([3]);
            (means.clone().narrow(0, 0, 1), means.inner().narrow(0, 1, 2))
        })
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

    /// What the network can do now; it stays on the device.
    fn look(&self) -> Tensor<1> {
        self.probe.look(&self.network())
    }
}
