//! What can be set: the sheet, the ant, the tool.

use super::{about::ARTICLE, presets::ALL};
use crate::experiment::parameter::{
    Affects::{Run, View},
    Choice, Kind, Parameter, Reference, ShownWhen, choice, help, text,
};

const METRIC: Reference =
    Reference { title: "Su Jianlin: 【理解黎曼几何】2", href: "https://kexue.fm/archives/3969" };
const GEODESICS: Reference =
    Reference { title: "Su Jianlin: 【理解黎曼几何】3", href: "https://kexue.fm/archives/3977" };
const BONNET: Reference =
    Reference { title: "Su Jianlin: 【理解黎曼几何】7", href: "https://kexue.fm/archives/4033" };
const EVERYWHERE: Reference =
    Reference { title: "Su Jianlin: 【理解黎曼几何】8", href: "https://kexue.fm/archives/4046" };

/// As the table of surfaces has them.
const SURFACES: &[Choice] = &{
    let mut all = [choice("", "", ""); ALL.len()];
    let mut i = 0;
    while i < ALL.len() {
        all[i] = Choice { value: ALL[i].id, title: ALL[i].title };
        i += 1;
    }
    all
};

const TOOLS: &[Choice] = &[
    choice("geodesic", "Straight line", "直线"),
    choice("fan", "Fan", "扇形"),
    choice("loop", "Carry round", "搬运一圈"),
    choice("triangle", "Triangle", "三角形"),
    choice("circle", "Circle", "圆"),
    choice("orbit", "Orbit", "轨道"),
    choice("region", "Gauss–Bonnet", "高斯–博内"),
    choice("gradient", "Natural gradient", "自然梯度"),
];

const CARRIES: &[Choice] = &[
    choice("drawn", "Your loop", "你画的回路"),
    choice("round", "Circle round the ant", "绕蚂蚁的圆"),
    choice("parallel", "Coordinate circle", "坐标圆"),
    choice("triangle", "Triangle", "三角形"),
];

const MAPS: &[Choice] = &[
    choice("curvature", "Curvature K", "曲率 K"),
    choice("area", "Area √g", "面积 √g"),
    choice("none", "Plain", "无"),
];

/// The largest coordinate of a place.
pub const FARTHEST: f64 = 20.0;

const fn place(key: &'static str, default: f64) -> Parameter {
    Parameter {
        key,
        kind: Kind::Number { min: -FARTHEST, max: FARTHEST, step: 0.01, default },
        link: Some(METRIC),
        ..Parameter::of("ant", &[Run])
    }
}

