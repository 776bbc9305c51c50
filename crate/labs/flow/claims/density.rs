//! A density at the time that is asked for: how far it has come, and how fast it falls.

use crate::downhill::{
    grid::{Divergence, Energy},
    laws::{self, Normal},
    measured::Measured,
};
use crate::experiment::parameter::{Reference, Text, text};
use crate::labs::flow::{
    papers::{FLUX, MONOFLOW, OTTO, WIBISONO},
    said::{claim, note, shown},
    settings::Settings,
    state::{Flowing, TRIED},
};
use crate::runtime::readout::{Claim, Readout};

/// Id, title, what is read of what was measured, what a closed form says, and where it is explained.
type Row = (&'static str, Text, fn(&Measured) -> f64, Option<f64>, Reference);

/// What a closed form says of the moment.
fn exact(settings: &Settings) -> Option<Normal> {
    let (start, left) = (settings.from.sd * settings.from.sd, libm::exp(-2.0 * settings.time));
    let spread = match settings.energy {
        Energy::Entropy => Some(start + 2.0 * settings.time),
        // v′ = 2 − 2v, and the middle stays.
        Energy::Attraction => Some(1.0 + (start - 1.0) * left),
        Energy::Divergence(_) | Energy::Square | Energy::Apart(_) => None,
    };
    if let Some(spread) = spread {
        return Some(Normal { mean: settings.from.mean, sd: libm::sqrt(spread) });
    }
    settings.normal().map(|target| laws::langevin(settings.from, target, settings.time))
}

pub fn all(lab: &Flowing, now: bool) -> Vec<Readout> {
    let settings = &lab.settings;
    let [measured, finest] = [0, 1].map(|i| now.then(|| lab.measured()[i]));
    let known = exact(settings);
    let goal = settings.target.as_normal();
    // What pushes another is pushed as much: no pair moves the middle.
    let kept = matches!(settings.energy, Energy::Apart(_)).then_some(settings.from.mean);
    let mut all = Vec::new();
    let rows: [Row; 5] = [
        ("mean", text("Mean", "均值"), |m| m.mean, known.map(|q| q.mean).or(kept), WIBISONO),
        ("variance", text("Variance", "方差"), |m| m.variance, known.map(|q| q.sd * q.sd), WIBISONO),
        (
            "kl",
            text("KL from the target", "与目标的 KL"),
            |m| m.kl,
            known.zip(goal).map(|(q, p)| laws::kl(q, p)),
            WIBISONO,
        ),
        (
            "w2",
            text("Wasserstein distance to the target", "到目标的 Wasserstein 距离"),
            |m| m.w2,
            known.zip(goal).map(|(q, p)| laws::w2(q, p)),
            OTTO,
        ),
        (
            "fisher_information",
            text("Relative Fisher information", "相对 Fisher 信息"),
            |m| m.fisher,
            known.zip(goal).map(|(q, p)| laws::fisher(q, p)),
            WIBISONO,
        ),
    ];
    for (id, title, read, expected, reference) in rows {
        let (claim, value) = (claim(id, title, reference), measured.as_ref().map(read));
        all.push(match expected {
            Some(expected) => claim.equals(
                value,
                expected,
                1e-4 * (1.0 + expected.abs()),
                if kept.is_some() {
                    note(
                        "Where it began: each of a pair is pushed as much as it pushes, so the middle stays.",
                        "它的起点：每一对中推多少就被推多少，所以中心不动。",
                    )
                } else {
                    note(
                        "Measured on three grids and freed of their error; expected: the closed form for normal distributions.",
                        "在三个网格上测量并消去网格误差；期望值：正态分布的解析式。",
                    )
                },
            ),
            None if id == "fisher_information" && settings.energy == Energy::Square => claim.above(
                value,
                0.0,
                note(
                    "At a sharp front ∫ q |∇ ln q|² has no end: the number grows with every finer grid, and nothing but its sign is claimed.",
                    "在陡峭的前沿上，∫ q |∇ ln q|² 没有上限：网格越细数值越大，这里只断言它的符号。",
                ),
            ),
            None => {
                let alone = finest.as_ref().map_or(f64::NAN, read);
                claim.equals(
                    value,
                    alone,
                    5e-3 * (1.0 + alone.abs()),
                    note(
                        "Measured on three grids and freed of their error; expected, for want of a closed form: what the finest grid says alone.",
                        "在三个网格上测量并消去网格误差；没有解析式，期望值取最细网格单独给出的值。",
                    ),
                )
            }
        });
    }
    all.extend(rates(settings, measured.as_ref()));
    all.push(mass(measured.as_ref()));
    all.push(long(lab, now));
    all.push(weight(settings));
    all
}

/// What is lost a unit of time, from differences in time, is what the fluxes of the moment carry downhill.
fn rates(settings: &Settings, measured: Option<&Measured>) -> [Readout; 2] {
    let reverse = settings.energy == Energy::Divergence(Divergence::Reverse);
    let equal = |claim: Claim, rate: Option<f64>, loss: f64, says| {
        claim.equals(rate, loss, 1e-3 * (1.0 + loss.abs()), says)
    };
    let kl = claim(
        "kl_rate",
        text("−dKL/dt, measured, is what mass carries downhill", "测得的 −dKL/dt 等于质量带下坡的量"),
        WIBISONO,
    );
    let energy =
        claim("energy_rate", text("−dF/dt, measured, is the dissipation", "测得的 −dF/dt 等于耗散"), OTTO);
    let height = measured.map_or(f64::NAN, |m| m.energy);
    [
        equal(
            kl,
            measured.map(|m| m.kl_rate),
            measured.map_or(f64::NAN, |m| m.kl_loss),
            if reverse {
                note(
                    "Measured: KL a step before and after. Expected: the Fisher information ∫ q |∇ ln(q/p)|² at the moment between.",
                    "测量值：前后各一步的 KL 之差。期望值：其间那一刻的 Fisher 信息 ∫ q |∇ ln(q/p)|²。",
                )
            } else {
                note(
                    "Something else than this KL falls here, so it may even rise. Measured: KL a step before and after. Expected: −∫ q v ∇ ln(q/p) at the moment between.",
                    "这里下降的不是这个 KL，它甚至可能上升。测量值：前后各一步的 KL 之差。期望值：其间那一刻的 −∫ q v ∇ ln(q/p)。",
                )
            },
        ),
        equal(
            energy,
            measured.map(|m| m.energy_rate),
            measured.map_or(f64::NAN, |m| m.energy_loss),
            note(
                format!(
                    "F = {} here. Measured: F a step before and after. Expected: the flux of mass down the slope of dF/dq.",
                    shown(height)
                ),
                format!(
                    "此刻 F = {}。测量值：前后各一步的 F 之差。期望值：质量沿 dF/dq 的坡流下的量。",
                    shown(height)
                ),
            ),
        ),
    ]
}

fn mass(measured: Option<&Measured>) -> Readout {
    let least = measured.map_or(0.0, |m| m.least);
    claim(
        "mass_error",
        text("Mass is kept to 1e-12, and no density is negative", "质量守恒到 1e-12，密度处处非负"),
        FLUX,
    )
    .below(
        measured.map(|m| if m.least < 0.0 { f64::INFINITY } else { m.mass_error }),
        1e-12,
        note(
            format!(
                "The largest |mass − 1| on the way, on all three grids; the smallest density was {}.",
                shown(least)
            ),
            format!("一路上三个网格中最大的 |质量 − 1|；最小的密度是 {}。", shown(least)),
        ),
    )
}

/// What holds at any step, beside what does not.
fn long(lab: &Flowing, now: bool) -> Readout {
    let found = now.then(|| lab.long());
    let h = lab.settings.h;
    let (least, allowed) = found.map_or((f64::NAN, f64::NAN), |one| (one.explicit, one.allowed));
    let (en, zh) = if h > allowed {
        ("it is too long: a cell loses more than it has", "太长了：一格流出的比它有的还多")
    } else {
        ("this one is short enough", "这一步够短")
    };
    claim("long_step", text("Implicit steps of h leave no density negative", "步长 h 的隐式步不会让密度变负"), FLUX).above(
        found.map(|one| one.implicit),
        -f64::MIN_POSITIVE,
        note(
            format!(
                "The least density after {TRIED} of them. After as many explicit ones of h = {} it is {}; an explicit step may be no longer than {} on these cells, one over the fastest rate out of a cell, and {en}.",
                shown(h),
                shown(least),
                shown(allowed)
            ),
            format!(
                "走 {TRIED} 步之后的最小密度。同样多的 h = {} 的显式步之后是 {}；在这个网格上显式步不能超过 {}，即流出一格的最快速率的倒数，{zh}。",
                shown(h),
                shown(least),
                shown(allowed)
            ),
        ),
    )
}

/// r² f″(r), from differences of f itself.
fn weight(settings: &Settings) -> Readout {
    let (r, divergence) = (settings.ratio, settings.divergence);
    let h = 1e-3 * r;
    let f = |k: f64| divergence.generator(r + k * h);
    let bend = (-f(2.0) + 16.0 * f(1.0) - 30.0 * f(0.0) + 16.0 * f(-1.0) - f(-2.0)) / (12.0 * h * h);
    let weight = divergence.weight(r);
    claim("divergence_weight", text("The divergence’s weight r² f″(r)", "散度的权重 r² f″(r)"), MONOFLOW)
        .equals(
            Some(weight),
            r * r * bend,
            1e-6 * (1.0 + weight),
            note(
                format!("At r = {}; expected: from second differences of f itself.", shown(r)),
                format!("在 r = {} 处；期望值：由 f 本身的二阶差分得到。", shown(r)),
            ),
        )
}
