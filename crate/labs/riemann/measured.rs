//! Numbers for the claims that need more than one look: rulers laid along a rim, the same walk by other equations.

use super::{settings::Settings, state::Riemann};
use crate::geometry::{
    Place,
    field::Field,
    geodesic::{Carry, NEIGHBOUR, after, hamilton, start},
};

/// The constant curvature of the sheet, if it is known to be constant.
pub fn constant(settings: &Settings) -> Option<f64> {
    let formula = settings.surface.curvature.filter(|_| settings.is_plain())?;
    let expression = crate::geometry::expression::Expression::known(formula);
    let varies = ["u", "v"].iter().any(|name| expression.names(name));
    (!varies).then(|| expression.at([0.0, 0.0], settings.field.sliders))
}

/// sin(√K s)/√K, s, or sinh(√−K s)/√−K.
pub fn width(k: f64, s: f64) -> f64 {
    let root = libm::sqrt(k.abs());
    match k {
        0.0 => s,
        _ if k > 0.0 => libm::sin(root * s) / root,
        _ => libm::sinh(root * s) / root,
    }
}

/// The end of the walk, exactly, with the neighbour's distance; `None` where it comes to no end.
pub fn end(lab: &Riemann) -> Option<(Place, f64)> {
    let Settings { field, ant, heading, .. } = &lab.settings;
    let length = lab.walk().ok()?.length();
    let state = after(field, &start(field, *ant, *heading).ok()?, length, Carry::Neighbour).ok()?;
    Some(([state[0], state[1]], state[NEIGHBOUR]))
}

/// The same end by its closed form, or by Hamilton's equations.
pub fn other_end(lab: &Riemann) -> Option<(Place, bool)> {
    let Settings { field, ant, heading, surface, .. } = &lab.settings;
    let length = lab.walk().ok()?.length();
    match (surface.model)(field.sliders).filter(|_| lab.settings.is_plain()) {
        Some(model) => Some((model.end(*ant, *heading, length), true)),
        None => Some((hamilton(field, *ant, *heading, length)?, false)),
    }
}

/// The gap between two geodesics that leave at a small angle to both sides, over that angle.
pub fn gap(lab: &Riemann) -> Option<f64> {
    const ANGLE: f64 = 1e-4;
    let Settings { field, ant, heading, .. } = &lab.settings;
    let length = lab.walk().ok()?.length();
    let end = |turn: f64| {
        let state = after(field, &start(field, *ant, heading + turn).ok()?, length, Carry::Nothing).ok()?;
        Some([state[0], state[1], state[2], state[3]])
    };
    let (a, b, middle) = (end(-ANGLE)?, end(ANGLE)?, end(0.0)?);
    let metric = field.metric([middle[0], middle[1]], 0).ok()?;
    let aside = metric.turned([middle[2], middle[3]]);
    Some(metric.inner([b[0] - a[0], b[1] - a[1]], aside) / (2.0 * ANGLE))
}

/// The length of a closed row of places, laid out with a ruler from each to the next, and with every other one left out:
/// the error goes with the square of the gaps.
pub fn ruled(field: &Field, rim: &[Place]) -> Option<f64> {
    let with = |stride: usize| {
        let n = rim.len() / stride;
        let piece = |i: usize| {
            let (a, b) = (rim[i * stride], rim[(i + 1) % n * stride]);
            let middle = [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0];
            Some(field.metric(middle, 0).ok()?.length([b[0] - a[0], b[1] - a[1]]))
        };
        (0..n).map(piece).sum::<Option<f64>>()
    };
    Some((4.0 * with(1)? - with(2)?) / 3.0)
}

/// Γ from central differences of the metric: a check of derivatives, not what is shown.
pub fn christoffel_by_differences(field: &Field, [u, v]: Place) -> Option<[f64; 6]> {
    const STEP: f64 = 1e-5;
    let g = |u, v| Some(field.metric([u, v], 0).ok()?.g);
    let slope = |a: [f64; 3], b: [f64; 3]| std::array::from_fn(|i| (a[i] - b[i]) / (2.0 * STEP));
    let mut metric = field.metric([u, v], 0).ok()?;
    metric.d = [slope(g(u + STEP, v)?, g(u - STEP, v)?), slope(g(u, v + STEP)?, g(u, v - STEP)?)];
    let [first, second] = metric.christoffel();
    Some([first[0], first[1], first[2], second[0], second[1], second[2]])
}
