//! Who denoises what, and by which steps.

use crate::experiment::parameter::{
    Affects::{Network, Run, View},
    Choice, Kind, Parameter, Reference, choice, help, text,
};
use crate::labs::points::papers::{ARTICLE, HO, KADKHODAIE, KARRAS, LU, PHILOX, SDE, SONG};
use crate::labs::samplers::{SAMPLERS, SIGMAS, SPACINGS};

const DENOISERS: &[Choice] = &[choice("exact", "Exact", "精确"), choice("learned", "Learned", "学到的")];
const JOURNEYS: &[Choice] =
    &[choice("both", "Fall and rise", "先拆后建"), choice("rebuild", "Build", "只建楼")];

pub const PARAMETERS: &[Parameter] = &[
    Parameter {
        key: "denoiser",
        kind: Kind::Choice { options: DENOISERS, default: "exact" },
        title: text("Denoiser", "去噪器"),
        help: help(
            "Who says what noise is in a point. Exact: a weighted average over the data, by Bayes' rule, without any training. Learned: the network, trained here and now.",
            "由谁说出点中的噪声。精确：按贝叶斯公式对数据加权平均，无需训练；学到的：就在此时此地训练的网络。",
        ),
        link: Some(KADKHODAIE),
        symbol: r"\epsilon_\theta",
        ..Parameter::of("model", &[Run])
    },
    Parameter {
        key: "particles",
        kind: Kind::Integer { min: 100, max: 100_000, default: 2000 },
        title: text("Particles", "粒子数"),
        help: help("How many points are built at once.", "同时建造多少个点。"),
        link: Some(HO),
        symbol: "N",
        ..Parameter::of("model", &[Run])
    },
    Parameter {
        key: "journey",
        kind: Kind::Choice { options: JOURNEYS, default: "rebuild" },
        title: text("Journey", "路线"),
        help: help(
            "Build starts from fresh noise. Fall and rise first lets data points fall to rubble and builds from that very rubble.",
            "“只建楼”从新噪声开始；“先拆后建”先把数据点拆成瓦砾，再就用这堆瓦砾重建。",
        ),
        link: Some(ARTICLE),
        ..Parameter::of("model", &[Run])
    },
    Parameter {
        key: "seed",
        kind: Kind::Seed { default: 7 },
        title: text("Seed", "种子"),
        help: help(
            "The address of all noise on this page, of the data points and of the network's first weights. The same seed gives the same everything.",
            "本页所有噪声、数据点与网络初始权重的地址。种子相同，一切相同。",
        ),
        link: Some(PHILOX),
        ..Parameter::of("model", &[Run, Network])
    },
    Parameter {
        key: "sampler",
        kind: Kind::Choice { options: SAMPLERS, default: "ddim" },
        title: text("Sampler", "采样器"),
        help: help(
            "How a step is made from the noise that the denoiser sees. DDPM adds fresh noise; the others follow a fixed path, the later ones with fewer steps.",
            "如何由去噪器看到的噪声走一步。DDPM 加入新噪声；其余的沿确定的路径走，越新的方法所需步数越少。",
        ),
        link: Some(LU),
        ..Parameter::of("sampler", &[Run])
    },
    Parameter {
        key: "sigma",
        kind: Kind::Choice { options: SIGMAS, default: "tilde" },
        title: text("Fresh noise", "新增噪声"),
        help: help(
            "The size of the noise that each DDPM step adds. β is exact for Gaussian data of variance 1, β̃ for a single point; with none at all everything collapses to the mean.",
            "DDPM 每步加入噪声的大小。数据为标准正态时 β 恰好正确，只有一个点时 β̃ 恰好正确；完全不加则全部坍缩到均值。",
        ),
        link: Some(Reference {
            title: "Su: 生成扩散模型漫谈（二）", href: "https://kexue.fm/archives/9152"
        }),
        symbol: r"\sigma_t",
        ..Parameter::of("sampler", &[Run])
    },
    Parameter {
        key: "eta",
        kind: Kind::Number { min: 0.0, max: 1.0, step: 0.05, default: 0.0 },
        title: text("DDIM's noise", "DDIM 的噪声"),
        help: help(
            "The share of DDPM's noise that a DDIM step adds: 0 makes the path fixed once the rubble is given, 1 is DDPM with β̃.",
            "DDIM 每步加入的噪声占 DDPM（β̃）的比例：0 时给定瓦砾则路径完全确定，1 时就是取 β̃ 的 DDPM。",
        ),
        link: Some(SONG),
        symbol: r"\eta",
        ..Parameter::of("sampler", &[Run])
    },
    Parameter {
        key: "spacing",
        kind: Kind::Choice { options: SPACINGS, default: "uniform" },
        title: text("Spacing", "步的疏密"),
        help: help(
            "Where the steps stand between rubble and data: evenly in time, or closer together where little noise is left and details appear.",
            "各步在瓦砾与数据之间如何分布：按时间均匀，或在噪声将尽、细节浮现之处更密。",
        ),
        link: Some(KARRAS),
        ..Parameter::of("sampler", &[Run])
    },
    Parameter {
        key: "steps",
        kind: Kind::Integer { min: 1, max: 1000, default: 50 },
        title: text("Steps", "步数"),
        help: help("How many steps lead from rubble to data.", "从瓦砾到数据走多少步。"),
        link: Some(SONG),
        symbol: "S",
        ..Parameter::of("sampler", &[Run])
    },
    Parameter {
        key: "rival",
        kind: Kind::Choice { options: SAMPLERS, default: "ddpm" },
        title: text("Rival", "对手"),
        help: help(
            "A second sampler that leads the same start point home, beside the first.",
            "第二种采样器，带着同一个起点与第一种并排走到终点。",
        ),
        link: Some(SDE),
        ..Parameter::of("sampler", &[View])
    },
    probe("probe_x", 0.8, "Start point, across", "起点横坐标"),
    probe("probe_y", -0.4, "Start point, up", "起点纵坐标"),
];

const fn probe(key: &'static str, default: f64, en: &'static str, zh: &'static str) -> Parameter {
    Parameter {
        key,
        kind: Kind::Number { min: -4.0, max: 4.0, step: 0.05, default },
        title: text(en, zh),
        help: help(
            "Where the probe starts among the rubble; both samplers lead it home from there.",
            "探针在瓦砾中的起点；两种采样器都从这里出发。",
        ),
        link: Some(SDE),
        ..Parameter::of("view", &[View])
    }
}
