//! Euler's integral as ∫ e^{zω − e^ω} dω over the whole line, and the trapezoid rule for it with its tiny error.

use super::gamma;
use crate::math::{
    complex::{Complex, complex},
    double_double::{DoubleDouble, two_product, two_sum},
};
use std::f64::consts::PI;

/// Left of here e^{−e^ω} is summed as its series: the rest of the rule is a geometric series a term.
const LEFT: f64 = -6.0;
/// Terms of that series: e^{−6·12} / 12! is beyond even two doubles.
const TERMS: u32 = 12;
/// e^{−this} is nothing, in two doubles.
const NOTHING: f64 = 80.0;

/// Γ(z) for Re z > 0 by the integral alone: the rule with a step that leaves no error but rounding, some 1e-15 Γ(Re z).
pub fn integral(z: Complex) -> Complex {
    let narrow = 0.4 / libm::sqrt(z.abs().max(1.0));
    let step = narrow.min(2.0 * PI / (2.0 * z.im.abs() + 80.0));
    rule(z, step)
}

/// h Σ e^{z kh − e^{kh}} over all whole k.
pub fn rule(z: Complex, h: f64) -> Complex {
    let first = libm::floor(LEFT / h);
    let peak = peak(z.re);
    let mut sum = Complex::ZERO;
    let mut factorial = 1.0;
    for j in 0..TERMS {
        let up = complex(z.re + f64::from(j), z.im);
        let last = up.scale(first * h) - complex(peak, 0.0);
        sum = sum + last.exp().scale(1.0 / factorial) / -up.scale(-h).exp_m1();
        factorial *= -f64::from(j + 1);
    }
    let mut k = first + 1.0;
    loop {
        let w = k * h;
        let size = z.re * w - libm::exp(w) - peak;
        if size < -NOTHING && w > libm::log(z.re.max(1.0)) {
            return sum.scale(h).scale(libm::exp(peak));
        }
        sum = sum + Complex::turn(z.im * w).scale(libm::exp(size));
        k += 1.0;
    }
}

/// The logarithm of the integrand's largest value.
fn peak(z: f64) -> f64 {
    z * libm::log(z) - z
}

/// The rule minus Γ(z) for real z > 0, whatever its step. Both are sums of two doubles, so that an error far below Γ's own last
/// place is seen; it ends where those end, at some 1e-30 Γ(z).
pub struct RuleErrors {
    z: f64,
    /// The rule with a step so fine that its own error is less than its rounding: it stands for Γ.
    exact: DoubleDouble,
}

impl RuleErrors {
    pub fn of(z: f64) -> Self {
        Self { z, exact: precise(z, 0.0625f64.min(0.45 / libm::sqrt(z.max(1.0)))) }
    }

    /// The rule with step h minus Γ(z).
    pub fn at(&self, h: f64) -> f64 {
        (precise(self.z, h) - self.exact).value() * libm::exp(peak(self.z))
    }
}

/// As [`rule`], relative to the integrand's peak.
fn precise(z: f64, h: f64) -> DoubleDouble {
    let first = libm::floor(LEFT / h);
    let peak = peak(z);
    let mut sum = DoubleDouble::ZERO;
    let mut factorial = DoubleDouble::ONE;
    for j in 0..TERMS {
        let up = two_sum(z, f64::from(j));
        let last = (up * two_product(first, h) - peak.into()).exp();
        sum = sum + last / factorial / (DoubleDouble::ONE - (up * -h).exp());
        factorial = factorial * -f64::from(j + 1);
    }
    let mut k = first + 1.0;
    loop {
        let w = two_product(k, h);
        let exponent = w * z - w.exp() - peak.into();
        if exponent.hi < -NOTHING && w.hi > libm::log(z.max(1.0)) {
            return sum * h;
        }
        sum = sum + exponent.exp();
        k += 1.0;
    }
}

/// Σ_{k≠0} Γ(z + 2πik/h): what Poisson's summation says that the rule with step h has too much.
pub fn predicted(z: Complex, h: f64) -> Complex {
    let mut sum = Complex::ZERO;
    let mut k = 1.0;
    loop {
        let away = 2.0 * PI * k / h;
        let pair = [away, -away].map(|y| gamma(complex(z.re, z.im + y)).unwrap_or(Complex::ZERO));
        let term = pair[0] + pair[1];
        sum = sum + term;
        if k > 3.0 && pair.iter().all(|one| one.abs() <= 1e-17 * sum.abs()) || k > 500.0 {
            return sum;
        }
        k += 1.0;
    }
}
