//! The lab under way: two runs of a model, the untouched and the edited, and what is measured of them.

use super::{checks::Checks, network::Network, reading::Reader, runs::Runs, settings::Settings};
use crate::experiment::Message;
use crate::runtime::{error::SessionError, lab::Key};

pub struct Attention {
    pub settings: Settings,
    pub network: Network,
    pub runs: Runs,
    /// Training steps of the model that wrote what was written.
    pub written_with: usize,
    pub checks: Checks,
    /// What each of its parts depends on, in their order.
    pub keys: [Key; 6],
    pub warnings: Vec<Message>,
}

/// The lab at one of its states.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    pub lab: &'a Attention,
    /// T, the characters in sight; none before the prompt was read.
    pub sight: usize,
}

impl Attention {
    pub fn shown(&self, at: usize) -> Shown<'_> {
        let sight = (self.settings.prompt.tokens.len() + at).min(self.runs.read());
        Shown { lab: self, sight }
    }

    /// Writes as much as state `k` shows.
    pub async fn write(&mut self, k: usize) -> Result<(), SessionError> {
        let length = self.settings.prompt.tokens.len() + k;
        let Self { settings, network, runs, .. } = self;
        let reader = Reader { network: network.reader(), settings };
        if self.written_with == network.trained() {
            return runs.extend(length, reader).await;
        }
        // What another network wrote is shown until all of it is written anew.
        let mut anew = Runs::new(settings, runs.calls);
        anew.extend(length, reader).await?;
        (self.runs, self.checks, self.written_with) = (anew, Checks::default(), network.trained());
        Ok(())
    }

    /// Makes `n` checks more of what state `at` shows.
    pub async fn check(&mut self, at: usize, n: usize) -> Result<(), SessionError> {
        if self.runs.read() == 0 || self.written_with != self.network.trained() {
            self.write(at).await?;
        }
        let sight = self.shown(at).sight;
        let Self { settings, network, runs, checks, .. } = self;
        let reader = Reader { network: network.reader(), settings };
        checks.advance(n, sight, runs, network.repeated().as_deref(), reader).await
    }
}
