//! All claims: those of the view at once, the others when nothing else is asked for.

mod attention;
mod residual;
mod signal;
pub(super) mod train;
pub(super) mod transfer;
mod truncation;

use super::{settings::View, state::Born};
use crate::runtime::readout::Readout;

/// In the order in which they are measured beside what is looked at.
pub const CHAPTERS: [View; 4] = [View::Signal, View::Truncation, View::Attention, View::Residual];

/// `measured` chapters may be had besides the one at hand.
pub fn all(lab: &Born, at: usize, measured: usize) -> Vec<Readout> {
    let mut order: Vec<usize> = (0..CHAPTERS.len()).collect();
    order.sort_by_key(|i| CHAPTERS[*i] != lab.settings.view);
    let chapter = |i: usize| {
        let own = CHAPTERS[i] == lab.settings.view;
        if !own && i >= measured {
            return Vec::new();
        }
        match CHAPTERS[i] {
            View::Signal => signal::all(lab, at.min(lab.settings.depth)),
            View::Truncation => truncation::all(lab),
            View::Attention => attention::all(lab),
            View::Residual => residual::all(lab, at.min(lab.settings.depth)),
            // Of networks that learn, which are asked about alone.
            View::Train | View::Transfer => Vec::new(),
        }
    };
    order.into_iter().flat_map(chapter).collect()
}

/// What is a number.
fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

/// What is expected of numbers that may have burst: the largest there is, then.
fn bounded(value: f64) -> f64 {
    if value.is_nan() { 0.0 } else { value.clamp(-f64::MAX, f64::MAX) }
}

/// How far a product may be from `value` if the deviation of its logarithm is `spread`, by five of them.
fn factor(value: f64, spread: f64) -> f64 {
    bounded(value.abs() * libm::expm1((5.0 * spread + spread * spread).min(60.0)) + 1e-6 * value.abs())
}
