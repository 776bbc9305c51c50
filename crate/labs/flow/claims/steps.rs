//! Steps of a density: the proximal one, the bias of Langevin's, how slowly a barrier is crossed, and Barenblatt's heap.

use crate::downhill::{laws, laws::Normal, proximal};
use crate::experiment::parameter::text;
use crate::labs::flow::{
    papers::{JKO, LANGEVIN, OTTO, WIBISONO},
    said::{claim, note, shown},
    settings::{Goal, Settings},
    state::Flowing,
};
use crate::runtime::readout::Readout;

pub fn all(lab: &Flowing, now: bool) -> Vec<Readout> {
    let mut all = jumps(lab, now);
    all.push(falls(lab, now));
    all.push(unadjusted(lab));
    all.push(gap(lab, now));
    all.push(heap(lab, now));
    all
}

fn jumps(lab: &Flowing, now: bool) -> Vec<Readout> {
    let Settings { from, ref target, jump, jumps, .. } = lab.settings;
    let found = now.then(|| lab.jump()).flatten();
    let one = target.as_normal().map(|p| (0..jumps).fold(from, |q, _| laws::jko(q, p, jump)));
    // Without a closed form: the same with other nodes.
    let expected = match one {
        Some(one) => Some(one),
        None => now.then(|| proximal::after_on(from, target, jump, jumps, [110, 220, 440])).flatten(),
    };
    let says = || {
        let exact = target.as_normal().is_some();
        note(
            format!(
                "After {jumps} proximal step{} of {}: minimised over all densities by their quantiles; expected: {}.",
                if jumps == 1 { "" } else { "s" },
                shown(jump),
                if exact {
                    "the closed form"
                } else {
                    "the same with other nodes, within what nodes leave open"
                }
            ),
            format!(
                "走 {jumps} 个步长为 {} 的近端步：借助分位数在所有密度中求最小；期望值：{}。",
                shown(jump),
                if exact {
                    "解析式"
                } else {
                    "换一组节点的同一计算，容差是节点所不能定的部分"
                }
            ),
        )
    };
    // Of a closed form rounding alone is allowed; else what taking out the nodes' error has changed, three times.
    let pick = |f: fn(Normal) -> f64| {
        let expected = expected.map_or(f64::NAN, f);
        let open = found.filter(|_| one.is_none()).map_or(0.0, |[freed, finest]| f(freed) - f(finest));
        (found.map(|[freed, _]| f(freed)), expected, 1e-5 * (1.0 + expected.abs()) + 3.0 * open.abs())
    };
    let ((mean, m, by), (sd, s, within)) = (pick(|q| q.mean), pick(|q| q.sd));
    vec![
        claim("jko_mean", text("Mean after the proximal steps", "近端步之后的均值"), JKO).equals(
            mean,
            m,
            by,
            says(),
        ),
        claim("jko_sd", text("Deviation after the proximal steps", "近端步之后的标准差"), JKO).equals(
            sd,
            s,
            within,
            says(),
        ),
    ]
}

/// KL after the last proximal step against KL before it, by the same quantiles.
fn falls(lab: &Flowing, now: bool) -> Readout {
    let Settings { from, ref target, jump, .. } = lab.settings;
    let kl = now.then(|| lab.drawn()).flatten().map(|both| both.each_ref().map(|one| one.kl(target)));
    let explicit = target.as_normal().map(|p| laws::kl(laws::explicit(from, p, jump), p));
    claim("jko_kl", text("A proximal step lowers KL, however long it is", "近端步再长也降低 KL"), JKO).below(
        kl.map(|[_, after]| after),
        kl.map_or(f64::NAN, |[before, _]| before + 1e-12),
        match explicit {
            Some(explicit) => note(
                format!(
                    "The last one. An explicit step of that size from the start comes to KL = {}.",
                    shown(explicit)
                ),
                format!("最后一步。从起点走同样长的显式步，得到 KL = {}。", shown(explicit)),
            ),
            None => note("The last of the steps that are taken.", "所走的最后一步。"),
        },
    )
}

fn unadjusted(lab: &Flowing) -> Readout {
    let Settings { h, .. } = lab.settings;
    // Of one hill; for others, of N(0, 1), so that there is always one to see.
    let p = lab.settings.target.as_normal().unwrap_or(Normal { mean: 0.0, sd: 1.0 });
    let exact = laws::unadjusted_variance(p, h);
    claim("ula_variance", text("Where Langevin’s steps come to rest: s²/(1 − h/2s²)", "朗之万步的静止方差：s²/(1 − h/2s²)"), LANGEVIN)
        .equals(
            Some(lab.shaken(p)),
            exact,
            1e-9 * exact,
            note(
                format!(
                    "The variance of x ← x − h V′ + √(2h) ξ, followed until it rests; it should be {}. Steps of 2s² and more never rest.",
                    shown(p.sd * p.sd)
                ),
                format!(
                    "跟着 x ← x − h V′ + √(2h) ξ 的方差直到它静止；它本该是 {}。步长达到 2s² 就永不静止。",
                    shown(p.sd * p.sd)
                ),
            ),
        )
}

/// How slowly the last memory fades.
fn gap(lab: &Flowing, now: bool) -> Readout {
    let target = &lab.settings.target;
    let found = now.then(|| lab.slowest());
    let claim =
        claim("gap", text("Spectral gap: the slowest rate of the flow", "谱隙：流的最慢速率"), WIBISONO);
    let next = found.map_or(f64::NAN, |[_, next]| next);
    if let Some(p) = target.as_normal() {
        let rate = 1.0 / (p.sd * p.sd);
        return claim.equals(
            found.map(|[slow, _]| slow),
            rate,
            1e-6 * rate,
            note(
                format!("1/s², and the next one {} is twice that.", shown(next)),
                format!("1/s²；下一个 {} 是它的两倍。", shown(next)),
            ),
        );
    }
    let barrier = target.barrier().filter(|_| lab.settings.goal == Goal::Wells);
    let says = if let Some(barrier) = barrier {
        note(
            format!(
                "The barrier is {} high, in units of the temperature: each more makes crossing e times rarer. The next rate is {}. No target forgets faster than one over its variance.",
                shown(barrier),
                shown(next)
            ),
            format!(
                "势垒高 {}（以温度为单位）：每高 1，越过的机会就少 e 倍。下一个速率是 {}。任何目标都不会忘得比方差的倒数更快。",
                shown(barrier),
                shown(next)
            ),
        )
    } else {
        note(
            format!("The next rate is {}. No target forgets faster than one over its variance.", shown(next)),
            format!("下一个速率是 {}。任何目标都不会忘得比方差的倒数更快。", shown(next)),
        )
    };
    // Rayleigh's quotient of x itself: ∫ p |∇x|² over its variance.
    claim.below(found.map(|[slow, _]| slow), (1.0 + 1e-9) / target.variance(), says)
}

fn heap(lab: &Flowing, now: bool) -> Readout {
    claim("barenblatt_gap", text("A porous medium spreads as Barenblatt’s heap", "多孔介质按 Barenblatt 的形状铺开"), OTTO).below(
        now.then(|| lab.heap()),
        0.02,
        note(
            "The largest difference over the peak, from time 0.1 on for the time that is set: at the edge, where the heap has a corner, the grid blunts it.",
            "从时刻 0.1 起流过所设的时间，与解析式相差最大处除以峰高：最大差在边缘，那里有一个角，被网格磨圆了。",
        ),
    )
}
