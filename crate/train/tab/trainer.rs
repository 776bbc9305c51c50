//! The trainer: a network on its way, pulled chunk by chunk.

use super::{
    bench::Bench,
    lesson::Lesson,
    state::{TabState, vectors},
};
use crate::device::Device;
use crate::train::safe::{Broken, Safe, TrainingError, ran_away};

/// A network on its way.
pub struct TabTrainer<L: Lesson> {
    pub lesson: L,
    /// Where it learns.
    device: Device,
    /// Where the last chunk ended.
    state: TabState,
    safe: Safe<TabState>,
    /// Where it is worked on, in `state`; made of it when it is needed, and gone while a pull is under way: what a pull that never
    /// ended has done is known to nobody.
    bench: Option<Bench>,
    broken: Option<Broken>,
}

impl<L: Lesson> TabTrainer<L> {
    pub fn new(lesson: L, device: &Device) -> Self {
        let state = beginning::<L>(&lesson.initial());
        let safe = Safe::new(0, &state);
        Self { lesson, device: device.clone(), safe, state, bench: None, broken: None }
    }

    /// What broke when the last pull failed.
    pub fn broken(&self) -> Option<&Broken> {
        self.broken.as_ref()
    }

    pub fn state(&self) -> &TabState {
        &self.state
    }

    /// The weights of the network as [`state`](Self::state) has it, to be asked: also where a pull went on and never ended.
    pub fn weights(&self) -> &[f32] {
        let size = self.size();
        &self.state.numbers[if L::YOUNG.is_some() { size } else { 0 }..][..size]
    }

    /// `n` steps more. If a number ran away, the network goes back to where it was well.
    pub async fn advance(&mut self, n: usize) -> Result<(), TrainingError> {
        let end = self.state.at.saturating_add(n);
        while self.state.at < end {
            self.pull(end - self.state.at).await?;
        }
        Ok(())
    }

    /// At most `n` steps, no more than a chunk.
    pub async fn pull(&mut self, n: usize) -> Result<(), TrainingError> {
        let n = n.min(L::CHUNK);
        let made = self.bench.take();
        let mut bench = made.unwrap_or_else(|| Bench::new(&self.lesson, &self.device, &self.state));
        self.broken = None;
        let from = self.state.at;
        let steps = bench.go(&self.lesson, &self.state, n).await.map_err(TrainingError::Device)?;
        if let Some(step) = ran_away(from, &steps.losses, L::LOSSES, &steps.numbers) {
            // The steps up to the one that broke are made again, for nothing was kept of them.
            let mut again = Bench::new(&self.lesson, &self.device, &self.state);
            let before =
                again.go(&self.lesson, &self.state, step - 1 - from).await.map_err(TrainingError::Device)?;
            self.broken = self.lesson.broken(&before.numbers[..self.size()], step);
            let ((back, old), rate) = (self.safe.back().clone(), self.lesson.rate() / 4.0);
            self.state = old;
            return Err(TrainingError::RanAway { step, back, rate });
        }
        self.state.losses.extend(steps.losses);
        self.state.probes.extend(steps.probes);
        (self.state.at, self.state.numbers) = (from + n, steps.numbers.into());
        self.safe.keep(self.state.at, &self.state);
        self.bench = Some(bench);
        Ok(())
    }

    /// Whether `state` could be one of this run.
    pub fn fits(&self, state: &TabState) -> bool {
        state.fits::<L>(self.size(), self.lesson.probe_size())
    }

    /// Goes on from another engine's state, if it fits.
    pub fn take_over(&mut self, state: TabState) -> Option<()> {
        self.fits(&state).then(|| {
            self.safe = Safe::new(state.at, &state);
            (self.state, self.bench) = (state, None);
        })
    }

    /// Begins anew, at step 0, with `weights`, which are as many as its own.
    pub fn begin_with(&mut self, weights: &[f32]) {
        self.take_over(beginning::<L>(weights)).expect("as many weights as the network has");
    }

    /// Numbers of all weights.
    fn size(&self) -> usize {
        self.state.numbers.len() / vectors::<L>()
    }
}

/// A run that has made no step yet.
fn beginning<L: Lesson>(weights: &[f32]) -> TabState {
    let still = vec![0.0; 2 * weights.len()];
    TabState { numbers: [weights.repeat(vectors::<L>() - 2), still].concat().into(), ..TabState::default() }
}
