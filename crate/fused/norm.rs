//! Normalisation over groups of channels of a picture (Wu & He 2018, <https://arxiv.org/abs/1803.08494>) and over the numbers of a row
//! (Ba et al. 2016, <https://arxiv.org/abs/1607.06450>). On WebGPU the first is part of the convolution that follows, `gpu::convolution`.

use super::lanes::F4;

/// ε under the root, as in `nn`.
const EPSILON: f64 = 1e-5;

/// What follows a norm while its numbers are at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    Nothing,
    Silu,
}

/// y = gain (x − μ)/√(σ² + ε) + bias of a picture, μ and σ² over a group of channels and all pixels; `then` follows.
///
/// Sums run over a row of pixels in f32, over rows and channels in f64.
///
/// # Shapes
/// - x: [P, C] with rows `stride` apart, `width` pixels a row of the picture
/// - gain, bias: [C], a multiple of four
/// - output: [P, C]
#[allow(clippy::too_many_arguments, reason = "a picture has a shape and a norm its two vectors")]
pub fn group_norm(
    x: &[f32],
    stride: usize,
    width: usize,
    groups: usize,
    gain: &[f32],
    bias: &[f32],
    output: &mut [f32],
    then: Then,
) {
    let c = gain.len();
    assert!(c.is_multiple_of(4) && c.is_multiple_of(groups), "{c} channels in {groups} groups");
    let pixels = output.len() / c;
    let size = (c / groups * pixels) as f64;
    let mut mean = vec![0.0f32; c];
    let totals = over_pixels(x, stride, pixels, width, c, |x, _| x, &mean);
    let of_groups = |totals: &[f64]| -> Vec<f64> {
        totals.chunks(c / groups).map(|g| g.iter().sum::<f64>() / size).collect()
    };
    for (means, value) in mean.chunks_mut(c / groups).zip(of_groups(&totals)) {
        means.fill(value as f32);
    }
    let squares = over_pixels(x, stride, pixels, width, c, |x, mean| (x - mean) * (x - mean), &mean);
    let mut scale = vec![0.0f32; c];
    for (scales, variance) in scale.chunks_mut(c / groups).zip(of_groups(&squares)) {
        scales.fill((1.0 / (variance + EPSILON).sqrt()) as f32);
    }
    for (s, g) in scale.iter_mut().zip(gain) {
        *s *= g;
    }
    let (mean, scale) = (&mean[..], &scale[..]);
    match then {
        Then::Nothing => scaled(x, stride, mean, scale, bias, output, |y| y),
        Then::Silu => scaled(x, stride, mean, scale, bias, output, F4::silu),
    }
}

/// `then` of (x − mean) scale + bias.
#[inline(always)]
fn scaled(
    x: &[f32],
    stride: usize,
    mean: &[f32],
    scale: &[f32],
    bias: &[f32],
    output: &mut [f32],
    then: impl Fn(F4) -> F4,
) {
    let c = bias.len();
    for (row, out) in x.chunks(stride).zip(output.chunks_exact_mut(c)) {
        for i in (0..c).step_by(4) {
            let y = (F4::of(&row[i..]) - F4::of(&mean[i..])) * F4::of(&scale[i..]) + F4::of(&bias[i..]);
            then(y).write(&mut out[i..]);
        }
    }
}

/// Σ `of`(x, mean) over all pixels, one a channel.
fn over_pixels(
    x: &[f32],
    stride: usize,
    pixels: usize,
    width: usize,
    c: usize,
    of: impl Fn(F4, F4) -> F4,
    mean: &[f32],
) -> Vec<f64> {
    let mut totals = vec![0.0f64; c];
    for row in (0..pixels).step_by(width) {
        for i in (0..c).step_by(4) {
            let mean = F4::of(&mean[i..]);
            let mut sum = F4::zero();
            for p in row..row + width {
                sum = sum + of(F4::of(&x[p * stride + i..]), mean);
            }
            for (total, part) in totals[i..].iter_mut().zip(sum.array()) {
                *total += f64::from(part);
            }
        }
    }
    totals
}

