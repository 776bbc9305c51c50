//! Surfaces whose second coordinate is an angle.

use std::f64::consts::PI;

use super::ROUND;
use crate::experiment::parameter::text;
use crate::geometry::straight::Model;
use crate::labs::riemann::surfaces::{Formulas, Surface};

pub const SPHERE: Surface = Surface {
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
};

pub const POLAR: Surface = Surface {
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
};

pub const TORUS: Surface = Surface {
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
};

pub const CONE: Surface = Surface {
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
};

pub const PSEUDOSPHERE: Surface = Surface {
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
};

pub const FLAMM: Surface = Surface {
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
};
