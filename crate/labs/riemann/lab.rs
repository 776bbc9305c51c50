//! The lab as the runtime sees it.

use serde_json::json;

use super::{
    ask, curves, frames,
    readouts::{self, INSTRUMENTS},
    settings::{Misread, Tool},
    state::{Riemann, STEPS},
    trouble,
};
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

/// Places that a fingerprint is made of.
const PROVED: usize = 64;

impl Lab for Riemann {
    type Part = ();

    fn open(experiment: &Experiment, _: Resources<'_>) -> Result<Self, SessionError> {
        Ok(Riemann::open(experiment))
    }

    fn warnings(&self) -> Vec<Message> {
        self.settings.warnings.clone()
    }

    fn length(&self) -> usize {
        STEPS
    }

    fn frame(&self, at: usize, name: &str) -> Result<Frame, SessionError> {
        frames::frame(self, at, name)
    }

    fn readouts(&self, _: usize) -> Vec<Readout> {
        readouts::all(self)
    }

    /// The walk up to the state shown, and the curvature there.
    fn proof(&self, at: usize) -> Proof {
        let mut numbers: Vec<f32> =
            curves::path(self, PROVED).into_iter().flat_map(|row| [row[0], row[1]]).collect();
        numbers.extend(curves::ant(self, at).into_iter().filter(|x| x.is_finite()));
        Proof { kind: Kind::Picture, numbers }
    }

    fn tasks(&self, _: usize) -> Vec<(&'static str, Progress)> {
        vec![("instruments", Progress { done: self.measured, total: INSTRUMENTS.len() })]
    }

    async fn work(&mut self, _: usize, task: &str, n: usize) -> Result<(), SessionError> {
        if task != "instruments" {
            return Err(SessionError::UnknownTask(task.to_owned()));
        }
        self.measured = self.measured.saturating_add(n).min(INSTRUMENTS.len());
        Ok(())
    }

    fn select(&mut self, selection: &Selection) {
        ask::take(self, selection);
    }

    /// What stands in the way, and what else the page says: s, where neighbours meet, which formulas are wrong where.
    fn facts(&self, at: usize) -> Facts {
        let sentence = |[en, zh]: trouble::Sentence| json!({"en": en, "zh": zh});
        let settings = &self.settings;
        let walk = self.walk();
        let stop = match walk {
            Ok(walk) => walk.stop.as_ref().map(trouble::stopped),
            Err(trouble) => Some(trouble::nowhere(settings.ant, trouble)),
        };
        // What a loop encloses: the turn over it becomes K when the loop shrinks.
        let carried = (settings.tool == Tool::Loop).then(|| self.drawn().carried()).flatten();
        let enclosed = carried.and_then(|carried| carried.inside).map(|[.., area]| area);
        let wrong = |one: &Misread| {
            let message = trouble::misread(one);
            json!({"letter": one.letter, "at": one.fault.at, "en": message.en, "zh": message.zh})
        };
        Facts::from([
            ("s", self.reached(at).into()),
            ("stands", walk.is_ok().into()),
            ("stop", stop.map_or(json!(null), sentence)),
            ("conjugate", walk.ok().and_then(|walk| walk.conjugate()).into()),
            ("enclosed", enclosed.into()),
            ("formulas", json!(settings.written())),
            ("start", json!([settings.ant[0], settings.ant[1], settings.heading])),
            ("misread", settings.misread.iter().map(wrong).collect::<Vec<_>>().into()),
        ])
    }
}
