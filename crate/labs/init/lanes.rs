//! The networks that are trained beside each other: up to four, which differ in what their lanes name and in nothing else.

use crate::data::exercises::Exercise;
use crate::experiment::Experiment;
use crate::labs::{
    told::{Repair, Told},
    twins::Schooling,
};
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
/// Times that they are measured on the way, no more than the fewest steps.
const LOOKS: usize = 20;

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

/// What is likely to have broken network number `i`, and what would mend it.
pub fn told(experiment: &Experiment, i: usize) -> Told {
    let rate = experiment.number("rate");
    let mut shown = LANES.iter().filter_map(|key| Some((*key, Lane::named(experiment.choice(key))?)));
    let Some((key, lane)) = shown.nth(i) else { return Told::of_rate("rate", rate) };
    let word = |residual: Residual, division: Division, warms_up: bool| {
        let norm = match residual {
            Residual::Post => "post",
            Residual::Pre => "pre",
            Residual::Rezero => "rezero",
            Residual::Deepnorm => "deepnorm",
        };
        let without = match (division, warms_up) {
            (Division::Root, true) => "",
            (Division::None, true) => "-plain",
            (Division::Root, false) => "-cold",
            (Division::None, false) => "-bare",
        };
        format!("{norm}{without}")
    };
    let Lane { residual, division, warms_up } = lane;
    // Alone, a rise and a division do not outlast a rate that is far too high.
    let calm = Repair::rate("rate", rate / 10.0);
    let calmer = |word: &str, [en, zh]: [&str; 2]| {
        let mut repair = Repair::choice(key, word, [en, zh]);
        repair.values.extend(Repair::rate("rate", rate / 10.0).values);
        repair
    };
    let warmer = (!warms_up).then(|| {
        calmer(
            &word(residual, division, true),
            ["A tenth of the rate, rising slowly", "十分之一的学习率，且慢慢升高"],
        )
    });
    let even = (division == Division::None).then(|| {
        calmer(
            &word(residual, Division::Root, warms_up),
            ["A tenth of the rate, and √d", "十分之一的学习率，且除以 √d"],
        )
    });
    let normed = (residual == Residual::Rezero).then(|| {
        Repair::choice(
            key,
            &word(Residual::Pre, division, warms_up),
            ["Normalise: Pre-Norm", "加归一化：Pre-Norm"],
        )
    });
    let cause = match (residual, warms_up) {
        (Residual::Rezero, _) => [
            "Nothing normalises the residual sum: once the α’s and maps are large, every sub-layer multiplies what comes in, and the product of all of them is beyond what a number of 32 bits can hold.",
            "没有任何东西把残差和拉回来：α 与矩阵一旦变大，每个子层都把输入放大，连乘起来就超出 32 位浮点数的范围。",
        ],
        (_, false) => [
            "The first steps were made at the full rate, before Adam knew how large gradients are: the maps grew until their products were no numbers.",
            "Adam 还不知道梯度有多大，最初几步就用了最高学习率：矩阵一路变大，直到乘积不再是数。",
        ],
        (_, true) => [
            "Steps were too long: maps grew until their products were no numbers.",
            "步子太大：矩阵一路变大，直到乘积不再是数。",
        ],
    };
    // What belongs to this network first, then what calms all of them.
    let repairs = normed.into_iter().chain([calm]).chain(warmer).chain(even).collect();
    Told { cause: cause.map(str::to_owned), repairs }
}
