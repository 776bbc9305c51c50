//! Lab 1 · DDPM: a picture is demolished into rubble and rebuilt, after <https://kexue.fm/archives/9119>.

pub mod belief;
pub use super::fingerprint;
pub mod greedy;
pub mod parameters;
pub mod readouts;
pub mod session;
pub mod settings;
pub mod snapshot;

use super::Lab;
use crate::experiment::parameter::{Reference, text};

/// The article of this lab.
pub const ARTICLE: Reference = Reference {
    title: "Su Jianlin: 生成扩散模型漫谈（一）：DDPM = 拆楼 + 建楼",
    href: "https://kexue.fm/archives/9119",
};

pub const LAB: Lab = Lab {
    id: "ddpm",
    title: text("Demolish and rebuild", "拆楼与建楼"),
    article: ARTICLE,
    model: |_| Some("digits"),
    parameters: parameters::ALL,
    prepares: &[],
    measures: &["greedy"],
    frames: &["x", "x0", "eps"],
    forks: &[],
    normalise: parameters::normalise,
    open: session::open,
};
