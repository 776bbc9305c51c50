//! A random attention head that any language can draw: what the tests of the measures agree on with numpy.

/// Uniform causal attention, [n, n]: row i is 1/(i + 1) up to the diagonal.
pub fn uniform_causal(n: usize) -> Vec<f32> {
    let weight = |i: usize, j: usize| if j <= i { 1.0 / (i + 1) as f32 } else { 0.0 };
    (0..n * n).map(|k| weight(k / n, k % n)).collect()
}

/// Steele et al. 2014, <https://doi.org/10.1145/2660193.2660195>; the numbers of the test are a Python program's.
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn uniform(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) * 2f64.powi(-53)
    }

    /// Box-Muller; the sine is thrown away.
    fn normal(&mut self) -> f64 {
        let (a, b) = (self.uniform(), self.uniform());
        (-2.0 * a.ln()).sqrt() * (std::f64::consts::TAU * b).cos()
    }
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
        let mut random = SplitMix64(seed);
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

#[test]
fn the_generator_is_the_published_one() {
    let mut random = SplitMix64(42);
    let drawn = [(); 3].map(|()| random.next());
    assert_eq!(drawn, [13679457532755275413, 2949826092126892291, 5139283748462763858]);
    let mut random = SplitMix64(42);
    for expected in [0.4147197504, -0.8918862136, 1.7295930879] {
        assert!((random.normal() - expected).abs() < 1e-10);
    }
}
