//! What can be set: what rolls, the landscape and the way down it, where a density goes and how it is pushed, and the particles.

use super::papers::{
    AMARI, ANNEALED, ARTICLE, CARRILLO, HO, JKO, LANGEVIN, MONOFLOW, OTTO, PEYRE, PROXIMAL, STABILITY,
    STEEPEST, STEIN, WIBISONO,
};
use crate::experiment::parameter::{
    Affects::{Run, View},
    Choice, Kind, Parameter, Reference, ShownWhen, choice, help, text,
};
use crate::labs::clouds::DATA;

const PARTS: &[Choice] = &[
    choice("point", "A point", "一个点"),
    choice("line", "A density", "一个密度"),
    choice("plane", "A cloud", "一团云"),
    choice("bridge", "Back to diffusion", "回到扩散"),
];

/// In the order of `landscapes.rs`.
pub const LANDSCAPES: &[Choice] = &[
    choice("bowl", "Bowl", "碗"),
    choice("ellipse", "Long bowl", "长碗"),
    choice("ravine", "Ravine", "峡谷"),
    choice("wells", "Two wells", "双井"),
    choice("barrier", "Two wells, a barrier to raise", "双井，势垒可升降"),
    choice("rosenbrock", "Rosenbrock", "Rosenbrock"),
    choice("himmelblau", "Himmelblau", "Himmelblau"),
    choice("saddle", "Saddle", "鞍"),
    choice("ring", "Ring", "圆环"),
    choice("fit", "A fit of N(x, y²)", "拟合 N(x, y²)"),
    choice("skyline", "Under a skyline", "天际线之下"),
    choice("drawn", "Under what you draw", "你画的图之下"),
    choice("typed", "Your own f(x, y)", "自己写 f(x, y)"),
];
const NORMS: &[Choice] = &[
    choice("l2", "ℓ2, a circle", "ℓ2，圆"),
    choice("l1", "ℓ1, a diamond", "ℓ1，菱形"),
    choice("linf", "ℓ∞, a square", "ℓ∞，正方形"),
    choice("ellipse", "An ellipse", "椭圆"),
    choice("fisher", "Fisher, x = μ and y = σ", "Fisher，x = μ、y = σ"),
];
const METHODS: &[Choice] = &[
    choice("gradient", "Gradient descent", "梯度下降"),
    choice("flow", "Exact flow", "精确的流"),
    choice("proximal", "Proximal step", "近端步"),
    choice("steepest", "Steepest in the norm", "范数下最陡"),
    choice("momentum", "Momentum", "动量"),
    choice("adam", "Adam", "Adam"),
    choice("sign", "Sign descent", "符号下降"),
];
const ENERGIES: &[Choice] = &[
    choice("kl", "Divergence from the target", "与目标的散度"),
    choice("entropy", "Entropy alone: heat", "只有熵：热传导"),
    choice("porous", "∫q²: a porous medium", "∫q²：多孔介质"),
    choice("attraction", "Heat, and springs between all", "热传导，加两两之间的弹簧"),
    choice("apart", "Heat, near ones pushed apart", "热传导，加近斥远吸"),
];
const DIVERGENCES: &[Choice] = &[
    choice("reverse", "KL(q‖p), reverse", "KL(q‖p)，反向"),
    choice("forward", "KL(p‖q), forward", "KL(p‖q)，正向"),
    choice("chi2", "χ²", "χ²"),
    choice("hellinger", "Hellinger", "Hellinger"),
    choice("js", "Jensen–Shannon", "Jensen–Shannon"),
];
const TARGETS: &[Choice] = &[
    choice("gaussian", "One hill, N(μ, s²)", "一座山，N(μ, s²)"),
    choice("wells", "Two hills at ±μ", "±μ 处两座山"),
    choice("skyline", "A skyline", "天际线"),
    choice("typed", "e^(−V), your own V(x)", "e^(−V)，自己写 V(x)"),
    choice("drawn", "Drawn by you", "自己画"),
];
const GEOMETRIES: &[Choice] = &[
    choice("wasserstein", "Wasserstein: mass moves", "Wasserstein：质量搬运"),
    choice("langevin", "Langevin: pushed and shaken", "Langevin：推着走、抖着走"),
    choice("mala", "Langevin, checked (MALA)", "Langevin，逐步把关（MALA）"),
    choice("particles", "Particles without noise", "无噪声的粒子"),
    choice("fisherrao", "Fisher–Rao: birth and death", "Fisher–Rao：生与灭"),
    choice("stein", "Stein: particles that see each other", "Stein：互相看得见的粒子"),
    choice("l2", "L2: heights are lifted", "L2：逐点升降"),
    choice("none", "None", "无"),
];

