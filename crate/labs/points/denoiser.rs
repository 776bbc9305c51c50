//! Who says what noise is in a point: Bayes' rule or the network.

use std::cell::Cell;

use burn::tensor::{Device, Tensor, TensorData};

use super::settings::Settings;
use crate::data::points::Distribution;
use crate::diffusion::{exact_on_device::ExactDenoiser, level::Level, prediction::Prediction};
use crate::models::mlp::{Mlp, TIME, time_features};

enum Kind {
    Exact(ExactDenoiser),
    Learned { network: Mlp, trained: usize, target: Prediction, last: usize },
}

/// A denoiser on a device, which counts how often it is asked.
pub struct Denoiser {
    kind: Kind,
    calls: Cell<usize>,
}

impl Denoiser {
    /// Bayes' rule on what is known of the data.
    pub fn exact(settings: &Settings, device: &Device) -> Self {
        let exact = match &settings.known {
            Distribution::Mixture { centres, spread } => ExactDenoiser::new(centres, *spread, device),
            _ => ExactDenoiser::new(&settings.data, 0.0, device),
        };
        Self { kind: Kind::Exact(exact), calls: Cell::new(0) }
    }

    /// A network that has been trained `trained` steps.
    pub fn learned(network: Mlp, trained: usize, settings: &Settings) -> Self {
        let (target, last) = (settings.target, settings.schedule.steps());
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
    pub fn eps(&self, x: Tensor<2>, level: Level) -> Tensor<2> {
        self.calls.set(self.calls.get() + 1);
        match &self.kind {
            Kind::Exact(exact) => exact.eps(x, level),
            Kind::Learned { network, target, last, .. } => {
                let time = TensorData::new(time_features(level.t, *last), [1, TIME]);
                let answer = network.forward(x.clone(), Tensor::from_data(time, &x.device()));
                target.to_eps(&answer, &x, level)
            }
        }
    }
}

/// Numbers [N · 2] as a tensor [N, 2].
pub fn upload(values: &[f32], device: &Device) -> Tensor<2> {
    Tensor::from_data(TensorData::new(values.to_vec(), [values.len() / 2, 2]), device)
}
