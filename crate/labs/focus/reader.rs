//! What one reader makes of one text: a weight for every key, and what a needle among them gets.

use super::settings::{Reader, Settings};
use crate::math::concentration::{decay, guests, kernel::Kernel, row::Row};

/// A text as one reader reads it.
pub struct Read {
    pub row: Row,
    /// The share of the needle, were it there.
    pub needle: f64,
}

/// Reads `keys`, in the order of the text. Their weights, not negative, are put into `weights`; they need not sum to one.
pub fn read(settings: &Settings, reader: Reader, keys: &[f32], weights: &mut Vec<f64>) -> Read {
    let n = keys.len() as f64;
    let scale = reader.scale(n);
    let (gamma, margin) = (settings.gamma * scale, settings.margin * scale);
    let score = |e: &f32| gamma * f64::from(*e);
    weights.clear();
    match reader {
        Reader::Exp | Reader::Logn => {
            let most = score(&keys.iter().copied().fold(f32::NEG_INFINITY, f32::max));
            weights.extend(keys.iter().map(|e| libm::exp(score(e) - most)));
            let logs = keys.iter().map(|e| score(e) - most);
            let row = Row::with_logs(weights.iter().copied().zip(logs));
            Read { row, needle: share(margin, most, row.sum) }
        }
        Reader::Relu2 | Reader::Relu | Reader::Identity | Reader::Elu1 | Reader::Softplus => {
            let kernel = reader.kernel().unwrap_or(Kernel::Identity);
            weights.extend(keys.iter().map(|e| kernel.at(settings.beta + score(e)).abs()));
            let row = Row::of(weights.iter().copied());
            let own = kernel.at(settings.beta + margin).abs();
            Read { row, needle: if own > 0.0 { own / (own + row.sum) } else { 0.0 } }
        }
        Reader::Decay => {
            weights.extend(decay::weights(settings.lambda).take(keys.len()));
            weights.reverse();
            let ln = libm::log(settings.lambda.max(f64::MIN_POSITIVE));
            let back = (0..keys.len()).rev().map(|back| back as f64 * ln);
            let row = Row::with_logs(weights.iter().copied().zip(back));
            // It stands before all others.
            Read { row, needle: decay::share(settings.lambda, n + 1.0, n) }
        }
        Reader::Topk => {
            weights.extend(keys.iter().map(score));
            let seen = guests::largest(weights, settings.k);
            let (most, bar) = (seen[0], seen[seen.len() - 1]);
            weights.iter_mut().for_each(|x| *x = if *x >= bar { libm::exp(*x - most) } else { 0.0 });
            let row = Row::of(weights.iter().copied());
            let all = seen.len() < settings.k;
            let others = if all { &seen[..] } else { &seen[..settings.k - 1] };
            let sum: f64 = others.iter().map(|x| libm::exp(x - most)).sum();
            Read { row, needle: if all || margin > bar { share(margin, most, sum) } else { 0.0 } }
        }
        Reader::Entmax => {
            weights.extend(keys.iter().map(score));
            let [bar, with] = guests::entmax_bars(weights, margin);
            weights.iter_mut().for_each(|x| *x = guests::entmax(*x, bar));
            Read { row: Row::of(weights.iter().copied()), needle: guests::entmax(margin, with) }
        }
    }
}

/// The share of e^margin beside others, whose sum is measured by e^most.
fn share(margin: f64, most: f64, sum: f64) -> f64 {
    // Both over the larger of the two.
    let top = most.max(margin);
    let own = libm::exp(margin - top);
    own / (own + sum * libm::exp(most - top))
}
