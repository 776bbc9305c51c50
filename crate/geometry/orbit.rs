//! Jacobi's geometry of mechanics: a body that Newton pushes with −U = f at energy 0 runs along a geodesic of f (dx² + dy²).

use super::{
    Place,
    extrapolation::{State, Walk},
    field::{Field, Source},
    geodesic::{Carry, at_each, start},
};

/// Newton's orbit and the geodesic from the same start, at the same lengths.
#[derive(Clone, Debug, PartialEq)]
pub struct Orbit {
    pub newton: Vec<Place>,
    pub geodesic: Vec<Place>,
}

impl Orbit {
    /// `None` where the metric is not conformal, or one of the two could not be followed.
    pub fn of(field: &Field, from: Place, heading: f64, length: f64, places: usize) -> Option<Self> {
        let Source::Conformal(f) = &field.source else { return None };
        if !field.paint.is_empty() {
            return None;
        }
        let near = |place: Place, degree| f.near(place, field.sliders, degree);
        let stops: Vec<_> = (0..=places).map(|k| length * k as f64 / places as f64).collect();
        let geodesic = at_each(field, &start(field, from, heading).ok()?, &stops, Carry::Nothing).ok()?;
        // x″ = ∇f in time; a length of the metric is √f |x′| dt.
        let slope = |state: &State| {
            let [x, y, dx, dy, ..] = *state;
            let f = near([x, y], 1);
            let pace = 1.0 / (libm::sqrt(f.value()) * libm::hypot(dx, dy));
            let all = [dx, dy, f.0[1], f.0[2]].map(|x| x * pace);
            let sound = all.iter().all(|x| x.is_finite());
            sound.then_some([all[0], all[1], all[2], all[3], 0.0, 0.0, 0.0, 0.0])
        };
        let speed = libm::sqrt(2.0 * near(from, 0).value());
        let (s, c) = (libm::sin(heading), libm::cos(heading));
        let mut walk = Walk::new(&slope, [from[0], from[1], speed * c, speed * s, 0.0, 0.0, 0.0, 0.0]);
        let mut newton = Vec::new();
        for stop in stops {
            walk.reach(stop, |_, _| ()).ok()?;
            newton.push([walk.state[0], walk.state[1]]);
        }
        Some(Self { newton, geodesic: geodesic.iter().map(|state| [state[0], state[1]]).collect() })
    }

    /// The largest distance in the chart between the two at the same length.
    pub fn gap(&self) -> f64 {
        let gap = |(a, b): (&Place, &Place)| libm::hypot(a[0] - b[0], a[1] - b[1]);
        self.newton.iter().zip(&self.geodesic).map(gap).fold(0.0, f64::max)
    }
}
