//! Mathematics on plain numbers: no tensor library, no labs.

pub mod frechet;
pub mod gamma;
pub mod normal;
pub mod philox;
pub mod statistics;
pub mod wasserstein;
