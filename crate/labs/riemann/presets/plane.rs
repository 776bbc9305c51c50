//! Surfaces on a piece of the plane: conformal ones, mostly.

use super::{PLAIN, SQUARE};
use crate::experiment::parameter::text;
use crate::geometry::straight::Model;
use crate::labs::riemann::surfaces::{Formulas, Surface};

pub const STEREOGRAPHIC: Surface = Surface {
    id: "stereographic",
    title: text("Sphere, stereographic", "球面（球极投影）"),
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
};

pub const SADDLE: Surface = Surface {
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
};

pub const HALFPLANE: Surface = Surface {
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
};

pub const DISC: Surface = Surface {
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
};

pub const HOTPLATE: Surface = Surface {
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
};

pub const FISHER: Surface = Surface {
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
};

pub const KEPLER: Surface = Surface {
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
};

pub const SQUARES: Surface = Surface {
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
};
