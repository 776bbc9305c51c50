//! The noise that the network predicts in x_t, with or without guidance.

use std::{cell::Cell, ops::Range, rc::Rc};

use serde::{Deserialize, Serialize};

use super::sampler_config::{Condition, SamplerConfig};
use crate::data::gallery::{CLASSES, Gallery};
use crate::device::Device;
use crate::diffusion::{
    guidance::guide,
    level::Level,
    schedule::{Schedule, TRAINING},
};
use crate::models::unet_config::UNetConfig;
use crate::networks::noise_network::NoiseNetwork;
use crate::runtime::{
    error::SessionError,
    pool::{self, Pool},
};
use crate::train::fused::load_noise_network;

/// A network on a device, and how to ask it.
pub struct Denoiser {
    network: NoiseNetwork,
    config: UNetConfig,
    trained: Schedule,
    /// Network calls made, counted where they are made.
    calls: Cell<usize>,
    /// Among whom the pictures of a call are cut.
    pool: Rc<Pool>,
}

/// Pictures [B, C, H, W] that the network is asked about, as they go to another worker.
#[derive(Serialize, Deserialize)]
struct Asked {
    x: Vec<f32>,
    times: Vec<f32>,
    /// None if the network knows no labels.
    labels: Vec<usize>,
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
        Ok(Self { network, config, trained, calls: Cell::new(0), pool: Rc::default() })
    }

    pub fn share(&mut self, pool: Rc<Pool>) {
        self.pool = pool;
    }

    /// What the network says of the pictures that another worker asks about.
    pub async fn assist(&self, job: &[u8]) -> Option<Vec<u8>> {
        let work = async |Asked { x, times, labels }: Asked| {
            let whole = x.len() == times.len() * self.picture();
            if !whole || !(labels.is_empty() || labels.len() == times.len()) {
                return Err(());
            }
            self.each(&x, &times, &labels).await.map_err(drop)
        };
        pool::answer(job, work).await
    }

    /// Numbers of a picture.
    fn picture(&self) -> usize {
        self.config.image_channels * self.config.image_size * self.config.image_size
    }

    /// Network calls made so far.
    pub fn calls(&self) -> usize {
        self.calls.get()
    }

    /// ε in `x` [B, C, H, W], all of whose pictures stand at `level`.
    pub async fn predict_noise(
        &self,
        config: &SamplerConfig,
        x: &[f32],
        level: Level,
    ) -> Result<Vec<f32>, SessionError> {
        let eps = self.guided(config, x, vec![self.network_time(level); x.len() / self.picture()]).await?;
        Ok(self.deepened(x, eps, level))
    }

    /// ε in `x` [B, C, H, W] at `level`, each picture by its own label, in one call without guidance.
    pub async fn predict_noise_by_label(
        &self,
        x: &[f32],
        level: Level,
        labels: Vec<usize>,
    ) -> Result<Vec<f32>, SessionError> {
        self.calls.set(self.calls.get() + 1);
        let eps = self.forward(x, &vec![self.network_time(level); labels.len()], &labels).await?;
        Ok(self.deepened(x, eps, level))
    }

    /// ε in the pictures `x`, each [1, C, H, W] at its own level, in one batch.
    pub async fn predict_noise_each(
        &self,
        config: &SamplerConfig,
        x: &[(Vec<f32>, Level)],
    ) -> Result<Vec<Vec<f32>>, SessionError> {
        let times = x.iter().map(|(_, level)| self.network_time(*level)).collect();
        let batch = x.iter().flat_map(|(x, _)| x).copied().collect::<Vec<_>>();
        let eps = self.guided(config, &batch, times).await?;
        let each = eps.chunks_exact(self.picture()).zip(x);
        Ok(each.map(|(eps, (x, level))| self.deepened(x, eps.to_vec(), *level)).collect())
    }

    /// The network's `eps` at `x`, unless `level` has less of the building left than the network ever saw.
    ///
    /// There its error in ε, small as it is, would be divided by next to nothing; so it is asked for the finished
    /// picture at its own last level, x̂_0 = (x − B ε)/A, and the ε that leads there at this level is
    /// (x − A_t x̂_0)/B_t.
    fn deepened(&self, x: &[f32], eps: Vec<f32>, level: Level) -> Vec<f32> {
        let last = self.trained.steps();
        let (a, b) = (self.trained.a_bar[last], self.trained.b_bar[last]);
        if level.a >= a {
            return eps;
        }
        let [of_x, of_eps] = [(1.0 - level.a / a) / level.b, level.a * b / (a * level.b)].map(|w| w as f32);
        x.iter().zip(eps).map(|(x, eps)| x * of_x + eps * of_eps).collect()
    }

    /// # Shapes
    /// - x: [B, C, H, W]
    /// - times: B
    async fn guided(
        &self,
        config: &SamplerConfig,
        x: &[f32],
        times: Vec<f32>,
    ) -> Result<Vec<f32>, SessionError> {
        match config.condition {
            Condition::Label(label) if config.guidance == 1.0 => self.ask(x, times, Some(label)).await,
            Condition::Label(label) if config.guidance != 0.0 => {
                // Two calls in one batch: a graphics processor's time is hardly more for two than for one.
                let b = times.len();
                let labels = [self.labels(None, b), self.labels(Some(label), b)].concat();
                self.calls.set(self.calls.get() + 2);
                let both = self.forward(&[x, x].concat(), &times.repeat(2), &labels).await?;
                let (unconditional, conditional) = both.split_at(x.len());
                Ok(guide(unconditional, conditional, config.guidance))
            }
            Condition::Label(_) | Condition::Any => self.ask(x, times, None).await,
        }
    }

    async fn ask(&self, x: &[f32], times: Vec<f32>, label: Option<usize>) -> Result<Vec<f32>, SessionError> {
        self.calls.set(self.calls.get() + 1);
        self.forward(x, &times, &self.labels(label, times.len())).await
    }

    async fn forward(&self, x: &[f32], times: &[f32], labels: &[usize]) -> Result<Vec<f32>, SessionError> {
        let size = self.picture();
        let of = |run: Range<usize>| {
            let labels = if labels.is_empty() { labels } else { &labels[run.clone()] };
            (&x[run.start * size..run.end * size], &times[run], labels)
        };
        let job = |run| {
            let (x, times, labels) = of(run);
            Asked { x: x.to_vec(), times: times.to_vec(), labels: labels.to_vec() }
        };
        let here = async |run| {
            let (x, times, labels) = of(run);
            self.each(x, times, labels).await
        };
        Ok(self.pool.map(times.len(), job, here).await?.concat())
    }

    /// What the network says here of each picture.
    async fn each(&self, x: &[f32], times: &[f32], labels: &[usize]) -> Result<Vec<Vec<f32>>, SessionError> {
        let eps = self.network.forward(x, times, labels).await.map_err(SessionError::Device)?;
        Ok(eps.chunks_exact(self.picture()).map(<[f32]>::to_vec).collect())
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
