//! Which character comes next: temperature, top-k, top-p, and chance that is an argument.
//!
//! By the Gumbel-max trick: argmax of logit/τ + g with g = −ln(−ln u) is a draw of softmax(logit/τ) (Maddison, Tarlow,
//! Minka 2014, section 2, <https://arxiv.org/abs/1411.0030>). The noise belongs to the character and its place in the
//! text, so that a small change of the logits or of the settings changes few choices.

use std::cmp::Ordering;

/// How a character is chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decoding {
    /// τ; 0, or so little that no noise is left: the likeliest.
    pub temperature: f64,
    /// Only the k likeliest; 0: all.
    pub top_k: usize,
    /// Only the likeliest that together have this probability.
    pub top_p: f64,
}

/// Below it the quotient of a logit, an f32, may be beyond all numbers, and from there on infinities are compared; just
/// above it the noise is lost in rounding already, so that nothing jumps here.
const COLDEST: f64 = f32::MIN_POSITIVE as f64;

impl Decoding {
    /// Whether chance has no say.
    pub fn is_greedy(&self) -> bool {
        self.temperature < COLDEST
    }
}

/// The character that `logits` [V] and `noise` [V], see [`gumbel`], lead to. Ties go to the earlier one.
pub fn chosen(logits: &[f32], noise: &[f64], decoding: &Decoding) -> usize {
    let allowed = allowed(logits, decoding);
    if decoding.is_greedy() {
        return allowed[0];
    }
    let score = |&token: &usize| f64::from(logits[token]) / decoding.temperature + noise[token];
    let first = |a: &usize, b: &usize| score(a).total_cmp(&score(b)).then(b.cmp(a));
    allowed.into_iter().max_by(first).expect("at least one is allowed")
}

/// How many of `tokens` stand: the first, and those after it that are what the `logits` before each and its noise lead to, up to one
/// that is not.
pub fn standing<'a>(
    tokens: &[usize],
    logits: impl IntoIterator<Item = &'a [f32]>,
    noise: &[Vec<f64>],
    decoding: &Decoding,
) -> usize {
    let choices = logits.into_iter().zip(noise).map(|(logits, noise)| chosen(logits, noise, decoding));
    1 + choices.zip(&tokens[1..]).take_while(|(chosen, token)| chosen == *token).count()
}

/// The characters that may be chosen, the likeliest first: of the top k, the smallest set whose probabilities,
/// renormalised, reach top p.
pub fn allowed(logits: &[f32], decoding: &Decoding) -> Vec<usize> {
    let mut order: Vec<usize> = (0..logits.len()).collect();
    order.sort_by(|&a, &b| match logits[b].total_cmp(&logits[a]) {
        Ordering::Equal => a.cmp(&b),
        other => other,
    });
    if decoding.is_greedy() {
        order.truncate(1);
    }
    if decoding.top_k > 0 {
        order.truncate(decoding.top_k);
    }
    if decoding.top_p < 1.0 {
        let highest = f64::from(logits[order[0]]);
        let weight = |&token: &usize| libm::exp((f64::from(logits[token]) - highest) / decoding.temperature);
        let sum: f64 = order.iter().map(weight).sum();
        let mut reached = 0.0;
        let enough = order.iter().position(|token| {
            reached += weight(token) / sum;
            reached >= decoding.top_p
        });
        order.truncate(enough.map_or(order.len(), |last| last + 1));
    }
    order
}

/// Gumbel noise of uniform numbers in (0, 1).
pub fn gumbel(uniforms: &[f64]) -> Vec<f64> {
    uniforms.iter().map(|u| -libm::log(-libm::log(*u))).collect()
}

/// −ln softmax(logits)[token], in nats.
pub fn surprisal(logits: &[f32], token: usize) -> f64 {
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f64 = logits.iter().map(|x| libm::exp(f64::from(x - highest))).sum();
    libm::log(sum) - f64::from(logits[token] - highest)
}

#[cfg(test)]
mod tests {
    use super::super::philox::{Stream, uniforms};
    use super::*;

    const PLAIN: Decoding = Decoding { temperature: 1.0, top_k: 0, top_p: 1.0 };

    fn noise(step: u32, count: usize) -> Vec<f64> {
        gumbel(&uniforms(3, Stream::Check, step, count))
    }

