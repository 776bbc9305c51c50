//! Who else solves the equation, and how it is found out.

use super::words::{LEAST, note, shown};
use crate::experiment::parameter::text;
use crate::labs::gamma::{
    function, instruments,
    papers::{BOHR, WIELANDT},
    settings::Settings,
};
use crate::math::{complex::sincos_pi, gamma::gamma};
use crate::runtime::readout::{Claim, Readout};
use std::f64::consts::PI;

pub fn all(settings: &Settings) -> Vec<Readout> {
    vec![impostor_growth(settings), wielandt_bound(settings), bohr_mollerup(settings)]
}

/// |1 + ε sin 2πz| by real functions.
fn growth(settings: &Settings) -> f64 {
    let (z, e) = (settings.z, settings.epsilon);
    let (sin, _) = sincos_pi(2.0 * z.re);
    let (sinh, cosh) = (libm::sinh(2.0 * PI * z.im), libm::cosh(2.0 * PI * z.im));
    libm::sqrt(1.0 + 2.0 * e * sin * cosh + e * e * (sin * sin + sinh * sinh))
}

fn impostor_growth(settings: &Settings) -> Readout {
    let ratio = gamma(settings.z)
        .ok()
        .zip(function::impostor(settings.z, settings.epsilon))
        .filter(|(gamma, _)| gamma.abs() > LEAST)
        .map(|(gamma, impostor)| impostor.abs() / gamma.abs())
        .filter(|ratio| ratio.is_finite());
    let expected = growth(settings);
    Claim {
        id: "impostor_growth",
        title: text("How much larger than Γ the impostor is at z", "冒名者在 z 处是 Γ 的多少倍"),
        unit: "",
        reference: WIELANDT,
    }
    .equals(
        ratio,
        expected,
        1e-11 * (1.0 + expected),
        note(
            "|Γ(z) (1 + ε sin 2πz)| / |Γ(z)|, against the real form of the sine: about (ε/2) e^{2π|Im z|}."
                .into(),
            "|Γ(z) (1 + ε sin 2πz)| / |Γ(z)|，对照正弦的实形式：约为 (ε/2) e^{2π|Im z|}。".into(),
        ),
    )
}

fn wielandt_bound(settings: &Settings) -> Readout {
    let bound = instruments::bound(settings.epsilon);
    let claim = Claim {
        id: "wielandt_bound",
        title: text("The largest size in the strip 1 ≤ Re z ≤ 2", "在带 1 ≤ Re z ≤ 2 上的最大模"),
        unit: "",
        reference: WIELANDT,
    };
    let height = instruments::HEIGHT;
    if settings.epsilon == 0.0 {
        return claim.equals(
            Some(bound),
            1.0,
            1e-8,
            note(
                format!("Without an impostor this is Γ, searched up to |Im z| = {height}: nowhere above Γ(1) = Γ(2) = 1."),
                format!("没有冒名者时这就是 Γ，搜索到 |Im z| = {height}：处处不超过 Γ(1) = Γ(2) = 1。"),
            ),
        );
    }
    claim.above(
        Some(bound),
        1.0 + 1e-8,
        note(
            format!("Γ stays below 1 there. The impostor, searched up to |Im z| = {height}, does not, and grows without end: rejected."),
            format!("Γ 在此不超过 1。冒名者（搜索到 |Im z| = {height}）超过了，而且无限增长：否决。"),
        ),
    )
}

fn bohr_mollerup(settings: &Settings) -> Readout {
    let (place, bend) = instruments::flattest(settings.epsilon);
    let claim = Claim {
        id: "bohr_mollerup",
        title: text("The least bend of ln f on the positive axis", "正半轴上 ln f 的最小弯曲"),
        unit: "",
        reference: BOHR,
    };
    let (least, most) = (instruments::LEAST, instruments::MOST);
    let said = |en: &str, zh: &str| {
        note(
            format!("(ln f)″ is least at x = {} between {least} and {most}. {en}", shown(place)),
            format!("在 {least} 与 {most} 之间，(ln f)″ 在 x = {} 处最小。{zh}", shown(place)),
        )
    };
    if settings.epsilon == 0.0 {
        return claim.above(Some(bend), 0.0, said("Γ is log-convex.", "Γ 是对数凸的。"));
    }
    claim.below(
        Some(bend),
        0.0,
        said(
            "It bends down: no solution but Γ is log-convex, so this one is rejected.",
            "它向下弯：除 Γ 外没有对数凸的解，所以否决。",
        ),
    )
}
