//! One step of Adam for a network that trains in the page, on weights that lie in one flat vector.
//!
//! Kingma & Ba 2015, algorithm 1, <https://arxiv.org/abs/1412.6980>. Flat, because a small network's time on a
//! graphics processor is the number of its launches: a step of the optimiser is a dozen, not a dozen a parameter.

use burn::module::Module;
use burn::tensor::{Device, Int, Tensor, TensorData};

use super::adamw::{EPSILON, Moments, direction};
use super::gradients::{Flat, cut, flat, lifted};
use crate::device::{at_hand, is_here};
use crate::fused::{adam, mixing::Mixing};
use crate::models::{
    fused_gpt::{
        FusedGpt,
        gradient::{Layout, Texts, surprise},
    },
    fused_mlp::squared_error,
    gpt::Gpt,
    gpt_config::GptConfig,
    mlp::{Mlp, SIZES},
};
use crate::nn::{cross_entropy::cross_entropy, parameters::shapes};

const BETAS: [f64; 2] = [0.9, 0.999];
/// Steps in which the rate rises to its full height.
const WARM_UP: f64 = 50.0;
/// Steps after which the rate begins to fall like 1/√step: training has no planned end, and a rate that never
/// fell would leave the weights trembling.
const CALM: f64 = 500.0;

/// A network on its way, and Adam's memory of it.
pub struct Learner<M = Mlp> {
    /// Steps made.
    pub steps: usize,
    /// θ, in the order of the network's fields.
    pub weights: Flat,
    /// m and v.
    pub moments: Moments,
    shapes: M,
}

impl<M: Module> Learner<M> {
    /// A learner at its first step; `shapes` is any network of the kind, on `device`.
    pub fn of(shapes: M, weights: &[f32], device: &Device) -> Self {
        let zeros = || Tensor::zeros([weights.len()], device);
        Self { steps: 0, moments: [zeros(), zeros()], weights: vector(weights, device), shapes }
    }

    /// One step down the loss [1] that `look` finds in the network; gives what it saw besides.
    pub fn descend<R>(&mut self, rate: f64, look: impl FnOnce(&M) -> (Tensor<1>, R)) -> R {
        let network = lifted(self.network(self.weights.clone()));
        let (loss, seen) = look(&network);
        let gradients = flat(&network, &loss.backward());
        self.steps += 1;
        let (by, moments) = direction(gradients, self.moments.clone(), BETAS, self.steps);
        self.moments = moments;
        self.weights = self.weights.clone() - by * rate;
        seen
    }

    /// One step down `gradients`, on this processor.
    pub fn go(&mut self, gradients: &[f32], rate: f64) {
        let device = self.weights.device();
        self.steps += 1;
        let mut weights = at_hand(self.weights.clone());
        let [mut m, mut v] = self.moments.clone().map(at_hand);
        adam::step(&mut weights, &mut m, &mut v, gradients, rate, BETAS, EPSILON, self.steps);
        self.weights = vector(&weights, &device);
        self.moments = [m, v].map(|moment| vector(&moment, &device));
    }

    /// The network with these weights, to be asked and not to be trained.
    pub fn network(&self, weights: Flat) -> M {
        cut(self.shapes.clone(), weights)
    }
}

impl Learner<Mlp> {
    /// A learner of points at its first step; 37,762 weights as in [`Learner::weights`].
    pub fn new(weights: Vec<f32>, device: &Device) -> Self {
        Self::of(Mlp::new(device), &weights, device)
    }

    /// One step down the mean squared gap between the network's answer and `target`; gives that loss [1].
    ///
    /// # Shapes
    /// - x, target: [B, 2]
    /// - time: [B, 32]
    pub fn learn(&mut self, x: Tensor<2>, time: Tensor<2>, target: Tensor<2>, rate: f64) -> Tensor<1> {
        let device = x.device();
        if is_here(&device) {
            let inputs = at_hand(Tensor::cat(vec![x, time], 1));
            let (loss, gradients) =
                squared_error(&SIZES, &at_hand(self.weights.clone()), &inputs, &at_hand(target));
            self.go(&gradients, rate);
            return vector(&[loss], &device);
        }
        self.descend(rate, |network| {
            let answer = network.forward(Tensor::from_inner(x), Tensor::from_inner(time));
            let gap = answer - Tensor::from_inner(target);
            let loss = (gap.clone() * gap).mean();
            (loss.clone(), loss.inner())
        })
    }
}

impl Learner<Gpt> {
    /// One step down Σ counts · surprise of `texts`; gives Σ seen · surprise of each further row of `seen`.
    ///
    /// # Shapes
    /// - counts: [B · T]
    /// - seen: rows of [B · T]
    pub fn read_on(
        &mut self,
        config: &GptConfig,
        texts: &Texts<'_>,
        seen: &[&[f32]],
        rate: f64,
    ) -> Tensor<1> {
        let device = self.weights.device();
        if is_here(&device) && FusedGpt::takes(config) {
            let (surprise, gradients) =
                surprise(config, &Mixing::causal(), &self.layout(), &at_hand(self.weights.clone()), texts);
            self.go(&gradients, rate);
            let mean = |row: &&[f32]| {
                let terms = row.iter().zip(&surprise).map(|(count, s)| f64::from(*count) * f64::from(*s));
                terms.sum::<f64>() as f32
            };
            return vector(&seen.iter().map(mean).collect::<Vec<_>>(), &device);
        }
        let (n, t) = (texts.read.len(), texts.length);
        let whole = |tokens: &[usize]| tokens.iter().map(|&token| token as i32).collect::<Vec<_>>();
        let read = Tensor::<2, Int>::from_data(TensorData::new(whole(texts.read), [n / t, t]), &device);
        let next = Tensor::<1, Int>::from_data(TensorData::new(whole(texts.next), [n]), &device);
        let rows = [&[texts.counts], seen].concat();
        let counts = Tensor::<2>::from_data(TensorData::new(rows.concat(), [rows.len(), n]), &device);
        self.descend(rate, |network| {
            let logits = network.forward(Tensor::from_inner(read)); // [B, T, V]
            let surprise = cross_entropy(logits.flatten(0, 1), Tensor::from_inner(next));
            let means = Tensor::from_inner(counts).matmul(surprise.reshape([n, 1])).reshape([rows.len()]);
            (means.clone().narrow(0, 0, 1), means.inner().narrow(0, 1, seen.len()))
        })
    }

    /// Where each parameter stands among the weights.
    fn layout(&self) -> Layout {
        let mut at = 0;
        let place = |(name, shape): (String, Vec<usize>)| {
            let from = at;
            at += shape.iter().product::<usize>();
            (name, from..at)
        };
        shapes(&self.shapes).into_iter().map(place).collect()
    }
}

/// The rate of step `step`, counted from 1, of a run whose highest is `highest`.
pub fn rate_at(highest: f64, step: usize) -> f64 {
    let step = step as f64;
    highest * (step / WARM_UP).min(1.0) * (CALM / step).min(1.0).sqrt()
}

/// Numbers of the host on `device`.
pub fn vector(values: &[f32], device: &Device) -> Tensor<1> {
    Tensor::from_data(TensorData::new(values.to_vec(), [values.len()]), device)
}
