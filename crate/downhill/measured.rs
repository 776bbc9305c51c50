//! What is read off the grid at one time, with the grid's own error taken out: three grids, each with cells half as wide and steps a
//! quarter as long as the one before.

use super::{
    grid::{Divergence, Energy, Flow, Line},
    laws::Normal,
    spectrum::refined,
    target::Target,
};

/// Cells of the coarsest grid at least, and its longest step where no hill is narrower than 1.
const CELLS: usize = 160;
const STEP: f64 = 0.04;
/// Steps of the coarsest grid at most.
const MOST_STEPS: usize = 400;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    pub mean: f64,
    pub variance: f64,
    /// KL(q ‖ p).
    pub kl: f64,
    /// To the target.
    pub w2: f64,
    /// ∫ q |∇ ln(q/p)|².
    pub fisher: f64,
    /// −dKL/dt, from KL a step before and after.
    pub kl_rate: f64,
    /// What KL loses a unit of time, from the fluxes of the moment.
    pub kl_loss: f64,
    /// What flows downhill: F.
    pub energy: f64,
    /// −dF/dt and what F loses, found as those of KL.
    pub energy_rate: f64,
    pub energy_loss: f64,
    /// The largest |mass − 1| on the way, on all grids.
    pub mass_error: f64,
    /// The smallest density anywhere on the way: not negative.
    pub least: f64,
}

/// Wide enough for the start, the end, and as far as it spreads by itself until `t`.
pub fn range(start: Normal, target: &Target, energy: Energy, t: f64) -> [f64; 2] {
    let [left, right] = target.range(7.5);
    let far = match energy {
        Energy::Divergence(_) => 7.5 * start.sd,
        Energy::Entropy => 7.5 * libm::sqrt(start.sd * start.sd + 2.0 * t),
        Energy::Square => 7.5 * start.sd + 2.2 * libm::cbrt(t),
        // It rests with a variance of 1.
        Energy::Attraction => 7.5 * start.sd.max(1.0),
        // Two heaps that far apart at most, each narrower than 1.
        Energy::Apart(apart) => (7.5 * start.sd).max(apart / 2.0 + 4.0),
    };
    [left.min(start.mean - far), right.max(start.mean + far)]
}

/// Freed of the grids' error, and as the finest grid alone has it.
pub fn at(start: Normal, target: &Target, energy: Energy, t: f64) -> [Measured; 2] {
    let line = range(start, target, energy, t);
    // The narrowest hill says how fine it must be.
    let narrow = target.narrowest().min(1.0);
    let cells = (libm::ceil((line[1] - line[0]) / (0.1 * narrow)) as usize).clamp(CELLS, 2 * CELLS);
    // χ² pushes what is far with the square of the ratio: at first everything happens at once.
    let hurry = match energy {
        Energy::Divergence(Divergence::Square) => 8.0,
        // Far out it pulls with the third power of the distance.
        Energy::Apart(_) => 8.0,
        Energy::Divergence(_) | Energy::Entropy | Energy::Square | Energy::Attraction => 1.0,
    };
    let steps = (libm::ceil(hurry * t / (STEP * narrow * narrow)) as usize).clamp(2, MOST_STEPS);
    let each = [1, 2, 4]
        .map(|finer| one(Line::over(line, cells * finer), start, target, energy, t, steps * finer * finer));
    let pick = |f: fn(&Measured) -> f64| refined([f(&each[0]), f(&each[1]), f(&each[2])]);
    let freed = Measured {
        mean: pick(|m| m.mean),
        variance: pick(|m| m.variance),
        kl: pick(|m| m.kl),
        w2: pick(|m| m.w2),
        fisher: pick(|m| m.fisher),
        kl_rate: pick(|m| m.kl_rate),
        kl_loss: pick(|m| m.kl_loss),
        energy: pick(|m| m.energy),
        energy_rate: pick(|m| m.energy_rate),
        energy_loss: pick(|m| m.energy_loss),
        mass_error: each.iter().map(|m| m.mass_error).fold(0.0, f64::max),
        least: each.iter().map(|m| m.least).fold(f64::INFINITY, f64::min),
    };
    [freed, each[2]]
}

/// On one grid.
fn one(line: Line, start: Normal, target: &Target, energy: Energy, t: f64, steps: usize) -> Measured {
    let flow = Flow::new(line, energy, target);
    let mut q = line.normal(start);
    // At the very start there is no step before it: one looks ahead.
    let step = if t > 0.0 { t / steps as f64 } else { STEP / steps as f64 };
    let (mut mass_error, mut least) = (0.0_f64, f64::INFINITY);
    let mut look = |q: &[f64]| {
        mass_error = mass_error.max((line.mass(q) - 1.0).abs());
        least = q.iter().copied().fold(least, f64::min);
    };
    let heights = |q: &[f64]| [flow.kl(q), flow.energy(q)];
    let mut before = heights(&q);
    for _ in 0..if t > 0.0 { steps } else { 0 } {
        before = heights(&q);
        flow.step(&mut q, step);
        look(&q);
    }
    let now = q.clone();
    let [mean, variance] = line.moments(&now);
    let here = heights(&now);
    flow.step(&mut q, step);
    look(&q);
    let next = heights(&q);
    let [kl_rate, energy_rate] = if t > 0.0 {
        [0, 1].map(|i| (before[i] - next[i]) / (2.0 * step))
    } else {
        flow.step(&mut q, step);
        let later = heights(&q);
        [0, 1].map(|i| (3.0 * here[i] - 4.0 * next[i] + later[i]) / (2.0 * step))
    };
    let [kl, energy] = here;
    Measured {
        mean,
        variance,
        kl,
        w2: line.w2(&now, &flow.target),
        fisher: flow.fisher(&now),
        kl_rate,
        kl_loss: flow.kl_loss(&now),
        energy,
        energy_rate,
        energy_loss: flow.loss(&now),
        mass_error,
        least,
    }
}
