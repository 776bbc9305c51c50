//! What the lab is: diffusion in the plane, where everything can be seen and most of it has a closed form.
//!
//! After <https://kexue.fm/archives/9119>; the network is trained where it is looked at.

use super::{papers::ARTICLE, parameters};
use crate::experiment::{
    Experiment,
    catalogue::{About, Group, InputUse, Needs, Webgpu, group},
    inputs::Input,
    parameter::{
        Affects::{Network, Run},
        help, text,
    },
};

const GROUPS: &[Group] = &[
    group("data", "Data", "数据"),
    group("training", "Training", "训练"),
    group("model", "Building plan", "图纸"),
    group("sampler", "Crew", "施工队"),
    group("race", "Race", "赛跑"),
    group("schedule", "Demolition schedule", "噪声表"),
    group("view", "View", "视图"),
];

/// Pairs of a particle and a data point from which on a step takes a processor more than a picture's time on a screen.
const MANY_PAIRS: usize = 1 << 23;

/// The network of this lab learns on a graphics processor and is too small to be asked there; the exact denoiser is asked where it has much
/// to sum.
fn asks_there(experiment: &Experiment, task: Option<&str>) -> Webgpu {
    let pairs = experiment.integer("particles") * experiment.integer("points");
    // A mixture has a few centres, however many points are drawn of it.
    match (experiment.choice("denoiser"), experiment.choice("data")) {
        _ if task == Some("train") => Webgpu::Measured,
        ("learned", _) | (_, "mixture") => Webgpu::Asked,
        _ if pairs < MANY_PAIRS => Webgpu::Asked,
        _ => Webgpu::Measured,
    }
}

pub const ABOUT: About = About {
    id: "points",
    title: text("Diffusion in the plane", "平面上的扩散"),
    line: help(
        "A small network learns in this tab whatever you draw: watch noise gather into your shape, beside the exact answer that it should give.",
        "一个小网络，就在这个标签页里学会你画的任何图形：看噪声怎样聚成你的形状，旁边就是它本该给出的精确答案。",
    ),
    question: help(
        "What does a network learn when it learns to denoise, and where is it wrong?",
        "网络学会去噪时究竟学到了什么，又错在哪里？",
    ),
    article: ARTICLE,
    groups: GROUPS,
    parameters: parameters::ALL,
    inputs: &[InputUse { input: Input::Points, affects: &[Run, Network] }],
    first: &["data", "denoiser", "particles", "seed", "sampler", "steps", "view"],
    prepares: &["train"],
    measures: &["claims"],
    frames: &["x", "x0"],
    normalise: parameters::normalise,
    engine: Needs::Networks,
    webgpu: asks_there,
    ..About::PLAIN
};
