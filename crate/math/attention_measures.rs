//! What one head's attention map says in numbers: how wide it reads, how far back, how many directions it keeps.
//!
//! A map is [T, T], row-major: row i holds what position i reads of the positions 0..=i and sums to one.

use super::spectrum::{EffectiveRanks, singular_values};

/// The numbers of one map. Means over rows, unless said otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeadMeasures {
    /// −Σ a ln a, in nats.
    pub entropy: f64,
    /// e to the entropy: never fewer than the effective tokens.
    pub entropy_tokens: f64,
    /// n S² = (Σ a)²/Σ a², which is e to the Rényi-2 entropy: between one and n.
    pub effective_tokens: f64,
    /// S = Σ|a| / (√n √Σ a²) for a row of n positions: 1 if flat, 1/√n if all lies on one.
    /// <https://kexue.fm/archives/9595>
    pub concentration: f64,
    /// Σ a (i − j): how many positions back the head reads.
    pub distance: f64,
    /// What the rows from the second on give to the first position: the attention sink. One, if there is one row.
    pub first: f64,
    /// See [`prefix_matching`].
    pub prefix: Option<f64>,
}

/// All measures of `map`, [T, T] with T ≥ 1, read on `tokens`, [T].
pub fn head_measures(map: &[f32], tokens: &[usize]) -> HeadMeasures {
    let n = tokens.len();
    assert_eq!(map.len(), n * n, "a map has a row and a column for each token");
    let over_rows = |of: fn(&[f32]) -> f64| rows(map).map(of).sum::<f64>() / n as f64;
    HeadMeasures {
        entropy: over_rows(entropy),
        entropy_tokens: over_rows(|row| entropy(row).exp()),
        effective_tokens: over_rows(effective_tokens),
        concentration: over_rows(concentration),
        distance: over_rows(distance),
        first: if n == 1 { 1.0 } else { mean(rows(map).skip(1).map(|row| f64::from(row[0]))) },
        prefix: prefix_matching(map, tokens, 0),
    }
}

/// The effective ranks of `map`, [T, T]. Costs T³.
pub fn effective_ranks(map: &[f32]) -> EffectiveRanks {
    let n = map.len().isqrt();
    EffectiveRanks::of(&singular_values(map, n, n))
}

/// Row i of `map` up to its diagonal: the i + 1 positions that it may read.
pub fn rows(map: &[f32]) -> impl Iterator<Item = &[f32]> {
    let n = map.len().isqrt();
    (0..n).map(move |i| &map[i * n..i * n + i + 1])
}

fn entropy(row: &[f32]) -> f64 {
    row.iter().map(|&a| f64::from(a)).filter(|&a| a > 0.0).map(|a| -a * a.ln()).sum()
}

/// (Σ a)² / Σ a².
pub fn effective_tokens(row: &[f32]) -> f64 {
    let (sum, squares) = row.iter().fold((0.0, 0.0), |(sum, squares), &a| {
        let a = f64::from(a);
        (sum + a.abs(), squares + a * a)
    });
    sum * sum / squares
}

/// S = √(effective tokens / n).
pub fn concentration(row: &[f32]) -> f64 {
    (effective_tokens(row) / row.len() as f64).sqrt()
}

fn distance(row: &[f32]) -> f64 {
    row.iter().rev().enumerate().map(|(back, &a)| back as f64 * f64::from(a)).sum()
}

/// The prefix-matching score of Olsson et al. 2022, <https://arxiv.org/abs/2209.11895>: what a position gives to the
/// one after the last earlier occurrence of its own token; the mean over the positions from `start` on that have such
/// an occurrence, `None` if none has.
pub fn prefix_matching(map: &[f32], tokens: &[usize], start: usize) -> Option<f64> {
    let read = |i: usize| {
        let before = tokens[..i].iter().rposition(|token| *token == tokens[i])?;
        Some(f64::from(map[i * tokens.len() + before + 1]))
    };
    let read: Vec<f64> = (start..tokens.len()).filter_map(read).collect();
    (!read.is_empty()).then(|| mean(read.iter().copied()))
}

/// The largest |Σ row − 1|; a number that is no number counts as infinitely far.
pub fn row_gap(map: &[f32]) -> f64 {
    largest(rows(map).map(|row| row.iter().map(|&a| f64::from(a)).sum::<f64>() - 1.0))
}

/// The largest |weight| above the diagonal, where a causal map has nothing.
pub fn above_diagonal(map: &[f32]) -> f64 {
    let n = map.len().isqrt();
    largest((0..n).flat_map(|i| map[i * n + i + 1..(i + 1) * n].iter().map(|&a| f64::from(a))))
}

