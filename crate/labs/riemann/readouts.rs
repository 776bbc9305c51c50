//! Every readout: what belongs to the tool at hand is measured at once, the rest when nothing else is asked for.

use std::f64::consts::{PI, TAU};

use super::{
    claims::{self, claim, note},
    gradients,
    measured::{self, constant, width},
    settings::{Settings, Tool},
    state::Riemann,
};
use crate::experiment::parameter::{Reference, text};
use crate::geometry::field::Source;
use crate::runtime::readout::{Claim, Readout};

const BONNET: Reference =
    Reference { title: "Su Jianlin: 【理解黎曼几何】7", href: "https://kexue.fm/archives/4033" };
const MECHANICS: Reference =
    Reference { title: "Su Jianlin: 【理解黎曼几何】8", href: "https://kexue.fm/archives/4046" };
const TRANSPORT: Reference = Reference {
    title: "Wasserstein distance of Gaussians",
    href: "https://en.wikipedia.org/wiki/Wasserstein_metric#Normal_distributions",
};

/// In the order in which they are measured beside the tool at hand.
pub const INSTRUMENTS: [Tool; 7] =
    [Tool::Geodesic, Tool::Circle, Tool::Triangle, Tool::Loop, Tool::Region, Tool::Orbit, Tool::Gradient];

/// Every readout of the lab.
pub fn all(lab: &Riemann) -> Vec<Readout> {
    let mut all = vec![claims::curvature(lab)];
    all.push(claims::riemann(lab));
    all.extend(claims::isothermal(lab));
    all.extend(claims::christoffel(lab));
    all.extend(claims::ends(lab));
    all.push(claims::speed(lab));
    all.push(claims::neighbours(lab));
    for (i, tool) in INSTRUMENTS.into_iter().enumerate() {
        // Two flows are laid beside the shortest way.
        let beside = tool == Tool::Geodesic && lab.settings.tool == Tool::Gradient;
        let now = lab.settings.tool == tool || beside || i < lab.measured;
        all.extend(of_tool(lab, tool, now));
    }
    all
}

/// The readouts of one instrument; without values unless they are to be had now.
fn of_tool(lab: &Riemann, tool: Tool, now: bool) -> Vec<Readout> {
    let mut all = match tool {
        Tool::Geodesic if now => vec![claims::distance(lab)],
        Tool::Geodesic => {
            vec![waiting(claim("distance", text("Distance to the second point", "到第二点的距离"), BONNET))]
        }
        Tool::Circle => circle(lab, now),
        Tool::Triangle => triangle(lab, now),
        Tool::Loop => carried(lab, now),
        Tool::Region => vec![gauss_bonnet(lab, now)],
        Tool::Orbit => orbit(lab, now).into_iter().collect(),
        Tool::Gradient => gradients::all(lab, now),
        Tool::Fan => Vec::new(),
    };
    if tool == Tool::Geodesic && lab.settings.surface.id == "fisher" {
        all.push(transport(&lab.settings));
    }
    all
}

fn waiting(claim: Claim) -> Readout {
    claim.equals(None, 0.0, 0.0, note("", ""))
}

/// A claim whose value cannot be had says why.
fn impossible(claim: Claim, en: &str, zh: &str) -> Readout {
    claim.equals(None, 0.0, 0.0, note(en, zh))
}

