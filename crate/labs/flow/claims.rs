//! All claims: those of what rolls now at once, the others when nothing else is asked for.

mod bridge;
mod cloud;
mod density;
mod lanes;
mod point;
mod steps;

use super::{settings::Part, state::Flowing};
use crate::runtime::readout::Readout;

/// In the order in which they are measured beside what rolls now.
pub const CHAPTERS: [Part; 4] = [Part::Point, Part::Line, Part::Plane, Part::Bridge];

/// `measured` chapters may be had besides the one at hand.
pub fn all(lab: &Flowing, at: usize, measured: usize) -> Vec<Readout> {
    let mut order: Vec<usize> = (0..CHAPTERS.len()).collect();
    order.sort_by_key(|i| CHAPTERS[*i] != lab.settings.part);
    let chapter = |i: usize| {
        let now = i < measured || CHAPTERS[i] == lab.settings.part;
        match CHAPTERS[i] {
            Part::Point => point::all(lab),
            Part::Line => density::all(lab, now).into_iter().chain(steps::all(lab, now)).collect(),
            // Only where there is a cloud can it be measured.
            Part::Plane if CHAPTERS[i] == lab.settings.part => cloud::all(lab, at),
            Part::Plane => Vec::new(),
            Part::Bridge if CHAPTERS[i] == lab.settings.part => bridge::all(lab, at),
            Part::Bridge => Vec::new(),
        }
    };
    order.into_iter().flat_map(chapter).collect()
}
