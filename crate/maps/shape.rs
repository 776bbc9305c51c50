//! What theory knows of a map without looking at its numbers, and what its spectrum says.

use nalgebra::{DMatrix, DVector};

use super::{kernel::Kernel, mask::Mask};
use crate::math::spectrum::{EffectiveRanks, singular_values};

/// The rank of a map of `n` positions and head width `d` in exact arithmetic, for almost all heads: what no computer's rounding sees.
/// Where a triangle has a zero on its diagonal it is less.
pub fn exact_rank(kernel: Kernel, mask: Mask, n: usize, d: usize) -> usize {
    let product = |side: usize| kernel.features(d).map_or(side, |features| side.min(features));
    match mask {
        Mask::TwoWay => product(n),
        Mask::Prefix(p) => product(p.min(n)) + n - p.min(n),
        Mask::Causal | Mask::AntiCausal | Mask::Mixed => n,
    }
}

/// Rows of `map` that may read others and read themselves alone, as those of relu do whose query shares no feature with any key: each
/// is a direction of its own, whatever a product of features can do.
pub fn alone(map: &DMatrix<f64>, mask: Mask) -> usize {
    let n = map.nrows();
    let is_alone = |i: &usize| map[(*i, *i)] == 1.0 && (0..n).any(|j| j != *i && mask.sees(*i, j));
    (0..n).filter(is_alone).count()
}

/// The spectrum of a map and all that is read from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// The largest first.
    pub singular: Vec<f64>,
    pub ranks: EffectiveRanks,
    /// log₁₀ |det|; `None` where it is zero, or too near to it for a double to tell.
    pub log10_det: Option<f64>,
    /// The smallest singular value; `None` where rounding hides it.
    pub least: Option<f64>,
}

impl Shape {
    /// Of `map`, which has zeros where `mask` does not see.
    pub fn of(map: &DMatrix<f64>, mask: Mask) -> Self {
        let n = map.nrows();
        let singular = spectrum(map);
        let ranks = EffectiveRanks::of(&singular);
        let floor = floor(&singular);
        let triangle = triangle(map, mask);
        let seen = singular.last().copied().filter(|least| *least > 1e3 * floor);
        let least = match &triangle {
            Some(triangle) => seen.or_else(|| least_of_triangle(triangle)),
            None => seen,
        };
        let log10_det = match &triangle {
            Some(triangle) => sum_of_logs((0..n).map(|i| triangle[(i, i)])),
            None if seen.is_some() => sum_of_logs(map.clone().lu().u().diagonal().iter().copied()),
            None => None,
        };
        Self { singular, ranks, log10_det, least }
    }

    /// How many singular values are above `share` of the largest.
    pub fn rank(&self, share: f64) -> usize {
        let most = self.singular.first().copied().unwrap_or(0.0);
        self.singular.iter().filter(|s| **s > share * most).count()
    }

    pub fn most(&self) -> f64 {
        self.singular.first().copied().unwrap_or(0.0)
    }

    /// σ₁/σ_n; `None` where σ_n is not known.
    pub fn condition(&self) -> Option<f64> {
        self.least.map(|least| self.most() / least)
    }
}

/// The singular values of a square matrix, the largest first.
pub fn spectrum(map: &DMatrix<f64>) -> Vec<f64> {
    // A matrix has the singular values of its transpose.
    singular_values(map.as_slice(), map.ncols(), map.nrows())
}

/// Below this a computed singular value is rounding.
pub fn floor(singular: &[f64]) -> f64 {
    singular.first().copied().unwrap_or(0.0) * singular.len() as f64 * f64::EPSILON
}

/// Σ log₁₀ |x|; `None` if one of them is zero.
fn sum_of_logs(mut numbers: impl Iterator<Item = f64>) -> Option<f64> {
    numbers.try_fold(0.0, |sum, x| (x != 0.0).then(|| sum + libm::log10(x.abs())))
}

/// The map as a lower triangle, if it is one either way.
fn triangle(map: &DMatrix<f64>, mask: Mask) -> Option<DMatrix<f64>> {
    match mask {
        Mask::Causal => Some(map.clone()),
        Mask::AntiCausal => Some(map.transpose()),
        Mask::Prefix(p) if p <= 1 => Some(map.clone()),
        Mask::TwoWay | Mask::Prefix(_) | Mask::Mixed => None,
    }
}

/// The smallest singular value of a lower triangle, by power iteration on the inverse of A Aᵀ: substitution keeps digits that a
/// spectrum of the whole has lost. `None` if there is no inverse, or it is beyond a double.
pub fn least_of_triangle(lower: &DMatrix<f64>) -> Option<f64> {
    let n = lower.nrows();
    let mut v = DVector::from_fn(n, |i, _| 1.0 + (i % 7) as f64 / 7.0);
    v /= v.norm();
    let mut least = f64::INFINITY;
    for _ in 0..200 {
        let up = lower.tr_solve_lower_triangular(&v)?;
        let size = up.norm();
        if !size.is_finite() || size == 0.0 {
            return None;
        }
        let down = lower.solve_lower_triangular(&(up / size))?;
        let growth = down.norm();
        if !growth.is_finite() || growth == 0.0 {
            return None;
        }
        v = down / growth;
        // ‖A⁻¹A⁻ᵀ v‖ = size · growth.
        let next = 1.0 / (size * growth).sqrt();
        if (next - least).abs() <= 1e-14 * next {
            return Some(next);
        }
        least = next;
    }
    Some(least)
}
