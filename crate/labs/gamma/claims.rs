//! All claims, in the order in which the derivation comes to them.

mod kin;
mod rule;
mod story;
mod unique;
mod value;

use super::settings::Settings;
use crate::runtime::readout::{Note, Readout};

pub fn all(settings: &Settings) -> Vec<Readout> {
    let mut all = value::all(settings);
    all.extend(story::steps(settings));
    all.extend(rule::all(settings));
    all.extend(unique::all(settings));
    all.extend(kin::all(settings));
    all
}

fn note(en: String, zh: String) -> Note {
    Note { en, zh }
}

/// Below this a double begins to lose digits: what is measured there says nothing.
const LEAST: f64 = 1e-290;

/// A number as a note writes it: ten digits, or a power of ten.
fn shown(value: f64) -> String {
    let size = value.abs();
    if size == 0.0 || (1e-4..1e7).contains(&size) {
        let text = format!("{value:.10}");
        let text = text.trim_end_matches('0').trim_end_matches('.');
        return if text == "-0" { "0".to_owned() } else { text.replace('-', "−") };
    }
    format!("{value:.6e}").replace('-', "−")
}
