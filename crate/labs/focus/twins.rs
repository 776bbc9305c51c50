//! The twins of this lab: four networks that differ in their kernels alone.

use serde::Deserialize;

use crate::attention::{
    mixing::{Kernel, Mixing, Sight},
    position::Position,
};
use crate::data::exercises::Exercise;
use crate::experiment::Experiment;
use crate::labs::{chosen::chosen, twins::Schooling};
use crate::train::small::{Plan, transformer::Options};

/// λ of what decays: seven tokens count, however long the text is.
pub const LAMBDA: f32 = 0.75;
/// The four, softmax first.
pub const KERNELS: [Kernel; 4] = [Kernel::Softmax, Kernel::Elu1, Kernel::Relu2, Kernel::Decay(LAMBDA)];
/// Times that they are measured on the way.
const LOOKS: usize = 25;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lesson {
    Recall,
    Induction,
}

/// What twin `i` of seed number `k` is: two layers of two heads and nothing else, as much as it takes to find what followed.
pub fn options(experiment: &Experiment, i: usize, k: usize) -> Options {
    let pairs = experiment.integer("pairs");
    Options {
        exercise: match chosen(experiment, "task") {
            Lesson::Recall => Exercise::Recall(pairs),
            Lesson::Induction => Exercise::Induction(pairs),
        },
        mixing: Mixing { kernel: KERNELS[i], sights: vec![Sight::Past], position: Position::Rotary },
        width: 64,
        layers: 2,
        heads: 2,
        mlp: 0,
        batch: 48,
        plan: Plan { steps: experiment.integer("steps"), rate: experiment.number("rate"), looks: LOOKS },
        seed: experiment.seed("seed").wrapping_add(k as u64),
    }
}

pub fn schooling(experiment: &Experiment) -> Schooling {
    let key = format!("twins {:?}", options(experiment, 0, 0));
    let (seeds, trained) = (experiment.integer("seeds"), experiment.integer("trained"));
    let experiment = experiment.clone();
    Schooling::new(&key, KERNELS.len(), seeds, trained, move |i, k| options(&experiment, i, k))
}
