//! The lab as the runtime sees it.

use super::{
    frames,
    parts::{self, Part},
    readouts,
    settings::Settings,
    state::PointsLab,
};
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
use crate::train::taken;

/// The probe stays in the plane, a little beyond what is shown.
const FARTHEST: f64 = 4.0;

impl Lab for PointsLab {
    type Part = Part;

    fn open(experiment: &Experiment, resources: Resources<'_>) -> Result<Self, SessionError> {
        Ok(PointsLab::open(experiment, resources.device))
    }

    fn warnings(&self) -> Vec<Message> {
        self.plane.settings.warnings.clone()
    }

    fn length(&self) -> usize {
        self.plane.settings.length()
    }

    fn computed(&self) -> usize {
        self.trajectory.states.len() - 1
    }

    async fn reach(&mut self, _at: usize, k: usize) -> Result<(), SessionError> {
        PointsLab::reach(self, k).await
    }

    fn frame(&self, at: usize, name: &str) -> Result<Frame, SessionError> {
        frames::frame(self, at, name)
    }

    fn readouts(&self, at: usize) -> Vec<Readout> {
        readouts::all(self, at)
    }

    fn proof(&self, at: usize) -> Proof {
        Proof { kind: Kind::Picture, numbers: self.trajectory.states[at].to_vec() }
    }

    fn parts(&self) -> Vec<(Key, Part)> {
        parts::all(self)
    }

    fn learned(&self) -> Option<Key> {
        Some(self.names.training.clone())
    }

    fn networks(&self) -> Vec<(String, Vec<u8>)> {
        let Settings { target, schedule, .. } = &self.plane.settings;
        let file = |weights| taken::mlp(weights, self.training.trained(), *target, schedule);
        self.training.weights().map(|weights| ("network".to_owned(), file(weights))).into_iter().collect()
    }

    fn bring(&mut self, file: &[u8]) -> Result<(), SessionError> {
        let brought = taken::mlp_brought(file, self.plane.settings.target);
        let weights = brought.map_err(|error| SessionError::BadWeights(error.into()))?;
        self.begin_with(&weights);
        Ok(())
    }

    fn fits(&self, key: &str, part: &Part, giver: Giver) -> bool {
        parts::fits(self, key, part, giver)
    }

    fn worth(&self, part: &Part) -> usize {
        parts::worth(self, part)
    }

    fn take(&mut self, _key: &str, part: Part, giver: Giver) {
        parts::take(self, part, giver);
    }

    fn tasks(&self, _at: usize) -> Vec<(&'static str, Progress)> {
        let done = self.training.trained();
        let training = Progress { done, total: self.plane.settings.trained.max(done) };
        vec![("train", training), ("claims", self.claims.progress()), ("race", self.race.progress())]
    }

    async fn work(&mut self, _at: usize, task: &str, n: usize) -> Result<(), SessionError> {
        match task {
            "train" => self.train(n).await,
            "claims" => self.claims.advance(n).await,
            "race" => self.race.advance(n, &self.plane).await,
            other => Err(SessionError::UnknownTask(other.to_owned())),
        }
    }

    fn select(&mut self, selection: &Selection) {
        let place = selection.get::<[f64; 2]>("probe").filter(|place| place.iter().all(|x| x.is_finite()));
        if let Some(place) = place {
            self.plane.settings.probe = place.map(|x| x.clamp(-FARTHEST, FARTHEST));
        }
    }

    fn facts(&self, at: usize) -> Facts {
        let settings = &self.plane.settings;
        let falls = settings.falls_first && at <= settings.demolished();
        let mut facts = Facts::from([
            ("phase", if falls { "demolish" } else { "rebuild" }.into()),
            ("t", settings.time(at).into()),
            ("calls", self.trajectory.calls.into()),
        ]);
        if let Some(broke) = self.training.broke() {
            facts.insert("broke", broke);
        }
        facts
    }
}
