//! Surfaces that visitors type, with something to begin from.

use super::PLAIN;
use crate::experiment::parameter::text;
use crate::labs::riemann::surfaces::{Formulas, Kind, Surface};

pub const METRIC: Surface = Surface {
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
};

pub const CONFORMAL: Surface = Surface {
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
};

pub const EMBEDDING: Surface = Surface {
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
};
