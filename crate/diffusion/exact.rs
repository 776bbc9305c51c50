//! The exact denoiser of a Gaussian mixture, and of a finite cloud as the mixture of width 0: no training.
//!
//! For x_0 ~ Σ w_i N(y_i, s²) the noisy x = A x_0 + B ε is Σ w_i N(A y_i, v) with v = A² s² + B², so all that a
//! perfect network would say is a softmax over the components. Written with d_i = x − A y_i and the weights
//! p_i = softmax(ln w_i − |d_i|²/2v): score = −Σ p_i d_i / v, ε = −B · score, E[x_0|x] = (x − B ε)/A. The sums of
//! d_i keep their digits where A and B alone would cancel, and the softmax never leaves the logarithm.

use super::level::Level;

/// A part so far below the largest, as a logarithm, adds nothing to any digit of the sum.
const NOTHING: f64 = -60.0;

/// Σ w_i N(y_i, s² I) in D dimensions, on the host in f64.
#[derive(Clone, Debug, PartialEq)]
pub struct Mixture<const D: usize> {
    centres: Vec<[f64; D]>,
    /// ln w_i; the weights sum to one.
    ln_weights: Vec<f64>,
    /// s; 0 for a cloud of points.
    spread: f64,
}

/// What Bayes' rule says about one x.
struct Posterior<const D: usize> {
    /// Σ p_i d_i.
    offset: [f64; D],
    /// v.
    variance: f64,
    /// ln Σ w_i exp(−|d_i|²/2v).
    ln_sum: f64,
}

impl<const D: usize> Mixture<D> {
    /// Equally likely components. Needs at least one.
    pub fn new(centres: Vec<[f64; D]>, spread: f64) -> Self {
        let even = -libm::log(centres.len() as f64);
        Self { ln_weights: vec![even; centres.len()], centres, spread }
    }

    /// y_i.
    pub fn centres(&self) -> &[[f64; D]] {
        &self.centres
    }

    /// s.
    pub fn spread(&self) -> f64 {
        self.spread
    }

    /// ε that is to be expected in `x` at `level`.
    pub fn eps(&self, x: [f64; D], level: Level) -> [f64; D] {
        let Posterior { offset, variance, .. } = self.posterior(x, level);
        offset.map(|d| level.b / variance * d)
    }

    /// E[x_0 | x] at `level`: the blurry average of all that `x` may have been.
    pub fn mean(&self, x: [f64; D], level: Level) -> [f64; D] {
        let eps = self.eps(x, level);
        std::array::from_fn(|k| (x[k] - level.b * eps[k]) / level.a)
    }

    /// ∇ ln p_t(x). Needs B > 0 or s > 0.
    pub fn score(&self, x: [f64; D], level: Level) -> [f64; D] {
        let Posterior { offset, variance, .. } = self.posterior(x, level);
        offset.map(|d| -d / variance)
    }

    /// ln p_t(x). Needs B > 0 or s > 0.
    pub fn ln_density(&self, x: [f64; D], level: Level) -> f64 {
        let Posterior { variance, ln_sum, .. } = self.posterior(x, level);
        ln_sum - 0.5 * D as f64 * libm::log(std::f64::consts::TAU * variance)
    }

