//! The settings of a run, read from an experiment once.

use crate::data::points::{Law, Point, draw, ring};
use crate::diffusion::{
    level::Level,
    prediction::Prediction,
    schedule::Schedule,
    solver::Method,
    timegrid::{Spacing, levels},
};
use crate::experiment::{Experiment, Message};
use crate::labs::{samplers, schedules};
use crate::math::philox::Stream;
use crate::train::points::PointsOptions;

/// Where the draws of the data set stand among those of [`Stream::Points`]; training steps count from 1.
const DATA_STEP: u32 = 0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DenoiserKind {
    Exact,
    Learned,
}

/// Everything that a session needs to know.
pub struct Settings {
    /// The data points.
    pub data: Vec<Point>,
    /// What the exact denoiser knows: the data points, or the law itself where that has a closed form.
    pub known: Law,
    /// What finished particles are compared with: what is known to whoever denoises.
    pub truth: Law,
    pub training: PointsOptions,
    /// Steps that the network of the link has been trained.
    pub trained: usize,
    pub denoiser: DenoiserKind,
    pub particles: usize,
    pub falls_first: bool,
    pub seed: u64,
    pub method: Method,
    pub rival: Method,
    pub spacing: Spacing,
    pub schedule: Schedule,
    /// The S + 1 levels visited, rising.
    pub levels: Vec<Level>,
    pub probe: [f64; 2],
    pub draws_error: bool,
    pub warnings: Vec<Message>,
}

impl Settings {
    pub fn of(experiment: &Experiment) -> Self {
        let schedule = Schedule::new(schedules::law(experiment), experiment.integer("T"));
        let mut warnings = Vec::new();
        let seed = experiment.seed("seed");
        let law = law(experiment, &mut warnings);
        let drawn = matches!(law, Law::Cloud(_));
        let data = match &law {
            Law::Cloud(points) => points.clone(),
            law => draw(law, seed, Stream::Points, DATA_STEP, experiment.integer("points")),
        };
        let fixed = drawn || experiment.choice("supply") == "fixed";
        let taught = if fixed { Law::Cloud(data.clone()) } else { law.clone() };
        let known = match &taught {
            Law::Mixture { .. } => taught.clone(),
            _ => Law::Cloud(data.clone()),
        };
        let denoiser = match experiment.choice("denoiser") {
            "learned" => DenoiserKind::Learned,
            _ => DenoiserKind::Exact,
        };
        let method = |key: &str| {
            samplers::method(experiment, experiment.choice(key)).expect("the schema lists samplers")
        };
        let spacing = samplers::spacing(experiment);
        Self {
            data,
            truth: match denoiser {
                DenoiserKind::Exact => known.clone(),
                DenoiserKind::Learned => law,
            },
            known,
            training: PointsOptions {
                law: taught,
                batch: experiment.choice("batch").parse().expect("the schema lists numbers"),
                rate: experiment.number("rate"),
                target: Prediction::named(experiment.choice("target")).expect("the schema lists targets"),
                seed,
            },
            trained: experiment.integer("trained"),
            denoiser,
            particles: experiment.integer("particles"),
            falls_first: experiment.choice("journey") == "both",
            seed,
            method: method("sampler"),
            rival: method("rival"),
            spacing,
            levels: levels(&schedule, spacing, experiment.integer("steps")),
            schedule,
            probe: [experiment.number("probe_x"), experiment.number("probe_y")],
            draws_error: experiment.choice("view") == "error",
            warnings,
        }
    }

    /// S, the steps of one way.
    pub fn steps(&self) -> usize {
        self.levels.len() - 1
    }

    /// The number of the last state.
    pub fn length(&self) -> usize {
        self.demolished() + self.steps()
    }

    /// How many states, from the first on, are reached by demolishing.
    pub fn demolished(&self) -> usize {
        if self.falls_first { self.steps() } else { 0 }
    }

    /// The level of state `k`.
    pub fn level(&self, k: usize) -> Level {
        let down = self.demolished();
        if k <= down && self.falls_first { self.levels[k] } else { self.levels[self.length() - k] }
    }

    /// A level at which every score exists: that of state `k`, or of t = 1 where nothing but data is left.
    pub fn noisy_level(&self, k: usize) -> Level {
        let level = self.level(k);
        if level.b > 0.0 { level } else { self.schedule.level(1.0) }
    }
}

/// The law of the data.
fn law(experiment: &Experiment, warnings: &mut Vec<Message>) -> Law {
    let placed = || experiment.inputs.points.clone();
    match experiment.choice("data") {
        "circles" => Law::Circles,
        "spiral" => Law::Spiral,
        "swissroll" => Law::SwissRoll,
        "checkerboard" => Law::Checkerboard,
        "pinwheel" => Law::Pinwheel,
        "skyline" => Law::Skyline,
        "mixture" => {
            Law::Mixture { centres: placed().unwrap_or_else(ring), spread: experiment.number("spread") }
        }
        "drawn" => placed().map_or_else(
            || {
                warnings.push(Message::new(
                    "points",
                    "Nothing has been drawn yet, so the moons are shown; draw something.",
                    "还没有画任何点，先显示双月；请动手画。",
                ));
                Law::Moons
            },
            Law::Cloud,
        ),
        _ => Law::Moons,
    }
}
