//! Lanes of the plane side by side: each falls, densities keep their mass, particles go where the density goes; how well particles know
//! their score; and how slowly the landscape forgets.

use crate::downhill::{
    plane::{Geometry, Measured, Score},
    unshaken::Walk,
};
use crate::experiment::parameter::{Text, text};
use crate::labs::flow::{
    papers::{FLUX, LANGEVIN, OTTO, STEIN, WIBISONO},
    said::{claim, note, shown},
    state::{Flowing, TRIED},
};
use crate::math::statistics::Moments;
use crate::runtime::readout::Readout;

type Named = (&'static str, Text);

const FALLS: [Named; 4] = [
    ("lane1_energy", text("F has not risen, first lane", "F 没有升高，第一道")),
    ("lane2_energy", text("F has not risen, second lane", "F 没有升高，第二道")),
    ("lane3_energy", text("F has not risen, third lane", "F 没有升高，第三道")),
    ("lane4_energy", text("F has not risen, fourth lane", "F 没有升高，第四道")),
];
const MASSES: [Named; 4] = [
    ("lane1_mass", text("The density keeps its mass and its sign, first lane", "密度保持质量与正号，第一道")),
    (
        "lane2_mass",
        text("The density keeps its mass and its sign, second lane", "密度保持质量与正号，第二道"),
    ),
    ("lane3_mass", text("The density keeps its mass and its sign, third lane", "密度保持质量与正号，第三道")),
    (
        "lane4_mass",
        text("The density keeps its mass and its sign, fourth lane", "密度保持质量与正号，第四道"),
    ),
];
const TOGETHER: [Named; 4] = [
    (
        "lane1_grid",
        text(
            "Particles are where the density on the grid is, first lane",
            "粒子与网格上的密度在一处，第一道",
        ),
    ),
    (
        "lane2_grid",
        text(
            "Particles are where the density on the grid is, second lane",
            "粒子与网格上的密度在一处，第二道",
        ),
    ),
    (
        "lane3_grid",
        text(
            "Particles are where the density on the grid is, third lane",
            "粒子与网格上的密度在一处，第三道",
        ),
    ),
    (
        "lane4_grid",
        text(
            "Particles are where the density on the grid is, fourth lane",
            "粒子与网格上的密度在一处，第四道",
        ),
    ),
];

pub fn all(lab: &Flowing, at: usize) -> Vec<Readout> {
    let read = lab.read();
    let now = &read[at.min(read.len() - 1)];
    let mut claims = Vec::new();
    for (k, one) in now.iter().enumerate() {
        let Some((geometry, _)) = lab.lane(k) else { continue };
        claims.extend(falls(k, &read[0][k], one));
        if geometry.is_on_cells() {
            claims.push(keeps(lab, k, *geometry, read[..=at.min(read.len() - 1)].iter().map(|all| &all[k])));
        }
        claims.extend(together(lab, k, at));
    }
    claims.extend(score(lab, at));
    claims.extend(forgets(lab, at));
    claims
}

/// F now is not above F at the start, where it had any: all in one place have no entropy.
fn falls(k: usize, first: &Measured, now: &Measured) -> Option<Readout> {
    if !first.energy.is_finite() {
        return None;
    }
    let error = libm::hypot(first.energy_error, now.energy_error);
    let slack = 5.0 * error + 1e-9 * (1.0 + first.energy.abs());
    let (id, title) = FALLS[k];
    Some(claim(id, title, OTTO).below(
        now.energy.is_finite().then_some(now.energy),
        first.energy + slack,
        note(
            format!(
                "F = ∫ f q + τ ∫ q ln q. At the start {}; of particles ln q is that of a blurred count, within five standard errors {}.",
                shown(first.energy),
                shown(5.0 * error)
            ),
            format!(
                "F = ∫ f q + τ ∫ q ln q。起点处为 {}；粒子的 ln q 取自模糊计数，五个标准误为 {}。",
                shown(first.energy),
                shown(5.0 * error)
            ),
        ),
    ))
}

/// |mass − 1| at its worst; a density that was negative anywhere fails.
fn keeps<'a>(
    lab: &Flowing,
    k: usize,
    geometry: Geometry,
    all: impl Iterator<Item = &'a Measured>,
) -> Readout {
    let worst = |worst: f64, one: &Measured| {
        if one.least < 0.0 { f64::INFINITY } else { worst.max((one.mass - 1.0).abs()) }
    };
    let (id, title) = MASSES[k];
    claim(id, title, FLUX).below(
        Some(all.fold(0.0, worst)),
        1e-12,
        if geometry == Geometry::Lifted {
            let explicit = shown(lab.lifted());
            note(
                format!(
                    "Each step makes ∫ (q′ − q)²/(2h) + F(q′) least among all q′ ≥ 0 of the same mass: the logarithm in F keeps heights above 0; at temperature 0, where there is none, they are cut there. An L2 flow does not do so by itself: {TRIED} explicit steps of the same h come to a least density of {explicit}."
                ),
                format!(
                    "每一步在质量相同且 q′ ≥ 0 的密度中，使 ∫ (q′ − q)²/(2h) + F(q′) 最小：F 中的对数让高度留在 0 以上；温度为 0 时没有对数，就在 0 处截断。L2 流自己并不保证：同样的 h 走 {TRIED} 个显式步，最小密度是 {explicit}。"
                ),
            )
        } else {
            note(
                "Fluxes through the faces of cells, implicit in time, one axis after the other: no step is too long.",
                "穿过网格面的通量，时间上隐式，逐轴求解：步子再长也不会坏。",
            )
        },
    )
}

