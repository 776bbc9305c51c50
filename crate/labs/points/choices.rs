//! The words that a link may hold for a choice of the plane, as types: a match over them forgets none.

use serde::Deserialize;

/// What the network is trained on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Supply {
    /// New points at every step.
    Fresh,
    /// The data points again and again.
    Fixed,
}

/// Who says what noise is in a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DenoiserKind {
    Exact,
    Learned,
}

/// Which way the particles go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Journey {
    /// Data fall, and are built again.
    Both,
    /// Built from noise.
    Rebuild,
}

/// What the plane shows; but for the error it is all there anyway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum View {
    Particles,
    Trajectories,
    Density,
    Field,
    Error,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::{chosen::all_are_read, points::parameters::ALL};

    /// What the schema allows for `key`.
    fn words(key: &str) -> Vec<&'static str> {
        crate::labs::chosen::words(ALL, key)
    }

    #[test]
    fn every_word_of_the_schema_is_read() {
        all_are_read::<Supply>(words("supply"));
        all_are_read::<DenoiserKind>(words("denoiser"));
        all_are_read::<Journey>(words("journey"));
        all_are_read::<View>(words("view"));
    }
}
