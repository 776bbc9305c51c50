//! The variance map: what second moments and gradients do from layer to layer when there are endlessly many units.

use super::activation::{Activation, Passed};

/// How pre-activations are made even before they are let through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evening {
    None,
    /// Divided by their root mean square.
    Rms,
    /// Centred, then divided by their deviation.
    Layer,
}

/// One layer as the map has it.
#[derive(Clone, Copy, Debug)]
pub struct Layer {
    /// Variance of what goes into the activation, before it was made even.
    pub before: f64,
    /// What comes out of the activation.
    pub passed: Passed,
    /// How far the logarithm of a measured second moment is from the map's, a deviation, at this width.
    pub spread: f64,
    /// The mean square of a gradient before this layer over that behind it.
    pub back: f64,
}

/// The map over layers whose weights have variances `gains[l]`/m: it begins with a second moment of one.
pub fn map(activation: &Activation, evening: Evening, gains: &[f64], width: usize) -> Vec<Layer> {
    let m = width as f64;
    let (mut moment, mut spread) = (1.0f64, 0.0f64);
    let even = activation.passed(1.0);
    gains
        .iter()
        .map(|gain| {
            let before = gain * moment;
            let passed = match evening {
                Evening::None => activation.passed(before),
                Evening::Rms | Evening::Layer => even,
            };
            let passes = if evening == Evening::None { passed.passes } else { 0.0 };
            let chance = (passed.fourth / (passed.moment * passed.moment) - 1.0) / m;
            spread = (passes * passes * spread * spread + chance.max(0.0)).sqrt();
            moment = passed.moment;
            let back = match evening {
                Evening::None => gain * passed.slope,
                Evening::Rms | Evening::Layer => gain * passed.slope / before,
            };
            Layer { before, passed, spread, back }
        })
        .collect()
}

/// How far the logarithm of a gradient's mean square may be off after going back through `layers`, a deviation.
pub fn back_spread(layers: &[Layer], width: usize) -> f64 {
    let chance = |layer: &Layer| {
        let Passed { slope, slope_fourth, .. } = layer.passed;
        (3.0 * slope_fourth / (slope * slope) - 1.0) / width as f64 + layer.spread * layer.spread
    };
    layers.iter().map(chance).sum::<f64>().sqrt()
}
