//! One step of Adam for a network that trains in the page, on weights that lie in one row.
//!
//! Kingma & Ba 2015, algorithm 1, <https://arxiv.org/abs/1412.6980>.

use crate::attention::mixing::Mixing;
use crate::fused::adam;
use crate::models::{
    fused_gpt::gradient::{Layout, Texts, surprise},
    fused_mlp::{SIZES, squared_error},
    gpt_config::GptConfig,
};

/// Steps in which the rate rises to its full height.
const WARM_UP: f64 = 50.0;
/// Steps after which the rate begins to fall like 1/√step: training has no planned end, and a rate that never
/// fell would leave the weights trembling.
const CALM: f64 = 500.0;

/// A network on its way, and Adam's memory of it.
#[derive(Clone, Debug)]
pub struct Learner {
    /// Steps made.
    pub steps: usize,
    /// θ, in the network's own order.
    pub weights: Vec<f32>,
    /// m and v.
    pub moments: [Vec<f32>; 2],
}

impl Learner {
    /// A learner at its first step.
    pub fn new(weights: Vec<f32>) -> Self {
        let zeros = || vec![0.0; weights.len()];
        Self { steps: 0, moments: [zeros(), zeros()], weights }
    }

    /// One step down `gradients`.
    pub fn go(&mut self, gradients: &[f32], rate: f64) {
        self.steps += 1;
        let [m, v] = &mut self.moments;
        adam::step(&mut self.weights, m, v, gradients, rate, self.steps);
    }

    /// One step of the network of points down the mean squared gap between its answer and `target`; gives that loss.
    ///
    /// # Shapes
    /// - inputs: [B, 34], of each point its place and its time
    /// - target: [B, 2]
    pub fn learn(&mut self, inputs: &[f32], target: &[f32], rate: f64) -> f32 {
        let (loss, gradients) = squared_error(&SIZES, &self.weights, inputs, target);
        self.go(&gradients, rate);
        loss
    }

    /// One step of a transformer down Σ counts · surprise of `texts`; gives Σ seen · surprise of each further row of `seen`.
    ///
    /// # Shapes
    /// - counts: [B · T]
    /// - seen: rows of [B · T]
    pub fn read_on(
        &mut self,
        config: &GptConfig,
        layout: &Layout,
        texts: &Texts<'_>,
        seen: &[&[f32]],
        rate: f64,
    ) -> Vec<f32> {
        let (surprise, gradients) = surprise(config, &Mixing::causal(), layout, &self.weights, texts);
        self.go(&gradients, rate);
        let mean = |row: &&[f32]| {
            let terms = row.iter().zip(&surprise).map(|(count, s)| f64::from(*count) * f64::from(*s));
            terms.sum::<f64>() as f32
        };
        seen.iter().map(mean).collect()
    }
}

/// The rate of step `step`, counted from 1, of a run whose highest is `highest`.
pub fn rate_at(highest: f64, step: usize) -> f64 {
    let step = step as f64;
    highest * (step / WARM_UP).min(1.0) * (CALM / step).min(1.0).sqrt()
}
