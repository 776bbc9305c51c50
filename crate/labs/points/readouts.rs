//! The claims of the plane, each measured on what is on the screen or on runs of its own.

use super::{article_readouts as article, claims::LANES, particle_readouts as particles, state::PointsLab};
use crate::runtime::readout::Readout;

/// Every readout of the lab for state `at`.
pub fn all(lab: &PointsLab, at: usize) -> Vec<Readout> {
    let mut all = vec![particles::distance(lab, at), particles::repeats(lab, at), particles::loss(lab)];
    all.extend((0..LANES).map(|lane| article::spread(&lab.claims, lane)));
    all.push(article::gradients(&lab.claims));
    all.push(article::tanh());
    all.push(article::crossing());
    all.push(lab.race.readout(&lab.plane));
    all
}
