//! What one trained network says of held-out texts eight times as long as those that it learnt from, place by place, and where its heads
//! look.

use serde::{Deserialize, Serialize};

use crate::attention::{
    mixing::{Kernel, Mixing, Sight},
    position::Position,
};
use crate::fused::rotary::Turns;
use crate::math::rotary::turning::{Training, Trick, Turning};
use crate::train::small::reader::{Network, STRETCH, marks};

/// Base of the rotations that the networks learn with.
const BASE: f64 = 10_000.0;
/// Numbers kept of a distance for the four terms: their sums, the sum of the first three's squares, and how many pairs.
pub const KEPT: usize = 6;

/// Sums over the texts that were read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Texts that were read.
    pub texts: usize,
    /// Surprise and rightness by place. [T, 2]
    pub by_place: Vec<[f64; 2]>,
    /// Attention by distance, means over the rows of the second half of a text. [L, H, T/2]
    pub looks: Vec<f64>,
    /// The four terms by distance within the length of training, of networks that have biases. [L, H, distances, KEPT]
    pub terms: Vec<f64>,
}

/// A network, its weights, and what it is read with.
pub struct Trained {
    pub network: Network,
    pub weights: Vec<f32>,
    pub mixing: Mixing,
}

impl Trained {
    pub fn new(network: Network, weights: Vec<f32>, trick: Trick, stretch: f64, width: usize) -> Self {
        let length = network.config.context;
        let training =
            Training { pairs: network.config.head_width() / 2, base: BASE, length, stretch, width };
        let mut mixing = network.mixing();
        if network.scheme.turns() && trick != Trick::Plain {
            mixing.position = Position::Stretched(Turning::of(trick, &training).into());
        }
        Self { network, weights, mixing }
    }

    /// How long a text is that it is read with.
    pub fn length(&self) -> usize {
        STRETCH * self.network.config.context
    }

    pub fn nothing(&self) -> Reading {
        let (t, config) = (self.length(), &self.network.config);
        let heads = config.layers * config.heads;
        let terms = if self.has_biases() { heads * config.context * KEPT } else { 0 };
        Reading {
            texts: 0,
            by_place: vec![[0.0; 2]; t],
            looks: vec![0.0; heads * (t / 2)],
            terms: vec![0.0; terms],
        }
    }

    /// Whether `reading` could be one of it.
    pub fn fits(&self, reading: &Reading) -> bool {
        let none = self.nothing();
        let finite = |all: &[f64]| all.iter().all(|x| x.is_finite());
        reading.by_place.len() == none.by_place.len()
            && reading.looks.len() == none.looks.len()
            && reading.terms.len() == none.terms.len()
            && finite(reading.by_place.as_flattened())
            && finite(&reading.looks)
            && finite(&reading.terms)
    }

    fn has_biases(&self) -> bool {
        (0..self.network.config.layers)
            .any(|l| self.network.biases(&self.weights, l).into_iter().flatten().any(|x| *x != 0.0))
    }

    /// Reads a text of one character more than [`length`](Self::length).
    pub fn read(&self, text: &[usize]) -> Reading {
        let mut into = self.nothing();
        let (t, config) = (self.length(), &self.network.config);
        let answer = self.network.answer(&self.mixing, &self.weights, &text[..t], t);
        let marked = marks(&answer.logits, &text[1..=t], config.vocabulary.len());
        for (sum, (loss, right)) in into.by_place.iter_mut().zip(marked) {
            sum[0] += loss;
            sum[1] += f64::from(u8::from(right));
        }
        let half = t / 2;
        let maps = answer.maps.iter().flat_map(|layer| layer.chunks_exact(t * t));
        for (map, looks) in maps.zip(into.looks.chunks_exact_mut(half)) {
            for (i, row) in map.chunks_exact(t).enumerate().skip(half) {
                let back = row[..=i].iter().rev();
                looks.iter_mut().zip(back).for_each(|(sum, w)| *sum += f64::from(*w) / half as f64);
            }
        }
        if !into.terms.is_empty() {
            self.four(&text[..config.context], &mut into.terms);
        }
        into.texts = 1;
        into
    }

    /// The four terms of all pairs of a text as long as those of training, turned as they were then.
    fn four(&self, text: &[usize], sums: &mut [f64]) {
        let config = &self.network.config;
        let (t, d, dh) = (config.context, config.width, config.head_width());
        let plain = Mixing { kernel: Kernel::Softmax, sights: vec![Sight::Past], position: Position::Rotary };
        let heads = self.network.answer(&plain, &self.weights, text, t).heads;
        let pairs = dh / 2;
        let frequencies: Vec<f64> = (0..pairs).map(|i| libm::pow(BASE, -(i as f64) / pairs as f64)).collect();
        let turns = Turns::new(&frequencies, t);
        let root = (dh as f32).sqrt();
        for (l, qkv) in heads.iter().enumerate() {
            let biases = self.network.biases(&self.weights, l);
            for h in 0..config.heads {
                let sums = &mut sums[(l * config.heads + h) * t * KEPT..][..t * KEPT];
                // [q or k][with its bias taken away, the bias][place][dh]
                let parts: [[Vec<Vec<f32>>; 2]; 2] = std::array::from_fn(|which| {
                    let turned = |i: usize| {
                        let mut bias = biases[which][h * dh..][..dh].to_vec();
                        turns.turn(i, &mut bias, 1.0);
                        bias
                    };
                    let bias: Vec<Vec<f32>> = (0..t).map(turned).collect();
                    let bare = |i: usize| {
                        let whole = &qkv[i * 3 * d + which * d + h * dh..][..dh];
                        whole.iter().zip(&bias[i]).map(|(x, b)| x - b).collect()
                    };
                    [(0..t).map(bare).collect(), bias]
                });
                let [[q, a], [k, b]] = &parts;
                for i in 0..t {
                    for j in 0..=i {
                        let four = [(q, k), (a, k), (q, b), (a, b)].map(|(x, y)| {
                            let products = x[i].iter().zip(&y[j]).map(|(x, y)| x * y);
                            f64::from(products.sum::<f32>() / root)
                        });
                        let three: f64 = four[..3].iter().sum();
                        let kept = &mut sums[(i - j) * KEPT..][..KEPT];
                        let more = four.into_iter().chain([three * three, 1.0]);
                        kept.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
                    }
                }
            }
        }
    }
}

