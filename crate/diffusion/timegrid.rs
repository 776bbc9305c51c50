//! Which noise levels a sampler visits.

use super::{level::Level, schedule::Schedule};

/// How the levels between untouched and rubble are spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spacing {
    /// Whole times evenly spaced from 0 to T, halves rounded up.
    Uniform,
    /// T − j T/S, halves rounded to even: diffusers' "trailing" (Lin et al. 2023, table 2,
    /// <https://arxiv.org/abs/2305.08891>). The same idea as [`Spacing::Uniform`]; only halves differ.
    Trailing,
    /// From T down to 1 evenly, then 0: diffusers' "linspace", rounded to whole times.
    Linspace,
    /// t = T (j/S)², dense where little noise is left (Song et al. 2021, appendix D.2,
    /// <https://arxiv.org/abs/2010.02502>).
    Quadratic,
    /// σ^(1/ρ) evenly spaced between those of T and of 1, ρ = 7, then 0 (Karras et al. 2022, eq. 5,
    /// <https://arxiv.org/abs/2206.00364>). Levels fall between whole times.
    Karras,
}

const RHO: f64 = 7.0;

impl Spacing {
    pub const ALL: [Spacing; 5] =
        [Spacing::Uniform, Spacing::Trailing, Spacing::Linspace, Spacing::Quadratic, Spacing::Karras];

    /// The name in a link.
    pub fn id(self) -> &'static str {
        match self {
            Spacing::Uniform => "uniform",
            Spacing::Trailing => "trailing",
            Spacing::Linspace => "linspace",
            Spacing::Quadratic => "quadratic",
            Spacing::Karras => "karras",
        }
    }

    /// The spacing called `id`.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|spacing| spacing.id() == id)
    }
}

/// The levels of `steps` steps, rising: first t = 0, last t = T.
///
/// Whole times do not repeat, so all spacings but Karras's make at most T steps.
pub fn levels(schedule: &Schedule, spacing: Spacing, steps: usize) -> Vec<Level> {
    levels_from(schedule, spacing, schedule.level(schedule.steps() as f64), steps)
}

/// The levels of `steps` steps from `start` (t > 0) down to t = 0, rising: the last one is `start`.
pub fn levels_from(schedule: &Schedule, spacing: Spacing, start: Level, steps: usize) -> Vec<Level> {
    let mut levels = match spacing {
        Spacing::Karras => karras(schedule, start, steps.max(1)),
        _ => {
            let last = start.t.ceil() as usize;
            whole(spacing, last, steps).into_iter().map(|t| schedule.level(t as f64)).collect()
        }
    };
    *levels.last_mut().expect("at least t = 0 and the start") = start;
    levels
}

/// S + 1 times 0 = t_0 < t_1 < … < t_S = T, evenly spaced and rounded; S is at most T.
pub fn uniform(last: usize, steps: usize) -> Vec<usize> {
    whole(Spacing::Uniform, last, steps)
}

fn whole(spacing: Spacing, last: usize, steps: usize) -> Vec<usize> {
    let steps = steps.clamp(1, last) as u64;
    let last = last as u64;
    let time = |j: u64| match spacing {
        Spacing::Linspace if j == 0 => 0,
        Spacing::Linspace if steps == 1 => last,
        // np.linspace(1, T, S) rounds halves to even.
        Spacing::Linspace => 1 + half_to_even((j - 1) * (last - 1), steps - 1),
        Spacing::Trailing => half_to_even(j * last, steps),
        Spacing::Quadratic => half_up(j * j * last, steps * steps).max(j),
        Spacing::Uniform | Spacing::Karras => half_up(j * last, steps),
    };
    (0..=steps).map(|j| time(j) as usize).collect()
}

/// n/d rounded, halves up. In u64: the product of a quadratic spacing does not fit a browser's usize.
fn half_up(n: u64, d: u64) -> u64 {
    (2 * n + d) / (2 * d)
}

