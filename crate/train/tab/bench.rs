//! Where a network is worked on between two states of its run: on this processor, or on a graphics processor.

#[cfg(feature = "webgpu")]
use super::there::There;
use super::{PROBE_EVERY, lesson::Lesson, state::TabState};
use crate::device::{Device, answer};
use crate::train::learner::{Learner, rate_at};

/// What some steps came to.
pub struct Steps {
    /// Those of each step, one step after another.
    pub losses: Vec<f32>,
    /// What was seen every [`PROBE_EVERY`] steps.
    pub probes: Vec<f32>,
    /// As in [`TabState::numbers`].
    pub numbers: Vec<f32>,
}

pub enum Bench {
    Here(Here),
    #[cfg(feature = "webgpu")]
    There(Box<There>),
}

/// On this processor.
pub struct Here {
    learner: Learner,
    /// θ̄, if that is what is asked.
    average: Option<Vec<f32>>,
}

/// The share of itself that the average keeps at step `step`, if there is one.
pub fn keeps<L: Lesson>(step: usize) -> Option<f64> {
    L::YOUNG.map(|young| (1.0 + step as f64) / (young + step as f64))
}

/// Whether the run of `state` looks before its next step.
pub fn looks_first(state: &TabState) -> bool {
    state.at == 0 && state.probes.is_empty()
}

impl Bench {
    /// On `device`, where `state` is.
    pub fn new<L: Lesson>(lesson: &L, device: &Device, state: &TabState) -> Self {
        match device {
            Device::Cpu => Self::Here(Here::new(lesson, state)),
            #[cfg(feature = "webgpu")]
            Device::Webgpu(gpu) => match lesson.there() {
                Some(network) => Self::There(Box::new(There::new(gpu, network, state))),
                None => Self::Here(Here::new(lesson, state)),
            },
        }
    }

    /// `n` steps after `state`, where it stands; the device is waited for once.
    pub async fn go<L: Lesson>(&mut self, lesson: &L, state: &TabState, n: usize) -> Result<Steps, String> {
        match self {
            Self::Here(here) => {
                let steps = here.go(lesson, state, n);
                answer().await?;
                Ok(steps)
            }
            #[cfg(feature = "webgpu")]
            Self::There(there) => there.go(lesson, state, n).await,
        }
    }
}

impl Here {
    fn new<L: Lesson>(_lesson: &L, state: &TabState) -> Self {
        let size = state.numbers.len() / super::state::vectors::<L>();
        let mut parts = state.numbers.chunks_exact(size).map(<[f32]>::to_vec);
        let mut next = || parts.next().expect("as many as there are");
        let (weights, average) = (next(), L::YOUNG.map(|_| next()));
        Self { learner: Learner { weights, moments: [next(), next()], steps: state.at }, average }
    }

    fn go<L: Lesson>(&mut self, lesson: &L, state: &TabState, n: usize) -> Steps {
        let (mut losses, mut probes) = (Vec::new(), Vec::new());
        if looks_first(state) {
            probes.extend(self.probe(lesson));
        }
        for step in state.at + 1..=state.at + n {
            losses.extend(self.step(lesson, step));
            if step.is_multiple_of(PROBE_EVERY) {
                probes.extend(self.probe(lesson));
            }
        }
        let [m, v] = &self.learner.moments;
        let average = self.average.as_deref().unwrap_or_default();
        Steps { losses, probes, numbers: [&self.learner.weights, average, m, v].concat() }
    }

    /// One step, counted from 1; its losses.
    fn step<L: Lesson>(&mut self, lesson: &L, step: usize) -> Vec<f32> {
        let losses = lesson.step(&mut self.learner, step, rate_at(lesson.rate(), step));
        if let (Some(keep), Some(average)) = (keeps::<L>(step), &mut self.average) {
            let [keep, take] = [keep, 1.0 - keep].map(|share| share as f32);
            average.iter_mut().zip(&self.learner.weights).for_each(|(a, w)| *a = *a * keep + w * take);
        }
        losses
    }

    fn probe<L: Lesson>(&self, lesson: &L) -> Vec<f32> {
        lesson.probe(self.average.as_ref().unwrap_or(&self.learner.weights))
    }
}