/// In the plane, by the names of the lanes.
const WALKS: &[Choice] = &[LANGEVINS, SMOOTH, BORN, SEEN, MOVED, LIFTED];
const MORE_WALKS: &[Choice] = &[LANGEVINS, SMOOTH, BORN, SEEN, MOVED, LIFTED, choice("none", "None", "无")];
const LANGEVINS: Choice = choice("langevin", "Langevin: pushed and shaken", "Langevin：推着走、抖着走");
const SMOOTH: Choice = choice("particles", "Particles without noise", "无噪声的粒子");
const BORN: Choice = choice("fisherrao", "Fisher–Rao: birth and death", "Fisher–Rao：生与灭");
const SEEN: Choice = choice("stein", "Stein: particles that see each other", "Stein：互相看得见的粒子");
const MOVED: Choice = choice("wasserstein", "Wasserstein: mass moves", "Wasserstein：质量搬运");
const LIFTED: Choice = choice("l2", "L2: heights are lifted", "L2：逐点升降");

const SCORES: &[Choice] = &[
    choice("kernel", "The cloud itself, blurred", "云自己，经模糊"),
    choice("grid", "A density on a grid", "网格上的密度"),
    choice("exact", "The closed form, in a bowl", "解析式，限于碗"),
];

const SCALES: &[Choice] = &[choice("log", "Logarithm", "对数"), choice("linear", "As it is", "线性")];

const LAID: &[Choice] = &[
    choice("none", "Nothing", "无"),
    choice("strings", "A proximal step of it, as strings", "它的一个近端步，画成弦"),
];

const fn pick(
    key: &'static str,
    group: &'static str,
    options: &'static [Choice],
    default: &'static str,
    link: Reference,
) -> Parameter {
    Parameter {
        key,
        kind: Kind::Choice { options, default },
        link: Some(link),
        ..Parameter::of(group, &[Run])
    }
}

const POINT_OR_PLANE: Option<ShownWhen> = Some(ShownWhen { key: "part", is: &["point", "plane"] });
const ON_POINT: Option<ShownWhen> = Some(ShownWhen { key: "part", is: &["point"] });
const ON_LINE: Option<ShownWhen> = Some(ShownWhen { key: "part", is: &["line"] });
const ON_PLANE: Option<ShownWhen> = Some(ShownWhen { key: "part", is: &["plane"] });
const SHAKEN: Option<ShownWhen> = Some(ShownWhen { key: "part", is: &["line", "plane"] });
const MANY: Option<ShownWhen> = Some(ShownWhen { key: "part", is: &["line", "plane", "bridge"] });
const ON_BRIDGE: Option<ShownWhen> = Some(ShownWhen { key: "part", is: &["bridge"] });

/// In the order of links.
pub const ALL: &[&[Parameter]] = &[POINT, LAW, BRIDGE, PARTICLES];

