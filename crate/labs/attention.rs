//! Lab 3 · Causal attention: a small language model writes, and everything that its heads look at is there to see,
//! to question and to change.
//!
//! Beside <https://kexue.fm/archives/9529>, which asks why such models look back only.

pub mod checks;
pub mod curves;
pub mod decoding;
pub mod evidence;
pub mod extend;
pub mod findings;
pub mod frames;
pub mod lab;
pub mod letters;
pub mod measures;
pub mod memo;
pub mod model;
pub mod network;
pub mod operations;
pub mod parameters;
pub mod parts;
pub mod reading;
pub mod readouts;
pub mod run;
pub mod runs;
pub mod scores;
pub mod settings;
pub mod stages;
pub mod state;
pub mod untouched;

use self::{model::Model, state::Attention};
use super::Lab;
use crate::experiment::{
    Experiment, PROMPT, SURGERY, TEXT,
    parameter::{Reference, text},
};
use crate::runtime::running::Running;

/// The article of this lab.
pub const ARTICLE: Reference = Reference {
    title: "Su Jianlin: 为什么现在的LLM都是Decoder-only的架构？",
    href: "https://kexue.fm/archives/9529",
};

pub const LAB: Lab = Lab {
    id: "attention",
    title: text("What attention does", "注意力在做什么"),
    article: ARTICLE,
    model,
    parameters: parameters::ALL,
    prepares: &["train"],
    measures: &["checks"],
    frames: &["tokens", "maps", "next"],
    forks: &[],
    inputs: &[PROMPT, TEXT, SURGERY],
    normalise: parameters::normalise,
    open: Running::<Attention>::open,
};

/// The network that is trained here needs no file.
fn model(experiment: &Experiment) -> Option<&'static str> {
    Model::of(experiment).file()
}
