//! A random attention head that any language can draw: what the tests of the measures agree on with numpy.

use super::splitmix::SplitMix64;

/// Uniform causal attention, [n, n]: row i is 1/(i + 1) up to the diagonal.
pub fn uniform_causal(n: usize) -> Vec<f32> {
    let weight = |i: usize, j: usize| if j <= i { 1.0 / (i + 1) as f32 } else { 0.0 };
    (0..n * n).map(|k| weight(k / n, k % n)).collect()
}

/// Queries and keys of standard normals.
pub struct RandomHead {
    n: usize,
    width: usize,
    q: Vec<f64>,
    k: Vec<f64>,
}

impl RandomHead {
    pub fn new(seed: u64, n: usize, width: usize) -> Self {
        let mut random = SplitMix64::new(seed);
        let mut draw = || (0..n * width).map(|_| random.normal()).collect();
        let (q, k) = (draw(), draw());
        Self { n, width, q, k }
    }

    /// gain · q·k/√width, [n, n].
    pub fn scores(&self, gain: f64) -> Vec<f64> {
        let Self { n, width, q, k } = self;
        let dot = |i: usize, j: usize| -> f64 {
            let (q, k) = (&q[i * width..(i + 1) * width], &k[j * width..(j + 1) * width]);
            q.iter().zip(k).map(|(q, k)| q * k).sum()
        };
        (0..n * n).map(|c| gain * dot(c / n, c % n) / (*width as f64).sqrt()).collect()
    }

    /// Softmax of the scores over the cells that are `seen`, [n, n].
    pub fn weights(&self, gain: f64, seen: fn(usize, usize) -> bool) -> Vec<f64> {
        let row = |(i, scores): (usize, &[f64])| {
            let exp = |(j, s): (usize, &f64)| if seen(i, j) { s.exp() } else { 0.0 };
            let exps: Vec<f64> = scores.iter().enumerate().map(exp).collect();
            let sum: f64 = exps.iter().sum();
            exps.into_iter().map(move |e| e / sum)
        };
        self.scores(gain).chunks_exact(self.n).enumerate().flat_map(row).collect()
    }

    pub fn causal(&self, gain: f64) -> Vec<f64> {
        self.weights(gain, |i, j| j <= i)
    }
}
