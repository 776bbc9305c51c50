//! The trainer: a network on its way, pulled chunk by chunk.

use super::{
    PROBE_EVERY,
    lesson::Lesson,
    state::{TabState, vectors},
};
use crate::device::answer;
use crate::train::{
    learner::{Learner, rate_at},
    safe::{Broken, Safe, TrainingError, ran_away},
};

/// A network on its way.
pub struct TabTrainer<L: Lesson> {
    pub lesson: L,
    /// Where the last chunk ended.
    state: TabState,
    safe: Safe<TabState>,
    learner: Learner,
    /// θ̄, if that is what is asked.
    average: Option<Vec<f32>>,
    broken: Option<Broken>,
}

impl<L: Lesson> TabTrainer<L> {
    pub fn new(lesson: L) -> Self {
        let weights = lesson.initial();
        let still = vec![0.0; 2 * weights.len()];
        let numbers = [weights.repeat(vectors::<L>() - 2), still].concat().into();
        let state = TabState { numbers, ..TabState::default() };
        let average = L::YOUNG.map(|_| weights.clone());
        Self {
            lesson,
            safe: Safe::new(0, &state),
            state,
            learner: Learner::new(weights),
            average,
            broken: None,
        }
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
        let size = self.state.numbers.len() / vectors::<L>();
        &self.state.numbers[if self.average.is_some() { size } else { 0 }..][..size]
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
        if self.learner.steps != self.state.at {
            // The last pull never ended: what was done since is known to nobody.
            self.place(self.state.clone());
        }
        self.broken = None;
        let from = self.state.at;
        let (mut losses, mut probes) = (Vec::new(), Vec::new());
        if from == 0 && self.state.probes.is_empty() {
            probes.extend(self.probe());
        }
        for step in from + 1..=from + n {
            losses.extend(self.step(step));
            if step.is_multiple_of(PROBE_EVERY) {
                probes.extend(self.probe());
            }
        }
        answer().await.map_err(TrainingError::Device)?;
        let numbers = self.numbers();
        if let Some(step) = ran_away(from, &losses, L::LOSSES, &numbers) {
            // The steps up to the one that broke are made again, for nothing was kept of them.
            self.place(self.state.clone());
            (from + 1..step).for_each(|step| _ = self.step(step));
            self.broken = self.lesson.broken(&self.learner.weights, step);
            let ((back, old), rate) = (self.safe.back().clone(), self.lesson.rate() / 4.0);
            self.place(old);
            return Err(TrainingError::RanAway { step, back, rate });
        }
        self.state.losses.extend(losses);
        self.state.probes.extend(probes);
        (self.state.at, self.state.numbers) = (from + n, numbers.into());
        self.safe.keep(self.state.at, &self.state);
        Ok(())
    }

    /// Whether `state` could be one of this run.
    pub fn fits(&self, state: &TabState) -> bool {
        state.fits::<L>(self.state.numbers.len() / vectors::<L>(), self.lesson.probe_size())
    }

    /// Goes on from another engine's state, if it fits.
    pub fn take_over(&mut self, state: TabState) -> Option<()> {
        self.fits(&state).then(|| {
            self.safe = Safe::new(state.at, &state);
            self.place(state);
        })
    }

    /// Begins anew, at step 0, with `weights`, which are as many as its own.
    pub fn begin_with(&mut self, weights: &[f32]) {
        let still = vec![0.0; 2 * weights.len()];
        let numbers = [weights.repeat(vectors::<L>() - 2), still].concat().into();
        let state = TabState { numbers, ..TabState::default() };
        self.take_over(state).expect("as many weights as the network has");
    }

    /// Stands at `state` from now on.
    fn place(&mut self, state: TabState) {
        let size = state.numbers.len() / vectors::<L>();
        let mut parts = state.numbers.chunks_exact(size).map(<[f32]>::to_vec);
        let mut next = || parts.next().expect("as many as there are");
        self.learner.weights = next();
        self.average = self.average.as_ref().map(|_| next());
        self.learner.moments = [next(), next()];
        self.learner.steps = state.at;
        self.state = state;
    }

    /// What [`TabState::numbers`] are made of.
    fn numbers(&self) -> Vec<f32> {
        let [m, v] = &self.learner.moments;
        let average = self.average.as_deref().unwrap_or_default();
        [&self.learner.weights, average, m, v].concat()
    }

    /// One step, counted from 1; its losses.
    fn step(&mut self, step: usize) -> Vec<f32> {
        let rate = rate_at(self.lesson.rate(), step);
        let losses = self.lesson.step(&mut self.learner, step, rate);
        if let (Some(young), Some(average)) = (L::YOUNG, &mut self.average) {
            let keep = (1.0 + step as f64) / (young + step as f64);
            let [keep, take] = [keep, 1.0 - keep].map(|share| share as f32);
            average.iter_mut().zip(&self.learner.weights).for_each(|(a, w)| *a = *a * keep + w * take);
        }
        losses
    }

    fn probe(&self) -> Vec<f32> {
        self.lesson.probe(self.average.as_ref().unwrap_or(&self.learner.weights))
    }
}
