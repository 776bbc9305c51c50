//! How the tree grows: every fork is computed as far as it is asked for, and states that were let go once more.

use std::collections::BTreeSet;

use super::{
    fork::State,
    settings::{Move, Settings},
    tree::Tree,
    walk::{Leg, Walked, Walker},
};
use crate::diffusion::solver::Memory;
use crate::math::statistics::rms_gap;
use crate::runtime::error::SessionError;

/// States of all forks together between two waits for the device: a long pull stays within a bounded memory.
pub const CHUNK: usize = 64;

/// A leg of fork `j`: `count` states from `k` on.
#[derive(Clone, Copy)]
struct Stretch {
    j: usize,
    k: usize,
    count: usize,
}

impl Tree {
    /// Computes every fork up to state `target` and sees to it that this state is kept, with the noise that the network
    /// predicts there. Until it is, the state `shown` is kept, whatever goes wrong.
    pub async fn reach(
        &mut self,
        walker: Walker<'_>,
        shown: usize,
        target: usize,
    ) -> Result<(), SessionError> {
        let under_way = self.forks.iter().filter(|fork| fork.trajectory.at <= target).count();
        let share = (CHUNK / under_way).max(1);
        while self.computed() < target || self.lacks_a_fork(target) {
            let next = target.min(self.computed() + share);
            while self.computed() < next || self.lacks_a_fork(next) {
                self.extend(walker, next, target).await?;
            }
            self.thin(walker.settings, shown, next);
        }
        for j in 0..self.forks.len() {
            self.ensure(walker, self.owner(j, target), target, Some(target)).await?;
        }
        self.predict_noise(walker, target).await?;
        self.thin(walker.settings, target, target);
        Ok(())
    }

    /// Every fork that is behind state `next` goes on towards it, as far as its moves stay of one kind; all are read in
    /// one go.
    async fn extend(&mut self, walker: Walker<'_>, next: usize, target: usize) -> Result<(), SessionError> {
        for j in 0..self.forks.len() {
            let at = self.forks[j].trajectory.at;
            if self.forks[j].end().is_none() && at <= next && at <= self.end(self.forks[j].trajectory.parent)
            {
                self.begin(walker, j).await?;
            }
        }
        let behind = |j: usize| {
            let k = self.forks[j].end().filter(|end| *end < next)?;
            Some(Stretch { j, k, count: steps_of_one_kind(walker.settings, k, next) })
        };
        let stretches: Vec<_> = (0..self.forks.len()).filter_map(behind).collect();
        let walked = self.walk(walker, &stretches, Some(target)).await?;
        for (stretch, walked) in stretches.into_iter().zip(walked) {
            self.append(walker, stretch, walked?).await?;
        }
        Ok(())
    }

    /// The first own state of fork `j`: the parent's, with what was painted.
    async fn begin(&mut self, walker: Walker<'_>, j: usize) -> Result<(), SessionError> {
        let (at, parent) = (self.forks[j].trajectory.at, self.forks[j].trajectory.parent);
        let owner = self.owner(parent, at);
        self.ensure(walker, owner, at, None).await?;
        let before = self.forks[owner].state(at).expect("it was ensured");
        let mut state = State::clone(before);
        let (mine, parents) = (&self.forks[j].trajectory, &self.forks[parent].trajectory);
        let first = mine.sample * walker.settings.picture.len();
        for (place, value) in &mine.paint {
            state.x[first + *place as usize] = *value;
        }
        let painted = !mine.paint.is_empty();
        if painted || mine.config.method != parents.config.method {
            state.memory = Memory::default();
        }
        if painted || !mine.config.same_prediction(&parents.config) {
            state.eps = None;
        }
        let gaps = gaps(walker.settings, &state, before);
        let computed = self.forks[j].computed_mut();
        computed.states.insert(at, state.into());
        (computed.end, computed.gaps) = (Some(at), gaps);
        Ok(())
    }

    /// Adds to fork `j` what lies beyond its furthest state; all of it, or nothing if something goes wrong.
    async fn append(
        &mut self,
        walker: Walker<'_>,
        stretch: Stretch,
        walked: Walked,
    ) -> Result<(), SessionError> {
        let Stretch { j, k, count } = stretch;
        let mut distances = Vec::new();
        if j > 0 {
            for (k, state) in (k + 1..).zip(&walked.states) {
                let owner = self.owner(self.forks[j].trajectory.parent, k);
                self.ensure(walker, owner, k, None).await?;
                let parents = self.forks[owner].state(k).expect("it was ensured");
                distances.extend(gaps(walker.settings, state, parents));
            }
        }
        self.keep(walker, stretch, walked);
        let computed = self.forks[j].computed_mut();
        computed.end = Some(k + count);
        computed.gaps.extend(distances);
        Ok(())
    }