pub const POINT: &[Parameter] = &[
    Parameter {
        title: text("What rolls", "什么在滚"),
        help: help(
            "A point in a landscape, a density on the line, a cloud of particles in the landscape: three meanings of downhill. And a target that changes with time: diffusion.",
            "地形上的一个点、直线上的一个密度、地形上的一团粒子：下坡的三种意思。还有一个随时间变化的目标：扩散。",
        ),
        ..pick("part", "what", PARTS, "point", ARTICLE)
    },
    Parameter {
        title: text("Landscape", "地形"),
        help: help(
            "The height f over the plane. A cloud at rest in it stands as e^(−f/τ). The last three lie under a skyline, under a drawing of yours, and are typed.",
            "平面上的高度 f。云在其中静止时的分布是 e^(−f/τ)。最后三项：天际线之下、你画的图之下、自己写。",
        ),
        symbol: "f",
        shown_when: POINT_OR_PLANE,
        ..pick("landscape", "point", LANDSCAPES, "ellipse", ARTICLE)
    },
    Parameter {
        title: text("Condition number", "条件数"),
        help: help(
            "How many times steeper the long bowl is across than along. A formula of your own may call it a.",
            "长碗的横向比纵向陡多少倍。自己写的公式里可以叫它 a。",
        ),
        shown_when: POINT_OR_PLANE,
        and_when: Some(ShownWhen { key: "landscape", is: &["ellipse", "typed"] }),
        ..Parameter::number("kappa", "point", (1.0, 100.0, 0.5, 8.0), r"\kappa", STABILITY)
    },
    Parameter {
        title: text("Barrier", "势垒"),
        help: help(
            "How high the hill between the two wells is. The rate at which a shaken cloud forgets its well falls as e^(−barrier/τ).",
            "两井之间的山有多高。被抖动的云忘记自己那口井的速率按 e^(−势垒/τ) 下降。",
        ),
        shown_when: POINT_OR_PLANE,
        and_when: Some(ShownWhen { key: "landscape", is: &["barrier"] }),
        ..Parameter::number("barrier", "point", (0.2, 12.0, 0.1, 1.0), "b", WIBISONO)
    },
    Parameter {
        title: text("Start, across", "起点（横）"),
        help: help("Where it starts. Drag the start on the map.", "起点。可在图上拖动。"),
        shown_when: POINT_OR_PLANE,
        ..Parameter::number("x", "point", (-6.0, 6.0, 0.05, 3.0), "x", ARTICLE)
    },
    Parameter {
        title: text("Start, up", "起点（纵）"),
        help: help("Where it starts. Drag the start on the map.", "起点。可在图上拖动。"),
        shown_when: POINT_OR_PLANE,
        ..Parameter::number("y", "point", (-6.0, 6.0, 0.05, 1.0), "y", ARTICLE)
    },
    Parameter {
        title: text("Step", "步长"),
        help: help(
            "The size of a step, and the time that the exact flow runs in it. Beyond 2/λ, where λ is the largest bend, gradient descent flies apart; the proximal step never does.",
            "一步的大小，也是精确的流在一步里走的时间。超过 2/λ（λ 是最大的弯曲）梯度下降就会飞散；近端步永远不会。",
        ),
        shown_when: ON_POINT,
        ..Parameter::number("alpha", "point", (0.001, 4.0, 0.005, 0.22), r"\alpha", STABILITY)
    },
    Parameter {
        key: "steps",
        kind: Kind::Integer { min: 1, max: 400, default: 30 },
        title: text("Steps", "步数"),
        help: help("How many steps are taken.", "走多少步。"),
        link: Some(ARTICLE),
        shown_when: Some(ShownWhen { key: "part", is: &["point", "bridge"] }),
        ..Parameter::of("point", &[Run])
    },
    Parameter {
        title: text("A small step is", "一小步是"),
        help: help(
            "How the length of a step is measured. Another ball, another steepest direction: downhill is a matter of the ruler.",
            "怎样量一步的长短。换一个球，最陡的方向就变了：下坡取决于尺子。",
        ),
        shown_when: ON_POINT,
        ..pick("norm", "point", NORMS, "l2", STEEPEST)
    },
    Parameter {
        title: text("Ellipse, first weight", "椭圆的第一权重"),
        help: help(
            "m in √(m d₁² + d₂²): how dear a step along x is.",
            "√(m d₁² + d₂²) 中的 m：沿 x 走一步有多贵。",
        ),
        shown_when: ON_POINT,
        and_when: Some(ShownWhen { key: "norm", is: &["ellipse"] }),
        ..Parameter::number("m", "point", (0.1, 20.0, 0.1, 4.0), "m", STEEPEST)
    },
    Parameter {
        title: text("Guest", "客人"),
        help: help(
            "A fourth way down, beside gradient descent, the exact flow and the proximal step; the readouts follow it.",
            "在梯度下降、精确的流和近端步之外的第四条路；读数跟着它。",
        ),
        shown_when: ON_POINT,
        ..pick("method", "point", METHODS, "gradient", PROXIMAL)
    },
    Parameter {
        title: text("Parameters, power of y", "参数：y 的幂次"),
        help: help(
            "The plane in other parameters, (yᵖ − 1)/p in place of y: of a width σ the variance at 2, the logarithm at 0, the precision at −2. The flow of ℓ2 in them is another path; that of the natural gradient is not. It takes y above 0.",
            "换一套参数看同一平面：用 (yᵖ − 1)/p 代替 y。若 y 是宽度 σ，2 是方差，0 是对数，−2 是精度。ℓ2 的流随之改道，自然梯度的流不变。y 须大于 0。",
        ),
        shown_when: ON_POINT,
        ..Parameter::number("chart", "point", (-2.0, 2.0, 0.05, 1.0), "p", AMARI)
    },
    Parameter {
        title: text("Parameters, shear", "参数：剪切"),
        help: help(
            "x + c y in place of x: parameters that lean on each other. Where the flow of ℓ2 goes depends on it.",
            "用 x + c y 代替 x：两个参数彼此倾斜。ℓ2 的流往哪里走取决于它。",
        ),
        shown_when: ON_POINT,
        ..Parameter::number("lean", "point", (-2.0, 2.0, 0.05, 0.0), "c", AMARI)
    },
];

