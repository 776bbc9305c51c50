//! How far finished particles are from fresh data, beside how far fresh data are from each other.

use std::{
    cell::{OnceCell, RefCell},
    rc::Rc,
};

use crate::data::points::{Distribution, Point, draw};
use crate::math::{philox::Stream, statistics::Moments, wasserstein::Sliced};

/// Points that are compared at most.
pub const MOST: usize = 2000;
/// Sets of fresh data: the distance of one pair alone may be off by a third.
const SETS: u32 = 8;
/// A few roundings of a coordinate of size 4, the plane's edge: fresh sets of a single point do not differ at all.
const RESOLUTION: f64 = 16.0 * f32::EPSILON as f64;
/// Their place among the draws of [`Stream::Points`].
const FIRST_SET: u32 = u32::MAX - SETS;

/// Fresh data and what they say of each other: a function of distribution, seed and count alone.
struct Fresh {
    distribution: Distribution,
    seed: u64,
    count: usize,
    /// The first of the sets, [n, 2].
    first: Vec<f32>,
    sets: Vec<Sliced>,
    /// Mean distance of two sets.
    floor: f64,
}

impl Fresh {
    fn draw(distribution: &Distribution, seed: u64, count: usize) -> Self {
        let set = |i| draw(distribution, seed, Stream::Points, FIRST_SET + i, count).concat();
        let sets: Vec<_> = (0..SETS).map(|i| Sliced::of(&set(i))).collect();
        let pairs = sets.iter().enumerate().flat_map(|(i, a)| sets[..i].iter().map(|b| a.distance(b)));
        let floor = Moments::of(pairs).mean;
        Self { distribution: distribution.clone(), seed, count, first: set(0), sets, floor }
    }
}

#[cfg(test)]
thread_local! {
    /// Comparisons made, for tests that they are few.
    pub static COMPARED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Called for each comparison.
fn compared() {
    #[cfg(test)]
    COMPARED.set(COMPARED.get() + 1);
}

thread_local! {
    /// The latest, kept: it takes as long as a step, and most changes of a setting leave the distribution alone.
    static LATEST: RefCell<Option<Rc<Fresh>>> = const { RefCell::new(None) };
}

/// A comparison with a distribution. Distances are sliced Wasserstein-2, in units of the plane.
pub struct Quality {
    distribution: Distribution,
    seed: u64,
    count: usize,
    fresh: OnceCell<Rc<Fresh>>,
}

impl Quality {
    /// Compares up to `count` points, at least two.
    pub fn new(distribution: &Distribution, seed: u64, count: usize) -> Self {
        Self { distribution: distribution.clone(), seed, count: count.min(MOST), fresh: OnceCell::new() }
    }

    /// Points that it compares.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Mean distance of `particles` [n, 2] to the fresh sets; more of them than needed are left out.
    pub fn distance(&self, particles: &[f32]) -> f64 {
        compared();
        let some = Sliced::of(&particles[..particles.len().min(2 * self.count)]);
        Moments::of(self.drawn().sets.iter().map(|set| some.distance(set))).mean
    }

    /// Mean distance of two fresh sets: nobody can be expected to do better, and nobody than the f32 of coordinates.
    pub fn floor(&self) -> f64 {
        self.drawn().floor.max(RESOLUTION)
    }

    /// A fresh set, [n, 2].
    pub fn fresh(&self) -> &[f32] {
        &self.drawn().first
    }

    fn drawn(&self) -> &Fresh {
        self.fresh.get_or_init(|| {
            let ours = |f: &Fresh| {
                f.distribution == self.distribution && f.seed == self.seed && f.count == self.count
            };
            LATEST.with_borrow_mut(|latest| match latest {
                Some(fresh) if ours(fresh) => fresh.clone(),
                other => {
                    other.insert(Rc::new(Fresh::draw(&self.distribution, self.seed, self.count))).clone()
                }
            })
        })
    }
}

/// The share of `particles` [n, 2] whose nearest data point is nearer than a third of the second nearest: they
/// repeat a data point rather than the distribution. Scattered evenly, one in nine would; along a line, one in three.
pub fn memorised(particles: &[f32], data: &[Point]) -> f64 {
    compared();
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
        let data = draw(&Distribution::Checkerboard, 1, Stream::Points, 0, 500);
        assert_eq!(memorised(&data.concat(), &data), 1.0);
        let n = 4000;
        let fresh = draw(&Distribution::Checkerboard, 1, Stream::Points, 1, n).concat();
        // In the plane P(d_1 < d_2/3) = 1/9; the board's edges add a little, five deviations are 0.025.
        let share = memorised(&fresh, &data);
        assert!((share - 1.0 / 9.0).abs() < 0.025, "{share}");
        assert_eq!(memorised(&fresh, &data[..1]), 1.0, "one point has no second");
    }

    #[test]
    fn a_point_is_no_farther_from_itself_than_its_digits() {
        for place in [[0.3f32, -1.7], [3.9, 3.9], [1e-3, 0.0]] {
            let quality = Quality::new(&Distribution::Cloud(vec![place; 3]), 1, 100);
            assert!(quality.floor() > 0.0);
            let near = place.map(|c| f32::from_bits(c.to_bits() + 2));
            assert!(quality.distance(&[near, place].concat()) < quality.floor(), "{place:?}");
            assert!(quality.distance(&place.map(|c| c + 1e-4)) > 1.5 * quality.floor(), "{place:?}");
        }
    }

    #[test]
    fn fresh_points_are_as_far_as_fresh_points_and_shifted_ones_farther() {
        let quality = Quality::new(&Distribution::Moons, 1, 2000);
        let fresh = draw(&Distribution::Moons, 1, Stream::Points, 77, 2000).concat();
        let ratio = quality.distance(&fresh) / quality.floor();
        assert!((0.6..1.6).contains(&ratio), "{ratio}");
        let shifted: Vec<f32> = fresh.iter().map(|x| x + 0.2).collect();
        // The shift alone, 0.2 along both axes, is 0.2 in sliced W2.
        assert!(quality.distance(&shifted) > 0.19);
    }
}
