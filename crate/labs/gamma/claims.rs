//! All claims, in the order in which the derivation comes to them.

mod kin;
mod rule;
mod story;
mod unique;
mod value;
mod words;

use super::settings::Settings;
use crate::runtime::readout::Readout;

pub fn all(settings: &Settings) -> Vec<Readout> {
    let mut all = value::all(settings);
    all.extend(story::steps(settings));
    all.extend(rule::all(settings));
    all.extend(unique::all(settings));
    all.extend(kin::all(settings));
    all
}
