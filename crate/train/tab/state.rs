//! A run in the page between two pulls: all that the next step depends on, on the host.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

/// Cloning it is cheap.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TabState {
    /// Steps made.
    pub at: usize,
    /// The losses of each step, one step after another.
    pub losses: Vec<f32>,
    /// What was seen at step 0, [`EVERY`](super::EVERY), 2 [`EVERY`](super::EVERY) …
    pub probes: Vec<f32>,
    /// Weights, their average if there is one, Adam's m and v, one after another.
    pub numbers: Rc<[f32]>,
}
