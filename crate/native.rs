//! What native programs share, the command line and whatever else runs links: shipped weights, a run from link to outcome, grids of runs, the page served.

pub mod grid;
pub mod models;
pub mod outcome;
pub mod page;
pub mod range;
