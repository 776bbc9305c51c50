//! Mathematics on plain numbers: no tensor library, no labs.

pub mod attention_measures;
pub mod complex;
pub mod concentration;
pub mod decoding;
pub mod determinant;
pub mod digest;
pub mod double_double;
pub mod frechet;
pub mod gamma;
pub mod normal;
pub mod philox;
#[cfg(test)]
pub mod random_head;
pub mod rotary;
pub mod sinusoids;
pub mod spectrum;
pub mod splitmix;
pub mod statistics;
pub mod student;
pub mod wasserstein;
