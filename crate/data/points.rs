//! Distributions of points in the plane: each can be drawn from for ever, by address.
//!
//! Every distribution is standardised by constants of its own: mean 0, and a variance of 1 on the average of the two
//! axes, so that noise of variance 1 drowns it and a plane from −3 to 3 shows all of it.

pub mod skyline;

use std::f64::consts::{PI, TAU};

use crate::math::{
    normal::pair,
    philox::{Stream, uniform, words},
};

/// A point of the plane.
pub type Point = [f32; 2];

/// Where points come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Distribution {
    /// Two half circles that reach into each other.
    Moons,
    /// Two circles, one inside the other.
    Circles,
    /// Two arms that turn by 540° each.
    Spiral,
    /// One arm, densest where it is tight: Marsland's roll, seen from its end.
    SwissRoll,
    /// The eight dark squares of a board of four by four.
    Checkerboard,
    /// Five blades, bent by the distance (after Johnson et al. 2016, <https://arxiv.org/abs/1603.06277>).
    Pinwheel,
    /// Towers of a city that stand on one ground.
    Skyline,
    /// Gaussians of deviation `spread` around `centres`, equally likely; not standardised: the centres are
    /// where the visitor put them. Needs a centre.
    Mixture { centres: Vec<Point>, spread: f64 },
    /// One of these points as it is, equally likely. Needs a point.
    Cloud(Vec<Point>),
}

/// Deviation of the noise on the thin ones, before they are scaled.
const MOON_NOISE: f64 = 0.06;
const CIRCLE_NOISE: f64 = 0.03;
const SPIRAL_NOISE: f64 = 0.02;
const ROLL_NOISE: f64 = 0.3;

/// Deviations of a blade along and across, and how strongly it bends.
const BLADE: [f64; 2] = [0.3, 0.1];
const BEND: f64 = 0.25;
const BLADES: usize = 5;

/// Where a mixture's centres stand when nobody placed them: eight on a circle that has variance 1.
pub fn ring() -> Vec<Point> {
    let angle = |i: usize| TAU * i as f64 / 8.0;
    (0..8).map(|i| [libm::cos(angle(i)), libm::sin(angle(i))].map(|x| (2f64.sqrt() * x) as f32)).collect()
}

/// `count` points of `distribution` at `(stream, step)` under `seed`. The i-th does not depend on `count`.
pub fn draw(distribution: &Distribution, seed: u64, stream: Stream, step: u32, count: usize) -> Vec<Point> {
    (0..count as u64).map(|i| place(distribution, words(seed, stream, step, i).map(uniform))).collect()
}

/// The point that four uniform numbers in (0, 1) stand for: two choose the place, two the noise.
fn place(distribution: &Distribution, [u, v, w, z]: [f64; 4]) -> Point {
    let noise = || pair(w, z).map(f64::from);
    let raw = match distribution {
        Distribution::Moons => {
            let (cos, sin) = (libm::cos(PI * v), libm::sin(PI * v));
            let arc = if u < 0.5 { [cos, sin] } else { [1.0 - cos, 0.5 - sin] };
            shifted(arc, noise(), MOON_NOISE)
        }
        Distribution::Circles => {
            let radius = if u < 0.5 { 1.0 } else { 0.5 };
            shifted(polar(radius, TAU * v), noise(), CIRCLE_NOISE)
        }
        Distribution::Spiral => {
            // The root makes the density along the arm even.
            let (radius, start) = (libm::sqrt(v), if u < 0.5 { 0.0 } else { PI });
            shifted(polar(radius, start + 3.0 * PI * radius), noise(), SPIRAL_NOISE)
        }
        Distribution::SwissRoll => {
            let t = 1.5 * PI * (1.0 + 2.0 * v);
            shifted(polar(t, t), noise(), ROLL_NOISE)
        }
        Distribution::Checkerboard => {
            let (x, row) = (4.0 * u, libm::floor(2.0 * v));
            let dark = 2.0 * row + libm::floor(x) % 2.0;
            [x, dark + 2.0 * v - row]
        }
        Distribution::Pinwheel => {
            let [along, across] = noise();
            let [x, y] = [1.0 + BLADE[0] * along, BLADE[1] * across];
            let blade = libm::floor(u * BLADES as f64);
            let angle = TAU * blade / BLADES as f64 + BEND * libm::exp(x);
            let (cos, sin) = (libm::cos(angle), libm::sin(angle));
            [cos * x - sin * y, sin * x + cos * y]
        }
        Distribution::Skyline => skyline::place(u, v, w),
        Distribution::Mixture { centres, spread } => {
            let centre = centres[(u * centres.len() as f64) as usize]; // u < 1
            shifted(centre.map(f64::from), noise(), *spread)
        }
        Distribution::Cloud(points) => return points[(u * points.len() as f64) as usize],
    };
    let (centre, variance) = raw_moments(distribution);
    let scale = 1.0 / variance.sqrt();
    std::array::from_fn(|k| ((raw[k] - centre[k]) * scale) as f32)
}

