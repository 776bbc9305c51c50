//! The four terms of (q + a)ᵀ R (k + b), for vectors of d numbers of which two neighbours are a pair that is turned.

/// A vector of length `length` that has the same share in every pair, each at `angle` from its first axis. [d]
pub fn spread(length: f64, angle: f64, d: usize) -> Vec<f64> {
    let share = length * (2.0 / d as f64).sqrt();
    let (x, y) = (share * libm::cos(angle), share * libm::sin(angle));
    (0..d / 2).flat_map(|_| [x, y]).collect()
}

/// `x` with every pair turned by `place` times its frequency.
pub fn turned(frequencies: &[f64], place: f64, x: &[f64]) -> Vec<f64> {
    let pairs = frequencies.iter().zip(x.chunks_exact(2));
    pairs
        .flat_map(|(theta, pair)| {
            let (sin, cos) = (libm::sin(place * theta), libm::cos(place * theta));
            [pair[0] * cos - pair[1] * sin, pair[0] * sin + pair[1] * cos]
        })
        .collect()
}

pub fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

/// x + y.
pub fn biased(x: &[f64], y: &[f64]) -> Vec<f64> {
    x.iter().zip(y).map(|(x, y)| x + y).collect()
}

/// qᵀRk, aᵀRk, qᵀRb and aᵀRb for a key `distance` places back.
pub fn four(frequencies: &[f64], distance: f64, [q, a]: [&[f64]; 2], [k, b]: [&[f64]; 2]) -> [f64; 4] {
    let (k, b) = (turned(frequencies, -distance, k), turned(frequencies, -distance, b));
    [dot(q, &k), dot(a, &k), dot(q, &b), dot(a, &b)]
}
