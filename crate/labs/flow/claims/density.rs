//! A density at the time that is asked for: how far it has come, and how fast it falls.

use super::{claim, note, shown};
use crate::downhill::{
    grid::{Divergence, Energy},
    laws::{self, Normal},
    measured::Measured,
};
use crate::experiment::parameter::{Reference, Text, text};
use crate::labs::flow::{
    papers::{FLUX, MONOFLOW, OTTO, WIBISONO},
    settings::Settings,
    state::Flowing,
};
use crate::runtime::readout::Readout;

/// Id, title, what was measured, what a closed form says, and where it is explained.
type Row = (&'static str, Text, Option<f64>, Option<f64>, Reference);

/// What a closed form says of the moment.
fn exact(settings: &Settings) -> Option<Normal> {
    if settings.energy == Energy::Entropy {
        let spread = settings.from.sd * settings.from.sd + 2.0 * settings.time;
        return Some(Normal { mean: settings.from.mean, sd: libm::sqrt(spread) });
    }
    settings.normal().map(|target| laws::langevin(settings.from, target, settings.time))
}

pub fn all(lab: &Flowing, now: bool) -> Vec<Readout> {
    let settings = &lab.settings;
    let measured = now.then(|| *lab.measured());
    let known = exact(settings);
    let goal = settings.target.as_normal();
    let pick = |f: fn(&Measured) -> f64| measured.as_ref().map(f);
    let mut all = Vec::new();
    // Ids, titles, what was measured, what a closed form says, and where that is not known, a bound and why.
    let kl0 = now.then(|| lab.kl_at_start());
    let rows: [Row; 5] = [
        ("mean", text("Mean", "均值"), pick(|m| m.mean), known.map(|q| q.mean), WIBISONO),
        ("variance", text("Variance", "方差"), pick(|m| m.variance), known.map(|q| q.sd * q.sd), WIBISONO),
        (
            "kl",
            text("KL from the target", "与目标的 KL"),
            pick(|m| m.kl),
            known.zip(goal).map(|(q, p)| laws::kl(q, p)),
            WIBISONO,
        ),
        (
            "w2",
            text("Wasserstein distance to the target", "到目标的 Wasserstein 距离"),
            pick(|m| m.w2),
            known.zip(goal).map(|(q, p)| laws::w2(q, p)),
            OTTO,
        ),
        (
            "fisher_information",
            text("Relative Fisher information", "相对 Fisher 信息"),
            pick(|m| m.fisher),
            known.zip(goal).map(|(q, p)| laws::fisher(q, p)),
            WIBISONO,
        ),
    ];
    for (id, title, value, expected, reference) in rows {
        let claim = claim(id, title, reference);
        all.push(match expected {
            Some(expected) => claim.equals(
                value,
                expected,
                1e-4 * (1.0 + expected.abs()),
                note(
                    "Measured on three grids and freed of their error; expected: the closed form for normal distributions.",
                    "在三个网格上测量并消去网格误差；期望值：正态分布的解析式。",
                ),
            ),
            None => claim.below(
                value,
                match id {
                    "kl" => kl0.unwrap_or(f64::NAN) + 1e-9,
                    _ => 1e9,
                },
                note(
                    if id == "kl" {
                        "No closed form for this target: it should at least be below where it began."
                    } else {
                        "No closed form for this target and energy; the value is measured on three grids."
                    },
                    if id == "kl" {
                        "这个目标没有解析式：至少应低于开始时的值。"
                    } else {
                        "这个目标与能量没有解析式；数值在三个网格上测得。"
                    },
                ),
            ),
        });
    }
    all.push(rate(settings, measured.as_ref()));
    all.push(mass(measured.as_ref()));
    all.push(weight(settings));
    all
}

/// −dKL/dt along the flow is the Fisher information, where KL is what falls.
fn rate(settings: &Settings, measured: Option<&Measured>) -> Readout {
    let falls = settings.energy == Energy::Divergence(Divergence::Reverse);
    let claim = claim(
        "kl_rate",
        text("−dKL/dt, measured, is the Fisher information", "测得的 −dKL/dt 等于 Fisher 信息"),
        WIBISONO,
    );
    let value = measured.map(|m| m.kl_rate);
    if falls {
        let expected = measured.map_or(f64::NAN, |m| m.fisher);
        return claim.equals(
            value,
            expected,
            1e-3 * (1.0 + expected.abs()),
            note(
                "Measured: KL a step before and after. Expected: ∫ q |∇ ln(q/p)|² at the moment between.",
                "测量值：前后各一步的 KL 之差。期望值：其间那一刻的 ∫ q |∇ ln(q/p)|²。",
            ),
        );
    }
    claim.above(
        value,
        -1e9,
        note(
            "Something else than this KL falls here, so the two need not agree; KL may even rise.",
            "这里下降的不是这个 KL，两者不必一致，KL 甚至可能上升。",
        ),
    )
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
