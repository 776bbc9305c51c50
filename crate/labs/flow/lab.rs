//! The lab as the runtime sees it.

use serde_json::json;

use super::{claims, frames, settings, state::Flowing};
use crate::experiment::{Experiment, Message};
use crate::runtime::{
    error::SessionError,
    fingerprint::Kind,
    frame::Frame,
    lab::{Lab, Proof, Resources},
    readout::Readout,
    selection::Selection,
    status::{Facts, Progress},
};

pub struct Downhill {
    flowing: Flowing,
    /// Chapters that were asked for beside the one at hand.
    measured: usize,
}

#[cfg(test)]
impl Downhill {
    /// With all measured that can be.
    pub fn of(experiment: &Experiment) -> Self {
        Self { flowing: Flowing::open(experiment), measured: claims::CHAPTERS.len() }
    }

    pub fn flowing(&self) -> &Flowing {
        &self.flowing
    }
}

impl Lab for Downhill {
    type Part = ();

    fn open(experiment: &Experiment, _: Resources<'_>) -> Result<Self, SessionError> {
        Ok(Self { flowing: Flowing::open(experiment), measured: 0 })
    }

    fn warnings(&self) -> Vec<Message> {
        self.flowing.settings.warnings.clone()
    }

    fn length(&self) -> usize {
        self.flowing.length()
    }

    fn computed(&self) -> usize {
        self.flowing.computed()
    }

    async fn reach(&mut self, _: usize, k: usize) -> Result<(), SessionError> {
        self.flowing.shake_to(k);
        self.flowing.lead_to(k);
        Ok(())
    }

    fn frame(&self, at: usize, name: &str) -> Result<Frame, SessionError> {
        frames::frame(&self.flowing, at, name)
    }

    fn readouts(&self, at: usize) -> Vec<Readout> {
        claims::all(&self.flowing, at, self.measured)
    }

    fn proof(&self, at: usize) -> Proof {
        Proof { kind: Kind::Picture, numbers: frames::proof(&self.flowing, at) }
    }

    fn tasks(&self, _: usize) -> Vec<(&'static str, Progress)> {
        vec![("chapters", Progress { done: self.measured, total: claims::CHAPTERS.len() })]
    }

    async fn work(&mut self, _: usize, task: &str, n: usize) -> Result<(), SessionError> {
        if task != "chapters" {
            return Err(SessionError::UnknownTask(task.to_owned()));
        }
        self.measured = self.measured.saturating_add(n).min(claims::CHAPTERS.len());
        Ok(())
    }

    fn select(&mut self, selection: &Selection) {
        let (held, typed) = (settings::held(selection), selection.get::<Vec<String>>("expressions"));
        if !held.is_empty() || typed.is_some() {
            self.flowing.hold(&held, typed);
        }
    }

    /// The time that has passed, and what is wrong with a formula.
    fn facts(&self, at: usize) -> Facts {
        let wrong = self
            .flowing
            .settings
            .misread
            .iter()
            .map(|fault| json!({"letter": "f", "at": fault.at, "en": fault.en, "zh": fault.zh}));
        Facts::from([("time", self.flowing.passed(at).into()), ("misread", wrong.collect::<Vec<_>>().into())])
    }
}
