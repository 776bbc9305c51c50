//! What can be set: the layers, how their weights are drawn, the activation between them, attention's logits, residual branches.

use super::papers::{
    ADAM, ARTICLE, ATTENTION, DEEPNORM, GLOROT, HE, LECUN, MEAN_FIELD, MUP, POST_NORM, RMS, SELU, STUDENT,
    T5, XIONG,
};
use crate::experiment::parameter::{
    Affects::{Network, Reach, Run, View},
    Choice, Kind, Parameter, ShownWhen, choice, help, text,
};

const VIEWS: &[Choice] = &[
    choice("signal", "Signal", "信号"),
    choice("truncation", "Cut and tune", "截断与调校"),
    choice("attention", "The √d switch", "√d 开关"),
    choice("residual", "Residual ladder", "残差阶梯"),
    choice("train", "Train it", "训练看看"),
    choice("transfer", "Width and rate", "宽度与学习率"),
];

const ACTIVATIONS: &[Choice] = &[
    choice("linear", "none (linear)", "无（线性）"),
    choice("relu", "relu", "relu"),
    choice("leaky", "leaky relu, 0.2", "leaky relu，0.2"),
    choice("elu", "elu", "elu"),
    choice("selu", "selu", "selu"),
    choice("gelu", "gelu", "gelu"),
    choice("gelutanh", "gelu by tanh", "gelu（tanh 近似）"),
    choice("silu", "silu (swish)", "silu（swish）"),
    choice("tanh", "tanh", "tanh"),
    choice("sigmoid", "sigmoid", "sigmoid"),
    choice("softplus", "softplus", "softplus"),
    choice("relu2", "relu²", "relu²"),
    choice("mish", "mish", "mish"),
    choice("typed", "your own φ(x)", "自己写 φ(x)"),
];

const RULES: &[Choice] = &[
    choice("lecun", "LeCun: normal, 1/m", "LeCun：正态，1/m"),
    choice("he", "He: normal, 2/m", "He：正态，2/m"),
    choice("glorot", "Glorot: uniform, 2/(m + n)", "Glorot：均匀，2/(m + n)"),
    choice("truncated", "cut normal, 1/m, uncorrected", "截断正态，1/m，未修正"),
    choice("corrected", "cut normal, 1/m, corrected", "截断正态，1/m，已修正"),
    choice("orthogonal", "orthogonal", "正交"),
];

const PARAMETRISATIONS: &[Choice] =
    &[choice("standard", "standard", "标准"), choice("ntk", "NTK", "NTK"), choice("mup", "muP", "muP")];

const EVENINGS: &[Choice] = &[
    choice("none", "none", "无"),
    choice("rms", "RMSNorm", "RMSNorm"),
    choice("layer", "LayerNorm", "LayerNorm"),
];

const SCALINGS: &[Choice] = &[
    choice("none", "off: q·k", "关：q·k"),
    choice("root", "on: q·k/√d", "开：q·k/√d"),
    choice("inside", "inside the init, as T5", "放进初始化，如 T5"),
];

const NORMS: &[Choice] = &[
    choice("post", "Post-Norm", "Post-Norm"),
    choice("pre", "Pre-Norm", "Pre-Norm"),
    choice("rezero", "ReZero / SkipInit", "ReZero / SkipInit"),
    choice("deepnorm", "DeepNorm", "DeepNorm"),
    choice("sandwich", "Sandwich", "三明治"),
];

/// A network in training: where its norms stand, and what it does without.
const LANES: &[Choice] = &[
    choice("post", "Post-Norm", "Post-Norm"),
    choice("post-plain", "Post-Norm, no √d", "Post-Norm，不除 √d"),
    choice("post-cold", "Post-Norm, no warm-up", "Post-Norm，不预热"),
    choice("post-bare", "Post-Norm, neither", "Post-Norm，两者皆无"),
    choice("pre", "Pre-Norm", "Pre-Norm"),
    choice("pre-plain", "Pre-Norm, no √d", "Pre-Norm，不除 √d"),
    choice("pre-cold", "Pre-Norm, no warm-up", "Pre-Norm，不预热"),
    choice("pre-bare", "Pre-Norm, neither", "Pre-Norm，两者皆无"),
    choice("rezero", "ReZero", "ReZero"),
    choice("rezero-plain", "ReZero, no √d", "ReZero，不除 √d"),
    choice("rezero-cold", "ReZero, no warm-up", "ReZero，不预热"),
    choice("rezero-bare", "ReZero, neither", "ReZero，两者皆无"),
    choice("deepnorm", "DeepNorm", "DeepNorm"),
    choice("deepnorm-plain", "DeepNorm, no √d", "DeepNorm，不除 √d"),
    choice("deepnorm-cold", "DeepNorm, no warm-up", "DeepNorm，不预热"),
    choice("deepnorm-bare", "DeepNorm, neither", "DeepNorm，两者皆无"),
    choice("off", "Empty", "空"),
];

