//! Parts of a run: what another engine, or a run with other forks, goes on from.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{
    fork::{Computed, State},
    settings::Settings,
    state::Ddpm,
};
use crate::diffusion::level::Level;
use crate::runtime::{all_finite, lab::Key};

/// No session counts as far; what does is damaged.
const MOST_CALLS: usize = 1 << 30;

#[derive(Clone, Serialize, Deserialize)]
pub enum Part {
    /// What was computed of a fork.
    Fork(Rc<Computed>),
    /// What the states of all forks have in common.
    Tree { stride: usize, calls: usize },
    /// A measurement: units done and numbers.
    Measured { done: usize, numbers: Rc<Vec<f32>> },
}

impl Part {
    /// States of a fork, calls of the tree, units of a measurement; results of a race, which counts no units.
    pub fn worth(&self) -> usize {
        match self {
            Part::Fork(computed) => computed.end.map_or(0, |end| end + 1),
            Part::Tree { calls, .. } => *calls,
            Part::Measured { done: 0, numbers } => numbers.iter().filter(|result| **result >= 0.0).count(),
            Part::Measured { done, .. } => *done,
        }
    }
}

/// All parts, the original first.
pub fn all(run: &Ddpm) -> Vec<(Key, Part)> {
    let forks = run.tree.forks.iter();
    let mut all: Vec<_> =
        forks.map(|fork| (fork.trajectory.key.clone(), Part::Fork(fork.computed().clone()))).collect();
    let measured = |(done, numbers)| Part::Measured { done, numbers };
    let race = run.network.as_ref().map_or(Vec::new(), |network| network.race_results().to_vec());
    all.extend([
        (run.keys.tree.clone(), Part::Tree { stride: run.tree.stride, calls: run.tree.calls }),
        (run.keys.greedy.clone(), measured(run.greedy.part())),
        (run.keys.partial_noising.clone(), measured(run.partial_noising.part())),
        (run.keys.race.clone(), measured((0, race.into()))),
    ]);
    all
}

/// Whether `part` could be the run's part called `key`.
pub fn fits(run: &Ddpm, key: &str, part: &Part) -> bool {
    let keys = &run.keys;
    match part {
        Part::Fork(computed) => {
            let mut mine = run.tree.forks.iter().enumerate();
            let mine = mine.find(|(_, fork)| *fork.trajectory.key == *key);
            mine.is_some_and(|(j, fork)| could_be(&run.settings, j, fork.trajectory.at, computed))
        }
        Part::Tree { stride, calls } => {
            *keys.tree == *key && stride.is_power_of_two() && *calls <= MOST_CALLS
        }
        Part::Measured { done, numbers } if *keys.greedy == *key => run.greedy.fits(*done, numbers),
        Part::Measured { done, numbers } if *keys.partial_noising == *key => {
            run.partial_noising.fits(*done, numbers)
        }
        Part::Measured { numbers, .. } if *keys.race == *key => {
            // A lane that ran away scores infinity. An engine without a network had no race.
            let mine = run.network.as_ref().map(|network| network.race_results().len());
            numbers.is_empty() || mine.is_none_or(|mine| mine == numbers.len())
        }
        Part::Measured { .. } => false,
    }
}

/// Whether fork `j`, which leaves at `at`, could look like this. Its landmarks are never let go.
fn could_be(settings: &Settings, j: usize, at: usize, computed: &Computed) -> bool {
    let Computed { states, end, asked, gaps, calls } = computed;
    let Some(end) = *end else { return states.is_empty() };
    let size = settings.samples * settings.picture.len();
    let measured = if j == 0 { 0 } else { (end + 1).saturating_sub(at) * settings.samples };
    let whole = |state: &Rc<State>| {
        let finite = |Level { t, a, b }: Level| [t, a, b].iter().all(|x| x.is_finite());
        state.arrays().all(|array| array.len() == size && all_finite(array))
            && state.memory.outputs.iter().all(|(level, _)| finite(*level))
    };
    let rubble = settings.demolished();
    at <= end
        && end <= settings.length()
        && gaps.len() == measured
        && all_finite(gaps)
        && asked.iter().all(|k| (at..=end).contains(k))
        && *calls <= MOST_CALLS
        && states.first_key_value().is_some_and(|(k, _)| *k == at)
        && states.last_key_value().is_some_and(|(k, _)| *k == end)
        && (states.contains_key(&rubble) || !(at..=end).contains(&rubble))
        && states.values().all(whole)
}

/// Whether state `at` of every fork, computed as far as `parts` say, can be shown. A fork shows its parent's states before
/// its own.
pub fn shows(run: &Ddpm, at: usize, parts: &[(Key, Part)]) -> bool {
    run.tree.forks.iter().zip(parts).all(|(fork, (_, part))| match part {
        Part::Fork(computed) if computed.states.range(..=at).next().is_some() => {
            computed.states.contains_key(&at)
        }
        Part::Fork(_) => fork.trajectory.number > 0 && fork.trajectory.at >= at,
        Part::Tree { .. } | Part::Measured { .. } => false,
    })
}

/// Goes on from `part`, which fits.
pub fn take(run: &mut Ddpm, key: &str, part: Part) {
    match part {
        // Equal forks have equal keys, and equal states.
        Part::Fork(computed) if computed.end.is_some() => {
            let forks = run.tree.forks.iter_mut();
            let mine = forks.filter(|fork| *fork.trajectory.key == *key);
            mine.for_each(|fork| fork.take(computed.clone()));
        }
        Part::Fork(_) => {}
        Part::Tree { stride, calls } => (run.tree.stride, run.tree.calls) = (stride, calls),
        Part::Measured { done, numbers } if *run.keys.greedy == *key => run.greedy.take(done, numbers),
        Part::Measured { done, numbers } if *run.keys.partial_noising == *key => {
            run.partial_noising.take(done, numbers);
        }
        Part::Measured { numbers, .. } => {
            if let Some(network) = run.network.as_mut().filter(|_| !numbers.is_empty()) {
                network.take_race(numbers.to_vec());
            }
        }
    }
}