fn circle(lab: &Riemann, now: bool) -> Vec<Readout> {
    let Settings { field, radius: r, ant, .. } = &lab.settings;
    let length = || claim("circumference", text("Circumference of the circle", "圆的周长"), BONNET);
    let ant_has = || claim("ant_curvature", text("K from the circumference", "由周长得到的 K"), BONNET);
    if !now {
        return vec![waiting(length()), waiting(ant_has())];
    }
    let Ok(circle) = lab.circle() else {
        let [en, zh] =
            ["the circle does not close inside the chart; make it smaller", "圆在图内合不拢，请缩小"];
        return vec![impossible(length(), en, zh), impossible(ant_has(), en, zh)];
    };
    let (c, k) = (circle.circumference, circle.ant_curvature(*r));
    let (first, second) = match constant(&lab.settings) {
        Some(constant) => {
            let exact = TAU * width(constant, *r).abs();
            let kept = 3.0 * (TAU * r - exact) / (PI * r * r * r);
            // What is lost by taking nearly equal lengths from each other.
            let tolerance = 1e-9 + 1e-11 / (r * r * r);
            let name = note(
                "2π sin r, 2πr or 2π sinh r, for K = 1, 0, −1",
                "K = 1、0、−1 时为 2π sin r、2πr、2π sinh r",
            );
            let series = note(
                format!("3 (2πr − C)/(πr³) of the same; K itself is {constant:.6}, and the gap goes with r²"),
                format!("同式 3 (2πr − C)/(πr³)；K 本身是 {constant:.6}，差距与 r² 同阶"),
            );
            (
                length().equals(Some(c), exact, 1e-9 * (1.0 + exact), name),
                ant_has().equals(Some(k), kept, tolerance, series),
            )
        }
        None => {
            let here = field.metric(*ant, 2).map_or(f64::NAN, |metric| metric.curvature());
            let rim = circle.rim.iter().filter_map(|place| Some(field.metric(*place, 2).ok()?.curvature()));
            let spread = rim.map(|k| (k - here).abs()).fold(0.0, f64::max);
            let ruled = measured::ruled(field, &circle.rim).unwrap_or(f64::NAN);
            (
                length().equals(
                    Some(c),
                    ruled,
                    1e-4 * c,
                    note("a ruler laid along the rim, point by point", "沿圆周逐点放尺"),
                ),
                ant_has().equals(
                    Some(k),
                    here,
                    spread + here * here * r * r / 10.0 + 1e-6,
                    note(
                        "K under the ant; as far apart as K differs over the circle",
                        "蚂蚁脚下的 K；容差取圆内 K 的变化",
                    ),
                ),
            )
        }
    };
    vec![first, second]
}

fn triangle(lab: &Riemann, now: bool) -> Vec<Readout> {
    let excess = || claim("triangle_excess", text("Angle excess of the triangle", "三角形的角盈"), BONNET);
    let area = || claim("triangle_area", text("Area of the triangle", "三角形的面积"), BONNET);
    if !now {
        return vec![waiting(excess()), waiting(area())];
    }
    let found = lab.triangle().and_then(|t| Some((t, t.region.inside(&lab.settings.field)?)));
    let Some((triangle, inside)) = found else {
        let [en, zh] =
            ["there is no such triangle inside the chart; make it smaller", "图内没有这样的三角形，请缩小"];
        return vec![impossible(excess(), en, zh), impossible(area(), en, zh)];
    };
    let sum = note("α + β + γ − π = ∬ K dS", "α + β + γ − π = ∬ K dS");
    let first = excess().equals(Some(triangle.excess), inside.curvature, 1e-7, sum);
    let second = match constant(&lab.settings).filter(|k| *k != 0.0) {
        Some(k) => area().equals(
            Some(inside.area),
            triangle.excess / k,
            1e-7 * (1.0 + inside.area),
            note("where K is constant the excess over K", "K 为常数时等于角盈除以 K"),
        ),
        None => area().above(Some(inside.area), 0.0, note("∬ √g du dv", "∬ √g du dv")),
    };
    vec![first, second]
}

