//! Ways down for one point, all from the same start: steps that differ in what they trust.

use super::{
    landscape::{Landscape, Place},
    norm::Norm,
};
use crate::geometry::extrapolation::{State, Walk};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Method {
    /// x ← x − α ∇f(x): the explicit step.
    Gradient,
    /// x′ = −∇f(x), for a time α a step.
    Flow,
    /// x ← argmin |· − x|²/(2α) + f: the implicit step.
    Proximal,
    /// x ← x + α‖∇f‖* d: the steepest direction d of a norm, as far as its dual says.
    Steepest(Norm),
    /// v ← 0.9 v − α ∇f, x ← x + v: Polyak, 1964.
    Momentum,
    /// Kingma and Ba, 2015, with their constants.
    Adam,
    /// x ← x − α sign ∇f.
    Sign,
}

/// Beyond this a point has left.
const GONE: f64 = 1e9;

/// Places after 0, 1, …, `steps` steps of size α; fewer where the way ends: f has no slope there, or the point has left.
pub fn descend(land: &Landscape, method: Method, start: Place, step: f64, steps: usize) -> Vec<Place> {
    let mut places = vec![start];
    let mut walker = Walker { velocity: [0.0; 2], squares: [0.0; 2], taken: 0 };
    while places.len() <= steps {
        let Some(next) = walker.step(land, method, places[places.len() - 1], step) else { break };
        if !next.iter().all(|x| x.abs() < GONE) {
            break;
        }
        places.push(next);
    }
    places
}

/// What methods remember.
struct Walker {
    velocity: Place,
    squares: Place,
    taken: i32,
}

impl Walker {
    fn step(&mut self, land: &Landscape, method: Method, from: Place, step: f64) -> Option<Place> {
        let down = |by: Place| Some([from[0] - step * by[0], from[1] - step * by[1]]);
        if method == Method::Flow {
            return flow(land, from, step);
        }
        if method == Method::Proximal {
            return proximal(land, from, step);
        }
        let slope = land.slope(from)?;
        self.taken += 1;
        match method {
            Method::Steepest(norm) => {
                let (d, size) = (norm.steepest(slope), norm.dual(slope));
                down(d.map(|x| -x * size))
            }
            Method::Momentum => {
                self.velocity = [0, 1].map(|i| 0.9 * self.velocity[i] - step * slope[i]);
                Some([from[0] + self.velocity[0], from[1] + self.velocity[1]])
            }
            Method::Adam => {
                let (first, second) = (0.9_f64, 0.999_f64);
                self.velocity = [0, 1].map(|i| first * self.velocity[i] + (1.0 - first) * slope[i]);
                self.squares =
                    [0, 1].map(|i| second * self.squares[i] + (1.0 - second) * slope[i] * slope[i]);
                let (young, younger) = (1.0 - first.powi(self.taken), 1.0 - second.powi(self.taken));
                down(
                    [0, 1].map(|i| self.velocity[i] / young / (libm::sqrt(self.squares[i] / younger) + 1e-8)),
                )
            }
            Method::Sign => down(slope.map(|x| if x == 0.0 { 0.0 } else { x.signum() })),
            _ => down(slope),
        }
    }
}

/// Where x′ = −∇f is after `time`, which may be negative: uphill.
pub fn flow(land: &Landscape, from: Place, time: f64) -> Option<Place> {
    let slope = |state: &State| {
        let [x, y] = land.slope([state[0], state[1]])?;
        let mut down = [0.0; 8];
        (down[0], down[1]) = (-x, -y);
        Some(down)
    };
    let mut state = [0.0; 8];
    (state[0], state[1]) = (from[0], from[1]);
    let mut walk = Walk::new(&slope, state);
    walk.reach(time, |_, _| ()).ok()?;
    Some([walk.state[0], walk.state[1]])
}

/// The valley of |· − from|²/(2α) + f that one comes to from where one stands, by Newton's method with a step that never rises.
pub fn proximal(land: &Landscape, from: Place, step: f64) -> Option<Place> {
    let height = |[x, y]: Place| {
        let away = (x - from[0]) * (x - from[0]) + (y - from[1]) * (y - from[1]);
        away / (2.0 * step) + land.height([x, y])
    };
    let mut place = from;
    for _ in 0..200 {
        let ground = land.ground(place)?;
        let g = [0, 1].map(|i| (place[i] - from[i]) / step + ground.slope[i]);
        let [xx, xy, yy] = ground.bend;
        let (a, c) = (xx + 1.0 / step, yy + 1.0 / step);
        // Where the sum is not convex its bend is lifted until it is.
        let half = libm::hypot((a - c) / 2.0, xy);
        let least = (a + c) / 2.0 - half;
        let lift = if least > 1e-9 { 0.0 } else { 1e-3 + 1.5 * -least };
        let (a, c) = (a + lift, c + lift);
        let determinant = a * c - xy * xy;
        let by = [(c * g[0] - xy * g[1]) / determinant, (a * g[1] - xy * g[0]) / determinant];
        let falls = g[0] * by[0] + g[1] * by[1];
        let now = height(place);
        let mut share = 1.0;
        let next = loop {
            let next = [place[0] - share * by[0], place[1] - share * by[1]];
            if height(next) <= now - 1e-4 * share * falls {
                break Some(next);
            }
            share /= 2.0;
            if share < 1e-12 {
                break None;
            }
        };
        // Nothing lower is found: rounding is all that is left.
        let Some(next) = next else { return Some(place) };
        let moved = libm::hypot(next[0] - place[0], next[1] - place[1]);
        place = next;
        if moved <= 1e-15 * (1.0 + place[0].abs() + place[1].abs()) {
            return Some(place);
        }
    }
    Some(place)
}

/// −df/dt along the flow through `place`, from heights a little before and after: it should be |∇f|².
pub fn dissipation(land: &Landscape, place: Place) -> Option<f64> {
    let steep = land.ground(place)?;
    // Short against the time in which the slope changes, which its bend here tells only where that itself stays.
    let fast = steep.curvatures().map(f64::abs).into_iter().fold(1e-3, f64::max);
    let at = |time: f64| Some(land.height(flow(land, place, time)?));
    let with = |h: f64| Some((at(2.0 * h)? - at(-2.0 * h)? + 8.0 * (at(-h)? - at(h)?)) / (12.0 * h));
    let mut h = 3e-3 / fast;
    let mut fell = with(h)?;
    for _ in 0..6 {
        h /= 2.0;
        let last = std::mem::replace(&mut fell, with(h)?);
        if (fell - last).abs() <= 1e-8 * (1.0 + fell.abs()) {
            break;
        }
    }
    Some(fell)
}
