//! What the notes of claims are made of.

use crate::runtime::readout::Note;

pub fn note(en: String, zh: String) -> Note {
    Note { en, zh }
}

/// Below this a double begins to lose digits: what is measured there says nothing.
pub const LEAST: f64 = 1e-290;

/// A number as a note writes it: ten digits, or a power of ten.
pub fn shown(value: f64) -> String {
    let size = value.abs();
    if size == 0.0 || (1e-4..1e7).contains(&size) {
        let text = format!("{value:.10}");
        let text = text.trim_end_matches('0').trim_end_matches('.');
        return if text == "-0" { "0".to_owned() } else { text.replace('-', "−") };
    }
    format!("{value:.6e}").replace('-', "−")
}
