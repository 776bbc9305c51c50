//! The network in training: it appears when it is first needed. All that the lab knows of the trainer stands here.

use burn::tensor::Tensor;

use super::{parameters::MOST_TRAINED, settings::Settings};
use crate::device::Device;
use crate::models::mlp::Mlp;
use crate::nn::parameters::count;
use crate::runtime::error::SessionError;
use crate::train::tab::{
    lesson::Lesson,
    points::{PointsLesson, PointsOptions, PointsTrainer},
    state::TabState,
};

/// Most steps of one readback.
pub const CHUNK: usize = PointsLesson::CHUNK;

#[derive(Default)]
pub struct Training(Option<PointsTrainer>);

impl Training {
    /// Makes sure that there is a network.
    pub fn ensure_trainer(&mut self, settings: &Settings, device: &Device) -> &mut PointsTrainer {
        let lesson = || PointsLesson::new(options(settings), settings.schedule.clone(), device);
        self.0.get_or_insert_with(|| PointsTrainer::new(lesson()))
    }

    /// Steps that the network has been trained.
    pub fn trained(&self) -> usize {
        self.0.as_ref().map_or(0, |trainer| trainer.state().at)
    }

    /// Steps that are left of `n`: links go no further than [`MOST_TRAINED`].
    pub fn left_of(&self, n: usize) -> usize {
        n.min(MOST_TRAINED.saturating_sub(self.trained()))
    }

    /// The loss of each step.
    pub fn losses(&self) -> &[f32] {
        self.0.as_ref().map_or(&[], |trainer| &trainer.state().losses)
    }

    /// The network as it is now, to be asked.
    pub fn network(&self) -> Option<Mlp> {
        self.0.as_ref().map(PointsTrainer::network)
    }

    /// What another engine needs to go on; `None` before there is a network.
    pub fn state(&self) -> Option<TabState> {
        self.0.as_ref().map(|trainer| trainer.state().clone())
    }

    /// Goes on from another engine's `state`, which [`fits`].
    pub fn take(&mut self, state: TabState, settings: &Settings, device: &Device) {
        let taken = self.ensure_trainer(settings, device).take_over(state);
        taken.expect("a state that fits is taken over");
    }

    /// `n` steps more of a network that is there, at most [`CHUNK`]; with them comes what `look` asks of it then.
    pub async fn pull(
        &mut self,
        n: usize,
        look: impl FnOnce(Mlp) -> Option<Tensor<1>>,
    ) -> Result<Vec<f32>, SessionError> {
        let trainer = self.0.as_mut().expect("there is a network");
        let outcome = trainer.pull(n, look).await;
        outcome.map_err(|error| SessionError::Training(error.into()))
    }
}

/// A name for all that decides the run: equal names, equal runs.
pub fn key(settings: &Settings) -> String {
    options(settings).key(&settings.schedule)
}

/// Whether `state` could be a run of a network like ours.
pub fn fits(state: &TabState, device: &Device) -> bool {
    state.fits::<PointsLesson>(count(&Mlp::new(device)), 0)
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
