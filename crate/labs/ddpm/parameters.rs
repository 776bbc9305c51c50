//! The settings of the DDPM lab.

use super::about::ARTICLE;
use crate::experiment::{
    Message,
    inputs::forks,
    parameter::{
        Affects::{Network, Run, View},
        Choice, Kind, Parameter, Reference, ShownWhen, Value, Values, choice, help, text,
    },
};
use crate::labs::{
    samplers::{SAMPLERS, SIGMAS, SPACINGS},
    schedules::{SCHEDULES, bound_slope, bound_steps, integer},
};

const HO: Reference = Reference { title: "Ho, Jain, Abbeel 2020", href: "https://arxiv.org/abs/2006.11239" };
const NICHOL: Reference =
    Reference { title: "Nichol & Dhariwal 2021", href: "https://arxiv.org/abs/2102.09672" };
const SONG: Reference =
    Reference { title: "Song, Meng, Ermon 2021", href: "https://arxiv.org/abs/2010.02502" };
const GUIDANCE: Reference =
    Reference { title: "Ho & Salimans 2022", href: "https://arxiv.org/abs/2207.12598" };
const DIGITS: Reference = Reference {
    title: "UCI: handwritten digits",
    href: "https://archive.ics.uci.edu/dataset/80/optical+recognition+of+handwritten+digits",
};
const INVERSION: Reference =
    Reference { title: "Song et al. 2021, section 4.3", href: "https://arxiv.org/abs/2010.02502" };
const KARRAS: Reference = Reference { title: "Karras et al. 2022", href: "https://arxiv.org/abs/2206.00364" };
const PHILOX: Reference =
    Reference { title: "Salmon et al. 2011", href: "https://doi.org/10.1145/2063384.2063405" };

/// The pictures of a link that names none.
const DEFAULT_DATA: &str = "buildings";

const DATA: &[Choice] =
    &[choice("buildings", "Buildings", "小楼"), choice("digits", "Handwritten digits", "手写数字")];
const JOURNEYS: &[Choice] = &[
    choice("both", "Fall and rise", "先拆后建"),
    choice("demolish", "Demolish", "只拆楼"),
    choice("rebuild", "Build", "只建楼"),
    choice("invert", "Invert and rebuild", "反演再重建"),
];
const LABELS: &[Choice] = &[
    choice("same", "As the picture", "与原图相同"),
    choice("any", "Anything", "任意"),
    choice("0", "0", "0"),
    choice("1", "1", "1"),
    choice("2", "2", "2"),
    choice("3", "3", "3"),
    choice("4", "4", "4"),
    choice("5", "5", "5"),
    choice("6", "6", "6"),
    choice("7", "7", "7"),
    choice("8", "8", "8"),
    choice("9", "9", "9"),
];

