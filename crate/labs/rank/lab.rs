//! The lab as the runtime sees it: its states are the layers of the tower.

use serde_json::json;

use super::{claims, frames, settings, state::Towers, twins};
use crate::experiment::{Experiment, Message};
use crate::labs::twins::Schooling;
use crate::runtime::{
    error::SessionError,
    fingerprint::Kind,
    frame::Frame,
    lab::{Giver, Key, Lab, Proof, Resources},
    readout::Readout,
    selection::Selection,
    status::{Facts, Progress},
};
use crate::train::twins::{TwinsState, done};

/// Masks besides the chosen one.
const OTHERS: usize = 4;

pub struct DecoderOnly {
    towers: Towers,
    schooling: Schooling,
}

impl Lab for DecoderOnly {
    type Part = TwinsState;

    fn open(experiment: &Experiment, resources: Resources<'_>) -> Result<Self, SessionError> {
        let towers = Towers::open(experiment, resources.weights)?;
        Ok(Self { towers, schooling: twins::schooling(experiment) })
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
        match name {
            "twin_losses" => Ok(self.schooling.looks("twin_losses", 0)),
            "twin_rights" => Ok(self.schooling.looks("twin_rights", 1)),
            "twin_pairs" => Ok(self.schooling.pairs()),
            other => frames::frame(&self.towers, at, other),
        }
    }

    fn readouts(&self, at: usize) -> Vec<Readout> {
        let mut all = claims::all(&self.towers, at);
        all.extend(claims::twins::all(&self.towers, &self.schooling));
        all
    }

    fn proof(&self, at: usize) -> Proof {
        Proof { kind: Kind::Picture, numbers: frames::points(&self.towers, at) }
    }

    fn tasks(&self, _: usize) -> Vec<(&'static str, Progress)> {
        vec![
            ("masks", Progress { done: self.towers.measured, total: OTHERS }),
            ("train", self.schooling.progress()),
        ]
    }

    async fn work(&mut self, _: usize, task: &str, n: usize) -> Result<(), SessionError> {
        match task {
            "masks" => (0..n.min(OTHERS)).for_each(|_| self.towers.measure()),
            "train" => self.schooling.train(n)?,
            other => return Err(SessionError::UnknownTask(other.to_owned())),
        }
        Ok(())
    }

    fn parts(&self) -> Vec<(Key, TwinsState)> {
        vec![(self.schooling.key.clone(), self.schooling.state())]
    }

    fn learned(&self) -> Option<Key> {
        Some(self.schooling.key.clone())
    }

    fn fits(&self, _: &str, part: &TwinsState, giver: Giver) -> bool {
        self.schooling.fits(part, giver)
    }

    fn worth(&self, part: &TwinsState) -> usize {
        done(part)
    }

    fn take(&mut self, _: &str, part: TwinsState, _: Giver) {
        self.schooling.take(part);
    }

    fn select(&mut self, selection: &Selection) {
        let held = settings::held(selection);
        if !held.is_empty() {
            self.towers.hold(&held);
        }
    }

    /// The sizes of the head: those of a model's are no settings; and how long all twins are to be trained.
    fn facts(&self, _: usize) -> Facts {
        let settings = &self.towers.settings;
        Facts::from([
            ("positions", json!(settings.n)),
            ("width", json!(settings.d)),
            ("planned", json!(self.schooling.planned())),
        ])
    }

    /// What the model reads, where there is one.
    fn text(&self, _: usize) -> Option<String> {
        self.towers.read.as_ref().map(|read| read.letters.iter().collect())
    }
}