pub const PARAMETERS: &[Parameter] = &[
    Parameter {
        key: "surface",
        kind: Kind::Choice { options: SURFACES, default: "sphere" },
        title: text("Sheet", "曲面"),
        help: help(
            "The world of the ant, given by its own Pythagoras: how long a small step is at each place. Type a metric, a ruler or a surface of your own with the last three.",
            "蚂蚁的世界，由它自己的勾股定理给出：每一处的一小步有多长。最后三项可自己写度规、尺子或曲面。",
        ),
        link: Some(METRIC),
        symbol: "g_{\\mu\\nu}",
        ..Parameter::of("surface", &[Run])
    },
    Parameter {
        key: "a",
        kind: Kind::Number { min: -5.0, max: 5.0, step: 0.01, default: 2.0 },
        title: text("Slider a", "滑块 a"),
        help: help(
            "A number that formulas call a: the torus’s large radius, the cone’s slope, the plate’s heat, the size of the black hole.",
            "公式中的 a：环面的大半径、圆锥的坡度、板的热度、黑洞的大小。",
        ),
        link: Some(METRIC),
        symbol: "a",
        shown_when: Some(ShownWhen {
            key: "surface",
            is: &["saddle", "torus", "cone", "hotplate", "flamm", "metric", "conformal", "embedding"],
        }),
        ..Parameter::of("surface", &[Run])
    },
    Parameter {
        key: "b",
        kind: Kind::Number { min: -5.0, max: 5.0, step: 0.01, default: 1.0 },
        title: text("Slider b", "滑块 b"),
        help: help("A number that formulas call b: the torus’s small radius.", "公式中的 b：环面的小半径。"),
        link: Some(METRIC),
        symbol: "b",
        shown_when: Some(ShownWhen { key: "surface", is: &["torus", "metric", "conformal", "embedding"] }),
        ..Parameter::of("surface", &[Run])
    },
    Parameter {
        key: "energy",
        kind: Kind::Number { min: -3.0, max: 3.0, step: 0.01, default: -0.5 },
        title: text("Energy", "能量"),
        help: help(
            "The energy of the planet: below 0 its orbits are ellipses and K is positive, above 0 hyperbolas and K negative. Formulas may call it energy.",
            "行星的能量：小于 0 时轨道是椭圆、K 为正，大于 0 时是双曲线、K 为负。公式中写作 energy。",
        ),
        link: Some(EVERYWHERE),
        symbol: "E",
        shown_when: Some(ShownWhen { key: "surface", is: &["kepler", "metric", "conformal", "embedding"] }),
        ..Parameter::of("surface", &[Run])
    },
    Parameter {
        title: text("Start, u", "起点 u"),
        help: help("Where the ant starts: its first coordinate.", "蚂蚁出发处的第一个坐标。"),
        symbol: "u",
        ..place("u", 1.2)
    },
    Parameter {
        title: text("Start, v", "起点 v"),
        help: help("Where the ant starts: its second coordinate.", "蚂蚁出发处的第二个坐标。"),
        symbol: "v",
        ..place("v", 0.0)
    },
    Parameter {
        key: "heading",
        kind: Kind::Number { min: -6.5, max: 6.5, step: 0.01, default: 2.2 },
        title: text("Heading", "方向"),
        help: help(
            "The direction in which it leaves: the angle from ∂u towards ∂v, in radians, measured with its own metric.",
            "出发的方向：从 ∂u 转向 ∂v 的角度，以弧度计，用它自己的度规量。",
        ),
        link: Some(GEODESICS),
        symbol: "\\alpha",
        unit: "rad",
        ..Parameter::of("ant", &[Run])
    },
    Parameter {
        key: "length",
        kind: Kind::Number { min: 0.01, max: 40.0, step: 0.01, default: 2.4 },
        title: text("Length", "路程"),
        help: help(
            "How far it walks, by its own ruler. The timeline is this length: one step is a hundredth.",
            "它走多远，用它自己的尺子量。时间轴就是这段路程，一步是百分之一。",
        ),
        link: Some(GEODESICS),
        symbol: "s",
        ..Parameter::of("ant", &[Run])
    },
    Parameter {
        key: "tool",
        kind: Kind::Choice { options: TOOLS, default: "geodesic" },
        title: text("Tool", "工具"),
        help: help("What the ant does to find out about its world.", "蚂蚁用什么办法打量它的世界。"),
        link: Some(ARTICLE),
        ..Parameter::of("ant", &[Run])
    },
    Parameter {
        key: "radius",
        kind: Kind::Number { min: 0.01, max: 5.0, step: 0.01, default: 0.6 },
        title: text("Size", "大小"),
        help: help(
            "The radius of the circle, the side of the triangle, the size of a loop that nobody drew.",
            "圆的半径、三角形的边长、未画回路时回路的大小。",
        ),
        link: Some(BONNET),
        symbol: "r",
        shown_when: Some(ShownWhen { key: "tool", is: &["loop", "triangle", "circle", "region"] }),
        ..Parameter::of("ant", &[Run])
    },
    Parameter {
        key: "carry",
        kind: Kind::Choice { options: CARRIES, default: "drawn" },
        title: text("Carry round", "沿着什么搬运"),
        help: help(
            "The way on which an arrow is carried: your loop (a circle until you draw one), a circle of the size below, u = constant, or a triangle.",
            "沿着什么搬运箭头：你画的回路（未画时是圆）、下面大小的圆、u = 常数的圆，或三角形。",
        ),
        link: Some(BONNET),
        shown_when: Some(ShownWhen { key: "tool", is: &["loop"] }),
        ..Parameter::of("ant", &[Run])
    },
    Parameter {
        key: "hole",
        kind: Kind::Number { min: 0.0, max: 0.9, step: 0.05, default: 0.0 },
        title: text("Hole", "洞"),
        help: help(
            "A hole in the middle of the region, as a share of its size: then it is no disc but a ring, and 2πχ is 0 instead of 2π.",
            "区域中间挖一个洞，大小为区域的几分之几：那就不再是圆盘而是环，2πχ 是 0 而不是 2π。",
        ),
        link: Some(BONNET),
        symbol: r"\rho",
        shown_when: Some(ShownWhen { key: "tool", is: &["region"] }),
        ..Parameter::of("ant", &[Run])
    },
    Parameter {
        title: text("Goal, u", "终点 u"),
        help: help("Where the shortest way leads: the first coordinate.", "最短路通向何处：第一个坐标。"),
        symbol: "u_2",
        shown_when: Some(ShownWhen { key: "tool", is: &["geodesic", "gradient"] }),
        ..place("u2", 1.9)
    },
    Parameter {
        title: text("Goal, v", "终点 v"),
        help: help("Where the shortest way leads: the second coordinate.", "最短路通向何处：第二个坐标。"),
        symbol: "v_2",
        shown_when: Some(ShownWhen { key: "tool", is: &["geodesic", "gradient"] }),
        ..place("v2", 1.4)
    },
    Parameter {
        key: "map",
        kind: Kind::Choice { options: MAPS, default: "curvature" },
        title: text("Colours", "着色"),
        help: help(
            "What the colours of the chart show: how curved it is, how much area a unit square of coordinates has, or nothing.",
            "图的颜色表示什么：弯曲程度、单位坐标方格的真实面积，或什么都不表示。",
        ),
        link: Some(METRIC),
        ..Parameter::of("view", &[View])
    },
];
