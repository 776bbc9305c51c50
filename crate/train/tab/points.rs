//! The lesson of points of the plane: E‖ŷ − ŷ_θ(A_t x_0 + B_t ε, t)‖² with t even over 1..T and y one of ε, x_0, v.
//!
//! Ho et al. 2020, eq. 14, <https://arxiv.org/abs/2006.11239>; [`Prediction`].

use super::{TabTrainer, lesson::Lesson};
use crate::data::points::{Distribution, draw};
use crate::diffusion::{prediction::Prediction, schedule::Schedule};
use crate::gpu::learning::{points::Points, tape::Network};
use crate::math::{digest::sha256, normal::normals, philox::Stream, philox::uniforms};
use crate::models::fused_mlp::{COUNT, SIZES, TIME, broken, time_features};
use crate::train::{learner::Learner, safe::Broken};

pub type PointsTrainer = TabTrainer<PointsLesson>;

/// What decides a run, besides the schedule.
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

impl PointsOptions {
    /// A name for all that decides the run: equal names, equal runs.
    pub fn key(&self, schedule: &Schedule) -> String {
        sha256(format!("{self:?} {:?}", (schedule.kind, schedule.steps())))
    }
}

pub struct PointsLesson {
    pub options: PointsOptions,
    schedule: Schedule,
    /// What the network sees of the times 0..=T, [T + 1, 32].
    times: Vec<f32>,
}

impl PointsLesson {
    pub fn new(options: PointsOptions, schedule: Schedule) -> Self {
        let last = schedule.steps();
        let times = (0..=last).flat_map(|t| time_features(t as f64, last)).collect();
        Self { options, schedule, times }
    }

    /// The batch of a step: a function of the seed and the step alone.
    fn draw(&self, step: usize) -> Batch {
        let PointsOptions { distribution, batch, seed, target, .. } = &self.options;
        let address = step as u32;
        let points = draw(distribution, *seed, Stream::Points, address, *batch);
        let noise = normals(*seed, Stream::TrainingNoise, address, 2 * batch);
        let shares = uniforms(*seed, Stream::Batch, address, *batch);
        let mut drawn = Batch { points: vec![], target: vec![], times: vec![] };
        for (i, (x0, share)) in points.iter().zip(shares).enumerate() {
            let t = 1 + (share * self.schedule.steps() as f64) as usize; // share < 1
            let level = self.schedule.level(t as f64);
            let x0 = x0.map(f64::from).to_vec();
            let eps = vec![f64::from(noise[2 * i]), f64::from(noise[2 * i + 1])];
            let noisy = (0..2).map(|k| (level.a * x0[k] + level.b * eps[k]) as f32);
            drawn.points.extend(noisy);
            drawn.target.extend(target.target(&x0, &eps, level).into_iter().map(|y| y as f32));
            drawn.times.push(t);
        }
        drawn
    }

    /// What the network sees of `batch`: each point with its time. [B, 34]
    fn seen(&self, batch: &Batch) -> Vec<f32> {
        let mut seen = Vec::with_capacity(batch.times.len() * SIZES[0]);
        for (point, t) in batch.points.chunks_exact(2).zip(&batch.times) {
            seen.extend_from_slice(point);
            seen.extend_from_slice(&self.times[TIME * t..][..TIME]);
        }
        seen
    }
}

impl Lesson for PointsLesson {
    const LOSSES: usize = 1;
    const CHUNK: usize = 50;
    const YOUNG: Option<f64> = Some(20.0);

    /// Weights N(0, 1/fan-in), biases 0 and the last layer 0: the untrained network answers 0.
    fn initial(&self) -> Vec<f32> {
        let mut all = Vec::with_capacity(COUNT);
        for (layer, pair) in SIZES.windows(2).enumerate() {
            let count = pair[0] * pair[1];
            if layer + 2 == SIZES.len() {
                all.extend(vec![0.0; count]);
            } else {
                let deviation = 1.0 / (pair[0] as f32).sqrt();
                // A weight and a bias a layer, numbered one after the other.
                let draws = normals(self.options.seed, Stream::Weights, 2 * layer as u32, count);
                all.extend(draws.iter().map(|z| deviation * z));
            }
            all.extend(vec![0.0; pair[1]]);
        }
        all
    }

    fn rate(&self) -> f64 {
        self.options.rate
    }

    fn broken(&self, weights: &[f32], step: usize) -> Option<Broken> {
        let batch = self.draw(step);
        let ([en, zh], backward, numbers) = broken(&SIZES, weights, &self.seen(&batch), &batch.target)?;
        Broken::of(step, backward, [&en, &zh], &numbers)
    }

    fn step(&self, learner: &mut Learner, step: usize, rate: f64) -> Vec<f32> {
        let batch = self.draw(step);
        vec![learner.learn(&self.seen(&batch), &batch.target, rate)]
    }

    fn there(&self) -> Option<Box<dyn Network>> {
        Some(Box::new(Points::new(&SIZES, self.options.batch, &self.times).averaged()))
    }

    fn given(&self, step: usize) -> Vec<Vec<f32>> {
        let Batch { points, target, times } = self.draw(step);
        Points::input(&points, &target, &times)
    }
}

/// A batch of B points.
struct Batch {
    /// On their way to noise. [B, 2]
    points: Vec<f32>,
    /// [B, 2]
    target: Vec<f32>,
    /// [B]
    times: Vec<usize>,
}
