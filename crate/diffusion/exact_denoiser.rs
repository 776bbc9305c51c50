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
