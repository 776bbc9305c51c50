//! Functions of each number by itself, and the softmax of a row.

use super::lanes::F4;

/// Calls `of` on all numbers, four at a time; what is left over is padded with zeros.
#[inline(always)]
pub(crate) fn each(values: &mut [f32], of: impl Fn(F4) -> F4) {
    let mut fours = values.chunks_exact_mut(4);
    for four in &mut fours {
        of(F4::of(four)).write(four);
    }
    let rest = fours.into_remainder();
    if !rest.is_empty() {
        let mut four = [0.0; 4];
        four[..rest.len()].copy_from_slice(rest);
        rest.copy_from_slice(&of(F4::of(&four)).array()[..rest.len()]);
    }
}

pub fn silu(values: &mut [f32]) {
    each(values, F4::silu);
}

pub fn gelu(values: &mut [f32]) {
    each(values, F4::gelu);
}

/// w_i = e^(s_i − max s) / Σ e^(s_j − max s).
///
/// The sum runs in four lanes, which meet at the end: (0 + 1) + (2 + 3).
pub fn softmax(row: &mut [f32]) {
    let most = row.iter().fold(f32::NEG_INFINITY, |most, &s| if s < most { most } else { s });
    let most = F4::splat(most);
    let mut sum = F4::zero();
    let (fours, rest) = row.split_at_mut(row.len() / 4 * 4);
    for four in fours.chunks_exact_mut(4) {
        let e = (F4::of(four) - most).exp();
        e.write(four);
        sum = sum + e;
    }
    if !rest.is_empty() {
        // e to −∞ is 0: the lanes that are not there add nothing.
        let mut four = [f32::NEG_INFINITY; 4];
        four[..rest.len()].copy_from_slice(rest);
        let e = (F4::of(&four) - most).exp();
        rest.copy_from_slice(&e.array()[..rest.len()]);
        sum = sum + e;
    }
    let share = 1.0 / sum.sum();
    each(row, |e| e * F4::splat(share));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_softmax_is_a_distribution_whatever_its_length() {
        for n in 1..40 {
            let scores: Vec<f32> = (0..n).map(|i| ((i * 37) % 11) as f32 - 5.0).collect();
            let mut row = scores.clone();
            softmax(&mut row);
            let sum: f64 = scores.iter().map(|&s| f64::from(s).exp()).sum();
            for (w, s) in row.iter().zip(&scores) {
                let exact = f64::from(*s).exp() / sum;
                assert!((f64::from(*w) - exact).abs() < 3e-7 * exact, "{n}: {w} for {exact}");
            }
        }
        let mut hidden = vec![1.0, -1e30, 1.0];
        softmax(&mut hidden);
        assert_eq!(hidden, [0.5, 0.0, 0.5]);
        let mut broken = vec![1.0, f32::NAN, 0.0];
        softmax(&mut broken);
        assert!(broken.iter().all(|w| w.is_nan()));
    }
}
