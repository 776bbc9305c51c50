//! Small random affine maps of a picture, so that a few hundred examples of a digit do not get learnt by heart.

/// Parameter of the cubic kernel: Keys 1981, "Cubic convolution interpolation", with the sharper a = −3/4
/// that image libraries use.
const A: f32 = -0.75;

/// The picture whose point p shows what `picture` shows at (I + M) p + v, with coordinates from −1 to 1 and
/// `map` = [M, v] row by row (2 rows of 3). Outside the picture is paper (−1). Result clamped to [−1, 1].
///
/// # Shapes
/// - picture, output: [size · size]
pub fn affine(picture: &[f32], size: usize, map: [f32; 6]) -> Vec<f32> {
    let half = size as f32 / 2.0;
    let centre = |i: usize| (i as f32 + 0.5) / half - 1.0;
    let pixels = (0..size).flat_map(|row| (0..size).map(move |column| (row, column)));
    pixels
        .map(|(row, column)| {
            let (x, y) = (centre(column), centre(row));
            let source_x = x + map[0] * x + map[1] * y + map[2];
            let source_y = y + map[3] * x + map[4] * y + map[5];
            sample(picture, size, (source_x + 1.0) * half - 0.5, (source_y + 1.0) * half - 0.5)
        })
        .collect()
}

/// Bicubic value at pixel coordinates (x, y).
fn sample(picture: &[f32], size: usize, x: f32, y: f32) -> f32 {
    let (left, top) = (x.floor(), y.floor());
    let (wx, wy) = (weights(x - left), weights(y - top));
    let ink = |column: f32, row: f32| {
        let inside = |v: f32| v >= 0.0 && v < size as f32;
        let here = inside(column) && inside(row);
        if here { picture[row as usize * size + column as usize] + 1.0 } else { 0.0 }
    };
    let mut sum = 0.0;
    for (j, wy) in wy.iter().enumerate() {
        for (i, wx) in wx.iter().enumerate() {
            sum += wy * wx * ink(left + i as f32 - 1.0, top + j as f32 - 1.0);
        }
    }
    sum.clamp(0.0, 2.0) - 1.0
}

/// Weights of the four pixels around a point that lies `f` in [0, 1) after the second.
fn weights(f: f32) -> [f32; 4] {
    let near = |d: f32| ((A + 2.0) * d - (A + 3.0)) * d * d + 1.0;
    let far = |d: f32| ((A * d - 5.0 * A) * d + 8.0 * A) * d - 4.0 * A;
    [far(1.0 + f), near(f), near(1.0 - f), far(2.0 - f)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_identity_changes_nothing() {
        let picture: Vec<f32> = (0..64).map(|i| i as f32 / 32.0 - 1.0).collect();
        let same = affine(&picture, 8, [0.0; 6]);
        assert!(picture.iter().zip(&same).all(|(a, b)| (a - b).abs() < 1e-5));
    }

    #[test]
    fn a_shift_by_one_pixel_moves_the_ink() {
        let mut picture = vec![-1.0; 64];
        picture[3 * 8 + 4] = 1.0;
        let moved = affine(&picture, 8, [0.0, 0.0, 0.25, 0.0, 0.0, 0.0]);
        assert!((moved[3 * 8 + 3] - 1.0).abs() < 1e-4 && (moved[3 * 8 + 4] + 1.0).abs() < 1e-4);
    }

    #[test]
    fn weights_sum_to_one() {
        for i in 0..10 {
            assert!((weights(i as f32 / 10.0).iter().sum::<f32>() - 1.0).abs() < 1e-6);
        }
    }
}
