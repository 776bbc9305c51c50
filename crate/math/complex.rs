//! Complex numbers in double precision, with the same bits natively and in every browser.

use std::ops::{Add, Div, Mul, Neg, Sub};

/// re + i im.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Complex {
    pub re: f64,
    pub im: f64,
}

/// Shorthand.
pub const fn complex(re: f64, im: f64) -> Complex {
    Complex { re, im }
}

impl Complex {
    pub const ZERO: Self = complex(0.0, 0.0);
    pub const ONE: Self = complex(1.0, 0.0);
    pub const I: Self = complex(0.0, 1.0);

    pub fn abs(self) -> f64 {
        libm::hypot(self.re, self.im)
    }

    /// −π to π.
    pub fn arg(self) -> f64 {
        libm::atan2(self.im, self.re)
    }

    pub fn conj(self) -> Self {
        complex(self.re, -self.im)
    }

    pub fn scale(self, by: f64) -> Self {
        complex(self.re * by, self.im * by)
    }

    /// The principal branch.
    pub fn ln(self) -> Self {
        complex(libm::log(self.abs()), self.arg())
    }

    pub fn exp(self) -> Self {
        Self::turn(self.im).scale(libm::exp(self.re))
    }

    /// e^z − 1, exact near 0.
    pub fn exp_m1(self) -> Self {
        let (sin, half) = (libm::sin(self.im), libm::sin(self.im / 2.0));
        let grown = libm::expm1(self.re);
        complex(grown - 2.0 * half * half * (grown + 1.0), sin * (grown + 1.0))
    }

    /// e^{iφ}.
    pub fn turn(phi: f64) -> Self {
        let (sin, cos) = libm::sincos(phi);
        complex(cos, sin)
    }

    pub fn is_finite(self) -> bool {
        self.re.is_finite() && self.im.is_finite()
    }

    /// sin πz, exact at whole numbers, as large as it may be: infinite where |im| > 226.
    pub fn sin_pi(self) -> Self {
        let (sin, cos) = sincos_pi(self.re);
        let y = std::f64::consts::PI * self.im;
        complex(sin * libm::cosh(y), cos * libm::sinh(y))
    }
}

/// sin πx and cos πx; x is reduced exactly.
pub fn sincos_pi(x: f64) -> (f64, f64) {
    let near = libm::rint(x);
    let (sin, cos) = libm::sincos(std::f64::consts::PI * (x - near));
    if near % 2.0 == 0.0 { (sin, cos) } else { (-sin, -cos) }
}

impl Add for Complex {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        complex(self.re + other.re, self.im + other.im)
    }
}

impl Sub for Complex {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        complex(self.re - other.re, self.im - other.im)
    }
}

impl Neg for Complex {
    type Output = Self;
    fn neg(self) -> Self {
        complex(-self.re, -self.im)
    }
}

impl Mul for Complex {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        complex(self.re * other.re - self.im * other.im, self.re * other.im + self.im * other.re)
    }
}

/// By Smith's method: no overflow on the way to a quotient that has none.
impl Div for Complex {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        if other.im == 0.0 {
            return complex(self.re / other.re, self.im / other.re);
        }
        if other.re.abs() >= other.im.abs() {
            let ratio = other.im / other.re;
            let below = other.re + other.im * ratio;
            complex((self.re + self.im * ratio) / below, (self.im - self.re * ratio) / below)
        } else {
            let ratio = other.re / other.im;
            let below = other.re * ratio + other.im;
            complex((self.re * ratio + self.im) / below, (self.im * ratio - self.re) / below)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotient_times_its_divisor_is_the_dividend_at_any_size() {
        for (a, b) in [
            (complex(1.0, 2.0), complex(3.0, -4.0)),
            (complex(1e200, -2e200), complex(1e199, 1e201)),
            (complex(1e-300, 0.0), complex(0.0, 1e-300)),
            (complex(5.0, -1.0), complex(-1e-200, 0.0)),
        ] {
            let back = a / b * b;
            assert!((back - a).abs() <= 4e-16 * a.abs(), "{a:?} / {b:?}: {back:?}");
        }
    }

    #[test]
    fn the_sine_is_exact_at_whole_and_half_numbers() {
        for n in [-7.0, 0.0, 3.0, 1e15] {
            assert_eq!(complex(n, 0.0).sin_pi(), Complex::ZERO);
        }
        assert_eq!(sincos_pi(-20.5).0, -1.0);
        assert_eq!(sincos_pi(2.5).0, 1.0);
    }

    #[test]
    fn the_exponential_and_the_logarithm_are_inverse() {
        for z in [complex(0.3, 2.0), complex(-5.0, -3.0), complex(40.0, 0.1)] {
            assert!((z.exp().ln() - z).abs() < 1e-14, "{z:?}");
        }
    }
}