/// The mean of shaken or unshaken particles beside that of the density on cells, where one runs: within what so many can tell and the
/// way of one step.
fn together(lab: &Flowing, k: usize, at: usize) -> Option<Readout> {
    let (geometry, state) = lab.lane(k)?;
    let Geometry::Walk(walk) = *geometry else { return None };
    let arena = lab.arena()?;
    let beside = match walk {
        Walk::Smooth => &state.mass,
        Walk::Shaken => {
            let grid = (0..4).filter_map(|k| lab.lane(k)).find(|(one, _)| *one == Geometry::Grid)?;
            &grid.1.mass
        }
        Walk::Born | Walk::Seeing => return None,
    };
    let moments = arena.sheet.grid.moments(beside);
    let now = &lab.read()[at.min(lab.read().len() - 1)][k];
    let n = state.places.len() as f64;
    let slopes = |axis: usize| {
        let all = state.places.iter().take(2000).filter_map(|place| arena.given.land.slope(*place));
        Moments::of(all.map(|slope| slope[axis])).mean.abs()
    };
    // Without heat the fluxes are upwind, of first order in the width of a cell.
    let cells = if arena.given.tau > 0.0 { 0.1 } else { 1.0 };
    // In units of what is allowed.
    let off = [0, 1].map(|axis| {
        let [mean, variance] = moments[axis];
        let allowed = 5.0 * libm::sqrt(variance.max(now.variance[axis]) / n) + arena.given.h * slopes(axis);
        ((now.mean[axis] - mean).abs(), allowed + cells * arena.sheet.grid.cell()[axis])
    });
    let worst = if off[0].0 / off[0].1 > off[1].0 / off[1].1 { off[0] } else { off[1] };
    let (id, title) = TOGETHER[k];
    Some(claim(id, title, WIBISONO).below(
        worst.0.is_finite().then_some(worst.0),
        worst.1,
        note(
            "How far the mean of the particles is from that of the Fokker–Planck equation on the grid. Allowed: five standard errors, what one step of h moves, and a tenth of a cell (at temperature 0 a whole one).",
            "粒子的均值离网格上 Fokker–Planck 方程的均值多远。容许：五个标准误、步长 h 的一步位移，加十分之一格（温度为 0 时一整格）。",
        ),
    ))
}

/// Relative gaps that are allowed of a score from the grid and of one from a blurred count.
const OF_GRID: f64 = 0.1;
const OF_KERNEL: f64 = 0.5;

fn score(lab: &Flowing, at: usize) -> Option<Readout> {
    let lane = (0..4).filter_map(|k| lab.lane(k)).find(|(one, _)| *one == Geometry::Walk(Walk::Smooth))?;
    let arena = lab.arena()?;
    let known = arena.law(at as u32).is_some();
    let bound = match arena.given.score {
        Score::Kernel => OF_KERNEL,
        Score::Grid => OF_GRID,
        // It is the closed form.
        Score::Exact => 1e-12,
    };
    let against = if known { ["the closed form", "解析式"] } else { ["the grid", "网格"] };
    Some(
        claim("score_gap", text("The score of particles without noise is near the true one", "无噪声粒子所用的分数接近真值"), STEIN).below(
            arena.score_gap(&lane.1, at as u32),
            bound,
            note(
                format!(
                    "Root mean square of the difference over the cloud, in parts of ∇ ln q of {}. A blurred count is off by its blur and by chance: the fewer particles, the more.",
                    against[0]
                ),
                format!(
                    "整团云上差值的均方根，以{}的 ∇ ln q 为单位。模糊计数的误差来自模糊与偶然：粒子越少误差越大。",
                    against[1]
                ),
            ),
        ),
    )
}

