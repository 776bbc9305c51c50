//! What can be set: the biases, the rotation and what stretches it, a scheme of position, the text, and chance.

use super::papers::{ADAM, ALIBI, ARTICLE, KERPLE, LONGER, ROPE, SANDWICH, STUDENT, YARN};
use crate::experiment::parameter::{
    Affects::{Network, Reach, Run, View},
    Choice, Kind, Parameter, Reference, ShownWhen, choice, help, text,
};
use crate::labs::schemes;

const VIEWS: &[Choice] = &[
    choice("terms", "Four terms", "四项"),
    choice("window", "Window", "窗口"),
    choice("cancel", "Cancel or not", "抵消与否"),
    choice("family", "Family", "同类方案"),
    choice("tricks", "Stretching", "伸展"),
    choice("measured", "Measured", "实测"),
    choice("train", "Train here", "在此训练"),
    choice("table", "The article’s table", "文章的表格"),
];

const WIDTHS: &[Choice] = &[
    choice("16", "16", "16"),
    choice("32", "32", "32"),
    choice("64", "64", "64"),
    choice("128", "128", "128"),
    choice("256", "256", "256"),
];

/// In the order of the picture's curves.
const SCHEMES: &[Choice] = &[
    choice("bias", "RoPE + bias", "RoPE + 偏置"),
    choice("alibi", "ALiBi", "ALiBi"),
    choice("kerple", "KERPLE-log", "KERPLE-log"),
    choice("sandwich", "Sandwich", "Sandwich"),
    choice("window", "Hard window", "硬窗口"),
    choice("nope", "NoPE", "NoPE"),
];

/// Of trained networks: any of them, or none.
const TRAINED: &[Choice] = &{
    let [rope, bias, alibi, kerple, sandwich, learned, nope, window] = schemes::SCHEMES;
    [choice("none", "Empty", "空"), rope, bias, alibi, kerple, sandwich, learned, nope, window]
};

/// In the order of the picture's curves.
const TRICKS: &[Choice] = &[
    choice("none", "None", "无"),
    choice("pi", "Position interpolation", "位置内插"),
    choice("ntk", "NTK", "NTK"),
    choice("yarn", "YaRN", "YaRN"),
    choice("rerope", "ReRoPE", "ReRoPE"),
    choice("logn", "log n", "log n"),
];

const ON_TERMS: Option<ShownWhen> = Some(ShownWhen { key: "view", is: &["terms"] });
const ON_VECTORS: Option<ShownWhen> = Some(ShownWhen { key: "view", is: &["terms", "cancel"] });
const ON_ANGLES: Option<ShownWhen> =
    Some(ShownWhen { key: "view", is: &["terms", "window", "family", "tricks"] });
const ON_TRICKS: Option<ShownWhen> =
    Some(ShownWhen { key: "view", is: &["terms", "window", "family", "tricks", "measured"] });
const ON_STRETCH: Option<ShownWhen> =
    Some(ShownWhen { key: "view", is: &["terms", "window", "family", "tricks", "measured", "train"] });
const ON_STRENGTHS: Option<ShownWhen> = Some(ShownWhen { key: "view", is: &["window", "family", "tricks"] });
const ON_WINDOWS: Option<ShownWhen> =
    Some(ShownWhen { key: "view", is: &["window", "family", "tricks", "measured"] });
const ON_MEASURED: Option<ShownWhen> = Some(ShownWhen { key: "view", is: &["measured"] });
const ON_TRAINED: Option<ShownWhen> = Some(ShownWhen { key: "view", is: &["measured", "train"] });
const ON_TRAINING: Option<ShownWhen> = Some(ShownWhen { key: "view", is: &["train"] });
const ON_THEORY: Option<ShownWhen> =
    Some(ShownWhen { key: "view", is: &["terms", "window", "cancel", "family", "tricks", "table"] });
const ON_SCHEMES: Option<ShownWhen> = Some(ShownWhen { key: "view", is: &["window", "family"] });
const ON_ROPE: Option<ShownWhen> =
    Some(ShownWhen { key: "view", is: &["terms", "window", "cancel", "family", "tricks"] });

/// In the order of links.
pub const ALL: &[&[Parameter]] = &[PARAMETERS, TRAINED_ONES];

