//! The words that a link may hold for a choice of the plane, as types: a match over them forgets none.

use serde::{
    Deserialize,
    de::{DeserializeOwned, IntoDeserializer, value::Error},
};

use crate::experiment::Experiment;

/// Where the data come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DataSet {
    Moons,
    Circles,
    Spiral,
    SwissRoll,
    Checkerboard,
    Pinwheel,
    Mixture,
    Skyline,
    Drawn,
}

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

/// The experiment's choice for `key`. Panics if the schema allows a word that `T` does not know: a bug, not input.
pub fn chosen<T: DeserializeOwned>(experiment: &Experiment, key: &str) -> T {
    read(experiment.choice(key)).unwrap_or_else(|error| panic!("{key}: {error}"))
}

fn read<T: DeserializeOwned>(word: &'static str) -> Result<T, Error> {
    T::deserialize(word.into_deserializer())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::parameter::Kind;
    use crate::labs::points::parameters::ALL;

    /// Every word that the schema allows for `key` is read, each as something else.
    fn all_are_read<T: DeserializeOwned + PartialEq + std::fmt::Debug>(key: &str) {
        let parameter = ALL.iter().find(|parameter| parameter.key == key).unwrap();
        let Kind::Choice { options, .. } = parameter.kind else { panic!("{key} is no choice") };
        let all: Vec<T> = options.iter().map(|option| read(option.value).unwrap()).collect();
        assert!((1..all.len()).all(|i| !all[..i].contains(&all[i])), "{key}: {all:?}");
    }

    #[test]
    fn every_word_of_the_schema_is_read() {
        all_are_read::<DataSet>("data");
        all_are_read::<Supply>("supply");
        all_are_read::<DenoiserKind>("denoiser");
        all_are_read::<Journey>("journey");
        all_are_read::<View>("view");
    }
}
