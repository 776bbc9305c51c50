//! How claims are written.

use crate::experiment::parameter::{Reference, Text};
use crate::runtime::readout::{Claim, Note};

pub fn claim(id: &'static str, title: Text, reference: Reference) -> Claim {
    Claim { id, title, unit: "", reference }
}

pub fn note(en: impl Into<String>, zh: impl Into<String>) -> Note {
    Note { en: en.into(), zh: zh.into() }
}

/// A number as a note writes it: five digits, or a power of ten.
pub fn shown(value: f64) -> String {
    let text = if value == 0.0 || (1e-3..1e5).contains(&value.abs()) {
        let text = format!("{value:.4}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        format!("{value:.3e}")
    };
    text.replace('-', "−")
}
