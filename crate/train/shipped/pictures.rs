//! The recipe of the U-Net: what noise stands in a picture.
//!
//! E‖ε − ε_θ(A_t x_0 + B_t ε, t)‖² (Ho et al. 2020, eq. 14) over a batch. A network that
//! [predicts](UNetConfig::predicts) v is trained on E‖v − v̂‖², which is the error in ε over A_t.

use super::examples::Examples;
use super::initial::initialise;
use super::options::TrainOptions;
use super::recipe::{Recipe, SHARD};
use crate::diffusion::schedule::{Schedule, TRAINING};
use crate::math::{normal::normals, philox::Stream, philox::uniforms};
use crate::models::unet_config::{Target, UNetConfig};
use crate::models::{size::SizeError, unet::UNet};
use crate::train::checkpoint::pack;
use crate::train::tensors::{HostTensor, Tensors};
use burn::tensor::{Device, Tensor, TensorData};

/// Some of the pictures of a step.
#[derive(Default)]
pub struct Batch {
    /// [B · C · H · W]
    noisy: Vec<f32>,
    /// [B · C · H · W]
    eps: Vec<f32>,
    times: Vec<f32>,
    labels: Vec<usize>,
    /// What each picture's error in ε is multiplied by.
    weights: Vec<f32>,
}

impl Recipe for Examples {
    type Network = UNet;
    type Config = UNetConfig;
    type Batch = Batch;

    const LONGEST: Option<f64> = None;

    fn network(config: &UNetConfig, seed: u64, device: &Device) -> Result<UNet, SizeError> {
        Ok(initialise(UNet::new(config, device)?, seed))
    }

    fn draw(&self, config: &UNetConfig, options: &TrainOptions, shard: usize) -> Batch {
        let TrainOptions { seed, label_dropout, augment, .. } = *options;
        let (size, pixels, bends) = (SHARD, self.shape().iter().product(), self.bends());
        let schedule: &Schedule = &TRAINING;
        let step = shard as u32;
        let choices = uniforms(seed, Stream::Batch, step, 3 * size);
        let mut eps = normals(seed, Stream::TrainingNoise, step, size * (pixels + bends));
        let maps: Vec<f32> = eps.split_off(size * pixels).iter().map(|z| z * augment as f32).collect();
        let mut batch = Batch { eps, ..Batch::default() };
        for i in 0..size {
            let [example, time, drop] = [0, 1, 2].map(|k| choices[3 * i + k]);
            let t = 1 + (time * schedule.steps() as f64) as usize; // time < 1
            let bend = &maps[bends * i..][..bends];
            let (x0, label) = self.picture((shard * size + i) as u64, example, bend);
            let (a, b) = (schedule.a_bar[t] as f32, schedule.b_bar[t] as f32);
            let noise = &batch.eps[i * pixels..][..pixels];
            batch.noisy.extend(x0.iter().zip(noise).map(|(x, e)| a * x + b * e));
            batch.times.push(t as f32);
            batch.weights.push(match config.predicts {
                Target::Eps => 1.0,
                Target::V => (1.0 / schedule.a_bar[t]) as f32,
            });
            batch.labels.push(match config.no_label() {
                Some(no_label) if drop < label_dropout => no_label,
                _ => usize::from(label),
            });
        }
        batch
    }

    fn join(batches: Vec<Batch>) -> Batch {
        let mut all = Batch::default();
        for batch in batches {
            all.noisy.extend(batch.noisy);
            all.eps.extend(batch.eps);
            all.times.extend(batch.times);
            all.labels.extend(batch.labels);
            all.weights.extend(batch.weights);
        }
        all
    }

    fn loss(&self, config: &UNetConfig, network: &UNet, batch: Batch, device: &Device) -> Tensor<1> {
        let [channels, height, width] = self.shape();
        let shape = [batch.times.len(), channels, height, width];
        let tensor = |v| Tensor::<4>::from_data(TensorData::new(v, shape), device);
        let eps_hat = network.forward(tensor(batch.noisy), &batch.times, &batch.labels);
        let gap = tensor(batch.eps) - eps_hat;
        let gap = match config.predicts {
            Target::Eps => gap,
            Target::V => {
                let weights = Tensor::<1>::from_data(batch.weights.as_slice(), device);
                gap * weights.reshape([batch.times.len(), 1, 1, 1])
            }
        };
        (gap.clone() * gap).mean()
    }

    fn sizes(config: &UNetConfig) -> String {
        let channels: Vec<String> = config.channels.iter().map(usize::to_string).collect();
        format!(" --channels {}", channels.join(","))
    }

    fn pack(config: &UNetConfig, weights: Vec<(String, HostTensor)>) -> Tensors {
        pack(config, weights)
    }
}
