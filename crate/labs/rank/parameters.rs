//! What can be set: a head, its mask and kernel, a tower of such heads, and where the numbers come from.

use super::papers::{
    ADAM, ANSWERS, ARTICLE, BERT, BOTTLENECK, COLLAPSE, KARPATHY, LINEAR, MASKS, NOPE, SPLITMIX, STUDENT,
};
use crate::experiment::parameter::{
    Affects::{Network, Reach, Run},
    Choice, Kind, Parameter, Reference, ShownWhen, choice, help, text,
};

/// In the order of links.
pub const ALL: &[&[Parameter]] = &[PARAMETERS, TWINS];

/// Seeds that twins are trained with at most, and steps of each.
const MOST_SEEDS: usize = 12;
const MOST_STEPS: usize = 2000;

const SOURCES: &[Choice] = &[
    choice("random", "Drawn", "随机抽取"),
    choice("model", "Of a model", "取自模型"),
    choice("trained", "Trained here", "就地训练"),
];
const NETWORKS: &[Choice] = &[
    choice("first", "First twin", "第一个双胞胎"),
    choice("second", "Second twin", "第二个双胞胎"),
    choice("toy", "From the attention lab", "来自注意力实验"),
];
const TOY_TASKS: &[Choice] = &[
    choice("induction", "Repetition", "重复序列"),
    choice("copy", "Copy", "抄写"),
    choice("reverse", "Reverse", "倒写"),
    choice("sort", "Sort", "排序"),
    choice("brackets", "Brackets", "括号"),
    choice("addition", "Addition", "加法"),
    choice("own", "Your text", "你的文字"),
];
const MODELS: &[Choice] =
    &[choice("shakespeare", "Shakespeare", "莎士比亚"), choice("tang", "Tang poems", "唐诗")];
const MASKS_OFFERED: &[Choice] = &[
    choice("two-way", "Two-way", "双向"),
    choice("prefix", "Prefix", "前缀"),
    choice("causal", "Causal", "因果"),
    choice("anti-causal", "Anti-causal", "反因果"),
    choice("mixed", "Half and half", "各半"),
];
const KERNELS: &[Choice] = &[
    choice("softmax", "softmax", "softmax"),
    choice("elu1", "elu + 1", "elu + 1"),
    choice("relu", "relu", "relu"),
    choice("identity", "identity", "恒等"),
    choice("exp", "exp features", "exp 特征"),
    choice("uniform", "uniform", "均匀"),
];
const SWITCH: &[Choice] = &[choice("off", "off", "关"), choice("on", "on", "开")];
const DRAWS: &[Choice] =
    &[choice("philox", "Philox", "Philox"), choice("splitmix", "SplitMix64", "SplitMix64")];

const PAIRS: &[Choice] = &[
    choice("prefix", "GPT and UniLM: answers", "GPT 与 UniLM：作答"),
    choice("gaps", "Two-way and half and half: gaps", "双向与各半：填空"),
];
const TASKS: &[Choice] = &[
    choice("sort", "Sorting letters", "字母排序"),
    choice("addition", "Addition", "加法"),
    choice("copy", "Copying", "抄写"),
    choice("reverse", "Reversing", "倒写"),
];
const CODES: &[Choice] = &[choice("rotary", "Rotary", "旋转"), choice("none", "None", "无")];

const DRAWN: Option<ShownWhen> = Some(ShownWhen { key: "source", is: &["random"] });
const SHIPPED: Option<ShownWhen> = Some(ShownWhen { key: "source", is: &["model"] });
const READ: Option<ShownWhen> = Some(ShownWhen { key: "source", is: &["model", "trained"] });
const TRAINED: Option<ShownWhen> = Some(ShownWhen { key: "source", is: &["trained"] });
const TWIN: Option<ShownWhen> = Some(ShownWhen { key: "network", is: &["first", "second"] });
const TOY: Option<ShownWhen> = Some(ShownWhen { key: "network", is: &["toy"] });

