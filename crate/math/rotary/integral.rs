//! Cosine and sine integrals, Abramowitz & Stegun 5.2, for x > 0.

use crate::math::complex::{Complex, complex};

/// Euler's constant.
pub const EULER: f64 = 0.577_215_664_901_532_9;
/// Below it the series, from it on the continued fraction.
const SERIES: f64 = 3.0;

/// Ci(x) = γ + ln x + ∫₀ˣ (cos t − 1)/t dt.
pub fn cosine(x: f64) -> f64 {
    if x < SERIES { EULER + libm::log(x) + series(x, 0) } else { -exponential(x).re }
}

/// Si(x) = ∫₀ˣ sin t/t dt.
pub fn sine(x: f64) -> f64 {
    if x < SERIES { series(x, 1) } else { std::f64::consts::FRAC_PI_2 + exponential(x).im }
}

/// Σ (−1)ⁿ xᵐ/(m m!) over m = 2n + `odd`, without m = 0.
fn series(x: f64, odd: usize) -> f64 {
    let (mut sum, mut power) = (0.0, 1.0);
    for m in 1..60 {
        power *= x / m as f64;
        if m % 2 == odd {
            let sign = if (m - odd).is_multiple_of(4) { 1.0 } else { -1.0 };
            sum += sign * power / m as f64;
        }
    }
    sum
}

/// E₁(ix) by Lentz's continued fraction.
fn exponential(x: f64) -> Complex {
    let one = complex(1.0, 0.0);
    let mut b = complex(1.0, x);
    let mut c = complex(1e300, 0.0);
    let mut d = one / b;
    let mut h = d;
    for i in 1..500 {
        let a = -((i * i) as f64);
        b = b + complex(2.0, 0.0);
        d = one / (d.scale(a) + b);
        c = b + complex(a, 0.0) / c;
        let turn = c * d;
        h = h * turn;
        if (turn.re - 1.0).abs() + turn.im.abs() < 1e-16 {
            break;
        }
    }
    Complex::turn(-x) * h
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Abramowitz & Stegun, tables 5.1 and 5.2.
    #[test]
    fn published_values_come_out_on_both_sides_of_the_seam() {
        for (x, ci, si) in [
            (0.5, -0.177_784_078_8, 0.493_107_418_0),
            (1.0, 0.337_403_922_9, 0.946_083_070_4),
            (5.0, -0.190_029_749_7, 1.549_931_244_9),
            (10.0, -0.045_456_433_0, 1.658_347_594_2),
        ] {
            assert!((cosine(x) - ci).abs() < 1e-10, "Ci({x}) = {}", cosine(x));
            assert!((sine(x) - si).abs() < 1e-10, "Si({x}) = {}", sine(x));
        }
        let (below, above) = (SERIES - 1e-12, SERIES);
        assert!((cosine(below) - cosine(above)).abs() < 1e-11);
        assert!((sine(below) - sine(above)).abs() < 1e-11);
    }
}
