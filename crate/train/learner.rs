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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::read;
    use crate::math::{normal::normals, philox::Stream};
    use crate::models::mlp::TIME;
    use crate::nn::parameters::{count, fill};
    use pollster::block_on;

    fn weights() -> Vec<f32> {
        let count = count(&Mlp::new(&Device::flex()));
        normals(1, Stream::Weights, 0, count).into_iter().map(|z| 0.1 * z).collect()
    }

    fn tensor(step: u32, rows: usize, columns: usize) -> Tensor<2> {
        let values = normals(1, Stream::Check, step, rows * columns);
        Tensor::from_data(TensorData::new(values, [rows, columns]), &Device::flex())
    }

    #[test]
    fn flat_weights_are_the_network_of_the_same_numbers() {
        let mut from = 0;
        let filled = fill(Mlp::new(&Device::flex()), |_, shape| {
            let size: usize = shape.iter().product();
            from += size;
            weights()[from - size..from].to_vec()
        });
        let learner = Learner::new(weights(), &Device::flex());
        let answer = |network: &Mlp| {
            block_on(read(network.forward(tensor(0, 5, 2), tensor(1, 5, TIME)))).expect("readback")
        };
        assert_eq!(answer(&filled), answer(&learner.network(learner.weights.clone())));
    }

    /// Adam's first step moves every weight by the rate against its gradient's sign, whatever its size.
    #[test]
    fn the_first_step_goes_against_the_gradient() {
        let mut learner = Learner::new(weights(), &Device::flex());
        let (x, time, target) = (tensor(0, 64, 2), tensor(1, 64, TIME), tensor(2, 64, 2));
        let loss = |learner: &Learner, weights: Vec<f32>| {
            let weights = Tensor::from_data(TensorData::new(weights, [37_762]), &Device::flex());
            let gap = learner.network(weights).forward(x.clone(), time.clone()) - target.clone();
            f64::from(block_on(read((gap.clone() * gap).mean())).expect("readback")[0])
        };
        let before = weights();
        let told = block_on(read(learner.learn(x.clone(), time.clone(), target.clone(), 1e-3)));
        assert!((f64::from(told.expect("readback")[0]) - loss(&learner, before.clone())).abs() < 1e-6);
        let after = block_on(read(learner.weights.clone())).expect("readback");
        let mut seen = 0;
        for i in (0..before.len()).step_by(997) {
            let nudged = |by: f32| {
                let mut weights = before.clone();
                weights[i] += by;
                loss(&learner, weights)
            };
            let slope = (nudged(1e-2) - nudged(-1e-2)) / 2e-2;
            // Rounding of the loss is about 1e-7, so that of the slope 1e-5.
            if slope.abs() > 1e-4 {
                seen += 1;
                let moved = f64::from(after[i] - before[i]);
                assert!((moved + 1e-3 * slope.signum()).abs() < 2e-5, "{i}: slope {slope}, moved {moved}");
            }
        }
        assert!(seen > 15, "{seen}");
    }
}
