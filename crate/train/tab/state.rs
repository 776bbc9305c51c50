//! A run in the page between two pulls: all that the next step depends on, on the host.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{PROBE_EVERY, lesson::Lesson};

/// Cloning it is cheap.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TabState {
    /// Steps made.
    pub at: usize,
    /// The losses of each step, one step after another.
    pub losses: Vec<f32>,
    /// What was seen at step 0, [`PROBE_EVERY`], 2 [`PROBE_EVERY`] …
    pub probes: Vec<f32>,
    /// Weights, their average if there is one, Adam's m and v, one after another.
    pub numbers: Rc<[f32]>,
}

impl TabState {
    /// Whether this could be a run of a lesson `L` whose network has `weights` weights and whose probe `probe_size` numbers.
    pub fn fits<L: Lesson>(&self, weights: usize, probe_size: usize) -> bool {
        let Self { at, losses, probes, numbers } = self;
        let seen = match at {
            // Before the first step nothing need have been looked at.
            0 if probes.is_empty() => 0,
            _ => at / PROBE_EVERY + 1,
        };
        losses.len() == L::LOSSES * at
            && probes.len() == seen * probe_size
            && numbers.len() == vectors::<L>() * weights
            && [&losses[..], probes, numbers].into_iter().flatten().all(|number| number.is_finite())
    }
}

/// How many vectors of the size of the weights [`TabState::numbers`] hold.
pub fn vectors<L: Lesson>() -> usize {
    if L::YOUNG.is_some() { 4 } else { 3 }
}