pub const LAW: &[Parameter] = &[
    Parameter {
        title: text("Target", "目标"),
        help: help(
            "The density p that the others come to: its potential is −ln p. Choose the last to draw it on the picture.",
            "各条赛道要到达的密度 p：势是 −ln p。选最后一项，可直接在图上画。",
        ),
        symbol: "p",
        shown_when: ON_LINE,
        ..pick("target", "law", TARGETS, "gaussian", WIBISONO)
    },
    Parameter {
        title: text("Its middle", "它的中心"),
        help: help(
            "The middle of the one hill; of two hills, how far each stands from 0: slide them apart and watch the barrier grow.",
            "一座山时是它的中心；两座山时是每座离 0 多远：把它们拉开，看势垒长高。",
        ),
        shown_when: ON_LINE,
        and_when: Some(ShownWhen { key: "target", is: &["gaussian", "wells"] }),
        ..Parameter::number("mu", "law", (-4.0, 4.0, 0.05, 0.0), r"\mu", WIBISONO)
    },
    Parameter {
        title: text("Its deviation", "它的标准差"),
        help: help("The standard deviation of each of its hills.", "每座山的标准差。"),
        shown_when: ON_LINE,
        and_when: Some(ShownWhen { key: "target", is: &["gaussian", "wells"] }),
        ..Parameter::number("s", "law", (0.2, 3.0, 0.05, 1.0), "s", WIBISONO)
    },
    Parameter {
        title: text("Start, mean", "起点的均值"),
        help: help("Where the density begins.", "密度从哪里开始。"),
        shown_when: ON_LINE,
        ..Parameter::number("m0", "law", (-6.0, 6.0, 0.05, 3.0), "m_0", ARTICLE)
    },
    Parameter {
        title: text("Start, deviation", "起点的标准差"),
        help: help("How wide the density is when it begins.", "开始时密度有多宽。"),
        shown_when: ON_LINE,
        ..Parameter::number("s0", "law", (0.1, 3.0, 0.05, 0.5), "s_0", ARTICLE)
    },
    Parameter {
        title: text("What falls", "什么在下降"),
        help: help(
            "The height of a density: a divergence from the target, its entropy alone, ∫q², or entropy and what each pair costs.",
            "一个密度的高度：与目标的散度、单独的熵、∫q²，或熵加上每一对的代价。",
        ),
        symbol: "F",
        shown_when: ON_LINE,
        ..pick("energy", "law", ENERGIES, "kl", OTTO)
    },
    Parameter {
        title: text("Divergence", "散度"),
        help: help(
            "Which divergence from the target falls. The velocity is r² f″(r) ∇ ln r with r = p/q: all arrive, at different speeds.",
            "让哪种散度下降。速度是 r² f″(r) ∇ ln r，r = p/q：都会到达，快慢不同。",
        ),
        shown_when: ON_LINE,
        and_when: Some(ShownWhen { key: "energy", is: &["kl"] }),
        ..pick("divergence", "law", DIVERGENCES, "reverse", MONOFLOW)
    },
    Parameter {
        title: text("Pairs keep apart", "两两保持的距离"),
        help: help(
            "R in the cost z⁴/4 − R² z²/2 of each pair at a distance z: nearer than R they push, further they pull. Make it large, and the crowd parts in two.",
            "每一对相距 z 的代价 z⁴/4 − R² z²/2 中的 R：近于 R 相斥，远于 R 相吸。调大它，一群就分成两群。",
        ),
        shown_when: ON_LINE,
        and_when: Some(ShownWhen { key: "energy", is: &["apart"] }),
        ..Parameter::number("reach", "law", (0.0, 5.0, 0.05, 4.0), "R", CARRILLO)
    },
    Parameter {
        title: text("Ratio", "比值"),
        help: help(
            "The ratio r = p/q at which the weight r² f″(r) is read.",
            "在哪个比值 r = p/q 处读权重 r² f″(r)。",
        ),
        shown_when: ON_LINE,
        ..Parameter::number("r", "law", (0.01, 20.0, 0.01, 1.0), "r", MONOFLOW)
    },
    Parameter {
        title: text("Time", "时间"),
        help: help(
            "How long the density flows; all numbers of the density are read at this time.",
            "密度流多久；密度的各个读数都在这一时刻读取。",
        ),
        shown_when: ON_LINE,
        ..Parameter::number("t", "law", (0.0, 10.0, 0.05, 1.0), "t", WIBISONO)
    },
    Parameter {
        title: text("Scale of the fall", "下降图的刻度"),
        help: help(
            "How the picture of the fall is drawn: in logarithms what fades at a rate is straight; as it is, one sees how much is left.",
            "下降图怎样画：取对数，按速率衰减的就是直线；原样画，看得见还剩多少。",
        ),
        affects: &[View],
        shown_when: SHAKEN,
        ..pick("scale", "law", SCALES, "log", WIBISONO)
    },
    Parameter {
        title: text("Proximal step", "近端步长"),
        help: help(
            "a in argmin W₂²(·, q)/(2a) + F: one jump of the whole density or of the cloud’s law. It never overshoots, however long it is.",
            "argmin W₂²(·, q)/(2a) + F 中的 a：整个密度（或云的分布）的一次跳跃。无论多长都不会冲过头。",
        ),
        shown_when: SHAKEN,
        ..Parameter::number("a", "law", (0.01, 4.0, 0.01, 0.5), "a", JKO)
    },
    Parameter {
        key: "jumps",
        kind: Kind::Integer { min: 1, max: 40, default: 1 },
        title: text("Jumps", "跳几次"),
        help: help("How many proximal steps are taken, one after another.", "连续走多少个近端步。"),
        link: Some(JKO),
        shown_when: ON_LINE,
        ..Parameter::of("law", &[Run])
    },
    lane("lane1", text("First lane", "第一道"), "wasserstein"),
    lane("lane2", text("Second lane", "第二道"), "langevin"),
    lane("lane3", text("Third lane", "第三道"), "fisherrao"),
    lane("lane4", text("Fourth lane", "第四道"), "none"),
];

