//! The lab as the runtime sees it: each state is a layer deeper than the one before; networks learn as a task of it.

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    claims, frames, lanes,
    settings::{self, View},
    state::Born,
    sweep::{RUNS, Sweep},
};
use crate::experiment::{Experiment, Message};
use crate::labs::twins::Schooling;
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
    small::sublayers::Stacked,
    twins::{TwinsState, done},
};

pub struct Newborn {
    born: Born,
    /// Chapters of claims that were measured beside what is looked at.
    measured: usize,
    schooling: Schooling<Stacked>,
    sweep: Sweep,
}

/// What a session hands over.
#[derive(Clone, Serialize, Deserialize)]
pub enum Part {
    Twins(TwinsState),
    /// The losses of the runs of a sweep.
    Sweep(Rc<Vec<f32>>),
}

impl Newborn {
    fn view(&self) -> View {
        self.born.settings.view
    }
}

impl Lab for Newborn {
    type Part = Part;

    fn open(experiment: &Experiment, _: Resources<'_>) -> Result<Self, SessionError> {
        let (schooling, sweep) = (lanes::schooling(experiment), Sweep::of(experiment));
        Ok(Self { born: Born::open(experiment), measured: 0, schooling, sweep })
    }

    fn warnings(&self) -> Vec<Message> {
        self.born.settings.warnings.clone()
    }

    fn length(&self) -> usize {
        self.born.settings.length()
    }

    fn frame(&self, at: usize, name: &str) -> Result<Frame, SessionError> {
        let trained = match frames::training(&self.schooling, name) {
            // What is not looked at is empty.
            Some(frame) if self.view() != View::Train => Some(Frame::new(frame.name, [0], Vec::new())),
            trained => trained,
        };
        let swept = || match self.view() {
            View::Transfer => frames::sweeping(&self.sweep, name),
            _ => ["sweep", "best_rates", "changes"]
                .into_iter()
                .find(|one| *one == name)
                .map(|name| Frame::new(name, [0], Vec::new())),
        };
        match trained.or_else(swept) {
            Some(frame) => Ok(frame),
            None => frames::frame(&self.born, at, name),
        }
    }

    fn readouts(&self, at: usize) -> Vec<Readout> {
        let mut all = match self.view() {
            View::Train => claims::train::all(&self.born, &self.schooling),
            View::Transfer => claims::transfer::all(&self.sweep),
            View::Signal | View::Truncation | View::Attention | View::Residual => Vec::new(),
        };
        all.extend(claims::all(&self.born, at, self.measured));
        all
    }

    fn proof(&self, at: usize) -> Proof {
        let finite = |x: f32| if x.is_finite() { x } else { -1.0 };
        let numbers = match self.view() {
            View::Train => self.schooling.looks("twin_losses", 0).data.into_iter().map(finite).collect(),
            View::Transfer => self.sweep.changes().iter().flatten().map(|x| finite(*x as f32)).collect(),
            View::Signal | View::Truncation | View::Attention | View::Residual => {
                frames::proof(&self.born, at)
            }
        };
        Proof { kind: Kind::Picture, numbers }
    }

    fn tasks(&self, _: usize) -> Vec<(&'static str, Progress)> {
        let chapters = Progress { done: self.measured, total: claims::CHAPTERS.len() };
        // What is not looked at is not learned either.
        let own = match self.view() {
            View::Train => Some(("train", self.schooling.progress())),
            View::Transfer => Some(("sweep", self.sweep.progress())),
            View::Signal | View::Truncation | View::Attention | View::Residual => None,
        };
        own.into_iter().chain([("chapters", chapters)]).collect()
    }

    async fn work(&mut self, _: usize, task: &str, n: usize) -> Result<(), SessionError> {
        match task {
            "chapters" => self.measured = self.measured.saturating_add(n).min(claims::CHAPTERS.len()),
            "sweep" => self.sweep.run(n.min(RUNS)).await,
            "train" => self.schooling.train(n).await?,
            other => return Err(SessionError::UnknownTask(other.to_owned())),
        }
        Ok(())
    }

    fn share(&mut self, pool: Rc<Pool>) {
        self.schooling.share(pool.clone());
        self.sweep.share(pool);
    }

    async fn assist(&self, job: &[u8]) -> Option<Vec<u8>> {
        match self.view() {
            View::Transfer => self.sweep.assist(job).await,
            _ => self.schooling.assist(job).await,
        }
    }

    fn parts(&self) -> Vec<(Key, Part)> {
        vec![
            (self.schooling.key.clone(), Part::Twins(self.schooling.state())),
            (self.sweep.key().as_str().into(), Part::Sweep(self.sweep.losses.clone())),
        ]
    }

    fn networks(&self) -> Vec<(String, Vec<u8>)> {
        self.schooling.networks()
    }

    fn learned(&self) -> Option<Key> {
        Some(self.schooling.key.clone())
    }

    fn fits(&self, _: &str, part: &Part, giver: Giver) -> bool {
        match part {
            Part::Twins(state) => self.schooling.fits(state, giver),
            Part::Sweep(losses) => losses.len() <= RUNS && losses.iter().all(|loss| *loss > 0.0),
        }
    }

    fn worth(&self, part: &Part) -> usize {
        match part {
            Part::Twins(state) => done(state),
            Part::Sweep(losses) => losses.len(),
        }
    }

    fn take(&mut self, _: &str, part: Part, _: Giver) {
        match part {
            Part::Twins(state) => self.schooling.take(state),
            Part::Sweep(losses) => self.sweep.losses = losses,
        }
    }

    fn select(&mut self, selection: &Selection) {
        let (held, typed) = (settings::held(selection), selection.get::<Vec<String>>("expressions"));
        if !held.is_empty() || typed.is_some() {
            self.born.hold(&held, typed);
            self.measured = 0;
        }
    }

    /// What is wrong with a formula, and how long all networks are to be trained.
    fn facts(&self, _: usize) -> Facts {
        let wrong = self.born.settings.misread.iter();
        let wrong = wrong.map(|fault| json!({"letter": "φ", "at": fault.at, "en": fault.en, "zh": fault.zh}));
        let mut facts = Facts::from([
            ("misread", wrong.collect::<Vec<_>>().into()),
            ("planned", json!(self.schooling.planned())),
        ]);
        if let Some(broke) = self.schooling.broke(|i, _| lanes::told(self.born.experiment(), i)) {
            facts.insert("broke", broke);
        }
        facts
    }
}
