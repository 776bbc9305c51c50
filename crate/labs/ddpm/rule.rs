//! What is in force from one state of a track on: the sampler, the order to the model, the schedule.

use std::rc::Rc;

use crate::diffusion::{schedule::Schedule, solver::Method, timegrid::Spacing};
use crate::experiment::Experiment;
use crate::labs::{samplers, schedules};

/// What the model is asked to build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// A place in the list of labels.
    Label(usize),
    Any,
}

#[derive(Clone, Debug)]
pub struct Rule {
    pub method: Method,
    pub spacing: Spacing,
    pub order: Order,
    pub guidance: f64,
    pub schedule: Rc<Schedule>,
}

impl Rule {
    /// The rule that `experiment` sets; `same` is what "as the picture" orders.
    pub fn of(experiment: &Experiment, same: Order) -> Self {
        Self {
            method: samplers::method(experiment, experiment.choice("sampler"))
                .expect("the schema lists methods"),
            spacing: samplers::spacing(experiment),
            order: match experiment.choice("label") {
                "same" => same,
                "any" => Order::Any,
                label => Order::Label(label.parse().expect("the schema lists labels")),
            },
            guidance: experiment.number("guidance"),
            schedule: Rc::new(Schedule::new(schedules::kind(experiment), experiment.integer("T"))),
        }
    }

    /// Whether both walk along the same levels from a state that they share.
    pub fn same_way(&self, other: &Rule) -> bool {
        let schedules = (&self.schedule, &other.schedule);
        self.spacing == other.spacing
            && schedules.0.kind == schedules.1.kind
            && schedules.0.steps() == schedules.1.steps()
    }

    /// Whether both hear the same of the network at the same x and level.
    pub fn same_belief(&self, other: &Rule) -> bool {
        self.order == other.order && self.guidance == other.guidance
    }
}
