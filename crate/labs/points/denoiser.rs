//! Who says what noise is in a point: Bayes' rule or the network.

use std::cell::Cell;

use burn::tensor::{Device, Tensor, TensorData};

use super::settings::Settings;
use crate::data::points::Distribution;
use crate::device::{at_hand, is_here};
use crate::diffusion::{exact_on_device::ExactDenoiser, level::Level, prediction::Prediction};
use crate::models::{
    fused_mlp::FusedMlp,
    mlp::{Mlp, SIZES, TIME, time_features},
};
use crate::nn::parameters::values;

enum Kind {
    Exact(Box<ExactDenoiser>),
    Learned { network: Network, trained: usize, target: Prediction, last: usize },
}

/// The network in the form that its device runs fastest.
enum Network {
    /// On this processor.
    Fused(FusedMlp),
    /// On whatever runs tensors.
    Tensors(Box<Mlp>),
}

impl Network {
    fn of(network: Mlp) -> Self {
        if !is_here(&network.l0.weight.val().device()) {
            return Self::Tensors(Box::new(network));
        }
        let mut values = values(&network);
        let mut layer = |i: usize| {
            ["weight", "bias"].map(|kind| values.remove(&format!("l{i}.{kind}")).expect("a weight")).concat()
        };
        let weights: Vec<f32> = (0..SIZES.len() - 1).flat_map(&mut layer).collect();
        Self::Fused(FusedMlp::new(&SIZES, &weights))
    }

    /// What it says of the points `x` [N, 2], all at one time.
    fn forward(&self, x: Tensor<2>, time: Vec<f32>) -> Tensor<2> {
        let (device, shape) = (x.device(), x.dims());
        match self {
            Self::Fused(network) => {
                let seen = at_hand(x).chunks_exact(2).flat_map(|x| x.iter().chain(&time)).copied().collect();
                Tensor::from_data(TensorData::new(network.answer(seen), shape), &device)
            }
            Self::Tensors(network) => {
                network.forward(x, Tensor::from_data(TensorData::new(time, [1, TIME]), &device))
            }
        }
    }
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
        Self { kind: Kind::Exact(Box::new(exact)), calls: Cell::new(0) }
    }

    /// A network that has been trained `trained` steps.
    pub fn learned(network: Mlp, trained: usize, settings: &Settings) -> Self {
        let (target, last) = (settings.target, settings.schedule.steps());
        let network = Network::of(network);
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
                let answer = network.forward(x.clone(), time_features(level.t, *last));
                target.to_eps(&answer, &x, level)
            }
        }
    }
}

/// Numbers [N · 2] as a tensor [N, 2].
pub fn upload(values: &[f32], device: &Device) -> Tensor<2> {
    Tensor::from_data(TensorData::new(values.to_vec(), [values.len() / 2, 2]), device)
}
