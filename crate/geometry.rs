//! Geometry of surfaces from their metric alone: formulas that visitors type, exact derivatives, geodesics, what is carried
//! along them, and curvature. It knows no tensor library, no lab and no page.

pub mod abreast;
pub mod circle;
pub mod expression;
pub mod extrapolation;
pub mod fault;
pub mod field;
pub mod formula;
pub mod geodesic;
pub mod gradient;
pub mod jet;
pub mod metric;
pub mod orbit;
pub mod quadrature;
pub mod region;
pub mod shooting;
pub mod straight;
pub mod symbolic;
pub mod tokens;
pub mod triangle;

/// A place of the chart: (u, v).
pub type Place = [f64; 2];

/// 2π.
pub const TURN: f64 = std::f64::consts::TAU;

/// `angle` brought to (−π, π].
pub fn wrapped(angle: f64) -> f64 {
    angle - TURN * (angle / TURN).round()
}
