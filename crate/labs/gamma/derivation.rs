//! The steps of the derivation by numbers: e^D as a shift, both differential equations, and the constant.

use crate::math::{
    complex::{Complex, complex},
    gamma::{Pole, euler, fourier, gamma},
};
use std::f64::consts::PI;

/// Derivatives that the shift sums up.
pub const ORDERS: usize = 40;
/// Points of the circle that they are taken from.
const POINTS: usize = 96;

/// f⁽ᵏ⁾(z)/k! times `radius`^k for k below [`ORDERS`], by Cauchy's integral over a circle around z.
fn taylor(f: impl Fn(Complex) -> Complex, z: Complex, radius: f64) -> Vec<Complex> {
    let turn = |i: usize| Complex::turn(2.0 * PI * (i % POINTS) as f64 / POINTS as f64);
    let values: Vec<_> = (0..POINTS).map(|i| f(z + turn(i).scale(radius))).collect();
    (0..ORDERS)
        .map(|k| {
            let terms = values.iter().enumerate().map(|(i, value)| *value * turn(i * k).conj());
            terms.fold(Complex::ZERO, |sum, term| sum + term).scale(1.0 / POINTS as f64)
        })
        .collect()
}

/// How far the nearest pole of Γ is from z.
pub fn distance(z: Complex) -> f64 {
    complex(z.re - libm::rint(z.re.min(0.0)), z.im).abs()
}

/// (1 + D + D²/2! + … + D^k/k!) Γ at z for k below [`ORDERS`]: what e^D Γ is summed from. They reach Γ(z + 1) if no pole is
/// nearer than 1; nothing at a pole.
pub fn shifts(z: Complex) -> Vec<Complex> {
    if Pole::at(z).is_some() {
        return Vec::new();
    }
    // Wide enough that dividing by radius^k costs no digits, and short of the pole.
    let radius = (0.75 * distance(z)).min(1.0);
    let (mut sum, mut size) = (Complex::ZERO, 1.0);
    taylor(|z| gamma(z).unwrap_or(Complex::ZERO), z, radius)
        .into_iter()
        .map(|term| {
            sum = sum + term.scale(size);
            size /= radius;
            sum
        })
        .collect()
}

/// F′(ω) of an entire F, by the same integral.
fn slope(f: impl Fn(Complex) -> Complex, omega: f64) -> Complex {
    taylor(f, complex(omega, 0.0), 0.5)[1].scale(2.0)
}

/// |e^{iω} F − i F′| for F = exp(−e^{iω}): what the equation becomes on the real axis.
pub fn real_axis(omega: f64) -> f64 {
    let f = |w: Complex| (-(Complex::I * w).exp()).exp();
    let w = complex(omega, 0.0);
    ((Complex::I * w).exp() * f(w) - Complex::I * slope(f, omega)).abs()
}

/// |e^ω F + F′| for F = exp(−e^ω): what it becomes on the imaginary axis.
pub fn imaginary_axis(omega: f64) -> f64 {
    let f = |w: Complex| (-w.exp()).exp();
    let w = complex(omega, 0.0);
    (w.exp() * f(w) + slope(f, omega)).abs()
}

/// C from G(1) = 1: 2π over the integral of e^{ω − e^ω}.
pub fn constant() -> f64 {
    2.0 * PI / euler::integral(Complex::ONE).re
}

/// ∫₀^T t^{z−1} e^{−t} dt for Re z > 0, by its series, every term of which is positive for real z:
/// T^z e^{−T} Σ T^k / (z (z + 1) … (z + k)).
pub fn partial(z: Complex, t: f64) -> Complex {
    let mut term = Complex::ONE / z;
    let mut sum = term;
    let mut k = 1.0;
    loop {
        term = term.scale(t) / (z + complex(k, 0.0));
        sum = sum + term;
        if term.abs() <= 1e-17 * sum.abs() && k > t || k > 3000.0 {
            break;
        }
        k += 1.0;
    }
    (z.scale(libm::log(t)) - complex(t, 0.0)).exp() * sum
}

/// [ORDERS + 1 rows, 5 curves and x]: x, Γ(x + 1), and the sums of 1, 2, 4, 8 and 32 terms at x.
pub fn shift_curves() -> Vec<f32> {
    let x = (0..121).map(|i| 0.3 + 3.7 * f64::from(i) / 120.0);
    x.flat_map(|x| {
        let sums = shifts(complex(x, 0.0));
        let exact = gamma(complex(x + 1.0, 0.0)).map_or(f64::NAN, |value| value.re);
        [x, exact, sums[0].re, sums[1].re, sums[3].re, sums[7].re, sums[31].re].map(|value| value as f32)
    })
    .collect()
}

/// exp(−e^{iω}) at ω.
pub fn circle(omega: f64) -> Complex {
    fourier::circle(omega)
}

/// ∫ e^{zω − e^ω} dω from −∞ to `omega` for Re z > 0: far left by its series, from there by Gauss's rule.
pub fn partial_by_sum(z: Complex, omega: f64) -> Complex {
    let start = omega.min(-4.0);
    let mut factorial = 1.0;
    let mut sum = Complex::ZERO;
    for j in 0..24 {
        let up = z + complex(f64::from(j), 0.0);
        sum = sum + up.scale(start).exp().scale(1.0 / factorial) / up;
        factorial *= -f64::from(j + 1);
    }
    let pieces = (libm::ceil((omega - start) * (4.0 + z.im.abs() / 4.0 + z.re / 16.0))) as usize;
    let width = (omega - start) / pieces.max(1) as f64;
    for piece in 0..pieces {
        let middle = start + (piece as f64 + 0.5) * width;
        for (node, weight) in fourier::GAUSS {
            for w in [middle + node * width / 2.0, middle - node * width / 2.0] {
                let value = (z.scale(w) - complex(libm::exp(w), 0.0)).exp();
                sum = sum + value.scale(weight * width / 2.0);
            }
        }
    }
    sum
}
