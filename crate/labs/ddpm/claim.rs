//! What the claims of this lab share.

use crate::runtime::readout::Note;

/// Width of a Monte Carlo band in standard errors: one false alarm in two million for a mean; for a variance the
/// tail is heavier, about one in forty thousand with the 64 pixels of a single digit.
pub const SIGMAS: f64 = 5.0;

pub fn note(en: impl Into<String>, zh: impl Into<String>) -> Note {
    Note { en: en.into(), zh: zh.into() }
}
