//! What can be set: a number, a line, a step, a number of periods, an impostor, and what is looked at.

use super::papers::{ARTICLE, DLMF, EULER, MELLIN, TRAPEZOID, WIELANDT};
use crate::experiment::parameter::{
    Affects::{Run, View},
    Choice, Kind, Parameter, choice, help, text,
};

/// In the order of links.
pub const ALL: &[&[Parameter]] = &[PARAMETERS];

const FUNCTIONS: &[Choice] = &[
    choice("gamma", "Γ(z)", "Γ(z)"),
    choice("reciprocal", "1/Γ(z)", "1/Γ(z)"),
    choice("ln", "ln Γ(z)", "ln Γ(z)"),
    choice("psi", "ψ(z)", "ψ(z)"),
    choice("impostor", "impostor", "冒名者"),
];
const SHOWS: &[Choice] =
    &[choice("value", "its value", "函数值"), choice("residual", "what it misses", "方程残差")];

/// As the page calls them.
const PICTURES: &[Choice] = &[
    choice("step", "as the step has it", "随步骤"),
    choice("graph", "both sides of the equation", "方程的两边"),
    choice("shift", "the shift", "平移"),
    choice("circle", "F on the real axis", "实轴上的 F"),
    choice("road", "the real road", "实轴之路"),
    choice("comb", "residues", "留数"),
    choice("fall", "F on the imaginary axis", "虚轴上的 F"),
    choice("transform", "Γ along the line, transformed", "沿竖线对 Γ 作变换"),
    choice("pair", "Euler’s integrand", "欧拉被积函数"),
    choice("bars", "Stirling’s Gaussian and samples", "斯特林的高斯与取样"),
    choice("rule", "the trapezoid rule", "梯形法则"),
    choice("strip", "Wielandt’s strip", "维兰特的带"),
    choice("convex", "Bohr–Mollerup", "玻尔–莫勒鲁普"),
];

