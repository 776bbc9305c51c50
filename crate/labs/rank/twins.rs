//! The twins of this lab: two networks that differ in their masks alone.

use serde::Deserialize;

use crate::attention::{
    mixing::{Kernel, Mixing, Sight},
    position::Position,
};
use crate::data::{exercises::Exercise, tasks::Task};
use crate::experiment::Experiment;
use crate::labs::{chosen::chosen, twins::Schooling};
use crate::train::small::{Plan, transformer::Options};

/// How many differ.
const TWO: usize = 2;
/// Times that they are measured on the way.
const LOOKS: usize = 25;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pair {
    /// Causal, and two-way in the question.
    Prefix,
    /// All heads two-way, and half of them each way.
    Gaps,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lesson {
    Sort,
    Addition,
    Copy,
    Reverse,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Codes {
    Rotary,
    None,
}

impl Lesson {
    fn task(self) -> Task {
        match self {
            Self::Sort => Task::Sort,
            Self::Addition => Task::Addition,
            Self::Copy => Task::Copy,
            Self::Reverse => Task::Reverse,
        }
    }

    /// Texts a step: a sum is short.
    fn batch(self) -> usize {
        match self {
            Self::Addition => 64,
            Self::Sort | Self::Copy | Self::Reverse => 32,
        }
    }
}

/// What twin `i` of seed number `k` is.
pub fn options(experiment: &Experiment, i: usize, k: usize) -> Options {
    let (pair, lesson): (Pair, Lesson) = (chosen(experiment, "twins"), chosen(experiment, "task"));
    let exercise = match pair {
        Pair::Prefix => Exercise::Answer(lesson.task()),
        Pair::Gaps => Exercise::Gaps(lesson.task()),
    };
    let sights = match (pair, i) {
        (Pair::Prefix, 0) => vec![Sight::Past],
        (Pair::Prefix, _) => vec![Sight::Prefix(exercise.input())],
        (Pair::Gaps, 0) => vec![Sight::Both],
        (Pair::Gaps, _) => vec![Sight::Past, Sight::Later],
    };
    let position = match chosen(experiment, "codes") {
        Codes::Rotary => Position::Rotary,
        Codes::None => Position::None,
    };
    Options {
        mixing: Mixing { kernel: Kernel::Softmax, sights, position },
        exercise,
        width: 48,
        layers: 2,
        heads: 4,
        mlp: 96,
        batch: lesson.batch(),
        plan: Plan { steps: experiment.integer("steps"), rate: experiment.number("rate"), looks: LOOKS },
        seed: experiment.seed("seed").wrapping_add(k as u64),
    }
}

pub fn schooling(experiment: &Experiment) -> Schooling {
    let key = format!("twins {:?}", options(experiment, 0, 0));
    let (seeds, trained) = (experiment.integer("seeds"), experiment.integer("trained"));
    let experiment = experiment.clone();
    Schooling::new(&key, TWO, seeds, trained, move |i, k| options(&experiment, i, k))
}
