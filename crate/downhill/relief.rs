//! A landscape under points: −ln of how densely they lie, as a cubic spline, so that slopes and bends are exact and cost the same however
//! many points there are.

use super::landscape::{Ground, Place};

/// Deviation of the blur that makes a density of points; and of a second one that leads down to them from further away.
const BLUR: f64 = 0.15;
const VEIL: f64 = 0.6;
/// How much of the density the second one is.
const VEILED: f64 = 0.15;
/// A wide heap under everything: how much it is, and its deviation. Far out it is all there is.
const FAINT: f64 = 0.01;
const WIDE: f64 = 2.0;
/// The spline reaches so far from the middle, knots so far apart; points lie within 4.
const REACH: f64 = 6.0;
const GAP: f64 = 0.06;
/// Knots a side, with those that a spline needs beyond its edge and what they are made of.
const SIDE: usize = 206;
const MARGIN: f64 = 2.5;
/// Deviations of a blur beyond which it counts as nothing.
const SEEN: f64 = 6.0;

#[derive(Debug, PartialEq)]
pub struct Relief {
    /// Weights of the splines, row by row from the lowest y.
    weights: Vec<f64>,
}

fn knot(i: usize) -> f64 {
    -REACH + (i as f64 - MARGIN) * GAP
}

/// −ln of the wide heap alone.
fn far([x, y]: Place) -> f64 {
    (x * x + y * y) / (2.0 * WIDE * WIDE) + libm::log(std::f64::consts::TAU * WIDE * WIDE / FAINT)
}

impl Relief {
    /// Under these points, of which there is one at least.
    pub fn under(points: &[Place]) -> Self {
        let mut density = vec![0.0; SIDE * SIDE];
        let share = (1.0 - FAINT) / points.len() as f64;
        for (sd, part) in [(BLUR, 1.0 - VEILED), (VEIL, VEILED)] {
            let peak = share * part / (std::f64::consts::TAU * sd * sd);
            for point in points {
                let [across, up] = point.map(|x| bell(x, sd));
                for (j, high) in &up {
                    for (i, wide) in &across {
                        density[j * SIDE + i] += peak * high * wide;
                    }
                }
            }
        }
        let height = |(k, p): (usize, &f64)| {
            let place = [knot(k % SIDE), knot(k / SIDE)];
            -libm::log(p + libm::exp(-far(place)))
        };
        let heights: Vec<f64> = density.iter().enumerate().map(height).collect();
        Self { weights: weighed(&weighed(&heights, 1), SIDE) }
    }

    /// Height, slopes and bends; `None` where it is no number.
    pub fn ground(&self, place: Place) -> Option<Ground> {
        let [x, y] = place;
        if !(x.abs() < REACH && y.abs() < REACH) {
            let bend = 1.0 / (WIDE * WIDE);
            let ground =
                Ground { height: far(place), slope: place.map(|x| x * bend), bend: [bend, 0.0, bend] };
            return ground.height.is_finite().then_some(ground);
        }
        let ([i, j], [across, up]) = ([cell(x), cell(y)], [x, y].map(basis));
        let mut sums = [0.0; 6];
        for (k, [high, rise, curve]) in up.into_iter().enumerate() {
            let row = &self.weights[(j + k) * SIDE + i..][..4];
            let mut along = [0.0; 3];
            for (weight, basis) in row.iter().zip(&across) {
                along.iter_mut().zip(basis).for_each(|(sum, one)| *sum += weight * one);
            }
            let [value, slope, bend] = along;
            let parts = [high * value, high * slope, rise * value, high * bend, rise * slope, curve * value];
            sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
        }
        let [height, by_x, by_y, xx, xy, yy] = sums;
        Some(Ground { height, slope: [by_x, by_y], bend: [xx, xy, yy] })
    }
}

/// Knots near `x`, and how high a bell around it is there.
fn bell(x: f64, sd: f64) -> Vec<(usize, f64)> {
    let place = |x: f64| (x + REACH) / GAP + MARGIN;
    let first = place(x - SEEN * sd).max(0.0) as usize;
    let last = (place(x + SEEN * sd).max(0.0) as usize).min(SIDE - 1);
    let high = |i: usize| {
        let z = (knot(i) - x) / sd;
        (i, libm::exp(-z * z / 2.0))
    };
    (first..=last).map(high).collect()
}

