//! A cloud in a bowl: its mean and variance at the state shown, beside what they must be within what so many particles can tell.

use crate::downhill::{
    plane::{Geometry, Score},
    unshaken::{Walk, widening},
};
use crate::experiment::parameter::text;
use crate::labs::flow::{
    claims::lanes,
    papers::{JKO, LANGEVIN, PEYRE},
    said::{claim, note, shown},
    settings::Settings,
    state::Flowing,
    transport::Transport,
};
use crate::runtime::readout::Readout;

pub fn all(lab: &Flowing, at: usize) -> Vec<Readout> {
    // Of each lane of particles, the share that is left.
    let clouds = lab.read()[at.min(lab.read().len() - 1)]
        .iter()
        .enumerate()
        .filter(|(k, _)| lab.lane(*k).is_some_and(|(geometry, _)| !geometry.is_on_cells()));
    let here = clouds.map(|(k, one)| (one.mass, lab.cloud(k).len())).min_by(|a, b| a.0.total_cmp(&b.0));
    let mut claims = Vec::new();
    if let Some((share, all)) = here {
        claims.push(claim("cloud_here", text("No particle has left", "没有粒子飞走"), LANGEVIN).above(
            Some(share),
            1.0 - 0.5 / all as f64,
            note(
                "Particles that a step throws out of the landscape are lost. If there are any, take a shorter time step h.",
                "被一步抛出地形之外的粒子就丢了。如果有，请缩短时间步长 h。",
            ),
        ));
    }
    claims.extend(planned(lab));
    claims.extend(in_a_bowl(lab, at));
    claims.extend(lanes::all(lab, at));
    claims
}

/// Mean and variance along an axis after `at` steps of a lane, where that is known in closed form.
fn carried(lab: &Flowing, geometry: Geometry, axis: usize, at: usize, count: usize) -> Option<[f64; 2]> {
    let Settings { h, tau, spread, start, score, .. } = lab.settings;
    let bend = lab.settings.bends()?[axis];
    let unshaken = geometry == Geometry::Walk(Walk::Smooth);
    if geometry == Geometry::Grid || unshaken && score == Score::Grid {
        let law = lab.arena()?.stepped(at as u32)?[axis];
        return Some([law.mean, law.sd * law.sd]);
    }
    // Each step keeps 1 − hλ of where a particle stands and adds noise, or the slope of a law.
    let keep = 1.0 - h * bend;
    let (mut middle, mut variance) = (start[axis], spread * spread);
    for step in 0..at {
        (middle, variance) = match geometry {
            Geometry::Walk(Walk::Shaken) => (keep * middle, keep * keep * variance + 2.0 * tau * h),
            // The blur widens the law of the cloud itself.
            Geometry::Walk(Walk::Smooth) if score == Score::Kernel => {
                let law = variance * (1.0 + widening(count));
                let push = if law > 0.0 { h * tau / law } else { 0.0 };
                (keep * middle, variance * (keep + push).powi(2))
            }
            // The closed form is one of time.
            Geometry::Walk(Walk::Smooth) => {
                let left = libm::exp(-bend * h * step as f64);
                let law = tau / bend + (spread * spread - tau / bend) * left * left;
                let push = if law > 0.0 { h * tau / law } else { 0.0 };
                (keep * middle + push * (middle - start[axis] * left), variance * (keep + push).powi(2))
            }
            Geometry::Walk(Walk::Born | Walk::Seeing) | Geometry::Grid | Geometry::Lifted => return None,
        };
    }
    Some([middle, variance])
}

