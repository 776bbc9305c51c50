//! How far attention can concentrate on Gaussian keys: kernels, their limits for endless texts, and what holds for n of them.
//!
//! After <https://kexue.fm/archives/9889>. A key's score is β + γe with e ~ N(0, 1), a kernel makes a weight of it, and
//! S = E|f|/√(E f²) says how flat the weights are: 1 if all are alike, 1/√n if one has all.

pub mod decay;
pub mod features;
pub mod finite;
pub mod guests;
pub mod kernel;
pub mod limit;
pub mod nodes;
pub mod phases;
pub mod row;