fn largest(values: impl Iterator<Item = f64>) -> f64 {
    values.map(|x| if x.is_nan() { f64::INFINITY } else { x.abs() }).fold(0.0, f64::max)
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0), |(sum, count), value| (sum + value, count + 1));
    sum / f64::from(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::random_head::uniform_causal;

    fn close(value: f64, expected: f64, tolerance: f64) {
        assert!((value - expected).abs() <= tolerance * expected.abs(), "{value} against {expected}");
    }

    #[test]
    fn a_flat_head_has_its_closed_forms() {
        for n in [16, 64] {
            let measures = head_measures(&uniform_causal(n), &vec![0; n]);
            let rows = |of: fn(f64) -> f64| (1..=n).map(|i| of(i as f64)).sum::<f64>() / n as f64;
            // 1e-6: the map is f32.
            close(measures.entropy, rows(f64::ln), 1e-6);
            close(measures.entropy_tokens, rows(|i| i), 1e-6);
            close(measures.effective_tokens, rows(|i| i), 1e-6);
            close(measures.concentration, 1.0, 1e-6);
            close(measures.distance, rows(|i| (i - 1.0) / 2.0), 1e-6);
            close(measures.first, (rows(|i| 1.0 / i) * n as f64 - 1.0) / (n as f64 - 1.0), 1e-6);
        }
    }

    /// Closed forms of the decay kernel λ^back, <https://kexue.fm/archives/9889>.
    #[test]
    fn a_decaying_row_has_the_concentration_of_the_article() {
        let row = |lambda: f64, n: i32| -> Vec<f32> { (0..n).map(|j| lambda.powi(j) as f32).collect() };
        for (lambda, n, expected) in [(0.9, 64, 0.5442203), (0.9, 512, 0.1926379), (0.99, 4096, 0.2204177)] {
            close(concentration(&row(lambda, n)), expected, 2e-6);
        }
        for (lambda, tokens) in [(0.5, 3.0), (0.9, 19.0), (0.99, 199.0)] {
            close(effective_tokens(&row(lambda, 4096)), tokens, 1e-5);
        }
    }

    /// n S² is e to the Rényi-2 entropy −ln Σ p², and Rényi entropies fall with their order.
    #[test]
    fn effective_tokens_are_the_second_renyi_entropy() {
        let row = [0.5f32, 0.25, 0.125, 0.125];
        let collision: f64 = row.iter().map(|&p| f64::from(p).powi(2)).sum();
        close(effective_tokens(&row), (-collision.ln()).exp(), 1e-12);
        close(effective_tokens(&row), row.len() as f64 * concentration(&row).powi(2), 1e-12);
        close(effective_tokens(&[0.1, 0.05, 0.025, 0.025]), effective_tokens(&row), 1e-6);
        assert!(entropy(&row).exp() > effective_tokens(&row));
        assert_eq!(effective_tokens(&[0.0, 1.0, 0.0]), 1.0);
    }

    #[test]
    fn a_head_that_looks_at_the_token_before_is_one_back() {
        let map = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0];
        let measures = head_measures(&map, &[0, 1, 2]);
        assert_eq!((measures.entropy, measures.effective_tokens), (0.0, 1.0));
        close(measures.distance, 2.0 / 3.0, 1e-12);
        assert_eq!((measures.first, measures.prefix), (0.5, None));
    }

    #[test]
    fn an_induction_head_scores_one_where_it_can() {
        // "abcab": a at 3 follows a at 0, so it reads 1; b at 4 reads 2.
        let tokens = [0, 1, 2, 0, 1];
        let mut map = vec![0.0; 25];
        for (i, j) in [(0, 0), (1, 0), (2, 0), (3, 1), (4, 2)] {
            map[i * 5 + j] = 1.0;
        }
        assert_eq!(prefix_matching(&map, &tokens, 0), Some(1.0));
        map[4 * 5 + 2] = 0.25;
        assert_eq!(prefix_matching(&map, &tokens, 0), Some(0.625));
        assert_eq!(prefix_matching(&map, &tokens, 4), Some(0.25));
        // The last of several occurrences counts, not the first.
        assert_eq!(prefix_matching(&[1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.5, 0.5], &[3, 3, 3], 2), Some(0.5));
        assert_eq!(prefix_matching(&map, &[0, 1, 2, 3, 4], 0), None);
    }

    #[test]
    fn what_is_wrong_with_a_map_is_measured() {
        let map = [1.0, 0.0, 0.25, 0.5];
        assert_eq!((row_gap(&map), above_diagonal(&map)), (0.25, 0.0));
        assert_eq!(above_diagonal(&[1.0, -0.125, 0.5, 0.5]), 0.125);
        assert_eq!(row_gap(&[f32::NAN, 0.0, 0.0, 1.0]), f64::INFINITY);
        assert_eq!(above_diagonal(&[1.0, f32::NAN, 0.0, 1.0]), f64::INFINITY);
    }

    #[test]
    fn one_token_reads_itself() {
        let measures = head_measures(&[1.0], &[5]);
        assert_eq!((measures.first, measures.distance, measures.effective_tokens), (1.0, 0.0, 1.0));
        let ranks = effective_ranks(&[1.0]);
        assert_eq!((ranks.stable, ranks.entropy, ranks.participation), (1.0, 1.0, 1.0));
    }
}
