//! Laws that weights are drawn from, of variance one before they are scaled: normal, cut normal, uniform; each by its quantiles.

use super::normal::{below, density, quantile};
use crate::math::philox::{Stream, words};

/// How many values a weight can take: quantiles in the middle of as many equal shares.
const VALUES: usize = 1 << 16;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Law {
    Normal,
    Uniform,
    /// A standard normal number drawn again until it lies within ±cut, and, if `corrected`, divided by its deviation.
    Cut {
        cut: f64,
        corrected: bool,
    },
}

/// γ(c): the variance of a standard normal law cut at ±c, 1 − 2cφ(c)/(2Φ(c) − 1).
pub fn cut_variance(cut: f64) -> f64 {
    if cut < 0.1 {
        // c²/3 − 2c⁴/45, where the two terms cancel.
        return cut * cut / 3.0 - 2.0 * cut.powi(4) / 45.0 + 2.0 * cut.powi(6) / 945.0;
    }
    1.0 - 2.0 * cut * density(cut) / kept(cut)
}

/// The share of draws within ±c.
pub fn kept(cut: f64) -> f64 {
    libm::erf(cut * std::f64::consts::FRAC_1_SQRT_2)
}

impl Law {
    /// Its variance: one, but for what was cut and not corrected.
    pub fn variance(self) -> f64 {
        match self {
            Self::Normal | Self::Uniform | Self::Cut { corrected: true, .. } => 1.0,
            Self::Cut { cut, corrected: false } => cut_variance(cut),
        }
    }

    /// The value below which a share p lies.
    pub fn quantile(self, p: f64) -> f64 {
        match self {
            Self::Normal => quantile(p),
            Self::Uniform => 3f64.sqrt() * (2.0 * p - 1.0),
            Self::Cut { cut, corrected } => {
                let least = below(-cut);
                let z = quantile((least + p * kept(cut)).clamp(f64::MIN_POSITIVE, 1.0 - 1e-16));
                if corrected { z / cut_variance(cut).sqrt() } else { z }
            }
        }
    }

    /// All values that a weight can take, by the word that draws it; their second moment is exactly that of the law.
    pub fn table(self) -> Vec<f32> {
        let half: Vec<f64> =
            (0..VALUES / 2).map(|k| self.quantile((k as f64 + 0.5) / VALUES as f64)).collect();
        let moment = half.iter().map(|x| x * x).sum::<f64>() / half.len() as f64;
        let right = (self.variance() / moment).sqrt();
        let left = half.iter().map(|x| (x * right) as f32);
        left.chain(half.iter().rev().map(|x| (-x * right) as f32)).collect()
    }
}

/// `count` words of sixteen bits at `(stream, step)` under `seed`: which of its values each weight takes.
pub fn drawn(seed: u64, stream: Stream, step: u32, count: usize) -> Vec<u16> {
    let mut all = Vec::with_capacity(count + 8);
    for block in 0..count.div_ceil(8) as u64 {
        for word in words(seed, stream, step, block) {
            all.extend([word as u16, (word >> 16) as u16]);
        }
    }
    all.truncate(count);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_have_the_moments_of_their_laws_and_cuts_their_ends() {
        for law in [
            Law::Normal,
            Law::Uniform,
            Law::Cut { cut: 2.0, corrected: false },
            Law::Cut { cut: 0.5, corrected: true },
        ] {
            let table = law.table();
            let moment = table.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>() / table.len() as f64;
            assert!((moment - law.variance()).abs() < 1e-6, "{law:?}: {moment}");
            assert!(table.windows(2).all(|pair| pair[0] <= pair[1]));
            let (first, last) = (table[0], table[VALUES - 1]);
            assert!(first == -last);
        }
        let cut = Law::Cut { cut: 2.0, corrected: false };
        assert!((cut.quantile(1e-12) + 2.0).abs() < 1e-6);
        // Both ways to the variance of a narrow cut agree.
        let near = 0.1f64;
        let direct = 1.0 - 2.0 * near * density(near) / kept(near);
        assert!((cut_variance(near - 1e-12) / direct - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_longer_draw_begins_with_the_shorter_one() {
        let long = drawn(3, Stream::Layers, 1, 100);
        assert_eq!(drawn(3, Stream::Layers, 1, 37), long[..37]);
    }
}
