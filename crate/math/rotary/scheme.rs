//! Schemes of position: what each adds to the score of a key that stands k places back, and the score of a query and a key.

use super::{
    terms::{biased, dot, turned},
    turning::{Training, Trick, Turning},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// RoPE with a bias of query and key: the fourth term. <https://kexue.fm/archives/9577>.
    Bias,
    /// −slope · k. Press et al. 2021, <https://arxiv.org/abs/2108.12409>.
    Alibi,
    /// −r₁ ln(1 + r₂ k), here with r₁ = c/ln base and r₂ = 1. Chi et al. 2022, <https://arxiv.org/abs/2205.09921>.
    Kerple,
    /// The inner product of two sinusoidal places. Chi et al. 2022, <https://arxiv.org/abs/2212.10356>.
    Sandwich,
    /// Nothing is seen beyond a width.
    Window,
    /// No places at all.
    Nope,
}

impl Scheme {
    pub const ALL: [Self; 6] =
        [Self::Bias, Self::Alibi, Self::Kerple, Self::Sandwich, Self::Window, Self::Nope];
}

/// How strong they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strength {
    /// The fourth term at distance 0, divided by √d: what multiplies g(k).
    pub c: f64,
    /// The angle from a to b in every pair.
    pub angle: f64,
    /// ALiBi's.
    pub slope: f64,
    /// The hard window's.
    pub width: usize,
    pub base: f64,
}

impl Strength {
    /// p of the weights k^(−p) that a logarithm of this strength makes.
    pub fn power(&self) -> f64 {
        self.c / libm::log(self.base)
    }

    /// What `scheme` adds to the score of keys k = 0, 1, …, `count` − 1 places back; −∞ where nothing is seen.
    pub fn by_distance(
        &self,
        scheme: Scheme,
        turning: &Turning,
        training: &Training,
        count: usize,
    ) -> Vec<f64> {
        let each = |of: &dyn Fn(f64) -> f64| (0..count).map(|k| of(k as f64)).collect();
        match scheme {
            Scheme::Bias => scaled(turning.waves(self.angle, count), self.c),
            Scheme::Alibi => each(&|k| -self.slope * k),
            Scheme::Kerple => each(&|k| -self.power() * libm::log1p(k)),
            Scheme::Sandwich => scaled(Turning::of(Trick::Plain, training).waves(0.0, count), self.c),
            Scheme::Window => each(&|k| if k < self.width as f64 { 0.0 } else { f64::NEG_INFINITY }),
            Scheme::Nope => vec![0.0; count],
        }
    }

    /// The score of a query at place `m` and a key at `n` ≤ m, of d numbers each, in a text that is `m` + 1 long or shifted.
    pub fn score(
        &self,
        scheme: Scheme,
        turning: &Turning,
        training: &Training,
        (query, m): (&[f64], usize),
        (key, n): (&[f64], usize),
    ) -> f64 {
        let root = (query.len() as f64).sqrt();
        let plain = dot(query, key) / root;
        let k = (m - n) as f64;
        match scheme {
            Scheme::Bias => {
                let [a, b] = self.vectors(query.len());
                let (query, key) = (biased(query, &a), biased(key, &b));
                let (m, n) = if m - n > turning.held { (turning.held, 0) } else { (m, n) };
                let turned = |x: &[f64], place: usize| turned(&turning.frequencies, place as f64, x);
                dot(&turned(&query, m), &turned(&key, n)) / root
            }
            Scheme::Alibi => plain - self.slope * k,
            Scheme::Kerple => plain - self.power() * libm::log1p(k),
            Scheme::Sandwich => {
                let pairs = training.pairs;
                let place = |at: usize| -> Vec<f64> {
                    let angle = |i: usize| at as f64 * training.frequency(i);
                    (0..pairs).flat_map(|i| [libm::sin(angle(i)), libm::cos(angle(i))]).collect()
                };
                plain + self.c * dot(&place(m), &place(n)) / pairs as f64
            }
            Scheme::Window if m - n >= self.width => f64::NEG_INFINITY,
            Scheme::Window | Scheme::Nope => plain,
        }
    }

    /// The biases a and b of equal length whose fourth term, divided by √d, begins with c cos φ.
    pub fn vectors(&self, d: usize) -> [Vec<f64>; 2] {
        let length = (self.c * (d as f64).sqrt()).sqrt();
        [super::terms::spread(length, 0.0, d), super::terms::spread(length, self.angle, d)]
    }
}

fn scaled(mut all: Vec<f64>, by: f64) -> Vec<f64> {
    all.iter_mut().for_each(|x| *x *= by);
    all
}
