//! The lab as the runtime sees it: each state has read twice as many keys as the one before; claims are of the whole text.

use std::cell::RefCell;

use super::{claims, frames, state::Focus};
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

pub struct Concentrating {
    focus: Focus,
    /// Once made: while the text grows they stay what they are.
    claims: RefCell<Option<Vec<Readout>>>,
}

impl Concentrating {
    pub fn of(focus: Focus) -> Self {
        Self { focus, claims: RefCell::default() }
    }
}

impl Lab for Concentrating {
    type Part = ();

    fn open(experiment: &Experiment, _: Resources<'_>) -> Result<Self, SessionError> {
        Ok(Self::of(Focus::open(experiment)))
    }

    fn warnings(&self) -> Vec<Message> {
        self.focus.settings.warnings.clone()
    }

    fn length(&self) -> usize {
        self.focus.settings.length()
    }

    fn frame(&self, at: usize, name: &str) -> Result<Frame, SessionError> {
        frames::frame(&self.focus, at, name)
    }

    fn readouts(&self, _: usize) -> Vec<Readout> {
        let make = || claims::all(&self.focus, self.length());
        self.claims.borrow_mut().get_or_insert_with(make).clone()
    }

    fn proof(&self, at: usize) -> Proof {
        Proof { kind: Kind::Picture, numbers: frames::proof(&self.focus, at) }
    }

    fn tasks(&self, _: usize) -> Vec<(&'static str, Progress)> {
        let done = self.focus.drawn(self.length());
        vec![("draws", Progress { done, total: self.focus.settings.draws })]
    }

    async fn work(&mut self, _: usize, task: &str, n: usize) -> Result<(), SessionError> {
        if task != "draws" {
            return Err(SessionError::UnknownTask(task.to_owned()));
        }
        let whole = self.length();
        self.focus.read_to(whole, self.focus.drawn(whole).saturating_add(n));
        self.claims.take();
        Ok(())
    }

    fn select(&mut self, selection: &Selection) {
        if self.focus.hold(selection) {
            self.claims.take();
        }
    }

    /// How many keys have been read.
    fn facts(&self, at: usize) -> Facts {
        Facts::from([("keys", self.focus.settings.keys(at).into())])
    }
}