/// The first lane's mean and variance, over a bowl.
fn in_a_bowl(lab: &Flowing, at: usize) -> Vec<Readout> {
    let settings = &lab.settings;
    let Some((geometry, state)) = lab.lane(0) else { return Vec::new() };
    let now = lab.read()[at.min(lab.read().len() - 1)][0];
    let all = state.places.len();
    let names = [
        ("cloud_mean_x", text("Mean x of the cloud", "云的平均 x")),
        ("cloud_mean_y", text("Mean y of the cloud", "云的平均 y")),
        ("cloud_variance_x", text("Variance of x in the cloud", "云的 x 方差")),
        ("cloud_variance_y", text("Variance of y in the cloud", "云的 y 方差")),
    ];
    let mut claims = Vec::new();
    for i in 0..2 {
        let Some([middle, variance]) = carried(lab, *geometry, i, at, all) else { return Vec::new() };
        let keep = 1.0 - settings.h * settings.bends().map_or(f64::NAN, |bends| bends[i]);
        let cell = lab.arena().map_or(0.0, |arena| arena.sheet.grid.cell()[i]);
        let says = |sigma: f64| {
            if *geometry == Geometry::Grid {
                note(
                    format!(
                        "Expected: what the implicit steps make of a normal law, but for the width of cells, {}.",
                        shown(cell)
                    ),
                    format!("期望值：隐式步把正态分布变成什么，不计格宽 {}。", shown(cell)),
                )
            } else {
                note(
                    format!(
                        "Expected: each step keeps {} of it. Five standard errors of so many particles: {}.",
                        shown(keep),
                        shown(5.0 * sigma)
                    ),
                    format!(
                        "期望值：每一步保留它的 {}。这么多粒子的五个标准误：{}。",
                        shown(keep),
                        shown(5.0 * sigma)
                    ),
                )
            }
        };
        let root = if all == 0 { f64::INFINITY } else { all as f64 };
        let (of_mean, of_variance) = (libm::sqrt(variance / root), variance * libm::sqrt(2.0 / root));
        let bias = variance / root;
        // Where there are few, an estimate sees mostly the one that asks; cells are as wide as they are, and nothing is narrower.
        let (lag, slack) = match (geometry, settings.score) {
            (Geometry::Walk(Walk::Smooth), Score::Kernel) => (0.0, 0.03 * variance),
            (Geometry::Walk(Walk::Smooth), Score::Grid) | (Geometry::Grid, _) => {
                (0.1 * cell, 0.03 * variance + cell * cell)
            }
            _ => (0.0, 0.0),
        };
        let known = now.mean[i].is_finite();
        claims.push(claim(names[i].0, names[i].1, LANGEVIN).equals(
            known.then_some(now.mean[i]),
            middle,
            5.0 * of_mean + lag + 1e-6,
            says(of_mean),
        ));
        claims.push(claim(names[i + 2].0, names[i + 2].1, LANGEVIN).equals(
            known.then_some(now.variance[i]),
            variance,
            5.0 * of_variance + bias + slack + 1e-6,
            says(of_variance),
        ));
    }
    claims
}

/// The proximal step of the law that the cloud begins with, where one is asked for.
fn planned(lab: &Flowing) -> Vec<Readout> {
    let Some(transport) = lab.transport() else { return Vec::new() };
    let plan = transport.plan.as_ref();
    let mut claims = vec![
        claim("plan_error", text("The plan takes all mass from where it is", "传输方案取走了各处的全部质量"), PEYRE).below(
            plan.map(|plan| plan.error + (plan.after.iter().sum::<f64>() - 1.0).abs()),
            1e-8,
            match plan {
                Some(_) => note(
                    "What was missing in all cells before the last correction, and how far the mass that arrives is from 1.",
                    "最后一次修正之前各格缺少的总量，加上到达的质量与 1 的差。",
                ),
                None => note(
                    "No plan was found: f has no value anywhere here, or the step is too long for this temperature. Take a shorter step, or a warmer cloud.",
                    "没有找到传输方案：f 在这里处处没有值，或相对于温度步子太长。请缩短步长或升高温度。",
                ),
            },
        ),
        claim("plan_value", text("Transport and F together cost less than staying", "传输与 F 之和比原地不动便宜"), JKO).below(
            plan.map(|plan| plan.value),
            plan.map_or(f64::NAN, |plan| plan.stays),
            note(
                "What the step makes least: ∬ |x − y|²/(2a) γ + ε ∬ γ ln γ + F. Beside it: the same of mass that stays but for the blur.",
                "这一步所最小化的量：∬ |x − y|²/(2a) γ + ε ∬ γ ln γ + F。旁边是质量除模糊之外原地不动时的同一个量。",
            ),
        ),
    ];
    claims.extend(over_a_bowl(lab, transport));
    claims
}

/// What arrives, beside the closed form for plans with this blur.
fn over_a_bowl(lab: &Flowing, transport: &Transport) -> Vec<Readout> {
    let Some([exact, sharp]) = transport.expected(&lab.settings) else { return Vec::new() };
    let found = transport.plan.as_ref().map(|plan| transport.step.grid.moments(&plan.after));
    let titles = [
        ("plan_mean_x", text("Mean x after the proximal step", "近端步之后的平均 x")),
        ("plan_mean_y", text("Mean y after the proximal step", "近端步之后的平均 y")),
        ("plan_variance_x", text("Variance of x after the proximal step", "近端步之后的 x 方差")),
        ("plan_variance_y", text("Variance of y after the proximal step", "近端步之后的 y 方差")),
    ];
    let one = |k: usize| {
        let (axis, of) = (k % 2, k / 2);
        let read = |q: crate::downhill::laws::Normal| [q.mean, q.sd * q.sd][of];
        let (expected, without) = (read(exact[axis]), read(sharp[axis]));
        claim(titles[k].0, titles[k].1, PEYRE).equals(
            found.map(|found| found[axis][of]),
            expected,
            1e-3 * (1.0 + expected.abs()),
            note(
                format!(
                    "Expected: the closed form for normal distributions and plans that are blurred by aε = {}. Without the blur it would be {}: that is the bias of entropic transport.",
                    shown(transport.step.a * transport.step.epsilon),
                    shown(without)
                ),
                format!(
                    "期望值：正态分布、方案模糊 aε = {} 时的解析式。若没有模糊应是 {}：差别就是熵正则传输的偏差。",
                    shown(transport.step.a * transport.step.epsilon),
                    shown(without)
                ),
            ),
        )
    };
    (0..4).map(one).collect()
}
