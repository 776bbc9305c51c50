//! The standard normal law: density, share below, quantile, and places with weights that integrate against it.

use std::f64::consts::{FRAC_1_SQRT_2, PI};
use std::sync::LazyLock;

/// Places in [−1, 1] and weights of Gauss and Legendre's rule of eight.
const RULE: [(f64, f64); 4] = [
    (0.183_434_642_495_649_8, 0.362_683_783_378_362),
    (0.525_532_409_916_329, 0.313_706_645_877_887_3),
    (0.796_666_477_413_626_7, 0.222_381_034_453_374_5),
    (0.960_289_856_497_536_2, 0.101_228_536_290_376_3),
];
/// Beyond this there is nothing to be seen of a normal law.
const WIDE: f64 = 12.0;
/// Width of a panel away from zero, and how often the one beside it is quartered.
const PANEL: f64 = 0.5;
const QUARTERED: i32 = 9;

/// Places and weights of N(0, 1): panels end at zero, where activations have their kinks, and grow finer towards it, where
/// they turn when the variance is large.
pub static PLACES: LazyLock<Vec<(f64, f64)>> = LazyLock::new(|| {
    let mut ends: Vec<f64> = vec![0.0];
    ends.extend((0..=QUARTERED).rev().map(|k| PANEL / f64::from(4i32.pow(k as u32))));
    ends.extend((2..=(WIDE / PANEL) as usize).map(|k| k as f64 * PANEL));
    let right: Vec<(f64, f64)> = ends.windows(2).flat_map(|pair| panel(pair[0], pair[1])).collect();
    let both = right.iter().flat_map(|(x, w)| [(*x, *w), (-x, *w)]);
    both.map(|(x, w)| (x, w * density(x))).collect()
});

/// ∫ from `low` to `high` as eight places and weights.
pub fn panel(low: f64, high: f64) -> impl Iterator<Item = (f64, f64)> {
    let (middle, half) = ((low + high) / 2.0, (high - low) / 2.0);
    RULE.into_iter().flat_map(move |(x, w)| [(middle - half * x, half * w), (middle + half * x, half * w)])
}

/// E f(z) of N numbers at once.
pub fn expected<const N: usize>(f: impl Fn(f64) -> [f64; N]) -> [f64; N] {
    let mut sums = [0.0; N];
    for (z, w) in PLACES.iter() {
        for (sum, value) in sums.iter_mut().zip(f(*z)) {
            *sum += w * value;
        }
    }
    sums
}

pub fn density(x: f64) -> f64 {
    libm::exp(-x * x / 2.0) / (2.0 * PI).sqrt()
}

/// Φ(x).
pub fn below(x: f64) -> f64 {
    libm::erfc(-x * FRAC_1_SQRT_2) / 2.0
}

/// Φ⁻¹(p) for 0 < p < 1: a first guess by Abramowitz and Stegun (26.2.23), made exact by Halley's steps.
pub fn quantile(p: f64) -> f64 {
    let tail = p.min(1.0 - p);
    let t = (-2.0 * libm::log(tail)).sqrt();
    let guess = t
        - (2.515_517 + t * (0.802_853 + t * 0.010_328))
            / (1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308)));
    // In the left half, where shares are exact however small they are.
    let mut x = -guess;
    for _ in 0..3 {
        let miss = (below(x) - tail) / density(x);
        x -= miss / (1.0 + x * miss / 2.0);
    }
    if p < 0.5 { x } else { -x }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_and_quantiles_are_those_of_the_normal_law() {
        let known = [1.0, 0.0, 1.0, 3.0, 15.0];
        let found = expected(|z| [1.0, z, z * z, z.powi(4), z.powi(6)]);
        for (found, known) in found.iter().zip(known) {
            assert!((found - known).abs() < 1e-13, "{found}, not {known}");
        }
        for p in [1e-12, 1e-4, 0.02, 0.3, 0.5, 0.500_001, 0.9, 1.0 - 1e-9] {
            assert!((below(quantile(p)) / p - 1.0).abs() < 1e-12, "{p}");
        }
        assert!((quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-13);
    }
}
