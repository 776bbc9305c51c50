//! A noise level: a point of the way from picture to rubble, also between two whole times.

use serde::{Deserialize, Serialize};

use super::{linear::Linear, schedule::Schedule};

/// x_t = A_t x_0 + B_t ε with A_t² + B_t² = 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// The time at which the schedule stands there, 0..=T.
    pub t: f64,
    /// A_t, what is left of the building.
    pub a: f64,
    /// B_t, how much rubble; 0 at t = 0.
    pub b: f64,
}

impl Level {
    /// σ = B/A, the deviation of the noise in x/A (Karras et al. 2022, <https://arxiv.org/abs/2206.00364>).
    pub fn sigma(&self) -> f64 {
        self.b / self.a
    }

    /// λ = ln(A/B), half the logarithm of the signal-to-noise ratio; infinite at t = 0.
    pub fn lambda(&self) -> f64 {
        libm::log(self.a / self.b)
    }

    /// (a, b) of a jump from `s` up to here: x_t = a x_s + b e. b² = B_t² − a² B_s² is exact where 1 − a² cancels.
    pub fn jump(self, s: Level) -> (f64, f64) {
        let a = self.a / s.a;
        (a, (self.b.powi(2) - (a * s.b).powi(2)).sqrt())
    }

    /// The step under which the noise of this level is addressed: t itself where it is whole, else a number above
    /// all whole times that tells levels 2^-18 apart from each other.
    pub fn address(self) -> u32 {
        if self.t.fract() == 0.0 { self.t as u32 } else { (1 << 31) + (self.t * f64::from(1 << 18)) as u32 }
    }

    /// x̂_0 = (x − B ε)/A, the finished picture that `x` at this level and `eps` imply.
    pub fn sample<X: Linear>(self, x: &X, eps: &X) -> X {
        X::sum(&[(1.0 / self.a, x), (-self.sigma(), eps)])
    }
}

impl Schedule {
    /// The level at time `t` in 0..=T, exact at whole times.
    ///
    /// In between ln(A/B) is interpolated linearly, as [`Schedule::time_of`] does; below t = 1, where the
    /// logarithm has no end, σ = B/A is.
    pub fn level(&self, t: f64) -> Level {
        let t = t.clamp(0.0, self.steps() as f64);
        let below = t as usize;
        let share = t - below as f64;
        let whole = |t: usize| Level { t: t as f64, a: self.a_bar[t], b: self.b_bar[t] };
        let low = whole(below);
        if share == 0.0 {
            return low;
        }
        let high = whole(below + 1);
        let sigma = if below == 0 {
            share * high.sigma()
        } else {
            libm::exp((share - 1.0) * low.lambda() - share * high.lambda())
        };
        of_sigma(t, sigma)
    }

    /// The level whose B/A is `sigma` ≥ 0; its time is that of [`Schedule::level`], T beyond the last.
    pub fn level_of_sigma(&self, sigma: f64) -> Level {
        let first = self.b_bar[1] / self.a_bar[1];
        let level = of_sigma(0.0, sigma);
        let t = if sigma < first { sigma / first } else { self.time_of(level.a, level.b) };
        Level { t, ..level }
    }
}

fn of_sigma(t: f64, sigma: f64) -> Level {
    let a = 1.0 / (1.0 + sigma * sigma).sqrt();
    Level { t, a, b: sigma * a }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diffusion::schedule::ScheduleKind;

    #[test]
    fn a_level_and_its_time_lead_back_to_each_other() {
        for kind in [ScheduleKind::Su { c: 0.02 }, ScheduleKind::Linear, ScheduleKind::Cosine] {
            let schedule = Schedule::new(kind, 1000);
            for t in [0.0, 0.3, 1.0, 1.5, 17.0, 262.9, 999.0, 999.999, 1000.0] {
                let level = schedule.level(t);
                assert!((level.a.powi(2) + level.b.powi(2) - 1.0).abs() < 1e-12, "{level:?}");
                let back = schedule.level_of_sigma(level.sigma());
                assert!(
                    (back.t - t).abs() < 1e-6 && (back.b - level.b).abs() < 1e-12,
                    "{kind:?} {t} {back:?}"
                );
            }
        }
    }

    #[test]
    fn levels_fall_as_time_rises_without_a_jump() {
        let schedule = Schedule::new(ScheduleKind::Su { c: 0.02 }, 50);
        let levels: Vec<_> = (0..=5000).map(|i| schedule.level(f64::from(i) / 100.0)).collect();
        assert!(levels.windows(2).all(|w| w[0].a > w[1].a && w[0].b < w[1].b));
        // The largest jump of σ in a hundredth of a step is about a hundredth of the step's own.
        assert!(
            levels.windows(2).all(|w| w[1].sigma() - w[0].sigma() < 0.011 * schedule.level(50.0).sigma())
        );
    }

    /// A step between whole neighbours, written as a jump of levels, has the coefficients of the schedule to the
    /// bit in single precision, in which they are applied.
    #[test]
    fn a_jump_between_neighbours_is_the_step_of_the_schedule() {
        let schedule = Schedule::new(ScheduleKind::Su { c: 0.02 }, 1000);
        for t in 1..=1000 {
            let (a, b) = schedule.level(t as f64).jump(schedule.level(t as f64 - 1.0));
            assert_eq!((a as f32, b as f32), (schedule.a[t] as f32, schedule.b[t] as f32), "{t}");
        }
    }
}
