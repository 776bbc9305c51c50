//! A network worked on by a graphics processor: all steps and looks of a chunk are under way before the first answer is waited for.

use super::{
    PROBE_EVERY,
    bench::{Steps, keeps, looks_first},
    lesson::Lesson,
    state::TabState,
};
use crate::gpu::device::Gpu;
use crate::gpu::learning::{GpuLearner, STEPS, adam::Pace, tape::Network};
use crate::train::learner::rate_at;

pub struct There(GpuLearner);

/// A submit has the steps from one look to the next.
const _: () = assert!(STEPS == PROBE_EVERY);

impl There {
    pub fn new(gpu: &Gpu, network: Box<dyn Network>, state: &TabState) -> Self {
        Self(GpuLearner::new(gpu, network, &state.numbers, state.at))
    }

    /// See [`Bench::go`](super::bench::Bench::go).
    pub async fn go<L: Lesson>(&mut self, lesson: &L, state: &TabState, n: usize) -> Result<Steps, String> {
        let learner = &self.0;
        learner.ready().await?;
        let looks = lesson.probe_size() > 0;
        let pace =
            |step| Pace { rate: rate_at(lesson.rate(), step), share: 1.0 - keeps::<L>(step).unwrap_or(0.0) };
        let (mut losses, mut probes) = (Vec::new(), Vec::new());
        if looks && looks_first(state) {
            probes.push(learner.look(&lesson.asked())?);
        }
        let (mut at, end) = (state.at, state.at + n);
        while at < end {
            let next = end.min((at / PROBE_EVERY + 1) * PROBE_EVERY);
            let given: Vec<_> = (at + 1..=next).map(|step| lesson.given(step)).collect();
            losses.push(learner.begin(&given, pace)?);
            if looks && next.is_multiple_of(PROBE_EVERY) {
                probes.push(learner.look(&lesson.asked())?);
            }
            at = next;
        }
        let numbers = learner.numbers()?.numbers().await?;
        let mut steps = Steps { losses: Vec::new(), probes: Vec::new(), numbers };
        for call in losses {
            steps.losses.extend(call.numbers().await?);
        }
        for call in probes {
            steps.probes.extend(lesson.seen(&call.numbers().await?));
        }
        Ok(steps)
    }
}
