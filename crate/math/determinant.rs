//! Determinants of attention maps as logarithms: at a hundred positions they are below what a number can hold.

use nalgebra::DMatrix;

/// log₁₀ det of a causal map, [n, n] row-major: the sum over its diagonal, −∞ where a diagonal number is zero and no
/// number where one is negative.
pub fn log10_det_causal(map: &[f32]) -> f64 {
    let n = map.len().isqrt();
    (0..n).map(|i| f64::from(map[i * n + i]).log10()).sum()
}

/// log₁₀ |det| of any square matrix, row-major, by elimination with pivots in f64: it knows nothing of triangles.
///
/// Wrong by about the condition number times n ε: see [`condition_causal`].
pub fn log10_abs_det<T: Copy + Into<f64>>(matrix: &[T]) -> f64 {
    square(matrix).lu().u().diagonal().iter().map(|x| x.abs().log10()).sum()
}

/// ‖A‖₁ ‖A⁻¹‖₁ of a lower triangular map, [n, n] row-major: by how much errors grow where it is inverted. Infinite
/// if it has no inverse.
pub fn condition_causal(map: &[f32]) -> f64 {
    let map = square(map);
    let n = map.nrows();
    let norm = |m: &DMatrix<f64>| m.column_iter().map(|column| column.lp_norm(1)).fold(0.0, f64::max);
    match map.solve_lower_triangular(&DMatrix::identity(n, n)) {
        Some(inverse) => norm(&map) * norm(&inverse),
        None => f64::INFINITY,
    }
}

fn square<T: Copy + Into<f64>>(matrix: &[T]) -> DMatrix<f64> {
    let n = matrix.len().isqrt();
    DMatrix::from_row_iterator(n, n, matrix.iter().map(|&x| x.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::random_head::{RandomHead, uniform_causal};

    /// 1/n!, the determinant of uniform causal attention.
    #[test]
    fn flat_attention_has_the_determinant_of_a_factorial() {
        for (n, expected) in [(4, -1.3802), (16, -13.3206), (64, -89.1034), (128, -215.586), (512, -1166.54)]
        {
            let value = log10_det_causal(&uniform_causal(n));
            assert!((value - expected).abs() < 1e-5 * expected.abs() + 5e-5, "{n}: {value}");
        }
    }

    /// The head that splitmix64 draws with seed 7; references by numpy's slogdet.
    #[test]
    fn elimination_agrees_with_the_diagonal_where_the_condition_allows() {
        let head = RandomHead::new(7, 64, 8);
        for (gain, causal, both) in [(1.0, -99.0950, -96.2099), (2.0, -129.2158, -68.7859)] {
            let map: Vec<f32> = head.causal(gain).iter().map(|&x| x as f32).collect();
            let (diagonal, elimination) = (log10_det_causal(&map), log10_abs_det(&map));
            assert!((diagonal - causal).abs() < 6e-5, "{diagonal}");
            // Gain 2 is past the digits of f64: elimination is four decades off there, and the condition says so.
            let trusted = condition_causal(&map) < 1e12;
            assert_eq!(trusted, gain == 1.0, "{:e}", condition_causal(&map));
            let gap = (elimination - diagonal).abs();
            assert!(if trusted { gap < 1e-6 * diagonal.abs() } else { gap > 1.0 }, "{gap}");
            let weights = head.weights(gain, |_, _| true);
            assert!((log10_abs_det(&weights) - both).abs() < 6e-5);
        }
    }

    #[test]
    fn singular_maps_are_said_to_be_so() {
        let map = [1.0f32, 0.0, 1.0, 0.0];
        assert_eq!((log10_det_causal(&map), log10_abs_det(&map)), (f64::NEG_INFINITY, f64::NEG_INFINITY));
        assert_eq!(condition_causal(&map), f64::INFINITY);
        assert!(log10_det_causal(&[-1.0, 0.0, 0.0, 1.0]).is_nan());
    }

    /// diag(1, ¼) has condition 4; a head that reads the position before nearly all the time has a huge one.
    #[test]
    fn the_condition_grows_with_what_is_off_the_diagonal() {
        assert_eq!(condition_causal(&[1.0, 0.0, 0.0, 0.25]), 4.0);
        let n = 16;
        let mut map = vec![0.0f32; n * n];
        map[0] = 1.0;
        for i in 1..n {
            map[i * n + i] = 0.01;
            map[i * n + i - 1] = 0.99;
        }
        // A⁻¹ has the entries ±99^k · 100.
        assert!(condition_causal(&map) > 1e28);
    }
}
