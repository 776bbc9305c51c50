//! One step of Adam for the network of points, on weights that lie in one flat vector.
//!
//! Kingma & Ba 2015, algorithm 1, <https://arxiv.org/abs/1412.6980>. Flat, because a small network's time on a
//! graphics processor is the number of its launches: a step of the optimiser is a dozen, not a dozen a parameter.

use burn::tensor::{Device, Tensor, TensorData};

use super::adamw::{Moments, direction};
use super::gradients::{Flat, cut, flat, lifted};
use crate::models::mlp::Mlp;

const BETAS: [f64; 2] = [0.9, 0.999];

/// A network on its way, and Adam's memory of it.
pub struct Learner {
    /// Steps made.
    pub steps: usize,
    /// θ [37,762].
    pub weights: Flat,
    /// m and v.
    pub moments: Moments,
    shapes: Mlp,
}

impl Learner {
    /// A learner at its first step; `weights` as in [`Learner::weights`].
    pub fn new(weights: Vec<f32>, device: &Device) -> Self {
        let zeros = || Tensor::zeros([weights.len()], device);
        let moments = [zeros(), zeros()];
        let weights = Tensor::from_data(TensorData::new(weights.clone(), [weights.len()]), device);
        Self { steps: 0, moments, weights, shapes: Mlp::new(device) }
    }

    /// One step down the mean squared gap between the network's answer and `target`; gives that loss [1].
    ///
    /// # Shapes
    /// - x, target: [B, 2]
    /// - time: [B, 32]
    pub fn learn(&mut self, x: Tensor<2>, time: Tensor<2>, target: Tensor<2>, rate: f64) -> Tensor<1> {
        let network = lifted(self.network(self.weights.clone()));
        let answer = network.forward(Tensor::from_inner(x), Tensor::from_inner(time));
        let gap = answer - Tensor::from_inner(target);
        let loss = (gap.clone() * gap).mean();
        let gradients = flat(&network, &loss.backward());
        self.steps += 1;
        let (by, moments) = direction(gradients, self.moments.clone(), BETAS, self.steps);
        self.moments = moments;
        self.weights = self.weights.clone() - by * rate;
        loss.inner()
    }

    /// The network with these weights, to be asked and not to be trained.
    pub fn network(&self, weights: Flat) -> Mlp {
        cut(self.shapes.clone(), weights)
    }
}