const fn lane(
    key: &'static str,
    title: crate::experiment::parameter::Text,
    default: &'static str,
) -> Parameter {
    Parameter {
        title,
        help: help(
            "What counts as near for the density of this lane. One energy, another geometry, another way down.",
            "这条赛道上怎样算近。同一个能量，换一种几何，就是另一条下坡路。",
        ),
        shown_when: ON_LINE,
        ..pick(key, "lanes", GEOMETRIES, default, STEIN)
    }
}

pub const PARTICLES: &[Parameter] = &[
    Parameter {
        key: "particles",
        kind: Kind::Integer { min: 1, max: 100_000, default: 4000 },
        title: text("Particles", "粒子数"),
        help: help(
            "How many particles there are; on the line at most 20,000 are taken. On the way back each asks all data points at every step, which is what a step costs: so 2,000 are taken at 400 points, more where points are fewer.",
            "有多少个粒子；在直线上最多取 20,000 个。回到数据的路上，每个粒子每一步都要问遍所有数据点，时间就花在这里：所以 400 个点时取 2,000 个，点少则更多。",
        ),
        link: Some(LANGEVIN),
        shown_when: MANY,
        ..Parameter::of("particles", &[Run])
    },
    Parameter {
        title: text("Geometry", "几何"),
        help: help(
            "How the cloud comes down, from one start with one energy: shaken; without noise, along −∇(f + τ ln q); by birth and death, where nobody moves; seeing each other, at most 300; or as a density on 96 × 96 cells, whose mass moves (Wasserstein) or whose heights are lifted (L2).",
            "同一起点、同一能量，云怎样下坡：抖着走；不抖，沿 −∇(f + τ ln q) 走；生与灭，谁也不动；互相看得见，最多 300 个；或作为 96 × 96 格上的密度，搬运质量（Wasserstein）或逐点升降（L2）。",
        ),
        shown_when: ON_PLANE,
        ..pick("geometry", "particles", WALKS, "langevin", STEIN)
    },
    beside("geometry2", text("Geometry beside it, second", "并排的几何，第二")),
    beside("geometry3", text("Geometry beside it, third", "并排的几何，第三")),
    beside("geometry4", text("Geometry beside it, fourth", "并排的几何，第四")),
    Parameter {
        title: text("∇ ln q comes from", "∇ ln q 取自"),
        help: help(
            "Where particles without noise have the slope of ln q from: a blurred count of themselves, which leaves the cloud a little narrow; a density on a grid that flows beside them; or the closed form, of a normal start in a bowl.",
            "无噪声的粒子从哪里得到 ln q 的坡：对自身模糊计数，云会略窄；旁边一起流动的网格密度；或碗中正态起点的解析式。",
        ),
        shown_when: ON_PLANE,
        ..pick("score", "particles", SCORES, "kernel", STEIN)
    },
    Parameter {
        title: text("Time step", "时间步长"),
        help: help(
            "The step of the particles: x ← x − h ∇V + √(2h) ξ. It leaves a bias: a variance of 1 becomes 1/(1 − h/2).",
            "粒子的步长：x ← x − h ∇V + √(2h) ξ。它会留下偏差：方差 1 变成 1/(1 − h/2)。",
        ),
        shown_when: SHAKEN,
        ..Parameter::number("h", "particles", (0.001, 2.5, 0.001, 0.02), "h", LANGEVIN)
    },
    Parameter {
        title: text("Temperature", "温度"),
        help: help(
            "How hard the cloud is shaken. At 0 every particle rolls down by itself; at 1 the cloud becomes e^(−f).",
            "云被抖得多厉害。为 0 时每个粒子各自滚下去；为 1 时云变成 e^(−f)。",
        ),
        shown_when: ON_PLANE,
        ..Parameter::number("tau", "particles", (0.0, 4.0, 0.05, 0.5), r"\tau", LANGEVIN)
    },
    Parameter {
        title: text("Width of the cloud", "云的宽度"),
        help: help("The standard deviation of the cloud when it begins.", "云开始时的标准差。"),
        shown_when: ON_PLANE,
        ..Parameter::number("spread", "particles", (0.0, 3.0, 0.05, 0.6), r"\sigma", LANGEVIN)
    },
    Parameter {
        title: text("Laid over the cloud", "叠在云上"),
        help: help(
            "One proximal step of the law that the cloud begins with: every string leads from where mass is to where, in the mean, it goes. Found by entropic transport, which blurs it by a cell and a half.",
            "云起始分布的一个近端步：每根弦从质量所在处连到它平均去往之处。用熵正则的最优传输求得，代价是模糊一格半。",
        ),
        shown_when: ON_PLANE,
        ..pick("plan", "particles", LAID, "none", PEYRE)
    },
    Parameter {
        key: "seed",
        kind: Kind::Seed { default: 1 },
        title: text("Seed", "种子"),
        help: help(
            "Which noise shakes the particles. The same seed, the same cloud, on every machine.",
            "用哪一份噪声抖动粒子。同一种子，在任何机器上都是同一团云。",
        ),
        link: Some(LANGEVIN),
        shown_when: MANY,
        ..Parameter::of("particles", &[Run])
    },
];

