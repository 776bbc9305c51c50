//! What a lab implements; [`Running`](super::running::Running) makes it a session.

use std::{future::Future, rc::Rc};

use serde::{Serialize, de::DeserializeOwned};

use super::{
    error::SessionError,
    fingerprint,
    frame::Frame,
    pool::Pool,
    readout::Readout,
    selection::Selection,
    status::{Facts, Progress},
};
#[cfg(feature = "networks")]
use crate::device::Device;
use crate::experiment::{Experiment, Message};

/// What a part depends on, as text: equal keys, equal numbers.
pub type Key = Rc<str>;

/// What an engine lends a lab.
#[derive(Clone, Copy)]
pub struct Resources<'a> {
    /// The content of the model's file, of several one after another, where the experiment needs one and it has arrived.
    pub weights: Option<&'a [u8]>,
    #[cfg(feature = "networks")]
    pub device: &'a Device,
}

/// What a fingerprint is made of.
pub struct Proof {
    pub kind: fingerprint::Kind,
    pub numbers: Vec<f32>,
}

/// Who hands parts over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Giver {
    /// The same experiment on another engine: all of it is true here.
    Engine,
    /// A session of other settings: what is true here, too, is taken.
    Edit,
}

/// One implementation a lab. States are numbered 0..=length; `at` is the one shown.
pub trait Lab: Sized + 'static {
    /// Some of what was computed. Cloned after every pull, so bulky numbers stand behind `Rc`.
    type Part: Clone + Serialize + DeserializeOwned + 'static;

    fn open(experiment: &Experiment, resources: Resources<'_>) -> Result<Self, SessionError>;

    /// What of the experiment could not be taken as it stood.
    fn warnings(&self) -> Vec<Message> {
        Vec::new()
    }

    /// The number of the last state; 0 where nothing goes on in steps.
    fn length(&self) -> usize {
        0
    }

    /// The furthest state that can be computed with the resources at hand.
    fn limit(&self) -> usize {
        self.length()
    }

    /// The furthest state that exists already.
    fn computed(&self) -> usize {
        self.length()
    }

    /// Computes what it takes to show state `k`. Until that has been done `at` is shown, and stays showable whatever goes wrong.
    /// By itself nothing: each state is computed where it is looked at.
    fn reach(&mut self, _at: usize, _k: usize) -> impl Future<Output = Result<(), SessionError>> {
        std::future::ready(Ok(()))
    }

    /// The frame called `name` at state `at`, which was reached.
    fn frame(&self, at: usize, name: &str) -> Result<Frame, SessionError>;

    fn readouts(&self, at: usize) -> Vec<Readout>;

    fn proof(&self, at: usize) -> Proof;

    /// All that was computed, each part under the key of what it depends on; also parts of which there is nothing yet. By itself
    /// there are none; a lab that has some says also what fits and how it is taken.
    fn parts(&self) -> Vec<(Key, Self::Part)> {
        Vec::new()
    }

    /// Whether `part`, which has the key `key` of one of this lab's own parts, could be this lab's: sizes, bounds, finite numbers.
    fn fits(&self, _key: &str, _part: &Self::Part, _giver: Giver) -> bool {
        false
    }

    /// The key of what it takes long to learn: worth keeping beyond the session.
    fn learned(&self) -> Option<Key> {
        None
    }

    /// Whether these parts, all of which fit, are enough to show state `at`.
    fn shows(&self, _at: usize, _parts: &[(Key, Self::Part)]) -> bool {
        true
    }

    /// How much was done for `part`, which fits: of two sessions that both have it, an edited one takes the larger.
    fn worth(&self, _part: &Self::Part) -> usize {
        0
    }

    /// Goes on from a part that fits.
    fn take(&mut self, _key: &str, _part: Self::Part, _giver: Giver) {}

    /// What is worked on beside the timeline.
    fn tasks(&self, _at: usize) -> Vec<(&'static str, Progress)> {
        Vec::new()
    }

    /// Advances the task called `task` by at most `n` of its units, while state `at` is shown.
    fn work(&mut self, _at: usize, task: &str, _n: usize) -> impl Future<Output = Result<(), SessionError>> {
        std::future::ready(Err(SessionError::UnknownTask(task.to_owned())))
    }

    /// Cuts from now on, among the workers of `pool`, what can be cut so that no number depends on it.
    fn share(&mut self, _pool: Rc<Pool>) {}

    /// Does what a session of the same experiment asks of this one in another worker; `None` where that cannot be done.
    fn assist(&self, _job: &[u8]) -> impl Future<Output = Option<Vec<u8>>> {
        std::future::ready(None)
    }

    /// The networks that are asked or trained here, as files that PyTorch reads, each under a name of its own; none where there is none yet.
    fn networks(&self) -> Vec<(String, Vec<u8>)> {
        Vec::new()
    }

    /// Takes the network of `file`, which anybody may have written, in place of the one that is here; it begins at no step of training.
    fn bring(&mut self, _file: &[u8]) -> Result<(), SessionError> {
        Err(SessionError::NothingToReplace)
    }

    /// Looks at something else; nothing is computed anew.
    fn select(&mut self, _selection: &Selection) {}

    /// What it has written, for a reader without a page.
    fn text(&self, _at: usize) -> Option<String> {
        None
    }

    fn facts(&self, _at: usize) -> Facts {
        Facts::new()
    }
}
