//! How wide a window scores leave open: the share of the nearest keys and the entropy, for texts of any length.

/// e to the scores, in shares.
pub fn softmax(scores: &[f64]) -> Vec<f64> {
    let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut shares: Vec<f64> = scores.iter().map(|s| libm::exp(s - most)).collect();
    let sum: f64 = shares.iter().sum();
    shares.iter_mut().for_each(|share| *share /= sum);
    shares
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// The share of the nearest keys.
    pub mass: f64,
    /// In nats.
    pub entropy: f64,
}

/// Of scores by distance, and of them multiplied by `scale`: what the nearest `near` of n keys get, and the entropy, for each n of
/// `lengths`, which rise.
pub fn growth(scores: &[f64], near: usize, lengths: &[(usize, f64)]) -> Vec<Window> {
    // One scale for all lengths needs one pass.
    let mut all = Vec::with_capacity(lengths.len());
    let mut pass = Pass::new(f64::NAN, near);
    for (n, scale) in lengths {
        if pass.scale != *scale {
            pass = Pass::new(*scale, near);
        }
        pass.read(&scores[..*n]);
        all.push(pass.window());
    }
    all
}

/// Sums over the keys that have been read: of e^s and of s e^s, relative to the largest s.
struct Pass {
    scale: f64,
    near: usize,
    count: usize,
    most: f64,
    sum: f64,
    weighted: f64,
    inside: f64,
}

impl Pass {
    fn new(scale: f64, near: usize) -> Self {
        Self { scale, near, count: 0, most: f64::NEG_INFINITY, sum: 0.0, weighted: 0.0, inside: 0.0 }
    }

    fn read(&mut self, scores: &[f64]) {
        for score in &scores[self.count..] {
            let s = score * self.scale;
            let near = self.count < self.near;
            self.count += 1;
            if s == f64::NEG_INFINITY {
                continue;
            }
            if s > self.most {
                let shrink = libm::exp(self.most - s);
                // Σ (s − most) e^(s − most) moves with the largest.
                let moved = if self.sum > 0.0 { (self.most - s) * self.sum } else { 0.0 };
                self.weighted = (self.weighted + moved) * shrink;
                self.sum *= shrink;
                self.inside *= shrink;
                self.most = s;
            }
            let weight = libm::exp(s - self.most);
            self.sum += weight;
            self.weighted += (s - self.most) * weight;
            if near {
                self.inside += weight;
            }
        }
    }

    fn window(&self) -> Window {
        Window { mass: self.inside / self.sum, entropy: libm::log(self.sum) - self.weighted / self.sum }
    }
}

/// The scores of weights (1 + k)^(−p), k = 0 … n − 1.
pub fn power_law(p: f64, n: usize) -> Vec<f64> {
    (0..n).map(|k| -p * libm::log1p(k as f64)).collect()
}

/// Of weights e^(−slope k), n keys, in closed form.
pub fn geometric(slope: f64, near: usize, n: usize) -> Window {
    if slope == 0.0 {
        return level(near, n);
    }
    let (near, n) = (near.min(n) as f64, n as f64);
    let all = -libm::expm1(-slope * n);
    let far = libm::exp(-slope * n);
    // The mean distance of a geometric law that ends after n.
    let ratio = 1.0 / libm::expm1(slope);
    let mean = ratio - n * far / all;
    let sum = all / -libm::expm1(-slope);
    Window { mass: -libm::expm1(-slope * near) / all, entropy: libm::log(sum) + slope * mean }
}

/// Of `n` keys that share alike.
pub fn level(near: usize, n: usize) -> Window {
    let near = near.min(n);
    Window { mass: near as f64 / n as f64, entropy: libm::log(n as f64) }
}

/// The slope of a straight line through points (x, y) by least squares.
pub fn slope(points: impl Iterator<Item = (f64, f64)> + Clone) -> f64 {
    let count = points.clone().count() as f64;
    let (x, y) = points.clone().fold((0.0, 0.0), |(x, y), (u, v)| (x + u / count, y + v / count));
    let (mut xx, mut xy) = (0.0, 0.0);
    for (u, v) in points {
        xx += (u - x) * (u - x);
        xy += (u - x) * (v - y);
    }
    xy / xx
}
