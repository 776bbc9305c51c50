//! Who says what noise is in a point: Bayes' rule or the network.

use std::cell::Cell;

use super::settings::Settings;
use crate::data::points::Distribution;
use crate::diffusion::{exact_denoiser::ExactDenoiser, level::Level, prediction::Prediction};
use crate::models::fused_mlp::{FusedMlp, SIZES, time_features};

enum Kind {
    Exact(Box<ExactDenoiser>),
    Learned { network: FusedMlp, trained: usize, target: Prediction, last: usize },
}

/// A denoiser, which counts how often it is asked.
pub struct Denoiser {
    kind: Kind,
    calls: Cell<usize>,
}

impl Denoiser {
    /// Bayes' rule on what is known of the data.
    pub fn exact(settings: &Settings) -> Self {
        let exact = match &settings.known {
            Distribution::Mixture { centres, spread } => ExactDenoiser::new(centres, *spread),
            _ => ExactDenoiser::new(&settings.data, 0.0),
        };
        Self { kind: Kind::Exact(Box::new(exact)), calls: Cell::new(0) }
    }

    /// The network of `weights`, that has been trained `trained` steps.
    pub fn learned(weights: &[f32], trained: usize, settings: &Settings) -> Self {
        let (target, last) = (settings.target, settings.schedule.steps());
        let network = FusedMlp::new(&SIZES, weights);
        Self { kind: Kind::Learned { network, trained, target, last }, calls: Cell::new(0) }
    }

    /// Training steps of the network, if it is one.
    pub fn trained(&self) -> Option<usize> {
        match self.kind {
            Kind::Exact(_) => None,
            Kind::Learned { trained, .. } => Some(trained),
        }
    }

    /// Times that it was asked, each time for any number of points.
    pub fn calls(&self) -> usize {
        self.calls.get()
    }

    /// ε in `x` [N, 2] at `level`, which needs noise: B > 0.
    pub fn eps(&self, x: &[f32], level: Level) -> Vec<f32> {
        self.calls.set(self.calls.get() + 1);
        match &self.kind {
            Kind::Exact(exact) => exact.eps(x, level),
            Kind::Learned { network, target, last, .. } => {
                let time = time_features(level.t, *last);
                let seen = x.chunks_exact(2).flat_map(|x| x.iter().chain(&time)).copied().collect();
                target.to_eps(&network.answer(seen), &x.to_vec(), level)
            }
        }
    }
}
