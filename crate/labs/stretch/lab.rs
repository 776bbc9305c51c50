//! The lab as the runtime sees it: each state is a text a fifth longer than the one before, from the length of training on.

use super::{claims, frames, state::Stretch};
use crate::experiment::Experiment;
use crate::runtime::{
    error::SessionError,
    fingerprint::Kind,
    frame::Frame,
    lab::{Lab, Proof, Resources},
    readout::Readout,
    selection::Selection,
    status::Facts,
};

pub struct Stretching(Stretch);

impl Lab for Stretching {
    type Part = ();

    fn open(experiment: &Experiment, _: Resources<'_>) -> Result<Self, SessionError> {
        Ok(Self(Stretch::open(experiment)))
    }

    fn length(&self) -> usize {
        self.0.settings.last()
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

    fn select(&mut self, selection: &Selection) {
        self.0.hold(selection);
    }

    /// How many tokens the text has.
    fn facts(&self, at: usize) -> Facts {
        Facts::from([("tokens", self.0.settings.tokens(at).into())])
    }
}