    /// Makes sure that state `k` of its own fork `j` is kept, computing it again from the nearest kept one.
    async fn ensure(
        &mut self,
        walker: Walker<'_>,
        j: usize,
        k: usize,
        target: Option<usize>,
    ) -> Result<(), SessionError> {
        loop {
            let mut kept = self.forks[j].computed().states.range(..=k);
            let (&last, _) = kept.next_back().expect("its first state is kept");
            if last == k {
                return Ok(());
            }
            let count = steps_of_one_kind(walker.settings, last, k).min(CHUNK);
            let stretch = Stretch { j, k: last, count };
            let walked = self.walk(walker, &[stretch], target).await?.pop().expect("an answer a leg")?;
            self.keep(walker, stretch, walked);
        }
    }

    /// Asks what noise there is in state `k` of every fork, where that is not known yet, all in one go.
    async fn predict_noise(&mut self, walker: Walker<'_>, k: usize) -> Result<(), SessionError> {
        let owners: BTreeSet<_> = (0..self.forks.len()).map(|j| self.owner(j, k)).collect();
        let mut unknown = Vec::new();
        for j in owners {
            let state = self.forks[j].state(k).expect("it was ensured");
            if state.eps.is_some() {
                continue;
            }
            if !walker.holds_noise(&self.forks[j].trajectory, k) {
                let nothing = vec![0.0; state.x.len()];
                self.forks[j].computed_mut().note_eps(k, nothing);
            } else if walker.network.is_some() {
                unknown.push(Stretch { j, k, count: 0 });
            }
        }
        let walked = self.walk(walker, &unknown, Some(k)).await?;
        for (stretch, walked) in unknown.into_iter().zip(walked) {
            self.keep(walker, stretch, walked?);
        }
        Ok(())
    }

    /// Walks all `stretches`. The network is asked at `target`, too, where that is a matter of the same walk.
    async fn walk(
        &self,
        walker: Walker<'_>,
        stretches: &[Stretch],
        target: Option<usize>,
    ) -> Result<Vec<Result<Walked, SessionError>>, SessionError> {
        let leg = |&Stretch { j, k, count }: &Stretch| {
            let trajectory = &self.forks[j].trajectory;
            let (kind, last) = (walker.settings.move_from(k), k + count);
            let same = count == 0 || (kind != Move::Fall && kind == walker.settings.move_from(last));
            let ask_last = same && target == Some(last) && walker.holds_noise(trajectory, last);
            Leg { trajectory, k, from: self.forks[j].state(k).expect("it is kept"), count, ask_last }
        };
        walker.walk(&stretches.iter().map(leg).collect::<Vec<_>>()).await
    }

    /// Keeps what a stretch came to, and books the network calls: those that were made again are not the building's.
    fn keep(&mut self, walker: Walker<'_>, stretch: Stretch, walked: Walked) {
        let Stretch { j, k, count } = stretch;
        self.calls += walked.calls;
        let computed = self.forks[j].computed_mut();
        let known = usize::from(computed.states[&k].eps.is_some());
        let asked = k + known..k + walked.eps.len();
        let fresh = if count > 0 { computed.end == Some(k) } else { !computed.asked.contains(&k) };
        if fresh && asked.end > walker.settings.demolished() {
            computed.calls += walked.calls;
        }
        computed.asked.extend(asked);
        for (k, state) in (k + 1..).zip(walked.states) {
            computed.states.entry(k).or_insert(state.into());
        }
        for (k, eps) in (k..).zip(walked.eps) {
            computed.note_eps(k, eps);
        }
    }
}

/// Steps from state `k` towards state `end` that are moves of one kind.
fn steps_of_one_kind(settings: &Settings, k: usize, end: usize) -> usize {
    (k..end).take_while(|step| settings.move_from(*step) == settings.move_from(k)).count()
}

/// How far each sample of `state` lies from the same of `parents`.
fn gaps(settings: &Settings, state: &State, parents: &State) -> Vec<f32> {
    let size = settings.picture.len();
    let pairs = state.x.chunks(size).zip(parents.x.chunks(size));
    pairs.map(|(mine, other)| rms_gap(mine, other) as f32).collect()
}
