//! What each part of a run depends on, as text.

use crate::experiment::{Experiment, inputs::forks::Fork, parameter::Affects};
use crate::runtime::lab::Key;

/// What the states of the original depend on: forks and the race leave it alone.
pub fn original(experiment: &Experiment) -> Key {
    let mut unforked = experiment.clone();
    unforked.inputs.forks.clear();
    unforked.key(&[Affects::Run]).into()
}

/// What the states of `fork` of the trajectory of key `parent` depend on.
pub fn fork(parent: &Key, fork: &Fork) -> Key {
    // Where a trajectory stands among others is no matter of its states.
    let edits = Fork { parent: 0, ..fork.clone() }.to_draft();
    let edits = serde_json::to_string(&edits).expect("plain numbers and strings");
    format!("{parent}|{edits}").into()
}

/// The keys of all parts but for the forks' own.
pub struct Keys {
    pub tree: Key,
    pub greedy: Key,
    pub partial_noising: Key,
    pub race: Key,
}

impl Keys {
    pub fn of(experiment: &Experiment, original: &Key) -> Self {
        let of = |what: &str| format!("{what}|{original}").into();
        let lanes = experiment.key(&[Affects::Race]);
        Self {
            tree: of("tree"),
            greedy: of("greedy"),
            partial_noising: of("partial noising"),
            race: of(&format!("race {lanes}")),
        }
    }
}
