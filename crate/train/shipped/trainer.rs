//! Trains a network that ships by being pulled: one call, one optimiser step.

use super::recipe::{Recipe, SHARD};
use super::{ema::Ema, examples::Examples, options::TrainOptions};
use crate::models::size::SizeError;
use crate::train::adamw::AdamW;
use crate::train::gradients::{Flat, flat, mean, own_graph};
use burn::tensor::{Device, Tensor};

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
pub struct Trainer<R: Recipe = Examples> {
    pub options: TrainOptions,
    pub config: R::Config,
    /// Steps made.
    pub at: usize,
    /// Seconds spent, over all runs; kept by the caller.
    pub seconds: f64,
    /// Smoothed loss, 0 before the first look; kept by the caller.
    pub loss: f32,
    pub model: R::Network,
    pub optimiser: AdamW,
    pub ema: Ema,
    pub recipe: R,
    /// Computes gradients.
    device: Device,
}

impl<R: Recipe> Trainer<R> {
    pub fn new(
        options: TrainOptions,
        config: R::Config,
        recipe: R,
        device: Device,
    ) -> Result<Self, SizeError> {
        let device = device.autodiff();
        let model = R::network(&config, options.seed, &device)?;
        Ok(Self {
            optimiser: AdamW::new(options.weight_decay, BETAS),
            ema: Ema::default(),
            at: 0,
            seconds: 0.0,
            loss: 0.0,
            options,
            config,
            model,
            recipe,
            device,
        })
    }

    /// One step down the recipe's loss over a batch.
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
    pub fn step_at_once(&mut self, shards: Vec<R::Batch>) -> Tensor<1> {
        let (loss, gradients) = self.learn(R::join(shards));
        self.descend(gradients);
        loss
    }

    /// How many shards a batch has.
    pub fn shards(&self) -> usize {
        self.options.batch / SHARD
    }

    /// Shard `index` of step `at`.
    pub fn draw(&self, at: usize, index: usize) -> R::Batch {
        self.recipe.draw(&self.config, &self.options, at * self.shards() + index)
    }

    /// Where the weights are; it computes no gradients.
    pub fn device(&self) -> Device {
        self.device.clone().inner()
    }

    fn descend(&mut self, gradients: Flat) {
        self.at += 1;
        let rate = self.options.learning_rate_at(self.at);
        let gradients = R::LONGEST.map_or(gradients.clone(), |longest| shortened(gradients, longest));
        self.model = self.optimiser.step(self.model.clone(), gradients, rate);
        self.ema.update(&self.model, self.options.ema_at(self.at));
    }

    fn learn(&self, batch: R::Batch) -> Learned {
        let model = own_graph(self.model.clone());
        let loss = self.recipe.loss(&self.config, &model, batch, &self.device);
        let gradients = flat(&model, &loss.backward());
        (loss.inner(), gradients)
    }
}

/// The same direction, at most `longest` long.
fn shortened(gradients: Flat, longest: f64) -> Flat {
    let length = (gradients.clone() * gradients.clone()).sum().sqrt();
    let share = length.recip().mul_scalar(longest).clamp_max(1.0);
    gradients * share
}
