//! Triangles of geodesics: angles, excess, and what they enclose.

use super::{
    Place,
    field::Field,
    geodesic::{Carry, after, start},
    region::Region,
    shooting::{Connection, connect},
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
        let sides = [sides[0], sides[1], sides[2]];
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
        let end = |angle: f64| {
            let state = after(field, &start(field, corner, angle).ok()?, side, Carry::Nothing).ok()?;
            Some([state[0], state[1]])
        };
        let second = end(heading)?;
        // The third side grows with the angle at the corner: regula falsi, Illinois variant.
        let miss = |angle: f64| Some(connect(field, second, end(heading + angle)?)?.length - side);
        let (mut low, mut high) = (0.02, 3.0);
        let (mut under, mut over) = (miss(low)?, None);
        while over.is_none() {
            match miss(high) {
                Some(gap) if gap > 0.0 => over = Some(gap),
                _ if high < 0.1 => return None,
                _ => high -= 0.25,
            }
        }
        let mut over = over?;
        for _ in 0..60 {
            let angle = (low * over - high * under) / (over - under);
            let gap = miss(angle)?;
            if gap.abs() < 1e-13 * (1.0 + side) || (high - low) < 1e-14 {
                return Self::between(field, [corner, second, end(heading + angle)?]);
            }
            if gap < 0.0 {
                (low, under, over) = (angle, gap, 0.5 * over);
            } else {
                (high, over, under) = (angle, gap, 0.5 * under);
            }
        }
        None
    }
}
