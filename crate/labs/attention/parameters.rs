//! What can be set in the attention lab.

use super::about::ARTICLE;
use crate::experiment::parameter::{
    Affects::{Network, Reach, Run, View},
    Choice, Kind, Parameter, Reference, ShownWhen, choice, help, text,
};
use crate::labs::schemes::SCHEMES;

const VASWANI: Reference =
    Reference { title: "Vaswani et al. 2017", href: "https://arxiv.org/abs/1706.03762" };
const OLSSON: Reference = Reference { title: "Olsson et al. 2022", href: "https://arxiv.org/abs/2209.11895" };
const KINGMA: Reference = Reference { title: "Kingma & Ba 2015", href: "https://arxiv.org/abs/1412.6980" };
const FAN: Reference =
    Reference { title: "Fan, Lewis, Dauphin 2018", href: "https://arxiv.org/abs/1805.04833" };
const HOLTZMAN: Reference =
    Reference { title: "Holtzman et al. 2020", href: "https://arxiv.org/abs/1904.09751" };
const MADDISON: Reference =
    Reference { title: "Maddison, Tarlow, Minka 2014", href: "https://arxiv.org/abs/1411.0030" };
const SALMON: Reference =
    Reference { title: "Salmon et al. 2011", href: "https://doi.org/10.1145/2063384.2063405" };
const KARPATHY: Reference = Reference {
    title: "Karpathy: The unreasonable effectiveness of recurrent neural networks",
    href: "https://karpathy.github.io/2015/05/21/rnn-effectiveness/",
};
const PRESS: Reference =
    Reference { title: "Press, Smith, Lewis 2022", href: "https://arxiv.org/abs/2108.12409" };
const ELHAGE: Reference = Reference {
    title: "Elhage et al. 2021: A mathematical framework for transformer circuits",
    href: "https://transformer-circuits.pub/2021/framework/index.html",
};

/// Training steps that a link goes up to.
pub const MOST_TRAINED: usize = 5000;

const MODELS: &[Choice] = &[
    choice("shakespeare", "Shakespeare", "莎士比亚"),
    choice("tang", "Tang poems", "唐诗"),
    choice("places", "Schemes of position", "各种位置方案"),
    choice("toy", "Trained here", "就地训练"),
];
const TASKS: &[Choice] = &[
    choice("induction", "Repetition", "重复序列"),
    choice("copy", "Copy", "抄写"),
    choice("reverse", "Reverse", "倒写"),
    choice("sort", "Sort", "排序"),
    choice("brackets", "Brackets", "括号"),
    choice("addition", "Addition", "加法"),
    choice("own", "Your text", "你的文字"),
];
const RUNS: &[Choice] = &[
    choice("edited", "After surgery", "干预后"),
    choice("original", "Untouched", "原样"),
    choice("difference", "Difference", "差别"),
];

const PLACES: Option<ShownWhen> = Some(ShownWhen { key: "model", is: &["places"] });
const TOY: Option<ShownWhen> = Some(ShownWhen { key: "model", is: &["toy"] });

