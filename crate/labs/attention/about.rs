//! What the lab is: a small language model writes, and everything that its heads look at is there to see, to question
//! and to change.
//!
//! Beside <https://kexue.fm/archives/9529>, which asks why such models look back only.

use std::borrow::Cow;

use super::parameters;
use crate::experiment::{
    Experiment,
    catalogue::{About, Group, InputUse, Needs, Webgpu, group},
    inputs::Input,
    parameter::{
        Affects::{Network, Run},
        Reference, help, text,
    },
};

/// The article of this lab.
pub const ARTICLE: Reference = Reference {
    title: "Su Jianlin: 为什么现在的LLM都是Decoder-only的架构？",
    href: "https://kexue.fm/archives/9529",
};

const GROUPS: &[Group] = &[
    group("model", "Building plan", "图纸"),
    group("sampler", "Crew", "施工队"),
    group("view", "View", "视图"),
];

pub const ABOUT: About = About {
    id: "attention",
    title: text("What attention does", "注意力在做什么"),
    line: help(
        "A real, tiny transformer writes live in this tab: watch which letters each new one looks back at, then change that.",
        "一个真实的小 Transformer，就在这个标签页里书写：看每个新写下的字在回看哪些字，再动手改一改。",
    ),
    question: help(
        "Where does a language model look before it writes the next character?",
        "语言模型写下一个字符之前，在看哪里？",
    ),
    article: ARTICLE,
    groups: GROUPS,
    parameters: &[parameters::PARAMETERS],
    first: &["model", "task", "trained", "temperature", "tokens", "seed"],
    inputs: &[
        InputUse { input: Input::Prompt, affects: &[Run] },
        InputUse { input: Input::Text, affects: &[Network] },
        InputUse { input: Input::Surgery, affects: &[Run] },
    ],
    prepares: &["train"],
    measures: &["checks"],
    frames: &["tokens", "maps", "next"],
    model,
    engine: Needs::Networks,
    // It writes one character at a time: the way to a graphics processor and back takes longer than the work. It learns many at once.
    webgpu: |_, task| if task == Some("train") { Webgpu::Measured } else { Webgpu::Asked },
    // The head that looks for the ends of lines, and text enough to have some.
    opening: &[("layer", "2"), ("head", "1"), ("tokens", "160")],
    ..About::PLAIN
};

/// The network that is trained here needs no file.
fn model(experiment: &Experiment) -> Option<Cow<'static, str>> {
    match experiment.choice("model") {
        "toy" => None,
        "places" => {
            let (scheme, member) = (experiment.choice("scheme"), experiment.integer("member"));
            Some(format!("stretch/{scheme}-{member}").into())
        }
        model => Some(model.into()),
    }
}