/// Mean and variance (averaged over the axes) of a distribution before it is standardised, in closed form.
fn raw_moments(distribution: &Distribution) -> ([f64; 2], f64) {
    match distribution {
        Distribution::Moons => {
            // x: halves of means 0 and 1, variance ½ each. y: means 2/π and ½ − 2/π, variance ½ − 4/π² each.
            let gap = 4.0 / PI - 0.5;
            let [x, y] = [0.5 + 0.25, 0.5 - 4.0 / PI.powi(2) + gap.powi(2) / 4.0];
            ([0.5, 0.25], (x + y) / 2.0 + MOON_NOISE.powi(2))
        }
        // E r² = (1 + ¼)/2, half of it on each axis.
        Distribution::Circles => ([0.0; 2], 0.3125 + CIRCLE_NOISE.powi(2)),
        // E r² = E v = ½.
        Distribution::Spiral => ([0.0; 2], 0.25 + SPIRAL_NOISE.powi(2)),
        Distribution::SwissRoll => {
            // ∫ t cos t dt = t sin t + cos t and ∫ t sin t dt = sin t − t cos t from 1.5 π to 4.5 π, over 3 π.
            let centre = [2.0, 2.0 / (3.0 * PI)];
            let square = (1.5 * PI).powi(2) * 13.0 / 3.0; // E (1 + 2v)² = 13/3
            (centre, (square - centre[0].powi(2) - centre[1].powi(2)) / 2.0 + ROLL_NOISE.powi(2))
        }
        // Both axes are uniform on (0, 4).
        Distribution::Checkerboard => ([2.0; 2], 16.0 / 12.0),
        // Turning keeps lengths, and five blades balance.
        Distribution::Pinwheel => ([0.0; 2], (1.0 + BLADE[0].powi(2) + BLADE[1].powi(2)) / 2.0),
        Distribution::Skyline => skyline::moments(),
        Distribution::Mixture { .. } | Distribution::Cloud(_) => ([0.0; 2], 1.0),
    }
}

fn polar(radius: f64, angle: f64) -> [f64; 2] {
    [radius * libm::cos(angle), radius * libm::sin(angle)]
}

fn shifted(x: [f64; 2], by: [f64; 2], times: f64) -> [f64; 2] {
    [x[0] + times * by[0], x[1] + times * by[1]]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::statistics::Moments;

    const BUILT_IN: [Distribution; 7] = [
        Distribution::Moons,
        Distribution::Circles,
        Distribution::Spiral,
        Distribution::SwissRoll,
        Distribution::Checkerboard,
        Distribution::Pinwheel,
        Distribution::Skyline,
    ];

    #[test]
    fn every_distribution_is_standardised_and_fits_the_plane() {
        let n = 100_000;
        for distribution in
            BUILT_IN.into_iter().chain([Distribution::Mixture { centres: ring(), spread: 0.02 }])
        {
            let points = draw(&distribution, 1, Stream::Points, 0, n);
            let axis = |k: usize| Moments::of(points.iter().map(|p| f64::from(p[k])));
            let (x, y) = (axis(0), axis(1));
            // Five standard errors; no distribution has a fourth moment above a normal's.
            let band = 5.0 / (n as f64).sqrt();
            assert!(x.mean.abs() < band * x.deviation(), "{distribution:?}: {x:?}");
            assert!(y.mean.abs() < band * y.deviation(), "{distribution:?}: {y:?}");
            let variance = (x.variance + y.variance) / 2.0;
            assert!((variance - 1.0).abs() < band * 2f64.sqrt(), "{distribution:?}: {variance}");
            let outside = points.iter().filter(|p| p.iter().any(|x| x.abs() > 3.0)).count();
            assert!(outside * 1000 < n, "{distribution:?}: {outside} of {n} points lie outside the plane");
        }
    }

    #[test]
    fn a_longer_draw_begins_with_the_shorter_one_and_steps_differ() {
        for distribution in BUILT_IN {
            let long = draw(&distribution, 7, Stream::Points, 3, 50);
            assert_eq!(draw(&distribution, 7, Stream::Points, 3, 20), long[..20]);
            assert_ne!(draw(&distribution, 7, Stream::Points, 4, 20), long[..20]);
        }
    }

    #[test]
    fn the_board_has_only_dark_squares() {
        // Undo the scaling: the square (column, row) of each point, counted from a corner.
        let scale = (16.0f64 / 12.0).sqrt();
        let mut seen = [0; 16];
        for p in draw(&Distribution::Checkerboard, 1, Stream::Points, 0, 4000) {
            let [column, row] = p.map(|x| (f64::from(x) * scale + 2.0).floor() as usize);
            assert_eq!((column + row) % 2, 0, "{p:?}");
            seen[4 * row + column] += 1;
        }
        // 500 of 4000 on each: five deviations are 5 √(4000 · 1/8 · 7/8) = 105.
        assert!(seen.iter().filter(|n| **n > 0).all(|n| (395..=605).contains(n)), "{seen:?}");
        assert_eq!(seen.iter().filter(|n| **n > 0).count(), 8);
    }

    #[test]
    fn a_mixture_stands_where_its_centres_are() {
        let centres = vec![[1.0, 2.0], [-1.0, 0.5]];
        let n = 20_000;
        let points = draw(&Distribution::Mixture { centres, spread: 0.1 }, 1, Stream::Points, 0, n);
        let right: Vec<_> = points.iter().filter(|p| p[0] > 0.0).collect();
        let share = right.len() as f64 / n as f64;
        assert!((share - 0.5).abs() < 5.0 * 0.5 / (n as f64).sqrt(), "{share}");
        let height = Moments::of(right.iter().map(|p| f64::from(p[1])));
        let count = right.len() as f64;
        assert!((height.mean - 2.0).abs() < 0.5 / count.sqrt(), "{height:?}");
        assert!((height.deviation() / 0.1 - 1.0).abs() < 5.0 / (2.0 * count).sqrt(), "{height:?}");
    }

    #[test]
    fn a_cloud_gives_its_own_points() {
        let cloud = vec![[0.1, 0.2], [3.0, -1.0]];
        let points = draw(&Distribution::Cloud(cloud.clone()), 1, Stream::Points, 0, 100);
        assert!(points.iter().all(|p| cloud.contains(p)));
        assert!(cloud.iter().all(|p| points.contains(p)));
    }
}
