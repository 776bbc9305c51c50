//! Noise schedules in f64. Symbols as in Su's article, <https://kexue.fm/archives/9119>, section "demolish".
//!
//! x_t = a_t x_{t-1} + b_t e_t with a_t² + b_t² = 1, so x_t = A_t x_0 + B_t ε with A_t = a_1 … a_t and
//! B_t = √(1 − A_t²). In the symbols of Ho et al. 2020 (<https://arxiv.org/abs/2006.11239>): a_t² = α_t,
//! b_t² = β_t, A_t² = ᾱ_t. Time counts from 1 to T; t = 0 is the untouched picture: A_0 = 1, B_0 = 0.

use crate::math::gamma::ln_gamma_ratio;
use std::sync::LazyLock;

/// What kind of schedule: how a_t falls.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ScheduleKind {
    /// a_t = √(1 − c t/T); the article uses c = 0.02, T = 1000.
    Su { c: f64 },
    /// b_t² from 1e-4 to 0.02 in equal steps (Ho et al. 2020, section 4).
    Linear,
    /// A_t² = f(t)/f(0), f(t) = cos²(π/2 · (t/T + s)/(1 + s)), s = 0.008, b_t² ≤ 0.999
    /// (Nichol & Dhariwal 2021, eq. 17, <https://arxiv.org/abs/2102.09672>).
    Cosine,
}

/// The largest slope c that keeps A_T above e^-60 for T = `steps`: beyond it nothing is left of the picture in
/// single precision and x̂_0 = (x_t − B_t ε)/A_t has no meaning.
///
/// −ln A_T = −½ Σ ln(1 − c t/T) is about c T/4 for small c and 0.48 T at c = 0.99; it is convex in c, so the
/// bound holds in between.
pub fn largest_slope(steps: usize) -> f64 {
    (120.0 / steps as f64).min(0.99)
}

/// The kind of schedule that networks are trained with: the article's, so that t means a noise level.
pub const TRAINING_KIND: ScheduleKind = ScheduleKind::Su { c: 0.02 };
/// T of training.
pub const TRAINING_STEPS: usize = 1000;
/// The schedule that networks are trained with.
pub static TRAINING: LazyLock<Schedule> = LazyLock::new(|| Schedule::new(TRAINING_KIND, TRAINING_STEPS));

const LINEAR_FIRST: f64 = 1e-4;
const LINEAR_LAST: f64 = 0.02;
const COSINE_OFFSET: f64 = 0.008;
const COSINE_MAX: f64 = 0.999;

/// A schedule of T steps; every vector has T + 1 entries, entry 0 standing for the untouched picture.
#[derive(Clone, Debug)]
pub struct Schedule {
    pub kind: ScheduleKind,
    /// a_t; a_0 = 1.
    pub a: Vec<f64>,
    /// b_t, a standard deviation; b_0 = 0.
    pub b: Vec<f64>,
    /// A_t = a_1 … a_t, what is left of the building.
    pub a_bar: Vec<f64>,
    /// B_t = √(1 − A_t²), how much rubble.
    pub b_bar: Vec<f64>,
}

impl Schedule {
    /// The schedule of `kind` with `steps` = T ≥ 1 steps. Needs c < 1 for [`ScheduleKind::Su`], so that a_T > 0.
    pub fn new(kind: ScheduleKind, steps: usize) -> Self {
        let variances: Vec<f64> = (1..=steps).map(|t| noise_variance(kind, t, steps)).collect();
        let mut schedule = Self { kind, a: vec![1.0], b: vec![0.0], a_bar: vec![1.0], b_bar: vec![0.0] };
        // B² is summed beside A so that B_1 does not lose half its digits to 1 − A².
        let (mut a_bar, mut b_bar_squared) = (1.0, 0.0);
        for variance in variances {
            a_bar *= (1.0 - variance).sqrt();
            b_bar_squared = (1.0 - variance) * b_bar_squared + variance;
            schedule.a.push((1.0 - variance).sqrt());
            schedule.b.push(variance.sqrt());
            schedule.a_bar.push(a_bar);
            schedule.b_bar.push(b_bar_squared.sqrt());
        }
        schedule
    }

    /// T.
    pub fn steps(&self) -> usize {
        self.a.len() - 1
    }

    /// (a, b) of a jump from s up to t: x_t = a x_s + b e. b² = B_t² − a² B_s² is exact where 1 − a² cancels.
    pub fn jump(&self, t: usize, s: usize) -> (f64, f64) {
        let a = self.a_bar[t] / self.a_bar[s];
        (a, (self.b_bar[t].powi(2) - (a * self.b_bar[s]).powi(2)).sqrt())
    }