const PARAMETERS: &[Parameter] = &[
    Parameter {
        key: "source",
        kind: Kind::Choice { options: SOURCES, default: "random" },
        title: text("Where the head comes from", "头从何来"),
        help: help(
            "Drawn: queries and keys of standard normals, what a head is before it has learned anything. Of a model: the queries and keys that a head of a trained language model makes of a text, positions turned in; it was trained behind a causal mask, and the other masks show the same numbers without it. Trained here: the same of a network that learnt in this page, while you watched.",
            "随机抽取：查询与键取标准正态随机数，即尚未学到任何东西的头。取自模型：训练好的语言模型的一个头读一段文字时的查询与键（已带位置旋转）；它在因果掩码下训练，其他掩码展示的是同一批数不受此掩码约束时的样子。就地训练：同上，但取自当着你的面在本页学成的网络。",
        ),
        link: Some(ARTICLE),
        ..Parameter::of("head", &[Run])
    },
    Parameter {
        key: "model",
        kind: Kind::Choice { options: MODELS, default: "shakespeare" },
        title: text("Model", "模型"),
        help: help(
            "Who reads the text. Shakespeare: four layers of four heads, 32 numbers wide each, trained on his plays letter by letter. Tang poems: as many heads, trained on 14,751 regular poems.",
            "由谁来读。莎士比亚：四层、每层四个头，每头宽 32，逐字母学过他的剧本；唐诗：同样多的头，学过 14,751 首格律诗。",
        ),
        link: Some(KARPATHY),
        shown_when: SHIPPED,
        ..Parameter::of("head", &[Network])
    },
    Parameter {
        key: "network",
        kind: Kind::Choice { options: NETWORKS, default: "first" },
        title: text("Network", "网络"),
        help: help(
            "Whose head it is: of one of the twins that are trained below, as far as they are, or of a network that was trained in the attention lab of this browser, which this lab finds by the settings of its training and cannot train.",
            "是谁的头：下面训练的双胞胎之一（训练到哪算哪），或在本浏览器的注意力实验里训练的网络。后者按其训练设置找回，本实验不能训练它。",
        ),
        link: Some(ARTICLE),
        shown_when: TRAINED,
        ..Parameter::of("head", &[Run])
    },
    Parameter {
        shown_when: TRAINED,
        and_when: TWIN,
        title: text("Pair", "第几对"),
        help: help(
            "Which pair of twins, by the number of its seed. One that has not begun to learn shows its first weights.",
            "第几对双胞胎，按种子的序号。还没开始学的，展示其初始权重。",
        ),
        ..count("pair", "head", (1, MOST_SEEDS, 1), "", STUDENT)
    },
    Parameter {
        key: "toy_task",
        kind: Kind::Choice { options: TOY_TASKS, default: "induction" },
        title: text("What it learnt", "它学的任务"),
        help: help(
            "The task that the network of the attention lab learnt.",
            "注意力实验里的网络所学的任务。",
        ),
        link: Some(ARTICLE),
        shown_when: TRAINED,
        and_when: TOY,
        ..Parameter::of("head", &[Run])
    },
    Parameter {
        key: "toy_rate",
        kind: Kind::Number { min: 1e-4, max: 2e-2, step: 1e-4, default: 3e-3 },
        title: text("Its learning rate", "它的学习率"),
        help: help(
            "The learning rate that the network of the attention lab learnt at.",
            "注意力实验里的网络训练时的学习率。",
        ),
        link: Some(ADAM),
        shown_when: TRAINED,
        and_when: TOY,
        ..Parameter::of("head", &[Run])
    },
    Parameter {
        key: "toy_init",
        kind: Kind::Seed { default: 7 },
        title: text("Its training seed", "它的训练种子"),
        help: help(
            "The seed of the first weights and of the examples of the network of the attention lab.",
            "注意力实验里的网络初始权重与训练例子的种子。",
        ),
        link: Some(SPLITMIX),
        shown_when: TRAINED,
        and_when: TOY,
        ..Parameter::of("head", &[Run])
    },
    Parameter {
        title: text("Steps it was trained", "它训练的步数"),
        help: help(
            "How many steps the network of the attention lab was trained, at most: the furthest that this browser remembers of it is shown.",
            "注意力实验里的网络至多训练了多少步：展示本浏览器记得的、不超过此数的最远一步。",
        ),
        shown_when: TRAINED,
        and_when: TOY,
        ..count("toy_trained", "head", (0, 5000, 0), "", ADAM)
    },
    Parameter {
        shown_when: READ,
        title: text("Layer", "层"),
        help: help(
            "The layer of the head. Each layer reads what the ones before it wrote.",
            "这个头所在的层。每一层读取前面各层写下的内容。",
        ),
        ..count("layer", "head", (1, 4, 1), r"\ell", KARPATHY)
    },
    Parameter {
        shown_when: READ,
        title: text("Head", "头"),
        help: help(
            "The head within its layer. The tower goes on with the next one, through all heads of the model in their order, and after the last begins again.",
            "层中的哪个头。塔的下一层用下一个头，按次序走遍模型的所有头，走完再从头来过。",
        ),
        ..count("head", "head", (1, 4, 1), "h", KARPATHY)
    },
    Parameter {
        key: "mask",
        kind: Kind::Choice { options: MASKS_OFFERED, default: "causal" },
        title: text("Mask", "掩码"),
        help: help(
            "Who may read whom. Two-way: everybody everybody, as an encoder. Prefix: the input both ways, the rest what is before it (UniLM). Causal: what is before (GPT). Anti-causal: what comes after. Half and half: one head each way, and the layer is their mean.",
            "谁能读谁。双向：人人互读，如编码器。前缀：输入部分双向，其余只读前文（UniLM）。因果：只读前文（GPT）。反因果：只读后文。各半：一半的头向前、一半向后，一层取两者的平均。",
        ),
        link: Some(ARTICLE),
        ..Parameter::of("head", &[Run])
    },
    Parameter {
        title: text("Prefix", "前缀"),
        help: help(
            "How many tokens are input: what a prefix mask lets read both ways, what is read backwards in the test of order, and what an encoder reads on the card of costs. More than there are means all.",
            "前多少个字是输入：前缀掩码下它们双向互读，次序检验里把它们倒着读，代价表中由编码器来读。超过总数即为全部。",
        ),
        ..count("prefix", "head", (0, 512, 32), "p", ANSWERS)
    },
    Parameter {
        key: "kernel",
        kind: Kind::Choice { options: KERNELS, default: "softmax" },
        title: text("Kernel", "核"),
        help: help(
            "How a query and a key become a weight: softmax of their product, or a product of features φ(q)·φ(k), which is linear attention: elu + 1, relu, the numbers themselves, or their exponentials. Uniform reads all alike and has closed forms.",
            "查询与键怎样变成权重：内积的 softmax，或特征的内积 φ(q)·φ(k)，即线性注意力：elu + 1、relu、恒等或取指数。均匀则一视同仁，有闭式。",
        ),
        link: Some(LINEAR),
        ..Parameter::of("head", &[Run])
    },
    Parameter {
        shown_when: DRAWN,
        title: text("Positions", "位置数"),
        help: help(
            "How many tokens attend. The article has n = 512 in mind. A head of a model has as many as its text.",
            "有多少个字参与注意力。文章心目中的 n 是 512。取自模型的头则以文字长度为准。",
        ),
        ..count("n", "head", (2, 512, 64), "n", ANSWERS)
    },
    Parameter {
        shown_when: DRAWN,
        title: text("Head width", "头的宽度"),
        help: help(
            "Numbers in a query and in a key. The product of queries and keys has this rank at most; 64 in the models that the article has in mind.",
            "一个查询或键有多少个数。查询与键之积的秩至多是它；文章所说的模型里是 64。",
        ),
        ..count("d", "head", (1, 128, 8), "d", BOTTLENECK)
    },
    Parameter {
        title: text("Gain", "增益"),
        help: help(
            "What the logits q·k/√d are multiplied by: 0 is flat, large picks one. Softmax alone notices; a linear kernel divides it out again.",
            "logits q·k/√d 所乘的倍数：0 为均匀，很大时只选一个。只有 softmax 在意；线性核归一化时又把它约掉。",
        ),
        shown_when: Some(ShownWhen { key: "kernel", is: &["softmax"] }),
        ..Parameter::number("gain", "head", (0.0, 8.0, 0.1, 1.0), r"\gamma", BOTTLENECK)
    },
    Parameter {
        title: text("Layers", "层数"),
        help: help(
            "How high the tower is: each layer has a head of its own, drawn afresh. The timeline adds them one by one.",
            "塔有多高：每层各有一个新抽的头。时间轴一层层往上加。",
        ),
        ..count("layers", "tower", (1, 32, 12), "L", COLLAPSE)
    },
    Parameter {
        title: text("Residual share", "残差占比"),
        help: help(
            "The share r of what comes in that a layer passes on as it is: X becomes r X + (1 − r) A X.",
            "每层把输入原样传下去的比例 r：X 变为 r X + (1 − r) A X。",
        ),
        ..Parameter::number("residual", "tower", (0.0, 0.95, 0.05, 0.0), "r", COLLAPSE)
    },
    Parameter {
        key: "norm",
        kind: Kind::Choice { options: SWITCH, default: "off" },
        title: text("Layer norm", "层归一化"),
        help: help(
            "After every layer each row is centred and scaled to length 1: layer normalisation, but for a constant.",
            "每层之后把每一行减去均值并缩放到长度 1：即层归一化，只差一个常数。",
        ),
        link: Some(MASKS),
        ..Parameter::of("tower", &[Run])
    },
    Parameter {
        key: "mixing",
        kind: Kind::Choice { options: SWITCH, default: "off" },
        title: text("Value mixing", "值的混合"),
        help: help(
            "Whether what is read passes through a random matrix of values, another in every layer: A X W instead of A X.",
            "读到的内容是否还要过一个随机的值矩阵（每层不同）：A X W，而不是 A X。",
        ),
        link: Some(MASKS),
        ..Parameter::of("tower", &[Run])
    },
    Parameter {
        title: text("Heads", "头数"),
        help: help(
            "Heads of a layer on the card of costs: the model is heads × d wide.",
            "代价表中每层的头数：模型宽度为 头数 × d。",
        ),
        ..count("heads", "cost", (1, 64, 12), "h", ANSWERS)
    },
    Parameter {
        key: "seed",
        kind: Kind::Seed { default: 7 },
        title: text("Seed", "种子"),
        help: help(
            "Another seed, other heads that are drawn, and other matrices of values.",
            "换个种子，换一批抽取的头和值矩阵。",
        ),
        link: Some(SPLITMIX),
        ..Parameter::of("draws", &[Run])
    },
    Parameter {
        key: "draw",
        kind: Kind::Choice { options: DRAWS, default: "philox" },
        shown_when: DRAWN,
        title: text("Generator", "随机数发生器"),
        help: help(
            "Philox is drawn by address: a longer text begins with the shorter one, another layer leaves the others alone. SplitMix64 is ten lines in any language: queries row by row, then keys, layer after layer, so that anybody can reproduce a head digit by digit.",
            "Philox 按地址取数：长文的开头就是短文，改动一层不影响其他层。SplitMix64 用任何语言都只要十行：先逐行查询、再逐行键，一层接一层，人人可逐位复现。",
        ),
        link: Some(SPLITMIX),
        ..Parameter::of("draws", &[Run])
    },
];

