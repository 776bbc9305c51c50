//! One key that matches, put among n keys of a trained head: what weight the head gives it, beside what theory's kernel gives one among n
//! Gaussian keys.
//!
//! A query of a place that counts reads n keys that the same head made of other texts, and one key more, which lies along the query and has
//! the score β + m: the mean score β of the others and a margin m, both of q · k/√d.

use crate::attention::mixing::Kernel;
use crate::math::{concentration::decay, statistics::Moments};
use crate::signal::normal;
use crate::train::small::transformer::Pupil;

/// Powers of two that n goes through, from 1.
pub const SIZES: usize = 10;
/// Queries that are asked, each of another text.
const QUERIES: usize = 12;

/// A trained head with the sums of what n of its keys weigh.
#[derive(Clone, Debug)]
pub struct Haystack {
    kernel: Kernel,
    queries: Vec<Straw>,
}

/// One query and the keys that it reads.
#[derive(Clone, Debug)]
struct Straw {
    /// Mean β and deviation γ of q · k/√d over all keys.
    beta: f64,
    gamma: f64,
    /// Σ a of the first 2, 4, 8, … keys.
    sums: [f64; SIZES],
    /// E a, were the scores Gaussian; of features, were each number of a key Gaussian.
    mean: f64,
    query: Vec<f32>,
}

impl Haystack {
    /// n number `i`.
    pub const fn size(i: usize) -> usize {
        2 << i
    }

    /// Of head `head` of layer `layer`, on texts that nothing is learnt from.
    pub fn of(pupil: &Pupil, weights: &[f32], layer: usize, head: usize) -> Self {
        let (sheet, kernel) = (pupil.held_out(), pupil.options.mixing.kernel);
        let (t, texts) = (sheet.length, sheet.texts());
        let (width, dh) = (pupil.config.width, pupil.config.head_width());
        let answer = pupil.answer(weights, &sheet.read, t);
        let part = |which: usize, at: usize| {
            &answer.heads[layer][at * 3 * width + which * width + head * dh..][..dh]
        };
        let straw = |text: usize| {
            let i = (0..t).rfind(|i| sheet.counted[text * t + i]).expect("every text has an answer");
            // Its own text has a key that matches; the others' are as far back as they may be.
            let places = (1..texts).flat_map(|far| (0..=i).map(move |j| (text + far) % texts * t + j));
            let keys: Vec<&[f32]> = places.take(Self::size(SIZES - 1)).map(|place| part(1, place)).collect();
            Straw::of(kernel, part(0, text * t + i), &keys)
        };
        Self { kernel, queries: (0..QUERIES.min(texts)).map(straw).collect() }
    }

    /// What the key of margin `margin` is given among n number `i`, and what theory gives it: means of all queries.
    pub fn weight(&self, i: usize, margin: f64) -> [f64; 2] {
        let mean = |of: fn(&Straw, Kernel, usize, f64) -> f64| {
            Moments::of(self.queries.iter().map(|straw| of(straw, self.kernel, i, margin))).mean
        };
        [mean(Straw::measured), mean(Straw::theory)]
    }

    /// The number of the largest n that is no more than `n`.
    pub fn within(n: usize) -> usize {
        (0..SIZES).rfind(|i| Self::size(*i) <= n).unwrap_or(0)
    }

    /// Mean γ of the queries.
    pub fn gamma(&self) -> f64 {
        Moments::of(self.queries.iter().map(|straw| straw.gamma)).mean
    }
}

impl Straw {
    fn of(kernel: Kernel, query: &[f32], keys: &[&[f32]]) -> Self {
        let scores: Vec<f64> = keys.iter().map(|key| dot(query, key) / root(query)).collect();
        let moments = Moments::of(scores.iter().copied());
        let (beta, gamma) = (moments.mean, moments.deviation());
        let weights: Vec<f64> = match kernel {
            Kernel::Softmax => scores.iter().map(|s| libm::exp(*s)).collect(),
            Kernel::Relu2 => scores.iter().map(|s| s.max(0.0).powi(2)).collect(),
            Kernel::Elu1 => keys.iter().map(|key| features(query, key)).collect(),
            // By distance, the nearest first.
            Kernel::Decay(lambda) => decay::weights(f64::from(lambda)).take(keys.len()).collect(),
        };
        let mean = match kernel {
            Kernel::Softmax => libm::exp(beta + gamma * gamma / 2.0),
            Kernel::Relu2 => {
                let z = beta / gamma;
                (beta * beta + gamma * gamma) * normal::below(z) + beta * gamma * normal::density(z)
            }
            Kernel::Elu1 => (0..query.len())
                .map(|c| {
                    let numbers = Moments::of(keys.iter().map(|key| f64::from(key[c])));
                    elu1(f64::from(query[c])) * elu1_of_a_gaussian(numbers.mean, numbers.deviation())
                })
                .sum(),
            Kernel::Decay(_) => f64::NAN,
        };
        let sums = std::array::from_fn(|i| {
            let n = Haystack::size(i);
            // Fewer keys than that are no answer.
            if n <= weights.len() { weights[..n].iter().sum() } else { f64::NAN }
        });
        Self { beta, gamma, sums, mean, query: query.to_vec() }
    }

    /// The key that lies along the query, by its score.
    fn needle(&self, score: f64) -> Vec<f32> {
        let scale = score * root(&self.query) / dot(&self.query, &self.query);
        self.query.iter().map(|q| (f64::from(*q) * scale) as f32).collect()
    }

