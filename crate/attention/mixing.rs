//! How a head mixes what it sees: which positions, by which kernel, and how a loss falls through that.
//!
//! Every kernel gives a row of weights w = a/Σ a over the positions in sight; they differ in a. Softmax: a = e^s with
//! s = q · k/√dh (Vaswani et al. 2017). Elu + 1: a = φ(q) · φ(k), φ = elu + 1 (Katharopoulos et al. 2020,
//! <https://arxiv.org/abs/2006.16236>, eq. 7). Relu²: a = max(s, 0)² (Hua et al. 2022, <https://arxiv.org/abs/2202.10447>, here
//! divided by its sum). Decay: a = λ^(distance), whatever stands there.

use std::ops::Range;

use super::position::Position;
use crate::fused::{activation::softmax, gradient, lanes::F4};

/// What a is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kernel {
    Softmax,
    Elu1,
    Relu2,
    /// λ, between 0 and 1.
    Decay(f32),
}

/// Which positions a head sees from position i.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// 0 to i.
    Past,
    /// i to the end.
    Later,
    /// All.
    Both,
    /// So many from the beginning, and 0 to i.
    Prefix(usize),
    /// So many up to i.
    Near(usize),
}

impl Sight {
    /// What position `i` of `length` sees; never nothing.
    pub fn of(self, i: usize, length: usize) -> Range<usize> {
        match self {
            Self::Past => 0..i + 1,
            Self::Later => i..length,
            Self::Both => 0..length,
            Self::Prefix(n) => 0..(i + 1).max(n.min(length)),
            Self::Near(width) => (i + 1).saturating_sub(width.max(1))..i + 1,
        }
    }
}

/// How the heads of all layers mix; head h has the h-th of `sights`, from the first again where they end.
#[derive(Clone, Debug, PartialEq)]
pub struct Mixing {
    pub kernel: Kernel,
    pub sights: Vec<Sight>,
    /// What tells places apart; what is added to scores is added to those of softmax alone.
    pub position: Position,
}

impl Mixing {
    /// What a transformer that writes does.
    pub fn causal() -> Self {
        Self { kernel: Kernel::Softmax, sights: vec![Sight::Past], position: Position::Rotary }
    }

    pub fn sight(&self, head: usize) -> Sight {
        self.sights[head % self.sights.len()]
    }
}

/// Added to a sum that may be nothing.
pub const NEXT_TO_NOTHING: f32 = 1e-9;

impl Kernel {
    /// What a product of a query and a key is multiplied by; `width` is dh.
    pub fn scale(self, width: usize) -> f32 {
        match self {
            Self::Elu1 => 1.0,
            Self::Softmax | Self::Relu2 | Self::Decay(_) => 1.0 / (width as f32).sqrt(),
        }
    }

    /// φ of queries or keys, in place.
    pub fn features(self, values: &mut [f32]) {
        if self == Self::Elu1 {
            values.iter_mut().for_each(|x| *x = if *x > 0.0 { *x + 1.0 } else { exp(*x) });
        }
    }

    /// The slope of queries or keys `values` from that of their features, in place of it.
    pub fn back_to_features(self, values: &[f32], slope: &mut [f32]) {
        if self == Self::Elu1 {
            slope.iter_mut().zip(values).for_each(|(d, x)| *d *= if *x > 0.0 { 1.0 } else { exp(*x) });
        }
    }

    /// Turns the scores of position `i` for the positions `range` into weights; Σ a.
    pub fn weigh(self, scores: &mut [f32], i: usize, range: &Range<usize>) -> f32 {
        match self {
            Self::Softmax => {
                softmax(scores);
                // Its slope needs no sum.
                return 1.0;
            }
            Self::Elu1 => {}
            Self::Relu2 => scores.iter_mut().for_each(|s| *s = s.max(0.0) * s.max(0.0)),
            Self::Decay(lambda) => {
                let power = |j: usize| libm::pow(f64::from(lambda), i.abs_diff(j) as f64) as f32;
                scores.iter_mut().zip(range.clone()).for_each(|(s, j)| *s = power(j));
            }
        }
        let sum = scores.iter().sum::<f32>() + NEXT_TO_NOTHING;
        scores.iter_mut().for_each(|a| *a /= sum);
        sum
    }

    /// The slope of scores from that of weights, in place of it; `sum` is what [`weigh`](Self::weigh) gave.
    pub fn unweigh(self, weights: &[f32], sum: f32, slope: &mut [f32]) {
        let mean = |slope: &[f32]| slope.iter().zip(weights).map(|(d, w)| d * w).sum::<f32>();
        match self {
            Self::Softmax => gradient::softmax(weights, slope),
            Self::Elu1 => {
                let mean = mean(slope);
                slope.iter_mut().for_each(|d| *d = (*d - mean) / sum);
            }
            // a = r², da = 2 r dr, and r = √(w Σ a).
            Self::Relu2 => {
                let mean = mean(slope);
                let each = slope.iter_mut().zip(weights);
                each.for_each(|(d, w)| *d = (*d - mean) / sum * 2.0 * (w * sum).sqrt());
            }
            Self::Decay(_) => slope.fill(0.0),
        }
    }
}

fn exp(x: f32) -> f32 {
    F4::splat(x).exp().array()[0]
}
