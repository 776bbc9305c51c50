//! The steps of DDPM and DDIM from one level down to another: coefficients in f64, pure in everything.
//!
//! Symbols as in [`super::schedule`]; ε is Ho's, the noise in x_t = A_t x_0 + B_t ε. For a jump from t
//! to s, a = A_t/A_s and b² = 1 − a² take the place of a_t and b_t², so the formulas of one step hold.

use serde::Deserialize;

use super::{level::Level, linear::Linear, schedule::Schedule};

/// The deviation of the noise that an ancestral step adds; serialised as links say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sigma {
    /// σ = b: exact when the data are N(0, 1).
    Beta,
    /// σ = b̃ = B_s b / B_t: exact when the data are a single point.
    #[serde(rename = "tilde")]
    BetaTilde,
    /// σ = 0, the "greedy search" of the article: not a sampler, it collapses towards the mean.
    Zero,
}

/// One step x_s = keep · x_t + noise_seen · ε + fresh · z.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    pub keep: f64,
    pub noise_seen: f64,
    pub fresh: f64,
}

impl Step {
    /// x_s from x_t, the predicted noise ε and fresh noise z, all of one shape.
    pub fn apply<X: Linear>(&self, x: &X, eps: &X, z: Option<&X>) -> X {
        let mean = [(self.keep, x), (self.noise_seen, eps)];
        match z {
            Some(z) if self.fresh != 0.0 => X::sum(&[mean[0], mean[1], (self.fresh, z)]),
            _ => X::sum(&mean),
        }
    }

    /// What a Gaussian of variance `variance` becomes when ε = `slope` · x: the recursion that gives
    /// the exact law of a sampler on Gaussian data.
    pub fn variance_after(&self, variance: f64, slope: f64) -> f64 {
        (self.keep + self.noise_seen * slope).powi(2) * variance + self.fresh.powi(2)
    }
}

/// Ancestral DDPM: x_s = (x_t − (b²/B_t) ε)/a + σ z (Ho et al. 2020, algorithm 2, line 4).
///
/// The step to s = 0 adds no noise (there, "z = 0 if t = 1"), whatever σ is.
pub fn ancestral(from: Level, to: Level, sigma: Sigma) -> Step {
    let (a, b) = from.jump(to);
    let fresh = match sigma {
        _ if to.b == 0.0 => 0.0,
        Sigma::Beta => b,
        Sigma::BetaTilde => to.b * b / from.b,
        Sigma::Zero => 0.0,
    };
    Step { keep: 1.0 / a, noise_seen: -b * b / (from.b * a), fresh }
}

/// DDIM: x_s = A_s x̂_0 + √(B_s² − σ²) ε + σ z, σ = η B_s b/B_t, η in [0, 1]
/// (Song et al. 2021, eq. 12 and 16, <https://arxiv.org/abs/2010.02502>). η = 1 is the ancestral step with b̃.
pub fn ddim(from: Level, to: Level, eta: f64) -> Step {
    let (a, b) = from.jump(to);
    let fresh = eta * to.b * b / from.b;
    let direction = (to.b.powi(2) - fresh.powi(2)).max(0.0).sqrt();
    Step { keep: 1.0 / a, noise_seen: direction - from.b / a, fresh }
}

