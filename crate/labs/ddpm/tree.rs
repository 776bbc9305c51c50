//! The forks of a run: the original and what leaves it, each with the states that are its own.

use super::{
    fork::{Fork, State},
    settings::Settings,
    trajectory::Trajectory,
};

/// Bytes of kept states beyond which only every few of them are kept.
const BOUND: usize = 64 << 20;

pub struct Tree {
    /// The original first; a fork stands after the one that it leaves.
    pub forks: Vec<Fork>,
    /// Every how many states one is kept.
    pub stride: usize,
    /// Network calls for states, those made again for states that were not kept included.
    pub calls: usize,
    pub(super) bound: usize,
}

impl Tree {
    /// The original at `first`, and its forks without a state of their own.
    pub fn new(trajectories: Vec<Trajectory>, first: Vec<f32>) -> Self {
        let mut forks: Vec<_> = trajectories.into_iter().map(Fork::new).collect();
        let original = forks[0].computed_mut();
        original.states.insert(0, State::new(first).into());
        original.end = Some(0);
        Self { forks, stride: 1, calls: 0, bound: BOUND }
    }

    /// The fork that state `k` of fork `j` belongs to: the parent's before it leaves, and while it has no state.
    pub fn owner(&self, mut j: usize, k: usize) -> usize {
        while k < self.forks[j].trajectory.at || self.forks[j].end().is_none() {
            j = self.forks[j].trajectory.parent;
        }
        j
    }

    /// State `k` of fork `j`, if it is kept.
    pub fn state(&self, j: usize, k: usize) -> Option<&State> {
        self.forks[self.owner(j, k)].state(k).map(|state| &**state)
    }

    /// The furthest state of fork `j`, its own or, while it has none, its parent's up to where it leaves.
    pub fn end(&self, j: usize) -> usize {
        let fork = &self.forks[j];
        fork.end().unwrap_or_else(|| self.end(fork.trajectory.parent).min(fork.trajectory.at))
    }

    /// The furthest state that every fork has computed.
    pub fn computed(&self) -> usize {
        (0..self.forks.len()).map(|j| self.end(j)).min().expect("there is an original")
    }

    /// Whether a fork that leaves at or before `target` still lacks its first state; until it has one, its parent's
    /// stands in.
    pub fn lacks_a_fork(&self, target: usize) -> bool {
        self.forks.iter().any(|fork| fork.end().is_none() && fork.trajectory.at <= target)
    }

    /// Network calls that the building of all forks should have taken: each state asked once, and the calls
    /// inside the steps made.
    pub fn expected_calls(&self, settings: &Settings) -> usize {
        let of = |fork: &Fork| {
            let Trajectory { config, levels, at, .. } = &fork.trajectory;
            let rises = |k: &&usize| **k >= settings.demolished();
            let asked = fork.computed().asked.iter().filter(rises).count();
            let first = settings.demolished().max(*at);
            let steps = first..fork.end().unwrap_or(0).max(first);
            let inside: usize = steps.map(|k| config.method.calls(levels[k + 1]) - 1).sum();
            (asked + inside) * config.calls_a_prediction()
        };
        self.forks.iter().map(of).sum()
    }

    /// Bytes of all states kept.
    fn bytes(&self) -> usize {
        let states = self.forks.iter().flat_map(|fork| fork.computed().states.values());
        states.flat_map(|state| state.arrays()).map(|array| 4 * array.len()).sum()
    }

    /// Lets go of states that can be computed again, if all of them are too many: of a long run every
    /// [`Tree::stride`]-th stays, those around `next`, and the state `shown`, which may have to be shown once more.
    pub(super) fn thin(&mut self, settings: &Settings, shown: usize, next: usize) {
        while self.bytes() > self.bound {
            let stride = self.stride;
            for fork in &mut self.forks {
                let (at, end) = (fork.trajectory.at, fork.end());
                fork.computed_mut().states.retain(|&k, _| {
                    let landmark = k == at || Some(k) == end || k == settings.demolished() || k == shown;
                    landmark || k.is_multiple_of(stride) || k / stride == next / stride
                });
            }
            // A wider stride would leave more around the next state than it lets go elsewhere.
            if stride * stride > settings.length() {
                return;
            }
            if self.bytes() > self.bound {
                self.stride *= 2;
            }
        }
    }
}
