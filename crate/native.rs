//! What native programs share, the command line and whatever else runs links: shipped weights, a run from link to outcome, grids of runs, the page served.

pub mod grid;
pub mod hosted;
pub mod models;
pub mod outcome;
pub mod page;
pub mod range;

/// Bytes of stack that a run has on a thread of its own, as much as the main thread has.
pub(crate) const STACK: usize = 8 << 20;