/// Seeds that networks are trained with at most, and steps of each.
const MOST_SEEDS: usize = 12;
const MOST_STEPS: usize = 1000;

const fn on(views: &'static [&'static str]) -> Option<ShownWhen> {
    Some(ShownWhen { key: "view", is: views })
}

const SIGNAL: Option<ShownWhen> = on(&["signal"]);
const LAYERS: Option<ShownWhen> = on(&["signal", "residual"]);
const DEEP: Option<ShownWhen> = on(&["signal", "residual", "train"]);
const TRAINED: Option<ShownWhen> = on(&["train"]);
const LEARNING: Option<ShownWhen> = on(&["train", "transfer"]);
const SHAPED: Option<ShownWhen> = on(&["signal", "truncation", "residual"]);
const ATTENDING: Option<ShownWhen> = on(&["attention"]);
const RESIDUAL: Option<ShownWhen> = on(&["residual"]);

/// In the order of links.
pub const ALL: &[&[Parameter]] = &[PARAMETERS, TRAINING];

const PARAMETERS: &[Parameter] = &[
    Parameter {
        key: "view",
        kind: Kind::Choice { options: VIEWS, default: "signal" },
        title: text("What is asked", "问什么"),
        help: help(
            "A signal through many layers; what cutting a normal law costs, and an activation tuned to moment 1; softmax with and without √d; what each residual branch weighs; small transformers in training; which learning rate is best at which width.",
            "穿过许多层的信号；截断正态分布的代价，以及把激活函数调到二阶矩为 1；有无 √d 的 softmax；每个残差分支的权重；训练中的小 Transformer；各种宽度下哪个学习率最好。",
        ),
        link: Some(ARTICLE),
        ..Parameter::of("what", &[View])
    },
    Parameter {
        key: "width",
        kind: Kind::Integer { min: 8, max: 512, default: 256 },
        title: text("Width", "宽度"),
        help: help(
            "Units of a layer, m. The wider, the closer a layer comes to the variance map. Residual branches have at most 256.",
            "每层的单元数 m。越宽，每层越接近方差映射。残差分支最多 256 个单元。",
        ),
        link: Some(MEAN_FIELD),
        shown_when: LAYERS,
        ..Parameter::of("stack", &[Run])
    },
    Parameter {
        key: "depth",
        kind: Kind::Integer { min: 1, max: 100, default: 50 },
        title: text("Depth", "深度"),
        help: help(
            "Layers of the stack, or sub-layers of the ladder, where the timeline goes one deeper at every step; or sub-layers of a transformer that is trained, 2 to 24.",
            "堆叠的层数，或阶梯的子层数，时间轴每一步深入一层；训练时则是 Transformer 的子层数，2 到 24。",
        ),
        link: Some(MEAN_FIELD),
        shown_when: DEEP,
        ..Parameter::of("stack", &[Run])
    },
    Parameter {
        key: "normalise",
        kind: Kind::Choice { options: EVENINGS, default: "none" },
        title: text("Normalisation", "归一化"),
        help: help(
            "What is done to a layer’s sums before they go into the activation: nothing; divided by their root mean square; centred, too.",
            "一层的加权和在进入激活函数之前如何处理：不处理；除以均方根；先去均值再除。",
        ),
        link: Some(RMS),
        shown_when: SIGNAL,
        ..Parameter::of("stack", &[Run])
    },
    Parameter {
        key: "rule",
        kind: Kind::Choice { options: RULES, default: "lecun" },
        title: text("Initialisation", "初始化"),
        help: help(
            "The law of the weights and its variance, for m inputs and n outputs of a layer. Orthogonal matrices keep lengths and have variance 1/m, too.",
            "权重的分布及其方差（每层 m 个输入、n 个输出）。正交矩阵保持长度，方差同样是 1/m。",
        ),
        link: Some(HE),
        shown_when: SIGNAL,
        ..Parameter::of("weights", &[Run])
    },
    Parameter {
        title: text("Gain", "增益"),
        help: help(
            "All weights are multiplied by this. Where the line lies flat is what a rule for this activation would say.",
            "所有权重都乘以它。曲线平坦时的取值，就是针对这个激活函数的初始化法则。",
        ),
        shown_when: SIGNAL,
        ..Parameter::number("gain", "weights", (0.1, 4.0, 0.01, 1.0), "", LECUN)
    },
    Parameter {
        title: text("Cut", "截断点"),
        help: help(
            "Draws beyond this many standard deviations are drawn again. What remains has a smaller variance.",
            "超出这么多个标准差的值重新抽取。剩下的方差更小。",
        ),
        shown_when: on(&["signal", "truncation"]),
        ..Parameter::number("truncate", "weights", (0.1, 5.0, 0.01, 2.0), "", ARTICLE)
    },
    Parameter {
        key: "parametrisation",
        kind: Kind::Choice { options: PARAMETRISATIONS, default: "standard" },
        title: text("Parametrisation", "参数化"),
        help: help(
            "Where the size stands. Standard: in the weights. NTK: weights of variance one, and a fixed factor before their product: the same function, other gradients. muP: as standard, but the last layer is √m smaller.",
            "尺度放在哪里。标准：放在权重里。NTK：权重方差为 1，乘积前有固定系数：函数相同，梯度不同。muP：同标准，但最后一层再小 √m 倍。",
        ),
        link: Some(MUP),
        shown_when: on(&["signal", "transfer"]),
        ..Parameter::of("weights", &[Run])
    },
    Parameter {
        key: "activation",
        kind: Kind::Choice { options: ACTIVATIONS, default: "relu" },
        title: text("Activation", "激活函数"),
        help: help(
            "What stands between two layers, or inside a residual branch, which divides by its root mean square on N(0, 1).",
            "两层之间、或残差分支内部的函数；残差分支内会除以它在 N(0, 1) 上的均方根。",
        ),
        link: Some(GLOROT),
        shown_when: SHAPED,
        ..Parameter::of("activation", &[Run])
    },
    Parameter {
        title: text("Bend of elu", "elu 的弯折"),
        help: help(
            "α of α(eˣ − 1) on the negative side. At 1.6733 the mean is 0: SELU, but for its scale.",
            "负半轴 α(eˣ − 1) 中的 α。取 1.6733 时均值为 0：再乘上尺度就是 SELU。",
        ),
        shown_when: Some(ShownWhen { key: "activation", is: &["elu"] }),
        and_when: SHAPED,
        ..Parameter::number("bend", "activation", (0.0, 4.0, 0.01, 1.0), "", SELU)
    },
    Parameter {
        title: text("Scale", "缩放"),
        help: help(
            "The activation, shifted, is multiplied by this: scale · (φ(x) − shift).",
            "平移后的激活函数乘以它：缩放 ·（φ(x) − 平移）。",
        ),
        shown_when: SHAPED,
        ..Parameter::number("scale", "activation", (0.05, 10.0, 0.01, 1.0), "", ARTICLE)
    },
    Parameter {
        title: text("Shift", "平移"),
        help: help(
            "This is taken from the activation. At its mean on N(0, 1) nothing of the mean is left.",
            "从激活函数中减去它。等于它在 N(0, 1) 上的均值时，均值恰好归零。",
        ),
        shown_when: SHAPED,
        ..Parameter::number("shift", "activation", (-3.0, 3.0, 0.01, 0.0), "", ARTICLE)
    },
    Parameter {
        key: "scaling",
        kind: Kind::Choice { options: SCALINGS, default: "none" },
        title: text("√d switch", "√d 开关"),
        help: help(
            "Products of queries and keys as they are; divided by √d; or with queries and keys that begin √d smaller in variance each, which gives the same products.",
            "查询与键的内积：原样；除以 √d；或把两者的初始方差各缩小 √d 倍，得到同样的内积。",
        ),
        link: Some(T5),
        shown_when: ATTENDING,
        ..Parameter::of("attention", &[Run])
    },
    Parameter {
        key: "d",
        kind: Kind::Integer { min: 1, max: 512, default: 64 },
        title: text("Head size d", "头的维数 d"),
        help: help(
            "Coordinates of a query and of a key, all N(0, 1).",
            "查询和键的坐标个数，都服从 N(0, 1)。",
        ),
        link: Some(ATTENTION),
        shown_when: ATTENDING,
        ..Parameter::of("attention", &[Run])
    },
    Parameter {
        key: "n",
        kind: Kind::Integer { min: 2, max: 1024, default: 512 },
        title: text("Keys n", "键的个数 n"),
        help: help("How many keys a row of attention reads.", "一行注意力读取多少个键。"),
        link: Some(ATTENTION),
        shown_when: ATTENDING,
        ..Parameter::of("attention", &[Run])
    },
    Parameter {
        key: "norm",
        kind: Kind::Choice { options: NORMS, default: "post" },
        title: text("Residual", "残差方式"),
        help: help(
            "Where the norm stands: behind the sum; before the branch; nowhere, with branches that start at zero; behind a sum that favours x; before and behind the branch.",
            "归一化放在哪里：相加之后；分支之前；不用，而让分支从零开始；相加之后但偏重 x；分支前后都有。",
        ),
        link: Some(DEEPNORM),
        shown_when: RESIDUAL,
        ..Parameter::of("residual", &[Run])
    },
    Parameter {
        title: text("Ramp α", "系数 α"),
        help: help(
            "Each branch is multiplied by α before it is added: x + αF. ReZero starts at 0 and is led up slowly.",
            "每个分支相加前乘以 α：x + αF。ReZero 从 0 开始，慢慢升上去。",
        ),
        shown_when: RESIDUAL,
        ..Parameter::number("alpha", "residual", (0.0, 2.0, 0.01, 1.0), "", POST_NORM)
    },
    Parameter {
        key: "seed",
        kind: Kind::Seed { default: 1 },
        title: text("Seed", "种子"),
        help: help(
            "Which weights, inputs, queries and keys are drawn. The same seed, the same numbers, on every machine.",
            "抽到哪些权重、输入、查询与键。同一种子，在任何机器上都是同样的数。",
        ),
        link: Some(LECUN),
        ..Parameter::of("sample", &[Run])
    },
];

