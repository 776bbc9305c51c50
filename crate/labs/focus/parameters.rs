//! What can be set: the query and its keys, the kernel, a needle, linear features, and how often chance is asked.

use super::papers::{
    ADAM, ARTICLE, DERRIDA, ENTMAX, INDUCTION, KARPATHY, LENGTH, LINEAR, RECALL, RETENTION, STUDENT, TOPK,
};
use crate::experiment::parameter::{
    Affects::{Network, Reach, Run, View},
    Choice, Kind, Parameter, ShownWhen, choice, help, text,
};

const PARTS: &[Choice] = &[
    choice("bench", "Kernels", "各种核"),
    choice("phase", "Phase change", "相变"),
    choice("needle", "Needle", "找针"),
    choice("shape", "Shape of q̃", "q̃ 的形状"),
    choice("decay", "Decay", "衰减"),
    choice("scaling", "Log-n scaling", "log n 缩放"),
    choice("twins", "Twins", "多胞胎"),
];

/// In the order of the picture's rows.
const KERNELS: &[Choice] = &[
    choice("exp", "exp: softmax", "exp：softmax"),
    choice("relu2", "relu²", "relu²"),
    choice("relu", "relu", "relu"),
    choice("identity", "identity", "恒等"),
    choice("elu1", "elu + 1", "elu + 1"),
    choice("softplus", "softplus", "softplus"),
    choice("decay", "decay", "衰减"),
    choice("logn", "softmax × log n", "softmax × log n"),
    choice("topk", "top-k softmax", "top-k softmax"),
    choice("entmax", "entmax 3/2", "entmax 3/2"),
];

const FEATURES: &[Choice] = &[
    choice("relu", "relu", "relu"),
    choice("exp", "exp", "exp"),
    choice("elu1", "elu + 1", "elu + 1"),
    choice("softplus", "softplus", "softplus"),
    choice("sigmoid", "sigmoid", "sigmoid"),
    choice("relu2", "relu²", "relu²"),
];

const HEADS: &[Choice] = &[
    choice("none", "None", "无"),
    choice("shakespeare", "Shakespeare", "莎士比亚"),
    choice("tang", "Tang", "唐诗"),
];

const ON_SHAPE: Option<ShownWhen> = Some(ShownWhen { key: "part", is: &["shape"] });
const ON_NEEDLE: Option<ShownWhen> =
    Some(ShownWhen { key: "part", is: &["needle", "decay", "scaling", "bench"] });
const ON_DECAY: Option<ShownWhen> = Some(ShownWhen { key: "part", is: &["bench", "needle", "decay"] });
const ON_SCORES: Option<ShownWhen> =
    Some(ShownWhen { key: "part", is: &["bench", "phase", "needle", "decay", "scaling"] });
const ON_KERNELS: Option<ShownWhen> = Some(ShownWhen { key: "part", is: &["bench", "needle"] });
const TOP_K: Option<ShownWhen> = Some(ShownWhen { key: "kernel", is: &["topk"] });

/// In the order of links.
pub const ALL: &[&[Parameter]] = &[PARAMETERS, TWINS];

/// Seeds that twins are trained with at most, and steps of each.
const MOST_SEEDS: usize = 8;
const MOST_STEPS: usize = 2000;

const TASKS: &[Choice] =
    &[choice("recall", "Associative recall", "联想回忆"), choice("induction", "Induction", "归纳")];
const ON_TWINS: Option<ShownWhen> = Some(ShownWhen { key: "part", is: &["twins"] });