/// y = gain (x − μ)/√(σ² + ε) + bias, μ and σ² over each row. All rows are [C], a multiple of four.
pub fn layer_norm(x: &[f32], gain: &[f32], bias: &[f32], output: &mut [f32]) {
    let c = gain.len();
    assert!(c.is_multiple_of(4), "rows of {c}");
    for (row, out) in x.chunks_exact(c).zip(output.chunks_exact_mut(c)) {
        let (mean, scale) = moments(row);
        for i in (0..c).step_by(4) {
            let y = (F4::of(&row[i..]) - mean) * scale * F4::of(&gain[i..]) + F4::of(&bias[i..]);
            y.write(&mut out[i..]);
        }
    }
}

/// μ and 1/√(σ² + ε) of a row, in every lane; its length is a multiple of four.
#[inline(always)]
pub fn moments(row: &[f32]) -> (F4, F4) {
    let share = 1.0 / row.len() as f32;
    let mut sum = F4::zero();
    row.chunks_exact(4).for_each(|x| sum = sum + F4::of(x));
    let mean = F4::splat(sum.sum() * share);
    let mut squares = F4::zero();
    for x in row.chunks_exact(4) {
        let x = F4::of(x) - mean;
        squares = squares + x * x;
    }
    (mean, F4::splat(1.0 / (squares.sum() * share + EPSILON as f32).sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_normalised_by_groups() {
        let (pixels, stride, c, groups) = (12, 26, 24, 8);
        let x: Vec<f32> = (0..pixels * stride).map(|i| ((i * 31) % 17) as f32 - 3.0).collect();
        let gain: Vec<f32> = (0..c).map(|i| 1.0 + i as f32 / 10.0).collect();
        let bias: Vec<f32> = (0..c).map(|i| i as f32 - 4.0).collect();
        let mut y = vec![0.0; pixels * c];
        group_norm(&x, stride, 4, groups, &gain, &bias, &mut y, Then::Nothing);
        for i in 0..c {
            let group = i / 3 * 3..i / 3 * 3 + 3;
            let all: Vec<f64> = (0..pixels)
                .flat_map(|p| group.clone().map(move |i| p * stride + i))
                .map(|at| f64::from(x[at]))
                .collect();
            let mean = all.iter().sum::<f64>() / all.len() as f64;
            let variance = all.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / all.len() as f64;
            for p in 0..pixels {
                let exact = (f64::from(x[p * stride + i]) - mean) / (variance + 1e-5).sqrt()
                    * f64::from(gain[i])
                    + f64::from(bias[i]);
                assert!((f64::from(y[p * c + i]) - exact).abs() < 3e-6 * exact.abs().max(1.0));
            }
        }
    }

    #[test]
    fn a_row_is_normalised_by_itself() {
        let x: Vec<f32> = (0..3 * 8).map(|i| ((i * 5) % 7) as f32 * 1e3).collect();
        let (gain, bias) = ([2.0; 8], [0.5; 8]);
        let mut y = vec![0.0; 24];
        layer_norm(&x, &gain, &bias, &mut y);
        for row in y.chunks(8) {
            let mean = row.iter().sum::<f32>() / 8.0;
            let variance = row.iter().map(|y| (y - mean).powi(2)).sum::<f32>() / 8.0;
            assert!((mean - 0.5).abs() < 1e-6 && (variance - 4.0).abs() < 1e-5, "{mean} {variance}");
        }
        // Next to nothing stays small: σ² = 1e-6 beside ε = 1e-5.
        let small: Vec<f32> = (0..8).map(|i| if i % 2 == 0 { 1e-3 } else { -1e-3 }).collect();
        let mut y = vec![0.0; 8];
        layer_norm(&small, &gain, &bias, &mut y);
        assert!((y[0] - (0.5 + 2.0 * 1e-3 / 1.1e-5f32.sqrt())).abs() < 1e-5, "{}", y[0]);
    }
}
