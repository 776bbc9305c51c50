//! The frames by name. They depend on the settings alone, not on the state.

use super::{
    derivation, instruments,
    landscape::{self, Window},
    roads,
    settings::Settings,
};
use crate::runtime::{error::SessionError, frame::Frame};
use std::sync::LazyLock;

/// The same for everybody, and the dearest.
static SHIFT: LazyLock<Vec<f32>> = LazyLock::new(derivation::shift_curves);

pub fn frame(settings: &Settings, name: &str) -> Result<Frame, SessionError> {
    let rows = |name: &'static str, width: usize, data: Vec<f32>| {
        Ok(Frame::new(name, [data.len() / width, width], data))
    };
    match name {
        "graph" => rows("graph", 3, roads::graph(settings)),
        "shift" => rows("shift", 7, SHIFT.clone()),
        "circle" => rows("circle", 3, roads::circle(settings)),
        "fall" => rows("fall", 2, roads::fall()),
        "road" => rows("road", 2, roads::road(settings)),
        "comb" => rows("comb", 3, roads::comb()),
        "line" => rows("line", 3, roads::line(settings)),
        "transform" => rows("transform", 3, roads::transform(settings)),
        "bump" => rows("bump", 6, roads::bump(settings)),
        "rule" => rows("rule", 3, roads::rule(settings)),
        "strip" => rows("strip", 3, instruments::strip(settings)),
        "convex" => rows("convex", 3, instruments::convex(settings)),
        other => match other.strip_prefix("landscape:").and_then(Window::read) {
            Some(window) => Ok(landscape::frame(settings, &window)),
            None => Err(SessionError::UnknownFrame(other.to_owned())),
        },
    }
}