/// What decides on the twins that are trained here.
const TWINS: &[Parameter] = &[
    Parameter {
        key: "task",
        kind: Kind::Choice { options: TASKS, default: "recall" },
        title: text("Task", "任务"),
        help: help(
            "Recall: keys with their values are read, then a key again: which value stood beside it? Induction: a block of letters comes again and again: what is next? Both ask to find one place among many by what stands there.",
            "回忆：先读若干键和它们的值，再给出其中一个键：它旁边是哪个值？归纳：一段字母反复出现：下一个是什么？两者都要凭内容在众多位置中找到一处。",
        ),
        link: Some(RECALL),
        shown_when: ON_TWINS,
        ..Parameter::of("twins", &[Network])
    },
    Parameter {
        title: text("Pairs", "对数"),
        help: help(
            "How many pairs of key and value a text has at most while they learn, or letters of a block. Afterwards they are asked with more: 2 to 32.",
            "训练时一段文本至多有多少对键值（或一段有多少个字母）。训练后用更多的来考：2 到 32。",
        ),
        ..schooling("pairs", (2, 12, 6), &[Network], INDUCTION)
    },
    Parameter {
        title: text("Steps", "步数"),
        help: help(
            "Training steps of each network. The learning rate rises in the first twentieth and falls in a straight line to nothing at the end.",
            "每个网络的训练步数。学习率在最初的二十分之一里升高，随后直线下降，到结束时为零。",
        ),
        ..schooling("steps", (50, MOST_STEPS, 800), &[Network], ADAM)
    },
    Parameter {
        title: text("Seeds", "种子数"),
        help: help(
            "With how many seeds, one after the other, all four are trained: other weights, other texts. A difference is judged by how it varies among them: fewer than three say nothing.",
            "用多少个种子先后训练这四个网络：权重与文本都不同。差别要看它在各种子之间如何变化来判断：少于三个什么也说明不了。",
        ),
        ..schooling("seeds", (1, MOST_SEEDS, 3), &[Reach], STUDENT)
    },
    Parameter {
        key: "rate",
        kind: Kind::Number { min: 1e-4, max: 5e-2, step: 1e-4, default: 2e-3 },
        title: text("Learning rate", "学习率"),
        help: help(
            "The highest rate, the same for all four. Too large and the loss runs away; then training stops and goes back.",
            "最高学习率，四者相同。过大时损失会发散；这时训练会停下并退回。",
        ),
        link: Some(ADAM),
        shown_when: ON_TWINS,
        ..Parameter::of("twins", &[Network])
    },
    Parameter {
        title: text("Trained", "已训练"),
        help: help(
            "How many steps the twins of this link have been trained, all seeds together. They are trained again, step by step, wherever the link is opened.",
            "此链接中的多胞胎共训练了多少步（各种子合计）。无论在哪里打开链接，都会逐步重新训练。",
        ),
        // The buttons set it.
        shown_when: Some(ShownWhen { key: "part", is: &[] }),
        ..schooling("trained", (0, MOST_SEEDS * MOST_STEPS, 0), &[Reach], ADAM)
    },
];

const fn schooling(
    key: &'static str,
    (min, max, default): (usize, usize, usize),
    affects: &'static [crate::experiment::parameter::Affects],
    link: crate::experiment::parameter::Reference,
) -> Parameter {
    Parameter {
        key,
        kind: Kind::Integer { min, max, default },
        link: Some(link),
        shown_when: ON_TWINS,
        ..Parameter::of("twins", affects)
    }
}

