//! What every session can do. It is pulled: it starts nothing by itself.

use std::{future::Future, pin::Pin, rc::Rc};

use super::{
    error::SessionError,
    fingerprint::Comparison,
    frame::Frame,
    kept::Keeper,
    lab::Key,
    pool::{Answer, Pool},
    readout::Readout,
    selection::Selection,
    status::Status,
};

/// The answer to a pull that may have to wait for the device.
pub type Pull<'a> = Pin<Box<dyn Future<Output = Result<(), SessionError>> + 'a>>;

/// An experiment under way.
pub trait Session {
    fn status(&self) -> Status;
    /// Moves `n` states on, computing what is not there yet; stops at the end.
    fn step(&mut self, n: usize) -> Pull<'_>;
    /// Moves to state `k`; back is exact and instant.
    fn seek(&mut self, k: usize) -> Pull<'_>;
    fn select(&mut self, selection: &Selection);
    /// Advances the task called `task` (a key of [`Status::tasks`]) by at most `n` of its units.
    fn work<'a>(&'a mut self, task: &'a str, n: usize) -> Pull<'a>;
    fn frame(&self, name: &str) -> Result<Frame, SessionError>;
    fn readouts(&self) -> Vec<Readout>;
    /// What it has written, for a reader without a page.
    fn text(&self) -> Option<String>;
    /// A short proof of what is shown.
    fn fingerprint(&self) -> String;
    fn compare(&self, check: &str) -> Comparison;
    /// Who does a share of its pulls.
    fn pool(&self) -> Rc<Pool>;
    /// Does a share of the pull of a session of the same experiment in another worker.
    fn assist<'a>(&'a self, job: &'a [u8]) -> Answer<'a>;
    /// Holds what the last pull left, also while the next one is under way.
    fn keeper(&self) -> Rc<dyn Keeper>;
    /// All that was computed, for another engine to go on with.
    fn snapshot(&self) -> Vec<u8> {
        self.keeper().snapshot()
    }
    /// Stands where the session of `snapshot`, of the same experiment, stood. A damaged or foreign one changes nothing.
    fn adopt(&mut self, snapshot: &[u8]) -> Result<(), SessionError>;
    /// The key of what was learned here: equal keys, the same way of learning.
    fn learned(&self) -> Option<Key>;
    /// What was learned, as bytes to be kept for a later session.
    fn keepsake(&self) -> Option<Vec<u8>>;
    /// Goes on from a keepsake, if it belongs here and is not ahead; a damaged or foreign one changes nothing.
    fn recall(&mut self, keepsake: &[u8]);
    /// The networks that are asked or trained here, as files that PyTorch reads, each under a name of its own.
    fn networks(&self) -> Vec<(String, Vec<u8>)>;
    /// Takes the network of `file`, which anybody may have written, in place of the one that is here.
    fn bring(&mut self, file: &[u8]) -> Result<(), SessionError>;
    /// Takes over what is still true here of another session of this lab, and stays where it is.
    fn reuse(&mut self, other: &dyn Keeper);
}
