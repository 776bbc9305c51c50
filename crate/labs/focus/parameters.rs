//! What can be set: the query and its keys, the kernel, a needle, linear features, and how often chance is asked.

use super::papers::{ARTICLE, DERRIDA, ENTMAX, LENGTH, LINEAR, RETENTION, TOPK};
use crate::experiment::parameter::{
    Affects::{Run, View},
    Choice, Kind, Parameter, ShownWhen, choice, help, text,
};

const PARTS: &[Choice] = &[
    choice("bench", "Kernels", "各种核"),
    choice("phase", "Phase change", "相变"),
    choice("needle", "Needle", "找针"),
    choice("shape", "Shape of q̃", "q̃ 的形状"),
    choice("decay", "Decay", "衰减"),
    choice("scaling", "Log-n scaling", "log n 缩放"),
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

const ON_SHAPE: Option<ShownWhen> = Some(ShownWhen { key: "part", is: &["shape"] });
const ON_NEEDLE: Option<ShownWhen> =
    Some(ShownWhen { key: "part", is: &["needle", "decay", "scaling", "bench"] });
const ON_DECAY: Option<ShownWhen> = Some(ShownWhen { key: "part", is: &["bench", "needle", "decay"] });
const ON_SCORES: Option<ShownWhen> =
    Some(ShownWhen { key: "part", is: &["bench", "phase", "needle", "decay", "scaling"] });
const ON_KERNELS: Option<ShownWhen> = Some(ShownWhen { key: "part", is: &["bench", "needle"] });
const TOP_K: Option<ShownWhen> = Some(ShownWhen { key: "kernel", is: &["topk"] });

/// In the order of links.
pub const ALL: &[&[Parameter]] = &[PARAMETERS];

const PARAMETERS: &[Parameter] = &[
    Parameter {
        key: "part",
        kind: Kind::Choice { options: PARTS, default: "bench" },
        title: text("What is asked", "问什么"),
        help: help(
            "All kernels on the same keys; softmax through its phase change; one key that matches among many; the shape of a linear query; explicit decay; what keeps entropy constant in longer texts.",
            "所有核读同一批键；softmax 的相变；众多键中唯一匹配的那个；线性查询的形状；显式衰减；文本变长时怎样保持熵不变。",
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
            "Which keys are drawn. The same seed, the same keys, on every machine.",
            "抽到哪些键。同一种子，在任何机器上都是同样的键。",
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