/// n/d rounded, halves to the even neighbour.
fn half_to_even(n: u64, d: u64) -> u64 {
    let up = half_up(n, d);
    if (2 * n) % (2 * d) == d && up % 2 == 1 { up - 1 } else { up }
}

fn karras(schedule: &Schedule, start: Level, steps: usize) -> Vec<Level> {
    let root = |sigma: f64| libm::pow(sigma, 1.0 / RHO);
    let first = schedule.level(1.0).sigma();
    let (low, high) = (root(first), root(start.sigma()));
    let steps = if start.sigma() <= first { 1 } else { steps };
    let rest = (1..=steps).map(|j| {
        let share = (steps - j) as f64 / (steps - 1).max(1) as f64;
        schedule.level_of_sigma(libm::pow(high + share * (low - high), RHO))
    });
    std::iter::once(schedule.level(0.0)).chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// On a 32-bit machine 2 j² T would wrap; whole numbers twice as wide do not.
    #[test]
    fn the_longest_quadratic_grid_rises_to_its_end() {
        let times = whole(Spacing::Quadratic, 4000, 1000);
        assert!(times.windows(2).all(|w| w[0] < w[1]));
        assert_eq!((times[732], times[1000]), (2143, 4000));
        assert_eq!(half_up(2 * u64::from(u32::MAX), 2), u64::from(u32::MAX));
    }
    use crate::diffusion::schedule::ScheduleKind;

    #[test]
    fn it_rises_from_nothing_to_the_end() {
        for (last, steps) in [(1000, 50), (1000, 1000), (7, 7), (10, 3), (4000, 999), (5, 9), (1, 1)] {
            let schedule = Schedule::new(ScheduleKind::Su { c: 0.02 }, last);
            for spacing in Spacing::ALL {
                let levels = levels(&schedule, spacing, steps);
                let expected = if spacing == Spacing::Karras && last > 1 { steps } else { steps.min(last) };
                assert_eq!(levels.len(), expected + 1, "{spacing:?} {last} {steps}");
                assert_eq!((levels[0].t, levels[0].b), (0.0, 0.0));
                assert_eq!(levels[levels.len() - 1], schedule.level(last as f64));
                assert!(levels.windows(2).all(|w| w[0].t < w[1].t && w[0].a > w[1].a), "{spacing:?} {last}");
            }
        }
    }

    #[test]
    fn it_starts_anywhere() {
        let schedule = Schedule::new(ScheduleKind::Linear, 1000);
        for t in [0.4, 1.0, 1.7, 3.0, 500.0, 617.25] {
            for spacing in Spacing::ALL {
                for steps in [1, 2, 3, 20, 1000] {
                    let levels = levels_from(&schedule, spacing, schedule.level(t), steps);
                    assert!(levels.len() >= 2 && levels.len() <= steps + 1);
                    assert_eq!((levels[0].t, levels[levels.len() - 1]), (0.0, schedule.level(t)));
                    assert!(levels.windows(2).all(|w| w[0].t < w[1].t), "{spacing:?} {t} {steps}");
                }
            }
        }
    }

    /// np.round(np.arange(1000, 0, -1000/16)), np.linspace(1, 1000, 8).round(), and Karras's sigmas with
    /// numpy from the linear betas: all computed apart.
    #[test]
    fn it_matches_the_known_grids() {
        let times = |spacing, steps| {
            let schedule = Schedule::new(ScheduleKind::Linear, 1000);
            levels(&schedule, spacing, steps).iter().map(|level| level.t).collect::<Vec<_>>()
        };
        assert_eq!(times(Spacing::Trailing, 16)[..5], [0.0, 62.0, 125.0, 188.0, 250.0]);
        assert_eq!(times(Spacing::Uniform, 16)[..5], [0.0, 63.0, 125.0, 188.0, 250.0]);
        assert_eq!(times(Spacing::Linspace, 8), [0.0, 1.0, 144.0, 286.0, 429.0, 572.0, 715.0, 857.0, 1000.0]);
        assert_eq!(times(Spacing::Quadratic, 10)[..4], [0.0, 10.0, 40.0, 90.0]);
    }
}
