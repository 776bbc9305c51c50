//! Trains the network for points of the plane by being pulled: n steps, one readback.
//!
//! E‖ŷ − ŷ_θ(A_t x_0 + B_t ε, t)‖² with t even over 1..T and y one of ε, x_0, v (Ho et al. 2020, eq. 14,
//! <https://arxiv.org/abs/2006.11239>; [`Prediction`]). Everything that the next step depends on is on the host
//! after each pull ([`PointsState`]), so that another engine can go on; and a batch belongs to its step, so that
//! n steps are the same steps however they were pulled.

use burn::tensor::{Device, Tensor, TensorData};

use super::learner::{Learner, rate_at, vector};
use super::safe::{Safe, ran_away};
use crate::data::points::{Distribution, draw};
use crate::device::read;
use crate::diffusion::{prediction::Prediction, schedule::Schedule};
use crate::math::{digest::sha256, normal::normals, philox::Stream, philox::uniforms};
use crate::models::mlp::{Mlp, TIME, time_features};
use crate::nn::parameters::shapes;

pub use super::safe::TrainingError;

/// The averaged weights forget what is older than about a twentieth of the run, whatever its length: share
/// (1 + n)/(20 + n) of the average is kept at step n (Karras et al. 2024, section 3.1,
/// <https://arxiv.org/abs/2312.02696>).
const YOUNG: f64 = 20.0;

/// What decides a training run, besides the schedule.
#[derive(Clone, Debug, PartialEq)]
pub struct PointsOptions {
    pub distribution: Distribution,
    /// Points a step.
    pub batch: usize,
    /// Highest learning rate.
    pub rate: f64,
    pub target: Prediction,
    pub seed: u64,
}

/// A run between two pulls, on the host.
#[derive(Clone, Debug, PartialEq)]
pub struct PointsState {
    /// Steps made.
    pub at: usize,
    /// The loss of each step.
    pub losses: Vec<f32>,
    /// Weights, averaged weights, Adam's m and v, one after another.
    pub numbers: Vec<f32>,
}

/// A network on its way.
pub struct PointsTrainer {
    pub options: PointsOptions,
    /// Where the last pull ended.
    state: PointsState,
    safe: Safe<PointsState>,
    learner: Learner,
    /// θ̄.
    average: Tensor<1>,
    schedule: Schedule,
    /// What the network sees of the times 0..=T, [T + 1, 32].
    times: Vec<f32>,
    device: Device,
}

impl PointsTrainer {
    pub fn new(options: PointsOptions, schedule: Schedule, device: &Device) -> Self {
        let weights = initial(options.seed, device);
        let still = vec![0.0; 2 * weights.len()];
        let numbers = [weights.clone(), weights.clone(), still].concat();
        let state = PointsState { at: 0, losses: Vec::new(), numbers };
        let last = schedule.steps();
        Self {
            options,
            safe: Safe::new(0, &state),
            state,
            learner: Learner::new(weights.clone(), device),
            average: vector(&weights, device),
            times: (0..=last).flat_map(|t| time_features(t as f64, last)).collect(),
            schedule,
            device: device.clone(),
        }
    }

    /// A name for all that decides the run: equal names, equal runs.
    pub fn identity(options: &PointsOptions, schedule: &Schedule) -> String {
        let kind = (schedule.kind, schedule.steps());
        sha256(format!("{options:?} {kind:?}"))
    }

    pub fn state(&self) -> &PointsState {
        &self.state
    }

    /// The network of the averaged weights, to be asked.
    pub fn network(&self) -> Mlp {
        self.learner.network(self.average.clone())
    }

    /// `n` steps more and one readback. If a number ran away, the network goes back to where it was well.
    pub async fn advance(&mut self, n: usize) -> Result<(), TrainingError> {
        if n == 0 {
            return Ok(());
        }
        let from = self.state.at;
        let losses: Vec<Tensor<1>> = (from + 1..=from + n).map(|step| self.step(step)).collect();
        let [m, v] = self.learner.moments.clone();
        let parts = [losses, vec![self.learner.weights.clone(), self.average.clone(), m, v]].concat();
        let mut losses = read(Tensor::cat(parts, 0)).await.map_err(TrainingError::Device)?;
        let numbers = losses.split_off(n);
        if let Some(step) = ran_away(from, &losses, 1, &numbers) {
            let ((back, old), rate) = (self.safe.back().clone(), self.options.rate / 4.0);
            self.place(old);
            return Err(TrainingError::RanAway { step, back, rate });
        }
        self.state.losses.extend(losses);
        (self.state.at, self.state.numbers) = (from + n, numbers);
        self.safe.keep(self.state.at, &self.state);
        Ok(())
    }