    #[test]
    fn the_settings_do_what_they_say() {
        let logits = [0.0, 3.0, 1.0, 3.0, 2.0]; // sorted: 0.392 0.392 0.144 0.053 0.019
        assert_eq!(allowed(&logits, &PLAIN), [1, 3, 4, 2, 0]);
        assert_eq!(allowed(&logits, &Decoding { top_k: 2, ..PLAIN }), [1, 3]);
        assert_eq!(allowed(&logits, &Decoding { top_p: 0.35, ..PLAIN }), [1]);
        assert_eq!(allowed(&logits, &Decoding { top_p: 0.85, ..PLAIN }), [1, 3, 4]);
        // Of the two that top-k leaves each has half.
        assert_eq!(allowed(&logits, &Decoding { top_k: 2, top_p: 0.5, ..PLAIN }), [1]);
        assert_eq!(allowed(&logits, &Decoding { top_k: 2, top_p: 0.55, ..PLAIN }), [1, 3]);
        // A hot distribution is flat: four of five are needed for 0.7.
        assert_eq!(allowed(&logits, &Decoding { temperature: 100.0, top_p: 0.7, ..PLAIN }).len(), 4);
        assert_eq!(chosen(&logits, &noise(0, 5), &Decoding { temperature: 0.0, ..PLAIN }), 1);
    }

    #[test]
    fn what_was_guessed_stands_up_to_the_first_mistake() {
        let logits: Vec<Vec<f32>> =
            (0..5).map(|at| (0..9).map(|t| ((t * 7 + at) % 5) as f32).collect()).collect();
        let noise: Vec<_> = (0..5).map(|at| noise(at, 9)).collect();
        let rule = Decoding { top_k: 6, ..PLAIN };
        let after = logits.iter().zip(&noise).map(|(logits, noise)| chosen(logits, noise, &rule));
        let right: Vec<usize> = std::iter::once(3).chain(after).collect();
        let count = |tokens: &[usize]| standing(tokens, logits.iter().map(Vec::as_slice), &noise, &rule);
        assert_eq!(count(&right), 6);
        assert_eq!(count(&right[..1]), 1);
        for wrong in 1..6 {
            let mut guessed = right.clone();
            guessed[wrong] = (guessed[wrong] + 1) % 9;
            assert_eq!(count(&guessed), wrong, "{guessed:?} for {right:?}");
        }
    }

    /// However little warmth, the likeliest character; above some the noise counts.
    #[test]
    fn a_tiny_temperature_is_greedy() {
        for scale in [1.0, 30.0, 1e-3, 1e30] {
            let logits = [2.0f32, -3.0, 2.5, 0.0].map(|x| x * scale);
            for temperature in
                [0.0, f64::from_bits(1), 1e-310, f64::MIN_POSITIVE, 1e-300, 1e-40, 1e-37, 1e-20]
            {
                for decoding in
                    [Decoding { temperature, ..PLAIN }, Decoding { temperature, top_p: 0.9, top_k: 3 }]
                {
                    let all = (0..20).map(|step| chosen(&logits, &noise(step, 4), &decoding));
                    assert!(all.into_iter().all(|token| token == 2), "{decoding:?} {scale}");
                }
            }
        }
    }

    /// The draws have the distribution that the temperature asks for.
    #[test]
    fn chance_follows_the_softmax() {
        let (logits, draws) = ([0.5f32, -0.5, 1.5, 0.0], 20_000u32);
        for temperature in [0.5, 1.0, 2.0] {
            let decoding = Decoding { temperature, ..PLAIN };
            let mut counts = [0.0; 4];
            (0..draws).for_each(|step| counts[chosen(&logits, &noise(step, 4), &decoding)] += 1.0);
            let weights = logits.map(|x| (f64::from(x) / temperature).exp());
            let sum: f64 = weights.iter().sum();
            for (count, weight) in counts.iter().zip(weights) {
                let p = weight / sum;
                // Five standard deviations of a binomial.
                let band = 5.0 * (p * (1.0 - p) / f64::from(draws)).sqrt();
                assert!((count / f64::from(draws) - p).abs() < band, "{count} of {draws} for {p}");
            }
        }
    }

    /// What the settings still allow is chosen as before.
    #[test]
    fn forbidding_others_leaves_the_choice() {
        for step in 0..200 {
            let logits: Vec<f32> =
                uniforms(5, Stream::Check, step, 30).iter().map(|u| 6.0 * *u as f32).collect();
            let noise = noise(step, 30);
            let free = chosen(&logits, &noise, &PLAIN);
            for decoding in [Decoding { top_k: 7, ..PLAIN }, Decoding { top_p: 0.6, ..PLAIN }] {
                let token = chosen(&logits, &noise, &decoding);
                let allowed = allowed(&logits, &decoding);
                assert!(allowed.contains(&token));
                assert!(!allowed.contains(&free) || token == free);
            }
        }
    }

    #[test]
    fn surprise_is_the_negative_logarithm_of_the_probability() {
        let logits = [2.0f32, 0.0, -1.0];
        let all: f64 = (0..3).map(|token| (-surprisal(&logits, token)).exp()).sum();
        assert!((all - 1.0).abs() < 1e-12);
        assert!((surprisal(&[0.0; 65], 7) - 65f64.ln()).abs() < 1e-12);
        assert_eq!(surprisal(&[1e4, 0.0], 0), 0.0);
    }
}
