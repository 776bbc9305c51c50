//! The network in training: it appears when it is first needed. All that the lab knows of the trainer stands here.

use super::settings::Settings;
use crate::device::Device;
use crate::models::mlp::Mlp;
use crate::nn::parameters::count;
use crate::runtime::{all_finite, error::SessionError};
use crate::train::points::{PointsOptions, PointsState, PointsTrainer};

/// Training steps between two readbacks.
pub const CHUNK: usize = 50;
/// Training ends here: links go no further.
pub const MOST_TRAINED: usize = 20_000;
/// Weights, averaged weights and Adam's two moments.
const VECTORS: usize = 4;

/// A run between two pulls.
pub type State = PointsState;

#[derive(Default)]
pub struct Training(Option<PointsTrainer>);

impl Training {
    /// Makes sure that there is a network.
    pub fn ensure_trainer(&mut self, settings: &Settings, device: &Device) -> &mut PointsTrainer {
        self.0.get_or_insert_with(|| PointsTrainer::new(options(settings), settings.schedule.clone(), device))
    }

    /// Steps that the network has been trained.
    pub fn trained(&self) -> usize {
        self.0.as_ref().map_or(0, |trainer| trainer.state().at)
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
    pub fn state(&self) -> Option<State> {
        self.0.as_ref().map(|trainer| trainer.state().clone())
    }

    /// Goes on from another engine's `state`, which [`fits`].
    pub fn take(&mut self, state: State, settings: &Settings, device: &Device) {
        let taken = self.ensure_trainer(settings, device).take_over(state);
        taken.expect("a state that fits is taken over");
    }

    /// At most `n` steps more and at most [`CHUNK`], with one readback, of a network that is there.
    pub async fn advance(&mut self, n: usize) -> Result<(), SessionError> {
        let trainer = self.0.as_mut().expect("there is a network");
        trainer.advance(n.min(CHUNK)).await.map_err(|error| SessionError::Training(Box::new(error)))
    }
}

/// A name for all that decides the run: equal names, equal runs.
pub fn identity(settings: &Settings) -> String {
    PointsTrainer::identity(&options(settings), &settings.schedule)
}

/// Whether `state` is a run of a network like ours.
pub fn fits(state: &State, device: &Device) -> bool {
    let PointsState { at, losses, numbers } = state;
    let size = VECTORS * count(&Mlp::new(device));
    losses.len() == *at && numbers.len() == size && all_finite(losses) && all_finite(numbers)
}

fn options(settings: &Settings) -> PointsOptions {
    PointsOptions {
        law: settings.taught.clone(),
        batch: settings.batch,
        rate: settings.rate,
        target: settings.target,
        seed: settings.seed,
    }
}
