//! Lab 1 · DDPM: a picture is demolished into rubble and rebuilt, after <https://kexue.fm/archives/9119>.

pub mod belief;
pub mod course;
pub mod frames;
pub mod greedy;
pub mod growth;
pub mod inversion;
pub mod parameters;
pub mod readouts;
pub mod route;
pub mod ruin;
pub mod rule;
pub mod session;
pub mod settings;
pub mod snapshot;
pub mod tree;
pub mod walk;
pub mod ways;

use super::Lab;
use crate::data::gallery::Gallery;
use crate::experiment::{
    Experiment,
    parameter::{Reference, text},
};

/// The article of this lab.
pub const ARTICLE: Reference = Reference {
    title: "Su Jianlin: 生成扩散模型漫谈（一）：DDPM = 拆楼 + 建楼",
    href: "https://kexue.fm/archives/9119",
};

pub const LAB: Lab = Lab {
    id: "ddpm",
    title: text("Demolish and rebuild", "拆楼与建楼"),
    article: ARTICLE,
    model,
    parameters: parameters::ALL,
    prepares: &[],
    measures: &["greedy"],
    frames: &["x", "x0", "eps"],
    forks: &["sampler", "sigma", "eta", "spacing", "label", "guidance", "schedule", "c"],
    inputs: &[],
    normalise: parameters::normalise,
    open: session::open,
};

/// The weights are called as the pictures are.
fn model(experiment: &Experiment) -> Option<&'static str> {
    Gallery::named(experiment.choice("data")).map(Gallery::id)
}
