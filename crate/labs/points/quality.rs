//! How far finished particles are from fresh data, beside how far fresh data are from each other.

use std::cell::OnceCell;

use crate::data::points::{Law, Point, draw};
use crate::math::{philox::Stream, wasserstein::sliced_w2};

/// Points that are compared at most.
pub const MOST: usize = 2000;
/// Sets of fresh data; one alone would move the distance by a sixth.
const SETS: u32 = 4;
/// Their place among the draws of [`Stream::Points`].
const FIRST_SET: u32 = u32::MAX - SETS;

/// A comparison with a law. Distances are sliced Wasserstein-2, in units of the plane.
pub struct Quality {
    /// [n, 2] each.
    fresh: Vec<Vec<f32>>,
    floor: OnceCell<f64>,
    count: usize,
}

impl Quality {
    /// Compares up to `count` points, at least two.
    pub fn new(law: &Law, seed: u64, count: usize) -> Self {
        let count = count.min(MOST);
        let set = |i| draw(law, seed, Stream::Points, FIRST_SET + i, count).concat();
        Self { fresh: (0..SETS).map(set).collect(), floor: OnceCell::new(), count }
    }

    /// Points that it compares.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Mean distance of `particles` [n, 2] to the fresh sets; more of them than needed are left out.
    pub fn distance(&self, particles: &[f32]) -> f64 {
        let some = &particles[..particles.len().min(2 * self.count)];
        self.fresh.iter().map(|set| sliced_w2(some, set)).sum::<f64>() / self.fresh.len() as f64
    }

    /// Mean distance of two fresh sets: nobody can be expected to do better.
    pub fn floor(&self) -> f64 {
        *self.floor.get_or_init(|| {
            let pairs = self
                .fresh
                .iter()
                .enumerate()
                .flat_map(|(i, a)| self.fresh[..i].iter().map(move |b| sliced_w2(a, b)));
            let all: Vec<f64> = pairs.collect();
            all.iter().sum::<f64>() / all.len() as f64
        })
    }

    /// A fresh set, [n, 2].
    pub fn fresh(&self) -> &[f32] {
        &self.fresh[0]
    }
}

/// The share of `particles` [n, 2] whose nearest data point is nearer than a third of the second nearest: they
/// repeat a data point rather than the law. Scattered evenly, one in nine would; along a line, one in three.
pub fn memorised(particles: &[f32], data: &[Point]) -> f64 {
    let (particles, _) = particles.as_chunks::<2>();
    let repeats = particles.iter().filter(|x| {
        let (mut nearest, mut second) = (f32::INFINITY, f32::INFINITY);
        for y in data {
            let square = (x[0] - y[0]).powi(2) + (x[1] - y[1]).powi(2);
            if square < nearest {
                (nearest, second) = (square, nearest);
            } else if square < second {
                second = square;
            }
        }
        9.0 * nearest < second
    });
    repeats.count() as f64 / particles.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeating_the_data_is_memorising_and_fresh_points_are_not() {
        let data = draw(&Law::Checkerboard, 1, Stream::Points, 0, 500);
        assert_eq!(memorised(&data.concat(), &data), 1.0);
        let n = 4000;
        let fresh = draw(&Law::Checkerboard, 1, Stream::Points, 1, n).concat();
        // In the plane P(d_1 < d_2/3) = 1/9; the board's edges add a little, five deviations are 0.025.
        let share = memorised(&fresh, &data);
        assert!((share - 1.0 / 9.0).abs() < 0.025, "{share}");
        assert_eq!(memorised(&fresh, &data[..1]), 1.0, "one point has no second");
    }

    #[test]
    fn fresh_points_are_as_far_as_fresh_points_and_shifted_ones_farther() {
        let quality = Quality::new(&Law::Moons, 1, 2000);
        let fresh = draw(&Law::Moons, 1, Stream::Points, 77, 2000).concat();
        let ratio = quality.distance(&fresh) / quality.floor();
        assert!((0.6..1.6).contains(&ratio), "{ratio}");
        let shifted: Vec<f32> = fresh.iter().map(|x| x + 0.2).collect();
        // The shift alone, 0.2 along both axes, is 0.2 in sliced W2.
        assert!(quality.distance(&shifted) > 0.19);
    }
}
