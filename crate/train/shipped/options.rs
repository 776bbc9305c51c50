//! What decides a training run.

use serde::{Deserialize, Serialize};

/// Equal options, data and machine give equal weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrainOptions {
    /// Optimiser steps.
    pub steps: usize,
    /// Examples a step.
    pub batch: usize,
    /// Highest learning rate.
    pub learning_rate: f64,
    /// Steps in which the learning rate rises to its highest value; then it falls like a cosine.
    pub warm_up: usize,
    /// Share of the highest learning rate that it falls to.
    #[serde(default)]
    pub least_rate: f64,
    /// λ of AdamW, for matrices and kernels.
    pub weight_decay: f64,
    /// How much of the averaged weights is kept a step.
    pub ema: f64,
    /// Share of pictures that are shown without their label, for guidance.
    pub label_dropout: f64,
    /// Deviation of the random affine maps, in half picture widths.
    pub augment: f64,
    pub seed: u64,
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self::digits()
    }
}

impl TrainOptions {
    /// How the model of digits is trained.
    pub fn digits() -> Self {
        Self {
            steps: 2250,
            batch: 256,
            learning_rate: 2e-3,
            warm_up: 500,
            least_rate: 0.0,
            weight_decay: 0.01,
            ema: 0.999,
            label_dropout: 0.15,
            augment: 0.05,
            seed: 1,
        }
    }

    /// How the model of buildings is trained: no picture comes twice, so none has to be bent.
    pub fn buildings() -> Self {
        Self {
            steps: 12_000,
            learning_rate: 1.5e-3,
            ema: 0.9995,
            label_dropout: 0.1,
            augment: 0.0,
            ..Self::digits()
        }
    }

    /// How the transformer of Shakespeare's letters is trained.
    pub fn shakespeare() -> Self {
        Self {
            steps: 22_000,
            batch: 64,
            learning_rate: 2e-3,
            warm_up: 400,
            least_rate: 0.02,
            weight_decay: 0.1,
            ema: 0.999,
            label_dropout: 0.0,
            augment: 0.0,
            seed: 1,
        }
    }

    /// How the transformer of Tang poems is trained: decay is strong, for it sees the 14,751 poems some 200 times each.
    pub fn tang() -> Self {
        Self { steps: 10_000, learning_rate: 1.5e-3, weight_decay: 1.0, ..Self::shakespeare() }
    }

    /// The learning rate of step `step`, counted from 1.
    pub fn learning_rate_at(&self, step: usize) -> f64 {
        if step <= self.warm_up {
            return self.learning_rate * step as f64 / self.warm_up as f64;
        }
        let done = (step as f64 / self.steps as f64).min(1.0);
        let height = 0.5 * (1.0 + (std::f64::consts::PI * done).cos());
        self.learning_rate * (self.least_rate + (1.0 - self.least_rate) * height)
    }

    /// How much of the average is kept at step `step`: less at the start, when the average is young.
    pub fn ema_at(&self, step: usize) -> f64 {
        self.ema.min((1.0 + step as f64) / (10.0 + step as f64))
    }
}
