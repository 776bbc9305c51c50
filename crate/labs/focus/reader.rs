//! What one reader makes of one text: a weight for every key, and what a needle among them gets.

use super::settings::{Reader, Settings};
use crate::math::concentration::{decay, guests, kernel::Kernel, row::Row};

/// A text as one reader reads it.
pub struct Read {
    pub row: Row,
    /// The share of the needle, were it there.
    pub needle: f64,
}

/// Means are of many texts: nothing is kept but sums.
pub fn read(settings: &Settings, reader: Reader, keys: &[f32]) -> Read {
    let n = keys.len() as f64;
    let scale = reader.scale(n);
    let (gamma, margin) = (settings.gamma * scale, settings.margin * scale);
    let scores = keys.iter().map(move |e| gamma * f64::from(*e));
    match reader {
        Reader::Exp | Reader::Logn => {
            let row = Row::of_scores(scores.clone());
            let most = scores.fold(f64::NEG_INFINITY, f64::max);
            // Both over the larger of the two.
            let top = most.max(margin);
            let own = libm::exp(margin - top);
            Read { row, needle: own / (own + row.sum * libm::exp(most - top)) }
        }
        Reader::Relu2 | Reader::Relu | Reader::Identity | Reader::Elu1 | Reader::Softplus => {
            let kernel = reader.kernel().unwrap_or(Kernel::Identity);
            let row = Row::of(scores.map(|x| kernel.at(settings.beta + x)));
            let own = kernel.at(settings.beta + margin).abs();
            Read { row, needle: if own > 0.0 { own / (own + row.sum) } else { 0.0 } }
        }
        Reader::Decay => {
            let row = Row::of((0..keys.len()).map(|back| libm::pow(settings.lambda, back as f64)));
            Read { row, needle: decay::share(settings.lambda, n + 1.0, n) }
        }
        Reader::Topk => {
            let scores: Vec<f64> = scores.collect();
            let seen = guests::largest(&scores, settings.k);
            let row = Row::of_scores(padded(&seen, keys.len()));
            let others = if seen.len() < settings.k { &seen[..] } else { &seen[..settings.k - 1] };
            let is_seen = seen.len() < settings.k || seen.last().is_some_and(|bar| margin > *bar);
            let with: f64 = others.iter().map(|x| libm::exp(x - margin)).sum();
            Read { row, needle: if is_seen { 1.0 / (1.0 + with) } else { 0.0 } }
        }
        Reader::Entmax => {
            let mut scores: Vec<f64> = scores.collect();
            let bar = guests::entmax_bar(&scores);
            let row = Row::of(scores.iter().map(|x| guests::entmax(*x, bar)));
            scores.push(margin);
            let bar = guests::entmax_bar(&scores);
            Read { row, needle: guests::entmax(margin, bar) }
        }
    }
}

/// Scores that are seen, and those that are not: e to the −∞.
fn padded(seen: &[f64], n: usize) -> impl Iterator<Item = f64> + Clone {
    // Not −∞ itself: its product with a weight of zero would be no number.
    seen.iter().copied().chain(std::iter::repeat_n(-1e300, n - seen.len()))
}

/// The weight of every key in the order of the text, not negative; they need not sum to one.
pub fn weights(settings: &Settings, reader: Reader, keys: &[f32]) -> Vec<f64> {
    let n = keys.len();
    let gamma = settings.gamma * reader.scale(n as f64);
    let score = |e: &f32| gamma * f64::from(*e);
    let most = || keys.iter().map(score).fold(f64::NEG_INFINITY, f64::max);
    match reader {
        Reader::Exp | Reader::Logn => {
            let most = most();
            keys.iter().map(|e| libm::exp(score(e) - most)).collect()
        }
        Reader::Relu2 | Reader::Relu | Reader::Identity | Reader::Elu1 | Reader::Softplus => {
            let kernel = reader.kernel().unwrap_or(Kernel::Identity);
            keys.iter().map(|e| kernel.at(settings.beta + score(e)).abs()).collect()
        }
        Reader::Decay => (0..n).map(|i| libm::pow(settings.lambda, (n - 1 - i) as f64)).collect(),
        Reader::Topk => {
            let scores: Vec<f64> = keys.iter().map(score).collect();
            let (bar, most) = (guests::top_k_bar(&scores, settings.k), most());
            scores.iter().map(|x| if *x >= bar { libm::exp(x - most) } else { 0.0 }).collect()
        }
        Reader::Entmax => {
            let scores: Vec<f64> = keys.iter().map(score).collect();
            let bar = guests::entmax_bar(&scores);
            scores.iter().map(|x| guests::entmax(*x, bar)).collect()
        }
    }
}
