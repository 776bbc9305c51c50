//! The network in training: it appears when it is first needed. All that the lab knows of the trainer stands here.

use serde_json::Value as Json;

use super::{parameters::MOST_TRAINED, settings::Settings};
use crate::device::Device;
use crate::labs::told::Told;
use crate::models::fused_mlp::COUNT;
use crate::runtime::error::SessionError;
use crate::train::tab::{
    lesson::Lesson,
    points::{PointsLesson, PointsOptions, PointsTrainer},
    state::TabState,
};

/// Most steps of one pull.
pub const CHUNK: usize = PointsLesson::CHUNK;

pub struct Training {
    device: Device,
    trainer: Option<PointsTrainer>,
}

impl Training {
    /// Of a network that will learn on `device`.
    pub fn new(device: &Device) -> Self {
        Self { device: device.clone(), trainer: None }
    }

    /// Makes sure that there is a network.
    pub fn ensure_trainer(&mut self, settings: &Settings) -> &mut PointsTrainer {
        let lesson = || PointsLesson::new(options(settings), settings.schedule.clone());
        self.trainer.get_or_insert_with(|| PointsTrainer::new(lesson(), &self.device))
    }

    /// Steps that the network has been trained.
    pub fn trained(&self) -> usize {
        self.trainer.as_ref().map_or(0, |trainer| trainer.state().at)
    }

    /// Steps that are left of `n`: links go no further than [`MOST_TRAINED`].
    pub fn left_of(&self, n: usize) -> usize {
        n.min(MOST_TRAINED.saturating_sub(self.trained()))
    }

    /// The loss of each step.
    pub fn losses(&self) -> &[f32] {
        self.trainer.as_ref().map_or(&[], |trainer| &trainer.state().losses)
    }

    /// The weights of the network as it is now, to be asked.
    pub fn weights(&self) -> Option<&[f32]> {
        self.trainer.as_ref().map(PointsTrainer::weights)
    }

    /// What broke when training failed last, and what would mend it.
    pub fn broke(&self) -> Option<Json> {
        let trainer = self.trainer.as_ref()?;
        let broken = trainer.broken()?;
        Some(Told::of_rate("rate", trainer.lesson.options.rate).json(None, Some(broken)))
    }

    /// What another engine needs to go on; `None` before there is a network.
    pub fn state(&self) -> Option<TabState> {
        self.trainer.as_ref().map(|trainer| trainer.state().clone())
    }

    /// Goes on from another engine's `state`, which [`fits`].
    pub fn take(&mut self, state: TabState, settings: &Settings) {
        let taken = self.ensure_trainer(settings).take_over(state);
        taken.expect("a state that fits is taken over");
    }

    /// A network that begins with `weights`.
    pub fn begin_with(&mut self, weights: &[f32], settings: &Settings) {
        self.ensure_trainer(settings).begin_with(weights);
    }

    /// `n` steps more of a network that is there, at most [`CHUNK`].
    pub async fn pull(&mut self, n: usize) -> Result<(), SessionError> {
        let trainer = self.trainer.as_mut().expect("there is a network");
        let outcome = trainer.pull(n).await;
        outcome.map_err(|error| SessionError::Training(error.into()))
    }
}

/// A name for all that decides the run: equal names, equal runs.
pub fn key(settings: &Settings) -> String {
    options(settings).key(&settings.schedule)
}

/// Whether `state` could be a run of a network like ours.
pub fn fits(state: &TabState) -> bool {
    state.fits::<PointsLesson>(COUNT, 0)
}

fn options(settings: &Settings) -> PointsOptions {
    PointsOptions {
        distribution: settings.taught.clone(),
        batch: settings.batch,
        rate: settings.rate,
        target: settings.target,
        seed: settings.seed,
    }
}