const PARAMETERS: &[Parameter] = &[
    Parameter {
        key: "view",
        kind: Kind::Choice { options: VIEWS, default: "terms" },
        title: text("What is asked", "问什么"),
        help: help(
            "The four terms of a biased score; how wide a window the fourth leaves open; whether a key’s bias cancels; other schemes beside it; what is done to RoPE so that it stretches; and the table that the article prints.",
            "带偏置得分的四项；第四项留下多宽的窗口；键的偏置会不会被抵消；其他方案的对照；怎样改动 RoPE 使它能伸展；以及文章里印出的表格。",
        ),
        link: Some(ARTICLE),
        ..Parameter::of("what", &[View])
    },
    Parameter {
        title: text("Strength of the fourth term", "第四项的强度"),
        help: help(
            "c multiplies g(k), so a key k places back gets about k^(−c/ln base) of the attention. KERPLE-log and Sandwich are given the same c.",
            "c 乘在 g(k) 上，于是往回 k 个位置的键大约分得 k^(−c/ln base) 的注意力。KERPLE-log 与 Sandwich 取同样的 c。",
        ),
        shown_when: ON_STRENGTHS,
        ..Parameter::number("c", "bias", (0.0, 32.0, 0.1, 8.0), "c", ARTICLE)
    },
    Parameter {
        title: text("Length of the query’s bias", "查询偏置的长度"),
        help: help(
            "|a|: how long the vector is that is added to every query before it is turned. It has the same share in every pair of numbers.",
            "|a|：旋转之前加到每个查询上的向量的长度，它在每一对坐标里份额相同。",
        ),
        shown_when: ON_TERMS,
        ..Parameter::number("a", "bias", (0.0, 32.0, 0.1, 10.0), "|a|", ARTICLE)
    },
    Parameter {
        title: text("Length of the key’s bias", "键偏置的长度"),
        help: help(
            "|b|: how long the vector is that is added to every key before it is turned.",
            "|b|：旋转之前加到每个键上的向量的长度。",
        ),
        shown_when: ON_VECTORS,
        ..Parameter::number("b", "bias", (0.0, 32.0, 0.1, 10.0), "|b|", ARTICLE)
    },
    Parameter {
        title: text("Angle between the biases", "两偏置的夹角"),
        help: help(
            "By how much b is turned from a, in every pair. At 0° the fourth term is largest at distance 0; at 90° it starts at zero and has its peak further back; at 180° it pushes near keys away.",
            "b 在每一对坐标里相对 a 转过的角度。0° 时第四项在距离 0 处最大；90° 时从零开始，在更远处达到峰值；180° 时它把近处的键推开。",
        ),
        unit: "°",
        shown_when: ON_ANGLES,
        ..Parameter::number("angle", "bias", (-180.0, 180.0, 1.0, 0.0), r"\varphi", ARTICLE)
    },
    Parameter {
        title: text("Isotropy of q and k", "q 与 k 的各向同性"),
        help: help(
            "1: queries and keys point anywhere, and terms two and three average out. Less: they share a mean with all coordinates alike, as a swish-activated vector has.",
            "1：查询与键朝各个方向均匀分布，第二、三项平均为零。越小则它们越偏向同一个均值（各坐标相同），就像经过 swish 激活的向量那样。",
        ),
        shown_when: ON_TERMS,
        ..Parameter::number("isotropy", "bias", (0.0, 1.0, 0.01, 1.0), "", ARTICLE)
    },
    Parameter {
        key: "k",
        kind: Kind::Integer { min: 1, max: 16_384, default: 64 },
        title: text("Distance", "距离"),
        help: help(
            "How many places back g is read. Drag it in the picture of g.",
            "在往回多少个位置处读出 g。可在 g 的图上拖动。",
        ),
        link: Some(ARTICLE),
        symbol: "k",
        shown_when: ON_TERMS,
        ..Parameter::of("rope", &[View])
    },
    Parameter {
        key: "d",
        kind: Kind::Choice { options: WIDTHS, default: "128" },
        title: text("Width of a head", "头的宽度"),
        help: help(
            "d numbers, d/2 pairs, each turned at a frequency of its own.",
            "d 个数，d/2 对，每对以自己的频率旋转。",
        ),
        link: Some(ROPE),
        symbol: "d",
        shown_when: ON_ROPE,
        ..Parameter::of("rope", &[Run])
    },
    Parameter {
        title: text("Base", "底数"),
        help: help(
            "Pair i turns by base^(−2i/d) at every place. 10,000 in the first models, 500,000 to 1,000,000 in later ones. Its logarithm is the critical strength.",
            "第 i 对每走一个位置转 base^(−2i/d)。早期模型为 10,000，后来用到 500,000 到 1,000,000。它的对数就是临界强度。",
        ),
        shown_when: ON_ROPE,
        ..Parameter::number("base", "rope", (10.0, 10_000_000.0, 1.0, 10_000.0), "", ROPE)
    },
    Parameter {
        key: "scheme",
        kind: Kind::Choice { options: SCHEMES, default: "bias" },
        title: text("Scheme", "方案"),
        help: help(
            "What makes near keys count more. Scores of isotropic queries and keys are zero on the average, so this is what is left.",
            "让近处的键更受重视的办法。各向同性的查询与键得分平均为零，剩下的就是它。",
        ),
        link: Some(SANDWICH),
        shown_when: ON_SCHEMES,
        ..Parameter::of("scheme", &[Run])
    },
    Parameter {
        title: text("ALiBi’s slope", "ALiBi 的斜率"),
        help: help(
            "By how much the score falls from one place to the one before.",
            "往回每一个位置，得分降低多少。",
        ),
        shown_when: ON_SCHEMES,
        ..Parameter::number("slope", "scheme", (0.0, 1.0, 0.001, 0.0156), "", ALIBI)
    },
    Parameter {
        key: "width",
        kind: Kind::Integer { min: 1, max: 16_384, default: 256 },
        title: text("Width of a window", "窗口的宽度"),
        help: help(
            "How far a hard window sees, and where ReRoPE’s distances stop; of trained networks at half of their training at most.",
            "硬窗口能看多远，也是 ReRoPE 的距离停止增长之处；对训练好的网络，至多为训练长度的一半。",
        ),
        link: Some(LONGER),
        symbol: "w",
        shown_when: ON_WINDOWS,
        ..Parameter::of("scheme", &[Run])
    },
    Parameter {
        key: "trick",
        kind: Kind::Choice { options: TRICKS, default: "none" },
        title: text("Stretching", "伸展方法"),
        help: help(
            "What is done to RoPE after training: turn slower (interpolation), a larger base (NTK), slower only where no turn was finished (YaRN), distances that stop (ReRoPE), scores that grow with ln n (log n).",
            "训练之后对 RoPE 的改动：转得更慢（内插），换更大的底数（NTK），只让没转完一圈的频率变慢（YaRN），让距离不再增长（ReRoPE），让得分随 ln n 增大（log n）。",
        ),
        link: Some(YARN),
        shown_when: ON_TRICKS,
        ..Parameter::of("rope", &[Run])
    },
    Parameter {
        title: text("Stretched how many times", "伸展倍数"),
        help: help(
            "How many times the length of training interpolation, NTK and YaRN make room for, with 1 they change nothing; of networks that are trained here, how far out they are read.",
            "内插、NTK 与 YaRN 为训练长度的多少倍留出余地，取 1 时它们什么也不改变；对在此训练的网络，则是在训练长度的几倍处读数。",
        ),
        shown_when: ON_STRETCH,
        ..Parameter::number("stretch", "rope", (1.0, 32.0, 0.1, 8.0), "s", LONGER)
    },
    Parameter {
        key: "train_length",
        kind: Kind::Integer { min: 16, max: 4096, default: 512 },
        title: text("Length of training", "训练长度"),
        help: help(
            "The longest text of training. Here the timeline begins; the window’s mass is what its nearest keys get.",
            "训练时最长的文本。时间轴从这里开始；窗口质量指最近这么多个键所得的份额。",
        ),
        link: Some(ARTICLE),
        shown_when: ON_ROPE,
        ..Parameter::of("text", &[Run])
    },
    Parameter {
        key: "length",
        kind: Kind::Integer { min: 2, max: 16_384, default: 4096 },
        title: text("Length of the text", "文本长度"),
        help: help(
            "How long the text becomes. Every step of the timeline makes it a fifth longer, four steps twice as long.",
            "文本最后有多长。时间轴每走一步长约五分之一，四步加倍。",
        ),
        link: Some(KERPLE),
        symbol: "L",
        shown_when: ON_THEORY,
        ..Parameter::of("text", &[Run])
    },
    Parameter {
        key: "seed",
        kind: Kind::Seed { default: 1 },
        title: text("Seed", "种子"),
        help: help(
            "Which queries and keys are drawn, and the first seed of networks that are trained here. The same seed, the same numbers, on every machine.",
            "抽到哪些查询与键，也是在此训练的网络的第一个种子。同一种子，在任何机器上都是同样的数。",
        ),
        link: Some(ARTICLE),
        shown_when: Some(ShownWhen { key: "view", is: &["terms", "cancel", "train"] }),
        ..Parameter::of("sample", &[Run, Network])
    },
];

