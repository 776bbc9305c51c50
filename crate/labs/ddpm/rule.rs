//! What is in force from one state of a track on: the sampler, the order to the model, the schedule.

use std::rc::Rc;

use crate::diffusion::{
    level::Level,
    sampler::Sigma,
    schedule::{Law, Schedule},
    solver::Method,
    timegrid::Spacing,
};
use crate::experiment::Experiment;

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
        let law = match experiment.choice("schedule") {
            "linear" => Law::Linear,
            "cosine" => Law::Cosine,
            _ => Law::Su { c: experiment.number("c") },
        };
        let sigma = match experiment.choice("sigma") {
            "beta" => Sigma::Beta,
            "zero" => Sigma::Zero,
            _ => Sigma::BetaTilde,
        };
        Self {
            method: Method::named(experiment.choice("sampler"), sigma, experiment.number("eta"))
                .expect("the schema lists methods"),
            spacing: Spacing::named(experiment.choice("spacing")).expect("the schema lists spacings"),
            order: match experiment.choice("label") {
                "same" => same,
                "any" => Order::Any,
                label => Order::Label(label.parse().expect("the schema lists labels")),
            },
            guidance: experiment.number("guidance"),
            schedule: Rc::new(Schedule::new(law, experiment.integer("T"))),
        }
    }

    /// Whether both walk along the same levels from a state that they share.
    pub fn same_way(&self, other: &Rule) -> bool {
        let schedules = (&self.schedule, &other.schedule);
        self.spacing == other.spacing
            && schedules.0.law == schedules.1.law
            && schedules.0.steps() == schedules.1.steps()
    }

    /// Whether both hear the same of the network at the same x and level.
    pub fn same_belief(&self, other: &Rule) -> bool {
        self.order == other.order && self.guidance == other.guidance
    }

    /// The step of the noise address of `level`: the time itself where that is a whole one of the schedule, at most
    /// 4000; else the bits of B/A in single precision, which are above 2^23 for any number that is not denormal.
    /// Two levels of one way down differ in B/A by more than single precision resolves, so no two share noise.
    pub fn address(&self, level: Level) -> u32 {
        if level.t.fract() == 0.0 && self.schedule.level(level.t) == level {
            level.t as u32
        } else {
            (level.sigma() as f32).to_bits()
        }
    }
}
