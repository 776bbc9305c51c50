//! Trains the network for points of the plane by being pulled: n steps, one readback.
//!
//! Adam as in Kingma & Ba 2015, algorithm 1, <https://arxiv.org/abs/1412.6980>. Everything that the next step
//! depends on is on the host after each pull ([`PointsState`]), so that another engine can go on.

use burn::tensor::{Device, Tensor, TensorData};

use super::gradients::{flat, own_graph};
use super::{adamw::AdamW, ema::Ema};
use crate::data::points::{Law, Point, draw};
use crate::diffusion::{prediction::Prediction, schedule::Schedule};
use crate::math::{normal::normals, philox::Stream, philox::uniforms};
use crate::models::mlp::{Mlp, TIME, time_features};
use crate::nn::parameters::{fill, shapes};

/// What decides a training run.
#[derive(Clone, Debug, PartialEq)]
pub struct PointsOptions {
    pub law: Law,
    /// Points a step.
    pub batch: usize,
    pub rate: f64,
    pub target: Prediction,
    pub seed: u64,
    pub experiment: Vec<f64>,
}

pub struct PointsTrainer {
    pub options: PointsOptions,
    pub at: usize,
    pub model: Mlp,
    pub optimiser: AdamW,
    pub ema: Ema,
    schedule: Schedule,
    features: Vec<f32>,
    device: Device,
}

impl PointsTrainer {
    pub fn new(options: PointsOptions, schedule: Schedule, device: &Device) -> Self {
        let device = device.clone().autodiff();
        let mut step = 0;
        let model = fill(Mlp::new(&device), |name, shape| {
            step += 1;
            let count = shape.iter().product();
            match shape {
                [_, fan_in] if !name.starts_with("l3") => {
                    let deviation = 1.0 / (*fan_in as f32).sqrt();
                    normals(options.seed, Stream::Weights, step, count)
                        .into_iter()
                        .map(|z| deviation * z)
                        .collect()
                }
                _ => vec![0.0; count],
            }
        });
        let last = schedule.steps();
        let features = (0..=last).flat_map(|t| time_features(t as f64, last)).collect();
        Self {
            at: 0,
            model,
            optimiser: AdamW::new(0.0, [0.9, options.experiment[3]]),
            ema: Ema::default(),
            features,
            schedule,
            device,
            options,
        }
    }

    pub fn step(&mut self) -> Tensor<1> {
        self.at += 1;
        let o = &self.options;
        let e = &o.experiment;
        let step = self.at as u32;
        let batch = o.batch;
        let points: Vec<Point> = draw(&o.law, o.seed, Stream::Points, step, batch);
        let mut noise = normals(o.seed, Stream::TrainingNoise, step, 2 * batch);
        if e[0] == 1.0 {
            for i in 0..batch {
                noise[batch + i] = -noise[i];
            }
        }
        let u = uniforms(o.seed, Stream::Batch, step, batch);
        let (mut noisy, mut target, mut time) = (vec![], vec![], vec![]);
        for i in 0..batch {
            let u = if e[1] == 1.0 {
                let k = if e[0] == 1.0 { i % (batch / 2) } else { i };
                let n = if e[0] == 1.0 { batch / 2 } else { batch };
                (k as f64 + u[k]) / n as f64
            } else {
                u[i]
            };
            let t = 1 + (u * self.schedule.steps() as f64) as usize;
            let (a, b) = (self.schedule.a_bar[t] as f32, self.schedule.b_bar[t] as f32);
            let p = if e[0] == 1.0 { points[i % (batch / 2)] } else { points[i] };
            for k in 0..2 {
                let (x0, z) = (p[k], noise[2 * i + k]);
                noisy.push(a * x0 + b * z);
                target.push(match o.target {
                    Prediction::Epsilon => z,
                    Prediction::Sample => x0,
                    Prediction::Velocity => a * z - b * x0,
                });
            }
            time.extend_from_slice(&self.features[TIME * t..][..TIME]);
        }
        let tensor = |v: Vec<f32>| {
            let n = v.len() / batch;
            Tensor::<2>::from_data(TensorData::new(v, [batch, n]), &self.device)
        };
        let model = own_graph(self.model.clone());
        let gap = model.forward(tensor(noisy), tensor(time)) - tensor(target);
        let loss = (gap.clone() * gap).mean();
        let gradients = flat(&model, &loss.backward());
        let n = self.at as f64;
        // warm-up w, decay with 1/sqrt after d
        let (warm, decay) = (e[4], e[5]);
        let rate =
            o.rate * (n / warm).min(1.0) * if decay > 0.0 { (decay / n.max(decay)).sqrt() } else { 1.0 };
        self.model = self.optimiser.step(self.model.clone(), gradients, rate);
        let gamma = e[2];
        self.ema.update(&self.model, (1.0 + n) / (gamma + n));
        loss.inner()
    }

    pub fn average(&self, device: &Device) -> Mlp {
        let _ = shapes(&self.model);
        fill(Mlp::new(device), |name, _| {
            pollster::block_on(crate::device::read(self.ema.average[name].clone())).unwrap()
        })
    }
}
