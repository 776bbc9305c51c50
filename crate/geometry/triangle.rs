//! Triangles of geodesics: angles, excess, and what they enclose.

use super::{
    Place,
    extrapolation::State,
    field::Field,
    geodesic::{Carry, NEIGHBOUR, after, start},
    region::Region,
    shooting::{Connection, connect, correct},
    wrapped,
};

#[derive(Clone, Debug, PartialEq)]
pub struct Triangle {
    /// Counterclockwise in the chart.
    pub corners: [Place; 3],
    pub sides: [Connection; 3],
    pub angles: [f64; 3],
    pub excess: f64,
    pub region: Region,
}

/// Angles that are tried before there is no such triangle, and beyond which none is.
const TRIES: usize = 30;
const WIDEST: f64 = std::f64::consts::PI;

impl Triangle {
    /// The triangle with these corners; `None` where a side cannot be found.
    pub fn between(field: &Field, corners: [Place; 3]) -> Option<Self> {
        let [a, b, c] = corners;
        let left = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
        let corners = if left < 0.0 { [a, c, b] } else { corners };
        let mut sides = Vec::new();
        for i in 0..3 {
            sides.push(connect(field, corners[i], corners[(i + 1) % 3])?);
        }
        Self::of(field, corners, [sides[0], sides[1], sides[2]])
    }

    fn of(field: &Field, corners: [Place; 3], sides: [Connection; 3]) -> Option<Self> {
        let mut angles = [0.0; 3];
        for i in 0..3 {
            let arriving = sides[(i + 2) % 3].arrival.map(|x| -x);
            let back = field.metric(corners[i], 0).ok()?.angle(arriving);
            angles[i] = wrapped(back - sides[i].heading).abs();
        }
        let excess = angles.iter().sum::<f64>() - std::f64::consts::PI;
        let region = Region::of_geodesics(field, &corners, &sides)?;
        Some(Self { corners, sides, angles, excess, region })
    }

    /// Three sides of `side`; the first leaves `corner` in the direction `heading`.
    pub fn equilateral(field: &Field, corner: Place, heading: f64, side: f64) -> Option<Self> {
        let shot = |angle: f64| after(field, &start(field, corner, angle).ok()?, side, Carry::Neighbour).ok();
        let place = |state: &State| [state[0], state[1]];
        let first = shot(heading)?;
        let second = place(&first);
        // What the angle would be if K were everywhere what it is at the corner.
        let k = field.metric(corner, 2).ok()?.curvature();
        let root = libm::sqrt(k.abs()) * side;
        let cosine = if k < 0.0 { libm::cosh(root) } else { libm::cos(root.min(2.0)) };
        let guess = libm::acos((cosine / (1.0 + cosine)).clamp(-0.95, 0.95));
        let arriving = field.metric(second, 0).ok()?.angle([first[2], first[3]]);
        let mut near = (arriving + std::f64::consts::PI - guess, side);
        // The third side for an angle at the corner, from the one for the angle before.
        let mut third = |angle: f64| {
            let target = place(&shot(heading + angle)?);
            let found = correct(field, second, target, near.0, near.1);
            let found = found.or_else(|| connect(field, second, target))?;
            near = (found.heading, found.length);
            Some(found)
        };
        let mut angle = guess;
        let mut way = third(angle)?;
        let (mut gap, mut step) = (way.length - side, -(way.length - side) / (side * libm::cos(guess / 2.0)));
        for _ in 0..TRIES {
            if gap.abs() < (2.0 * field.tolerance).max(1e-13) * (1.0 + side) || step.abs() < 1e-15 {
                break;
            }
            let before = angle;
            angle = (angle + step).clamp(0.5 * before, 0.5 * (before + WIDEST));
            way = third(angle)?;
            let last = std::mem::replace(&mut gap, way.length - side);
            step = -gap * (angle - before) / (gap - last);
        }
        if gap.abs() > (100.0 * field.tolerance).max(1e-10) * (1.0 + side) {
            return None;
        }
        let last = shot(heading + angle)?;
        let conjugate = |state: &State| state[NEIGHBOUR] < 0.0;
        let back = |state: &State| {
            field.metric(place(state), 0).ok().map(|metric| metric.angle([-state[2], -state[3]]))
        };
        let leaving = field.metric(corner, 0).ok()?.direction(heading + angle);
        let sides = [
            Connection {
                heading: wrapped(heading),
                length: side,
                arrival: [first[2], first[3]],
                end: second,
                conjugate: conjugate(&first),
            },
            way,
            Connection {
                heading: back(&last)?,
                length: side,
                arrival: leaving.map(|x| -x),
                end: corner,
                conjugate: conjugate(&last),
            },
        ];
        Self::of(field, [corner, second, place(&last)], sides)
    }
}
