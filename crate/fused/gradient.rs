//! What training needs of a product, layer norm, softmax and an activation: their derivatives. Convolutions and group norms have none:
//! networks of pictures learn natively, in tensors.

use super::lanes::F4;
use super::matrix::{Panels, Start};
use super::norm::moments;

/// Rows that a panel holds at a time, so that it stays in the nearest cache.
const ROWS: usize = 128;

/// Σ_r a_r ⊗ b_r added to `sum`: the gradient of a weight [out, in] from that of the layer's answer a and its input b.
///
/// # Shapes
/// - a: [R, out], b: [R, in], sum: [out, in]
pub fn outer(a: &[f32], b: &[f32], outputs: usize, inputs: usize, sum: &mut [f32]) {
    let mut turned = vec![0.0; outputs * ROWS];
    let mut panels = Panels::zeros(ROWS, inputs);
    for (a, b) in a.chunks(outputs * ROWS).zip(b.chunks(inputs * ROWS)) {
        let rows = a.len() / outputs;
        for (r, row) in a.chunks_exact(outputs).enumerate() {
            row.iter().enumerate().for_each(|(i, a)| turned[i * ROWS + r] = *a);
        }
        b.chunks_exact(inputs).enumerate().for_each(|(r, row)| panels.set_row(r, row));
        panels.multiply_part(&turned, ROWS, outputs, rows, inputs, Start::There, sum, inputs);
    }
}

/// Σ_r a_r added to `sum`: the gradient of a bias.
pub fn rows(a: &[f32], sum: &mut [f32]) {
    for row in a.chunks_exact(sum.len()) {
        sum.iter_mut().zip(row).for_each(|(sum, a)| *sum += a);
    }
}

/// dz = dy · silu'(z), silu'(z) = σ (1 + z (1 − σ)), σ = 1/(1 + e^−z). In place of `dy`.
pub fn silu(z: &[f32], dy: &mut [f32]) {
    let one = F4::splat(1.0);
    both(z, dy, |z, dy| {
        let s = one / (one + (F4::zero() - z).exp());
        dy * s * (one + z * (one - s))
    });
}

/// dz = dy · gelu'(z) with gelu(z) = z σ(u), u = 2 √(2/π) (z + 0.044715 z³). In place of `dy`.
pub fn gelu(z: &[f32], dy: &mut [f32]) {
    let s = F4::splat;
    let (one, twice, cubed) = (s(1.0), s(1.595_769_2), s(0.044_715));
    both(z, dy, |z, dy| {
        let square = cubed * z * z;
        let share = one / (one + ((z + square * z) * (F4::zero() - twice)).exp());
        let slope = twice * (one + s(3.0) * square);
        dy * (share + z * share * (one - share) * slope)
    });
}

/// The slope of the scores of a [`softmax`](super::activation::softmax) from that of its `weights`, in place of it: w (d − Σ d w).
pub fn softmax(weights: &[f32], slope: &mut [f32]) {
    let mean: f32 = slope.iter().zip(weights).map(|(d, w)| d * w).sum();
    let mean = F4::splat(mean);
    both(weights, slope, |w, d| w * (d - mean));
}

/// `to` becomes `of`(z, to), four at a time.
#[inline(always)]
fn both(z: &[f32], to: &mut [f32], of: impl Fn(F4, F4) -> F4) {
    assert_eq!(z.len(), to.len(), "a gradient for each number");
    let (fours, rest) = to.split_at_mut(z.len() / 4 * 4);
    for (z, to) in z.chunks_exact(4).zip(fours.chunks_exact_mut(4)) {
        of(F4::of(z), F4::of(to)).write(to);
    }
    let left = z.len() - fours.len();
    if left > 0 {
        let (mut a, mut b) = ([0.0; 4], [0.0; 4]);
        a[..left].copy_from_slice(&z[fours.len()..]);
        b[..left].copy_from_slice(rest);
        rest.copy_from_slice(&of(F4::of(&a), F4::of(&b)).array()[..left]);
    }
}

