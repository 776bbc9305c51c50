//! The frames by name.

use std::f64::consts::TAU;

use super::state::Towers;
use crate::maps::cost::Design;
use crate::runtime::{error::SessionError, frame::Frame};

/// What stands for log₁₀ 0.
const NOTHING: f32 = -400.0;

pub fn frame(towers: &Towers, at: usize, name: &str) -> Result<Frame, SessionError> {
    let n = towers.settings.n;
    Ok(match name {
        "map" => {
            let map = &towers.now().map;
            Frame::new("map", [n, n], map.transpose().iter().map(|weight| *weight as f32).collect())
        }
        "spectra" => Frame::new("spectra", [6, n], spectra(towers)),
        "points" => Frame::new("points", [n, 2], points(towers, at)),
        "depth" => {
            let states = towers.settings.layers + 1;
            Frame::new("depth", [6, states], depth(towers, at))
        }
        "order" => Frame::new("order", [n], towers.changes().iter().map(|change| *change as f32).collect()),
        "cost" => {
            let task = towers.settings.task();
            let row = |design| {
                let cost = task.cost(design);
                [cost.parameters, cost.by_weights, cost.by_pairs].map(|value| value as f32)
            };
            Frame::new("cost", [3, 3], Design::ALL.map(row).concat())
        }
        "letters" => {
            let letters = towers.read.as_ref().map_or(&[][..], |read| &read.letters);
            Frame::new("letters", [letters.len()], letters.iter().map(|c| *c as u32 as f32).collect())
        }
        other => return Err(SessionError::UnknownFrame(other.to_owned())),
    })
}

/// log₁₀ of the singular values: of the map under each mask that is known, no numbers under the others; at last of the raw logits.
fn spectra(towers: &Towers) -> Vec<f32> {
    let n = towers.settings.n;
    let log = |value: &f64| (libm::log10(*value) as f32).max(NOTHING);
    let of = |i: usize| match towers.known(i) {
        Some(masked) => masked.shape().singular.iter().map(log).collect(),
        None => vec![f32::NAN; n],
    };
    let logits = towers.logits().iter().map(log).chain(std::iter::repeat(NOTHING)).take(n);
    (0..5).flat_map(of).chain(logits).collect()
}

/// Each token's row on a sheet: at first they stand on a circle, one after the other.
pub fn points(towers: &Towers, at: usize) -> Vec<f32> {
    let n = towers.settings.n;
    let circle: Vec<[f64; 2]> = (0..n)
        .map(|j| {
            let angle = TAU * j as f64 / n as f64;
            [libm::sin(angle), libm::cos(angle)]
        })
        .collect();
    towers.now().height(&towers.settings, at, |height| {
        let place =
            |i: usize, axis: usize| -> f64 { (0..n).map(|j| height.x[(i, j)] * circle[j][axis]).sum() };
        (0..n).flat_map(|i| [place(i, 0) as f32, place(i, 1) as f32]).collect()
    })
}

/// The spread at every state: under each mask that is known, and what theory says of the chosen one, where it says something. Of a large
/// tower that is chosen only what stands.
fn depth(towers: &Towers, at: usize) -> Vec<f32> {
    let settings = &towers.settings;
    let top = |i: usize| {
        if i != settings.chosen() || towers.is_small() {
            settings.layers
        } else {
            towers.now().built().max(at)
        }
    };
    let of = |i: usize| {
        (0..=settings.layers).map(move |k| match towers.known(i) {
            Some(masked) if k <= top(i) => masked.height(settings, k, |height| height.spread() as f32),
            _ => f32::NAN,
        })
    };
    let chosen = settings.chosen();
    let theory = (0..=settings.layers).map(|k| {
        if settings.is_plain() && k <= top(chosen) {
            towers.now().height(settings, k, |height| height.predicted_spread() as f32)
        } else {
            f32::NAN
        }
    });
    (0..5).flat_map(of).chain(theory).collect()
}
