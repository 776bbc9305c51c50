//! All claims: those of the four terms, of g, of the window, and of a key's bias.

mod cancel;
pub mod measured;
mod profile;
mod terms;
pub mod trained;
mod window;

use super::state::Stretch;
use crate::runtime::readout::Readout;

pub fn all(lab: &Stretch, at: usize) -> Vec<Readout> {
    let mut all = terms::all(lab, at);
    all.extend(profile::all(lab, at));
    all.extend(window::all(lab, at));
    all.extend(cancel::all(lab, at));
    all
}
