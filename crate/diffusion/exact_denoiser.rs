//! The exact denoiser of equally likely Gaussians in the plane, in f32 and fast; [`super::exact`] has the mathematics.

use super::level::Level;
use crate::fused::exact::offsets;

/// Equally likely components in the plane.
#[derive(Debug)]
pub struct ExactDenoiser {
    /// By axis, [M] each.
    centres: [Vec<f32>; 2],
    spread: f64,
}

impl ExactDenoiser {
    /// The denoiser of Gaussians of deviation `spread` at `centres`; needs at least one.
    pub fn new(centres: &[[f32; 2]], spread: f64) -> Self {
        Self { centres: [0, 1].map(|k| centres.iter().map(|centre| centre[k]).collect()), spread }
    }

    /// ε that is to be expected in each `x` at `level`; 0 at the untouched picture, which holds no noise.
    ///
    /// # Shapes
    /// - x: [N, 2]
    /// - output: [N, 2]
    pub fn eps(&self, x: &[f32], level: Level) -> Vec<f32> {
        let mut eps = vec![0.0; x.len()];
        if level.b == 0.0 {
            return eps;
        }
        let asked = self.asked(level);
        offsets(asked.centres(), asked.variance, asked.factor, x, &mut eps);
        eps
    }

    /// What [`offsets`] is asked at `level`, which needs noise: B > 0.
    pub fn asked(&self, level: Level) -> Asked {
        let variance = (level.a * self.spread).powi(2) + level.b.powi(2);
        let scaled = |axis: &Vec<f32>| axis.iter().map(|y| (f64::from(*y) * level.a) as f32).collect();
        Asked {
            centres: [0, 1].map(|k| scaled(&self.centres[k])),
            variance: variance as f32,
            factor: (level.b / variance) as f32,
        }
    }

    /// How many components there are.
    pub fn count(&self) -> usize {
        self.centres[0].len()
    }
}

/// The question of one level, for whoever sums on whatever device.
pub struct Asked {
    /// A y_i by axis.
    centres: [Vec<f32>; 2],
    pub variance: f32,
    pub factor: f32,
}

impl Asked {
    pub fn centres(&self) -> [&[f32]; 2] {
        [0, 1].map(|k| &self.centres[k][..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diffusion::exact::Mixture;

    #[test]
    fn offsets_say_what_the_mixture_says() {
        let number = |i: usize| ((i * 7919 + 13) % 1009) as f32 / 300.0 - 1.6;
        let centres: Vec<[f32; 2]> = (0..57).map(|i| [number(i), number(i + 100)]).collect();
        let mut x: Vec<f32> = (0..2 * 11).map(|i| number(i + 40)).collect();
        // So far from everything that every weight is nothing unless the nearest counts one.
        x.extend([5.0, -4.0]);
        for (spread, a, b) in [(0.0, 0.9, 0.4), (0.3, 0.2, 0.98), (0.0, 0.9999, 0.02)] {
            let level = Level { a, b, t: 1.0 };
            let mixture = Mixture::new(centres.iter().map(|c| c.map(f64::from)).collect(), spread);
            let variance = (a * spread).powi(2) + b * b;
            let axis = |k: usize| centres.iter().map(|c| (f64::from(c[k]) * a) as f32).collect::<Vec<_>>();
            let (first, second) = (axis(0), axis(1));
            let mut eps = vec![0.0; x.len()];
            offsets([&first, &second], variance as f32, (b / variance) as f32, &x, &mut eps);
            for (x, eps) in x.chunks(2).zip(eps.chunks(2)) {
                let exact = mixture.eps([f64::from(x[0]), f64::from(x[1])], level);
                for k in 0..2 {
                    // An offset's rounding, 1e-7 of a distance of three, is divided by B.
                    assert!(
                        (f64::from(eps[k]) - exact[k]).abs() < 2e-6 / b * exact[k].abs().max(1.0),
                        "{spread} {b}: {} for {}",
                        eps[k],
                        exact[k]
                    );
                }
            }
            // Bits do not depend on the company.
            let mut alone = vec![0.0; 2];
            offsets([&first, &second], variance as f32, (b / variance) as f32, &x[10..12], &mut alone);
            assert_eq!(alone, eps[10..12]);
        }
        let mut broken = [0.0; 2];
        offsets([&[0.0], &[0.0]], 1.0, 1.0, &[f32::NAN, 0.0], &mut broken);
        assert!(broken[0].is_nan());
    }
}
