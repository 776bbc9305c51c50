//! Trains the noise predictor by being pulled: one call, one optimiser step.

use super::gradients::{Flat, flat, mean, own_graph};
use super::{adamw::AdamW, augment::affine, ema::Ema, initial::initialise, options::TrainOptions};
use crate::data::digits::{Digits, PIXELS, SIZE};
use crate::diffusion::schedule::{Law, Schedule};
use crate::math::{normal::normals, philox::Stream, philox::uniforms};
use crate::models::{unet::UNet, unet_config::SizeError, unet_config::UNetConfig};
use burn::tensor::{Device, Tensor, TensorData};

/// The schedule that networks are trained with: the article's, so that t means a noise level.
pub const TRAINING_LAW: Law = Law::Su { c: 0.02 };
/// T of training.
pub const TRAINING_STEPS: usize = 1000;

/// Pictures in a shard; divides the batch. Fixed, so that a run does not depend on the number of cores.
pub const SHARD: usize = 16;

/// β of AdamW: the squares forget sooner than the customary 0.999, since the run is short.
const BETAS: [f64; 2] = [0.9, 0.99];

/// Loss [1] and gradients of one shard.
pub type Learned = (Tensor<1>, Flat);
/// Learns from the shard of this number.
pub type Work<'a> = dyn Fn(usize) -> Learned + Sync + 'a;

/// Works on the shards one after another.
pub fn in_turn(shards: usize, work: &Work) -> Vec<Learned> {
    (0..shards).map(work).collect()
}

/// A network between two steps.
pub struct Trainer {
    pub options: TrainOptions,
    pub config: UNetConfig,
    /// Steps made.
    pub at: usize,
    /// Seconds spent, over all runs; kept by the caller.
    pub seconds: f64,
    /// Smoothed loss, 0 before the first look; kept by the caller.
    pub loss: f32,
    pub model: UNet,
    pub optimiser: AdamW,
    pub ema: Ema,
    data: Digits,
    schedule: Schedule,
    /// Computes gradients.
    device: Device,
}

/// A shard, drawn on the host.
struct Batch {
    /// [B · 64]
    noisy: Vec<f32>,
    /// [B · 64]
    eps: Vec<f32>,
    times: Vec<f32>,
    labels: Vec<usize>,
}

impl Trainer {
    pub fn new(
        options: TrainOptions,
        config: UNetConfig,
        data: Digits,
        device: Device,
    ) -> Result<Self, SizeError> {
        let device = device.autodiff();
        let model = initialise(UNet::new(&config, &device)?, options.seed);
        Ok(Self {
            optimiser: AdamW::new(options.weight_decay, BETAS),
            ema: Ema::default(),
            schedule: Schedule::new(TRAINING_LAW, TRAINING_STEPS),
            at: 0,
            seconds: 0.0,
            loss: 0.0,
            options,
            config,
            model,
            data,
            device,
        })
    }

    /// One step: E‖ε − ε_θ(A_t x_0 + B_t ε, t)‖² (Ho et al. 2020, eq. 14) over a batch.
    ///
    /// The batch is learnt from in shards; `share_out` runs the work of shards 0 to n − 1, in turn
    /// ([`in_turn`]) or on several threads, and gives their results in order.
    /// The loss [1] stays on the device: reading it is the caller's choice.
    pub fn step(&mut self, share_out: impl FnOnce(usize, &Work) -> Vec<Learned>) -> Tensor<1> {
        self.at += 1;
        let this = &*self;
        let learned = share_out(self.shards(), &|index| this.learn(this.draw(index)));
        let (losses, gradients): (Vec<_>, Vec<_>) = learned.into_iter().unzip();
        let rate = self.options.learning_rate_at(self.at);
        self.model = self.optimiser.step(self.model.clone(), mean(gradients), rate);
        self.ema.update(&self.model, self.options.ema_at(self.at));
        Tensor::cat(losses, 0).mean()
    }

    fn shards(&self) -> usize {
        self.options.batch / SHARD
    }

    fn learn(&self, batch: Batch) -> Learned {
        let shape = [batch.times.len(), 1, SIZE, SIZE];
        let tensor = |v| Tensor::<4>::from_data(TensorData::new(v, shape), &self.device);
        let model = own_graph(self.model.clone());
        let eps_hat = model.forward(tensor(batch.noisy), &batch.times, &batch.labels);
        let gap = tensor(batch.eps) - eps_hat;
        let loss = (gap.clone() * gap).mean();
        let gradients = flat(&model, &loss.backward());
        (loss.inner(), gradients)
    }

    /// Shard `index` of step `at`: a function of the seed and the two alone, so that a resumed run is the same run.
    fn draw(&self, index: usize) -> Batch {
        let TrainOptions { seed, label_dropout, augment, .. } = self.options;
        let size = SHARD;
        let step = (self.at * self.shards() + index) as u32;
        let choices = uniforms(seed, Stream::Batch, step, 3 * size);
        let mut eps = normals(seed, Stream::TrainingNoise, step, size * (PIXELS + 6));
        let maps = eps.split_off(size * PIXELS);
        let pick = |u: f64, n: usize| (u * n as f64) as usize; // u < 1
        let mut batch = Batch { noisy: vec![], eps, times: vec![], labels: vec![] };
        for i in 0..size {
            let [example, time, drop] = [0, 1, 2].map(|k| choices[3 * i + k]);
            let example = pick(example, self.data.len());
            let t = 1 + pick(time, self.schedule.steps());
            let map = std::array::from_fn(|k| maps[6 * i + k] * augment as f32);
            let x0 = affine(&self.data.picture(example), SIZE, map);
            let (a, b) = (self.schedule.a_bar[t] as f32, self.schedule.b_bar[t] as f32);
            let noise = &batch.eps[i * PIXELS..][..PIXELS];
            batch.noisy.extend(x0.iter().zip(noise).map(|(x, e)| a * x + b * e));
            batch.times.push(t as f32);
            batch.labels.push(match self.config.no_label() {
                Some(no_label) if drop < label_dropout => no_label,
                _ => usize::from(self.data.labels[example]),
            });
        }
        batch
    }
}