    /// a of that key, among n number `i`.
    fn own(&self, kernel: Kernel, i: usize, margin: f64) -> f64 {
        let score = self.beta + margin;
        match kernel {
            Kernel::Softmax => libm::exp(score),
            Kernel::Relu2 => score.max(0.0).powi(2),
            Kernel::Elu1 => features(&self.query, &self.needle(score)),
            // At the beginning of the text, whatever it says.
            Kernel::Decay(lambda) => libm::pow(f64::from(lambda), Haystack::size(i) as f64),
        }
    }

    fn measured(&self, kernel: Kernel, i: usize, margin: f64) -> f64 {
        share(self.own(kernel, i, margin), self.sums[i])
    }

    fn theory(&self, kernel: Kernel, i: usize, margin: f64) -> f64 {
        let n = Haystack::size(i) as f64;
        match kernel {
            Kernel::Decay(lambda) => decay::share(f64::from(lambda), n + 1.0, n),
            Kernel::Softmax | Kernel::Relu2 | Kernel::Elu1 => {
                share(self.own(kernel, i, margin), n * self.mean)
            }
        }
    }
}

/// own/(own + others); nothing of nothing.
fn share(own: f64, others: f64) -> f64 {
    if own == 0.0 { 0.0 } else { own / (own + others) }
}

fn dot(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
}

fn root(query: &[f32]) -> f64 {
    (query.len() as f64).sqrt()
}

fn elu1(x: f64) -> f64 {
    if x > 0.0 { x + 1.0 } else { libm::exp(x) }
}

/// φ(q) · φ(k), φ = elu + 1.
fn features(query: &[f32], key: &[f32]) -> f64 {
    query.iter().zip(key).map(|(q, k)| elu1(f64::from(*q)) * elu1(f64::from(*k))).sum()
}

/// E φ(μ + σ e) for a standard normal e.
fn elu1_of_a_gaussian(mean: f64, deviation: f64) -> f64 {
    if deviation == 0.0 {
        return elu1(mean);
    }
    let z = mean / deviation;
    let above = (mean + 1.0) * normal::below(z) + deviation * normal::density(z);
    above + libm::exp(mean + deviation * deviation / 2.0) * normal::below(-z - deviation)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::{normal::normals, philox::Stream};

    const DH: usize = 32;

    fn drawn(count: usize) -> (Vec<f32>, Vec<f32>) {
        let numbers = normals(5, Stream::Heads, 0, DH * (count + 1));
        (numbers[..DH].to_vec(), numbers[DH..].to_vec())
    }

    /// A needle's share is what the operator that trained the network gives a key that is put among the others.
    #[test]
    fn a_needle_is_weighed_as_the_network_weighs() {
        let (query, keys) = drawn(1024);
        let keys: Vec<&[f32]> = keys.chunks_exact(DH).collect();
        for kernel in [Kernel::Softmax, Kernel::Relu2, Kernel::Elu1, Kernel::Decay(0.75)] {
            let straw = Straw::of(kernel, &query, &keys);
            for (i, margin) in [(0, 0.0), (2, 1.5), (5, 4.0)] {
                let n = Haystack::size(i);
                // The first of a text of n + 1.
                let needle = straw.needle(straw.beta + margin);
                let all = std::iter::once(&needle[..]).chain(keys[..n].iter().copied());
                let featured = |numbers: &[f32]| {
                    let mut numbers = numbers.to_vec();
                    kernel.features(&mut numbers);
                    numbers
                };
                let own = featured(&query);
                let mut scores: Vec<f32> =
                    all.map(|key| (dot(&own, &featured(key)) as f32) * kernel.scale(DH)).collect();
                kernel.weigh(&mut scores, n, &(0..n + 1));
                let measured = straw.measured(kernel, i, margin);
                let gap = (f64::from(scores[0]) - measured).abs();
                assert!(gap < 1e-5, "{kernel:?} {n} {margin}: {} {measured}", scores[0]);
            }
        }
    }

    /// What theory takes the mean of is a mean: keys that are Gaussian are weighed as it says.
    #[test]
    fn gaussian_keys_weigh_what_theory_says() {
        let (query, keys) = drawn(1024);
        let keys: Vec<&[f32]> = keys.chunks_exact(DH).collect();
        for kernel in [Kernel::Softmax, Kernel::Relu2, Kernel::Elu1] {
            let straw = Straw::of(kernel, &query, &keys);
            let mean = straw.sums[SIZES - 1] / 1024.0;
            // A thousand scores know the mean of e^s, whose deviation is some 1.3 means, to four percent: five of those.
            assert!((mean / straw.mean - 1.0).abs() < 0.2, "{kernel:?}: {mean} {}", straw.mean);
        }
        for (mean, deviation) in [(0.0, 1.0), (-2.0, 0.5), (1.5, 2.0)] {
            // Panels end where elu has its kink.
            let kink = -mean / deviation;
            let panels = (-200..200).flat_map(|k| {
                let low = kink + 0.08 * f64::from(k);
                normal::panel(low, low + 0.08)
            });
            let expected: f64 =
                panels.map(|(z, w)| w * normal::density(z) * elu1(mean + deviation * z)).sum();
            let known = elu1_of_a_gaussian(mean, deviation);
            assert!((expected - known).abs() < 1e-9, "{mean} {deviation}: {expected} {known}");
        }
    }
}
