//! The lab as the runtime sees it: each state is a text a fifth longer than the one before, from the length of training on.

use std::rc::Rc;

use super::{
    claims, frames,
    measured::{self, Measured, Part},
    own::{Own, own},
    settings::View,
    shown,
    state::Stretch,
    twins,
};
use crate::experiment::{Experiment, Message};
use crate::labs::twins::Schooling;
use crate::math::digest::sha256;
use crate::runtime::{
    error::SessionError,
    fingerprint::Kind,
    frame::Frame,
    lab::{Giver, Key, Lab, Proof, Resources},
    pool::Pool,
    readout::Readout,
    selection::Selection,
    status::{Facts, Progress},
};
use crate::train::{
    small::{
        Lesson,
        reader::{BINS, Reader},
    },
    twins::done,
};

/// Frames of networks that are trained here.
const TWINS: [&str; 4] = ["twin_losses", "twin_rights", "twin_pairs", "twin_places"];

pub struct Stretching {
    lab: Stretch,
    /// Networks that ship, where they are looked at.
    measured: Measured,
    /// Networks that are trained here, where they are.
    schooling: Option<Schooling<Reader>>,
    /// What guessing costs of the text that they learn from; see [`crate::data::letters::Letters::guess`].
    guess: [f64; 2],
    /// What is to be said of the visitor's text.
    warning: Option<Message>,
}

impl Stretching {
    /// Without networks: the views of mathematics.
    pub fn of(lab: Stretch) -> Self {
        Self { lab, measured: Measured::default(), schooling: None, guess: [0.0; 2], warning: None }
    }

    fn twin_frame(&self, name: &'static str) -> Frame {
        match (&self.schooling, name) {
            (None, _) => Frame::new(name, [0, 0, 0], Vec::new()),
            (Some(schooling), "twin_losses") => schooling.looks(name, 0),
            (Some(schooling), "twin_rights") => schooling.looks(name, 1),
            (Some(schooling), "twin_pairs") => schooling.pairs(),
            (Some(schooling), _) => schooling.latest(name, Reader::MEASURES - BINS..Reader::MEASURES),
        }
    }
}

impl Lab for Stretching {
    type Part = Part;

    fn open(experiment: &Experiment, resources: Resources<'_>) -> Result<Self, SessionError> {
        let mut all = Self::of(Stretch::open(experiment));
        let view = all.lab.settings.view;
        if !matches!(view, View::Measured | View::Train) {
            return Ok(all);
        }
        let shipped = measured::text(resources.weights)?;
        let Own { letters, warning } = own(experiment, view, &shipped);
        all.warning = warning;
        // Equal texts, equal names.
        let name = match (&letters, &experiment.inputs.text) {
            (Some(_), Some(text)) => format!(" of {}", sha256(text)),
            _ => String::new(),
        };
        let letters = letters.unwrap_or(shipped);
        match view {
            View::Measured => {
                all.measured = Measured::open(&all.lab.settings, resources.weights, letters, &name)?;
            }
            _ => {
                all.guess = letters.guess();
                all.schooling = Some(twins::schooling(experiment, letters, &name));
            }
        }
        Ok(all)
    }

    fn warnings(&self) -> Vec<Message> {
        self.warning.iter().cloned().collect()
    }

    fn length(&self) -> usize {
        self.lab.settings.last()
    }

    fn frame(&self, at: usize, name: &str) -> Result<Frame, SessionError> {
        if let Some(name) = TWINS.into_iter().find(|one| *one == name) {
            return Ok(self.twin_frame(name));
        }
        let settings = &self.lab.settings;
        match shown::frame(&self.measured, settings, settings.tokens(at), name) {
            Some(frame) => Ok(frame),
            None => frames::frame(&self.lab, at, name),
        }
    }

    fn readouts(&self, at: usize) -> Vec<Readout> {
        match self.lab.settings.view {
            View::Measured => claims::measured::all(&self.measured),
            View::Train => {
                let all = |one| claims::trained::all(&self.lab.settings.lanes, one, self.guess);
                self.schooling.as_ref().map_or_else(Vec::new, all)
            }
            _ => claims::all(&self.lab, at),
        }
    }

    fn proof(&self, at: usize) -> Proof {
        Proof { kind: Kind::Picture, numbers: frames::proof(&self.lab, at) }
    }

    fn tasks(&self, _: usize) -> Vec<(&'static str, Progress)> {
        let read = (self.lab.settings.view == View::Measured).then(|| ("read", self.measured.progress()));
        let train = self.schooling.as_ref().map(|schooling| ("train", schooling.progress()));
        read.into_iter().chain(train).collect()
    }

    async fn work(&mut self, _: usize, task: &str, n: usize) -> Result<(), SessionError> {
        match (task, &mut self.schooling) {
            ("read", _) => self.measured.work(n).await,
            ("train", Some(schooling)) => schooling.train(n).await?,
            ("train", None) => {}
            (other, _) => return Err(SessionError::UnknownTask(other.to_owned())),
        }
        Ok(())
    }

    fn share(&mut self, pool: Rc<Pool>) {
        self.measured.share(pool.clone());
        if let Some(schooling) = &mut self.schooling {
            schooling.share(pool);
        }
    }

    async fn assist(&self, job: &[u8]) -> Option<Vec<u8>> {
        match &self.schooling {
            Some(schooling) => schooling.assist(job).await,
            None => self.measured.assist(job).await,
        }
    }

    fn parts(&self) -> Vec<(Key, Part)> {
        let mut all = self.measured.parts();
        all.extend(self.schooling.as_ref().map(|one| (one.key.clone(), Part::Twins(one.state()))));
        all
    }

    fn networks(&self) -> Vec<(String, Vec<u8>)> {
        self.schooling.as_ref().map_or_else(Vec::new, Schooling::networks)
    }

    fn learned(&self) -> Option<Key> {
        self.schooling.as_ref().map(|schooling| schooling.key.clone())
    }

    fn fits(&self, key: &str, part: &Part, giver: Giver) -> bool {
        match part {
            Part::Reading(reading) => self.measured.fits(key, reading),
            Part::Twins(state) => self.schooling.as_ref().is_some_and(|one| one.fits(state, giver)),
        }
    }

    fn worth(&self, part: &Part) -> usize {
        match part {
            Part::Reading(reading) => reading.texts,
            Part::Twins(state) => done(state),
        }
    }

    fn take(&mut self, key: &str, part: Part, _: Giver) {
        match (part, &mut self.schooling) {
            (Part::Reading(reading), _) => self.measured.take(key, &reading),
            (Part::Twins(state), Some(schooling)) => schooling.take(state),
            (Part::Twins(_), None) => {}
        }
    }

    fn select(&mut self, selection: &Selection) {
        self.lab.hold(selection);
    }

    /// How many tokens the text has, how what is read begins, and how long all networks are to be trained.
    fn facts(&self, at: usize) -> Facts {
        let mut facts = Facts::from([("tokens", self.lab.settings.tokens(at).into())]);
        if self.lab.settings.view == View::Measured {
            facts.insert("text", self.measured.beginning().into());
        }
        if let Some(schooling) = &self.schooling {
            facts.insert("planned", schooling.planned().into());
            if let Some(broke) = schooling.broke_at_rate() {
                facts.insert("broke", broke);
            }
        }
        facts
    }
}