/// x̂_0 = (x_t − B_t ε)/A_t, the finished picture that x_t and ε imply.
pub fn predicted_picture(schedule: &Schedule, t: usize, x: f32, eps: f32) -> f32 {
    ((f64::from(x) - schedule.b_bar[t] * f64::from(eps)) / schedule.a_bar[t]) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diffusion::{
        schedule::ScheduleKind,
        timegrid::{Spacing, levels},
    };

    /// Standard deviation that a sampler gives to data N(0, s²) with the exact denoiser ε = B_t x / D_t,
    /// D_t = A_t² s² + B_t², starting from N(0, 1).
    fn spread(schedule: &Schedule, data: f64, step: impl Fn(Level, Level) -> Step) -> f64 {
        let levels = levels(schedule, Spacing::Uniform, schedule.steps());
        let variance = levels.windows(2).rev().fold(1.0, |variance, pair| {
            let (to, from) = (pair[0], pair[1]);
            let d = (from.a * data).powi(2) + from.b.powi(2);
            step(from, to).variance_after(variance, from.b / d)
        });
        variance.sqrt()
    }

    fn su(c: f64, steps: usize) -> Schedule {
        Schedule::new(ScheduleKind::Su { c }, steps)
    }

    /// Reference values of the exact Gaussian recursion, computed independently.
    #[test]
    fn the_spread_on_gaussian_data_is_the_known_one() {
        let long = su(0.02, 1000);
        for (data, tilde, implicit) in
            [(0.5, 0.496_212, 0.498_581), (2.0, 1.993_700, 1.996_864), (0.1, 0.096_754, 0.098_726)]
        {
            let got = spread(&long, data, |from, to| ancestral(from, to, Sigma::BetaTilde));
            assert!((got - tilde).abs() < 1e-6, "tilde {data}: {got}");
            let got = spread(&long, data, |from, to| ddim(from, to, 0.0));
            assert!((got - implicit).abs() < 1e-6, "ddim {data}: {got}");
        }
        for (steps, c, tilde, implicit) in [
            (50, 0.18, 0.458_814, 0.481_342),
            (20, 0.4, 0.417_372, 0.451_427),
            (10, 0.8, 0.359_749, 0.393_376),
        ] {
            let short = su(c, steps);
            let got = spread(&short, 0.5, |from, to| ancestral(from, to, Sigma::BetaTilde));
            assert!((got - tilde).abs() < 1e-6, "tilde {steps}: {got}");
            let got = spread(&short, 0.5, |from, to| ddim(from, to, 0.0));
            assert!((got - implicit).abs() < 1e-6, "ddim {steps}: {got}");
        }
    }

    /// The reference adds b_1² at the last step too; ours follows Ho et al. and does not.
    #[test]
    fn sigma_beta_lacks_only_the_noise_of_the_last_step() {
        for (steps, c, data, expected) in [
            (1000, 0.02, 1.0, 1.0),
            (1000, 0.02, 0.5, 0.500_852),
            (1000, 0.02, 2.0, 1.997_662),
            (50, 0.18, 0.5, 0.511_760),
            (20, 0.4, 0.5, 0.529_095),
            (10, 0.8, 0.5, 0.564_655),
        ] {
            let schedule = su(c, steps);
            let got = spread(&schedule, data, |from, to| ancestral(from, to, Sigma::Beta));
            let with_last = (got.powi(2) + schedule.b[1].powi(2)).sqrt();
            assert!((with_last - expected).abs() < 1e-6, "{steps} {data}: {with_last}");
        }
    }

    #[test]
    fn greedy_collapses() {
        let schedule = su(0.02, 1000);
        for (data, expected) in [(1.0, 0.006_482), (0.5, 0.001_620_6), (2.0, 0.025_924_9)] {
            let got = spread(&schedule, data, |from, to| ancestral(from, to, Sigma::Zero));
            assert!((got - expected).abs() < 1e-6, "{data}: {got}");
        }
    }

    #[test]
    fn ddim_with_eta_one_is_ancestral_with_beta_tilde() {
        let schedule = su(0.02, 1000);
        for pair in levels(&schedule, Spacing::Uniform, 37).windows(2) {
            let (ours, theirs) = (ddim(pair[1], pair[0], 1.0), ancestral(pair[1], pair[0], Sigma::BetaTilde));
            assert!((ours.keep - theirs.keep).abs() < 1e-12);
            assert!((ours.noise_seen - theirs.noise_seen).abs() < 1e-9, "{ours:?} {theirs:?}");
            assert!((ours.fresh - theirs.fresh).abs() < 1e-12);
        }
    }

    #[test]
    fn the_true_noise_leads_back_to_the_picture() {
        let schedule = su(0.02, 1000);
        let (x0, eps) = (0.7, -1.3);
        for pair in levels(&schedule, Spacing::Uniform, 11).windows(2) {
            let (to, from) = (pair[0], pair[1]);
            let at = |level: Level| level.a * x0 + level.b * eps;
            let step = ddim(from, to, 0.0);
            let got = step.keep * at(from) + step.noise_seen * eps;
            assert!((got - at(to)).abs() < 1e-10, "{from:?} -> {to:?}");
        }
    }
}
