//! The claims about two ways to a Gaussian: by the natural gradient, and by the ordinary one.

use super::{
    claims::{claim, note},
    state::Riemann,
};
use crate::experiment::parameter::{Reference, text};
use crate::geometry::{
    Place,
    field::Field,
    gradient::{Coordinates, Gradient, natural_at},
};
use crate::runtime::readout::Readout;

const NATURAL: Reference = Reference {
    title: "Amari: Natural Gradient Works Efficiently in Learning",
    href: "https://doi.org/10.1162/089976698300017746",
};

/// Nothing but for Gaussians.
pub fn all(lab: &Riemann, now: bool) -> Vec<Readout> {
    if lab.settings.surface.id != "fisher" {
        return Vec::new();
    }
    let flow = |gradient, coordinates| now.then(|| lab.flow(gradient, coordinates)).flatten();
    let natural = flow(Gradient::Natural, Coordinates::Deviation);
    let again = flow(Gradient::Natural, Coordinates::Logarithm);
    let ordinary = flow(Gradient::Ordinary, Coordinates::Deviation);
    let other = flow(Gradient::Ordinary, Coordinates::Logarithm);
    let field = &lab.settings.field;
    vec![
        closed(lab, natural.as_deref()),
        charts(natural.as_deref(), again.as_deref(), ordinary.as_deref(), other.as_deref()),
        lengths(lab, field, natural.as_deref(), ordinary.as_deref()),
    ]
}

/// The integrated flow against its closed form.
fn closed(lab: &Riemann, natural: Option<&[Place]>) -> Readout {
    let gap = natural.map(|all| {
        let n = all.len() - 1;
        let one = |(k, place): (usize, &Place)| {
            let time = lab.time(Gradient::Natural, k as f64 / n as f64);
            apart(*place, natural_at(lab.settings.ant, lab.settings.second, time))
        };
        all.iter().enumerate().map(one).fold(0.0, f64::max)
    });
    let title = text("Natural gradient off its closed form", "自然梯度流与闭式解之差");
    claim("natural_gradient", title, NATURAL).below(
        gap,
        1e-9,
        note(
            "θ′ = −g⁻¹∇KL, against E x and E x² going straight to those of the goal as e^(−t), whatever the start",
            "θ′ = −g⁻¹∇KL，对照 E x 与 E x² 按 e^(−t) 直奔终点的值，与起点无关",
        ),
    )
}

/// Another way to count σ moves the ordinary path; the natural one does not notice.
fn charts(
    natural: Option<&[Place]>,
    again: Option<&[Place]>,
    ordinary: Option<&[Place]>,
    other: Option<&[Place]>,
) -> Readout {
    let gap =
        natural.zip(again).map(|(a, b)| a.iter().zip(b).map(|(a, b)| apart(*a, *b)).fold(0.0, f64::max));
    let strays = ordinary.zip(other).map_or(f64::NAN, |(a, b)| strays(a, b));
    let title = text("Natural path moved by new coordinates", "换坐标后自然梯度路线的移动");
    claim("natural_gradient_charts", title, NATURAL).below(
        gap,
        1e-9,
        note(
            format!("from (μ, σ) and from (μ, ln σ) the same path; the ordinary one moves by {strays:.4}"),
            format!("用 (μ, σ) 与用 (μ, ln σ) 走出同一条路；普通梯度的路则移动 {strays:.4}"),
        ),
    )
}

/// How long the natural way is by Fisher's ruler, against the shortest.
fn lengths(lab: &Riemann, field: &Field, natural: Option<&[Place]>, ordinary: Option<&[Place]>) -> Readout {
    let long = |all: &[Place]| {
        let step = |pair: &[Place]| {
            let [a, b] = [pair[0], pair[1]];
            let middle = [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0];
            field.metric(middle, 0).map_or(f64::NAN, |metric| metric.length([b[0] - a[0], b[1] - a[1]]))
        };
        all.windows(2).map(step).sum::<f64>()
    };
    let shortest = natural.and(lab.way()).map_or(f64::NAN, |way| way.length);
    let plain = ordinary.map_or(f64::NAN, long);
    let title = text("Fisher length of the natural way", "自然梯度路线的 Fisher 长度");
    // What the drawn part lacks, and what chords lose.
    let slack = 1e-3 * (1.0 + shortest);
    claim("natural_gradient_length", title, NATURAL).above(
        natural.map(long),
        shortest - slack,
        note(
            format!(
                "no way is shorter than the geodesic, {shortest:.4}; the ordinary gradient’s is {plain:.4}"
            ),
            format!("没有比测地线（{shortest:.4}）更短的路；普通梯度的路长 {plain:.4}"),
        ),
    )
}

fn apart(a: Place, b: Place) -> f64 {
    (a[0] - b[0]).abs().max((a[1] - b[1]).abs())
}

/// The farthest that a place of the first path lies from the second.
fn strays(a: &[Place], b: &[Place]) -> f64 {
    let from = |place: &Place| {
        let to_piece = |pair: &[Place]| {
            let way = [pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]];
            let off = [place[0] - pair[0][0], place[1] - pair[0][1]];
            let square = way[0] * way[0] + way[1] * way[1];
            let t = ((off[0] * way[0] + off[1] * way[1]) / square.max(1e-300)).clamp(0.0, 1.0);
            libm::hypot(off[0] - t * way[0], off[1] - t * way[1])
        };
        b.windows(2).map(to_piece).fold(f64::INFINITY, f64::min)
    };
    a.iter().map(from).fold(0.0, f64::max)
}
