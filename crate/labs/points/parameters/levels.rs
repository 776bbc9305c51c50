//! How the noise rises, and what is shown.

use crate::experiment::parameter::{
    Affects::{Network, Run, View},
    Choice, Kind, Parameter, ShownWhen, choice, help, text,
};
use crate::labs::points::papers::{ARTICLE, NICHOL, SDE};
use crate::labs::schedules::SCHEDULES;

const VIEWS: &[Choice] = &[
    choice("particles", "Particles", "粒子"),
    choice("trajectories", "Trajectories", "轨迹"),
    choice("density", "Density", "密度"),
    choice("field", "Score field", "分数场"),
    choice("error", "Error", "误差"),
];

pub const PARAMETERS: &[Parameter] = &[
    Parameter {
        key: "schedule",
        kind: Kind::Choice { options: SCHEDULES, default: "su" },
        title: text("Schedule", "噪声表"),
        help: help(
            "How fast the points fall. Su: a_t² = 1 − c t/T. Linear: Ho's β from 0.0001 to 0.02. Cosine: Nichol and Dhariwal's. The network is trained on the one chosen.",
            "点被拆得多快。苏：a_t² = 1 − c t/T；线性：Ho 的 β 从 0.0001 到 0.02；余弦：Nichol 与 Dhariwal 的方案。网络按所选的噪声表训练。",
        ),
        link: Some(NICHOL),
        symbol: r"\alpha_t",
        ..Parameter::of("schedule", &[Run, Network])
    },
    Parameter {
        key: "T",
        kind: Kind::Integer { min: 2, max: 4000, default: 1000 },
        title: text("Length", "总时长"),
        help: help(
            "The number of times T. With c fixed, a short T leaves much of the data standing: then pure noise is the wrong place to start from.",
            "时刻总数 T。若 c 不变而 T 变短，数据会剩下一大截：这时从纯噪声开始就错了起点。",
        ),
        link: Some(ARTICLE),
        symbol: "T",
        ..Parameter::of("schedule", &[Run, Network])
    },
    Parameter {
        key: "c",
        kind: Kind::Number { min: 0.001, max: 0.99, step: 0.001, default: 0.02 },
        title: text("Slope", "斜率"),
        help: help(
            "c in a_t² = 1 − c t/T, the variance of the last noise. What is left at the end is about e^(−cT/4).",
            "a_t² = 1 − c t/T 中的 c，即最后一步噪声的方差。最终剩余约为 e^(−cT/4)。",
        ),
        link: Some(ARTICLE),
        symbol: "c",
        shown_when: Some(ShownWhen { key: "schedule", is: &["su"] }),
        ..Parameter::of("schedule", &[Run, Network])
    },
    Parameter {
        key: "view",
        kind: Kind::Choice { options: VIEWS, default: "particles" },
        title: text("View", "视图"),
        help: help(
            "What the plane shows: the particles, the ways they came, the density of noisy data, the score that pulls towards data, or where the network is wrong.",
            "平面上显示什么：粒子、它们走过的路、加噪数据的密度、指向数据的分数场，或网络错在哪里。",
        ),
        link: Some(SDE),
        ..Parameter::of("view", &[View])
    },
];
