//! The proximal step of the law that the cloud begins with, in the plane: where it is taken, and what it must be over a bowl.

use super::settings::Settings;
use crate::downhill::{
    entropic::{Grid, Plan, Step},
    laws::{self, Normal},
};

/// Cells a side.
const SIDE: usize = 64;
/// The deviation of the blur of a plan over the size of a cell: less, and cells could not tell it.
const BLUR: f64 = 1.5;
/// Deviations around a mean that hold all of a normal distribution but one in a million.
const WIDE: f64 = 5.0;

pub struct Transport {
    pub step: Step,
    /// The deviation of what leaves: the cloud's, but not narrower than a cell.
    pub sd: f64,
    /// `None` where it cannot be found.
    pub plan: Option<Plan>,
}

impl Transport {
    pub fn of(settings: &Settings) -> Self {
        let mut window = settings.known.window;
        let mut hold = |middle: [f64; 2], sd: [f64; 2]| {
            for axis in 0..2 {
                let far = WIDE * sd[axis];
                window[2 * axis] = window[2 * axis].min(middle[axis] - far);
                window[2 * axis + 1] = window[2 * axis + 1].max(middle[axis] + far);
            }
        };
        hold(settings.start, [settings.spread; 2]);
        if let Some(bends) = settings.bends() {
            // The blur of a first guess at the cells: it only has to be held.
            let end = [0, 1].map(|axis| over(settings, bends[axis], axis, settings.spread.max(0.2), 0.05));
            hold(end.map(|one| one.mean), end.map(|one| one.sd));
        }
        let grid = Grid { window, side: SIDE };
        let [wide, high] = grid.cell();
        let blur = BLUR * wide.max(high);
        let step = Step { grid, a: settings.jump, epsilon: blur * blur / settings.jump, tau: settings.tau };
        let sd = settings.spread.max(wide.max(high));
        let heights: Vec<f64> = (0..SIDE * SIDE).map(|i| settings.land.height(grid.place(i))).collect();
        Self { step, sd, plan: step.plan(&grid.normal(settings.start, sd), &heights) }
    }

    /// What arrives, along each axis, and what would if plans were not blurred: where the landscape is a bowl.
    pub fn expected(&self, settings: &Settings) -> Option<[[Normal; 2]; 2]> {
        let bends = settings.bends()?;
        let with = |blur: f64| [0, 1].map(|axis| over(settings, bends[axis], axis, self.sd, blur));
        Some([with(self.step.a * self.step.epsilon), with(0.0)])
    }
}

fn over(settings: &Settings, bend: f64, axis: usize, sd: f64, blur: f64) -> Normal {
    let q = Normal { mean: settings.start[axis], sd };
    laws::entropic(q, bend, settings.jump, blur / settings.jump, settings.tau)
}
