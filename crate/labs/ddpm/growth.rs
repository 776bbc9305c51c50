//! How the tree grows: every track is computed as far as it is asked for, and states that were let go once more.

use std::ops::Range;

use super::{settings::Move, tree::Tree, walk::Walker};
use crate::diffusion::solver::Memory;
use crate::math::statistics::rms_gap;
use crate::runtime::error::SessionError;

/// States between two readbacks: a long pull stays within a bounded memory.
const CHUNK: usize = 64;

impl Tree {
    /// Computes every track up to state `target` and sees to it that this state is kept, with what the network
    /// believes of it.
    pub async fn go(&mut self, walker: Walker<'_>, target: usize) -> Result<(), SessionError> {
        while self.computed() < target || self.unbegun(target) {
            let next = target.min(self.computed() + CHUNK);
            for j in 0..self.tracks.len() {
                self.extend(walker, j, next).await?;
            }
            self.thin(walker.settings, next);
            if next == target {
                break;
            }
        }
        for j in 0..self.tracks.len() {
            let owner = self.owner(j, target);
            self.ensure(walker, owner, target).await?;
            self.believe(walker, owner, target).await?;
        }
        self.thin(walker.settings, target);
        Ok(())
    }

    /// Whether a fork at or before `target` still lacks its first state; until it has one, its parent's stands in.
    fn unbegun(&self, target: usize) -> bool {
        self.tracks.iter().any(|track| track.end.is_none() && track.route.at <= target)
    }

    /// Computes the states of track `j` that are its own, up to `target`.
    async fn extend(&mut self, walker: Walker<'_>, j: usize, target: usize) -> Result<(), SessionError> {
        let at = self.tracks[j].route.at;
        if target < at {
            return Ok(());
        }
        if self.tracks[j].end.is_none() {
            self.begin(walker, j).await?;
        }
        while let Some(end) = self.tracks[j].end.filter(|end| *end < target) {
            // A step of another kind begins another walk.
            let same = |k: &usize| walker.settings.move_from(*k) == walker.settings.move_from(end);
            let count = (end..target).take_while(same).take(CHUNK).count();
            self.advance(walker, j, end, count).await?;
            self.tracks[j].end = Some(end + count);
            if j > 0 {
                for k in end + 1..=end + count {
                    self.measure(walker, j, k).await?;
                }
            }
        }
        Ok(())
    }

    /// The first own state of fork `j`: the parent's, with what was painted.
    async fn begin(&mut self, walker: Walker<'_>, j: usize) -> Result<(), SessionError> {
        let (at, parent) = (self.tracks[j].route.at, self.tracks[j].route.parent);
        let owner = self.owner(parent, at);
        self.ensure(walker, owner, at).await?;
        let mut state = self.tracks[owner].reel[&at].clone();
        let (route, before) = (&self.tracks[j].route, &self.tracks[parent].route);
        let first = route.sample * walker.settings.picture.len();
        for (place, value) in &route.paint {
            state.x[first + *place as usize] = *value;
        }
        let painted = !route.paint.is_empty();
        if painted || route.rule.method != before.rule.method {
            state.memory = Memory::default();
        }
        if painted || !route.rule.same_belief(&before.rule) {
            state.eps = None;
        }
        let track = &mut self.tracks[j];
        track.reel.insert(at, state);
        track.end = Some(at);
        self.measure(walker, j, at).await
    }

    /// Notes how far state `k` of fork `j` lies from its parent's.
    async fn measure(&mut self, walker: Walker<'_>, j: usize, k: usize) -> Result<(), SessionError> {
        let owner = self.owner(self.tracks[j].route.parent, k);
        self.ensure(walker, owner, k).await?;
        let size = walker.settings.picture.len();
        let pairs = self.tracks[j].reel[&k].x.chunks(size).zip(self.tracks[owner].reel[&k].x.chunks(size));
        let gaps = pairs.map(|(mine, other)| rms_gap(mine, other) as f32).collect();
        self.tracks[j].gaps.push(gaps);
        Ok(())
    }

    /// Keeps states `k` + 1 to `k` + `count` of track `j`, computed from its state `k`, all by one kind of move.
    async fn advance(
        &mut self,
        walker: Walker<'_>,
        j: usize,
        k: usize,
        count: usize,
    ) -> Result<(), SessionError> {
        if walker.settings.move_from(k) == Move::Fall {
            let track = &mut self.tracks[j];
            for k in k..k + count {
                let next = walker.fall(&track.route, k, &track.reel[&k]);
                track.reel.entry(k + 1).or_insert(next);
            }
            return Ok(());
        }
        let before = walker.denoiser.calls();
        let track = &self.tracks[j];
        let (from, fresh) = (&track.reel[&k], track.end == Some(k));
        let first = k + usize::from(from.eps.is_some());
        let walked = walker.walk(&track.route, k, from, count).await?;
        self.book(walker, j, before, fresh, first..k + count);
        let track = &mut self.tracks[j];
        for (i, (eps, state)) in walked.eps.into_iter().zip(walked.states).enumerate() {
            track.reel.get_mut(&(k + i)).expect("the step began here").eps = Some(eps);
            track.reel.entry(k + i + 1).or_insert(state);
        }
        Ok(())
    }

    /// Books the network calls since the count stood at `before`: on track `j` it was asked what the states `asked`
    /// look like, for the first time or again.
    fn book(&mut self, walker: Walker<'_>, j: usize, before: usize, fresh: bool, asked: Range<usize>) {
        let made = walker.denoiser.calls() - before;
        self.calls += made;
        let track = &mut self.tracks[j];
        if fresh && asked.end > walker.settings.demolished() {
            track.calls += made;
        }
        track.asked.extend(asked);
    }

    /// Makes sure that state `k` of its own track `j` is kept, computing it again from the nearest kept one.
    async fn ensure(&mut self, walker: Walker<'_>, j: usize, k: usize) -> Result<(), SessionError> {
        loop {
            let (&last, _) = self.tracks[j].reel.range(..=k).next_back().expect("its first state is kept");
            if last == k {
                return Ok(());
            }
            let same = |k: &usize| walker.settings.move_from(*k) == walker.settings.move_from(last);
            let count = (last..k).take_while(same).take(CHUNK).count();
            self.advance(walker, j, last, count).await?;
        }
    }

    async fn believe(&mut self, walker: Walker<'_>, j: usize, k: usize) -> Result<(), SessionError> {
        let track = &self.tracks[j];
        if track.reel[&k].eps.is_some() {
            return Ok(());
        }
        let (before, fresh) = (walker.denoiser.calls(), !track.asked.contains(&k));
        let eps = walker.believe(&track.route, k, &track.reel[&k]).await?;
        if walker.denoiser.calls() > before {
            self.book(walker, j, before, fresh, k..k + 1);
        }
        self.tracks[j].reel.get_mut(&k).expect("the state is kept").eps = Some(eps);
        Ok(())
    }
}
