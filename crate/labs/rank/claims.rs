//! All claims: of the head, of the tower, of order and reach, of the cost.

mod cost;
mod head;
mod laws;
mod model;
mod order;
mod tower;
pub mod twins;

use super::state::Towers;
use crate::runtime::readout::Readout;

pub fn all(towers: &Towers, at: usize) -> Vec<Readout> {
    let mut all = head::all(towers);
    all.extend(tower::all(towers, at));
    all.extend(order::all(towers));
    all.extend(laws::all(towers));
    all.extend(model::all(towers));
    all.extend(cost::all(towers));
    all
}
