//! What native programs share, the command line and Python: shipped weights, a run from link to outcome, grids of runs, the page served.

pub mod grid;
pub mod held;
pub mod models;
pub mod outcome;
pub mod page;
pub mod range;
