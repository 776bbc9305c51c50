//! What can be set in the plane.

mod data;
mod levels;
mod run;

use crate::experiment::{
    Message,
    parameter::{Parameter, Value, Values},
};
use crate::labs::{
    lanes,
    schedules::{bound_slope, bound_steps, integer},
};

pub use data::MOST_TRAINED;

/// Numbers of states that are kept at most; the particles are cut to fit.
pub const MOST_KEPT: usize = 6_000_000;

/// In the order of links.
pub const ALL: &[&[Parameter]] = &[data::PARAMETERS, run::PARAMETERS, lanes::PARAMETERS, levels::PARAMETERS];

/// S ≤ T, a slope that leaves something to see, and states that fit into a phone's memory.
pub fn normalise(values: &mut Values, warnings: &mut Vec<Message>) {
    bound_steps(values, warnings);
    bound_slope(values, warnings);
    let legs = if values["journey"] == Value::Choice("both") { 2 } else { 1 };
    let states = legs * integer(values, "steps");
    let (wanted, most) = (integer(values, "particles"), MOST_KEPT / states);
    if wanted > most {
        values.insert("particles", Value::Integer(most));
        warnings.push(Message::new(
            "particles",
            format!("{wanted} particles over {states} steps do not fit into memory; {most} are taken."),
            format!("{wanted} 个粒子走 {states} 步放不进内存，改取 {most} 个。"),
        ));
    }
}