impl Reading {
    /// With what was read in `other`, of the same network: the sums of texts are added, so that it does not matter who reads which.
    pub fn add(&mut self, other: &Self) {
        self.texts += other.texts;
        let add = |sums: &mut [f64], more: &[f64]| sums.iter_mut().zip(more).for_each(|(sum, x)| *sum += x);
        add(self.by_place.as_flattened_mut(), other.by_place.as_flattened());
        add(&mut self.looks, &other.looks);
        add(&mut self.terms, &other.terms);
    }

    /// Means over the first `n` places: surprise, and the share that is said rightly.
    pub fn within(&self, n: usize) -> [f64; 2] {
        self.between(0..n)
    }

    pub fn between(&self, places: std::ops::Range<usize>) -> [f64; 2] {
        let count = (places.len() * self.texts) as f64;
        let mut sums = [0.0; 2];
        for both in &self.by_place[places] {
            sums[0] += both[0] / count;
            sums[1] += both[1] / count;
        }
        sums
    }

    /// Means of the four terms of head `head` of all at each distance, and how far the first three together stray around their mean.
    pub fn four(&self, head: usize, distances: usize) -> Vec<[f64; 5]> {
        let row = |kept: &[f64]| {
            let count = kept[KEPT - 1];
            let mean = |i: usize| kept[i] / count;
            let three = mean(0) + mean(1) + mean(2);
            let stray = (mean(4) - three * three).max(0.0).sqrt();
            [mean(0), mean(1), mean(2), mean(3), stray]
        };
        self.terms[head * distances * KEPT..][..distances * KEPT].chunks_exact(KEPT).map(row).collect()
    }

    /// By how much the fourth term falls from distance 0 to half the length of training, over how far the others stray together.
    pub fn drop(&self, head: usize, distances: usize) -> f64 {
        let all = self.four(head, distances);
        let half = &all[..=distances / 2];
        let stray = half.iter().map(|row| row[4] * row[4]).sum::<f64>() / half.len() as f64;
        (half[0][3] - half[half.len() - 1][3]) / stray.sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::gpt_config::GptConfig;
    use crate::train::small::reader::Scheme;

    /// The four terms of a pair are its score; only one pair stands furthest apart.
    #[test]
    fn four_terms_are_the_score_of_their_pair() {
        let vocabulary: Vec<char> = "abcdefg".chars().collect();
        let config =
            GptConfig { vocabulary, context: 12, width: 16, layers: 2, heads: 2, mlp: 8, tied: false };
        let network = Network::new(config, Scheme::Bias);
        let weights: Vec<f32> =
            (0..network.count()).map(|i| ((i * 7919 + 13) % 1009) as f32 / 504.5 - 1.0).collect();
        let trained = Trained::new(network, weights, Trick::Yarn, 8.0, 6);
        let text: Vec<usize> = (0..=trained.length()).map(|i| (i * i + 3 * i) % 7).collect();
        let reading = trained.read(&text);
        let plain = Mixing { kernel: Kernel::Softmax, sights: vec![Sight::Past], position: Position::Rotary };
        let heads = trained.network.answer(&plain, &trained.weights, &text[..12], 12).heads;
        for (l, qkv) in heads.iter().enumerate() {
            for h in 0..2 {
                let row = |at: usize, which: usize| &qkv[at * 48 + which * 16 + h * 8..][..8];
                let score: f32 =
                    row(11, 0).iter().zip(row(0, 1)).map(|(q, k)| q * k).sum::<f32>() / 8f32.sqrt();
                let kept = &reading.terms[((l * 2 + h) * 12 + 11) * KEPT..][..KEPT];
                assert_eq!(kept[5], 1.0);
                let sum: f64 = kept[..4].iter().sum();
                assert!(
                    (sum - f64::from(score)).abs() < 1e-4 * f64::from(score.abs()).max(1.0),
                    "{sum} {score}"
                );
                let four = reading.four(l * 2 + h, 12);
                assert!(four[3][4] > 0.0 && four[11][4] < 1e-3);
            }
        }
        assert!(trained.fits(&reading) && reading.drop(3, 12).is_finite());
        let inside = reading.looks[..48].iter().sum::<f64>();
        assert!(inside > 0.3 && inside < 1.0 + 1e-5, "{inside}");
    }
}
