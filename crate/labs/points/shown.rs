//! Maps of the state shown that need a device: frames cannot wait for one.

use super::{fields, session::PointsSession, settings::DenoiserKind};
use crate::runtime::error::SessionError;

/// What was computed for the state shown, and is no more than that.
#[derive(Default)]
pub struct Shown {
    /// The state, and the training steps of the network.
    of: Option<(usize, usize)>,
    /// Scores of a learned denoiser, [24, 24, 2].
    pub field: Option<Vec<f32>>,
    /// [64, 64]
    pub error: Option<Vec<f32>>,
}

impl PointsSession {
    /// The maps that belong to the state shown and need a device.
    pub(super) async fn map(&mut self) -> Result<(), SessionError> {
        let of = Some((self.at, self.trained()));
        if self.shown.of == of {
            return Ok(());
        }
        let level = self.settings.noisy_level(self.at);
        if self.settings.draws_error && self.learned.is_none() {
            self.ensure_trainer();
        }
        let mut shown = Shown { of, ..Shown::default() };
        if let Some(learned) = &self.learned {
            if self.settings.denoiser == DenoiserKind::Learned {
                shown.field = Some(fields::scores(learned, level, &self.device).await?);
            }
            if self.settings.draws_error {
                shown.error = Some(fields::error(learned, &self.exact, level, &self.device).await?);
            }
        }
        self.shown = shown;
        Ok(())
    }
}