const PARAMETERS: &[Parameter] = &[
    Parameter {
        key: "part",
        kind: Kind::Choice { options: PARTS, default: "bench" },
        title: text("What is asked", "问什么"),
        help: help(
            "All kernels on the same keys; softmax through its phase change; one key that matches among many; the shape of a linear query; explicit decay; what keeps entropy constant in longer texts; four networks trained here that differ in their kernels alone.",
            "所有核读同一批键；softmax 的相变；众多键中唯一匹配的那个；线性查询的形状；显式衰减；文本变长时怎样保持熵不变；在此训练的四个网络，只有核不同。",
        ),
        link: Some(ARTICLE),
        ..Parameter::of("what", &[View])
    },
    Parameter {
        key: "kernel",
        kind: Kind::Choice { options: KERNELS, default: "exp" },
        title: text("Kernel", "核"),
        help: help(
            "What makes a weight of a score q·k. The first six look at each key for itself; decay looks at its place alone; the last three are softmax with the score scaled by ln n/ln 512, softmax of the k largest scores, and a softmax with exact zeros.",
            "由得分 q·k 得到权重的函数。前六个逐键计算；衰减只看位置；后三个依次是得分乘以 ln n/ln 512 的 softmax、只取最大 k 个得分的 softmax、能给出精确零的 softmax。",
        ),
        link: Some(ARTICLE),
        shown_when: ON_KERNELS,
        ..Parameter::of("kernel", &[Run])
    },
    Parameter {
        key: "n",
        kind: Kind::Integer { min: 2, max: 65_536, default: 4096 },
        title: text("Keys", "键的个数"),
        help: help(
            "How many keys the whole text has. The timeline reads it: two keys, then twice as many at every step.",
            "整段文本有多少个键。时间轴逐步读入：先两个，每一步加倍。",
        ),
        link: Some(DERRIDA),
        symbol: "n",
        ..Parameter::of("keys", &[Run])
    },
    Parameter {
        title: text("Sharpness", "锐度"),
        help: help(
            "γ = s|q|: the spread of the keys times the length of the query, so the deviation of the scores. Softmax concentrates as it grows.",
            "γ = s|q|：键的散布乘以查询的长度，即得分的标准差。它越大，softmax 越集中。",
        ),
        shown_when: ON_SCORES,
        ..Parameter::number("gamma", "keys", (0.0, 12.0, 0.05, 1.5), r"\gamma", ARTICLE)
    },
    Parameter {
        title: text("Mean score", "平均得分"),
        help: help(
            "β = q·μ: the query against the mean of the keys. Softmax does not notice it; relu² becomes sparse where it is negative.",
            "β = q·μ：查询与键的均值之积。softmax 察觉不到它；它为负时 relu² 变稀疏。",
        ),
        shown_when: ON_KERNELS,
        ..Parameter::number("beta", "keys", (-12.0, 12.0, 0.05, 0.0), r"\beta", ARTICLE)
    },
    Parameter {
        title: text("Decay", "衰减率"),
        help: help(
            "The weight of a key is λ to the power of how far back it stands. About (1 + λ)/(1 − λ) tokens count, however long the text is.",
            "一个键的权重是 λ 的“往回数的距离”次方。无论文本多长，大约只有 (1 + λ)/(1 − λ) 个词起作用。",
        ),
        shown_when: ON_DECAY,
        ..Parameter::number("lambda", "kernel", (0.0, 0.9999, 0.001, 0.9), r"\lambda", RETENTION)
    },
    Parameter {
        key: "heads",
        kind: Kind::Choice { options: HEADS, default: "none" },
        title: text("Trained heads", "学过的头"),
        help: help(
            "The sixteen heads of a language model that ships, each a dot where its scores are spread by γ and its weights have S, on the average of the second half of a text that it reads.",
            "随页面发布的语言模型的十六个头，各为一点：横坐标是得分的标准差 γ，纵坐标是权重的 S，取它读一段文字时后半段各位置的平均。",
        ),
        link: Some(KARPATHY),
        shown_when: Some(ShownWhen { key: "part", is: &["phase"] }),
        ..Parameter::of("keys", &[View])
    },
    Parameter {
        key: "k",
        kind: Kind::Integer { min: 1, max: 256, default: 16 },
        title: text("k of top-k", "top-k 的 k"),
        help: help(
            "How many of the largest scores top-k softmax sees.",
            "top-k softmax 能看到多少个最大的得分。",
        ),
        link: Some(TOPK),
        symbol: "k",
        shown_when: TOP_K,
        and_when: ON_KERNELS,
        ..Parameter::of("kernel", &[Run])
    },
    Parameter {
        title: text("Margin of the needle", "针的优势"),
        help: help(
            "One key more, at the beginning of the text, whose score stands this far above the mean of all others. Drag it in the picture.",
            "在文本开头多放一个键，它的得分比其余键的平均高出这么多。可在图上拖动。",
        ),
        shown_when: ON_NEEDLE,
        ..Parameter::number("margin", "needle", (0.0, 30.0, 0.1, 10.0), "m", ARTICLE)
    },
    Parameter {
        title: text("Shape of q̃", "q̃ 的形状"),
        help: help(
            "How the features of the query are spread: 0, all alike; 1, all on one coordinate.",
            "查询特征的分布：0 为各坐标相同，1 为全在一个坐标上。",
        ),
        shown_when: ON_SHAPE,
        ..Parameter::number("shape", "linear", (0.0, 1.0, 0.01, 0.0), "", ARTICLE)
    },
    Parameter {
        key: "features",
        kind: Kind::Choice { options: FEATURES, default: "relu" },
        title: text("Feature map", "特征映射"),
        help: help(
            "What is done to every coordinate of a key, an N(0, 1) number, before linear attention multiplies. Only its σ/μ counts.",
            "线性注意力相乘之前，对键的每个坐标（N(0, 1) 随机数）所做的变换。起作用的只有它的 σ/μ。",
        ),
        link: Some(LINEAR),
        shown_when: ON_SHAPE,
        ..Parameter::of("linear", &[Run])
    },
    Parameter {
        key: "d",
        kind: Kind::Integer { min: 1, max: 1024, default: 64 },
        title: text("Coordinates", "坐标个数"),
        help: help("How many coordinates the features have.", "特征有多少个坐标。"),
        link: Some(LINEAR),
        symbol: "d",
        shown_when: ON_SHAPE,
        ..Parameter::of("linear", &[Run])
    },
    Parameter {
        key: "seed",
        kind: Kind::Seed { default: 1 },
        title: text("Seed", "种子"),
        help: help(
            "Which keys are drawn, and with which weights and texts twins begin. The same seed, the same numbers, on every machine.",
            "抽到哪些键，以及多胞胎的初始权重与文本。同一种子，在任何机器上都是同样的数。",
        ),
        link: Some(ENTMAX),
        ..Parameter::of("sample", &[Run])
    },
    Parameter {
        key: "draws",
        kind: Kind::Integer { min: 8, max: 1024, default: 64 },
        title: text("Draws", "抽样次数"),
        help: help(
            "Over how many independent texts the means below are taken. Eight are read at once, the rest while nothing moves.",
            "下面的平均值取自多少段独立的文本。先读八段，其余在静止时补上。",
        ),
        link: Some(LENGTH),
        ..Parameter::of("sample", &[Run])
    },
];
