//! Lab 1 · DDPM: a picture is demolished into rubble and rebuilt, after <https://kexue.fm/archives/9119>.

pub mod claim;
pub mod collapse;
pub mod extend;
pub mod fork;
pub mod frames;
pub mod greedy;
pub mod inversion;
pub mod keys;
pub mod lab;
pub mod level_path;
pub mod noise_claims;
pub mod parameters;
pub mod part;
pub mod partial_noising;
pub mod readouts;
pub mod real;
pub mod sampler_config;
pub mod schedule_claims;
pub mod settings;
pub mod state;
pub mod trajectory;
pub mod tree;
pub mod walk;

#[cfg(feature = "tensors")]
pub mod advance_greedy;
#[cfg(feature = "tensors")]
pub mod advance_partial_noising;
#[cfg(feature = "tensors")]
pub mod climb;
#[cfg(feature = "tensors")]
pub mod course;
#[cfg(feature = "tensors")]
pub mod denoiser;
#[cfg(feature = "tensors")]
pub mod network;

#[cfg(not(feature = "tensors"))]
#[path = "ddpm/without_network.rs"]
pub mod network;

#[cfg(test)]
mod tests;

use super::Lab;
use crate::data::gallery::Gallery;
use crate::experiment::{
    Experiment,
    parameter::{Reference, text},
};
use crate::runtime::running::Running;
use state::Ddpm;

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
    open: Running::<Ddpm>::open,
};

/// The weights are called as the pictures are.
fn model(experiment: &Experiment) -> Option<&'static str> {
    Gallery::named(experiment.choice("data")).map(Gallery::id)
}
