//! The exact denoiser of equally likely points or Gaussians in the plane: four particles at a time, centres in their order.
//!
//! [`diffusion::exact`](crate::diffusion::exact) has the mathematics: ε = B/v Σ p_i d_i with d_i = x − A y_i and
//! p = softmax(−|d_i|²/2v).

use super::lanes::F4;

/// Σ p_i d_i times `factor` for each particle.
///
/// # Shapes
/// - centres: A y_i, all first coordinates and all second ones, at least one
/// - x, output: [N, 2]
pub fn offsets(centres: [&[f32]; 2], variance: f32, factor: f32, x: &[f32], output: &mut [f32]) {
    let [first, second] = centres;
    assert!(!first.is_empty() && first.len() == second.len() && x.len() == output.len());
    let (inverse, factor) = (F4::splat(-0.5 / variance), F4::splat(factor));
    for (x, output) in x.chunks(8).zip(output.chunks_mut(8)) {
        // The last particle stands in for those that are missing.
        let at = |i: usize, k: usize| x[(2 * i).min(x.len() - 2) + k];
        let lanes = |k: usize| F4::of(&[at(0, k), at(1, k), at(2, k), at(3, k)]);
        let (u, v) = (lanes(0), lanes(1));
        let mut nearest = F4::splat(f32::INFINITY);
        for (a, b) in first.iter().zip(second) {
            let (du, dv) = (u - F4::splat(*a), v - F4::splat(*b));
            nearest = nearest.min(du * du + dv * dv);
        }
        let (mut sum, mut along, mut across) = (F4::zero(), F4::zero(), F4::zero());
        for (a, b) in first.iter().zip(second) {
            let (du, dv) = (u - F4::splat(*a), v - F4::splat(*b));
            let weight = ((du * du + dv * dv - nearest) * inverse).exp();
            sum = sum + weight;
            along = along + weight * du;
            across = across + weight * dv;
        }
        let (along, across) = ((along / sum * factor).array(), (across / sum * factor).array());
        for (i, place) in output.chunks_exact_mut(2).enumerate() {
            place.copy_from_slice(&[along[i], across[i]]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diffusion::{exact::Mixture, level::Level};

    #[test]
    fn it_says_what_the_mixture_says() {
        let number = |i: usize| ((i * 7919 + 13) % 1009) as f32 / 300.0 - 1.6;
        let centres: Vec<[f32; 2]> = (0..57).map(|i| [number(i), number(i + 100)]).collect();
        let mut x: Vec<f32> = (0..2 * 11).map(|i| number(i + 40)).collect();
        // So far from everything that every weight is nothing unless the nearest counts one.
        x.extend([5.0, -4.0]);
        for (spread, a, b) in [(0.0, 0.9, 0.4), (0.3, 0.2, 0.98), (0.0, 0.9999, 0.02)] {
            let level = Level { a, b, t: 1.0 };
            let mixture = Mixture::new(centres.iter().map(|c| c.map(f64::from)).collect(), spread);
            let variance = (a * spread).powi(2) + b * b;
            let axis = |k: usize| centres.iter().map(|c| (f64::from(c[k]) * a) as f32).collect::<Vec<_>>();
            let (first, second) = (axis(0), axis(1));
            let mut eps = vec![0.0; x.len()];
            offsets([&first, &second], variance as f32, (b / variance) as f32, &x, &mut eps);
            for (x, eps) in x.chunks(2).zip(eps.chunks(2)) {
                let exact = mixture.eps([f64::from(x[0]), f64::from(x[1])], level);
                for k in 0..2 {
                    // An offset's rounding, 1e-7 of a distance of three, is divided by B.
                    assert!(
                        (f64::from(eps[k]) - exact[k]).abs() < 2e-6 / b * exact[k].abs().max(1.0),
                        "{spread} {b}: {} for {}",
                        eps[k],
                        exact[k]
                    );
                }
            }
            // Bits do not depend on the company.
            let mut alone = vec![0.0; 2];
            offsets([&first, &second], variance as f32, (b / variance) as f32, &x[10..12], &mut alone);
            assert_eq!(alone, eps[10..12]);
        }
        let mut broken = [0.0; 2];
        offsets([&[0.0], &[0.0]], 1.0, 1.0, &[f32::NAN, 0.0], &mut broken);
        assert!(broken[0].is_nan());
    }
}
