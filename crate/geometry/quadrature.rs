//! Gauss–Legendre quadrature.

/// Places in [0, 1] and weights that integrate polynomials up to degree 2n − 1 exactly.
pub fn gauss(n: usize) -> Vec<(f64, f64)> {
    let root = |i: usize| {
        let mut x = libm::cos(std::f64::consts::PI * (i as f64 + 0.75) / (n as f64 + 0.5));
        let mut slope = 1.0;
        // Newton's method on the Legendre polynomial, from a guess that is right to a few digits.
        for _ in 0..8 {
            let (mut before, mut now) = (1.0, x);
            for k in 2..=n {
                let k = k as f64;
                (before, now) = (now, ((2.0 * k - 1.0) * x * now - (k - 1.0) * before) / k);
            }
            slope = n as f64 * (x * now - before) / (x * x - 1.0);
            x -= now / slope;
        }
        ((1.0 - x) / 2.0, 1.0 / ((1.0 - x * x) * slope * slope))
    };
    (0..n).map(root).collect()
}

#[cfg(test)]
mod tests {
    use super::gauss;

    #[test]
    fn polynomials_are_integrated_exactly_up_to_their_degree() {
        for n in [2, 3, 5, 8, 16, 24] {
            for power in 0..2 * n {
                let sum: f64 = gauss(n).iter().map(|(x, w)| w * x.powi(power as i32)).sum();
                assert!((sum - 1.0 / (power + 1) as f64).abs() < 1e-14, "{n} places, x^{power}: {sum}");
            }
            let beyond: f64 = gauss(n).iter().map(|(x, w)| w * x.powi(2 * n as i32)).sum();
            assert!(n > 5 || (beyond - 1.0 / (2 * n + 1) as f64).abs() > 1e-9);
        }
    }
}
