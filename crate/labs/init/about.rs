//! What the lab is: how large numbers stay in a network before it has learnt anything, and what keeps them so.
//!
//! After <https://kexue.fm/archives/8620>.

use super::{papers::ARTICLE, parameters};
use crate::experiment::{
    catalogue::{About, Group, InputUse, Needs, group},
    inputs::Input,
    parameter::{Affects::Run, help, text},
};

const GROUPS: &[Group] = &[
    group("what", "What is asked", "问什么"),
    group("stack", "Layers", "层"),
    group("weights", "Weights", "权重"),
    group("activation", "Activation", "激活函数"),
    group("attention", "Attention", "注意力"),
    group("residual", "Residual branches", "残差分支"),
    group("twins", "Networks in training", "训练的网络"),
    group("sample", "Chance", "随机"),
];

pub const ABOUT: About = About {
    id: "init",
    title: text("How a Transformer is born", "Transformer 如何诞生"),
    line: help(
        "A signal falls through fifty random layers: turn one number until it neither dies nor bursts, and meet every rule of initialisation on the way.",
        "信号穿过五十层随机的网络：转动一个数，让它既不消失也不爆炸，各种初始化法则便一一现身。",
    ),
    question: help(
        "Why does initialisation matter? Why divide by √d?",
        "初始化为什么重要？为什么要除以 √d？",
    ),
    article: ARTICLE,
    groups: GROUPS,
    parameters: parameters::ALL,
    first: &[
        "activation",
        "bend",
        "scale",
        "shift",
        "rule",
        "gain",
        "truncate",
        "normalise",
        "width",
        "depth",
        "n",
        "seed",
    ],
    inputs: &[InputUse { input: Input::Expressions, affects: &[Run] }],
    formulas_choose: &[("activation", "typed")],
    prepares: &["train"],
    measures: &["sweep", "chapters"],
    frames: &["layers", "histogram"],
    engine: Needs::Maths,
    ..About::PLAIN
};