pub const PARAMETERS: &[Parameter] = &[
    Parameter {
        key: "model",
        kind: Kind::Choice { options: MODELS, default: "shakespeare" },
        title: text("Model", "模型"),
        help: help(
            "Who writes. Shakespeare: four layers of four heads, trained on his plays letter by letter. Tang poems: as many, trained on 14,751 regular poems. Schemes of position: small networks that learnt from texts of 64 characters and read four times as many. Trained here: a network of two layers that learns a small task in this tab while you watch.",
            "由谁来写。莎士比亚：四层、每层四个头，逐字母学过他的剧本；唐诗：同样大小，学过 14,751 首格律诗；各种位置方案：只学过 64 个字符长的文本、却要读四倍长的小网络；就地训练：两层的小网络，在本页当面学会一个小任务。",
        ),
        link: Some(KARPATHY),
        named: true,
        ..Parameter::of("model", &[Network])
    },
    Parameter {
        key: "scheme",
        kind: Kind::Choice { options: &SCHEMES, default: "bias" },
        title: text("What tells places apart", "用什么区分位置"),
        help: help(
            "Three layers of four heads, the same weights to begin with and the same texts; only this differs. Beyond 64 characters they read what none of them was trained for.",
            "三层、每层四个头，初始权重与文本都相同，只有这一点不同。超过 64 个字符，它们读的就是谁都没有训练过的长度。",
        ),
        link: Some(PRESS),
        shown_when: PLACES,
        ..Parameter::of("model", &[Network])
    },
    Parameter {
        key: "member",
        kind: Kind::Integer { min: 1, max: 3, default: 1 },
        title: text("Which of them", "第几个"),
        help: help(
            "Of each scheme three networks ship, with other first weights and other batches.",
            "每种方案有三个网络，初始权重与批次各不相同。",
        ),
        link: Some(PRESS),
        shown_when: PLACES,
        ..Parameter::of("model", &[Network])
    },
    Parameter {
        key: "task",
        kind: Kind::Choice { options: TASKS, default: "induction" },
        title: text("Task", "任务"),
        help: help(
            "What the small network learns. Repetition: a random sequence, twice; the second time can be foretold by whoever looks back. Your text: whatever you paste, letter by letter.",
            "小网络学什么。重复序列：一串随机字符出现两遍，回头看就能预知第二遍；你的文字：你粘贴的任何内容，逐字学习。",
        ),
        link: Some(OLSSON),
        shown_when: TOY,
        ..Parameter::of("model", &[Network])
    },
    Parameter {
        key: "trained",
        kind: Kind::Integer { min: 0, max: MOST_TRAINED, default: 0 },
        title: text("Trained", "训练步数"),
        help: help(
            "How many steps the network of this link has been trained. It is trained again, step by step, wherever the link is opened.",
            "此链接中的网络训练了多少步。无论在哪里打开链接，都会逐步重新训练。",
        ),
        link: Some(KINGMA),
        // The training panel sets it.
        shown_when: Some(ShownWhen { key: "model", is: &[] }),
        ..Parameter::of("model", &[Reach])
    },
    Parameter {
        key: "init",
        kind: Kind::Seed { default: 7 },
        title: text("Training seed", "训练种子"),
        help: help(
            "The address of the small network's first weights and of the examples it sees. Another one is another network, to be trained anew.",
            "小网络初始权重与训练例子的地址。换一个就是另一个网络，要重新训练。",
        ),
        link: Some(SALMON),
        shown_when: TOY,
        ..Parameter::of("model", &[Network])
    },
    Parameter {
        key: "rate",
        kind: Kind::Number { min: 1e-4, max: 2e-2, step: 1e-4, default: 3e-3 },
        title: text("Learning rate", "学习率"),
        help: help(
            "How far each training step moves the weights. Too large and the loss jumps or runs away; then training stops and goes back.",
            "每步权重移动多远。过大时损失会跳动甚至发散；这时训练会停下并退回。",
        ),
        link: Some(KINGMA),
        symbol: r"\eta",
        shown_when: TOY,
        ..Parameter::of("model", &[Network])
    },
    Parameter {
        key: "tokens",
        kind: Kind::Integer { min: 1, max: 200, default: 80 },
        title: text("Length", "长度"),
        help: help(
            "How many characters the model writes after the prompt, as far as its context reaches.",
            "模型在提示之后写多少个字符，以上下文容得下为限。",
        ),
        link: Some(ARTICLE),
        ..Parameter::of("sampler", &[Reach])
    },
    Parameter {
        key: "temperature",
        kind: Kind::Number { min: 0.0, max: 2.0, step: 0.05, default: 0.8 },
        title: text("Temperature", "温度"),
        help: help(
            "The scores are divided by it before the softmax. 0 always takes the likeliest character; 1 is the model's own distribution; above it everything becomes likelier than the model thinks.",
            "在 softmax 之前用它去除各得分。0 总取最可能的字符；1 就是模型自己的分布；再高则什么都比模型以为的更可能。",
        ),
        link: Some(MADDISON),
        symbol: r"\tau",
        ..Parameter::of("sampler", &[Run])
    },
    Parameter {
        key: "top_k",
        kind: Kind::Integer { min: 0, max: 100, default: 0 },
        title: text("Top-k", "Top-k"),
        help: help(
            "Only the k likeliest characters may be chosen. 0: all of them.",
            "只允许选择最可能的 k 个字符。0 表示不限。",
        ),
        link: Some(FAN),
        symbol: "k",
        ..Parameter::of("sampler", &[Run])
    },
    Parameter {
        key: "top_p",
        kind: Kind::Number { min: 0.05, max: 1.0, step: 0.05, default: 1.0 },
        title: text("Top-p", "Top-p"),
        help: help(
            "Only the likeliest characters that together make up this probability may be chosen. 1: all of them.",
            "只允许选择合计达到此概率的最可能的若干字符。1 表示不限。",
        ),
        link: Some(HOLTZMAN),
        symbol: "p",
        ..Parameter::of("sampler", &[Run])
    },
    Parameter {
        key: "seed",
        kind: Kind::Seed { default: 7 },
        title: text("Seed", "种子"),
        help: help(
            "The address of the chance in each choice of a character. The same seed writes the same text.",
            "每次抽取字符时偶然性的地址。种子相同，写出的文字就相同。",
        ),
        link: Some(SALMON),
        ..Parameter::of("sampler", &[Run])
    },
    Parameter {
        key: "layer",
        kind: Kind::Integer { min: 1, max: 4, default: 1 },
        title: text("Layer", "层"),
        help: help(
            "The layer of the head on the stage. Each layer reads what the ones before it wrote.",
            "台上那个头所在的层。每一层读取前面各层写下的内容。",
        ),
        link: Some(ELHAGE),
        symbol: r"\ell",
        ..Parameter::of("view", &[View])
    },
    Parameter {
        key: "head",
        kind: Kind::Integer { min: 1, max: 4, default: 1 },
        title: text("Head", "头"),
        help: help(
            "The head on the stage. The heads of a layer look at the same text side by side, each in its own way.",
            "台上的头。同一层的各个头并排看同一段文字，各有各的看法。",
        ),
        link: Some(VASWANI),
        symbol: "h",
        ..Parameter::of("view", &[View])
    },
    Parameter {
        key: "token",
        kind: Kind::Integer { min: 0, max: 256, default: 0 },
        title: text("Position", "位置"),
        help: help(
            "The position whose view of the text is shown, counted from 1. 0: always the newest.",
            "显示哪个位置所看到的内容，从 1 数起。0 表示总是最新的一个。",
        ),
        link: Some(VASWANI),
        symbol: "t",
        ..Parameter::of("view", &[View])
    },
    Parameter {
        key: "view",
        kind: Kind::Choice { options: RUNS, default: "edited" },
        title: text("View", "视图"),
        help: help(
            "Which maps are shown: those of the model after your surgery, those of the untouched one, or how far the first differ from the second.",
            "显示哪些注意力图：干预后的模型、原样的模型，或前者与后者之差。",
        ),
        link: Some(ELHAGE),
        ..Parameter::of("view", &[View])
    },
];