    /// Goes on from another engine's state, if it fits.
    pub fn take_over(&mut self, state: PointsState) -> Option<()> {
        let fits = state.losses.len() == state.at && state.numbers.len() == self.state.numbers.len();
        fits.then(|| {
            self.safe = Safe::new(state.at, &state);
            self.place(state);
        })
    }

    /// Puts device and host at `state`.
    fn place(&mut self, state: PointsState) {
        let size = state.numbers.len() / 4;
        let [weights, average, m, v] =
            std::array::from_fn(|i| vector(&state.numbers[i * size..(i + 1) * size], &self.device));
        self.average = average;
        (self.learner.weights, self.learner.moments, self.learner.steps) = (weights, [m, v], state.at);
        self.state = state;
    }

    /// One step, counted from 1; the loss [1] stays on the device.
    fn step(&mut self, step: usize) -> Tensor<1> {
        let Batch { noisy, times, target } = self.draw(step);
        let tensor = |values: Vec<f32>| {
            let columns = values.len() / self.options.batch;
            Tensor::from_data(TensorData::new(values, [self.options.batch, columns]), &self.device)
        };
        let (noisy, times, target) = (tensor(noisy), tensor(times), tensor(target));
        let loss = self.learner.learn(noisy, times, target, rate_at(self.options.rate, step));
        let keep = (1.0 + step as f64) / (YOUNG + step as f64);
        self.average = self.average.clone() * keep + self.learner.weights.clone() * (1.0 - keep);
        loss
    }

    /// The batch of a step: a function of the seed and the step alone.
    fn draw(&self, step: usize) -> Batch {
        let PointsOptions { distribution, batch, seed, target, .. } = &self.options;
        let address = step as u32;
        let points = draw(distribution, *seed, Stream::Points, address, *batch);
        let noise = normals(*seed, Stream::TrainingNoise, address, 2 * batch);
        let shares = uniforms(*seed, Stream::Batch, address, *batch);
        let mut drawn = Batch { noisy: vec![], times: vec![], target: vec![] };
        for (i, (x0, share)) in points.iter().zip(shares).enumerate() {
            let t = 1 + (share * self.schedule.steps() as f64) as usize; // share < 1
            let level = self.schedule.level(t as f64);
            let x0 = x0.map(f64::from).to_vec();
            let eps = vec![f64::from(noise[2 * i]), f64::from(noise[2 * i + 1])];
            let noisy = (0..2).map(|k| (level.a * x0[k] + level.b * eps[k]) as f32);
            drawn.noisy.extend(noisy);
            drawn.target.extend(target.target(&x0, &eps, level).into_iter().map(|y| y as f32));
            drawn.times.extend(&self.times[TIME * t..][..TIME]);
        }
        drawn
    }
}

/// A batch of B points, drawn on the host.
struct Batch {
    /// [B, 2]
    noisy: Vec<f32>,
    /// [B, 32]
    times: Vec<f32>,
    /// [B, 2]
    target: Vec<f32>,
}

/// Weights N(0, 1/fan-in), biases 0 and the last layer 0: the untrained network answers 0.
fn initial(seed: u64, device: &Device) -> Vec<f32> {
    let shapes = shapes(&Mlp::new(device));
    let mut all = Vec::new();
    for (step, (name, shape)) in shapes.into_iter().enumerate() {
        let count = shape.iter().product();
        match shape[..] {
            [_, fan_in] if !name.starts_with("l3") => {
                let deviation = 1.0 / (fan_in as f32).sqrt();
                all.extend(normals(seed, Stream::Weights, step as u32, count).iter().map(|z| deviation * z));
            }
            _ => all.extend(vec![0.0; count]),
        }
    }
    all
}