    fn posterior(&self, x: [f64; D], level: Level) -> Posterior<D> {
        let variance = (level.a * self.spread).powi(2) + level.b.powi(2);
        let offsets = |y: &[f64; D]| -> [f64; D] { std::array::from_fn(|k| x[k] - level.a * y[k]) };
        let ln_part = |(y, ln_weight): (&[f64; D], &f64)| {
            ln_weight - offsets(y).iter().map(|d| d * d).sum::<f64>() / (2.0 * variance)
        };
        let parts: Vec<f64> = self.centres.iter().zip(&self.ln_weights).map(ln_part).collect();
        let largest = parts.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let (mut sum, mut offset) = (0.0, [0.0; D]);
        for (y, part) in self.centres.iter().zip(&parts) {
            if part - largest < NOTHING {
                continue;
            }
            let weight = libm::exp(part - largest);
            sum += weight;
            offset.iter_mut().zip(offsets(y)).for_each(|(total, d)| *total += weight * d);
        }
        Posterior { offset: offset.map(|d| d / sum), variance, ln_sum: largest + libm::log(sum) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diffusion::schedule::{Schedule, ScheduleKind};

    fn su() -> Schedule {
        Schedule::new(ScheduleKind::Su { c: 0.02 }, 1000)
    }

    /// Data −1 and +1: E[x_0|x] = tanh(A x/B²). Values computed independently at x = 0.5.
    #[test]
    fn two_points_give_the_hyperbolic_tangent() {
        let two = Mixture::new(vec![[-1.0], [1.0]], 0.0);
        for (t, mean, eps) in [
            (100, 0.999_898_7, -1.453_417),
            (300, 0.488_577_3, 0.245_225),
            (500, 0.153_610_7, 0.475_965),
            (700, 0.042_786_0, 0.498_166),
        ] {
            let level = su().level(f64::from(t));
            assert!((two.mean([0.5], level)[0] - mean).abs() < 1e-7, "{t}");
            assert!((two.eps([0.5], level)[0] - eps).abs() < 1e-6, "{t}");
            let tanh = libm::tanh(level.a * 0.5 / level.b.powi(2));
            assert!((two.mean([0.5], level)[0] - tanh).abs() < 1e-12, "{t}");
        }
    }

    /// One Gaussian: ε = B x / D with D = A² s² + B², wherever it stands.
    #[test]
    fn one_gaussian_is_linear() {
        let one = Mixture::new(vec![[0.3, -0.8]], 0.5);
        for t in [1.0, 10.5, 500.0, 1000.0] {
            let level = su().level(t);
            let d = (0.5 * level.a).powi(2) + level.b.powi(2);
            let x = [1.2, -0.4];
            let expected = [x[0] - 0.3 * level.a, x[1] + 0.8 * level.a].map(|x| level.b * x / d);
            let eps = one.eps(x, level);
            assert!((0..2).all(|k| (eps[k] - expected[k]).abs() < 1e-12), "{t}");
            let exponent = expected.iter().map(|e| (e / level.b).powi(2)).sum::<f64>() * d / 2.0;
            let ln = -exponent - libm::log(std::f64::consts::TAU * d);
            assert!((one.ln_density(x, level) - ln).abs() < 1e-12, "{t}");
        }
    }

    /// The score is the gradient of the logarithm of the density.
    #[test]
    fn the_score_is_the_slope_of_the_density() {
        let mixture = Mixture::new(vec![[1.0, 0.0], [-0.5, 0.8], [-0.5, -0.9]], 0.2);
        for t in [5.0, 80.0, 400.0] {
            let level = su().level(t);
            for x in [[0.1, 0.2], [1.1, -0.1], [-0.7, 0.5]] {
                let score = mixture.score(x, level);
                for k in 0..2 {
                    let at = |h: f64| {
                        let mut x = x;
                        x[k] += h;
                        mixture.ln_density(x, level)
                    };
                    // A central difference: error about h² f'''/6, where f''' may reach (1/0.04)^1.5.
                    let slope = (at(1e-5) - at(-1e-5)) / 2e-5;
                    assert!((slope - score[k]).abs() < 1e-6 * (1.0 + score[k].abs()), "{t} {x:?}");
                }
            }
        }
    }

    #[test]
    fn next_to_no_noise_it_finds_the_nearest_point() {
        let cloud = Mixture::new(vec![[0.0, 0.0], [1.0, 1.0], [2.0, -1.0]], 0.0);
        let level = Level { t: 0.0, a: 1.0, b: 1e-8 };
        let mean = cloud.mean([0.9, 1.2], level);
        assert!((mean[0] - 1.0).abs() < 1e-9 && (mean[1] - 1.0).abs() < 1e-9, "{mean:?}");
    }
}