const fn lane(key: &'static str, default: &'static str, en: &'static str, zh: &'static str) -> Parameter {
    Parameter {
        key,
        kind: Kind::Choice { options: TRAINED, default },
        title: text(en, zh),
        help: help(
            "What tells places apart in the networks of this lane; all else is the same. Learned places end where training ended, and a hard window is a quarter of that.",
            "这条道上的网络用什么区分位置；其余全都相同。学得的位置到训练长度为止，硬窗口为训练长度的四分之一。",
        ),
        link: Some(SANDWICH),
        shown_when: ON_TRAINED,
        ..Parameter::of("lanes", &[Run, Network])
    }
}

const fn whole(
    key: &'static str,
    (min, max, default): (usize, usize, usize),
    group: &'static str,
    affects: &'static [crate::experiment::parameter::Affects],
    link: Reference,
) -> Parameter {
    Parameter {
        key,
        kind: Kind::Integer { min, max, default },
        link: Some(link),
        ..Parameter::of(group, affects)
    }
}

/// Steps of training in the page at most.
const MOST_STEPS: usize = 1500;
const MOST_SEEDS: usize = 3;

/// What is asked of networks that were trained, and what decides on those that are trained here.
const TRAINED_ONES: &[Parameter] = &[
    lane("lane1", "rope", "Lane 1", "第一道"),
    lane("lane2", "bias", "Lane 2", "第二道"),
    lane("lane3", "kerple", "Lane 3", "第三道"),
    lane("lane4", "none", "Lane 4", "第四道"),
    Parameter {
        title: text("Seeds", "种子数"),
        help: help(
            "Networks of each scheme, with other first weights and other batches, pairwise the same in all schemes. A difference is judged by how it varies among them: fewer than three say nothing.",
            "每种方案的网络个数：初始权重与批次各不相同，而同一种子在各方案之间相同。差别要看它在各种子之间如何变化来判断：少于三个什么也说明不了。",
        ),
        shown_when: ON_TRAINED,
        ..whole("seeds", (1, MOST_SEEDS, 3), "lanes", &[Run, Reach], STUDENT)
    },
    Parameter {
        title: text("Held-out texts", "留出文本数"),
        help: help(
            "How many texts of 512 characters that no network learnt from are read by each.",
            "每个网络读多少段 512 字符、谁都没学过的文本。",
        ),
        shown_when: ON_MEASURED,
        ..whole("texts", (1, 217, 12), "lanes", &[Run, Reach], ARTICLE)
    },
    Parameter {
        title: text("First of them", "从第几段起"),
        help: help(
            "Of 217 held-out texts, which one is read first. Another one: the same networks on other text.",
            "共 217 段留出文本，从哪一段开始读。换一段，就是让同样的网络读别的文本。",
        ),
        shown_when: ON_MEASURED,
        ..whole("first", (1, 217, 1), "lanes", &[Run], ARTICLE)
    },
    Parameter {
        title: text("Layer", "层"),
        help: help("Whose attention is drawn by distance.", "画出哪一层的注意力随距离的变化。"),
        shown_when: ON_MEASURED,
        ..whole("layer", (1, 3, 1), "lanes", &[View], ARTICLE)
    },
    Parameter {
        title: text("Head", "头"),
        help: help("Which head of the layer.", "该层的哪一个头。"),
        shown_when: ON_MEASURED,
        ..whole("head", (1, 4, 1), "lanes", &[View], ARTICLE)
    },
    Parameter {
        title: text("Characters of a text", "一段文本的字符数"),
        help: help(
            "How long the texts are that networks learn from here. They are measured on texts eight times as long.",
            "在此训练的网络所学文本的长度。测量时用八倍长的文本。",
        ),
        shown_when: ON_TRAINING,
        ..whole("short", (16, 64, 32), "twins", &[Network], ARTICLE)
    },
    Parameter {
        title: text("Steps", "步数"),
        help: help(
            "Training steps of each network. The learning rate rises in the first twentieth and falls in a straight line to nothing at the end.",
            "每个网络的训练步数。学习率在最初的二十分之一里升高，随后直线下降，到结束时为零。",
        ),
        shown_when: ON_TRAINING,
        ..whole("steps", (50, MOST_STEPS, 400), "twins", &[Network], ADAM)
    },
    Parameter {
        key: "rate",
        kind: Kind::Number { min: 1e-4, max: 5e-2, step: 1e-4, default: 5e-3 },
        title: text("Learning rate", "学习率"),
        help: help(
            "The highest rate, the same for all. Too large and the loss runs away; then training stops and goes back.",
            "最高学习率，各网络相同。过大时损失会发散；这时训练会停下并退回。",
        ),
        link: Some(ADAM),
        shown_when: ON_TRAINING,
        ..Parameter::of("twins", &[Network])
    },
    Parameter {
        title: text("Trained", "已训练"),
        help: help(
            "How many steps the networks of this link have been trained, all seeds together. They are trained again, step by step, wherever the link is opened.",
            "此链接中的网络共训练了多少步（各种子合计）。无论在哪里打开链接，都会逐步重新训练。",
        ),
        // The buttons set it.
        shown_when: Some(ShownWhen { key: "view", is: &[] }),
        ..whole("trained", (0, MOST_SEEDS * MOST_STEPS, 0), "twins", &[Reach], ADAM)
    },
];
