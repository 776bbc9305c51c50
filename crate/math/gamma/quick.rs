//! ln |Γ| and arg Γ for a picture of many points: to 1e-9, at a fraction of the cost.

use crate::math::complex::{Complex, complex, sincos_pi};
use std::f64::consts::PI;

/// From here on five terms of Stirling's series are enough.
const NEAR: f64 = 49.0;
const HALF_LN_2PI: f64 = 0.918_938_533_204_672_7;

/// ln |Γ(z)| and arg Γ(z), the latter up to whole turns. Infinite at a pole.
pub fn ln_gamma(z: Complex) -> Complex {
    if z.re >= 0.5 {
        return right(z);
    }
    let mirror = z.im < 0.0;
    let up = complex(z.re, z.im.abs());
    // ln 2π + iπ(z − ½) − ln(1 − e^{2πiz}) − ln Γ(1 − z)
    let size = libm::exp(-2.0 * PI * up.im);
    let ((sin, _), (twice, _)) = (sincos_pi(z.re), sincos_pi(2.0 * z.re));
    let gap = complex(2.0 * size * sin * sin - libm::expm1(-2.0 * PI * up.im), -size * twice);
    let slope = complex(2.0 * HALF_LN_2PI - PI * up.im, PI * (z.re - 0.5));
    let ln = slope - ln(gap) - right(Complex::ONE - up);
    if mirror { ln.conj() } else { ln }
}

/// Without the care that numbers near the end of a double's range would need.
fn ln(z: Complex) -> Complex {
    complex(0.5 * libm::log(z.re * z.re + z.im * z.im), libm::atan2(z.im, z.re))
}

fn right(z: Complex) -> Complex {
    let (mut w, mut product) = (z, Complex::ONE);
    let shifted = w.re * w.re + w.im * w.im < NEAR;
    while w.re * w.re + w.im * w.im < NEAR {
        product = product * w;
        w.re += 1.0;
    }
    let below = 1.0 / (w.re * w.re + w.im * w.im);
    let inverse = complex(w.re * below, -w.im * below);
    let square = inverse * inverse;
    let terms = [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0];
    let series = terms.iter().rev().fold(Complex::ZERO, |sum, term| sum * square + complex(*term, 0.0));
    let ln_w = ln(w);
    let main = (w - complex(0.5, 0.0)) * ln_w - w + complex(HALF_LN_2PI, 0.0) + inverse * series;
    if shifted { main - ln(product) } else { main }
}