    /// A_t² / B_t², infinite at t = 0.
    pub fn signal_to_noise(&self, t: usize) -> f64 {
        (self.a_bar[t] / self.b_bar[t]).powi(2)
    }

    /// The real-valued time at which this schedule has the signal-to-noise ratio of `a_bar`.
    ///
    /// A network knows the noise level by the time it was trained with. When another schedule is
    /// sampled, each of its noise levels is looked up here, by linear interpolation of ln(A/B)
    /// between whole times and clamped to 1..T, where the network was trained.
    pub fn time_of(&self, a_bar: f64, b_bar: f64) -> f64 {
        let wanted = libm::log(a_bar / b_bar);
        let level = |t: usize| libm::log(self.a_bar[t] / self.b_bar[t]);
        let (mut above, mut below) = (1, self.steps());
        if wanted >= level(above) {
            return above as f64;
        }
        if wanted <= level(below) {
            return below as f64;
        }
        // The level falls with t: halve the interval that holds the wanted one.
        while below - above > 1 {
            let middle = above.midpoint(below);
            if level(middle) > wanted { above = middle } else { below = middle }
        }
        above as f64 + (level(above) - wanted) / (level(above) - level(below))
    }

    /// A_T by a second road, as the check of the product: a ratio of Gamma functions for the two kinds
    /// whose 1 − b_t² is linear in t, a telescoped product for the cosine.
    pub fn a_bar_last_closed_form(&self) -> f64 {
        let count = self.steps() as f64;
        let gamma_product = |first_zero: f64, slope: f64| {
            // Π (1 − b_t²) = Π slope · (first_zero − t) = slope^T Γ(first_zero) / Γ(first_zero − T)
            libm::exp(0.5 * (count * libm::log(slope) + ln_gamma_ratio(first_zero, count)))
        };
        match self.kind {
            ScheduleKind::Su { c } => gamma_product(count / c, c / count),
            ScheduleKind::Linear if self.steps() == 1 => (1.0 - LINEAR_FIRST).sqrt(),
            ScheduleKind::Linear => {
                let slope = (LINEAR_LAST - LINEAR_FIRST) / (count - 1.0);
                // 1 − b_t² = slope · ((1 − first)/slope + 1 − t)
                gamma_product((1.0 - LINEAR_FIRST) / slope + 1.0, slope)
            }
            ScheduleKind::Cosine => {
                // The product telescopes up to the first clipped step; only the last steps are clipped.
                let clipped =
                    (1..=self.steps()).filter(|&t| cosine_variance(t, self.steps()) >= COSINE_MAX).count();
                let kept = cosine_level(self.steps() - clipped, self.steps()) / cosine_level(0, self.steps());
                (kept * (1.0 - COSINE_MAX).powi(clipped as i32)).sqrt()
            }
        }
    }
}

/// b_t².
fn noise_variance(kind: ScheduleKind, t: usize, steps: usize) -> f64 {
    match kind {
        ScheduleKind::Su { c } => c * t as f64 / steps as f64,
        ScheduleKind::Linear if steps == 1 => LINEAR_FIRST,
        ScheduleKind::Linear => {
            LINEAR_FIRST + (LINEAR_LAST - LINEAR_FIRST) * (t - 1) as f64 / (steps - 1) as f64
        }
        ScheduleKind::Cosine => cosine_variance(t, steps).min(COSINE_MAX),
    }
}

fn cosine_variance(t: usize, steps: usize) -> f64 {
    1.0 - cosine_level(t, steps) / cosine_level(t - 1, steps)
}