/// The slowest rate of the landscape, and how what fades with it has faded.
fn forgets(lab: &Flowing, at: usize) -> Vec<Readout> {
    let Some(arena) = lab.arena() else { return Vec::new() };
    if arena.given.tau <= 0.0 {
        return Vec::new();
    }
    let slowest = lab.slowest_in_plane().filter(|_| lab.is_held());
    let rate = slowest.map(|one| one.rate);
    let title = text(
        "Spectral gap of the landscape: the slowest rate of a shaken cloud",
        "地形的谱隙：被抖动的云的最慢速率",
    );
    let gap = claim("plane_gap", title, WIBISONO);
    let open = || {
        note(
            "f does not rise at every edge, so nothing holds e^(−f/τ) together but walls; or it is too steep for its cells.",
            "f 没有在每条边上升起，只有墙把 e^(−f/τ) 拦住；或者对网格来说太陡。",
        )
    };
    let mut claims = Vec::new();
    claims.push(match (lab.slowest_of_axes(), slowest) {
        (Some(exact), Some(found)) => gap.equals(
            rate,
            exact,
            3e-3 * exact + 2.0 * (found.rate - found.finest).abs(),
            note(
                "From cells of two sizes. Expected: f is a sum of one of x and one of y, so it is the smaller gap of two lines. It dies as e^(−barrier/τ).",
                "由两种大小的网格求得。期望值：f 是 x 的函数与 y 的函数之和，谱隙等于两条直线上较小的那个。它按 e^(−势垒/τ) 消失。",
            ),
        ),
        (_, Some(_)) => {
            let rest = arena.sheet.rest().unwrap_or_default();
            let [[_, x], [_, y]] = arena.sheet.grid.moments(&rest);
            gap.below(
                rate,
                (1.0 + 1e-2) * arena.given.tau / x.max(y),
                note(
                    "From cells of two sizes. No landscape forgets faster than its temperature over its variance.",
                    "由两种大小的网格求得。任何地形都不会忘得比温度除以方差更快。",
                ),
            )
        }
        (_, None) => gap.below(None, f64::NAN, open()),
    });
    let Some(slowest) = slowest else { return claims };
    let moved = (0..4)
        .filter_map(|k| Some((k, lab.lane(k)?)))
        .find(|(_, (one, _))| matches!(one, Geometry::Grid | Geometry::Walk(Walk::Shaken | Walk::Smooth)));
    let Some((_, (geometry, state))) = moved else { return claims };
    let grid = arena.sheet.grid;
    let first = slowest.mean(grid, &arena.sheet.normal(arena.given.start, arena.given.spread));
    let (mean, error) = if *geometry == Geometry::Grid {
        (slowest.mean(grid, &state.mass), 0.0)
    } else {
        let all = state.places.iter().filter(|place| place[0].is_finite());
        let moments = Moments::of(all.map(|place| slowest.at(*place)));
        (moments.mean, moments.deviation() / libm::sqrt(moments.count as f64))
    };
    let time = arena.given.h * at as f64;
    let expected = first * libm::exp(-slowest.rate * time);
    let measured = if at > 0 { -libm::log(mean / first) / time } else { f64::NAN };
    claims.push(
        claim("plane_decay", text("The slowest part fades at just this rate", "最慢的成分正按这个速率消退"), LANGEVIN).equals(
            mean.is_finite().then_some(mean),
            expected,
            5.0 * error + DECAYED * first.abs() + 1e-9,
            note(
                format!(
                    "The mean over the cloud of the slowest eigenfunction, {} at the start; measured rate {}, λ = {}. Allowed: five standard errors {}, and a fiftieth of the start for steps of finite size.",
                    shown(first),
                    shown(measured),
                    shown(slowest.rate),
                    shown(5.0 * error)
                ),
                format!(
                    "最慢本征函数在云上的均值，起点为 {}；测得速率 {}，λ = {}。容许：五个标准误 {}，加起点的五十分之一（步长有限）。",
                    shown(first),
                    shown(measured),
                    shown(slowest.rate),
                    shown(5.0 * error)
                ),
            ),
        ),
    );
    claims
}

/// Of the start: what steps of finite size may change.
const DECAYED: f64 = 0.02;
