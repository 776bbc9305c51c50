//! What the lab is: one head, random, of a model that ships or of a network trained in this page, under four masks, its spectrum, and what many layers of it leave of what tells tokens apart.
//!
//! After <https://kexue.fm/archives/9529>.

use std::borrow::Cow;

use super::{papers::ARTICLE, parameters};
use crate::experiment::{
    Experiment,
    catalogue::{About, Group, InputUse, Needs, group},
    inputs::Input,
    parameter::{Affects::Run, help, text},
};

const GROUPS: &[Group] = &[
    group("head", "Head", "注意力头"),
    group("tower", "Tower of layers", "层的塔"),
    group("cost", "Cost", "代价"),
    group("twins", "Twins in training", "双胞胎训练"),
    group("draws", "Draws", "随机数"),
];

pub const ABOUT: About = About {
    id: "rank",
    title: text("Why decoder-only?", "为何只用解码器？"),
    line: help(
        "Put four masks on one attention head and weigh what is left: its rank, its determinant, and what many layers keep apart.",
        "给同一个注意力头戴上四种掩码，量一量还剩下什么：秩、行列式，以及叠过许多层后仍能分开的东西。",
    ),
    question: help(
        "Is it full rank that made language models decoder-only?",
        "大语言模型只用解码器，是因为满秩吗？",
    ),
    article: ARTICLE,
    groups: GROUPS,
    parameters: parameters::ALL,
    first: &[
        "model", "network", "pair", "layer", "head", "prefix", "kernel", "n", "d", "gain", "layers",
        "residual",
    ],
    inputs: &[
        InputUse { input: Input::Prompt, affects: &[Run] },
        InputUse { input: Input::Text, affects: &[Run] },
    ],
    prepares: &["train"],
    measures: &["masks"],
    frames: &["map", "points"],
    model,
    engine: Needs::Maths,
    ..About::PLAIN
};

/// A random head needs no file.
fn model(experiment: &Experiment) -> Option<Cow<'static, str>> {
    (experiment.choice("source") == "model").then(|| experiment.choice("model")).map(Cow::Borrowed)
}
