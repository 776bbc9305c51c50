//! Other parameters of the same plane: a way down that depends on what they are called, and one that does not.
//!
//! u = x + lean y, and v = (yᵖ − 1)/p, which is ln y where p is 0: of a width σ the width itself (1), its logarithm (0), the variance
//! (2) or the precision (−2).

use super::landscape::{Landscape, Place};
use crate::geometry::extrapolation::{State, Walk};

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chart {
    pub power: f64,
    pub lean: f64,
}

/// How long a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruler {
    /// √(du² + dv²) in whatever parameters there are.
    Euclid,
    /// Fisher's length of N(x, y²), whatever its parameters are called.
    Fisher,
}

/// Beyond this a point has left.
const GONE: f64 = 1e9;

impl Chart {
    /// The parameters that there were.
    pub const PLAIN: Self = Self { power: 1.0, lean: 0.0 };

    /// `None` where y has no such power.
    pub fn there(self, [x, y]: Place) -> Option<Place> {
        let v = if self.power == 1.0 {
            y - 1.0
        } else if y > 0.0 {
            let log = libm::log(y);
            if self.power == 0.0 { log } else { libm::expm1(self.power * log) / self.power }
        } else {
            return None;
        };
        Some([x + self.lean * y, v])
    }

    /// The reverse of [`Self::there`]; `None` where no y has this v.
    pub fn back(self, [u, v]: Place) -> Option<Place> {
        let y = if self.power == 1.0 {
            v + 1.0
        } else if self.power == 0.0 {
            libm::exp(v)
        } else {
            let inside = self.power * v;
            if inside <= -1.0 {
                return None;
            }
            libm::exp(libm::log1p(inside) / self.power)
        };
        Some([u - self.lean * y, y])
    }

    /// dy/dv.
    fn rate(self, y: f64) -> f64 {
        if self.power == 1.0 { 1.0 } else { libm::pow(y, 1.0 - self.power) }
    }

    /// ∂(x, y)/∂(u, v).
    fn jacobian(self, y: f64) -> [[f64; 2]; 2] {
        let rate = self.rate(y);
        [[1.0, -self.lean * rate], [0.0, rate]]
    }
}

/// Jᵀ a.
fn pulled(j: [[f64; 2]; 2], a: Place) -> Place {
    [0, 1].map(|i| j[0][i] * a[0] + j[1][i] * a[1])
}

/// J a.
fn pushed(j: [[f64; 2]; 2], a: Place) -> Place {
    [0, 1].map(|i| j[i][0] * a[0] + j[i][1] * a[1])
}

/// The flow down `land` that is steepest by `ruler` in the parameters of `chart`, computed in these: a place each `step` of time, in the
/// parameters that there were. Fewer than `steps` after the first where it ends.
pub fn ways(
    land: &Landscape,
    chart: Chart,
    ruler: Ruler,
    start: Place,
    step: f64,
    steps: usize,
) -> Vec<Place> {
    let down = |at: Place| {
        let place = chart.back(at)?;
        let j = chart.jacobian(place[1]);
        let g = pulled(j, land.slope(place)?);
        match ruler {
            Ruler::Euclid => Some(g.map(|x| -x)),
            Ruler::Fisher => natural(j, place[1], g),
        }
    };
    let Some(first) = chart.there(start) else { return vec![start] };
    let all = walked(down, first, step, steps, |at| chart.back(at));
    std::iter::once(start).chain(all.into_iter().skip(1)).collect()
}

/// −F⁻¹ g, where F is what diag(1/y², 2/y²) is in the parameters of `j`.
fn natural(j: [[f64; 2]; 2], y: f64, g: Place) -> Option<Place> {
    let weights = [1.0 / (y * y), 2.0 / (y * y)];
    let entry = |a: usize, b: usize| (0..2).map(|i| j[i][a] * weights[i] * j[i][b]).sum::<f64>();
    let (a, b, c) = (entry(0, 0), entry(0, 1), entry(1, 1));
    let determinant = a * c - b * b;
    (y > 0.0 && determinant > 0.0)
        .then(|| [(b * g[1] - c * g[0]) / determinant, (b * g[0] - a * g[1]) / determinant])
}

/// The same way of the Euclidean ruler without leaving the old parameters, where that ruler is an ellipse: x′ = −J Jᵀ ∇f.
pub fn seen(land: &Landscape, chart: Chart, start: Place, step: f64, steps: usize) -> Vec<Place> {
    let down = |place: Place| {
        chart.there(place)?;
        let j = chart.jacobian(place[1]);
        Some(pushed(j, pulled(j, land.slope(place)?)).map(|x| -x))
    };
    walked(down, start, step, steps, Some)
}

fn walked(
    down: impl Fn(Place) -> Option<Place>,
    start: Place,
    step: f64,
    steps: usize,
    shown: impl Fn(Place) -> Option<Place>,
) -> Vec<Place> {
    let slope = |state: &State| {
        let [u, v] = down([state[0], state[1]])?;
        let mut all = [0.0; 8];
        (all[0], all[1]) = (u, v);
        Some(all)
    };
    let mut state = [0.0; 8];
    (state[0], state[1]) = (start[0], start[1]);
    let mut walk = Walk::new(&slope, state);
    let mut places: Vec<Place> = shown(start).into_iter().collect();
    for k in 1..=steps {
        if walk.reach(step * k as f64, |_, _| ()).is_err() {
            break;
        }
        let Some(place) = shown([walk.state[0], walk.state[1]]) else { break };
        if !place.iter().all(|x| x.abs() < GONE) {
            break;
        }
        places.push(place);
    }
    places
}

/// How far apart two ways are at equal times, at most, as far as there are both.
pub fn apart(a: &[Place], b: &[Place]) -> f64 {
    a.iter().zip(b).map(|(a, b)| libm::hypot(a[0] - b[0], a[1] - b[1])).fold(0.0, f64::max)
}
