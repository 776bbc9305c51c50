//! The lab as the runtime sees it: its states are the layers of the tower.

use serde_json::json;

use super::{claims, frames, settings, state::Towers};
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

/// Masks besides the chosen one.
const OTHERS: usize = 4;

pub struct DecoderOnly {
    towers: Towers,
}

impl Lab for DecoderOnly {
    type Part = ();

    fn open(experiment: &Experiment, resources: Resources<'_>) -> Result<Self, SessionError> {
        Ok(Self { towers: Towers::open(experiment, resources.weights)? })
    }

    fn warnings(&self) -> Vec<Message> {
        self.towers.read.as_ref().map_or_else(Vec::new, |read| read.warnings.clone())
    }

    fn length(&self) -> usize {
        self.towers.settings.layers
    }

    fn computed(&self) -> usize {
        self.towers.now().built()
    }

    async fn reach(&mut self, _: usize, k: usize) -> Result<(), SessionError> {
        self.towers.now().build(&self.towers.settings, k);
        Ok(())
    }

    fn frame(&self, at: usize, name: &str) -> Result<Frame, SessionError> {
        frames::frame(&self.towers, at, name)
    }

    fn readouts(&self, at: usize) -> Vec<Readout> {
        claims::all(&self.towers, at)
    }

    fn proof(&self, at: usize) -> Proof {
        Proof { kind: Kind::Picture, numbers: frames::points(&self.towers, at) }
    }

    fn tasks(&self, _: usize) -> Vec<(&'static str, Progress)> {
        vec![("masks", Progress { done: self.towers.measured, total: OTHERS })]
    }

    async fn work(&mut self, _: usize, task: &str, n: usize) -> Result<(), SessionError> {
        if task != "masks" {
            return Err(SessionError::UnknownTask(task.to_owned()));
        }
        (0..n.min(OTHERS)).for_each(|_| self.towers.measure());
        Ok(())
    }

    fn select(&mut self, selection: &Selection) {
        let held = settings::held(selection);
        if !held.is_empty() {
            self.towers.hold(&held);
        }
    }

    /// The sizes of the head: those of a model's are no settings.
    fn facts(&self, _: usize) -> Facts {
        let settings = &self.towers.settings;
        Facts::from([("positions", json!(settings.n)), ("width", json!(settings.d))])
    }

    /// What the model reads, where there is one.
    fn text(&self, _: usize) -> Option<String> {
        self.towers.read.as_ref().map(|read| read.letters.iter().collect())
    }
}
