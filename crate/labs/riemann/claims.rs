//! The claims about the ground under the ant, and about the line that it walks.

use super::{
    about::ARTICLE,
    measured::{self, constant, width},
    settings::Settings,
    state::Riemann,
};
use crate::experiment::{
    Text,
    parameter::{Reference, text},
};
use crate::geometry::{
    expression::Expression,
    field::{Field, Source},
};
use crate::runtime::readout::{Claim, Note, Readout};

pub const CONNECTION: Reference =
    Reference { title: "Su Jianlin: 【理解黎曼几何】3", href: "https://kexue.fm/archives/3977" };
pub const CURVATURE: Reference =
    Reference { title: "Su Jianlin: 【理解黎曼几何】6", href: "https://kexue.fm/archives/4026" };
const DEVIATION: Reference =
    Reference { title: "Su Jianlin: 【理解黎曼几何】5", href: "https://kexue.fm/archives/4014" };

pub fn claim(id: &'static str, title: Text, reference: Reference) -> Claim {
    Claim { id, title, unit: "", reference }
}

pub fn note(en: impl Into<String>, zh: impl Into<String>) -> Note {
    Note { en: en.into(), zh: zh.into() }
}

/// K where the ant starts, from the metric, against its closed form, or by way of the Riemann tensor.
pub fn curvature(lab: &Riemann) -> Readout {
    let Settings { field, ant, surface, .. } = &lab.settings;
    let value = lab.ground().ok().map(|metric| metric.curvature());
    let known = surface.curvature.filter(|_| lab.settings.is_plain());
    let (expected, note) = match known {
        Some(formula) => (
            Expression::known(formula).at(*ant, field.sliders),
            note(format!("K = {formula}"), format!("K = {formula}")),
        ),
        None => (
            field.riemann(*ant).map_or(f64::NAN, |(k, _)| k),
            note(
                "Brioschi’s formula from E, F, G, against R₁₂₁₂/g from the Christoffel symbols",
                "由 E、F、G 的 Brioschi 公式，对照由克氏符得出的 R₁₂₁₂/g",
            ),
        ),
    };
    let tolerance = 1e-9 * (1.0 + expected.abs());
    let title = text("Curvature K at the start", "起点处的曲率 K");
    claim("gauss_curvature", title, CURVATURE).equals(value, expected, tolerance, note)
}

/// R^1_212 where ds² = f (dx² + dy²), with what the article printed.
pub fn isothermal(lab: &Riemann) -> Option<Readout> {
    let Settings { field, ant, .. } = &lab.settings;
    let Field { source: Source::Conformal(f), sliders, .. } = field else { return None };
    if !lab.settings.is_plain() {
        return None;
    }
    let near = f.near(*ant, *sliders, 2);
    let (f, laplacian) = (near.value(), near.derivative([2, 0]) + near.derivative([0, 2]));
    let square = near.derivative([1, 0]).powi(2) + near.derivative([0, 1]).powi(2);
    let bend = square / (2.0 * f * f);
    let (right, printed) = (bend - laplacian / (2.0 * f), bend - laplacian / f);
    let value = field.riemann(*ant).ok().map(|(_, tensor)| tensor[0][1]);
    let title = text("R⁰₁₀₁ of ds² = f (dx² + dy²)", "ds² = f (dx² + dy²) 的 R⁰₁₀₁");
    let tolerance = 1e-9 * (1.0 + right.abs());
    Some(claim("isothermal_curvature", title, CURVATURE).equals(
        value,
        right,
        tolerance,
        note(
            format!(
                "−∇²f/(2f) + |∇f|²/(2f²) = {right:.6}; the article prints −∇²f/f in the first term, which would be {printed:.6}"
            ),
            format!("−∇²f/(2f) + |∇f|²/(2f²) = {right:.6}；文中首项印作 −∇²f/f，会得到 {printed:.6}"),
        ),
    ))
}

/// R^1_212, which in two dimensions is K G: all that the Riemann tensor has to say here is one number.
pub fn riemann(lab: &Riemann) -> Readout {
    let Settings { field, ant, .. } = &lab.settings;
    let value = field.riemann(*ant).ok().map(|(_, tensor)| tensor[0][1]);
    let expected = lab.ground().map_or(f64::NAN, |metric| metric.curvature() * metric.g[2]);
    let tolerance = 1e-9 * (1.0 + expected.abs());
    claim("riemann_1_212", text("R¹₂₁₂ at the start", "起点处的 R¹₂₁₂"), CURVATURE).equals(
        value,
        expected,
        tolerance,
        note(
            "from the derivatives of Γ; in two dimensions the tensor has one free number, and this component is K G",
            "由 Γ 的导数得出；二维时该张量只有一个独立的数，这个分量就是 K G",
        ),
    )
}

const IDS: [&str; 6] = [
    "christoffel_1_11",
    "christoffel_1_12",
    "christoffel_1_22",
    "christoffel_2_11",
    "christoffel_2_12",
    "christoffel_2_22",
];
const NAMES: [&str; 6] = ["Γ¹₁₁", "Γ¹₁₂", "Γ¹₂₂", "Γ²₁₁", "Γ²₁₂", "Γ²₂₂"];

