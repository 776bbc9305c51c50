//! Singular values of a matrix and what they say of its rank.

use nalgebra::DMatrix;

/// The singular values of `matrix`, [rows, cols] row-major, the largest first. Costs the cube of its size: 0.6 ms for
/// 96 × 96, 10 ms for 256 × 256.
pub fn singular_values<T: Copy + Into<f64>>(matrix: &[T], rows: usize, cols: usize) -> Vec<f64> {
    assert_eq!(matrix.len(), rows * cols, "a matrix of {rows} rows and {cols} columns");
    if matrix.is_empty() {
        return Vec::new();
    }
    let values: Vec<f64> = matrix.iter().map(|&x| x.into()).collect();
    // The iteration would not end on what is no number.
    if values.iter().any(|x| !x.is_finite()) {
        return vec![f64::NAN; rows.min(cols)];
    }
    DMatrix::from_row_slice(rows, cols, &values).singular_values().as_slice().to_vec()
}

/// How many directions a matrix really has: four answers that agree on projections. Each is at most the next,
/// stable ≤ nuclear ≤ participation ≤ entropy, and none is more than the rank.
/// <https://kexue.fm/archives/10847>
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EffectiveRanks {
    /// Σ s/s₁.
    pub nuclear: f64,
    /// Σ s²/s₁², the stable rank.
    pub stable: f64,
    /// e to the entropy of s/Σ s.
    pub entropy: f64,
    /// (Σ s)²/Σ s²: the effective tokens of article 9889, of singular values.
    pub participation: f64,
}

impl EffectiveRanks {
    /// Of singular values, the largest first; zero without any that is positive.
    pub fn of(singular: &[f64]) -> Self {
        let sum: f64 = singular.iter().sum();
        if sum == 0.0 {
            return Self { nuclear: 0.0, stable: 0.0, entropy: 0.0, participation: 0.0 };
        }
        let squares: f64 = singular.iter().map(|s| s * s).sum();
        let entropy: f64 = singular.iter().map(|s| s / sum).filter(|p| *p > 0.0).map(|p| -p * p.ln()).sum();
        Self {
            nuclear: sum / singular[0],
            stable: squares / singular[0].powi(2),
            entropy: if sum.is_nan() { f64::NAN } else { entropy.exp() },
            participation: sum * sum / squares,
        }
    }
}

/// The singular values of `matrix`, [n, n] row-major, above `tolerance` times the largest.
pub fn numerical_rank<T: Copy + Into<f64>>(matrix: &[T], n: usize, tolerance: f64) -> usize {
    let singular = singular_values(matrix, n, n);
    singular.iter().filter(|s| **s > tolerance * singular[0]).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::random_head::{RandomHead, uniform_causal};

    fn close(value: f64, expected: f64, digits: i32) {
        // The references are printed to `digits` decimals.
        assert!((value - expected).abs() <= 0.6 * 0.1f64.powi(digits), "{value} against {expected}");
    }

    /// Uniform causal attention: numpy's float64 singular values.
    #[test]
    fn a_flat_causal_head_has_its_ranks() {
        for (n, stable, entropy, participation, least, most) in [
            (16, 1.5694, 8.5837, 5.7236, 0.036711, 1.467709),
            (64, 1.8581, 21.0641, 10.6856, 0.0083514, 1.597855),
            (256, 2.1534, 47.8210, 17.9120, 0.0020072, 1.686427),
        ] {
            let singular = singular_values(&uniform_causal(n), n, n);
            let ranks = EffectiveRanks::of(&singular);
            close(ranks.stable, stable, 4);
            close(ranks.entropy, entropy, 4);
            close(ranks.participation, participation, 4);
            close(singular[n - 1], least, 6);
            close(singular[0], most, 6);
        }
    }

    /// The head that splitmix64 draws with seed 7: 64 positions, 8 numbers each.
    #[test]
    fn a_random_head_has_its_ranks() {
        let head = RandomHead::new(7, 64, 8);
        for (gain, [scores, both, causal]) in [
            (1.0, [(8, 7.7704, 4.4648), (47, 27.3272, 2.2767), (49, 29.2925, 2.9339)]),
            (2.0, [(8, 7.7704, 4.4648), (55, 33.0797, 5.5860), (48, 31.5056, 6.1594)]),
        ] {
            let maps = [head.scores(gain), head.weights(gain, |_, _| true), head.causal(gain)];
            for (map, (rank, entropy, stable)) in maps.iter().zip([scores, both, causal]) {
                assert_eq!(numerical_rank(map, 64, 1e-2), rank);
                let ranks = EffectiveRanks::of(&singular_values(map, 64, 64));
                close(ranks.entropy, entropy, 4);
                close(ranks.stable, stable, 4);
            }
        }
    }

    /// exp of a product of rank one: (e − 1)(e² − 1)(e² − e).
    #[test]
    fn the_exponential_raises_the_rank() {
        let q: [f64; 3] = [0.0, 1.0, 2.0];
        let product: Vec<f64> = q.iter().flat_map(|a| q.map(|b| a * b)).collect();
        assert_eq!(numerical_rank(&product, 3, 1e-12), 1);
        let raised: Vec<f64> = product.iter().map(|x| x.exp()).collect();
        assert_eq!(numerical_rank(&raised, 3, 1e-4), 3);
        let determinant: f64 = singular_values(&raised, 3, 3).iter().product();
        assert!((determinant - 51.27669).abs() < 1e-5, "{determinant}");
    }

    #[test]
    fn a_projection_has_its_rank_by_every_definition() {
        let mut map = vec![0.0f32; 25];
        [0, 6, 12].into_iter().for_each(|i| map[i] = 0.5);
        let ranks = EffectiveRanks::of(&singular_values(&map, 5, 5));
        for rank in [ranks.stable, ranks.entropy, ranks.participation] {
            assert!((rank - 3.0).abs() < 1e-12, "{rank}");
        }
        assert_eq!(numerical_rank(&map, 5, 1e-9), 3);
    }

    #[test]
    fn zeros_and_what_is_no_number_are_answered() {
        assert_eq!(EffectiveRanks::of(&singular_values(&[0.0f32; 4], 2, 2)).stable, 0.0);
        assert_eq!(numerical_rank(&[0.0f32; 4], 2, 1e-2), 0);
        let broken = EffectiveRanks::of(&singular_values(&[f32::NAN, 0.0, 0.0, 1.0], 2, 2));
        assert!(broken.stable.is_nan() && broken.entropy.is_nan() && broken.participation.is_nan());
        assert_eq!(singular_values::<f32>(&[], 0, 0), Vec::<f64>::new());
        assert_eq!(singular_values(&[3.0f32, 4.0], 1, 2), vec![5.0]);
    }
}
