//! A tower of layers: each token begins as a direction of its own, and every layer mixes. How far apart they still are is the spread.

use nalgebra::DMatrix;

use super::mask::Mask;

/// What a layer does besides attention.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Floor {
    /// The share of its input that a layer passes on as it is.
    pub residual: f64,
    /// Whether every row is centred and scaled to length 1 afterwards.
    pub norm: bool,
}

/// The tokens after a layer: r X + (1 − r) A X W, perhaps normalised. `w` is `None` where values are not mixed.
pub fn layer(x: &DMatrix<f64>, a: &DMatrix<f64>, w: Option<&DMatrix<f64>>, floor: Floor) -> DMatrix<f64> {
    let read = match w {
        Some(w) => a * (x * w),
        None => a * x,
    };
    let mut next = read * (1.0 - floor.residual) + x * floor.residual;
    if floor.norm {
        for mut row in next.row_iter_mut() {
            let mean = row.mean();
            row.add_scalar_mut(-mean);
            let length = row.norm();
            if length > 0.0 {
                row /= length;
            }
        }
    }
    next
}

/// ‖X − mean row‖ and ‖X‖, both Frobenius.
pub fn parts(x: &DMatrix<f64>) -> [f64; 2] {
    let mean = x.row_mean();
    let apart: f64 = x.row_iter().map(|row| (row - &mean).norm_squared()).sum();
    [apart.sqrt(), x.norm()]
}

/// The relative spread of rows: 0 where all are one, √(1 − 1/n) where each is a direction of its own.
pub fn spread(x: &DMatrix<f64>) -> f64 {
    let [apart, whole] = parts(x);
    if whole > 0.0 { apart / whole } else { 0.0 }
}

/// By how much a layer shrinks what is different among tokens, if that looks alike in all directions: ‖(1 − 11ᵀ/n) B‖/√(n − 1) of
/// B = r + (1 − r) A. A row-stochastic A cannot make a difference of what is common, so nothing is left out.
pub fn shrinks(a: &DMatrix<f64>, residual: f64) -> f64 {
    let n = a.nrows();
    let b = a * (1.0 - residual) + DMatrix::identity(n, n) * residual;
    if n < 2 { 0.0 } else { parts(&b)[0] / ((n - 1) as f64).sqrt() }
}

/// The token of which all its layers keep a share that nobody before it has: the second of a causal map, the last but one of an
/// anti-causal one, the first after a prefix. `None` where everybody reads everybody.
pub fn keeper(mask: Mask, n: usize) -> Option<usize> {
    match mask {
        Mask::Causal => (n > 1).then_some(1),
        Mask::AntiCausal => (n > 1).then(|| n - 2),
        Mask::Prefix(p) => (p > 0 && p < n).then_some(p).or_else(|| (p == 0 && n > 1).then_some(1)),
        Mask::TwoWay | Mask::Mixed => None,
    }
}

/// How far apart rows are at least while the keeper's share is 1: it falls as that share does. Rows i and j of a sum to one, and only
/// row i has the share λ of token i: ‖rᵢ − rⱼ‖ is √2 λ where j has nothing but itself, λ at least elsewhere, and Σ ‖r − mean‖² is half
/// of its square at least.
pub fn least_apart(mask: Mask) -> f64 {
    match mask {
        Mask::Prefix(p) if p > 1 => std::f64::consts::FRAC_1_SQRT_2,
        Mask::TwoWay | Mask::Prefix(_) | Mask::Causal | Mask::AntiCausal | Mask::Mixed => 1.0,
    }
}

/// The share of a token that layer keeps, r + (1 − r) a.
pub fn kept(a: &DMatrix<f64>, token: usize, residual: f64) -> f64 {
    residual + (1.0 - residual) * a[(token, token)]
}

/// ‖A^L − 1 e₁ᵀ‖ of uniform causal attention for large L, from its second eigenvalue 1/2, whose eigenvector is (0, 1, 2, …):
/// √2 √(Σ k²) 2^−L.
pub fn uniform_tail(n: usize, layers: usize) -> f64 {
    let squares: f64 = (0..n).map(|k| (k * k) as f64).sum();
    (2.0 * squares).sqrt() * libm::exp2(-(layers as f64))
}

/// ‖X − 1 e₁ᵀ‖.
pub fn to_first(x: &DMatrix<f64>) -> f64 {
    let entry = |(k, value): (usize, &f64)| if k < x.nrows() { value - 1.0 } else { *value };
    // Columns come one after the other; the first is the first token's.
    x.iter().enumerate().map(entry).map(|gap| gap * gap).sum::<f64>().sqrt()
}
