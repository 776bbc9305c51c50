//! The lab as the runtime sees it: each state has read twice as many keys as the one before.

use super::{claims, frames, state::Focus};
use crate::experiment::{Experiment, Message};
use crate::runtime::{
    error::SessionError,
    fingerprint::Kind,
    frame::Frame,
    lab::{Giver, Key, Lab, Proof, Resources},
    readout::Readout,
    selection::Selection,
    status::{Facts, Progress},
};

pub struct Concentrating(Focus);

impl Lab for Concentrating {
    type Part = ();

    fn open(experiment: &Experiment, _: Resources<'_>) -> Result<Self, SessionError> {
        Ok(Self(Focus::open(experiment)))
    }

    fn warnings(&self) -> Vec<Message> {
        self.0.settings.warnings.clone()
    }

    fn length(&self) -> usize {
        self.0.settings.length()
    }

    async fn reach(&mut self, _: usize, _: usize) -> Result<(), SessionError> {
        Ok(())
    }

    fn frame(&self, at: usize, name: &str) -> Result<Frame, SessionError> {
        frames::frame(&self.0, at, name)
    }

    fn readouts(&self, at: usize) -> Vec<Readout> {
        claims::all(&self.0, at)
    }

    fn proof(&self, at: usize) -> Proof {
        Proof { kind: Kind::Picture, numbers: frames::proof(&self.0, at) }
    }

    fn parts(&self) -> Vec<(Key, ())> {
        Vec::new()
    }

    fn fits(&self, _: &str, _: &(), _: Giver) -> bool {
        false
    }

    fn take(&mut self, _: &str, _: (), _: Giver) {}

    fn tasks(&self, at: usize) -> Vec<(&'static str, Progress)> {
        vec![("draws", Progress { done: self.0.drawn(at), total: self.0.settings.draws })]
    }

    async fn work(&mut self, at: usize, task: &str, n: usize) -> Result<(), SessionError> {
        if task != "draws" {
            return Err(SessionError::UnknownTask(task.to_owned()));
        }
        self.0.read_to(at, self.0.drawn(at).saturating_add(n));
        Ok(())
    }

    fn select(&mut self, selection: &Selection) {
        self.0.hold(selection);
    }

    /// How many keys have been read.
    fn facts(&self, at: usize) -> Facts {
        Facts::from([("keys", self.0.settings.keys(at).into())])
    }
}
