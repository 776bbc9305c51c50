//! What the labs call the schedules, the rules that tie their settings together, and the frame that shows one.

use serde::Deserialize;

use super::chosen::chosen;
use crate::diffusion::schedule::{Schedule, ScheduleKind, largest_slope};
use crate::experiment::{
    Experiment, Message,
    parameter::{Choice, Value, Values, choice},
};
use crate::runtime::frame::Frame;

/// The schedules; the values are what [`kind`] reads.
pub const SCHEDULES: &[Choice] =
    &[choice("su", "Su", "苏"), choice("linear", "Linear", "线性"), choice("cosine", "Cosine", "余弦")];

/// A schedule as links say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Named {
    Su,
    Linear,
    Cosine,
}

/// The experiment's `schedule`, with its `c`.
pub fn kind(experiment: &Experiment) -> ScheduleKind {
    match chosen(experiment, "schedule") {
        Named::Su => ScheduleKind::Su { c: experiment.number("c") },
        Named::Linear => ScheduleKind::Linear,
        Named::Cosine => ScheduleKind::Cosine,
    }
}

/// The integer called `key`. Panics if the lab has none: a bug, not input.
pub fn integer(values: &Values, key: &str) -> usize {
    match values[key] {
        Value::Integer(integer) => integer,
        ref other => panic!("{key} is {other:?}, not an integer"),
    }
}

/// S ≤ T.
pub fn bound_steps(values: &mut Values, warnings: &mut Vec<Message>) {
    let (last, steps) = (integer(values, "T"), integer(values, "steps"));
    if steps > last {
        values.insert("steps", Value::Integer(last));
        warnings.push(Message::new(
            "steps",
            format!("{steps} steps do not fit into T = {last} times; {last} are taken."),
            format!("T = {last} 个时刻容不下 {steps} 步，改走 {last} 步。"),
        ));
    }
}

/// A slope under which single precision can still compute with what is left of the picture.
pub fn bound_slope(values: &mut Values, warnings: &mut Vec<Message>) {
    let last = integer(values, "T");
    if let Value::Number(c) = values["c"]
        && c > largest_slope(last)
    {
        let kept = largest_slope(last);
        values.insert("c", Value::Number(kept));
        warnings.push(Message::new(
            "c",
            format!(
                "With T = {last}, a slope of {c} leaves nothing that could be computed with; {kept} is used."
            ),
            format!("T = {last} 时斜率 {c} 会使一切荡然无存而无法计算，改用 {kept}。"),
        ));
    }
}

/// The frame "schedule" [4, T + 1]: t, A_t, B_t and the signal-to-noise ratio.
pub fn frame(schedule: &Schedule) -> Frame {
    let times = 0..=schedule.steps();
    let rows = times.clone().map(|t| t as f32);
    let rows = rows
        .chain(schedule.a_bar.iter().map(|a| *a as f32))
        .chain(schedule.b_bar.iter().map(|b| *b as f32))
        .chain(times.map(|t| schedule.signal_to_noise(t) as f32));
    Frame::new("schedule", [4, schedule.steps() + 1], rows.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::chosen::all_are_read;

    #[test]
    fn every_schedule_can_be_chosen() {
        all_are_read::<Named>(SCHEDULES.iter().map(|choice| choice.value));
    }
}