/// The Christoffel symbols where the ant starts, against closed forms, or against differences of the metric.
pub fn christoffel(lab: &Riemann) -> Vec<Readout> {
    let Settings { field, ant, surface, .. } = &lab.settings;
    let values = lab.ground().ok().map(|metric| metric.christoffel().concat());
    let formulas = surface.christoffel.filter(|_| lab.settings.is_plain());
    let differences = formulas.is_none().then(|| measured::christoffel_by_differences(field, *ant)).flatten();
    let one = |i: usize| {
        let (expected, tolerance, note) = match formulas {
            Some(all) => {
                let formula = if all[i].is_empty() { "0" } else { all[i] };
                let expected = Expression::known(formula).at(*ant, field.sliders);
                (expected, 1e-10, note(format!("= {formula}"), format!("= {formula}")))
            }
            None => (
                differences.map_or(f64::NAN, |all| all[i]),
                1e-6,
                note("exact derivatives, against differences of the metric", "精确导数，对照度规的差分"),
            ),
        };
        let title = Text { en: NAMES[i], zh: NAMES[i] };
        let value = values.as_ref().map(|all| all[i]);
        claim(IDS[i], title, CONNECTION).equals(value, expected, tolerance * (1.0 + expected.abs()), note)
    };
    (0..6).map(one).collect()
}

/// Where the walk ends, against a closed form or Hamilton's equations.
pub fn ends(lab: &Riemann) -> Vec<Readout> {
    let end = measured::end(lab).map(|(place, _)| place);
    let other = measured::other_end(lab);
    let [en, zh] = match other {
        Some((_, true)) => ["the closed form of this surface’s straight lines", "这个曲面上直线的闭式解"],
        _ => ["the same walk by Hamilton’s equations", "同一段路由哈密顿方程走出"],
    };
    let one = |i: usize| {
        let (id, title) = [
            ("end_u", text("End of the straight line, u", "直线终点的 u")),
            ("end_v", text("End of the straight line, v", "直线终点的 v")),
        ][i];
        let expected = other.map_or(f64::NAN, |(place, _)| place[i]);
        let tolerance = 1e-9 * (1.0 + expected.abs());
        claim(id, title, CONNECTION).equals(end.map(|place| place[i]), expected, tolerance, note(en, zh))
    };
    vec![one(0), one(1)]
}

/// How far the speed strays from 1.
pub fn speed(lab: &Riemann) -> Readout {
    let stray = lab.walk().ok().map(|walk| {
        let gap = |state: &[f64; 8]| {
            let metric = lab.settings.field.metric([state[0], state[1]], 0).ok();
            metric.map_or(0.0, |metric| (metric.length([state[2], state[3]]) - 1.0).abs())
        };
        walk.states().iter().map(gap).fold(0.0, f64::max)
    });
    let title = text("Straying from unit speed", "偏离单位速率");
    claim("speed_drift", title, CONNECTION).below(
        stray,
        1e-9,
        note(
            "a straight line keeps its speed: the largest | |x′| − 1 | on the way",
            "直线保持速率：途中 | |x′| − 1 | 的最大值",
        ),
    )
}

/// The distance of neighbours, against sin, line, sinh, or against two real neighbours.
pub fn neighbours(lab: &Riemann) -> Readout {
    let value = measured::end(lab).map(|(_, j)| j);
    let length = lab.walk().map_or(0.0, |walk| walk.length());
    let (expected, tolerance, note) = match constant(&lab.settings) {
        Some(k) => (
            width(k, length),
            1e-9,
            note(
                "sin(√K s)/√K, s, or sinh(√−K s)/√−K: neighbours meet, keep apart, or part for ever",
                "sin(√K s)/√K、s 或 sinh(√−K s)/√−K：邻居相遇、平行，或一去不返",
            ),
        ),
        None => (
            measured::gap(lab).unwrap_or(f64::NAN),
            1e-5,
            note(
                "j″ = −K j, against two straight lines a little to both sides",
                "j″ = −K j，对照两侧稍偏的两条直线",
            ),
        ),
    };
    let title = text("Width of the fan at the end", "扇形在终点的宽度");
    claim("jacobi_width", title, DEVIATION).equals(value, expected, tolerance * (1.0 + expected.abs()), note)
}

/// The length of the shortest way, there and back, or by its closed form.
pub fn distance(lab: &Riemann) -> Readout {
    let Settings { field, ant, second, surface, .. } = &lab.settings;
    let value = lab.way().map(|way| way.length);
    let model = (surface.model)(field.sliders).filter(|_| lab.settings.is_plain());
    let title = text("Distance to the second point", "到第二点的距离");
    let claim = claim("distance", title, ARTICLE);
    if value.is_none() {
        let why = note(
            "no straight line to the second point was found; move it nearer, or inside the chart",
            "没有找到通向第二点的直线，请移近一些，或移进图内",
        );
        return claim.equals(None, 0.0, 0.0, why);
    }
    match model {
        Some(model) => claim.equals(
            value,
            model.distance(*ant, *second),
            1e-9,
            note(
                "its closed form; a longer straight line is no shortest way",
                "闭式解；更长的直线不是最短路",
            ),
        ),
        None => {
            let back = lab.way().and_then(|way| crate::geometry::shooting::connect(field, way.end, *ant));
            claim.equals(
                value,
                back.map_or(f64::NAN, |way| way.length),
                1e-9,
                note("the way back is as long", "回程一样长"),
            )
        }
    }
}
