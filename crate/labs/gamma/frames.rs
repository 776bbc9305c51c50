//! The frames by name. They depend on the settings alone, not on the state.

use super::{
    derivation, instruments,
    landscape::{self, Window},
    roads,
    settings::Settings,
};
use crate::runtime::{error::SessionError, frame::Frame};
use std::{cell::RefCell, collections::BTreeMap, sync::LazyLock};

/// The same for everybody, and the dearest.
static SHIFT: LazyLock<Vec<f32>> = LazyLock::new(derivation::shift_curves);

/// Frames by name, each with the settings that it was made of: while one number is dragged, most of them stay what they are.
#[derive(Default)]
pub struct Gallery(RefCell<BTreeMap<String, (Vec<f64>, Frame)>>);

impl Gallery {
    pub fn frame(&self, settings: &Settings, name: &str) -> Result<Frame, SessionError> {
        let Settings { z, periods, x: _, c, omega: _, h: _, epsilon, .. } = *settings;
        let reads = match name {
            "graph" | "strip" | "convex" => vec![epsilon],
            "circle" | "road" => vec![periods as f64],
            "line" | "transform" => vec![c],
            "bump" => vec![z.re, z.im],
            "rule" => vec![z.re],
            "shift" | "fall" | "comb" => Vec::new(),
            _ => return make(settings, name),
        };
        let known = self.0.borrow().get(name).filter(|(made_of, _)| *made_of == reads).cloned();
        if let Some((_, frame)) = known {
            return Ok(frame);
        }
        let frame = make(settings, name)?;
        self.0.borrow_mut().insert(name.to_owned(), (reads, frame.clone()));
        Ok(frame)
    }
}

fn make(settings: &Settings, name: &str) -> Result<Frame, SessionError> {
    let rows = |name: &'static str, width: usize, data: Vec<f32>| {
        Ok(Frame::new(name, [data.len() / width, width], data))
    };
    match name {
        "graph" => rows("graph", 3, roads::graph(settings)),
        "value" => rows("value", 2, roads::value(settings)),
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
