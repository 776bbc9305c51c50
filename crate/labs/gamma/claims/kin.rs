//! From here: what else Γ knows.

use super::words::{LEAST, note, shown};
use crate::experiment::parameter::text;
use crate::labs::gamma::{
    papers::{BALL, DLMF, DUPLICATION, GUMBEL, REFLECTION},
    settings::Settings,
};
use crate::math::{
    complex::{Complex, complex},
    gamma::{digamma, gamma, ln_gamma, reciprocal},
};
use crate::runtime::readout::{Claim, Readout};
use std::f64::consts::PI;

pub fn all(settings: &Settings) -> Vec<Readout> {
    let n = settings.periods;
    vec![reflection(settings.z), duplication(settings.z), factorial(n), half(), ball(n), gumbel()]
}

fn reflection(z: Complex) -> Readout {
    let pair = gamma(z).ok().zip(gamma(Complex::ONE - z).ok());
    let pair = pair.filter(|(here, there)| here.abs().min(there.abs()) > LEAST);
    let product = pair.map(|(here, there)| here * there * z.sin_pi()).filter(|product| product.is_finite());
    Claim {
        id: "reflection",
        title: text("Γ(z) Γ(1 − z) = π / sin πz", "Γ(z) Γ(1 − z) = π / sin πz"),
        unit: "",
        reference: REFLECTION,
    }
    .equals(
        product.map(|product| (product.scale(1.0 / PI) - Complex::ONE).abs()),
        0.0,
        2e-12,
        note(
            "|Γ(z) Γ(1 − z) sin πz / π − 1|; at whole numbers one factor is infinite.".into(),
            "|Γ(z) Γ(1 − z) sin πz / π − 1|；在整数处有一个因子为无穷。".into(),
        ),
    )
}

fn duplication(z: Complex) -> Readout {
    let double = z.scale(2.0);
    let logs = [z, z + complex(0.5, 0.0), double].map(ln_gamma);
    let constant = complex(0.5 * libm::log(PI), 0.0);
    let rest = (Complex::ONE - double).scale(std::f64::consts::LN_2) + constant;
    let gap = logs[0] + logs[1] - logs[2] - rest;
    let size = 1.0 + logs[2].abs();
    Claim {
        id: "duplication",
        title: text("Γ(z) Γ(z + ½) = 2^{1−2z} √π Γ(2z)", "Γ(z) Γ(z + ½) = 2^{1−2z} √π Γ(2z)"),
        unit: "",
        reference: DUPLICATION,
    }
    .equals(
        logs.iter().all(|ln| ln.is_finite()).then(|| gap.exp_m1().abs()),
        0.0,
        1e-14 * size + 1e-13,
        note(
            "What the quotient of both sides misses of 1, by logarithms.".into(),
            "两边之商与 1 之差，用对数计算。".into(),
        ),
    )
}

fn factorial(n: usize) -> Readout {
    let product: f64 = (1..=n).map(|k| k as f64).product();
    Claim { id: "factorial", title: text("Γ(n + 1) = n!", "Γ(n + 1) = n!"), unit: "", reference: DLMF }
        .equals(
            gamma(complex(n as f64 + 1.0, 0.0)).ok().map(|value| value.re),
            product,
            1e-13 * product,
            note(
                format!("n = {n}, the number of periods, against the product."),
                format!("n = {n}（即周期数），对照连乘积。"),
            ),
        )
}

fn half() -> Readout {
    Claim {
        id: "half_factorial",
        title: text("½! is half the root of π", "½! 等于 √π 的一半"),
        unit: "",
        reference: DLMF,
    }
    .equals(
        gamma(complex(1.5, 0.0)).ok().map(|value| value.re),
        libm::sqrt(PI) / 2.0,
        1e-15,
        note("Γ(3/2), against √π / 2.".into(), "Γ(3/2)，对照 √π / 2。".into()),
    )
}

fn ball(n: usize) -> Readout {
    let dimension = n as f64;
    let volume = libm::pow(PI, dimension / 2.0) * reciprocal(complex(dimension / 2.0 + 1.0, 0.0)).re;
    // V₀ = 1, V₁ = 2, Vₙ = 2π/n Vₙ₋₂.
    let start = if n.is_multiple_of(2) { 1.0 } else { 2.0 };
    let known = (2..=n).filter(|k| k % 2 == n % 2).fold(start, |volume, k| volume * 2.0 * PI / k as f64);
    Claim {
        id: "ball_volume",
        title: text("The volume of the unit ball", "单位球的体积"),
        unit: "",
        reference: BALL,
    }
    .equals(
        Some(volume),
        known,
        1e-13 * known,
        note(
            format!("In n = {n} dimensions π^{{n/2}} / Γ(n/2 + 1), against Vₙ = (2π/n) Vₙ₋₂."),
            format!("n = {n} 维时 π^{{n/2}} / Γ(n/2 + 1)，对照 Vₙ = (2π/n) Vₙ₋₂。"),
        ),
    )
}

fn gumbel() -> Readout {
    let step = 0.05;
    let mean: f64 =
        (-900..=100).map(|k| step * f64::from(k)).map(|w| step * w * libm::exp(w - libm::exp(w))).sum();
    let psi = digamma(Complex::ONE).map_or(0.0, |value| value.re);
    Claim {
        id: "gumbel_mean",
        title: text("The mean of Gumbel noise is ψ(1) = −γ", "Gumbel 噪声的均值为 ψ(1) = −γ"),
        unit: "",
        reference: GUMBEL,
    }
    .equals(
        Some(mean),
        psi,
        1e-13,
        note(
            format!("e^ω exp(−e^ω), the integrand at z = 1, is the density of Gumbel noise with its sign turned; its mean is {}.", shown(mean)),
            format!("z = 1 时的被积函数 e^ω exp(−e^ω) 正是（变号的）Gumbel 噪声的密度，其均值为 {}。", shown(mean)),
        ),
    )
}
