//! What the lab is: what lets a model that was trained on short texts read long ones, as far as mathematics can say.
//!
//! After <https://kexue.fm/archives/9577>.

use std::borrow::Cow;

use super::{papers::ARTICLE, parameters};
use crate::experiment::{
    Experiment,
    catalogue::{About, Group, InputUse, Needs, group},
    inputs::Input,
    parameter::{
        Affects::{Network, Run},
        help, text,
    },
};

const GROUPS: &[Group] = &[
    group("what", "What is asked", "问什么"),
    group("bias", "Biases", "偏置"),
    group("rope", "Rotation", "旋转"),
    group("lanes", "Trained networks", "训练好的网络"),
    group("twins", "Training here", "在此训练"),
    group("scheme", "Schemes of position", "位置方案"),
    group("text", "Text", "文本"),
    group("sample", "Chance", "随机"),
];

pub const ABOUT: About = About {
    id: "stretch",
    title: text("Train short, stretch long", "短处训练，长处伸展"),
    line: help(
        "Rotate queries and keys, add a bias, and let the text outgrow its training: what decays, what cancels, how wide the window stays.",
        "旋转查询与键，加上偏置，再让文本超出训练长度：什么在衰减，什么被抵消，窗口有多宽。",
    ),
    question: help(
        "Why can two bias vectors help a model read eight times as far as it was trained?",
        "为什么两个偏置向量就可能让模型读到训练长度的八倍？",
    ),
    article: ARTICLE,
    groups: GROUPS,
    parameters: parameters::ALL,
    first: &[
        "c",
        "a",
        "b",
        "angle",
        "isotropy",
        "d",
        "base",
        "scheme",
        "trick",
        "stretch",
        "train_length",
        "length",
    ],
    inputs: &[InputUse { input: Input::Text, affects: &[Run, Network] }],
    prepares: &["train"],
    measures: &["read"],
    frames: &["terms", "profile"],
    model,
    engine: Needs::Maths,
    ..About::PLAIN
};

/// Trained networks and their text, where they are looked at, and the text alone where some are trained; only the engine that opens the lab
/// asks.
#[cfg(feature = "maths")]
fn model(experiment: &Experiment) -> Option<Cow<'static, str>> {
    super::measured::files(experiment).map(Cow::Owned)
}

#[cfg(not(feature = "maths"))]
fn model(_: &Experiment) -> Option<Cow<'static, str>> {
    None
}
