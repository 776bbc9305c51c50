//! All claims: those of the chosen kernel, of the phases of softmax, of the needle, of linear features, of decay and of scaling.

mod kernel;
mod linear;
mod needle;
mod phase;
pub mod twins;

use super::state::Focus;
use crate::runtime::readout::Readout;

pub fn all(lab: &Focus, at: usize) -> Vec<Readout> {
    let mut all = kernel::all(lab, at);
    all.extend(phase::all(lab, at));
    all.extend(needle::all(lab, at));
    all.extend(linear::all(lab, at));
    all
}
