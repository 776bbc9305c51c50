//! The noise that the network predicts in x_t, with or without guidance.

use std::cell::Cell;

use burn::tensor::Tensor;

use super::sampler_config::{Condition, SamplerConfig};
use crate::data::gallery::{CLASSES, Gallery};
use crate::device::Device;
use crate::diffusion::{
    guidance::guide,
    level::Level,
    schedule::{Schedule, TRAINING},
};
use crate::models::{noise_network::NoiseNetwork, unet_config::UNetConfig};
use crate::runtime::error::SessionError;
use crate::train::checkpoint::load_noise_network;

/// A network on a device, and how to ask it.
pub struct Denoiser {
    network: NoiseNetwork,
    config: UNetConfig,
    trained: Schedule,
    device: Device,
    /// Network calls made, counted where they are made.
    calls: Cell<usize>,
}

impl Denoiser {
    /// The network in `weights`, if it is one of pictures like those of `gallery`.
    pub fn load(weights: &[u8], gallery: Gallery, device: &Device) -> Result<Self, SessionError> {
        let (config, network) =
            load_noise_network(weights, device).map_err(|error| SessionError::BadWeights(error.into()))?;
        // Sizes that fit together may still be another model's: a panic later would say it less well.
        let shape = [config.image_channels, config.image_size, config.image_size];
        if shape != gallery.shape() || config.classes != Some(CLASSES) {
            return Err(SessionError::WrongModel(gallery.id()));
        }
        let trained = TRAINING.clone();
        Ok(Self { network, config, trained, device: device.clone(), calls: Cell::new(0) })
    }

    /// [C, H, W] of a picture.
    pub fn picture_shape(&self) -> [usize; 3] {
        [self.config.image_channels, self.config.image_size, self.config.image_size]
    }

    /// Numbers [B·C·H·W] as a tensor [B, C, H, W].
    pub fn upload(&self, values: &[f32]) -> Tensor<4> {
        let [c, h, w] = self.picture_shape();
        Tensor::<1>::from_data(values, &self.device).reshape([values.len() / (c * h * w), c, h, w])
    }

    pub fn device(&self) -> &Device {
        &self.device
    }

    /// Network calls made so far.
    pub fn calls(&self) -> usize {
        self.calls.get()
    }

    /// ε in `x` [B, C, H, W], all of whose pictures stand at `level`.
    pub fn predict_noise(&self, config: &SamplerConfig, x: Tensor<4>, level: Level) -> Tensor<4> {
        let time = self.network_time(level);
        let eps = self.guided(config, x.clone(), vec![time; x.dims()[0]]);
        self.deepened(x, eps, level)
    }

    /// ε in `x` [B, C, H, W] at `level`, each picture by its own label, in one call without guidance.
    pub fn predict_noise_by_label(&self, x: Tensor<4>, level: Level, labels: Vec<usize>) -> Tensor<4> {
        self.calls.set(self.calls.get() + 1);
        let times = vec![self.network_time(level); labels.len()];
        let eps = self.network.forward(x.clone(), &times, &labels);
        self.deepened(x, eps, level)
    }

    /// ε in the pictures `x`, each [1, C, H, W] at its own level, in one batch.
    pub fn predict_noise_each(&self, config: &SamplerConfig, x: &[(Tensor<4>, Level)]) -> Vec<Tensor<4>> {
        let times = x.iter().map(|(_, level)| self.network_time(*level)).collect();
        let batch = Tensor::cat(x.iter().map(|(x, _)| x.clone()).collect(), 0);
        let eps = self.guided(config, batch, times).chunk(x.len(), 0);
        eps.into_iter().zip(x).map(|(eps, (x, level))| self.deepened(x.clone(), eps, *level)).collect()
    }

    /// The network's `eps` at `x`, unless `level` has less of the building left than the network ever saw.
    ///
    /// There its error in ε, small as it is, would be divided by next to nothing; so it is asked for the finished
    /// picture at its own last level, x̂_0 = (x − B ε)/A, and the ε that leads there at this level is
    /// (x − A_t x̂_0)/B_t.
    fn deepened(&self, x: Tensor<4>, eps: Tensor<4>, level: Level) -> Tensor<4> {
        let last = self.trained.steps();
        let (a, b) = (self.trained.a_bar[last], self.trained.b_bar[last]);
        if level.a >= a {
            return eps;
        }
        x * ((1.0 - level.a / a) / level.b) + eps * (level.a * b / (a * level.b))
    }

    /// # Shapes
    /// - x: [B, C, H, W]
    /// - times: B
    fn guided(&self, config: &SamplerConfig, x: Tensor<4>, times: Vec<f32>) -> Tensor<4> {
        match config.condition {
            Condition::Label(label) if config.guidance == 1.0 => self.ask(x, times, Some(label)),
            Condition::Label(label) if config.guidance != 0.0 => {
                // Two calls in one batch: a small network's time is the number of its launches.
                let b = times.len();
                let labels = [self.labels(None, b), self.labels(Some(label), b)].concat();
                self.calls.set(self.calls.get() + 2);
                let both =
                    self.network.forward(Tensor::cat(vec![x.clone(), x], 0), &times.repeat(2), &labels);
                let mut halves = both.chunk(2, 0).into_iter();
                let mut half = || halves.next().expect("two halves");
                guide(half(), half(), config.guidance)
            }
            Condition::Label(_) | Condition::Any => self.ask(x, times, None),
        }
    }

    fn ask(&self, x: Tensor<4>, times: Vec<f32>, label: Option<usize>) -> Tensor<4> {
        self.calls.set(self.calls.get() + 1);
        self.network.forward(x, &times, &self.labels(label, times.len()))
    }

    /// `count` rows of the label table; none if the network knows no labels.
    fn labels(&self, label: Option<usize>, count: usize) -> Vec<usize> {
        self.config.no_label().map_or(Vec::new(), |none| vec![label.unwrap_or(none); count])
    }

    /// The time at which the network was trained on `level`; whole where the schedule is its own, 1 for an
    /// untouched picture, which no training shows.
    fn network_time(&self, level: Level) -> f32 {
        self.trained.time_of(level.a, level.b) as f32
    }
}