/// What decides on the networks that are trained here.
const TRAINING: &[Parameter] = &[
    lane("lane1", "post", "First", "第一个"),
    lane("lane2", "post-plain", "Second", "第二个"),
    lane("lane3", "pre", "Third", "第三个"),
    lane("lane4", "off", "Fourth", "第四个"),
    Parameter {
        key: "steps",
        kind: Kind::Integer { min: 20, max: MOST_STEPS, default: 120 },
        title: text("Steps", "步数"),
        help: help(
            "Training steps of each network. The learning rate falls in a straight line to nothing at the end; with warm-up it rises in the first tenth.",
            "每个网络的训练步数。学习率直线下降，到结束时为零；预热时先在最初的十分之一里升高。",
        ),
        link: Some(ADAM),
        shown_when: LEARNING,
        ..Parameter::of("twins", &[Network])
    },
    Parameter {
        key: "seeds",
        kind: Kind::Integer { min: 1, max: MOST_SEEDS, default: 3 },
        title: text("Seeds", "种子数"),
        help: help(
            "How many times all of them are trained, each time from other weights on other texts. A difference is judged by how it varies: fewer than three say nothing.",
            "全部训练多少遍，每遍权重与文本都不同。差别要看它如何变化来判断：少于三遍什么也说明不了。",
        ),
        link: Some(STUDENT),
        shown_when: TRAINED,
        ..Parameter::of("twins", &[Reach])
    },
    Parameter {
        key: "rate",
        kind: Kind::Number { min: 1e-5, max: 1.0, step: 1e-5, default: 3e-3 },
        title: text("Learning rate", "学习率"),
        help: help(
            "The highest rate of Adam, the same for all. Turn it up until one of them breaks.",
            "Adam 的最高学习率，大家相同。可以调大，直到有一个垮掉。",
        ),
        link: Some(ADAM),
        shown_when: LEARNING,
        ..Parameter::of("twins", &[Network])
    },
    Parameter {
        key: "trained",
        kind: Kind::Integer { min: 0, max: MOST_SEEDS * MOST_STEPS, default: 0 },
        title: text("Trained", "已训练"),
        help: help(
            "How many steps the networks of this link have been trained, all seeds together. They are trained again, step by step, wherever the link is opened.",
            "此链接中的网络共训练了多少步（各种子合计）。无论在哪里打开链接，都会逐步重新训练。",
        ),
        link: Some(ADAM),
        // The buttons set it.
        shown_when: on(&[]),
        ..Parameter::of("twins", &[Reach])
    },
];

const fn lane(key: &'static str, default: &'static str, en: &'static str, zh: &'static str) -> Parameter {
    Parameter {
        key,
        kind: Kind::Choice { options: LANES, default },
        title: text(en, zh),
        help: help(
            "A transformer that is trained beside the others, on the same texts from the same draws: where its norms stand, whether q·k is divided by √d, whether the rate rises slowly at first.",
            "与其他并排训练的 Transformer：文本与随机数都相同，差别在于归一化放在哪、q·k 是否除以 √d、学习率是否先慢慢升高。",
        ),
        link: Some(XIONG),
        shown_when: TRAINED,
        ..Parameter::of("twins", &[Network])
    }
}