const PARAMETERS: &[Parameter] = &[
    Parameter {
        key: "function",
        kind: Kind::Choice { options: FUNCTIONS, default: "gamma" },
        title: text("Function", "函数"),
        help: help(
            "What the landscape shows. The impostor is Γ(z) (1 + ε sin 2πz), which solves the same equation.",
            "地形图画的是哪个函数。冒名者是 Γ(z) (1 + ε sin 2πz)，它满足同一个方程。",
        ),
        link: Some(DLMF),
        ..Parameter::of("landscape", &[Run])
    },
    Parameter {
        key: "show",
        kind: Kind::Choice { options: SHOWS, default: "value" },
        title: text("Shown", "显示"),
        help: help(
            "The function itself, or how far it is from solving G(z + 1) = z G(z): bare where it solves it to the last place, red where it does not.",
            "函数本身，或它离满足 G(z + 1) = z G(z) 还有多远：留白处满足到最后一位，红处不满足。",
        ),
        link: Some(ARTICLE),
        ..Parameter::of("landscape", &[View])
    },
    Parameter {
        title: text("Re z", "z 的实部"),
        help: help("The real part of the number that everything is read at.", "各处所读的那个复数的实部。"),
        ..Parameter::number("re", "number", (-200.0, 200.0, 0.05, 1.5), r"\operatorname{Re} z", DLMF)
    },
    Parameter {
        title: text("Im z", "z 的虚部"),
        help: help(
            "Its imaginary part. Drag z about the landscape to change both.",
            "它的虚部。在地形图上拖动 z，两者一起变。",
        ),
        ..Parameter::number("im", "number", (-200.0, 200.0, 0.05, 1.0), r"\operatorname{Im} z", DLMF)
    },
    Parameter {
        key: "n",
        kind: Kind::Integer { min: 1, max: 60, default: 4 },
        title: text("Periods", "周期数"),
        help: help(
            "Over how many periods of its integrand the real road's integral is taken. The more, the higher the spikes at the poles of Γ.",
            "实轴之路的积分取被积函数的多少个周期。周期越多，Γ 的极点处的尖峰越高。",
        ),
        link: Some(ARTICLE),
        symbol: "N",
        ..Parameter::of("real", &[Run])
    },
    Parameter {
        title: text("Place on the road", "路上的位置"),
        help: help("Where f_N(x) is read on the real road.", "在实轴之路的何处读取 f_N(x)。"),
        ..Parameter::number("x", "real", (-12.0, 6.0, 0.01, 0.5), "x", ARTICLE)
    },
    Parameter {
        title: text("Vertical line", "竖线"),
        help: help(
            "The line Re z = c along which Γ is transformed. Right of 0 the transform is 2π e^{cω − e^ω}; left of each pole it lacks one more term of the exponential's series.",
            "沿这条竖线对 Γ 作傅里叶变换。在 0 的右边得到 2π e^{cω − e^ω}；每越过一个极点，就少掉指数级数的一项。",
        ),
        ..Parameter::number("c", "imaginary", (-4.0, 8.0, 0.05, 1.0), "c", MELLIN)
    },
    Parameter {
        title: text("Cursor", "游标"),
        help: help(
            "Where the transform is read, and up to where the area under Euler's integrand is taken.",
            "在何处读取变换，也是欧拉被积函数的面积所取到的上限。",
        ),
        ..Parameter::number("omega", "imaginary", (-6.0, 6.0, 0.01, 0.0), r"\omega", EULER)
    },
    Parameter {
        title: text("Rule’s step", "梯形步长"),
        help: help(
            "The step of the trapezoid rule for Euler's integral in ω. Halve it and the number of right digits doubles.",
            "对 ω 的欧拉积分用梯形法则时的步长。步长减半，正确位数加倍。",
        ),
        ..Parameter::number("h", "imaginary", (0.1, 2.0, 0.05, 1.0), "h", TRAPEZOID)
    },
    Parameter {
        title: text("Its share", "冒名程度"),
        help: help(
            "ε in Γ(z) (1 + ε sin 2πz). At whole numbers nobody sees it; off the real axis it explodes.",
            "Γ(z) (1 + ε sin 2πz) 中的 ε。在整数处看不出来；一离开实轴便爆炸。",
        ),
        ..Parameter::number("eps", "impostor", (-1.0, 1.0, 0.01, 0.1), r"\varepsilon", WIELANDT)
    },
    Parameter {
        title: text("Centre, real part", "视野中心（实部）"),
        help: help("The middle of the landscape.", "地形图的中心。"),
        ..view("cx", (-1e6, 1e6, 0.1, 0.0))
    },
    Parameter {
        title: text("Centre, imaginary part", "视野中心（虚部）"),
        help: help("The middle of the landscape.", "地形图的中心。"),
        ..view("cy", (-1e6, 1e6, 0.1, 0.0))
    },
    Parameter {
        title: text("Width of the landscape", "视野宽度"),
        help: help(
            "How much of the plane the landscape shows, from left to right. The wheel and + − zoom.",
            "地形图从左到右覆盖多宽的复平面。滚轮或 + − 键缩放。",
        ),
        ..view("span", (1e-12, 1e6, 0.1, 11.0))
    },
    Parameter {
        key: "picture",
        kind: Kind::Choice { options: PICTURES, default: "step" },
        title: text("Picture", "图"),
        help: help(
            "What stands beside the landscape: what the step is about, or any other picture.",
            "地形图旁边放哪张图：随步骤，或任选一张。",
        ),
        link: Some(ARTICLE),
        ..Parameter::of("landscape", &[View])
    },
    Parameter {
        key: "morph",
        kind: Kind::Number { min: -1.0, max: 1.0, step: 0.01, default: -1.0 },
        title: text("From ω to t", "从 ω 到 t"),
        help: help(
            "How far Euler's integrand has been dragged from ω (0) to t = e^ω (1). Below 0 the step that substitutes moves it by itself.",
            "欧拉被积函数从 ω（0）拖到 t = e^ω（1）的程度。小于 0 时由代换那一步自己移动。",
        ),
        link: Some(EULER),
        ..Parameter::of("landscape", &[View])
    },
];

const fn view(key: &'static str, (min, max, step, default): (f64, f64, f64, f64)) -> Parameter {
    Parameter {
        key,
        kind: Kind::Number { min, max, step, default },
        link: Some(DLMF),
        ..Parameter::of("landscape", &[View])
    }
}
