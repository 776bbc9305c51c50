//! Lab 2 · Diffusion in the plane: everything can be seen, and most of it has a closed form.
//!
//! After <https://kexue.fm/archives/9119>; the network is trained where it is looked at.

pub mod article_readouts;
pub mod batch;
pub mod beside;
pub mod choices;
pub mod claims;
pub mod denoiser;
pub mod fields;
pub mod frames;
pub mod lab;
pub mod latest;
pub mod measured;
pub mod names;
pub mod parameters;
pub mod particle_readouts;
pub mod parts;
pub mod plane;
pub mod probe;
pub mod quality;
pub mod readouts;
pub mod settings;
pub mod sketch;
pub mod state;
#[cfg(test)]
mod survival;
pub mod training;
pub mod trajectory;

use super::Lab;
use crate::experiment::parameter::{Reference, text};
use crate::runtime::running::Running;

/// The article of this lab.
pub const ARTICLE: Reference = Reference {
    title: "生成扩散模型漫谈（一）：DDPM = 拆楼 + 建楼",
    href: "https://kexue.fm/archives/9119",
};

pub const LAB: Lab = Lab {
    id: "points",
    title: text("Diffusion in the plane", "平面上的扩散"),
    article: ARTICLE,
    model: |_| None,
    parameters: parameters::ALL,
    prepares: &["train"],
    measures: &["claims"],
    frames: &["x", "x0"],
    forks: &[],
    inputs: &[],
    normalise: parameters::normalise,
    open: Running::<state::PointsLab>::open,
};
