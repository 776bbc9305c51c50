//! SplitMix64: a generator of ten lines that any language can write, for numbers that others are to reproduce digit by digit.
//!
//! Steele, Lea, Flood: "Fast splittable pseudorandom number generators" (2014), <https://doi.org/10.1145/2660193.2660195>. It is
//! consumed, not addressed: what a session draws comes from Philox unless its link asks for this.

pub struct SplitMix64(u64);

impl SplitMix64 {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// In (0, 1): (the upper 53 bits + 1/2) / 2^53.
    pub fn uniform(&mut self) -> f64 {
        ((self.word() >> 11) as f64 + 0.5) * 2f64.powi(-53)
    }

    /// N(0, 1) by Box and Muller, from two uniforms; the sine is thrown away.
    pub fn normal(&mut self) -> f64 {
        let (a, b) = (self.uniform(), self.uniform());
        (-2.0 * libm::log(a)).sqrt() * libm::cos(std::f64::consts::TAU * b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers of a Python program.
    #[test]
    fn the_generator_is_the_published_one() {
        let mut random = SplitMix64::new(42);
        let drawn = [(); 3].map(|()| random.word());
        assert_eq!(drawn, [13679457532755275413, 2949826092126892291, 5139283748462763858]);
        let mut random = SplitMix64::new(42);
        for expected in [0.7415648788, 0.1599103929, 0.2786011303] {
            assert!((random.uniform() - expected).abs() < 1e-10);
        }
        let mut random = SplitMix64::new(42);
        for expected in [0.4147197504, -0.8918862136, 1.7295930879] {
            assert!((random.normal() - expected).abs() < 1e-10);
        }
    }
}
