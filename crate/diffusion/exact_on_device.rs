//! The exact denoiser of equally likely Gaussians in the plane, on a device; [`super::exact`] has the mathematics.

use burn::tensor::activation::softmax;
use burn::tensor::{Device, Tensor, TensorData};

use super::level::Level;
use crate::device::{at_hand, is_here};
use crate::fused::exact::offsets;

/// Distances computed at once: more would not fit into a phone's memory.
const AT_ONCE: usize = 4 << 20;

/// Equally likely components in the plane, on a device, in f32.
pub struct ExactDenoiser {
    /// [1, M] each.
    centres: [Tensor<2>; 2],
    /// The same on the host, [M] each.
    host: [Vec<f32>; 2],
    spread: f64,
}

impl ExactDenoiser {
    /// The denoiser of Gaussians of deviation `spread` at `centres`; needs at least one.
    pub fn new(centres: &[[f32; 2]], spread: f64, device: &Device) -> Self {
        let host = [0, 1].map(|k| centres.iter().map(|centre| centre[k]).collect::<Vec<f32>>());
        let axis = |k: usize| Tensor::from_data(TensorData::new(host[k].clone(), [1, centres.len()]), device);
        Self { centres: [axis(0), axis(1)], host, spread }
    }

    /// ε that is to be expected in each `x` at `level`; 0 at the untouched picture, which holds no noise.
    ///
    /// # Shapes
    /// - x: [N, 2]
    /// - output: [N, 2]
    pub fn eps(&self, x: Tensor<2>, level: Level) -> Tensor<2> {
        if level.b == 0.0 {
            return x.zeros_like();
        }
        if is_here(&x.device()) {
            return self.eps_here(x, level);
        }
        let (count, components) = (x.dims()[0], self.centres[0].dims()[1]);
        let rows = (AT_ONCE / components).max(1);
        let chunks = (0..count.div_ceil(rows)).map(|i| {
            let size = rows.min(count - i * rows);
            self.eps_at_once(x.clone().narrow(0, i * rows, size), level)
        });
        Tensor::cat(chunks.collect(), 0)
    }

    /// By the fused operator, on this processor.
    fn eps_here(&self, x: Tensor<2>, level: Level) -> Tensor<2> {
        let variance = (level.a * self.spread).powi(2) + level.b.powi(2);
        let scaled =
            |axis: &Vec<f32>| axis.iter().map(|y| (f64::from(*y) * level.a) as f32).collect::<Vec<_>>();
        let [first, second] = [0, 1].map(|k| scaled(&self.host[k]));
        let (device, shape, x) = (x.device(), x.dims(), at_hand(x));
        let mut eps = vec![0.0; x.len()];
        offsets([&first, &second], variance as f32, (level.b / variance) as f32, &x, &mut eps);
        Tensor::from_data(TensorData::new(eps, shape), &device)
    }

    fn eps_at_once(&self, x: Tensor<2>, level: Level) -> Tensor<2> {
        let variance = (level.a * self.spread).powi(2) + level.b.powi(2);
        let offset = |k: usize| x.clone().narrow(1, k, 1) - self.centres[k].clone() * level.a; // [N, M]
        let [dx, dy] = [offset(0), offset(1)];
        let squares = dx.clone() * dx.clone() + dy.clone() * dy.clone();
        let weights = softmax(squares * (-0.5 / variance), 1);
        let sums = [(weights.clone() * dx).sum_dim(1), (weights * dy).sum_dim(1)]; // [N, 1]
        Tensor::cat(sums.to_vec(), 1) * (level.b / variance)
    }
}