fn carried(lab: &Riemann, now: bool) -> Vec<Readout> {
    let turn = || claim("holonomy", text("Turn of the carried arrow", "箭头转过的角"), BONNET);
    let whole = || claim("curvature_integral", text("∬ K dS inside the loop", "回路内的 ∬ K dS"), BONNET);
    if !now {
        return vec![waiting(turn()), waiting(whole())];
    }
    let Some(carried) = lab.carried() else {
        let [en, zh] = ["the loop leaves the chart; draw it inside", "回路伸出了图外，请画在图内"];
        return vec![impossible(turn(), en, zh), impossible(whole(), en, zh)];
    };
    let Some([curvature, boundary, _]) = carried.inside else {
        let [en, zh] =
            ["this circle is not the edge of a piece of the chart", "这个圆不是图中一块区域的边界"];
        let first = turn().equals(Some(carried.holonomy), carried.holonomy, 0.0, note(en, zh));
        return vec![first, impossible(whole(), en, zh)];
    };
    vec![
        turn().equals(
            Some(carried.holonomy),
            curvature,
            1e-6,
            note("the arrow comes back turned by ∬ K dS", "箭头回来时转过的角就是 ∬ K dS"),
        ),
        whole().equals(
            Some(curvature),
            boundary,
            1e-6,
            note("2π − ∮ κ ds − Σ turning, from the edge alone", "2π − ∮ κ ds − Σ 外角，只看边界"),
        ),
    ]
}

fn gauss_bonnet(lab: &Riemann, now: bool) -> Readout {
    let sum = claim("gauss_bonnet", text("∬ K dS + ∮ κ ds + Σ turning", "∬ K dS + ∮ κ ds + Σ 外角"), BONNET);
    let ring = lab.settings.hole > 0.0;
    let euler = if ring { 0.0 } else { 1.0 };
    if !now {
        return sum.equals(None, TAU * euler, 1e-6, note("", ""));
    }
    let field = &lab.settings.field;
    let found = if ring {
        lab.ring().and_then(|ring| Some((ring.inside(field)?, ring.bent, ring.turning)))
    } else {
        lab.region().and_then(|region| Some((region.inside(field)?, region.bent, region.turning())))
    };
    match found {
        Some((inside, bent, corners)) => {
            let k = inside.curvature;
            let terms = format!("{k:.6} + {bent:.6} + {corners:.6} = 2π χ, χ = {euler}").replace('-', "−");
            sum.equals(Some(k + bent + corners), TAU * euler, 1e-6, note(terms.clone(), terms))
        }
        None => impossible(sum, "the region leaves the chart; draw it inside", "区域伸出了图外，请画在图内"),
    }
}

/// Only where the metric is a mechanics: f (dx² + dy²).
fn orbit(lab: &Riemann, now: bool) -> Option<Readout> {
    let Source::Conformal(_) = lab.settings.field.source else { return None };
    let gap =
        claim("orbit_gap", text("Newton’s orbit against the straight line", "牛顿轨道与直线之差"), MECHANICS);
    let value = if now { lab.orbit().map(|orbit| orbit.gap()) } else { None };
    Some(gap.below(
        value,
        1e-8,
        note(
            "the largest distance in the chart, at equal lengths; U = −f, energy 0",
            "等弧长处在图上的最大距离；U = −f，能量为 0",
        ),
    ))
}

/// Between two Gaussians, by carrying each quantile to its own.
fn transport(settings: &Settings) -> Readout {
    let ([m, s], [n, t]) = (settings.ant, settings.second);
    const N: usize = 400;
    let part = |i: usize| {
        let z = -10.0 + 20.0 * (i as f64 + 0.5) / N as f64;
        let gap = (m + s * z) - (n + t * z);
        gap * gap * libm::exp(-z * z / 2.0) * 20.0 / (N as f64 * libm::sqrt(TAU))
    };
    let value = libm::sqrt((0..N).map(part).sum::<f64>());
    let title = text("Wasserstein distance of the two Gaussians", "两个高斯分布的 Wasserstein 距离");
    claim("wasserstein_distance", title, TRANSPORT).equals(
        Some(value),
        libm::hypot(m - n, s - t),
        1e-9,
        note(
            "√(Δμ² + Δσ²): for moving sand the plane of μ and σ is flat; for telling samples apart it is hyperbolic",
            "√(Δμ² + Δσ²)：按搬沙的代价，(μ, σ) 平面是平的；按区分样本的难易，它是双曲的",
        ),
    )
}
