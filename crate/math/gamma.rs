//! Γ and its kin on the whole complex plane, to 1e-13 of their own size.

pub mod euler;
pub mod fourier;
pub mod plane;
pub mod psi;
pub mod quick;
pub mod ratio;
pub mod stirling;

pub use plane::{Pole, gamma, ln_gamma, reciprocal};
pub use psi::digamma;
pub use ratio::ln_gamma_ratio;