/// The gradient of [`layer_norm`](super::norm::layer_norm) added to `dx`, those of its gain and bias to theirs.
///
/// With x̂ = (x − μ)/σ and g = dy · gain: dx = (g − mean g − x̂ mean(g x̂))/σ.
pub fn layer_norm(
    x: &[f32],
    gain: &[f32],
    dy: &[f32],
    dx: &mut [f32],
    d_gain: &mut [f32],
    d_bias: &mut [f32],
) {
    let c = gain.len();
    let share = 1.0 / c as f32;
    let fours = |row: usize| (row..row + c).step_by(4);
    for row in (0..x.len()).step_by(c) {
        let (mean, scale) = moments(&x[row..row + c]);
        let (mut sum_g, mut sum_gx) = (F4::zero(), F4::zero());
        for i in fours(row) {
            let (dy, x) = (F4::of(&dy[i..]), (F4::of(&x[i..]) - mean) * scale);
            let at = i - row;
            (F4::of(&d_gain[at..]) + dy * x).write(&mut d_gain[at..]);
            (F4::of(&d_bias[at..]) + dy).write(&mut d_bias[at..]);
            let g = dy * F4::of(&gain[at..]);
            sum_g = sum_g + g;
            sum_gx = sum_gx + g * x;
        }
        let (mean_g, mean_gx) = (F4::splat(sum_g.sum() * share), F4::splat(sum_gx.sum() * share));
        for i in fours(row) {
            let x = (F4::of(&x[i..]) - mean) * scale;
            let g = F4::of(&dy[i..]) * F4::of(&gain[i - row..]);
            (F4::of(&dx[i..]) + (g - mean_g - x * mean_gx) * scale).write(&mut dx[i..]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{activation, norm};
    use super::*;

    fn number(i: usize) -> f32 {
        ((i * 7919 + 13) % 1009) as f32 / 400.0 - 1.2
    }

    /// Slopes of Σ weight · f(x) in x by central differences of f in f32, against those that are given.
    fn check(x: &[f32], weight: &[f32], f: impl Fn(&[f32]) -> Vec<f32>, slopes: &[f32]) {
        let value =
            |x: &[f32]| f(x).iter().zip(weight).map(|(y, w)| f64::from(*y) * f64::from(*w)).sum::<f64>();
        for i in 0..x.len() {
            let at = |by: f32| {
                let mut moved = x.to_vec();
                moved[i] += by;
                value(&moved)
            };
            let slope = (at(1e-2) - at(-1e-2)) / 2e-2;
            assert!((slope - f64::from(slopes[i])).abs() < 2e-3, "{i}: {} for {slope}", slopes[i]);
        }
    }

    #[test]
    fn derivatives_are_those_of_differences() {
        let x: Vec<f32> = (0..22).map(number).collect();
        let weight: Vec<f32> = (0..22).map(|i| number(i + 40)).collect();
        type Both = (fn(&mut [f32]), fn(&[f32], &mut [f32]));
        let pairs: [Both; 2] = [(activation::silu, silu), (activation::gelu, gelu)];
        for (forward, backward) in pairs {
            let mut slopes = weight.clone();
            backward(&x, &mut slopes);
            let f = |x: &[f32]| {
                let mut y = x.to_vec();
                forward(&mut y);
                y
            };
            check(&x, &weight, f, &slopes);
        }
        let weights = |scores: &[f32]| {
            let mut row = scores.to_vec();
            activation::softmax(&mut row);
            row
        };
        let mut slopes = weight.clone();
        softmax(&weights(&x), &mut slopes);
        check(&x, &weight, weights, &slopes);
        let (x, weight) = (&x[..16], &weight[..16]);
        let (gain, bias): (Vec<f32>, Vec<f32>) = (0..8).map(|i| (number(i + 3), number(i + 9))).unzip();
        let normed = |x: &[f32], gain: &[f32], bias: &[f32]| {
            let mut y = vec![0.0; 16];
            norm::layer_norm(x, gain, bias, &mut y);
            y
        };
        let (mut dx, mut d_gain, mut d_bias) = (vec![0.0; 16], vec![0.0; 8], vec![0.0; 8]);
        layer_norm(x, &gain, weight, &mut dx, &mut d_gain, &mut d_bias);
        check(x, weight, |x| normed(x, &gain, &bias), &dx);
        check(&gain, weight, |gain| normed(x, gain, &bias), &d_gain);
        check(&bias, weight, |bias| normed(x, &gain, bias), &d_bias);
    }

    #[test]
    fn sums_over_rows_are_sums_over_rows() {
        let (n, outputs, inputs) = (300, 5, 18);
        let a: Vec<f32> = (0..n * outputs).map(number).collect();
        let b: Vec<f32> = (0..n * inputs).map(|i| number(i + 7)).collect();
        let (mut weight, mut bias) = (vec![1.0; outputs * inputs], vec![0.0; outputs]);
        outer(&a, &b, outputs, inputs, &mut weight);
        rows(&a, &mut bias);
        for i in 0..outputs {
            let exact: f64 = (0..n).map(|r| f64::from(a[r * outputs + i])).sum();
            assert!((f64::from(bias[i]) - exact).abs() < 1e-3);
            for j in 0..inputs {
                let terms = (0..n).map(|r| f64::from(a[r * outputs + i]) * f64::from(b[r * inputs + j]));
                let exact = 1.0 + terms.sum::<f64>();
                assert!((f64::from(weight[i * inputs + j]) - exact).abs() < 2e-3);
            }
        }
    }
}
