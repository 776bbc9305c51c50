//! What a link chose, as a type: a match over it forgets no choice.

use serde::de::{DeserializeOwned, IntoDeserializer, value::Error};

use crate::experiment::Experiment;
#[cfg(test)]
use crate::experiment::parameter::{Kind, Parameter};

/// The experiment's choice for `key`. Panics if the schema allows a word that `T` does not know: a bug, not input.
pub fn chosen<T: DeserializeOwned>(experiment: &Experiment, key: &str) -> T {
    read(experiment.choice(key)).unwrap_or_else(|error| panic!("{key}: {error}"))
}

/// `word` as one of the choices `T`.
pub fn read<T: DeserializeOwned>(word: &'static str) -> Result<T, Error> {
    T::deserialize(word.into_deserializer())
}

/// The words of the choice `key` of a lab with the parameters of these `tables`.
#[cfg(test)]
pub fn words(tables: &[&'static [Parameter]], key: &str) -> Vec<&'static str> {
    let parameter = tables.iter().copied().flatten().find(|parameter| parameter.key == key).unwrap();
    let Kind::Choice { options, .. } = parameter.kind else { panic!("{key} is no choice") };
    options.iter().map(|option| option.value).collect()
}

/// Asserts that every one of `words` is read, each as something else.
#[cfg(test)]
pub fn all_are_read<T: DeserializeOwned + PartialEq + std::fmt::Debug>(
    words: impl IntoIterator<Item = &'static str>,
) {
    let all: Vec<T> =
        words.into_iter().map(|word| read(word).unwrap_or_else(|e| panic!("{word}: {e}"))).collect();
    assert!((1..all.len()).all(|i| !all[..i].contains(&all[i])), "{all:?}");
}
