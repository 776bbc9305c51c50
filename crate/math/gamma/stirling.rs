//! Stirling's series for Re w ≥ ½ and |w| ≥ 12, its large terms with twice a double's digits.
//!
//! DLMF 5.11.1: ln Γ(w) = (w − ½) ln w − w + ½ ln 2π + Σ B₂ₖ / (2k (2k−1) w^{2k−1}). There the first term left out is
//! below 1e-17. The error of Γ is that of ln Γ, which can be 700 and has to keep its digits behind the point.

use std::f64::consts::FRAC_1_SQRT_2;

use crate::math::{
    complex::{Complex, complex},
    double_double::{DoubleDouble, PI, dd, two_product, two_sum},
};

/// From this modulus on.
pub const FAR: f64 = 12.0;

/// B₂ₖ / (2k (2k − 1)).
const SERIES: [f64; 10] = [
    1.0 / 12.0,
    -1.0 / 360.0,
    1.0 / 1260.0,
    -1.0 / 1680.0,
    1.0 / 1188.0,
    -691.0 / 360_360.0,
    1.0 / 156.0,
    -3617.0 / 122_400.0,
    43_867.0 / 244_188.0,
    -174_611.0 / 125_400.0,
];

const HALF_LN_2PI: DoubleDouble = dd(0.9189385332046728, -3.8782941580672414e-17);

/// cos and sin of kπ/16.
const TURNS: [(DoubleDouble, DoubleDouble); 9] = [
    (dd(1.0, 0.0), dd(0.0, 0.0)),
    (dd(0.9807852804032304, 1.8546939997825006e-17), dd(0.19509032201612828, -7.991079068461731e-18)),
    (dd(0.9238795325112867, 1.7645047084336677e-17), dd(0.3826834323650898, -1.0050772696461588e-17)),
    (dd(0.8314696123025452, 1.4073856984728024e-18), dd(0.5555702330196022, 4.709410940561677e-17)),
    (dd(FRAC_1_SQRT_2, -4.833646656726457e-17), dd(FRAC_1_SQRT_2, -4.833646656726457e-17)),
    (dd(0.5555702330196022, 4.709410940561677e-17), dd(0.8314696123025452, 1.4073856984728024e-18)),
    (dd(0.3826834323650898, -1.0050772696461588e-17), dd(0.9238795325112867, 1.7645047084336677e-17)),
    (dd(0.19509032201612828, -7.991079068461731e-18), dd(0.9807852804032304, 1.8546939997825006e-17)),
    (dd(0.0, 0.0), dd(1.0, 0.0)),
];

/// What is added to the leading terms.
pub fn tail(w: Complex) -> Complex {
    let inverse = Complex::ONE / w;
    let square = inverse * inverse;
    let series = SERIES.iter().rev().fold(Complex::ZERO, |sum, term| sum * square + complex(*term, 0.0));
    inverse * series
}

/// Real and imaginary part of ln Γ(w).
pub fn ln_gamma(w: Complex) -> [DoubleDouble; 2] {
    let Complex { re: x, im: y } = w;
    let ln_r = (two_product(x, x) + two_product(y, y)).ln() * 0.5;
    let theta = argument(w);
    let power = two_sum(x, -0.5);
    let tail = tail(w);
    let re = power * ln_r - theta * y - x.into() + HALF_LN_2PI + tail.re.into();
    let im = power * theta + ln_r * y - y.into() + tail.im.into();
    [re, im]
}

/// arg w for Re w > 0: a turn by a sixteenth of π that leaves little, and the series of the arctangent for that.
fn argument(w: Complex) -> DoubleDouble {
    let sixteenths = libm::rint(w.arg() * 16.0 / PI.hi);
    let (cos, sin) = TURNS[(sixteenths.abs() as usize).min(8)];
    let sin = if sixteenths < 0.0 { -sin } else { sin };
    let t = (cos * w.im - sin * w.re) / (cos * w.re + sin * w.im);
    let square = t.hi * t.hi;
    let mut series = 0.0;
    for k in (1..=9).rev() {
        series = -square * (1.0 / f64::from(2 * k + 1) + series);
    }
    PI * (sixteenths / 16.0) + t + dd(t.hi * series, 0.0)
}
