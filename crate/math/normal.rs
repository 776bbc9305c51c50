//! Standard normal numbers by Box and Muller's transform of addressed uniforms.
//!
//! Box, Muller: "A note on the generation of random normal deviates" (1958). Everything runs in
//! f64 through the `libm` crate and is rounded to f32 at the end: the same bits on every target. (A square root is
//! rounded correctly by every processor.)

use super::philox::{Stream, uniform, words};

/// `count` draws of N(0, 1) at `(stream, step)` under `seed`. The i-th does not depend on `count`.
pub fn normals(seed: u64, stream: Stream, step: u32, count: usize) -> Vec<f32> {
    (0..count.div_ceil(4) as u64)
        .flat_map(|block| {
            let [a, b, c, d] = words(seed, stream, step, block).map(uniform);
            let ([x, y], [z, w]) = (pair(a, b), pair(c, d));
            [x, y, z, w]
        })
        .take(count)
        .collect()
}

/// Two independent normals from two uniforms in (0, 1).
pub fn pair(u1: f64, u2: f64) -> [f32; 2] {
    let radius = (-2.0 * libm::log(u1)).sqrt();
    // Both at once: the angle is brought into its octant once, and what comes out is what cos and sin give, to the bit.
    let (sine, cosine) = libm::sincos(std::f64::consts::TAU * u2);
    [(radius * cosine) as f32, (radius * sine) as f32]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::statistics::Moments;

    #[test]
    fn moments_are_those_of_the_standard_normal() {
        let n = 1 << 18;
        let draws = normals(1, Stream::Check, 0, n);
        let moments = Moments::of(draws.iter().map(|z| f64::from(*z)));
        let five_sigma = 5.0 / (n as f64).sqrt();
        assert!(moments.mean.abs() < five_sigma, "mean {}", moments.mean);
        // Var(z^2) = 2 for a normal z.
        let variance_band = five_sigma * 2f64.sqrt();
        assert!((moments.variance - 1.0).abs() < variance_band, "variance {}", moments.variance);
        let inside = draws.iter().filter(|z| z.abs() < 1.0).count() as f64 / n as f64;
        assert!((inside - 0.682_689_492_137).abs() < five_sigma * 0.466, "within one sigma {inside}");
    }

    /// Links hold what was drawn with a sine and a cosine of their own: of every angle that there is (each 61st here, and both ends).
    #[test]
    fn a_sine_and_a_cosine_at_once_are_the_same_bits() {
        let last = (1 << 24) - 1;
        for k in (0..1 << 24).step_by(61).chain([1, last - 1, last]) {
            let angle = std::f64::consts::TAU * uniform(k << 8);
            let bits = |(s, c): (f64, f64)| [s.to_bits(), c.to_bits()];
            assert_eq!(bits(libm::sincos(angle)), bits((libm::sin(angle), libm::cos(angle))), "{k}");
        }
    }

    #[test]
    fn neighbours_are_uncorrelated() {
        let n = 1 << 16;
        let z = normals(2, Stream::Check, 0, n + 1);
        let lag = z.windows(2).map(|w| f64::from(w[0] * w[1])).sum::<f64>() / n as f64;
        assert!(lag.abs() < 5.0 / (n as f64).sqrt(), "lag-one correlation {lag}");
    }
}
