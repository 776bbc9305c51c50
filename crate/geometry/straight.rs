//! Straight lines and distances that have a closed form: on spheres, hyperbolic planes, and what can be unrolled.

use super::{Place, TURN, wrapped};

/// A surface whose straight lines are known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Model {
    /// The unit sphere by colatitude and longitude.
    Sphere,
    /// f = c²/(1 + a r²)².
    Mobius { a: f64, c: f64 },
    /// ds² = scale² (dx²/stretch² + dy²)/y².
    HalfPlane { scale: f64, stretch: f64 },
    /// A plane or a cone: ds² = (radial du)² + (angular u dv)².
    Unrolled { radial: f64, angular: f64 },
    /// f = (x² + y²)/2: z² runs straight.
    Squared,
}

impl Model {
    /// Where a straight line from `from` is after `s`; `heading` from ∂_u.
    pub fn end(self, from: Place, heading: f64, s: f64) -> Place {
        let (sin, cos) = (libm::sin(heading), libm::cos(heading));
        match self {
            Self::Sphere => {
                let (p, [south, east]) = sphere(from);
                let (far, near) = (libm::sin(s), libm::cos(s));
                let q: [f64; 3] =
                    std::array::from_fn(|i| near * p[i] + far * (cos * south[i] + sin * east[i]));
                let v = libm::atan2(q[1], q[0]);
                [libm::atan2(libm::hypot(q[0], q[1]), q[2]), from[1] + wrapped(v - from[1])]
            }
            Self::Mobius { a, c } => {
                let r = tangent(a, s / c);
                let w = [r * cos, r * sin];
                let below = times([from[0], -from[1]], w).map(|x| -a * x);
                over([w[0] + from[0], w[1] + from[1]], [1.0 + below[0], below[1]])
            }
            Self::HalfPlane { scale, stretch } => {
                let (x, s) = (from[0] / stretch, s / scale);
                let below = libm::cosh(s) - sin * libm::sinh(s);
                [stretch * (x + from[1] * cos * libm::sinh(s) / below), from[1] / below]
            }
            Self::Unrolled { radial, angular } => {
                let flat = [radial * from[0] + s * cos, s * sin];
                let v = libm::atan2(flat[1], flat[0]) * radial / angular;
                [libm::hypot(flat[0], flat[1]) / radial, from[1] + v]
            }
            Self::Squared => {
                let square = times(from, from);
                let along = times(from, [cos, sin]);
                let r = libm::hypot(from[0], from[1]);
                let far = 2.0 * core::f64::consts::SQRT_2 * s / r;
                root([square[0] + far * along[0], square[1] + far * along[1]], from)
            }
        }
    }

    /// The distance of two places.
    pub fn distance(self, from: Place, to: Place) -> f64 {
        match self {
            Self::Sphere => {
                let ((p, _), (q, _)) = (sphere(from), sphere(to));
                let cross: [f64; 3] = std::array::from_fn(|i| {
                    p[(i + 1) % 3] * q[(i + 2) % 3] - p[(i + 2) % 3] * q[(i + 1) % 3]
                });
                let dot = |a: [f64; 3], b: [f64; 3]| (0..3).map(|i| a[i] * b[i]).sum::<f64>();
                libm::atan2(libm::sqrt(dot(cross, cross)), dot(p, q))
            }
            Self::Mobius { a, c } => {
                let below = times([from[0], -from[1]], to).map(|x| a * x);
                let w = over([to[0] - from[0], to[1] - from[1]], [1.0 + below[0], below[1]]);
                c * arc_tangent(a, libm::hypot(w[0], w[1]))
            }
            Self::HalfPlane { scale, stretch } => {
                let (x, y) = ((to[0] - from[0]) / stretch, to[1] - from[1]);
                let half = libm::sqrt((x * x + y * y) / (4.0 * from[1] * to[1]));
                2.0 * scale * libm::asinh(half)
            }
            Self::Unrolled { radial, angular } => {
                let turn = ((from[1] - to[1]) - TURN * ((from[1] - to[1]) / TURN).round()).abs();
                let angle = (turn * angular / radial).min(std::f64::consts::PI);
                let (p, q) = (radial * from[0], radial * to[0]);
                if angle == std::f64::consts::PI {
                    return p + q;
                }
                libm::sqrt((p - q) * (p - q) + 4.0 * p * q * libm::pow(libm::sin(angle / 2.0), 2.0))
            }
            Self::Squared => {
                let (p, q) = (times(from, from), times(to, to));
                libm::hypot(p[0] - q[0], p[1] - q[1]) / (2.0 * core::f64::consts::SQRT_2)
            }
        }
    }
}

/// A place of the unit sphere, and the unit vectors there to the south and to the east.
fn sphere([u, v]: Place) -> ([f64; 3], [[f64; 3]; 2]) {
    let ((su, cu), (sv, cv)) = ((libm::sin(u), libm::cos(u)), (libm::sin(v), libm::cos(v)));
    ([su * cv, su * sv, cu], [[cu * cv, cu * sv, -su], [-sv, cv, 0.0]])
}

/// tan(√a s)/√a, tanh(√−a s)/√−a, or s.
fn tangent(a: f64, s: f64) -> f64 {
    let root = libm::sqrt(a.abs());
    match a {
        0.0 => s,
        _ if a > 0.0 => libm::tan(root * s) / root,
        _ => libm::tanh(root * s) / root,
    }
}

fn arc_tangent(a: f64, r: f64) -> f64 {
    let root = libm::sqrt(a.abs());
    match a {
        0.0 => r,
        _ if a > 0.0 => libm::atan(root * r) / root,
        _ => libm::atanh(root * r) / root,
    }
}

fn times([a, b]: Place, [c, d]: Place) -> Place {
    [a * c - b * d, a * d + b * c]
}

fn over(a: Place, [c, d]: Place) -> Place {
    let square = c * c + d * d;
    times(a, [c / square, -d / square])
}

/// The square root of `z` that lies on the side of `near`.
fn root([x, y]: Place, near: Place) -> Place {
    let r = libm::hypot(x, y);
    let root = [libm::sqrt((r + x) / 2.0), libm::copysign(libm::sqrt((r - x) / 2.0), y)];
    if root[0] * near[0] + root[1] * near[1] < 0.0 { root.map(|x| -x) } else { root }
}
