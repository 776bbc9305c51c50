//! What the network is to learn, and how.

use crate::experiment::parameter::{
    Affects::{Network, Reach, Run},
    Choice, Kind, Parameter, ShownWhen, choice, help, text,
};
use crate::labs::clouds::DATA;
use crate::labs::points::papers::{ARTICLE, KADKHODAIE, KINGMA, SALIMANS, SDE};

/// Training steps that a link goes up to.
pub const MOST_TRAINED: usize = 20_000;

const SUPPLIES: &[Choice] =
    &[choice("fresh", "Always new", "源源不断"), choice("fixed", "These points", "只有这些点")];
const BATCHES: &[Choice] =
    &[choice("128", "128", "128"), choice("256", "256", "256"), choice("512", "512", "512")];
const TARGETS: &[Choice] = &[
    choice("epsilon", "The noise ε", "噪声 ε"),
    choice("sample", "The clean point x₀", "原点 x₀"),
    choice("velocity", "The velocity v", "速度 v"),
];

pub const PARAMETERS: &[Parameter] = &[
    Parameter {
        key: "data",
        kind: Kind::Choice { options: DATA, default: "moons" },
        title: text("Data", "数据"),
        help: help(
            "Where the points come from: eight laws that never run out of points, or a drawing of your own. Every built-in law has mean 0 and variance 1, so that the noise can drown it.",
            "点从哪里来：八种取之不尽的分布，或你自己画的图。内置分布的均值为 0、方差为 1，噪声才能将其淹没。",
        ),
        link: Some(ARTICLE),
        symbol: "x_0",
        ..Parameter::of("data", &[Run, Network])
    },
    Parameter {
        key: "points",
        kind: Kind::Integer { min: 2, max: 4096, default: 1000 },
        title: text("Points", "点数"),
        help: help(
            "How many data points there are. The exact denoiser knows just these; so does the network if it gets no others.",
            "数据点的个数。精确去噪器只认识这些点；若不供给新点，网络也只认识它们。",
        ),
        link: Some(KADKHODAIE),
        symbol: "M",
        ..Parameter::of("data", &[Run, Network])
    },
    Parameter {
        key: "supply",
        kind: Kind::Choice { options: SUPPLIES, default: "fresh" },
        title: text("Supply", "供给"),
        help: help(
            "What the network is trained on: new points of the law at every step, or the same few points again and again. With few points it learns them by heart. A drawing is always these points.",
            "网络用什么训练：每步都抽新点，或反复使用同一批点。点少时它会死记硬背。自己画的图总是“只有这些点”。",
        ),
        link: Some(KADKHODAIE),
        ..Parameter::of("data", &[Run, Network])
    },
    Parameter {
        key: "spread",
        kind: Kind::Number { min: 0.02, max: 0.6, step: 0.01, default: 0.15 },
        title: text("Spread", "宽度"),
        help: help(
            "The standard deviation of each Gaussian. The exact denoiser then knows the law itself, not just points of it.",
            "每个高斯分量的标准差。此时精确去噪器认识的是分布本身，而不只是其中一些点。",
        ),
        link: Some(SDE),
        symbol: "s",
        shown_when: Some(ShownWhen { key: "data", is: &["mixture"] }),
        ..Parameter::of("data", &[Run, Network])
    },
    Parameter {
        key: "trained",
        kind: Kind::Integer { min: 0, max: MOST_TRAINED, default: 0 },
        title: text("Trained", "训练步数"),
        help: help(
            "How many steps the network of this link has been trained. It is trained again, step by step, wherever the link is opened.",
            "此链接中的网络训练了多少步。无论在哪里打开链接，都会逐步重新训练。",
        ),
        link: Some(KINGMA),
        // The training panel sets it.
        shown_when: Some(ShownWhen { key: "denoiser", is: &[] }),
        ..Parameter::of("training", &[Reach])
    },
    Parameter {
        key: "batch",
        kind: Kind::Choice { options: BATCHES, default: "256" },
        title: text("Batch", "批量"),
        help: help(
            "Points a training step. More points tell the direction better and take longer.",
            "每个训练步使用的点数。点越多方向越准，也越慢。",
        ),
        link: Some(KINGMA),
        ..Parameter::of("training", &[Network])
    },
    Parameter {
        key: "rate",
        kind: Kind::Number { min: 1e-4, max: 2e-2, step: 1e-4, default: 6e-3 },
        title: text("Learning rate", "学习率"),
        help: help(
            "How far each training step moves the weights. Too large and the loss jumps or runs away; then training stops and goes back.",
            "每步权重移动多远。过大时损失会跳动甚至发散；这时训练会停下并退回。",
        ),
        link: Some(KINGMA),
        symbol: r"\eta",
        ..Parameter::of("training", &[Network])
    },
    Parameter {
        key: "target",
        kind: Kind::Choice { options: TARGETS, default: "epsilon" },
        title: text("Target", "目标"),
        help: help(
            "What the network is asked for. The three say the same, but weigh errors differently: the clean point is easy where there is little noise, the noise is easy where there is much.",
            "让网络预测什么。三者等价，只是误差的权重不同：噪声少时原点容易预测，噪声多时噪声容易预测。",
        ),
        link: Some(SALIMANS),
        ..Parameter::of("training", &[Network])
    },
];
