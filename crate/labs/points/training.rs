//! Training within a session: the network appears when it is first needed and is asked as it is now.

use super::{
    denoiser::Denoiser, parameters::MOST_TRAINED, session::PointsSession, settings::DenoiserKind, sketch,
};
use crate::labs::race::Race;
use crate::runtime::error::SessionError;
use crate::train::tab::points::{PointsLesson, PointsTrainer};

/// Training steps between two sketches.
const SKETCH_EVERY: usize = 32;

impl PointsSession {
    /// Makes sure that there is a network.
    pub(super) fn ensure_trainer(&mut self) {
        if self.trainer.is_none() {
            let (options, schedule) = (self.settings.training.clone(), self.settings.schedule.clone());
            let lesson = PointsLesson::new(options, schedule, &self.device);
            self.trainer = Some(PointsTrainer::new(lesson));
        }
        self.ask_anew();
    }

    /// Asks the network as it is now from here on.
    fn ask_anew(&mut self) {
        self.learned = self.trainer.as_ref().map(|t| Denoiser::learned(t.network(), &self.settings));
    }

    /// Steps that the network has been trained.
    pub(super) fn trained(&self) -> usize {
        self.trainer.as_ref().map_or(0, |trainer| trainer.state().at)
    }

    /// Trains `n` steps more.
    pub(super) async fn train(&mut self, n: usize) -> Result<(), SessionError> {
        self.ensure_trainer();
        let before = self.trained();
        let trainer = self.trainer.as_mut().expect("a trainer");
        let outcome = trainer.advance(n.min(MOST_TRAINED.saturating_sub(before))).await;
        // What the network of before said is no more; the states stay until others are asked for.
        self.ask_anew();
        self.probe = None;
        if self.settings.denoiser == DenoiserKind::Learned {
            self.race = Race::new(&self.experiment, &self.settings.schedule);
        }
        outcome.map_err(|error| SessionError::Training(error.into()))?;
        if self.sketch.is_none() || before / SKETCH_EVERY != self.trained() / SKETCH_EVERY {
            let learned = self.learned.as_ref().expect("a trainer");
            self.sketch = Some(sketch::sketch(&self.settings, learned, &self.device).await?);
        }
        Ok(())
    }
}
