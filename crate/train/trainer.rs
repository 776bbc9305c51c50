//! Trains the noise predictor by being pulled: one call, one optimiser step.

use super::gradients::{Flat, flat, mean, own_graph};
use super::{adamw::AdamW, ema::Ema, examples::Examples, initial::initialise, options::TrainOptions};
use crate::diffusion::schedule::{Schedule, TRAINING};
use crate::math::{normal::normals, philox::Stream, philox::uniforms};
use crate::models::unet_config::Target;
use crate::models::{unet::UNet, unet_config::SizeError, unet_config::UNetConfig};
use burn::tensor::{Device, Tensor, TensorData};

/// Pictures in a shard; divides the batch. Fixed, so that a run does not depend on the number of cores.
pub const SHARD: usize = 16;

/// β of AdamW: the squares forget sooner than the customary 0.999, since the run is short.
const BETAS: [f64; 2] = [0.9, 0.99];

/// Loss [1] and gradients of one shard.
pub type Learned = (Tensor<1>, Flat);
/// What is done with the shard of this number: it is drawn, or it is learnt from.
pub type Work<'a, R> = dyn Fn(usize) -> R + Sync + 'a;

/// Works on the shards one after another.
pub fn in_turn<R>(shards: usize, work: &Work<R>) -> Vec<R> {
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
    data: Examples,
    /// Computes gradients.
    device: Device,
}

/// Some of the pictures of a step, drawn on the host.
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

impl Trainer {
    pub fn new(
        options: TrainOptions,
        config: UNetConfig,
        data: Examples,
        device: Device,
    ) -> Result<Self, SizeError> {
        let device = device.autodiff();
        let model = initialise(UNet::new(&config, &device)?, options.seed);
        Ok(Self {
            optimiser: AdamW::new(options.weight_decay, BETAS),
            ema: Ema::default(),
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
    /// A network that [predicts](UNetConfig::predicts) v is trained on E‖v − v̂‖², which is the error in ε over A_t.
    ///
    /// The batch is learnt from in shards; `share_out` runs the work of shards 0 to n − 1, in turn
    /// ([`in_turn`]) or on several threads, and gives their results in order.
    /// The loss [1] stays on the device: reading it is the caller's choice.
    pub fn step(&mut self, share_out: impl FnOnce(usize, &Work<Learned>) -> Vec<Learned>) -> Tensor<1> {
        let at = self.at + 1;
        let this = &*self;
        let learned = share_out(self.shards(), &|index| this.learn(this.draw(at, index)));
        let (losses, gradients): (Vec<_>, Vec<_>) = learned.into_iter().unzip();
        self.descend(mean(gradients));
        Tensor::cat(losses, 0).mean()
    }

    /// The same step with the whole batch learnt from at once, for a device that is fast only then: shards
    /// are what [`draw`](Self::draw) gave for step `at + 1`.
    pub fn step_at_once(&mut self, shards: Vec<Batch>) -> Tensor<1> {
        let (loss, gradients) = self.learn(Batch::join(shards));
        self.descend(gradients);
        loss
    }

    fn descend(&mut self, gradients: Flat) {
        self.at += 1;
        let rate = self.options.learning_rate_at(self.at);
        self.model = self.optimiser.step(self.model.clone(), gradients, rate);
        self.ema.update(&self.model, self.options.ema_at(self.at));
    }

    /// How many shards a batch has.
    pub fn shards(&self) -> usize {
        self.options.batch / SHARD
    }

    fn learn(&self, batch: Batch) -> Learned {
        let [channels, height, width] = self.data.shape();
        let shape = [batch.times.len(), channels, height, width];
        let tensor = |v| Tensor::<4>::from_data(TensorData::new(v, shape), &self.device);
        let model = own_graph(self.model.clone());
        let eps_hat = model.forward(tensor(batch.noisy), &batch.times, &batch.labels);
        let gap = tensor(batch.eps) - eps_hat;
        let gap = match self.config.predicts {
            Target::Eps => gap,
            Target::V => {
                let weights = Tensor::<1>::from_data(batch.weights.as_slice(), &self.device);
                gap * weights.reshape([batch.times.len(), 1, 1, 1])
            }
        };
        let loss = (gap.clone() * gap).mean();
        let gradients = flat(&model, &loss.backward());
        (loss.inner(), gradients)
    }

    /// Shard `index` of step `at`: a function of the seed and the two alone, so that a resumed run is the same run.
    pub fn draw(&self, at: usize, index: usize) -> Batch {
        let TrainOptions { seed, label_dropout, augment, .. } = self.options;
        let (size, pixels, bends) = (SHARD, self.data.shape().iter().product(), self.data.bends());
        let schedule: &Schedule = &TRAINING;
        let shard = at * self.shards() + index;
        let step = shard as u32;
        let choices = uniforms(seed, Stream::Batch, step, 3 * size);
        let mut eps = normals(seed, Stream::TrainingNoise, step, size * (pixels + bends));
        let maps: Vec<f32> = eps.split_off(size * pixels).iter().map(|z| z * augment as f32).collect();
        let mut batch = Batch { eps, ..Batch::default() };
        for i in 0..size {
            let [example, time, drop] = [0, 1, 2].map(|k| choices[3 * i + k]);
            let t = 1 + (time * schedule.steps() as f64) as usize; // time < 1
            let (x0, label) = self.data.draw((shard * size + i) as u64, example, &maps[bends * i..][..bends]);
            let (a, b) = (schedule.a_bar[t] as f32, schedule.b_bar[t] as f32);
            let noise = &batch.eps[i * pixels..][..pixels];
            batch.noisy.extend(x0.iter().zip(noise).map(|(x, e)| a * x + b * e));
            batch.times.push(t as f32);
            batch.weights.push(match self.config.predicts {
                Target::Eps => 1.0,
                Target::V => (1.0 / schedule.a_bar[t]) as f32,
            });
            batch.labels.push(match self.config.no_label() {
                Some(no_label) if drop < label_dropout => no_label,
                _ => usize::from(label),
            });
        }
        batch
    }
}

impl Batch {
    /// One batch of several, in their order.
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
}