/// f(t) of the cosine schedule.
fn cosine_level(t: usize, steps: usize) -> f64 {
    let share = (t as f64 / steps as f64 + COSINE_OFFSET) / (1.0 + COSINE_OFFSET);
    libm::cos(std::f64::consts::FRAC_PI_2 * share).powi(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(value: f64, expected: f64, relative: f64) {
        assert!((value - expected).abs() <= relative * expected.abs(), "{value} is not {expected}");
    }

    /// Reference values computed independently in double precision, printed to the digits given.
    #[test]
    fn su_matches_the_reference_values() {
        let su = Schedule::new(ScheduleKind::Su { c: 0.02 }, 1000);
        for (t, a_bar) in [
            (1, 0.999_990_0),
            (10, 0.999_450_1),
            (100, 0.950_721_7),
            (250, 0.730_318_0),
            (500, 0.284_591_6),
            (750, 0.058_986_5),
        ] {
            assert!((su.a_bar[t] - a_bar).abs() < 5.1e-8, "A_{t} = {}", su.a_bar[t]);
        }
        close(su.a_bar[1000], 0.006_482_030_9, 1e-8);
        close(su.a_bar[1000].ln(), -5.038_721_415, 1e-10);
        close(su.b[10], 0.014_142_1, 3e-6);
        close(su.b[1000], 0.141_421_4, 1e-6);
        assert!(su.signal_to_noise(262) > 1.0 && su.signal_to_noise(263) < 1.0);
    }

    #[test]
    fn the_other_kinds_match_theirs() {
        let linear = Schedule::new(ScheduleKind::Linear, 1000);
        close(linear.a_bar[1000], 0.006_352_818, 1e-6);
        close(linear.a_bar[500].powi(2), 0.078_587_2, 1e-6);
        let cosine = Schedule::new(ScheduleKind::Cosine, 1000);
        close(cosine.a_bar[500].powi(2), 0.493_843_6, 1e-6);
    }

    #[test]
    fn fewer_steps_need_a_larger_slope() {
        for (steps, a_bar) in [(10, 0.9461), (50, 0.7736), (100, 0.6014), (200, 0.3636), (500, 0.0803)] {
            let last = *Schedule::new(ScheduleKind::Su { c: 0.02 }, steps).a_bar.last().unwrap();
            assert!((last - a_bar).abs() < 5.1e-5, "T = {steps}: {last}");
        }
        for (steps, c) in [(50, 0.343_626), (100, 0.185_308), (200, 0.096_248_3)] {
            let last = *Schedule::new(ScheduleKind::Su { c }, steps).a_bar.last().unwrap();
            close(last, (-5f64).exp(), 1e-4);
        }
    }

    #[test]
    fn steps_add_up_to_jumps() {
        for kind in [
            ScheduleKind::Su { c: 0.02 },
            ScheduleKind::Su { c: 0.05 },
            ScheduleKind::Linear,
            ScheduleKind::Cosine,
        ] {
            for steps in [1, 2, 50, 1000, 4000] {
                let s = Schedule::new(kind, steps);
                for t in 1..=steps {
                    let sum = (s.a[t] * s.b_bar[t - 1]).powi(2) + s.b[t].powi(2);
                    assert!((sum - s.b_bar[t].powi(2)).abs() < 1e-15, "{kind:?} {steps} {t}");
                    assert!((s.a[t].powi(2) + s.b[t].powi(2) - 1.0).abs() < 1e-15);
                    assert!((s.a_bar[t].powi(2) + s.b_bar[t].powi(2) - 1.0).abs() < 1e-12);
                    assert!(s.a_bar[t] < s.a_bar[t - 1] && s.a_bar[t] > 0.0);
                }
            }
        }
    }

    #[test]
    fn the_closed_form_of_the_last_level_agrees_with_the_product() {
        for steps in [1, 2, 3, 10, 50, 1000, 4000] {
            let steepest = ScheduleKind::Su { c: largest_slope(steps) };
            for kind in [
                ScheduleKind::Su { c: 0.02 },
                ScheduleKind::Su { c: 0.003 },
                steepest,
                ScheduleKind::Linear,
                ScheduleKind::Cosine,
            ] {
                let schedule = Schedule::new(kind, steps);
                let closed = schedule.a_bar_last_closed_form();
                let gap = (closed / schedule.a_bar[steps] - 1.0).abs();
                assert!(gap < 1e-9, "{kind:?} {steps}: {closed} vs {}", schedule.a_bar[steps]);
            }
        }
    }

    #[test]
    fn the_largest_slope_leaves_something_to_compute_with() {
        for steps in [2, 10, 121, 122, 150, 202, 1000, 4000] {
            let schedule = Schedule::new(ScheduleKind::Su { c: largest_slope(steps) }, steps);
            assert!(schedule.a_bar[steps].ln() > -60.0, "T = {steps}: {}", schedule.a_bar[steps].ln());
        }
    }

    #[test]
    fn a_level_finds_its_own_time() {
        let su = Schedule::new(ScheduleKind::Su { c: 0.02 }, 1000);
        for t in [1, 2, 263, 999, 1000] {
            close(su.time_of(su.a_bar[t], su.b_bar[t]), t as f64, 1e-9);
        }
        for time in [1.0, 1.25, 262.5, 998.75, 1000.0] {
            let level = su.level(time);
            close(level.a.powi(2) + level.b.powi(2), 1.0, 1e-12);
            close(su.time_of(level.a, level.b), time, 1e-9);
        }
        let cosine = Schedule::new(ScheduleKind::Cosine, 77);
        for t in 1..=77 {
            let time = su.time_of(cosine.a_bar[t], cosine.b_bar[t]);
            assert!((1.0..=1000.0).contains(&time));
        }
    }
}
