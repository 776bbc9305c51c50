//! The four terms at every distance, for several queries that read the same keys.

use super::{terms::dot, turning::Turning};

/// Queries and keys: each number is `mean` and a deviation.
pub struct Text<'a> {
    pub d: usize,
    pub mean: f64,
    /// What drawn numbers are multiplied by.
    pub spread: f64,
    /// [queries, d]
    pub queries: &'a [f32],
    /// The newest first. [n, d]
    pub keys: &'a [f32],
}

impl Text<'_> {
    fn vector(&self, drawn: &[f32]) -> Vec<f64> {
        drawn.iter().map(|z| self.mean + self.spread * f64::from(*z)).collect()
    }

    pub fn query(&self, i: usize) -> Vec<f64> {
        self.vector(&self.queries[i * self.d..(i + 1) * self.d])
    }

    pub fn key(&self, k: usize) -> Vec<f64> {
        self.vector(&self.keys[k * self.d..(k + 1) * self.d])
    }
}

/// The terms of one key, divided by √d.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Terms {
    /// qᵀRk, aᵀRk, qᵀRb and aᵀRb as the first query has them.
    pub first: [f64; 4],
    /// Means over the queries.
    pub mean: [f64; 4],
    /// Means of their squares over the queries.
    pub squares: [f64; 4],
}

/// Of each key, the newest first.
pub fn stack(turning: &Turning, text: &Text<'_>, a: &[f64], b: &[f64]) -> Vec<Terms> {
    let d = text.d;
    let root = (d as f64).sqrt();
    let queries: Vec<Vec<f64>> = (0..text.queries.len() / d).map(|i| text.query(i)).collect();
    let steps: Vec<[f64; 2]> =
        turning.frequencies.iter().map(|theta| [libm::cos(*theta), libm::sin(*theta)]).collect();
    let mut phasors = vec![[1.0, 0.0]; d / 2];
    let (mut key, mut bias) = (vec![0.0; d], vec![0.0; d]);
    (0..text.keys.len() / d)
        .map(|k| {
            let distance = k.min(turning.held);
            if k > 0 && distance == k {
                advance(&mut phasors, &steps, &turning.frequencies, k);
            }
            back(&phasors, &text.key(k), &mut key);
            back(&phasors, b, &mut bias);
            let (second, fourth) = (dot(a, &key) / root, dot(a, &bias) / root);
            let mut terms = Terms::default();
            for (i, query) in queries.iter().enumerate() {
                let four = [dot(query, &key) / root, second, dot(query, &bias) / root, fourth];
                if i == 0 {
                    terms.first = four;
                }
                for (j, term) in four.into_iter().enumerate() {
                    terms.mean[j] += term / queries.len() as f64;
                    terms.squares[j] += term * term / queries.len() as f64;
                }
            }
            terms
        })
        .collect()
}

/// To distance `k` from the one before; set right every so often.
fn advance(phasors: &mut [[f64; 2]], steps: &[[f64; 2]], frequencies: &[f64], k: usize) {
    for ((phasor, step), theta) in phasors.iter_mut().zip(steps).zip(frequencies) {
        let [cos, sin] = *phasor;
        *phasor = if k.is_multiple_of(128) {
            [libm::cos(k as f64 * theta), libm::sin(k as f64 * theta)]
        } else {
            [cos * step[0] - sin * step[1], sin * step[0] + cos * step[1]]
        };
    }
}

/// `x` with every pair turned back.
fn back(phasors: &[[f64; 2]], x: &[f64], out: &mut [f64]) {
    for ((phasor, pair), out) in phasors.iter().zip(x.chunks_exact(2)).zip(out.chunks_exact_mut(2)) {
        let [cos, sin] = *phasor;
        out[0] = pair[0] * cos + pair[1] * sin;
        out[1] = pair[1] * cos - pair[0] * sin;
    }
}
