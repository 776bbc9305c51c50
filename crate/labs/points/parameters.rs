//! The settings of the plane.

use crate::experiment::{
    Message,
    parameter::{Choice, Kind, Parameter, Reference, ShownWhen, Value, Values, choice, text},
};
use crate::labs::{
    race,
    samplers::{SAMPLERS, SIGMAS, SPACINGS},
    schedules::{SCHEDULES, bound_slope, bound_steps, integer},
};

const HO: Reference = Reference { title: "Ho, Jain, Abbeel 2020", href: "https://arxiv.org/abs/2006.11239" };
const NICHOL: Reference =
    Reference { title: "Nichol & Dhariwal 2021", href: "https://arxiv.org/abs/2102.09672" };
const SONG: Reference =
    Reference { title: "Song, Meng, Ermon 2021", href: "https://arxiv.org/abs/2010.02502" };
const SDE: Reference = Reference { title: "Song et al. 2021", href: "https://arxiv.org/abs/2011.13456" };
const KARRAS: Reference = Reference { title: "Karras et al. 2022", href: "https://arxiv.org/abs/2206.00364" };
const LU: Reference = Reference { title: "Lu et al. 2022", href: "https://arxiv.org/abs/2211.01095" };
const SALIMANS: Reference =
    Reference { title: "Salimans & Ho 2022", href: "https://arxiv.org/abs/2202.00512" };
const KINGMA: Reference = Reference { title: "Kingma & Ba 2015", href: "https://arxiv.org/abs/1412.6980" };
const KADKHODAIE: Reference =
    Reference { title: "Kadkhodaie et al. 2024", href: "https://arxiv.org/abs/2310.02557" };
const PHILOX: Reference =
    Reference { title: "Salmon et al. 2011", href: "https://doi.org/10.1145/2063384.2063405" };

/// Numbers of states that are kept at most; the particles are cut to fit.
pub const MOST_KEPT: usize = 6_000_000;

/// Training steps that a link goes up to.
pub const MOST_TRAINED: usize = 20_000;

const DATA: &[Choice] = &[
    choice("moons", "Moons", "双月"),
    choice("circles", "Circles", "双环"),
    choice("spiral", "Spiral", "双螺旋"),
    choice("swissroll", "Swiss roll", "瑞士卷"),
    choice("checkerboard", "Checkerboard", "棋盘"),
    choice("pinwheel", "Pinwheel", "风车"),
    choice("mixture", "Gaussians", "高斯混合"),
    choice("skyline", "Skyline", "天际线"),
    choice("drawn", "Drawn by you", "自己画的"),
];
const SUPPLIES: &[Choice] =
    &[choice("fresh", "Always new", "源源不断"), choice("fixed", "These points", "只有这些点")];
const BATCHES: &[Choice] =
    &[choice("128", "128", "128"), choice("256", "256", "256"), choice("512", "512", "512")];
const TARGETS: &[Choice] = &[
    choice("epsilon", "The noise ε", "噪声 ε"),
    choice("sample", "The clean point x₀", "原点 x₀"),
    choice("velocity", "The velocity v", "速度 v"),
];
const DENOISERS: &[Choice] = &[choice("exact", "Exact", "精确"), choice("learned", "Learned", "学到的")];
const JOURNEYS: &[Choice] =
    &[choice("both", "Fall and rise", "先拆后建"), choice("rebuild", "Build", "只建楼")];
const VIEWS: &[Choice] = &[
    choice("particles", "Particles", "粒子"),
    choice("trajectories", "Trajectories", "轨迹"),
    choice("density", "Density", "密度"),
    choice("field", "Score field", "分数场"),
    choice("error", "Error", "误差"),
];