pub const PARAMETERS: &[Parameter] = &[
    Parameter {
        key: "data",
        kind: Kind::Choice { options: DATA, default: DEFAULT_DATA },
        title: text("Pictures", "图片"),
        help: help(
            "What falls and rises: small buildings in colour, 32 by 32, drawn by a programme of ours in ten kinds; or digits that people wrote, 8 by 8. Each has its own network, trained on its own pictures.",
            "拆的是什么：由程序画出的十类彩色小楼（32×32），或人手写的数字（8×8）。二者各有自己的网络，用各自的图训练。",
        ),
        link: Some(DIGITS),
        ..Parameter::of("picture", &[Run, Network])
    },
    Parameter {
        key: "journey",
        kind: Kind::Choice { options: JOURNEYS, default: "both" },
        title: text("Journey", "路线"),
        help: help(
            "What happens on the stage. Fall and rise takes a real picture down to rubble and lets the model build from that very rubble. Demolish stops at the rubble. Build starts from fresh noise that never was a picture. Invert lets the model itself walk the picture back, by DDIM's steps in reverse and without any chance, to the noise it would have been built from, and builds it again.",
            "工地上发生什么。“先拆后建”把一张真实的图拆成瓦砾，再让模型就用这堆瓦砾重建；“只拆楼”到瓦砾为止；“只建楼”从未曾是任何图的新噪声开始；“反演”让模型自己倒着走 DDIM 的步子，不掷骰子，退回到能建出此图的那份噪声，再重建。",
        ),
        link: Some(INVERSION),
        ..Parameter::of("picture", &[Run])
    },
    Parameter {
        key: "picture",
        kind: Kind::Integer { min: 0, max: 359, default: 6 },
        title: text("Picture", "原图"),
        help: help(
            "Which real picture is demolished. All 360 were held back from training, so the model has never seen them.",
            "拆哪一张真实的图。这 360 张图都没有参与训练，模型从未见过。",
        ),
        link: Some(ARTICLE),
        symbol: "x_0",
        ..Parameter::of("picture", &[Run])
    },
    Parameter {
        key: "label",
        kind: Kind::Choice { options: LABELS, default: "same" },
        title: text("Rebuild as", "重建为"),
        help: help(
            "What the builder is asked for: one of the ten kinds of picture. Keep the rubble and change the order: the same noise becomes another picture. Anything uses the model without a label, and so does a painting of your own.",
            "要求施工队建十类图中的哪一类。瓦砾不变、订单改变：同样的噪声会变成另一张图。“任意”表示不给模型标签，自己画的图也是如此。",
        ),
        link: Some(GUIDANCE),
        symbol: "y",
        ..Parameter::of("model", &[Run])
    },
    Parameter {
        key: "guidance",
        kind: Kind::Number { min: 0.0, max: 8.0, step: 0.1, default: 1.3 },
        title: text("Guidance", "引导强度"),
        help: help(
            "How strongly the label pulls. At 1 the model's conditional guess is used as it is; above 1 the difference between with and without label is exaggerated, at two network calls a step; at 0 the label is ignored.",
            "标签的牵引力有多大。为 1 时直接采用有标签的预测；大于 1 时放大“有标签”与“无标签”之差，每步需两次网络调用；为 0 时忽略标签。",
        ),
        link: Some(GUIDANCE),
        symbol: "w",
        ..Parameter::of("model", &[Run])
    },
    Parameter {
        key: "samples",
        // One: a step of a building with guidance is two network calls, at some 2 ms a call on a fast processor, 20 on a slow one.
        kind: Kind::Integer { min: 1, max: 16, default: 1 },
        title: text("Samples", "样本数"),
        help: help(
            "How many pictures fall and rise at once, each with its own noise. One network call serves them all; on a processor without graphics its time grows with their number.",
            "同时拆建多少张图，每张用各自的噪声；一次网络调用同时处理全部。没有显卡时，用时与张数成正比。",
        ),
        link: Some(HO),
        ..Parameter::of("view", &[Run])
    },
    Parameter {
        key: "selected",
        kind: Kind::Integer { min: 0, max: 15, default: 0 },
        title: text("Selected sample", "选中的样本"),
        help: help("The sample on the stage, counted from 0.", "工地上显示的样本，从 0 数起。"),
        link: Some(HO),
        ..Parameter::of("view", &[View])
    },
    Parameter {
        key: "track",
        kind: Kind::Integer { min: 0, max: forks::MOST, default: 0 },
        title: text("Track shown", "显示的轨迹"),
        help: help(
            "Which track is on the stage: 0 is the original, 1 to 7 are the forks in the order they were made.",
            "工地上显示哪条轨迹：0 是原轨迹，1 到 7 是依次建立的分叉。",
        ),
        link: Some(SONG),
        ..Parameter::of("view", &[View])
    },
    Parameter {
        key: "seed",
        kind: Kind::Seed { default: 7 },
        title: text("Seed", "种子"),
        help: help(
            "The address of all noise on this page. Noise belongs to a seed, a time and a pixel; it is looked up, not drawn in order. So changing one setting leaves all other noise as it is, and stepping back is exact.",
            "本页所有噪声的地址。噪声由种子、时刻与像素决定，是查出来的而不是依次抽取的。所以改变一个设置不会动其余噪声，后退也分毫不差。",
        ),
        link: Some(PHILOX),
        ..Parameter::of("picture", &[Run])
    },
    Parameter {
        key: "sampler",
        kind: Kind::Choice { options: SAMPLERS, default: "ddpm" },
        title: text("Sampler", "采样器"),
        help: help(
            "How a step back is made from the noise the model sees. DDPM adds fresh noise at each step. DDIM points at the finished picture and needs none, so it can take large steps. The others solve the same equation without chance: Euler as DDIM does, Heun with a second call to correct each step, the rest by remembering what the model said before.",
            "如何由模型看到的噪声退回一步。DDPM 每步加入新噪声；DDIM 对准预测的成品走，可不加噪声，因而能迈大步。其余方法解的是同一个无噪声方程：欧拉法与 DDIM 同走一路，Heun 每步多调用一次来校正，其他方法则记住模型先前说过的话。",
        ),
        link: Some(SONG),
        ..Parameter::of("sampler", &[Run])
    },
    Parameter {
        key: "sigma",
        kind: Kind::Choice { options: SIGMAS, default: "tilde" },
        title: text("Fresh noise", "新增噪声"),
        help: help(
            "The size of the noise that each DDPM step adds. β is exact when the data are Gaussian with variance 1, β̃ when they are one single point; with no noise at all the walk always takes the mean and collapses.",
            "DDPM 每步加入噪声的大小。数据为标准正态时 β 恰好正确，数据只有一个点时 β̃ 恰好正确；完全不加噪声则步步取均值，终将坍缩。",
        ),
        link: Some(Reference {
            title: "Su: 生成扩散模型漫谈（二）", href: "https://kexue.fm/archives/9152"
        }),
        symbol: r"\sigma_t",
        shown_when: Some(ShownWhen { key: "sampler", is: &["ddpm"] }),
        ..Parameter::of("sampler", &[Run])
    },
    Parameter {
        key: "eta",
        kind: Kind::Number { min: 0.0, max: 1.0, step: 0.05, default: 0.0 },
        title: text("Fresh noise", "新增噪声"),
        help: help(
            "The share of the ancestral noise that a DDIM step adds: 0 makes the path fixed once the rubble is given, 1 is DDPM with β̃.",
            "DDIM 每步加入的噪声占 DDPM（β̃）的比例：0 时给定瓦砾则路径完全确定，1 时就是取 β̃ 的 DDPM。",
        ),
        link: Some(SONG),
        symbol: r"\eta",
        shown_when: Some(ShownWhen { key: "sampler", is: &["ddim"] }),
        ..Parameter::of("sampler", &[Run])
    },
    Parameter {
        key: "steps",
        // With 50 the pictures' mean is off along their first principal component, which 100 do not show (README, of buildings).
        kind: Kind::Integer { min: 1, max: 1000, default: 100 },
        title: text("Steps", "步数"),
        help: help(
            "How many of the T times are visited on the way down and on the way up. Each step up is a network call, with Heun two.",
            "在 T 个时刻中取多少个来走，拆与建相同。建楼时每一步是一次网络调用，Heun 为两次。",
        ),
        link: Some(SONG),
        symbol: "S",
        ..Parameter::of("sampler", &[Run])
    },
    Parameter {
        key: "spacing",
        kind: Kind::Choice { options: SPACINGS, default: "uniform" },
        title: text("Spacing", "时刻分布"),
        help: help(
            "Where the steps lie. Even: equal times apart; the next two are the same idea with diffusers' rounding, and with a last step from t = 1. Quadratic and Karras take more of their steps where little noise is left, where the details are made.",
            "步子落在哪些时刻。均匀：间隔相等；其后两种思路相同，只是取整方式同 diffusers，或最后一步从 t = 1 走起；二次与 Karras：把更多步子放在噪声将尽、细节成形之处。",
        ),
        link: Some(KARRAS),
        ..Parameter::of("sampler", &[Run])
    },
    Parameter {
        key: "schedule",
        kind: Kind::Choice { options: SCHEDULES, default: "su" },
        title: text("Schedule", "噪声表"),
        help: help(
            "How fast the building comes down. Su: a_t² = 1 − c t/T. Linear: Ho's β from 0.0001 to 0.02. Cosine: Nichol and Dhariwal's. The network was trained with Su's at T = 1000, c = 0.02; under another schedule it is told the time at which it knew the same ratio of building to rubble.",
            "楼拆得多快。苏：a_t² = 1 − c t/T；线性：Ho 的 β 从 0.0001 到 0.02；余弦：Nichol 与 Dhariwal 的方案。网络以苏的 T = 1000、c = 0.02 训练；换用其他噪声表时，告诉它的是训练中“楼与瓦砾之比”相同的那个时刻。",
        ),
        link: Some(NICHOL),
        symbol: r"\alpha_t",
        ..Parameter::of("schedule", &[Run])
    },
    Parameter {
        key: "T",
        kind: Kind::Integer { min: 2, max: 4000, default: 1000 },
        title: text("Length", "总时长"),
        help: help(
            "The number of times T. With c fixed, a short T leaves much of the building standing: then pure noise is the wrong place to start building from.",
            "时刻总数 T。若 c 不变而 T 变短，楼会剩下一大截：这时从纯噪声开始建就错了起点。",
        ),
        link: Some(ARTICLE),
        symbol: "T",
        ..Parameter::of("schedule", &[Run])
    },
    Parameter {
        key: "c",
        kind: Kind::Number { min: 0.001, max: 0.99, step: 0.001, default: 0.02 },
        title: text("Slope", "斜率"),
        help: help(
            "c in a_t² = 1 − c t/T, the variance of the last noise. What is left at the end is about e^(−cT/4); to leave e^(−5) with 100 steps, c must be 0.185.",
            "a_t² = 1 − c t/T 中的 c，即最后一步噪声的方差。最终剩余约为 e^(−cT/4)；若只走 100 步而仍要剩 e^(−5)，c 须取 0.185。",
        ),
        link: Some(ARTICLE),
        symbol: "c",
        shown_when: Some(ShownWhen { key: "schedule", is: &["su"] }),
        ..Parameter::of("schedule", &[Run])
    },
];

/// S ≤ T, selected < samples, a slope that leaves something to see, and no chance on the way back from an inversion.
pub fn normalise(values: &mut Values, warnings: &mut Vec<Message>) {
    bound_steps(values, warnings);
    let (samples, selected) = (integer(values, "samples"), integer(values, "selected"));
    if selected >= samples {
        values.insert("selected", Value::Integer(samples - 1));
        warnings.push(Message::new(
            "selected",
            format!(
                "selected: samples count from 0 and there are {samples}, so not {selected}; {} is shown.",
                samples - 1
            ),
            format!(
                "selected：样本从 0 数起，共 {samples} 个，没有 {selected} 号，显示 {} 号。",
                samples - 1
            ),
        ));
    }
    bound_slope(values, warnings);
    if values["journey"] == Value::Choice("invert") && values["sampler"] == Value::Choice("ddpm") {
        values.insert("sampler", Value::Choice("ddim"));
        warnings.push(Message::new(
            "sampler",
            "DDPM's fresh noise would not lead back to the picture that was inverted; DDIM rebuilds it.",
            "DDPM 的新噪声走不回被反演的原图，改由 DDIM 重建。",
        ));
    }
}
