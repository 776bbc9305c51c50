//! What every session can do. It is pulled: it starts nothing by itself.

use std::{collections::BTreeMap, future::Future, pin::Pin};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{frame::Frame, readout::Readout};
use crate::experiment::{Message, link};
use crate::train::{checkpoint::CheckpointError, points::TrainingError};

/// The answer to a pull that may have to wait for the device.
pub type Pull<'a> = Pin<Box<dyn Future<Output = Result<(), SessionError>> + 'a>>;

/// What a user, a damaged file or a device can make go wrong.
#[derive(Debug, Error)]
pub enum SessionError {
    #[error("this lab needs the model \"{0}\" and was opened without its weights")]
    NoWeights(&'static str),
    #[error("the model's weights cannot be used: {0}")]
    BadWeights(#[from] CheckpointError),
    #[error("the file holds a model of other pictures than the {0} of this lab")]
    WrongModel(&'static str),
    #[error("{what} became {value} at t = {time}; go back a step, or lower the guidance or the slope")]
    NotFinite { what: &'static str, value: f32, time: usize },
    #[error(
        "the model's numbers became {value} at character {position}; take back the last intervention, or train at a lower rate"
    )]
    Unreadable { value: f32, position: usize },
    #[error(transparent)]
    Training(#[from] TrainingError),
    #[error("the device gave no numbers back: {0}")]
    Device(String),
    #[error("there is no frame called \"{0}\"")]
    UnknownFrame(String),
    #[error("the frame \"{frame}\" is made while the view is \"{view}\"")]
    OtherView { frame: &'static str, view: &'static str },
    #[error("this lab has no task called \"{0}\"")]
    UnknownTask(String),
    #[error("the handed-over trajectory belongs to another experiment or is damaged")]
    ForeignSnapshot,
}

/// Where a session stands.
#[derive(Clone, Debug, Serialize)]
pub struct Status {
    /// The state shown, 0..=length.
    pub at: usize,
    pub length: usize,
    /// Characters that a language model read before it wrote; 0 where nothing is written.
    pub prompt: usize,
    /// Most characters that it can hold in mind; 0 where nothing is written.
    pub context: usize,
    /// Whether the layers of the model have an MLP beside attention.
    pub mlp: bool,
    /// The furthest state that exists already.
    pub computed: usize,
    pub phase: &'static str,
    /// Diffusion time of the state shown.
    pub t: usize,
    /// Network calls made so far.
    pub calls: usize,
    pub warnings: Vec<Message>,
    /// What is worked on beside the timeline, by name.
    pub tasks: BTreeMap<&'static str, Progress>,
    /// The trunk, then the forks that could be made; empty where a lab knows no forks.
    pub tracks: Vec<TrackInfo>,
}

/// A track: what is seen of it from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TrackInfo {
    /// The track that it leaves, a place in [`Status::tracks`].
    pub parent: usize,
    /// The state from which on it differs.
    pub at: usize,
    /// The fork of the experiment that it is, counted from 1; 0 is the trunk.
    pub fork: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Progress {
    pub done: usize,
    pub total: usize,
}

/// What a visitor does to a running session.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Edit {
    /// Show another sample; nothing is computed anew.
    pub select: Option<usize>,
    /// Show another track: 0 is the trunk, j the j-th fork.
    pub track: Option<usize>,
    /// Start the probe elsewhere in the plane.
    pub probe: Option<[f64; 2]>,
    /// Look at another attention head: (layer, head), counted from 1.
    pub head: Option<[usize; 2]>,
    /// Look at another position, counted from 1; 0 is the newest.
    pub token: Option<usize>,
}

/// What the fingerprint of a link says about the result here.
#[derive(Clone, Debug, Serialize)]
pub struct Comparison {
    pub verdict: Agreement,
    /// Estimated root mean square difference of the picture.
    pub rms: Option<f64>,
    pub tolerance: f64,
    pub message: Message,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Agreement {
    Exact,
    Close,
    Differs,
    Unreadable,
}

/// An experiment under way.
pub trait Session {
    fn status(&self) -> Status;
    /// Moves `n` states on, computing what is not there yet; stops at the end.
    fn step(&mut self, n: usize) -> Pull<'_>;
    /// Moves to state `k`; back is exact and instant.
    fn seek(&mut self, k: usize) -> Pull<'_>;
    fn act(&mut self, edit: &Edit);
    /// Advances the task called `task` (a key of [`Status::tasks`]) by at most `n` of its units.
    fn work(&mut self, task: &str, n: usize) -> Pull<'_>;
    fn frame(&self, name: &str) -> Result<Frame, SessionError>;
    fn readouts(&self) -> Vec<Readout>;
    /// What it has written, for a reader without a page.
    fn text(&self) -> Option<String> {
        None
    }
    /// A short proof of the picture shown.
    fn fingerprint(&self) -> String;
    fn compare(&self, check: &str) -> Comparison;
    /// All that was computed, for another engine to go on with.
    fn snapshot(&self) -> Vec<u8>;
    fn adopt(&mut self, snapshot: &[u8]) -> Result<(), SessionError>;
    /// What a session of changed settings may still use of this one.
    fn estate(&self) -> Option<Vec<u8>> {
        Some(self.snapshot())
    }
    /// Takes over what is still true of the `estate` of an earlier session of this lab, and nothing else.
    fn inherit(&mut self, _estate: &[u8]) {}
}

/// `values` if all of them are finite, else what became of `what` at time `time`.
pub fn finite(what: &'static str, values: &[f32], time: usize) -> Result<(), SessionError> {
    match values.iter().find(|value| !value.is_finite()) {
        Some(&value) => Err(SessionError::NotFinite { what, value, time }),
        None => Ok(()),
    }
}

/// The answer to a task that a lab does not have.
pub fn unknown_task(task: &str) -> Pull<'static> {
    let error = SessionError::UnknownTask(task.to_owned());
    Box::pin(std::future::ready(Err(error)))
}

/// What to say when a link asks for a state that there is not.
pub fn beyond_the_end(at: Option<usize>, length: usize) -> Option<Message> {
    let at = at.filter(|at| *at > length)?;
    Some(Message::new(
        "at",
        format!("There are {length} steps, not {at}; the last one is shown."),
        format!("共有 {length} 步而非 {at} 步，显示最后一步。"),
    ))
}

/// The link of `experiment` without what does not change the numbers: view, language, step, fingerprint.
pub fn identity(experiment: &crate::experiment::Experiment, without: &[&str]) -> String {
    let mut plain = experiment.clone();
    plain.at = None;
    plain.check = None;
    link::format(&plain)
        .split('&')
        .filter(|pair| !without.iter().any(|key| pair.split('=').next() == Some(key)))
        .collect::<Vec<_>>()
        .join("&")
}
