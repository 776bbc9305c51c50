//! Where a density on the line flows to: a mixture of normal distributions p = e^{−V}.

use super::laws::Normal;

/// Weight, mean and standard deviation of each part; the weights add up to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Target(Vec<(f64, Normal)>);

const LN_SQRT_TAU: f64 = 0.918_938_533_204_672_8;

impl Target {
    pub fn normal(mean: f64, sd: f64) -> Self {
        Self(vec![(1.0, Normal { mean, sd })])
    }

    /// ½ N(−half, sd²) + ½ N(half, sd²).
    pub fn wells(half: f64, sd: f64) -> Self {
        Self([-half, half].map(|mean| (0.5, Normal { mean, sd })).to_vec())
    }

    /// Roofs of a street: `parts` are heights, places and widths.
    pub fn skyline(parts: &[[f64; 3]]) -> Self {
        let whole: f64 = parts.iter().map(|[height, _, sd]| height * sd).sum();
        let one = |[height, mean, sd]: [f64; 3]| (height * sd / whole, Normal { mean, sd });
        Self(parts.iter().copied().map(one).collect())
    }

    /// The one normal distribution that it is, if it is one.
    pub fn as_normal(&self) -> Option<Normal> {
        match self.0[..] {
            [(_, normal)] => Some(normal),
            _ => None,
        }
    }

    pub fn parts(&self) -> &[(f64, Normal)] {
        &self.0
    }

    /// ln p(x), and how each part shares in it.
    fn shares(&self, x: f64) -> (f64, Vec<f64>) {
        let log = |(weight, Normal { mean, sd }): &(f64, Normal)| {
            let z = (x - mean) / sd;
            libm::log(weight / sd) - LN_SQRT_TAU - z * z / 2.0
        };
        let logs: Vec<f64> = self.0.iter().map(log).collect();
        let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let shares: Vec<f64> = logs.iter().map(|one| libm::exp(one - most)).collect();
        let whole: f64 = shares.iter().sum();
        (most + libm::log(whole), shares.iter().map(|one| one / whole).collect())
    }

    /// V = −ln p.
    pub fn potential(&self, x: f64) -> f64 {
        -self.shares(x).0
    }

    /// V′ and V″.
    pub fn slopes(&self, x: f64) -> [f64; 2] {
        let (_, shares) = self.shares(x);
        let (mut slope, mut square, mut bend) = (0.0, 0.0, 0.0);
        for (share, (_, Normal { mean, sd })) in shares.iter().zip(&self.0) {
            let (push, pull) = ((x - mean) / (sd * sd), 1.0 / (sd * sd));
            slope += share * push;
            square += share * push * push;
            bend += share * pull;
        }
        [slope, bend - (square - slope * slope)]
    }

    /// Where nearly all of it lies: `sds` standard deviations beyond the outermost parts.
    pub fn range(&self, sds: f64) -> [f64; 2] {
        let edge = |way: f64| self.0.iter().map(move |(_, one)| way * (one.mean + way * sds * one.sd));
        [-edge(-1.0).fold(f64::NEG_INFINITY, f64::max), edge(1.0).fold(f64::NEG_INFINITY, f64::max)]
    }

    /// The height of the barrier in the middle above the wells, in units of the temperature.
    pub fn barrier(&self) -> f64 {
        let lowest = self.0.iter().map(|(_, one)| self.potential(one.mean)).fold(f64::INFINITY, f64::min);
        let middle = self.0.iter().map(|(weight, one)| weight * one.mean).sum();
        self.potential(middle) - lowest
    }
}
