//! The lab as the runtime sees it: each state is a layer deeper than the one before.

use serde_json::json;

use super::{claims, frames, settings, state::Born};
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

pub struct Newborn {
    born: Born,
    /// Chapters of claims that were measured beside what is looked at.
    measured: usize,
}

impl Lab for Newborn {
    type Part = ();

    fn open(experiment: &Experiment, _: Resources<'_>) -> Result<Self, SessionError> {
        Ok(Self { born: Born::open(experiment), measured: 0 })
    }

    fn warnings(&self) -> Vec<Message> {
        self.born.settings.warnings.clone()
    }

    fn length(&self) -> usize {
        self.born.settings.length()
    }

    fn frame(&self, at: usize, name: &str) -> Result<Frame, SessionError> {
        frames::frame(&self.born, at, name)
    }

    fn readouts(&self, at: usize) -> Vec<Readout> {
        claims::all(&self.born, at, self.measured)
    }

    fn proof(&self, at: usize) -> Proof {
        Proof { kind: Kind::Picture, numbers: frames::proof(&self.born, at) }
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
            self.born.hold(&held, typed);
            self.measured = 0;
        }
    }

    /// What is wrong with a formula.
    fn facts(&self, _: usize) -> Facts {
        let wrong = self.born.settings.misread.iter();
        let wrong = wrong.map(|fault| json!({"letter": "φ", "at": fault.at, "en": fault.en, "zh": fault.zh}));
        Facts::from([("misread", wrong.collect::<Vec<_>>().into())])
    }
}
