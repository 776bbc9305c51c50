//! Lab 3 · Causal attention: a small language model writes, and everything that its heads look at is there to see,
//! to question and to change.
//!
//! Beside <https://kexue.fm/archives/9529>, which asks why such models look back only.

pub mod borrowed;
pub mod checks;
pub mod decoding;
pub mod evidence;
pub mod frames;
pub mod growth;
pub mod letters;
pub mod network;
pub mod operations;
pub mod parameters;
pub mod readouts;
pub mod run;
pub mod session;
pub mod settings;
pub mod snapshot;

use super::Lab;
use crate::experiment::{
    Experiment, PROMPT, SURGERY, TEXT,
    parameter::{Reference, text},
};

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
    open: session::open,
};

/// The network that is trained here needs no file.
fn model(experiment: &Experiment) -> Option<&'static str> {
    Some(experiment.choice("model")).filter(|model| *model != "toy")
}
