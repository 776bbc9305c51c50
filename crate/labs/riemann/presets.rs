//! The surfaces to choose from, each with what is known of it in closed form.

mod plane;
mod round;
mod typed;

use super::surfaces::{Formulas, Surface};
use crate::experiment::parameter::text;

/// In the order of the list.
pub const ALL: &[Surface] = &[
    round::SPHERE,
    plane::STEREOGRAPHIC,
    round::POLAR,
    plane::SADDLE,
    round::TORUS,
    round::CONE,
    round::PSEUDOSPHERE,
    plane::HALFPLANE,
    plane::DISC,
    plane::HOTPLATE,
    round::FLAMM,
    plane::FISHER,
    plane::KEPLER,
    plane::SQUARES,
    typed::METRIC,
    typed::CONFORMAL,
    typed::EMBEDDING,
];

/// How far most charts reach.
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
