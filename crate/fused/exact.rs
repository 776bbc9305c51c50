//! The exact denoiser of equally likely points or Gaussians in the plane: four particles at a time, centres in their order.
//!
//! `diffusion::exact` of the engine has the mathematics: ε = B/v Σ p_i d_i with d_i = x − A y_i and
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
