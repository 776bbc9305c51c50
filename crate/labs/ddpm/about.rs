//! What the lab is: a picture is demolished into rubble and rebuilt, after <https://kexue.fm/archives/9119>.

use std::borrow::Cow;

use serde_json::{Map, Value as Json, json};

use super::parameters;
use crate::data::gallery::{self, Gallery};
use crate::experiment::{
    Experiment,
    catalogue::{About, EarlierDefault, Group, InputUse, Needs, Webgpu, group},
    inputs::Input,
    parameter::{Affects::Run, Reference, help, text},
};
use crate::labs::lanes;

/// The article of this lab.
pub const ARTICLE: Reference = Reference {
    title: "Su Jianlin: 生成扩散模型漫谈（一）：DDPM = 拆楼 + 建楼",
    href: "https://kexue.fm/archives/9119",
};

const GROUPS: &[Group] = &[
    group("picture", "Building site", "工地"),
    group("model", "Building plan", "图纸"),
    group("sampler", "Crew", "施工队"),
    group("race", "Race", "赛跑"),
    group("schedule", "Demolition schedule", "噪声表"),
    group("view", "View", "视图"),
];

pub const ABOUT: About = About {
    id: "ddpm",
    title: text("Demolish and rebuild", "拆楼与建楼"),
    line: help(
        "A real, tiny diffusion model, live in this tab: watch a building crumble into noise, and another rise out of it step by step.",
        "一个真实的小扩散模型，就在这个标签页里：看一座楼一步步塌成噪声，又从噪声里一步步长出另一座。",
    ),
    question: help("How can a picture be built from nothing but noise?", "只有一堆噪声，怎么能建出一张图？"),
    article: ARTICLE,
    groups: GROUPS,
    parameters: &[parameters::PARAMETERS, lanes::PARAMETERS],
    first: &["data", "label", "guidance", "seed", "sampler", "steps", "schedule"],
    inputs: &[
        InputUse { input: Input::Pixels, affects: &[Run] },
        InputUse { input: Input::Forks, affects: &[Run] },
    ],
    forks: &["sampler", "sigma", "eta", "spacing", "label", "guidance", "schedule", "c"],
    measures: &["greedy"],
    frames: &["x", "x0", "eps"],
    model,
    normalise: parameters::normalise,
    // The fall asks no network.
    engine: Needs::CoreThenNetworks,
    webgpu: |_, _| Webgpu::Measured,
    // There were only digits then, nine of them.
    earlier_defaults: &[
        EarlierDefault { until: 1, key: "data", value: "digits" },
        EarlierDefault { until: 1, key: "samples", value: "9" },
        EarlierDefault { until: 3, key: "steps", value: "50" },
    ],
    extra: galleries,
    ..About::PLAIN
};

/// The weights are called as the pictures are.
fn model(experiment: &Experiment) -> Option<Cow<'static, str>> {
    Gallery::named(experiment.choice("data")).map(Gallery::id).map(Cow::Borrowed)
}

/// What the labels of each gallery stand for, and how large its pictures are.
fn galleries() -> Map<String, Json> {
    let names = |gallery: Gallery| {
        let name = |label| gallery.name(label);
        (0..gallery::CLASSES).map(name).map(|[en, zh]| json!({"en": en, "zh": zh})).collect::<Vec<_>>()
    };
    let galleries = Gallery::ALL.map(|gallery| {
        let about = json!({"shape": gallery.shape(), "pictures": gallery::COUNT, "labels": names(gallery)});
        (gallery.id().to_owned(), about)
    });
    Map::from_iter([("galleries".to_owned(), Json::Object(Map::from_iter(galleries)))])
}
