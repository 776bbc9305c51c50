//! Who says what noise is in a point: Bayes' rule or the network.

use std::cell::Cell;

use super::settings::Settings;
use crate::data::points::Distribution;
use crate::device::Device;
use crate::diffusion::{level::Level, prediction::Prediction};
use crate::models::fused_mlp::{FusedMlp, SIZES, time_features};
use crate::networks::plane_denoiser::PlaneDenoiser;
use crate::runtime::error::SessionError;

enum Kind {
    Exact(Box<PlaneDenoiser>),
    Learned { network: FusedMlp, trained: usize, target: Prediction, last: usize },
}

/// A denoiser, which counts how often it is asked.
pub struct Denoiser {
    kind: Kind,
    calls: Cell<usize>,
}

impl Denoiser {
    /// Bayes' rule on what is known of the data, asked on `device`.
    pub fn exact(settings: &Settings, device: &Device) -> Self {
        let exact = match &settings.known {
            Distribution::Mixture { centres, spread } => PlaneDenoiser::new(centres, *spread, device),
            _ => PlaneDenoiser::new(&settings.data, 0.0, device),
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
    pub async fn eps(&self, x: &[f32], level: Level) -> Result<Vec<f32>, SessionError> {
        self.calls.set(self.calls.get() + 1);
        match &self.kind {
            Kind::Exact(exact) => exact.eps(x, level).await.map_err(SessionError::Device),
            Kind::Learned { network, target, last, .. } => {
                let time = time_features(level.t, *last);
                let seen = x.chunks_exact(2).flat_map(|x| x.iter().chain(&time)).copied().collect();
                Ok(target.to_eps(&network.answer(seen), &x.to_vec(), level))
            }
        }
    }
}
