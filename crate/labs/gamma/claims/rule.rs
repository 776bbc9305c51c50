//! The trapezoid rule, which is right to so many digits because Γ dies on vertical lines.

use super::words::{note, shown};
use crate::experiment::parameter::text;
use crate::labs::gamma::{
    papers::{STIRLING, TRAPEZOID},
    settings::Settings,
};
use crate::math::{
    complex::{Complex, complex},
    gamma::{euler, gamma, ln_gamma, stirling},
};
use crate::runtime::readout::{Claim, Readout};
use std::f64::consts::PI;

pub fn all(settings: &Settings) -> Vec<Readout> {
    let mut all = rule(settings);
    all.push(stirling_ratio(settings));
    all
}

/// Γ(z) at the real part of z, where the rule is tried; `None` where the integral diverges, or its sums leave a double's range.
fn size(settings: &Settings) -> Option<f64> {
    let x = settings.z.re;
    let size = gamma(complex(x, 0.0)).ok()?.re;
    (x > 1e-100 && size.is_finite()).then_some(size)
}

fn rule(settings: &Settings) -> Vec<Readout> {
    let (x, h) = (settings.z.re, settings.h);
    let z = complex(x, 0.0);
    let size = size(settings);
    let known = size.unwrap_or(1.0);
    let all = size.map(|_| euler::predicted(z, h).re);
    let away = |k: f64| gamma(complex(x, 2.0 * PI * k / h)).unwrap_or(Complex::ZERO);
    let error = size.map(|_| euler::RuleErrors::of(x).at(h));
    let digits = error.map_or(0.0, |error| -libm::log10((error / known).abs().max(1e-30)));
    let claim = |id, title| Claim { id, title, unit: "", reference: TRAPEZOID };
    let measured = claim("trapezoid_error", text("The trapezoid rule minus Γ(Re z)", "梯形法则减去 Γ(Re z)")).equals(
        error,
        all.unwrap_or(0.0),
        // A rule of two doubles ends at 1e-30 of its terms, of which there are 1/(h Re z) to the left.
        1e-9 * all.unwrap_or(0.0).abs() + 1e-27 * known * (1.0 + 0.1 / x.max(1e-100)),
        note(
            format!(
                "At z = {} with step h = {}: {digits:.1} right digits, against Poisson's prediction. It needs Re z > 0.",
                shown(x),
                shown(h)
            ),
            format!(
                "z = {}，步长 h = {}：{digits:.1} 位正确，对照泊松求和的预言。要求 Re z > 0。",
                shown(x),
                shown(h)
            ),
        ),
    );
    let first = if size.is_some() { 2.0 * away(1.0).re } else { 0.0 };
    let rest = 4.0 * away(2.0).abs() + 4.0 * away(3.0).abs() + 1e-12 * first.abs() + 1e-300;
    let predicted =
        claim("trapezoid_predicted", text("Σ Γ(z + 2πik/h) over k ≠ 0", "Σ Γ(z + 2πik/h)，k ≠ 0")).equals(
            all,
            first,
            rest,
            note(
                format!("Its first pair of terms, k = ±1, is nearly all of it: {}.", shown(first)),
                format!("头一对项 k = ±1 就几乎是全部：{}。", shown(first)),
            ),
        );
    vec![measured, predicted]
}

/// What ln Γ has beyond Stirling's leading terms: Binet's μ(z) = μ(z + 1) + (z + ½) ln(1 + 1/z) − 1, far out by its series.
fn binet(z: Complex) -> Complex {
    let (mut w, mut sum) = (z, Complex::ZERO);
    while w.abs() < stirling::FAR {
        let ratio = (Complex::ONE + Complex::ONE / w).ln();
        sum = sum + (w + complex(0.5, 0.0)) * ratio - Complex::ONE;
        w.re += 1.0;
    }
    sum + stirling::tail(w)
}

fn stirling_ratio(settings: &Settings) -> Readout {
    let z = settings.z;
    let ln = ln_gamma(z);
    let right = z.re > 0.0 && ln.is_finite();
    let leading = (z - complex(0.5, 0.0)) * z.ln() - z + complex(0.5 * libm::log(2.0 * PI), 0.0);
    let ratio = right.then(|| libm::exp(leading.re - ln.re));
    let expected = if right { libm::exp(-binet(z).re) } else { 1.0 };
    let open = 1e-13 * (1.0 + ln.abs() + leading.abs()) * ratio.unwrap_or(1.0);
    Claim {
        id: "stirling_ratio",
        title: text("Stirling's value over Γ", "斯特林近似与 Γ 之比"),
        unit: "",
        reference: STIRLING,
    }
    .equals(
        ratio,
        expected,
        open,
        note(
            "|√(2π/z) (z/e)^z / Γ(z)|: the Gaussian laid over the peak at ω = ln z, over the true area. Expected is e^{−μ(z)}, μ = 1/12z − 1/360z³ + … by Binet's recurrence. It needs Re z > 0.".into(),
            "|√(2π/z) (z/e)^z / Γ(z)|：套在峰 ω = ln z 上的高斯与真实面积之比。期望值为 e^{−μ(z)}，μ = 1/12z − 1/360z³ + …，用比内递推计算。要求 Re z > 0。".into(),
        ),
    )
}
