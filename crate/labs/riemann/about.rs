//! What the lab is: from one's own Pythagoras to curvature, seen from inside by an ant that never leaves its sheet.
//!
//! After the eight parts of <https://kexue.fm/archives/3963>.

use super::{parameters, surfaces};
use crate::experiment::{
    catalogue::{About, Group, InputUse, Needs, group},
    inputs::Input,
    parameter::{Affects::Run, Reference, help, text},
};

/// The first article of the eight.
pub const ARTICLE: Reference = Reference {
    title: "Su Jianlin: 【理解黎曼几何】1. 一条几何之路",
    href: "https://kexue.fm/archives/3963",
};

const GROUPS: &[Group] =
    &[group("surface", "Sheet", "曲面"), group("ant", "Ant", "蚂蚁"), group("view", "View", "视图")];

pub const ABOUT: About = About {
    id: "riemann",
    title: text("The ant’s geometry", "蚂蚁的几何"),
    line: help(
        "An ant that never leaves its sheet finds out how it is bent: watch straight lines, carried arrows and angles give it away.",
        "一只从不离开纸面的蚂蚁，量出它所在的世界怎样弯曲：看直线、平移的箭头和角度怎样泄露真相。",
    ),
    question: help(
        "How can one tell from inside that the world is curved?",
        "身在其中，怎样知道世界是弯的？",
    ),
    article: ARTICLE,
    groups: GROUPS,
    parameters: &[parameters::PARAMETERS],
    first: &["surface", "a", "b", "energy", "heading", "length", "tool", "radius", "carry", "hole"],
    inputs: &[
        InputUse { input: Input::Expressions, affects: &[Run] },
        InputUse { input: Input::Outline, affects: &[Run] },
        InputUse { input: Input::Paint, affects: &[Run] },
    ],
    measures: &["instruments"],
    frames: &["path"],
    engine: Needs::Maths,
    extra: surfaces::schema,
    ..About::PLAIN
};
