//! What the lab is: a functional equation, solved by a transform that breaks on one axis and arrives on the other.
//!
//! After <https://kexue.fm/archives/3108>.

use super::{papers::ARTICLE, parameters};
use crate::experiment::{
    catalogue::{About, Group, Needs, group},
    parameter::{help, text},
};

const GROUPS: &[Group] = &[
    group("landscape", "Landscape", "地形"),
    group("number", "The number z", "复数 z"),
    group("real", "Real road", "实轴之路"),
    group("imaginary", "Imaginary road", "虚轴之路"),
    group("impostor", "Impostor", "冒名者"),
];

/// The states of the derivation, counted from 0.
pub const LAST_STATE: usize = 8;

pub const ABOUT: About = About {
    id: "gamma",
    title: text("Two roads to Γ", "通往 Γ 的两条路"),
    line: help(
        "Fourier solves G(x + 1) = x G(x): watch the road break on the real axis, and on the imaginary axis end at Euler's integral.",
        "用傅里叶变换解 G(x + 1) = x G(x)：看实轴上此路断绝，虚轴上却通到欧拉积分。",
    ),
    question: help(
        "Where does Euler's integral come from, and why is Γ the only answer?",
        "欧拉积分从何而来，为何答案只能是 Γ？",
    ),
    article: ARTICLE,
    groups: GROUPS,
    parameters: parameters::ALL,
    frames: &["road", "bump"],
    first: &["function", "show", "n", "x", "c", "omega", "h", "eps"],
    engine: Needs::Maths,
    ..About::PLAIN
};
