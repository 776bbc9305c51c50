//! Rows of attention over random keys: real products of queries and keys, and what is exact of softmax over n normal logits.

use nalgebra::DMatrix;

use super::{
    law,
    normal::{below, density, quantile},
};
use crate::math::philox::Stream;

/// Rows of one draw, and draws.
pub const ROWS: usize = 16;
pub const DRAWS: usize = 16;

/// How products of queries and keys are kept small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scaling {
    None,
    /// Divided by √d.
    Root,
    /// Queries and keys begin √d smaller in variance, each.
    Inside,
}

impl Scaling {
    /// The deviation of queries and keys, and what their products are divided by.
    fn factors(self, d: f64) -> [f64; 2] {
        match self {
            Self::None => [1.0, 1.0],
            Self::Root => [1.0, d.sqrt()],
            Self::Inside => [libm::pow(d, -0.25), 1.0],
        }
    }

    /// The deviation of a logit.
    pub fn deviation(self, d: f64) -> f64 {
        let [each, by] = self.factors(d);
        d.sqrt() * each * each / by
    }
}

/// Logits of `ROWS` queries against n keys, draw `draw`: queries and keys N(0, 1) times what their initialisation gives them.
pub fn logits(
    seed: u64,
    draw: usize,
    [n, d]: [usize; 2],
    scaling: Scaling,
    table: &[f32],
) -> (DMatrix<f32>, Vec<f64>) {
    let [each, by] = scaling.factors(d as f64);
    let matrix = |part: u32, rows: usize| {
        let words = law::drawn(seed, Stream::Inputs, (1 << 16) + 2 * draw as u32 + part, rows * d);
        DMatrix::from_iterator(d, rows, words.iter().map(|word| table[usize::from(*word)] * each as f32))
    };
    let (queries, keys) = (matrix(0, ROWS), matrix(1, n));
    let mut products = DMatrix::zeros(n, ROWS);
    products.gemm_tr(1.0 / by as f32, &keys, &queries, 0.0);
    let lengths = queries.column_iter().map(|q| f64::from(q.norm()) * each / by);
    (products, lengths.collect())
}

/// softmax of one row.
pub fn softmax(logits: &[f32]) -> Vec<f64> {
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut all: Vec<f64> = logits.iter().map(|x| libm::exp(f64::from(x - most))).collect();
    let sum: f64 = all.iter().sum();
    all.iter_mut().for_each(|p| *p /= sum);
    all
}

/// Half the sum of |∂p_i/∂s_j|: 1 − Σp².
pub fn jacobian(row: &[f64]) -> f64 {
    1.0 - row.iter().map(|p| p * p).sum::<f64>()
}

/// The same, summed entry by entry.
pub fn jacobian_by_entries(row: &[f64]) -> f64 {
    let entry = |i: usize, j: usize| if i == j { row[i] * (1.0 - row[i]) } else { row[i] * row[j] };
    (0..row.len()).flat_map(|i| (0..row.len()).map(move |j| entry(i, j))).sum::<f64>() / 2.0
}

/// What is to be expected of softmax over n independent logits N(0, sd²).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    /// E max p.
    pub largest: f64,
    /// E (1 − Σp²).
    pub jacobian: f64,
}

/// Exact for every n: 1/Σ = ∫ e^{−sΣ} ds makes a mean over n keys one integral over s of powers of a mean over one key.
pub fn expected(n: usize, sd: f64) -> Expected {
    let count = n as f64;
    if n == 1 {
        return Expected { largest: 1.0, jacobian: 0.0 };
    }
    // Places of a key, from where nothing is added to where none of n stands.
    let far = -quantile(1e-7 / count);
    let low = -far.min(6.0);
    let step = (0.25 / sd.max(1e-9)).min(0.125);
    let places = ((far - low) / step).ceil() as usize;
    let h = (far - low) / places as f64;
    let keys: Vec<[f64; 3]> =
        (0..=places).map(|k| low + k as f64 * h).map(|e| [e, libm::exp(sd * e), density(e) * h]).collect();
    let below_first = below(low);
    let (mut largest, mut squares) = (0.0, 0.0);
    let stride = 0.5;
    let mut t = -sd * far - libm::log(count) - 9.0;
    loop {
        let s = libm::exp(t);
        let (mut sum, mut second, mut top) = (below_first, 0.0, 0.0);
        for [e, a, w] in &keys {
            let falls = libm::exp(-s * a) * w;
            second += a * a * falls;
            // How much lies below e: trapezia, and Euler and Maclaurin's correction for ending in the middle of things.
            let ended = sum + falls / 2.0 + falls * h / 12.0 * (e + s * sd * a);
            top += a * falls * libm::exp((count - 1.0) * libm::log(ended.clamp(1e-300, 1.0)));
            sum += falls;
        }
        let others = libm::exp((count - 1.0) * libm::log(sum.min(1.0)));
        let (more_largest, more_squares) =
            (s * count * top * stride, s * s * count * second * others * stride);
        largest += more_largest;
        squares += more_squares;
        t += stride;
        let settled = largest > 0.5 / count && more_largest < 1e-9 * largest && more_squares < 1e-9 * squares;
        if settled || t > sd * 7.0 + 8.0 {
            break;
        }
    }
    Expected { largest: largest.min(1.0), jacobian: (1.0 - squares).clamp(0.0, 1.0) }
}

/// [`expected`] averaged over rows whose logits have these deviations, which lie close together.
pub fn expected_of(n: usize, deviations: &[f64]) -> Expected {
    let count = deviations.len() as f64;
    let mean = deviations.iter().sum::<f64>() / count;
    let spread = (deviations.iter().map(|sd| (sd - mean).powi(2)).sum::<f64>() / count).sqrt();
    if spread < 1e-6 * mean {
        return expected(n, mean);
    }
    // A parabola through three places, √3 deviations apart, integrates a normal law to fifth order.
    let aside = (3f64.sqrt() * spread).min(0.999 * mean);
    let [left, here, right] = [mean - aside, mean, mean + aside].map(|sd| expected(n, sd));
    let blend = |f: fn(&Expected) -> f64| {
        let curved = (f(&left) + f(&right) - 2.0 * f(&here)) / (aside * aside);
        f(&here) + curved / 2.0 * spread * spread
    };
    Expected { largest: blend(|e| e.largest), jacobian: blend(|e| e.jacobian) }
}
