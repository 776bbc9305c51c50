//! The exact denoiser of equally likely Gaussians in the plane, in f32 and fast; [`super::exact`] has the mathematics.

use super::level::Level;
use crate::fused::exact::offsets;

/// Equally likely components in the plane.
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
        let variance = (level.a * self.spread).powi(2) + level.b.powi(2);
        let scaled =
            |axis: &Vec<f32>| axis.iter().map(|y| (f64::from(*y) * level.a) as f32).collect::<Vec<_>>();
        let [first, second] = [0, 1].map(|k| scaled(&self.centres[k]));
        offsets([&first, &second], variance as f32, (level.b / variance) as f32, x, &mut eps);
        eps
    }
}
