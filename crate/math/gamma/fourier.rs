//! The two roads by numbers: integrals over whole periods on the real axis, and along a vertical line.

use super::{Pole, gamma, reciprocal};
use crate::math::complex::{Complex, complex};
use std::f64::consts::PI;

/// Gauss's nodes and weights for ten points on [−1, 1], the positive half. DLMF 3.5.
pub const GAUSS: [(f64, f64); 5] = [
    (0.1488743389816312, 0.2955242247147529),
    (0.4333953941292472, 0.2692667193099964),
    (0.6794095682990244, 0.219_086_362_515_982),
    (0.8650633666889845, 0.1494513491505806),
    (0.9739065285171717, 0.0666713443086881),
];

/// exp(−e^{iω}), what the Fourier transform of a solution would be on the real axis.
pub fn circle(omega: f64) -> Complex {
    (-Complex::turn(omega)).exp()
}

/// (1/2π) ∫ exp(−e^{iω}) e^{iωx} dω over `periods` periods around 0, by Gauss's rule. It is real: the halves are conjugate.
pub fn partial(x: f64, periods: usize) -> f64 {
    let pieces = 10 * (1 + (x.abs() / 6.0) as usize);
    let half = PI / pieces as f64;
    let mut sum = 0.0;
    // From 0 to Nπ, twice: pieces of 2π/pieces each would not end there for odd N, so they are of π/pieces.
    for piece in 0..periods * pieces {
        let middle = (piece as f64 + 0.5) * half;
        for (node, weight) in GAUSS {
            for omega in [middle + node * half / 2.0, middle - node * half / 2.0] {
                let value = circle(omega) * Complex::turn(omega * x);
                sum += weight * value.re;
            }
        }
    }
    // Each piece is half·(sum/2); twice for the other half; over 2π.
    sum * half / (2.0 * PI)
}

/// The same as its Fourier series gives it: N Σ (−1)ⁿ/n! sinc(N(x + n)).
pub fn partial_series(x: f64, periods: usize) -> f64 {
    let n = periods as f64;
    (0..60)
        .map(|k| {
            let off = x + f64::from(k);
            n * residue(f64::from(k)) * sinc(n * off)
        })
        .sum()
}

/// sin πu / πu.
fn sinc(u: f64) -> f64 {
    if u == 0.0 { 1.0 } else { crate::math::complex::sincos_pi(u).0 / (PI * u) }
}

/// (−1)ⁿ/n!: what Γ has at −n.
pub fn residue(n: f64) -> f64 {
    Pole { n }.residue()
}

/// (1/2π) ∫ exp(−e^{iω}) e^{iωx} dω over one period, for whole x, where the trapezoid rule with 96 points is exact to rounding.
pub fn one_period(x: f64) -> f64 {
    const POINTS: usize = 96;
    let value = |i: usize| {
        let turn = |k: f64| 2.0 * PI * k / POINTS as f64;
        // Whole turns are left out before they cost digits.
        let k = libm::fmod(i as f64 * x, POINTS as f64);
        (circle(turn(i as f64)) * Complex::turn(turn(k))).re
    };
    (0..POINTS).map(value).sum::<f64>() / POINTS as f64
}

/// ∫ Γ(c + iy) e^{−iωy} dy over the whole line; the pole where the line runs into one.
pub fn along(c: f64, omega: f64) -> Result<f64, Pole> {
    if let Some(pole) = Pole::at(complex(c, 0.0)) {
        return Err(pole);
    }
    // The nearest pole says how fine the step must be: the rule errs by e^{−2π distance / step}.
    let distance = if c > 0.0 { c } else { (c - libm::rint(c)).abs() };
    let step = (2.0 * PI * distance / 36.0).min(0.08);
    let at = |y: f64| gamma(complex(c, y)).map_or(0.0, |value| (value * Complex::turn(-omega * y)).re);
    let mut sum = at(0.0);
    let least = 1e-18 * gamma(complex(c, 0.0))?.abs().max(1e-300);
    let mut y = step;
    loop {
        let value = gamma(complex(c, y))?;
        sum += 2.0 * (value * Complex::turn(-omega * y)).re;
        if value.abs() < least {
            return Ok(sum * step);
        }
        y += step;
    }
}

/// The same in closed form, 2π e^{cω} times e^{−e^ω} without the terms of its series whose poles lie right of the line.
pub fn along_exactly(c: f64, omega: f64) -> f64 {
    let t = libm::exp(omega);
    let mut rest = libm::exp(-t);
    if c < 0.0 {
        // What is left of the series, summed as such: the difference would cancel.
        let first = libm::floor(-c) + 1.0;
        rest = (0..80).map(|k| f64::from(k) + first).map(|k| residue(k) * libm::pow(t, k)).sum();
        if t > 2.0 {
            let before: f64 =
                (0..first as u32).map(|k| residue(f64::from(k)) * libm::pow(t, f64::from(k))).sum();
            rest = libm::exp(-t) - before;
        }
    }
    2.0 * PI * libm::exp(c * omega) * rest
}

/// The impostor's factor 1 + ε sin 2πz: it has period 1, so that Γ times it solves the same equation.
pub fn impostor_factor(z: Complex, epsilon: f64) -> Complex {
    Complex::ONE + complex(2.0 * z.re, 2.0 * z.im).sin_pi().scale(epsilon)
}

/// 1/Γ(n + 1) for the volume of the unit ball and its like.
pub fn reciprocal_factorial(n: f64) -> f64 {
    reciprocal(complex(n + 1.0, 0.0)).re
}
