//! ψ = Γ′/Γ: its asymptotic series far out, ψ(z + 1) = ψ(z) + 1/z inwards, reflection to the left.

use super::{plane::Pole, stirling::FAR};
use crate::math::complex::{Complex, complex};
use std::f64::consts::PI;

/// B₂ₖ / 2k. DLMF 5.11.2.
const SERIES: [f64; 9] = [
    1.0 / 12.0,
    -1.0 / 120.0,
    1.0 / 252.0,
    -1.0 / 240.0,
    1.0 / 132.0,
    -691.0 / 32_760.0,
    1.0 / 12.0,
    -3617.0 / 8160.0,
    43_867.0 / 14_364.0,
];

/// ψ(z), or the pole that is there.
pub fn digamma(z: Complex) -> Result<Complex, Pole> {
    match Pole::at(z) {
        Some(pole) => Err(pole),
        None if z.re >= 0.5 => Ok(right(z)),
        None => Ok(right(Complex::ONE - z) - cot_pi(z).scale(PI)),
    }
}

fn right(z: Complex) -> Complex {
    let (mut w, mut below) = (z, Complex::ZERO);
    while w.abs() < FAR {
        below = below + Complex::ONE / w;
        w.re += 1.0;
    }
    let inverse = Complex::ONE / w;
    let square = inverse * inverse;
    let series = SERIES.iter().rev().fold(Complex::ZERO, |sum, term| sum * square + complex(*term, 0.0));
    w.ln() - inverse.scale(0.5) - square * series - below
}

/// cot πz, whose real and imaginary part share the denominator 2 (sin² πx + sinh² πy).
fn cot_pi(z: Complex) -> Complex {
    if z.im.abs() > 20.0 {
        return complex(0.0, -z.im.signum());
    }
    let near = complex(z.re - libm::rint(z.re), z.im);
    if near.abs() < 1e-8 {
        return Complex::ONE / near.scale(PI);
    }
    let x = PI * near.re;
    let (sin, cos) = libm::sincos(x);
    let (sinh, cosh) = (libm::sinh(PI * z.im), libm::cosh(PI * z.im));
    let below = sin * sin + sinh * sinh;
    complex(sin * cos / below, -sinh * cosh / below)
}
