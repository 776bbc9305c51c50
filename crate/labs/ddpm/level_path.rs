//! Which levels a fork visits from a state on.

use super::settings::Settings;
use crate::diffusion::{
    level::Level,
    schedule::Schedule,
    timegrid::{Spacing, levels, levels_from},
};

/// `up` and then down again; the last level up is visited once.
pub fn there_and_back(up: Vec<Level>) -> Vec<Level> {
    let down: Vec<_> = up.iter().rev().skip(1).copied().collect();
    [up, down].concat()
}

/// `level` on the clock of `schedule`: the time of equal signal-to-noise, the last one where it ends earlier.
pub fn on_clock(schedule: &Schedule, level: Level) -> Level {
    let found = schedule.level_of_sigma(level.sigma());
    let whole = schedule.level(found.t.round());
    // A level of this very schedule stays what it is, to the bit.
    if (whole.a - level.a).abs() < 1e-12 && (whole.b - level.b).abs() < 1e-12 {
        whole
    } else {
        Level { t: found.t, ..level }
    }
}

/// The levels after state `k`, at `here`, if from there on `spacing` of `schedule` is walked.
pub fn from_here(
    settings: &Settings,
    schedule: &Schedule,
    spacing: Spacing,
    here: Level,
    k: usize,
) -> Vec<Level> {
    let (rubble, length) = (settings.demolished(), settings.length());
    if k >= rubble {
        return descend(schedule, spacing, here, length - k);
    }
    let up = ascend(schedule, here, rubble - k);
    let top = *up.last().expect("a step up is left");
    let down = match length - rubble {
        0 => Vec::new(),
        _ if top == schedule.level(schedule.steps() as f64) => {
            levels(schedule, spacing, settings.steps).into_iter().rev().skip(1).collect()
        }
        steps => descend(schedule, spacing, top, steps),
    };
    [up, down].concat()
}

/// `steps` levels above `here`, evenly in time up to the last one; `here` again and again if it lies beyond.
fn ascend(schedule: &Schedule, here: Level, steps: usize) -> Vec<Level> {
    let last = schedule.steps() as f64;
    if here.b >= schedule.level(last).b {
        return vec![here; steps];
    }
    let exact = |j: usize| here.t + (last - here.t) * j as f64 / steps as f64;
    // Whole times, as the original has them, where there are enough of them.
    let whole = last - here.t.ceil() >= steps as f64;
    (1..=steps).map(|j| schedule.level(if whole { exact(j).round() } else { exact(j) })).collect()
}

/// `steps` levels below `here`, down to the finished picture.
fn descend(schedule: &Schedule, spacing: Spacing, here: Level, steps: usize) -> Vec<Level> {
    if steps == 0 {
        return Vec::new();
    }
    // From beyond the schedule's end: its own levels but for the first, which would be a step up.
    let beyond = here.b > schedule.level(schedule.steps() as f64).b;
    let grid =
        if beyond { levels(schedule, spacing, steps) } else { levels_from(schedule, spacing, here, steps) };
    if grid.len() == steps + 1 {
        return grid.into_iter().rev().skip(1).collect();
    }
    // Fewer whole times than steps are left below: the steps share what is left evenly.
    (0..steps).rev().map(|j| schedule.level(here.t * j as f64 / steps as f64)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diffusion::schedule::ScheduleKind;

    fn su() -> Schedule {
        Schedule::new(ScheduleKind::Su { c: 0.02 }, 1000)
    }

    #[test]
    fn every_path_down_has_its_steps_and_ends_at_the_picture() {
        let schedule = su();
        for t in [0.4, 3.0, 40.5, 1000.0] {
            for spacing in Spacing::ALL {
                for steps in [1, 2, 7, 50] {
                    let here = schedule.level(t);
                    let path = descend(&schedule, spacing, here, steps);
                    assert_eq!(path.len(), steps, "{spacing:?} {t}");
                    assert_eq!(path[steps - 1].b, 0.0);
                    assert!(
                        path[0].b < here.b && path.windows(2).all(|w| w[1].b < w[0].b),
                        "{spacing:?} {t} {steps}"
                    );
                }
            }
        }
    }

    #[test]
    fn every_path_up_has_its_steps_and_ends_at_the_rubble() {
        let schedule = su();
        for t in [0.0, 0.4, 700.0, 999.5] {
            for steps in [1, 2, 50] {
                let here = schedule.level(t);
                let path = ascend(&schedule, here, steps);
                assert_eq!((path.len(), path[steps - 1]), (steps, schedule.level(1000.0)));
                assert!(path[0].b > here.b && path.windows(2).all(|w| w[0].b < w[1].b), "{t} {steps}");
            }
        }
    }

    /// Another schedule may end with more of the building left than there is.
    #[test]
    fn from_beyond_the_end_there_is_only_down() {
        let schedule = su();
        let beyond = on_clock(&schedule, Schedule::new(ScheduleKind::Su { c: 0.05 }, 1000).level(1000.0));
        assert_eq!(beyond.t, 1000.0);
        assert_eq!(ascend(&schedule, beyond, 3), vec![beyond; 3]);
        for spacing in Spacing::ALL {
            let path = descend(&schedule, spacing, beyond, 20);
            assert_eq!(path.len(), 20);
            let mut addresses: Vec<_> = path.iter().chain([&beyond]).map(|level| level.address()).collect();
            addresses.sort_unstable();
            addresses.dedup();
            assert_eq!(addresses.len(), 21, "{spacing:?}: no two steps share noise");
        }
    }

    #[test]
    fn a_level_keeps_its_place_on_its_own_clock_and_its_noise_on_another() {
        let schedule = su();
        for t in [0.0, 1.0, 263.0, 1000.0] {
            assert_eq!(on_clock(&schedule, schedule.level(t)), schedule.level(t));
        }
        let other = Schedule::new(ScheduleKind::Cosine, 1000);
        let here = on_clock(&other, schedule.level(263.0));
        assert_eq!((here.a, here.b), (schedule.level(263.0).a, schedule.level(263.0).b));
        assert!((other.level(here.t).b - here.b).abs() < 1e-9);
    }
}
