//! The lab as the runtime sees it: its states are the layers of the tower.

use std::rc::Rc;

use serde_json::json;

use super::{
    claims, frames,
    read::Read,
    settings::{self, Source},
    state::Towers,
    trained::{self, Part, Toy},
    twins,
};
use crate::experiment::{Experiment, Message};
use crate::labs::{chosen::chosen, twins::Schooling};
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
use crate::train::twins::done;

/// Masks besides the chosen one.
const OTHERS: usize = 4;

pub struct DecoderOnly {
    towers: Towers,
    schooling: Schooling,
    /// The network whose head it is, where that learnt elsewhere.
    toy: Option<Toy>,
}

impl DecoderOnly {
    /// What was trained in this page has learnt more, if the head is of that.
    fn read_again(&mut self) -> Result<(), SessionError> {
        if self.towers.settings.source == Source::Trained {
            let read = trained::read(&self.towers.experiment, &self.schooling, self.toy.as_ref())?;
            self.towers.read_again(read);
        }
        Ok(())
    }
}

impl Lab for DecoderOnly {
    type Part = Part;

    fn open(experiment: &Experiment, resources: Resources<'_>) -> Result<Self, SessionError> {
        let (schooling, toy) = (twins::schooling(experiment), Toy::of(experiment)?);
        let read = match chosen(experiment, "source") {
            Source::Random => None,
            Source::Model => Some(Read::of(experiment, resources.weights)?),
            Source::Trained => Some(trained::read(experiment, &schooling, toy.as_ref())?),
        };
        Ok(Self { towers: Towers::open(experiment, read), schooling, toy })
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
            "train" => {
                // Also after a failure: then the twins are those of before.
                let outcome = self.schooling.train(n).await;
                self.read_again()?;
                outcome?;
            }
            other => return Err(SessionError::UnknownTask(other.to_owned())),
        }
        Ok(())
    }

    fn share(&mut self, pool: Rc<Pool>) {
        self.schooling.share(pool);
    }

    async fn assist(&self, job: &[u8]) -> Option<Vec<u8>> {
        self.schooling.assist(job).await
    }

    fn parts(&self) -> Vec<(Key, Part)> {
        let twins = (self.schooling.key.clone(), Part::Twins(self.schooling.state()));
        let toy = self.toy.as_ref().map(|toy| (toy.key.clone(), Part::Network(toy.state())));
        toy.into_iter().chain([twins]).collect()
    }

    fn networks(&self) -> Vec<(String, Vec<u8>)> {
        self.schooling.networks()
    }

    fn learned(&self) -> Option<Key> {
        Some(self.schooling.key.clone())
    }

    fn fits(&self, _: &str, part: &Part, giver: Giver) -> bool {
        match (part, &self.toy) {
            (Part::Twins(state), _) => self.schooling.fits(state, giver),
            (Part::Network(state), Some(toy)) => toy.fits(state.as_ref(), giver),
            (Part::Network(_), None) => false,
        }
    }

    fn worth(&self, part: &Part) -> usize {
        match part {
            Part::Twins(state) => done(state),
            Part::Network(state) => state.as_ref().map_or(0, |state| state.at),
        }
    }

    fn take(&mut self, _: &str, part: Part, _: Giver) {
        match (part, &self.toy) {
            (Part::Twins(state), _) => self.schooling.take(state),
            (Part::Network(Some(state)), Some(toy)) => toy.take(state),
            (Part::Network(_), _) => {}
        }
        // Numbers that are not finite do not fit, and a text that could be read can be read again.
        self.read_again().expect("a network that fits reads what the one before it read");
    }

    fn select(&mut self, selection: &Selection) {
        let held = settings::held(selection);
        if !held.is_empty() {
            self.towers.hold(&held);
        }
    }

    /// The sizes of the head: those of a model's are no settings; how long all twins are to be trained; of a head that was trained in this
    /// page for how long, and what is to be found of it where it is kept.
    fn facts(&self, _: usize) -> Facts {
        let settings = &self.towers.settings;
        let mut facts = Facts::from([
            ("positions", json!(settings.n)),
            ("width", json!(settings.d)),
            ("planned", json!(self.schooling.planned())),
        ]);
        if let Some(steps) = self.towers.read.as_ref().and_then(|read| read.steps) {
            facts.insert("head_steps", json!(steps));
        }
        if let Some(toy) = &self.toy {
            let Progress { done, total } = toy.progress();
            facts.insert("lent", json!({ "key": toy.key, "done": done, "total": total }));
        }
        if let Some(broke) = self.schooling.broke_at_rate() {
            facts.insert("broke", broke);
        }
        facts
    }

    /// What the model reads, where there is one.
    fn text(&self, _: usize) -> Option<String> {
        self.towers.read.as_ref().map(|read| read.letters.iter().collect())
    }
}
