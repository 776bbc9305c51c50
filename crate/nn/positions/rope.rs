//! Rotary positions: Su et al. 2021, <https://arxiv.org/abs/2104.09864>, eq. 34.
//!
//! Number i of a head and number i + dh/2 are a pair, turned by the angle position · 10000^(−2i/dh): the dot
//! product of a query and a key then depends on how far apart they stand, not on where. Angles are computed on
//! the host in f64, as those of [`time`](crate::nn::time) are.

use super::{Placement, Positions, Sizes};
use burn::tensor::{Device, Tensor, TensorData};
use std::ops::Range;
use std::sync::Arc;

/// The scheme; it turns the queries and keys of every layer alike.
#[derive(Clone, Copy, Debug)]
pub struct Rope;

impl Positions for Rope {
    fn shared(&self) -> Arc<dyn Positions> {
        Arc::new(*self)
    }

    fn at(
        &self,
        range: Range<usize>,
        sizes: &Sizes,
        _tables: &[Tensor<2>],
        device: &Device,
    ) -> Box<dyn Placement> {
        Box::new(Rotary::new(range, sizes.width / sizes.heads, device))
    }
}

impl Placement for Rotary {
    fn rotate(&self, _layer: usize, qk: Tensor<4>) -> Tensor<4> {
        self.turn(qk)
    }
}

/// Sines and cosines of some positions.
#[derive(Clone, Debug)]
pub struct Rotary {
    /// Both halves of a row are equal. [T, dh]
    cos: Tensor<2>,
    /// The first half of a row has the other sign. [T, dh]
    sin: Tensor<2>,
}

impl Rotary {
    /// For a text that stands at these `positions`; `width` is dh, an even number.
    pub fn new(positions: Range<usize>, width: usize, device: &Device) -> Self {
        let (half, count) = (width / 2, positions.len());
        let frequency = |i: usize| libm::exp(-libm::log(10_000.0) * i as f64 / half as f64);
        let (mut cos, mut sin) = (Vec::with_capacity(count * width), Vec::with_capacity(count * width));
        let frequencies: Vec<f64> = (0..half).map(frequency).collect();
        for position in positions {
            let angles = frequencies.iter().map(|f| position as f64 * f);
            let (c, s): (Vec<f32>, Vec<f32>) =
                angles.map(|a| (libm::cos(a) as f32, libm::sin(a) as f32)).unzip();
            cos.extend(c.iter().chain(&c));
            sin.extend(s.iter().map(|s| -s).chain(s.iter().copied()));
        }
        let table = |v| Tensor::from_data(TensorData::new(v, [count, width]), device);
        Self { cos: table(cos), sin: table(sin) }
    }

    /// (a, b) ↦ (a cos θ − b sin θ, b cos θ + a sin θ) for each pair.
    ///
    /// # Shapes
    /// - x, output: [.., T, dh]
    pub fn turn<const D: usize>(&self, x: Tensor<D>) -> Tensor<D> {
        let half = x.dims()[D - 1] / 2;
        let (a, b) = (x.clone().narrow(D - 1, 0, half), x.clone().narrow(D - 1, half, half));
        x * self.cos.clone().unsqueeze() + Tensor::cat(vec![b, a], D - 1) * self.sin.clone().unsqueeze()
    }
}
