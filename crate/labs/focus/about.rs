//! What the lab is: which kernels can concentrate on few of many keys, and what a finite text makes of the answer.
//!
//! After <https://kexue.fm/archives/9889>.

use std::borrow::Cow;

use super::{papers::ARTICLE, parameters};
use crate::experiment::{
    Experiment,
    catalogue::{About, Group, Needs, group},
    parameter::{help, text},
};

const GROUPS: &[Group] = &[
    group("what", "What is asked", "问什么"),
    group("keys", "Query and keys", "查询与键"),
    group("kernel", "Kernels", "核"),
    group("needle", "Needle", "针"),
    group("linear", "Linear attention", "线性注意力"),
    group("twins", "Twins in training", "多胞胎训练"),
    group("sample", "Chance", "随机"),
];

pub const ABOUT: About = About {
    id: "focus",
    title: text("Can attention concentrate?", "注意力真能集中吗？"),
    line: help(
        "Ten kernels read the same random keys: turn up the query and see who narrows to a few, who cannot, and who only forgets.",
        "十种核读同一批随机的键：把查询调强，看谁能聚到少数几个，谁做不到，谁只是在遗忘。",
    ),
    question: help(
        "Why softmax? Can linear attention find one key among thousands?",
        "为什么用 softmax？线性注意力能在成千上万个键里找到那一个吗？",
    ),
    article: ARTICLE,
    groups: GROUPS,
    parameters: parameters::ALL,
    first: &["kernel", "gamma", "n", "beta", "k", "lambda", "margin", "shape", "features", "d", "seed"],
    prepares: &["train"],
    measures: &["draws"],
    frames: &["rows", "sorted"],
    model,
    engine: Needs::Maths,
    ..About::PLAIN
};

/// Only where its heads are looked at.
pub fn model(experiment: &Experiment) -> Option<Cow<'static, str>> {
    let asked = experiment.choice("part") == "phase";
    Some(experiment.choice("heads")).filter(|heads| asked && *heads != "none").map(Cow::Borrowed)
}
