//! Sums of two doubles: some 32 digits, where one double's rounding is what one wants to see.
//!
//! After Dekker, A floating-point technique for extending the available precision (1971). Without fused multiply-add, so
//! that a browser computes the same.

use std::ops::{Add, Div, Mul, Neg, Sub};

/// hi + lo, |lo| at most half a unit in hi's last place.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DoubleDouble {
    pub hi: f64,
    pub lo: f64,
}

/// Shorthand.
pub const fn dd(hi: f64, lo: f64) -> DoubleDouble {
    DoubleDouble { hi, lo }
}

pub const PI: DoubleDouble = dd(std::f64::consts::PI, 1.2246467991473532e-16);
pub const LN_2: DoubleDouble = dd(std::f64::consts::LN_2, 2.3190468138462996e-17);

/// a + b exactly.
pub fn two_sum(a: f64, b: f64) -> DoubleDouble {
    let sum = a + b;
    let of_b = sum - a;
    dd(sum, (a - (sum - of_b)) + (b - of_b))
}

/// a b exactly, where neither overflows when multiplied by 2²⁷.
pub fn two_product(a: f64, b: f64) -> DoubleDouble {
    let product = a * b;
    let ((ah, al), (bh, bl)) = (split(a), split(b));
    dd(product, ((ah * bh - product) + ah * bl + al * bh) + al * bl)
}

fn split(a: f64) -> (f64, f64) {
    let big = 134_217_729.0 * a;
    let high = big - (big - a);
    (high, a - high)
}

impl DoubleDouble {
    pub const ZERO: Self = dd(0.0, 0.0);
    pub const ONE: Self = dd(1.0, 0.0);

    pub fn value(self) -> f64 {
        self.hi + self.lo
    }

    /// By 2^n; exact.
    fn shifted(self, n: i32) -> Self {
        dd(libm::scalbn(self.hi, n), libm::scalbn(self.lo, n))
    }

    pub fn exp(self) -> Self {
        if self.hi < -700.0 {
            return dd(libm::exp(self.hi), 0.0);
        }
        let doublings = libm::rint(self.hi / LN_2.hi);
        let rest = (self - LN_2 * doublings).shifted(-8);
        // e^rest − 1 by its series, then squared eight times as (1 + s)² − 1 = 2 s + s².
        let (mut sum, mut term) = (rest, rest);
        for n in 2..=11 {
            term = term * rest / f64::from(n).into();
            sum = sum + term;
        }
        for _ in 0..8 {
            sum = sum + sum + sum * sum;
        }
        (sum + Self::ONE).shifted(doublings as i32)
    }

    /// To some 4e-19 of the value's own last place: the tail of the series is a double.
    pub fn ln(self) -> Self {
        let (mantissa, mut exponent) = libm::frexp(self.hi);
        if mantissa < std::f64::consts::FRAC_1_SQRT_2 {
            exponent -= 1;
        }
        let m = self.shifted(-exponent);
        // ln m = 2 artanh t, |t| ≤ 0.172.
        let t = (m - Self::ONE) / (m + Self::ONE);
        let square = t.hi * t.hi;
        let mut series = 0.0;
        for k in (1..=14).rev() {
            series = square * (1.0 / f64::from(2 * k + 1) + series);
        }
        LN_2 * f64::from(exponent) + (t + dd(t.hi * series, 0.0)) * 2.0
    }
}

impl From<f64> for DoubleDouble {
    fn from(value: f64) -> Self {
        dd(value, 0.0)
    }
}

/// hi and lo of a sum whose parts may overlap.
fn normal(hi: f64, lo: f64) -> DoubleDouble {
    let sum = hi + lo;
    dd(sum, lo - (sum - hi))
}

impl Add for DoubleDouble {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let (high, low) = (two_sum(self.hi, other.hi), two_sum(self.lo, other.lo));
        let first = normal(high.hi, high.lo + low.hi);
        normal(first.hi, first.lo + low.lo)
    }
}

impl Neg for DoubleDouble {
    type Output = Self;
    fn neg(self) -> Self {
        dd(-self.hi, -self.lo)
    }
}

impl Sub for DoubleDouble {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for DoubleDouble {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let product = two_product(self.hi, other.hi);
        normal(product.hi, product.lo + (self.hi * other.lo + self.lo * other.hi))
    }
}

impl Mul<f64> for DoubleDouble {
    type Output = Self;
    fn mul(self, other: f64) -> Self {
        let product = two_product(self.hi, other);
        normal(product.hi, product.lo + self.lo * other)
    }
}

impl Div for DoubleDouble {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        let first = self.hi / other.hi;
        let rest = self - other * first;
        let second = rest.hi / other.hi;
        let rest = rest - other * second;
        normal(first, second) + dd(rest.hi / other.hi, 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_product_are_all_of_it() {
        // (2⁵² + 1)² = 2¹⁰⁴ + 2⁵³ + 1
        let a = 4_503_599_627_370_497.0;
        let exact = (a as u128) * (a as u128);
        let product = two_product(a, a);
        assert_eq!(product.hi as u128 + product.lo as u128, exact);
    }

    /// e = 2.71828182845904523536028747135266249…, as mpmath gives it in two doubles.
    #[test]
    fn the_exponential_has_thirty_digits() {
        let e = dd(std::f64::consts::E, 1.4456468917292502e-16);
        let off = dd(1.0, 0.0).exp() - e;
        assert!(off.value().abs() < 1e-30, "{off:?}");
        let (a, b) = (dd(-3.25, 1e-18), dd(41.7, -1e-16));
        let off = (a.exp() * b.exp() - (a + b).exp()) / (a + b).exp();
        assert!(off.value().abs() < 1e-29, "{off:?}");
    }

    #[test]
    fn the_logarithm_undoes_it() {
        for a in [-2.0, 0.1, 0.69, 5.0, 300.0] {
            let off = dd(a, 0.0).exp().ln() - a.into();
            assert!(off.value().abs() < 1e-18, "{a}: {off:?}");
        }
    }
}
