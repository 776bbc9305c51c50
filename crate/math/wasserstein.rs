//! The sliced Wasserstein distance of two sets of points in the plane.

/// Directions onto which the points are projected, evenly spaced over half a turn.
const DIRECTIONS: usize = 64;

/// A set of points, projected and sorted once, to be compared with many others.
pub struct Sliced {
    /// Where the points lie along each direction, rising.
    lines: Vec<Vec<f64>>,
}

impl Sliced {
    /// `set` is [n, 2], flat and not empty.
    pub fn of<T: Copy + Into<f64>>(set: &[T]) -> Self {
        let line = |k: usize| {
            let angle = std::f64::consts::PI * k as f64 / DIRECTIONS as f64;
            projected(set, [libm::cos(angle), libm::sin(angle)])
        };
        Self { lines: (0..DIRECTIONS).map(line).collect() }
    }

    /// √ of the mean over directions of the squared W_2 of the projections, in the unit of the coordinates
    /// (Bonneel et al. 2015, <https://doi.org/10.1007/s10851-014-0506-3>). A shift by v gives |v|/√2.
    pub fn distance(&self, other: &Self) -> f64 {
        let pairs = self.lines.iter().zip(&other.lines);
        (pairs.map(|(a, b)| w2_squared(a, b)).sum::<f64>() / DIRECTIONS as f64).sqrt()
    }
}

/// The sliced Wasserstein-2 distance of two sets, [n, 2] and [m, 2], flat, neither empty; n and m may differ.
pub fn sliced_w2<T: Copy + Into<f64>>(a: &[T], b: &[T]) -> f64 {
    Sliced::of(a).distance(&Sliced::of(b))
}

/// Where the points of `set` lie along `direction`, rising.
fn projected<T: Copy + Into<f64>>(set: &[T], direction: [f64; 2]) -> Vec<f64> {
    let along = |p: &[T]| p[0].into() * direction[0] + p[1].into() * direction[1];
    let mut line: Vec<f64> = set.chunks_exact(2).map(along).collect();
    line.sort_unstable_by(f64::total_cmp);
    line
}

/// ∫ (F⁻¹(u) − G⁻¹(u))² du of two sorted samples: exact, also where their sizes differ.
fn w2_squared(a: &[f64], b: &[f64]) -> f64 {
    // u runs in units of 1/(n m), which outgrow the 32 bits of a browser's usize.
    let (n, m) = (a.len() as u64, b.len() as u64);
    let (mut i, mut j, mut done, mut sum) = (0, 0, 0, 0.0);
    while i < a.len() && j < b.len() {
        let (end_a, end_b) = ((i as u64 + 1) * m, (j as u64 + 1) * n);
        let next = end_a.min(end_b);
        sum += (next - done) as f64 * (a[i] - b[j]).powi(2);
        done = next;
        i += usize::from(next == end_a);
        j += usize::from(next == end_b);
    }
    sum / (n as f64 * m as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::{normal::normals, philox::Stream};

    fn cloud(step: u32, count: usize) -> Vec<f64> {
        normals(3, Stream::Check, step, 2 * count).into_iter().map(f64::from).collect()
    }

    #[test]
    fn a_shift_and_a_scaling_have_their_closed_forms() {
        let a = cloud(0, 500);
        assert!(sliced_w2(&a, &a) < 1e-12);
        let shifted: Vec<f64> = a.chunks(2).flat_map(|p| [p[0] + 0.3, p[1] - 0.4]).collect();
        assert!((sliced_w2(&a, &shifted) - 0.5 / 2f64.sqrt()).abs() < 1e-9);
        // Scaling moves each projection x to 2x: the mean square of the projections, half that of the points.
        let scaled: Vec<f64> = a.iter().map(|x| 2.0 * x).collect();
        let half = a.iter().map(|x| x * x).sum::<f64>() / 500.0 / 2.0;
        assert!((sliced_w2(&a, &scaled) - half.sqrt()).abs() < 1e-9);
    }

    #[test]
    fn it_is_symmetric_and_repeating_points_changes_nothing() {
        let (a, b) = (cloud(0, 300), cloud(1, 200));
        let distance = sliced_w2(&a, &b);
        assert!((distance - sliced_w2(&b, &a)).abs() < 1e-12);
        assert!((distance - sliced_w2(&a.repeat(3), &b)).abs() < 1e-12);
        // One point against many: the root of half the mean square distance.
        let square = a.iter().map(|x| x * x).sum::<f64>() / 300.0;
        assert!((sliced_w2(&a, &[0.0, 0.0]) - (square / 2.0).sqrt()).abs() < 1e-9);
    }
}
