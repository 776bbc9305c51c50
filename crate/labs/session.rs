//! What a session depends on, as text.

use crate::experiment::link;

/// The link of `experiment` without what does not change the numbers: view, language, step, fingerprint.
pub fn identity(experiment: &crate::experiment::Experiment, without: &[&str]) -> String {
    let mut plain = experiment.clone();
    plain.at = None;
    plain.check = None;
    link::format(&plain)
        .split('&')
        .filter(|pair| !without.iter().any(|key| pair.split('=').next() == Some(key)))
        .collect::<Vec<_>>()
        .join("&")
}
