//! Trains a small network in the page by being pulled.
//!
//! After every readback all that the next step depends on is on the host ([`TabState`]): another engine can go on from
//! there, and a device that is lost takes the steps of one readback with it, no more. A batch belongs to its step, so
//! that n steps are the same steps however they were pulled.

pub mod lesson;
pub mod points;
pub mod probe;
pub mod state;
pub mod text;

use burn::tensor::Tensor;

use super::gradients::Flat;
use super::learner::{Learner, rate_at, vector};
use super::safe::{Safe, TrainingError, ran_away};
use crate::device::read;
use lesson::Lesson;
use state::{TabState, vectors};

/// Steps between two probes.
pub const PROBE_EVERY: usize = 10;

/// A network on its way.
pub struct TabTrainer<L: Lesson> {
    pub lesson: L,
    /// Where the last readback ended.
    state: TabState,
    safe: Safe<TabState>,
    learner: Learner<L::Network>,
    /// θ̄, if that is what is asked.
    average: Option<Flat>,
}

impl<L: Lesson> TabTrainer<L> {
    pub fn new(lesson: L) -> Self {
        let weights = lesson.initial();
        let still = vec![0.0; 2 * weights.len()];
        let numbers = [weights.repeat(vectors::<L>() - 2), still].concat().into();
        let state = TabState { numbers, ..TabState::default() };
        let average = L::YOUNG.map(|_| vector(&weights, lesson.device()));
        let learner = Learner::of(lesson.network(), &weights, lesson.device());
        Self { lesson, safe: Safe::new(0, &state), state, learner, average }
    }

    pub fn state(&self) -> &TabState {
        &self.state
    }

    /// The network as [`state`](Self::state) has it, to be asked: also where the device went on and was not heard of again.
    pub fn network(&self) -> L::Network {
        if self.learner.steps == self.state.at {
            return self.network_on_device();
        }
        let size = self.state.numbers.len() / vectors::<L>();
        let asked = &self.state.numbers[if self.average.is_some() { size } else { 0 }..][..size];
        self.learner.network(vector(asked, self.lesson.device()))
    }

    /// The network after the latest step of the device, whatever the host knows of it.
    fn network_on_device(&self) -> L::Network {
        let weights = self.average.as_ref().unwrap_or(&self.learner.weights);
        self.learner.network(weights.clone())
    }

    /// `n` steps more. If a number ran away, the network goes back to where it was well.
    pub async fn advance(&mut self, n: usize) -> Result<(), TrainingError> {
        let end = self.state.at.saturating_add(n);
        while self.state.at < end {
            self.pull(end - self.state.at, |_| None).await?;
        }
        Ok(())
    }

    /// At most `n` steps, as many as one readback holds; with it comes what `look` asks of the network that they lead to.
    pub async fn pull(
        &mut self,
        n: usize,
        look: impl FnOnce(L::Network) -> Option<Tensor<1>>,
    ) -> Result<Vec<f32>, TrainingError> {
        let n = n.min(L::CHUNK);
        if self.learner.steps != self.state.at {
            // The last readback never came: what the device has done since is unknown to the host.
            self.place(self.state.clone());
        }
        let from = self.state.at;
        let mut probes = Vec::new();
        if from == 0 && self.state.probes.is_empty() {
            probes.extend(self.probe());
        }
        let mut parts = Vec::new();
        for step in from + 1..=from + n {
            parts.push(self.step(step));
            if step.is_multiple_of(PROBE_EVERY) {
                probes.extend(self.probe());
            }
        }
        let probed = probes.len() * self.lesson.probe_size();
        parts.extend(probes);
        parts.extend(self.parts());
        parts.extend(look(self.network_on_device()));
        let mut losses = read(Tensor::cat(parts, 0)).await.map_err(TrainingError::Device)?;
        let mut probes = losses.split_off(L::LOSSES * n);
        let mut numbers = probes.split_off(probed);
        let seen = numbers.split_off(self.state.numbers.len());
        if let Some(step) = ran_away(from, &losses, L::LOSSES, &numbers) {
            let ((back, old), rate) = (self.safe.back().clone(), self.lesson.rate() / 4.0);
            self.place(old);
            return Err(TrainingError::RanAway { step, back, rate });
        }
        self.state.losses.extend(losses);
        self.state.probes.extend(probes);
        (self.state.at, self.state.numbers) = (from + n, numbers.into());
        self.safe.keep(self.state.at, &self.state);
        Ok(seen)
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

    /// Puts device and host at `state`.
    fn place(&mut self, state: TabState) {
        let size = state.numbers.len() / vectors::<L>();
        let mut parts = state.numbers.chunks_exact(size).map(|part| vector(part, self.lesson.device()));
        let mut next = || parts.next().expect("as many as there are");
        self.learner.weights = next();
        self.average = self.average.as_ref().map(|_| next());
        self.learner.moments = [next(), next()];
        self.learner.steps = state.at;
        self.state = state;
    }

    /// What [`TabState::numbers`] are made of, on the device.
    fn parts(&self) -> Vec<Flat> {
        let [m, v] = self.learner.moments.clone();
        [Some(self.learner.weights.clone()), self.average.clone(), Some(m), Some(v)]
            .into_iter()
            .flatten()
            .collect()
    }

    /// One step, counted from 1; its losses stay on the device.
    fn step(&mut self, step: usize) -> Tensor<1> {
        let rate = rate_at(self.lesson.rate(), step);
        let losses = self.lesson.step(&mut self.learner, step, rate);
        if let (Some(young), Some(average)) = (L::YOUNG, &mut self.average) {
            let keep = (1.0 + step as f64) / (young + step as f64);
            *average = average.clone() * keep + self.learner.weights.clone() * (1.0 - keep);
        }
        losses
    }

    fn probe(&self) -> Option<Tensor<1>> {
        self.lesson.probe(&self.network_on_device())
    }
}
