//! Activations and their slopes, scaled, shifted and bent; what each does to a normal number.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

use super::normal::{density, expected};
use crate::geometry::expression::Expression;

/// What stands between two linear layers, before it is scaled and shifted.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    Linear,
    Relu,
    /// A slope of 0.2 on the negative side.
    Leaky,
    /// α(eˣ − 1) on the negative side.
    Elu(f64),
    Selu,
    Gelu,
    /// GELU by its usual stand-in with tanh.
    GeluTanh,
    Silu,
    Tanh,
    Sigmoid,
    Softplus,
    Relu2,
    Mish,
    /// A formula in x.
    Typed(Expression),
}

/// Klambauer et al. 2017: λ and α at which ELU has mean 0 and second moment 1.
pub const SELU: [f64; 2] = [1.050_700_987_355_480_5, 1.673_263_242_354_377_2];

impl Shape {
    /// Value and slope; at a kink the slope is that of the left side.
    pub fn at(&self, x: f64) -> [f64; 2] {
        match self {
            Self::Linear => [x, 1.0],
            Self::Relu => [positive(x), step(x)],
            Self::Leaky => {
                let slope = if x > 0.0 { 1.0 } else { 0.2 };
                [slope * x, slope]
            }
            Self::Elu(alpha) => elu(x, *alpha),
            Self::Selu => elu(x, SELU[1]).map(|y| SELU[0] * y),
            Self::Gelu => {
                let below = libm::erfc(-x * FRAC_1_SQRT_2) / 2.0;
                [x * below, below + x * density(x)]
            }
            Self::GeluTanh => {
                let c = (2.0 / PI).sqrt();
                let t = libm::tanh(c * (x + 0.044_715 * x * x * x));
                let inner = c * (1.0 + 3.0 * 0.044_715 * x * x);
                [0.5 * x * (1.0 + t), 0.5 * (1.0 + t) + 0.5 * x * (1.0 - t * t) * inner]
            }
            Self::Silu => {
                let s = sigmoid(x);
                [x * s, s * (1.0 + x * (1.0 - s))]
            }
            Self::Tanh => {
                let t = libm::tanh(x);
                [t, 1.0 - t * t]
            }
            Self::Sigmoid => {
                let s = sigmoid(x);
                [s, s * (1.0 - s)]
            }
            Self::Softplus => [softplus(x), sigmoid(x)],
            Self::Relu2 => [positive(x) * positive(x), 2.0 * positive(x)],
            Self::Mish => {
                let t = libm::tanh(softplus(x));
                [x * t, t + x * (1.0 - t * t) * sigmoid(x)]
            }
            Self::Typed(formula) => {
                let jet = formula.near([x, 0.0], [0.0; 3], 1);
                [jet.value(), jet.derivative([1, 0])]
            }
        }
    }
}

/// What is no number stays none.
fn positive(x: f64) -> f64 {
    if x < 0.0 { 0.0 } else { x }
}

fn step(x: f64) -> f64 {
    f64::from(u8::from(x > 0.0))
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

fn softplus(x: f64) -> f64 {
    x.max(0.0) + libm::log1p(libm::exp(-x.abs()))
}

fn elu(x: f64, alpha: f64) -> [f64; 2] {
    if x > 0.0 { [x, 1.0] } else { [alpha * libm::expm1(x), alpha * libm::exp(x)] }
}

/// scale · (shape(x) − shift).
#[derive(Clone, Debug, PartialEq)]
pub struct Activation {
    pub shape: Shape,
    pub scale: f64,
    pub shift: f64,
}

/// What an activation makes of √p z, with z from N(0, 1).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Passed {
    pub mean: f64,
    /// E φ².
    pub moment: f64,
    /// E φ⁴.
    pub fourth: f64,
    /// E φ′².
    pub slope: f64,
    /// E φ′⁴.
    pub slope_fourth: f64,
    /// d ln E φ² / d ln p: how much of a deviation goes on.
    pub passes: f64,
}

impl Activation {
    pub fn plain(shape: Shape) -> Self {
        Self { shape, scale: 1.0, shift: 0.0 }
    }

    pub fn at(&self, x: f64) -> [f64; 2] {
        let [value, slope] = self.shape.at(x);
        [self.scale * (value - self.shift), self.scale * slope]
    }

    /// Of a normal number of variance `p`.
    pub fn passed(&self, p: f64) -> Passed {
        let root = p.sqrt();
        let [mean, moment, fourth, slope, slope_fourth, mixed] = expected(|z| {
            let [value, slope] = self.at(root * z);
            let (square, steep) = (value * value, slope * slope);
            [value, square, square * square, steep, steep * steep, value * slope * root * z]
        });
        let passes = if moment > 0.0 { mixed / moment } else { 1.0 };
        Passed { mean, moment, fourth, slope, slope_fourth, passes }
    }

    /// The variance p of what goes in at which a second moment of one comes out; `None` where it never does.
    pub fn keeps(&self) -> Option<f64> {
        let out = |x: f64| self.passed(libm::exp(x)).moment;
        let (mut low, mut high) = (-8.0, 8.0);
        if !(out(low) < 1.0 && out(high) > 1.0) {
            return None;
        }
        for _ in 0..52 {
            let middle = (low + high) / 2.0;
            if out(middle) < 1.0 { low = middle } else { high = middle }
        }
        Some(libm::exp((low + high) / 2.0))
    }

    /// The shift and scale at which it has mean 0 and second moment 1; `None` if it is the same everywhere.
    pub fn tuned(&self) -> Option<[f64; 2]> {
        let plain = Self::plain(self.shape.clone()).passed(1.0);
        let variance = plain.moment - plain.mean * plain.mean;
        (variance.is_finite() && variance > 1e-12).then(|| [plain.mean, 1.0 / variance.sqrt()])
    }
}

/// The α at which ELU has mean 0, and the scale at which it then has second moment 1: both in closed form, and they are SELU's.
pub fn bent() -> [f64; 2] {
    // E max(z, 0) = 1/√(2π); E (eᶻ − 1; z < 0) = √e Φ(−1) − 1/2; E ((eᶻ − 1)²; z < 0) = e² Φ(−2) − 2√e Φ(−1) + 1/2.
    let tail = |k: f64| libm::exp(k * k / 2.0) * libm::erfc(k * FRAC_1_SQRT_2) / 2.0;
    let alpha = 1.0 / ((2.0 * PI).sqrt() * (0.5 - tail(1.0)));
    let moment = 0.5 + alpha * alpha * (tail(2.0) - 2.0 * tail(1.0) + 0.5);
    [alpha, 1.0 / moment.sqrt()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_are_those_of_their_values() {
        let typed = Shape::Typed(Expression::known("u/(1 + exp(-1.702 u))"));
        for shape in [
            Shape::Linear,
            Shape::Relu,
            Shape::Leaky,
            Shape::Elu(1.3),
            Shape::Selu,
            Shape::Gelu,
            Shape::GeluTanh,
            Shape::Silu,
            Shape::Tanh,
            Shape::Sigmoid,
            Shape::Softplus,
            Shape::Relu2,
            Shape::Mish,
            typed,
        ] {
            let activation = Activation { shape, scale: 1.7, shift: 0.3 };
            for x in [-3.1, -0.7, -0.01, 0.02, 0.9, 2.4] {
                let value = |x: f64| activation.at(x)[0];
                let slope = (value(x + 1e-6) - value(x - 1e-6)) / 2e-6;
                assert!((slope - activation.at(x)[1]).abs() < 1e-7, "{activation:?} at {x}");
            }
        }
    }
}
