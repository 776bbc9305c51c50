//! The networks that are trained beside each other: up to four, which differ in what their lanes name and in nothing else.

use crate::data::exercises::Exercise;
use crate::experiment::Experiment;
use crate::labs::twins::Schooling;
use crate::models::sublayers::Residual;
use crate::train::small::{
    Plan,
    sublayers::{Division, Options, Stacked},
};

/// Keys of the lanes, the one that the others are compared with first.
pub const LANES: [&str; 4] = ["lane1", "lane2", "lane3", "lane4"];
/// Sub-layers that a network has at least and at most.
pub const DEPTHS: [usize; 2] = [2, 24];
/// Pairs of a key and a value that a text tells, of 16 values.
pub const PAIRS: usize = 4;
pub const VALUES: f64 = 16.0;
/// d: there is one head, as wide as the network.
pub const WIDTH: usize = 64;
/// Times that they are measured on the way.
const LOOKS: usize = 24;

/// What a lane names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lane {
    pub residual: Residual,
    pub division: Division,
    pub warms_up: bool,
}

impl Lane {
    /// That of `word`; `None` where it is empty.
    pub fn named(word: &str) -> Option<Self> {
        let (norm, without) = word.split_once('-').unwrap_or((word, ""));
        let residual = match norm {
            "post" => Residual::Post,
            "pre" => Residual::Pre,
            "rezero" => Residual::Rezero,
            "deepnorm" => Residual::Deepnorm,
            "off" => return None,
            other => unreachable!("the schema has no lane {other}"),
        };
        let (division, warms_up) = match without {
            "" => (Division::Root, true),
            "plain" => (Division::None, true),
            "cold" => (Division::Root, false),
            "bare" => (Division::None, false),
            other => unreachable!("the schema has no lane without {other}"),
        };
        Some(Self { residual, division, warms_up })
    }
}

/// Those of `experiment` that are not empty, with their keys; where all are empty, one of the article's.
pub fn lanes(experiment: &Experiment) -> Vec<Lane> {
    let all: Vec<Lane> = LANES.iter().filter_map(|key| Lane::named(experiment.choice(key))).collect();
    if all.is_empty() { Lane::named("post").into_iter().collect() } else { all }
}

/// What the network of `lane` under seed number `k` is.
pub fn options(experiment: &Experiment, lane: Lane, k: usize) -> Options {
    Options {
        exercise: Exercise::Recall(PAIRS),
        residual: lane.residual,
        division: lane.division,
        warms_up: lane.warms_up,
        width: WIDTH,
        heads: 1,
        mlp: 2 * WIDTH,
        depth: experiment.integer("depth").clamp(DEPTHS[0], DEPTHS[1]),
        batch: 32,
        plan: Plan { steps: experiment.integer("steps"), rate: experiment.number("rate"), looks: LOOKS },
        seed: experiment.seed("seed").wrapping_add(k as u64),
    }
}

pub fn schooling(experiment: &Experiment) -> Schooling<Stacked> {
    let lanes = lanes(experiment);
    let all: Vec<Options> = lanes.iter().map(|lane| options(experiment, *lane, 0)).collect();
    let (seeds, promised) = (experiment.integer("seeds"), experiment.integer("trained"));
    let (key, plan, count) = (format!("lanes {all:?}"), all[0].plan, all.len());
    let experiment = experiment.clone();
    Schooling::of(&key, count, seeds, promised, plan, move |i, k| {
        Stacked::new(options(&experiment, lanes[i], k))
    })
}
