//! What is in force from one state of a fork on: the sampler, what the model is asked for, the schedule.

use std::rc::Rc;

use crate::diffusion::{schedule::Schedule, solver::Method, timegrid::Spacing};
use crate::experiment::Experiment;
use crate::labs::{samplers, schedules};

/// What the model is asked to build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// A place in the list of labels.
    Label(usize),
    Any,
}

#[derive(Clone, Debug)]
pub struct SamplerConfig {
    pub method: Method,
    pub spacing: Spacing,
    pub condition: Condition,
    pub guidance: f64,
    pub schedule: Rc<Schedule>,
}

impl SamplerConfig {
    /// What `experiment` sets; `same` is what "as the picture" asks for.
    pub fn of(experiment: &Experiment, same: Condition) -> Self {
        Self {
            method: samplers::method(experiment, experiment.choice("sampler"))
                .expect("the schema lists methods"),
            spacing: samplers::spacing(experiment),
            condition: match experiment.choice("label") {
                "same" => same,
                "any" => Condition::Any,
                label => Condition::Label(label.parse().expect("the schema lists labels")),
            },
            guidance: experiment.number("guidance"),
            schedule: Rc::new(Schedule::new(schedules::kind(experiment), experiment.integer("T"))),
        }
    }

    /// Network calls that one prediction takes: with guidance the network is asked with the label and without it.
    pub fn calls_a_prediction(&self) -> usize {
        match self.condition {
            Condition::Label(_) if self.guidance != 0.0 && self.guidance != 1.0 => 2,
            _ => 1,
        }
    }

    /// Whether both walk along the same levels from a state that they share.
    pub fn same_levels(&self, other: &Self) -> bool {
        let schedules = (&self.schedule, &other.schedule);
        self.spacing == other.spacing
            && schedules.0.kind == schedules.1.kind
            && schedules.0.steps() == schedules.1.steps()
    }

    /// Whether the network predicts the same for both at the same x and level.
    pub fn same_prediction(&self, other: &Self) -> bool {
        self.condition == other.condition && self.guidance == other.guidance
    }
}
