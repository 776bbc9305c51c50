//! The way to a Gaussian by gradients: the ordinary one, which trusts the coordinates, and the natural one, which trusts the
//! Fisher metric.
//!
//! Both lower KL(q ‖ p) = ln σ + (τ² + (μ − m)²)/(2σ²) + const from p = N(μ, σ) to q = N(m, τ): Amari, Natural Gradient Works
//! Efficiently in Learning, 1998.

use super::{
    Place,
    extrapolation::{State, Walk},
};

/// How the coordinates count σ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coordinates {
    /// (μ, σ).
    Deviation,
    /// (μ, ln σ).
    Logarithm,
}

/// Which way is downhill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gradient {
    Ordinary,
    Natural,
}

/// KL(q ‖ p).
pub fn divergence([mean, deviation]: Place, [m, t]: Place) -> f64 {
    let square = (t * t + (mean - m) * (mean - m)) / (deviation * deviation);
    libm::log(deviation / t) + (square - 1.0) / 2.0
}

/// θ′ = −∇KL or −g⁻¹∇KL in those coordinates: places (μ, σ) at `times`, which rise. `None` where they cannot be reached.
pub fn flow(
    gradient: Gradient,
    coordinates: Coordinates,
    from: Place,
    to: Place,
    times: &[f64],
) -> Option<Vec<Place>> {
    let log = coordinates == Coordinates::Logarithm;
    let out = |[x, y]: Place| [x, if log { libm::exp(y) } else { y }];
    let slope = |state: &State| {
        let [mean, deviation] = out([state[0], state[1]]);
        let (away, square) = (mean - to[0], deviation * deviation);
        let by_mean = away / square;
        let by_deviation = 1.0 / deviation - (to[1] * to[1] + away * away) / (square * deviation);
        // ∂σ/∂y, and the metric in y: 2/σ² turns into 2.
        let scale = if log { deviation } else { 1.0 };
        let down = [-by_mean, -by_deviation * scale];
        let down = match gradient {
            Gradient::Ordinary => down,
            Gradient::Natural => [down[0] * square, down[1] * square / (2.0 * scale * scale)],
        };
        (deviation > 0.0).then_some([down[0], down[1], 0.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    };
    let start = [from[0], if log { libm::log(from[1]) } else { from[1] }];
    let mut walk = Walk::new(&slope, [start[0], start[1], 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
    let one = |time: &f64| {
        walk.reach(*time, |_, _| ()).ok()?;
        Some(out([walk.state[0], walk.state[1]]))
    };
    times.iter().map(one).collect()
}

/// The natural flow in closed form: E x and E x² go straight to those of the goal, at the rate e^(−t), whatever the start.
pub fn natural_at([mean, deviation]: Place, [m, t]: Place, time: f64) -> Place {
    let left = libm::exp(-time);
    let square = |[x, y]: Place| x * x + y * y;
    let first = m + (mean - m) * left;
    let second = square([m, t]) + (square([mean, deviation]) - square([m, t])) * left;
    [first, libm::sqrt(second - first * first)]
}