/// What decides on the twins that are trained here.
const TWINS: &[Parameter] = &[
    Parameter {
        key: "twins",
        kind: Kind::Choice { options: PAIRS, default: "prefix" },
        title: text("Twins", "哪对双胞胎"),
        help: help(
            "Two networks with the same weights to begin with, the same texts in the same order and the same number of parameters; their masks differ and nothing else. Answers: the answer to a question is written letter by letter; one reads the question one way (GPT), one both ways (UniLM). Gaps: a quarter of question and answer is left out and to be filled; one has all heads two-way, one half of them forward and half backward.",
            "两个网络：初始权重、所读文本及其次序、参数量全都相同，只有掩码不同。作答：逐字写出问题的答案，一个单向读问题（GPT），一个双向读（UniLM）。填空：问题和答案各有四分之一被遮住，要填出来；一个的头全是双向，另一个一半向前、一半向后。",
        ),
        link: Some(BERT),
        ..Parameter::of("twins", &[Network])
    },
    Parameter {
        key: "task",
        kind: Kind::Choice { options: TASKS, default: "sort" },
        title: text("Task", "任务"),
        help: help(
            "What both learn: the letters of a word in the order of the alphabet, the sum of two numbers, the word once more, or backwards. One text of eight is never learnt from: the loss is measured on those.",
            "两者所学：把一串字母按字母表排序、两数相加、原样抄写或倒着写。每八段文本中有一段从不用于训练，损失就在这些文本上测。",
        ),
        link: Some(ARTICLE),
        ..Parameter::of("twins", &[Network])
    },
    Parameter {
        key: "codes",
        kind: Kind::Choice { options: CODES, default: "rotary" },
        title: text("Codes of position", "位置编码"),
        help: help(
            "Rotary: queries and keys are turned by their places. None: nobody is told where a letter stands; behind a triangular mask that can still be found out, a two-way reader cannot.",
            "旋转：查询和键按位置旋转。无：没有人告诉网络字母在哪；三角掩码下仍能推断出来，双向则不能。",
        ),
        link: Some(NOPE),
        ..Parameter::of("twins", &[Network])
    },
    Parameter {
        title: text("Steps", "步数"),
        help: help(
            "Training steps of each network. The learning rate rises in the first twentieth and falls in a straight line to nothing at the end.",
            "每个网络的训练步数。学习率在最初的二十分之一里升高，随后直线下降，到结束时为零。",
        ),
        ..schooling("steps", (50, MOST_STEPS, 400), &[Network], ADAM)
    },
    Parameter {
        title: text("Seeds", "种子数"),
        help: help(
            "How many pairs of twins are trained, one after the other, each with other weights and other texts. A difference is judged by how it varies among them: fewer than three say nothing.",
            "先后训练多少对双胞胎，每对的权重和文本都不同。差别要看它在各对之间如何变化来判断：少于三对什么也说明不了。",
        ),
        ..schooling("seeds", (1, MOST_SEEDS, 5), &[Reach], STUDENT)
    },
    Parameter {
        key: "rate",
        kind: Kind::Number { min: 1e-4, max: 5e-2, step: 1e-4, default: 4e-3 },
        title: text("Learning rate", "学习率"),
        help: help(
            "The highest rate, the same for both. Too large and the loss runs away; then training stops and goes back.",
            "最高学习率，两者相同。过大时损失会发散；这时训练会停下并退回。",
        ),
        link: Some(ADAM),
        ..Parameter::of("twins", &[Network])
    },
    Parameter {
        title: text("Trained", "已训练"),
        help: help(
            "How many steps the twins of this link have been trained, all seeds together. They are trained again, step by step, wherever the link is opened.",
            "此链接中的双胞胎共训练了多少步（各种子合计）。无论在哪里打开链接，都会逐步重新训练。",
        ),
        // The buttons set it.
        shown_when: Some(ShownWhen { key: "twins", is: &[] }),
        ..schooling("trained", (0, MOST_SEEDS * MOST_STEPS, 0), &[Reach], ADAM)
    },
];

const fn schooling(
    key: &'static str,
    (min, max, default): (usize, usize, usize),
    affects: &'static [crate::experiment::parameter::Affects],
    link: Reference,
) -> Parameter {
    Parameter {
        key,
        kind: Kind::Integer { min, max, default },
        link: Some(link),
        ..Parameter::of("twins", affects)
    }
}

const fn count(
    key: &'static str,
    group: &'static str,
    (min, max, default): (usize, usize, usize),
    symbol: &'static str,
    link: Reference,
) -> Parameter {
    Parameter {
        key,
        kind: Kind::Integer { min, max, default },
        symbol,
        link: Some(link),
        ..Parameter::of(group, &[Run])
    }
}
