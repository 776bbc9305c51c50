//! What the lab is: what "downhill" means for a point, a cloud and a density, and why Langevin sampling is a way down.
//!
//! After <https://kexue.fm/archives/9660>.

use super::{landscapes, papers::ARTICLE, parameters};
use crate::experiment::{
    catalogue::{About, Group, InputUse, Needs, group},
    inputs::Input,
    parameter::{Affects::Run, help, text},
};

const GROUPS: &[Group] = &[
    group("what", "What rolls", "什么在滚"),
    group("point", "Landscape and steps", "地形与步子"),
    group("law", "Density", "密度"),
    group("lanes", "Lanes", "赛道"),
    group("bridge", "Data", "数据"),
    group("particles", "Particles", "粒子"),
];

pub const ABOUT: About = About {
    id: "flow",
    title: text("Which way is down?", "何处是下坡？"),
    line: help(
        "A ball in a bowl, a cloud, a whole distribution: watch each roll downhill, and see that sampling is one way of rolling.",
        "碗里的球、一团云、整个分布：看它们各自滚下坡，并看到采样正是一种下坡。",
    ),
    question: help(
        "What does downhill mean for a probability distribution?",
        "对一个概率分布来说，什么叫下坡？",
    ),
    article: ARTICLE,
    groups: GROUPS,
    parameters: parameters::ALL,
    first: &[
        "landscape",
        "kappa",
        "barrier",
        "alpha",
        "norm",
        "target",
        "mu",
        "energy",
        "divergence",
        "t",
        "tau",
        "data",
    ],
    inputs: &[
        InputUse { input: Input::Expressions, affects: &[Run] },
        InputUse { input: Input::Points, affects: &[Run] },
        InputUse { input: Input::Outline, affects: &[Run] },
    ],
    formulas_choose: &[("landscape", "typed"), ("target", "typed")],
    measures: &["chapters"],
    frames: &["paths", "lanes", "cloud", "ways"],
    engine: Needs::Maths,
    extra: landscapes::schema,
    ..About::PLAIN
};