pub const ALL: &[Parameter] = &[
    Parameter {
        key: "data",
        kind: Kind::Choice { options: DATA, default: "moons" },
        title: text("Data", "数据"),
        help: text(
            "Where the points come from: eight laws that never run out of points, or a drawing of your own. Every built-in law has mean 0 and variance 1, so that the noise can drown it.",
            "点从哪里来：八种取之不尽的分布，或你自己画的图。内置分布的均值为 0、方差为 1，噪声才能将其淹没。",
        ),
        link: Some(super::ARTICLE),
        symbol: "x_0",
        group: "data",
        ..Parameter::NONE
    },
    Parameter {
        key: "points",
        kind: Kind::Integer { min: 2, max: 4096, default: 1000 },
        title: text("Points", "点数"),
        help: text(
            "How many data points there are. The exact denoiser knows just these; so does the network if it gets no others.",
            "数据点的个数。精确去噪器只认识这些点；若不供给新点，网络也只认识它们。",
        ),
        link: Some(KADKHODAIE),
        symbol: "M",
        group: "data",
        ..Parameter::NONE
    },
    Parameter {
        key: "supply",
        kind: Kind::Choice { options: SUPPLIES, default: "fresh" },
        title: text("Supply", "供给"),
        help: text(
            "What the network is trained on: new points of the law at every step, or the same few points again and again. With few points it learns them by heart. A drawing is always these points.",
            "网络用什么训练：每步都抽新点，或反复使用同一批点。点少时它会死记硬背。自己画的图总是“只有这些点”。",
        ),
        link: Some(KADKHODAIE),
        group: "data",
        ..Parameter::NONE
    },
    Parameter {
        key: "spread",
        kind: Kind::Number { min: 0.02, max: 0.6, step: 0.01, default: 0.15 },
        title: text("Spread", "宽度"),
        help: text(
            "The standard deviation of each Gaussian. The exact denoiser then knows the law itself, not just points of it.",
            "每个高斯分量的标准差。此时精确去噪器认识的是分布本身，而不只是其中一些点。",
        ),
        link: Some(SDE),
        symbol: "s",
        group: "data",
        shown_when: Some(ShownWhen { key: "data", is: &["mixture"] }),
        ..Parameter::NONE
    },
    Parameter {
        key: "trained",
        kind: Kind::Integer { min: 0, max: MOST_TRAINED, default: 0 },
        title: text("Trained", "训练步数"),
        help: text(
            "How many steps the network of this link has been trained. It is trained again, step by step, wherever the link is opened.",
            "此链接中的网络训练了多少步。无论在哪里打开链接，都会逐步重新训练。",
        ),
        link: Some(KINGMA),
        group: "training",
        // The training panel sets it.
        shown_when: Some(ShownWhen { key: "denoiser", is: &[] }),
        ..Parameter::NONE
    },
    Parameter {
        key: "batch",
        kind: Kind::Choice { options: BATCHES, default: "256" },
        title: text("Batch", "批量"),
        help: text(
            "Points a training step. More points tell the direction better and take longer.",
            "每个训练步使用的点数。点越多方向越准，也越慢。",
        ),
        link: Some(KINGMA),
        group: "training",
        ..Parameter::NONE
    },
    Parameter {
        key: "rate",
        kind: Kind::Number { min: 1e-4, max: 2e-2, step: 1e-4, default: 6e-3 },
        title: text("Learning rate", "学习率"),
        help: text(
            "How far each training step moves the weights. Too large and the loss jumps or runs away; then training stops and goes back.",
            "每步权重移动多远。过大时损失会跳动甚至发散；这时训练会停下并退回。",
        ),
        link: Some(KINGMA),
        symbol: r"\eta",
        group: "training",
        ..Parameter::NONE
    },
    Parameter {
        key: "target",
        kind: Kind::Choice { options: TARGETS, default: "epsilon" },
        title: text("Target", "目标"),
        help: text(
            "What the network is asked for. The three say the same, but weigh errors differently: the clean point is easy where there is little noise, the noise is easy where there is much.",
            "让网络预测什么。三者等价，只是误差的权重不同：噪声少时原点容易预测，噪声多时噪声容易预测。",
        ),
        link: Some(SALIMANS),
        group: "training",
        ..Parameter::NONE
    },
    Parameter {
        key: "denoiser",
        kind: Kind::Choice { options: DENOISERS, default: "exact" },
        title: text("Denoiser", "去噪器"),
        help: text(
            "Who says what noise is in a point. Exact: a weighted average over the data, by Bayes' rule, without any training. Learned: the network, trained here and now.",
            "由谁说出点中的噪声。精确：按贝叶斯公式对数据加权平均，无需训练；学到的：就在此时此地训练的网络。",
        ),
        link: Some(KADKHODAIE),
        symbol: r"\epsilon_\theta",
        group: "model",
        ..Parameter::NONE
    },
    Parameter {
        key: "particles",
        kind: Kind::Integer { min: 100, max: 100_000, default: 2000 },
        title: text("Particles", "粒子数"),
        help: text("How many points are built at once.", "同时建造多少个点。"),
        link: Some(HO),
        symbol: "N",
        group: "model",
        ..Parameter::NONE
    },
    Parameter {
        key: "journey",
        kind: Kind::Choice { options: JOURNEYS, default: "rebuild" },
        title: text("Journey", "路线"),
        help: text(
            "Build starts from fresh noise. Fall and rise first lets data points fall to rubble and builds from that very rubble.",
            "“只建楼”从新噪声开始；“先拆后建”先把数据点拆成瓦砾，再就用这堆瓦砾重建。",
        ),
        link: Some(super::ARTICLE),
        group: "model",
        ..Parameter::NONE
    },
    Parameter {
        key: "seed",
        kind: Kind::Seed { default: 7 },
        title: text("Seed", "种子"),
        help: text(
            "The address of all noise on this page, of the data points and of the network's first weights. The same seed gives the same everything.",
            "本页所有噪声、数据点与网络初始权重的地址。种子相同，一切相同。",
        ),
        link: Some(PHILOX),
        group: "model",
        ..Parameter::NONE
    },
    Parameter {
        key: "sampler",
        kind: Kind::Choice { options: SAMPLERS, default: "ddim" },
        title: text("Sampler", "采样器"),
        help: text(
            "How a step is made from the noise that the denoiser sees. DDPM adds fresh noise; the others follow a fixed path, the later ones with fewer steps.",
            "如何由去噪器看到的噪声走一步。DDPM 加入新噪声；其余的沿确定的路径走，越新的方法所需步数越少。",
        ),
        link: Some(LU),
        group: "sampler",
        ..Parameter::NONE
    },
    Parameter {
        key: "sigma",
        kind: Kind::Choice { options: SIGMAS, default: "tilde" },
        title: text("Fresh noise", "新增噪声"),
        help: text(
            "The size of the noise that each DDPM step adds. β is exact for Gaussian data of variance 1, β̃ for a single point; with none at all everything collapses to the mean.",
            "DDPM 每步加入噪声的大小。数据为标准正态时 β 恰好正确，只有一个点时 β̃ 恰好正确；完全不加则全部坍缩到均值。",
        ),
        link: Some(Reference {
            title: "Su: 生成扩散模型漫谈（二）", href: "https://kexue.fm/archives/9152"
        }),
        symbol: r"\sigma_t",
        group: "sampler",
        ..Parameter::NONE
    },
    Parameter {
        key: "eta",
        kind: Kind::Number { min: 0.0, max: 1.0, step: 0.05, default: 0.0 },
        title: text("DDIM's noise", "DDIM 的噪声"),
        help: text(
            "The share of DDPM's noise that a DDIM step adds: 0 makes the path fixed once the rubble is given, 1 is DDPM with β̃.",
            "DDIM 每步加入的噪声占 DDPM（β̃）的比例：0 时给定瓦砾则路径完全确定，1 时就是取 β̃ 的 DDPM。",
        ),
        link: Some(SONG),
        symbol: r"\eta",
        group: "sampler",
        ..Parameter::NONE
    },
    Parameter {
        key: "spacing",
        kind: Kind::Choice { options: SPACINGS, default: "uniform" },
        title: text("Spacing", "步的疏密"),
        help: text(
            "Where the steps stand between rubble and data: evenly in time, or closer together where little noise is left and details appear.",
            "各步在瓦砾与数据之间如何分布：按时间均匀，或在噪声将尽、细节浮现之处更密。",
        ),
        link: Some(KARRAS),
        group: "sampler",
        ..Parameter::NONE
    },
    Parameter {
        key: "steps",
        kind: Kind::Integer { min: 1, max: 1000, default: 50 },
        title: text("Steps", "步数"),
        help: text("How many steps lead from rubble to data.", "从瓦砾到数据走多少步。"),
        link: Some(SONG),
        symbol: "S",
        group: "sampler",
        ..Parameter::NONE
    },
    Parameter {
        key: "rival",
        kind: Kind::Choice { options: SAMPLERS, default: "ddpm" },
        title: text("Rival", "对手"),
        help: text(
            "A second sampler that leads the same start point home, beside the first.",
            "第二种采样器，带着同一个起点与第一种并排走到终点。",
        ),
        link: Some(SDE),
        group: "sampler",
        ..Parameter::NONE
    },
    probe("probe_x", 0.8, "Start point, across", "起点横坐标"),
    probe("probe_y", -0.4, "Start point, up", "起点纵坐标"),
    race::PARAMETERS[0],
    race::PARAMETERS[1],
    race::PARAMETERS[2],
    race::PARAMETERS[3],
    race::PARAMETERS[4],
    race::PARAMETERS[5],
    race::PARAMETERS[6],
    Parameter {
        key: "schedule",
        kind: Kind::Choice { options: SCHEDULES, default: "su" },
        title: text("Schedule", "噪声表"),
        help: text(
            "How fast the points fall. Su: a_t² = 1 − c t/T. Linear: Ho's β from 0.0001 to 0.02. Cosine: Nichol and Dhariwal's. The network is trained on the one chosen.",
            "点被拆得多快。苏：a_t² = 1 − c t/T；线性：Ho 的 β 从 0.0001 到 0.02；余弦：Nichol 与 Dhariwal 的方案。网络按所选的噪声表训练。",
        ),
        link: Some(NICHOL),
        symbol: r"\alpha_t",
        group: "schedule",
        ..Parameter::NONE
    },
    Parameter {
        key: "T",
        kind: Kind::Integer { min: 2, max: 4000, default: 1000 },
        title: text("Length", "总时长"),
        help: text(
            "The number of times T. With c fixed, a short T leaves much of the data standing: then pure noise is the wrong place to start from.",
            "时刻总数 T。若 c 不变而 T 变短，数据会剩下一大截：这时从纯噪声开始就错了起点。",
        ),
        link: Some(super::ARTICLE),
        symbol: "T",
        group: "schedule",
        ..Parameter::NONE
    },
    Parameter {
        key: "c",
        kind: Kind::Number { min: 0.001, max: 0.99, step: 0.001, default: 0.02 },
        title: text("Slope", "斜率"),
        help: text(
            "c in a_t² = 1 − c t/T, the variance of the last noise. What is left at the end is about e^(−cT/4).",
            "a_t² = 1 − c t/T 中的 c，即最后一步噪声的方差。最终剩余约为 e^(−cT/4)。",
        ),
        link: Some(super::ARTICLE),
        symbol: "c",
        group: "schedule",
        shown_when: Some(ShownWhen { key: "schedule", is: &["su"] }),
        ..Parameter::NONE
    },
    Parameter {
        key: "view",
        kind: Kind::Choice { options: VIEWS, default: "particles" },
        title: text("View", "视图"),
        help: text(
            "What the plane shows: the particles, the ways they came, the density of noisy data, the score that pulls towards data, or where the network is wrong.",
            "平面上显示什么：粒子、它们走过的路、加噪数据的密度、指向数据的分数场，或网络错在哪里。",
        ),
        link: Some(SDE),
        group: "view",
        ..Parameter::NONE
    },
];

const fn probe(key: &'static str, default: f64, en: &'static str, zh: &'static str) -> Parameter {
    Parameter {
        key,
        kind: Kind::Number { min: -4.0, max: 4.0, step: 0.05, default },
        title: text(en, zh),
        help: text(
            "Where the probe starts among the rubble; both samplers lead it home from there.",
            "探针在瓦砾中的起点；两种采样器都从这里出发。",
        ),
        link: Some(SDE),
        group: "view",
        ..Parameter::NONE
    }
}

/// S ≤ T, a slope that leaves something to see, and states that fit into a phone's memory.
pub fn normalise(values: &mut Values, warnings: &mut Vec<Message>) {
    bound_steps(values, warnings);
    bound_slope(values, warnings);
    let ways = if values["journey"] == Value::Choice("both") { 2 } else { 1 };
    let states = ways * integer(values, "steps");
    let (wanted, most) = (integer(values, "particles"), MOST_KEPT / states);
    if wanted > most {
        values.insert("particles", Value::Integer(most));
        warnings.push(Message::new(
            "particles",
            format!("{wanted} particles over {states} steps do not fit into memory; {most} are taken."),
            format!("{wanted} 个粒子走 {states} 步放不进内存，改取 {most} 个。"),
        ));
    }
}
