//! Networks of the schemes in the lanes, trained here on a part of the text: the first is what the others are compared with.

use std::rc::Rc;

use super::settings::LANES;
use crate::data::letters::Letters;
use crate::experiment::Experiment;
use crate::labs::twins::Schooling;
use crate::train::small::{
    Plan,
    reader::{Options, Reader, Scheme},
};

/// Times that they are measured on the way.
const LOOKS: usize = 16;

/// What network `i` of seed number `k` is: a third as wide a network as those that ship.
fn options(experiment: &Experiment, scheme: Scheme, k: usize) -> Options {
    Options {
        scheme,
        width: 32,
        layers: 2,
        heads: 4,
        mlp: 64,
        length: experiment.integer("short"),
        batch: 16,
        looked_at: 6,
        plan: Plan { steps: experiment.integer("steps"), rate: experiment.number("rate"), looks: LOOKS },
        seed: experiment.seed("seed").wrapping_add(k as u64),
    }
}

/// `name` names the text, if it is not the one that ships.
pub fn schooling(experiment: &Experiment, text: Letters, name: &str) -> Schooling<Reader> {
    let lanes: Vec<Scheme> = LANES.iter().filter_map(|lane| Scheme::named(experiment.choice(lane))).collect();
    let lanes = if lanes.is_empty() { vec![Scheme::Rope] } else { lanes };
    let first = options(experiment, lanes[0], 0);
    let key = format!("readers {lanes:?} {first:?}{name}");
    let (seeds, trained) = (experiment.integer("seeds"), experiment.integer("trained"));
    let (text, experiment) = (Rc::new(text), experiment.clone());
    let count = lanes.len();
    Schooling::of(&key, count, seeds, trained, first.plan, move |i, k| {
        Reader::new(options(&experiment, lanes[i], k), text.clone())
    })
}