const fn beside(key: &'static str, title: crate::experiment::parameter::Text) -> Parameter {
    Parameter {
        title,
        help: help(
            "Another geometry for the same start and the same energy, in a picture of its own.",
            "同一起点、同一能量的另一种几何，单独画一幅图。",
        ),
        shown_when: ON_PLANE,
        ..pick(key, "particles", MORE_WALKS, "none", STEIN)
    }
}

/// Called as in the lab of points, so that a link carries over.
pub const BRIDGE: &[Parameter] = &[
    Parameter {
        key: "data",
        kind: Kind::Choice { options: DATA, default: "moons" },
        title: text("Data", "数据"),
        help: help(
            "Where the three ways lead: a law of points, or what you draw, here or in the lab of points.",
            "三条路通向哪里：一种点的分布，或你画的图，在这里或在“平面上的扩散”里画。",
        ),
        link: Some(HO),
        symbol: "x_0",
        shown_when: ON_BRIDGE,
        ..Parameter::of("bridge", &[Run])
    },
    Parameter {
        key: "points",
        kind: Kind::Integer { min: 2, max: 4096, default: 400 },
        title: text("Points", "点数"),
        help: help(
            "How many data points there are. Their slope ∇ ln p_t is known exactly at every level of noise.",
            "数据点的个数。在每个噪声水平上，它们的坡度 ∇ ln p_t 都精确已知。",
        ),
        link: Some(HO),
        symbol: "M",
        shown_when: ON_BRIDGE,
        ..Parameter::of("bridge", &[Run])
    },
    Parameter {
        key: "shakes",
        kind: Kind::Integer { min: 1, max: 20, default: 4 },
        title: text("Langevin steps a level", "每级朗之万步数"),
        help: help(
            "How often Langevin’s particles are pushed and shaken before the target moves on. With few they lag behind it.",
            "目标移动之前，朗之万粒子被推、被抖几次。次数太少就跟不上目标。",
        ),
        link: Some(ANNEALED),
        shown_when: ON_BRIDGE,
        ..Parameter::of("bridge", &[Run])
    },
];
