//! What a network may be trained to predict, and how each prediction is turned into the noise ε.

use super::{level::Level, linear::Linear};

/// The target of training: three coordinates of the same knowledge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prediction {
    /// ε, the noise in x = A x_0 + B ε.
    Epsilon,
    /// x_0, the finished picture.
    Sample,
    /// v = A ε − B x_0 (Salimans & Ho 2022, appendix D, <https://arxiv.org/abs/2202.00512>).
    Velocity,
}

impl Prediction {
    pub const ALL: [Prediction; 3] = [Prediction::Epsilon, Prediction::Sample, Prediction::Velocity];

    /// The name in a link.
    pub fn id(self) -> &'static str {
        match self {
            Prediction::Epsilon => "epsilon",
            Prediction::Sample => "sample",
            Prediction::Velocity => "velocity",
        }
    }

    /// The prediction called `id`.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|prediction| prediction.id() == id)
    }

    /// ε from this kind of output at (`x`, `level`): ε = (x − A x_0)/B = B x + A v. Needs B > 0.
    pub fn to_eps<X: Linear>(self, output: &X, x: &X, level: Level) -> X {
        let Level { a, b, .. } = level;
        match self {
            Prediction::Epsilon => output.clone(),
            Prediction::Sample => X::sum(&[(1.0 / b, x), (-a / b, output)]),
            Prediction::Velocity => X::sum(&[(b, x), (a, output)]),
        }
    }

    /// The output of this kind that says `eps` at (`x`, `level`): x_0 = (x − B ε)/A, v = (ε − B x)/A.
    pub fn from_eps<X: Linear>(self, eps: &X, x: &X, level: Level) -> X {
        match self {
            Prediction::Epsilon => eps.clone(),
            Prediction::Sample => level.sample(x, eps),
            Prediction::Velocity => X::sum(&[(1.0 / level.a, eps), (-level.b / level.a, x)]),
        }
    }

    /// The target itself, from a clean picture and the noise that was mixed into it.
    pub fn target<X: Linear>(self, x0: &X, eps: &X, level: Level) -> X {
        match self {
            Prediction::Epsilon => eps.clone(),
            Prediction::Sample => x0.clone(),
            Prediction::Velocity => X::sum(&[(level.a, eps), (-level.b, x0)]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diffusion::schedule::{Schedule, ScheduleKind};

    #[test]
    fn every_prediction_says_the_same_noise() {
        let schedule = Schedule::new(ScheduleKind::Su { c: 0.02 }, 1000);
        let (x0, eps) = (vec![0.7, -0.2f64], vec![-1.3, 0.4f64]);
        for t in [0.5, 1.0, 263.0, 1000.0] {
            let level = schedule.level(t);
            let x = Vec::sum(&[(level.a, &x0), (level.b, &eps)]);
            for prediction in Prediction::ALL {
                let target = prediction.target(&x0, &eps, level);
                let back = prediction.to_eps(&target, &x, level);
                let there = prediction.from_eps(&eps, &x, level);
                for i in 0..2 {
                    // x_0 and ε are recovered by dividing by A or B, which may be 0.005.
                    assert!((back[i] - eps[i]).abs() < 1e-12 && (there[i] - target[i]).abs() < 1e-12, "{t}");
                }
            }
        }
    }
}