/// Weights with which splines come through heights, up to the fourth power of the gap; exact for what is cubic. Along rows
/// (`stride` 1) or columns; the outermost are left as they are and never used.
fn weighed(heights: &[f64], stride: usize) -> Vec<f64> {
    let mut weights = heights.to_vec();
    for k in stride..heights.len() - stride {
        weights[k] = (8.0 * heights[k] - heights[k - stride] - heights[k + stride]) / 6.0;
    }
    weights
}

/// The first of the four knots whose splines reach x.
fn cell(x: f64) -> usize {
    ((x + REACH) / GAP + MARGIN) as usize - 1
}

/// The four splines at x, with slope and bend.
fn basis(x: f64) -> [[f64; 3]; 4] {
    let place = (x + REACH) / GAP + MARGIN;
    let t = place - libm::floor(place);
    let s = 1.0 - t;
    let (one, two) = (1.0 / GAP, 1.0 / (GAP * GAP));
    [
        [s * s * s / 6.0, -s * s / 2.0 * one, s * two],
        [
            (4.0 - 6.0 * t * t + 3.0 * t * t * t) / 6.0,
            (3.0 * t * t - 4.0 * t) / 2.0 * one,
            (3.0 * t - 2.0) * two,
        ],
        [
            (4.0 - 6.0 * s * s + 3.0 * s * s * s) / 6.0,
            (4.0 * s - 3.0 * s * s) / 2.0 * one,
            (3.0 * s - 2.0) * two,
        ],
        [t * t * t / 6.0, t * t / 2.0 * one, t * two],
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(points: &[Place], [x, y]: Place) -> f64 {
        let normal = |[a, b]: &Place, sd: f64| {
            let square = (x - a) * (x - a) + (y - b) * (y - b);
            libm::exp(-square / (2.0 * sd * sd)) / (std::f64::consts::TAU * sd * sd)
        };
        let mean = |sd: f64| points.iter().map(|p| normal(p, sd)).sum::<f64>() / points.len() as f64;
        let near = (1.0 - VEILED) * mean(BLUR) + VEILED * mean(VEIL);
        -libm::log((1.0 - FAINT) * near + FAINT * normal(&[0.0, 0.0], WIDE))
    }

    /// Heights are those of the mixture; slopes and bends those of the spline itself, and it goes on smoothly where it ends.
    #[test]
    fn it_lies_under_its_points_and_is_smooth_to_the_end() {
        let points = [[0.3, -1.2], [1.9, 0.4], [-3.9, 3.9]];
        let relief = Relief::under(&points);
        let at = |x: f64, y: f64| relief.ground([x, y]).expect("a height everywhere");
        for place in [[0.3, -1.2], [0.5, -1.0], [-1.7, 2.2], [-3.8, 3.7], [5.0, -5.5]] {
            let (found, wanted) = (at(place[0], place[1]).height, exact(&points, place));
            assert!((found - wanted).abs() < 2e-3, "{place:?}: {found} {wanted}");
        }
        let d = 1e-5;
        for [x, y] in [[0.41, -1.13], [-2.0, 0.77], [5.99, 1.3]] {
            let ground = at(x, y);
            let slope =
                [at(x + d, y).height - at(x - d, y).height, at(x, y + d).height - at(x, y - d).height];
            let bend = [
                at(x + d, y).slope[0] - at(x - d, y).slope[0],
                at(x, y + d).slope[0] - at(x, y - d).slope[0],
                at(x, y + d).slope[1] - at(x, y - d).slope[1],
            ];
            for (one, other) in ground.slope.iter().zip(slope).chain(ground.bend.iter().zip(bend)) {
                assert!((one - other / (2.0 * d)).abs() < 1e-5 * (1.0 + one.abs()), "{x} {y}: {one} {other}");
            }
        }
        let (inside, outside) = (at(REACH - 1e-9, 2.0), at(REACH + 1e-9, 2.0));
        assert!((inside.height - outside.height).abs() < 1e-8);
        assert!((inside.slope[0] - outside.slope[0]).abs() < 1e-8);
        assert!((inside.bend[0] - outside.bend[0]).abs() < 1e-6);
        assert!(relief.ground([f64::NAN, 0.0]).is_none());
    }
}
