//! The surfaces to choose from, each with what is known of it in closed form.

use std::f64::consts::PI;

use super::surfaces::{Formulas, Kind, Surface};
use crate::experiment::parameter::{Text, text};
use crate::geometry::straight::Model;

const SQUARE: f64 = 2.2;

/// What most of them are not.
const PLAIN: Surface = Surface {
    id: "",
    title: text("", ""),
    formulas: Formulas::Conformal("1"),
    space: None,
    edge: None,
    chart: |_| [-SQUARE, SQUARE, -SQUARE, SQUARE],
    turns: false,
    pole: None,
    curvature: None,
    christoffel: None,
    model: |_| None,
    names: ["x", "y"],
    start: &[],
};

/// A surface of revolution, or another whose v is an angle.
const ROUND: Surface = Surface { turns: true, names: ["r", "φ"], ..PLAIN };

const STEREOGRAPHIC: Text = text("Sphere, stereographic", "球面（球极投影）");

pub const ALL: &[Surface] = &[
    Surface {
        id: "sphere",
        title: text("Sphere", "球面"),
        formulas: Formulas::Metric(["1", "0", "sin^2 u"]),
        space: Some(["sin u cos v", "sin u sin v", "cos u"]),
        edge: Some("u (pi - u)"),
        chart: |_| [0.0, PI, -PI, PI],
        pole: Some(0.0),
        curvature: Some("1"),
        christoffel: Some(["", "", "-sin u cos u", "", "cot u", ""]),
        model: |_| Some(Model::Sphere),
        names: ["θ", "φ"],
        start: &[
            ("u", 1.8),
            ("v", -0.6),
            ("heading", 2.2),
            ("length", 2.4),
            ("u2", 1.1),
            ("v2", 1.2),
            ("radius", 0.6),
        ],
        ..ROUND
    },
    Surface {
        id: "stereographic",
        title: STEREOGRAPHIC,
        formulas: Formulas::Conformal("4/(1+u^2+v^2)^2"),
        space: Some(["2u/(1+u^2+v^2)", "2v/(1+u^2+v^2)", "(1-u^2-v^2)/(1+u^2+v^2)"]),
        curvature: Some("1"),
        christoffel: Some([
            "-2u/(1+u^2+v^2)",
            "-2v/(1+u^2+v^2)",
            "2u/(1+u^2+v^2)",
            "2v/(1+u^2+v^2)",
            "-2u/(1+u^2+v^2)",
            "-2v/(1+u^2+v^2)",
        ]),
        model: |_| Some(Model::Mobius { a: 1.0, c: 2.0 }),
        start: &[
            ("u", 0.5),
            ("v", -0.4),
            ("heading", 1.2),
            ("length", 2.4),
            ("u2", -0.6),
            ("v2", 0.7),
            ("radius", 0.6),
        ],
        ..PLAIN
    },
    Surface {
        id: "polar",
        title: text("Plane, polar", "平面（极坐标）"),
        formulas: Formulas::Metric(["1", "0", "u^2"]),
        space: Some(["u cos v", "u sin v", "0"]),
        edge: Some("u"),
        chart: |_| [0.0, 3.0, -PI, PI],
        pole: Some(0.0),
        curvature: Some("0"),
        christoffel: Some(["", "", "-u", "", "1/u", ""]),
        model: |_| Some(Model::Unrolled { radial: 1.0, angular: 1.0 }),
        start: &[
            ("u", 1.6),
            ("v", -1.0),
            ("heading", 2.0),
            ("length", 3.0),
            ("u2", 2.0),
            ("v2", 0.9),
            ("radius", 0.6),
        ],
        ..ROUND
    },
    Surface {
        id: "saddle",
        title: text("Saddle", "马鞍面"),
        formulas: Formulas::Embedding(["u", "v", "(u^2 - v^2)/a"]),
        space: Some(["u", "v", "(u^2 - v^2)/a"]),
        chart: |_| [-1.6, 1.6, -1.6, 1.6],
        curvature: Some("-4a^2/(a^2 + 4u^2 + 4v^2)^2"),
        christoffel: Some([
            "4u/(a^2+4u^2+4v^2)",
            "",
            "-4u/(a^2+4u^2+4v^2)",
            "-4v/(a^2+4u^2+4v^2)",
            "",
            "4v/(a^2+4u^2+4v^2)",
        ]),
        start: &[
            ("a", 2.0),
            ("u", -0.8),
            ("v", -0.5),
            ("heading", 0.6),
            ("length", 2.4),
            ("u2", 0.9),
            ("v2", 0.5),
            ("radius", 0.6),
        ],
        ..PLAIN
    },
    Surface {
        id: "torus",
        title: text("Torus", "环面"),
        formulas: Formulas::Embedding(["(a + b cos u) cos v", "(a + b cos u) sin v", "b sin u"]),
        space: Some(["(a + b cos u) cos v", "(a + b cos u) sin v", "b sin u"]),
        chart: |_| [-PI, PI, -PI, PI],
        curvature: Some("cos u/(b (a + b cos u))"),
        christoffel: Some(["", "", "(a + b cos u) sin u/b", "", "-b sin u/(a + b cos u)", ""]),
        names: ["θ", "φ"],
        start: &[
            ("a", 2.0),
            ("b", 1.0),
            ("u", 0.6),
            ("v", -1.2),
            ("heading", 1.1),
            ("length", 6.0),
            ("u2", -0.9),
            ("v2", 0.6),
            ("radius", 0.6),
        ],
        ..ROUND
    },
    Surface {
        id: "cone",
        title: text("Cone", "圆锥"),
        formulas: Formulas::Embedding(["u cos v", "u sin v", "a u"]),
        space: Some(["u cos v", "u sin v", "-a u"]),
        edge: Some("u"),
        chart: |_| [0.0, 2.0, -PI, PI],
        curvature: Some("0"),
        christoffel: Some(["", "", "-u/(1+a^2)", "", "1/u", ""]),
        model: |[a, ..]| Some(Model::Unrolled { radial: (1.0 + a * a).sqrt(), angular: 1.0 }),
        start: &[
            ("a", 1.5),
            ("u", 1.1),
            ("v", -1.2),
            ("heading", 1.9),
            ("length", 3.2),
            ("u2", 1.2),
            ("v2", 1.2),
            ("radius", 0.6),
        ],
        ..ROUND
    },
    Surface {
        id: "pseudosphere",
        title: text("Pseudosphere", "伪球面"),
        formulas: Formulas::Embedding(["sech u cos v", "sech u sin v", "u - tanh u"]),
        space: Some(["sech u cos v", "sech u sin v", "u - tanh u"]),
        edge: Some("u"),
        chart: |_| [0.0, 3.0, -PI, PI],
        curvature: Some("-1"),
        christoffel: Some(["1/(sinh u cosh u)", "", "1/(sinh u cosh u)", "", "-tanh u", ""]),
        names: ["t", "φ"],
        start: &[
            ("u", 0.9),
            ("v", -1.0),
            ("heading", 0.9),
            ("length", 1.6),
            ("u2", 1.0),
            ("v2", 0.8),
            ("radius", 0.3),
        ],
        ..ROUND
    },
    Surface {
        id: "halfplane",
        title: text("Half-plane", "上半平面"),
        formulas: Formulas::Conformal("1/v^2"),
        edge: Some("v"),
        chart: |_| [-2.0, 2.0, 0.0, 3.0],
        curvature: Some("-1"),
        christoffel: Some(["", "-1/v", "", "1/v", "", "-1/v"]),
        model: |_| Some(Model::HalfPlane { scale: 1.0, stretch: 1.0 }),
        start: &[
            ("u", -0.9),
            ("v", 0.8),
            ("heading", 0.8),
            ("length", 2.4),
            ("u2", 1.0),
            ("v2", 1.0),
            ("radius", 0.6),
        ],
        ..PLAIN
    },
    Surface {
        id: "disc",
        title: text("Poincaré disc", "庞加莱圆盘"),
        formulas: Formulas::Conformal("4/(1-u^2-v^2)^2"),
        edge: Some("1-u^2-v^2"),
        chart: |_| [-1.05, 1.05, -1.05, 1.05],
        curvature: Some("-1"),
        christoffel: Some([
            "2u/(1-u^2-v^2)",
            "2v/(1-u^2-v^2)",
            "-2u/(1-u^2-v^2)",
            "-2v/(1-u^2-v^2)",
            "2u/(1-u^2-v^2)",
            "2v/(1-u^2-v^2)",
        ]),
        model: |_| Some(Model::Mobius { a: -1.0, c: 2.0 }),
        start: &[
            ("u", -0.4),
            ("v", -0.3),
            ("heading", 0.3),
            ("length", 2.4),
            ("u2", 0.5),
            ("v2", 0.3),
            ("radius", 0.6),
        ],
        ..PLAIN
    },
    Surface {
        id: "hotplate",
        title: text("Hot plate", "热板"),
        formulas: Formulas::Conformal("1/(1 + a (u^2+v^2))^2"),
        space: Some(["u/(1+a(u^2+v^2))", "v/(1+a(u^2+v^2))", "(1-a(u^2+v^2))/(2 sqrt(a) (1+a(u^2+v^2)))"]),
        edge: Some("1 + a (u^2+v^2)"),
        chart: |[a, ..]| {
            let side = if a < 0.0 { 1.05 / (-a).sqrt() } else { SQUARE };
            [-side.min(SQUARE), side.min(SQUARE), -side.min(SQUARE), side.min(SQUARE)]
        },
        curvature: Some("4a"),
        christoffel: Some([
            "-2a u/(1+a(u^2+v^2))",
            "-2a v/(1+a(u^2+v^2))",
            "2a u/(1+a(u^2+v^2))",
            "2a v/(1+a(u^2+v^2))",
            "-2a u/(1+a(u^2+v^2))",
            "-2a v/(1+a(u^2+v^2))",
        ]),
        model: |[a, ..]| Some(Model::Mobius { a, c: 1.0 }),
        start: &[
            ("a", 0.4),
            ("u", 1.3),
            ("v", -0.9),
            ("heading", 1.9),
            ("length", 1.8),
            ("u2", -1.0),
            ("v2", 0.9),
            ("radius", 0.4),
        ],
        ..PLAIN
    },
    Surface {
        id: "flamm",
        title: text("Flamm’s paraboloid", "弗拉姆抛物面"),
        formulas: Formulas::Metric(["u/(u - a)", "0", "u^2"]),
        space: Some(["u cos v", "u sin v", "2 sqrt(a (u - a))"]),
        // At the throat the chart folds back: a little before it ends.
        edge: Some("u - 1.001a"),
        chart: |[a, ..]| [a.abs(), a.abs() + 5.0, -PI, PI],
        curvature: Some("-a/(2u^3)"),
        christoffel: Some(["-a/(2u(u-a))", "", "a - u", "", "1/u", ""]),
        start: &[
            ("a", 1.0),
            ("u", 3.6),
            ("v", -1.3),
            ("heading", 2.55),
            ("length", 6.0),
            ("u2", 3.0),
            ("v2", 1.0),
            ("radius", 0.8),
        ],
        ..ROUND
    },
    Surface {
        id: "fisher",
        title: text("Gaussians (Fisher)", "高斯分布（Fisher）"),
        formulas: Formulas::Metric(["1/v^2", "0", "2/v^2"]),
        edge: Some("v"),
        chart: |_| [-3.0, 3.0, 0.0, 3.0],
        curvature: Some("-1/2"),
        christoffel: Some(["", "-1/v", "", "1/(2v)", "", "-1/v"]),
        model: |_| {
            let root = std::f64::consts::SQRT_2;
            Some(Model::HalfPlane { scale: root, stretch: root })
        },
        names: ["μ", "σ"],
        start: &[
            ("u", -1.4),
            ("v", 0.6),
            ("heading", 0.8),
            ("length", 2.4),
            ("u2", 1.4),
            ("v2", 0.9),
            ("radius", 0.6),
        ],
        ..PLAIN
    },
    Surface {
        id: "kepler",
        title: text("Kepler (Jacobi)", "开普勒（Jacobi 度规）"),
        formulas: Formulas::Conformal("energy + 1/sqrt(u^2+v^2)"),
        curvature: Some("-energy/(2 (1 + energy sqrt(u^2+v^2))^3)"),
        christoffel: Some([
            "-u/(2(u^2+v^2)(1+energy sqrt(u^2+v^2)))",
            "-v/(2(u^2+v^2)(1+energy sqrt(u^2+v^2)))",
            "u/(2(u^2+v^2)(1+energy sqrt(u^2+v^2)))",
            "v/(2(u^2+v^2)(1+energy sqrt(u^2+v^2)))",
            "-u/(2(u^2+v^2)(1+energy sqrt(u^2+v^2)))",
            "-v/(2(u^2+v^2)(1+energy sqrt(u^2+v^2)))",
        ]),
        start: &[
            ("energy", -0.5),
            ("u", 1.2),
            ("v", 0.0),
            ("heading", 1.5),
            ("length", 4.2),
            ("u2", -0.5),
            ("v2", 0.7),
            ("radius", 0.15),
        ],
        ..PLAIN
    },
    Surface {
        id: "squares",
        title: text("f = (x² + y²)/2", "f = (x² + y²)/2"),
        formulas: Formulas::Conformal("(u^2+v^2)/2"),
        curvature: Some("0"),
        christoffel: Some([
            "u/(u^2+v^2)",
            "v/(u^2+v^2)",
            "-u/(u^2+v^2)",
            "-v/(u^2+v^2)",
            "u/(u^2+v^2)",
            "v/(u^2+v^2)",
        ]),
        model: |_| Some(Model::Squared),
        start: &[
            ("u", 0.65),
            ("v", 1.2),
            ("heading", -0.147_198_4),
            ("length", 1.4),
            ("u2", 1.6),
            ("v2", 0.4),
            ("radius", 0.4),
        ],
        ..PLAIN
    },
    Surface {
        id: "metric",
        title: text("Your metric", "自己的度规"),
        formulas: Formulas::Typed(Kind::Metric, &["1 + u^2", "0.3 sin v", "2 + cos(u + v)"]),
        names: ["u", "v"],
        start: &[
            ("u", 0.0),
            ("v", -1.0),
            ("heading", 0.9),
            ("length", 3.0),
            ("u2", 1.0),
            ("v2", 0.8),
            ("radius", 0.6),
        ],
        ..PLAIN
    },
    Surface {
        id: "conformal",
        title: text("Your ruler f", "自己的尺子 f"),
        formulas: Formulas::Typed(Kind::Conformal, &["exp(-u^2 - v^2) + 0.3"]),
        names: ["u", "v"],
        start: &[
            ("u", -1.2),
            ("v", -0.9),
            ("heading", 0.6),
            ("length", 2.0),
            ("u2", 1.0),
            ("v2", 0.8),
            ("radius", 0.4),
        ],
        ..PLAIN
    },
    Surface {
        id: "embedding",
        title: text("Your surface", "自己的曲面"),
        formulas: Formulas::Typed(Kind::Embedding, &["u", "v", "exp(-u^2 - v^2)"]),
        names: ["u", "v"],
        start: &[
            ("u", -1.2),
            ("v", -0.5),
            ("heading", 0.4),
            ("length", 3.0),
            ("u2", 1.0),
            ("v2", 0.8),
            ("radius", 0.5),
        ],
        ..PLAIN
    },
];
