//! Rotary positions: Su et al. 2021, <https://arxiv.org/abs/2104.09864>, eq. 34.
//!
//! Number i of a head and number i + dh/2 are a pair, turned by an angle that grows with the place; the paper pairs neighbours.
//! On WebGPU (`gpu::gpt`) pairs lie as neighbours in memory, and are the same pairs.

/// Cosines and sines of every place by which the halves of a head's numbers are turned.
#[derive(Debug)]
pub struct Turns {
    /// [places, dh/2]
    cos: Vec<f32>,
    sin: Vec<f32>,
    half: usize,
}

impl Turns {
    /// Pair i turns by `frequencies`[i] from one of `places` to the next.
    pub fn new(frequencies: &[f64], places: usize) -> Self {
        let half = frequencies.len();
        let angle = |at: usize| (at / half) as f64 * frequencies[at % half];
        let [cos, sin] = [libm::cos, libm::sin]
            .map(|of: fn(f64) -> f64| (0..places * half).map(|at| of(angle(at)) as f32).collect());
        Self { cos, sin, half }
    }

    /// Turns the numbers of one head at `place`, by `way` 1, or back, by −1.
    pub fn turn(&self, place: usize, head: &mut [f32], way: f32) {
        let [cos, sin] = [&self.cos, &self.sin].map(|all| &all[place * self.half..][..self.half]);
        let (first, second) = head.split_at_mut(self.half);
        for ((a, b), (c, s)) in first.iter_mut().zip(second).zip(cos.iter().zip(sin)) {
            let s = way * s;
            (*a, *b) = (*a * c - *b * s, *b * c + *a * s);
        }
    }
}
