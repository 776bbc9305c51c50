//! The settings of a run, read from an experiment once.

use super::choices::{DataSet, DenoiserKind, Journey, Supply, View};
use crate::data::points::{Distribution, Point, draw, ring};
use crate::diffusion::{
    level::Level,
    prediction::Prediction,
    schedule::Schedule,
    solver::Method,
    timegrid::{Spacing, levels},
};
use crate::experiment::{Experiment, Message};
use crate::labs::{chosen::chosen, samplers, schedules};
use crate::math::philox::Stream;

/// Where the draws of the data set stand among those of [`Stream::Points`]; training steps count from 1.
const DATA_STEP: u32 = 0;

/// Everything that a session needs to know.
pub struct Settings {
    /// The data points.
    pub data: Vec<Point>,
    /// What the exact denoiser knows: the data points, or the distribution itself where that has a closed form.
    pub known: Distribution,
    /// What finished particles are compared with: what is known to whoever denoises.
    pub truth: Distribution,
    /// What the network is trained on.
    pub taught: Distribution,
    /// Points a training step.
    pub batch: usize,
    /// Highest learning rate.
    pub rate: f64,
    /// What the network is asked for.
    pub target: Prediction,
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
        let schedule = Schedule::new(schedules::kind(experiment), experiment.integer("T"));
        let mut warnings = Vec::new();
        let seed = experiment.seed("seed");
        let distribution = distribution(experiment, &mut warnings);
        let data = match &distribution {
            Distribution::Cloud(points) => points.clone(),
            other => draw(other, seed, Stream::Points, DATA_STEP, experiment.integer("points")),
        };
        let taught = match chosen(experiment, "supply") {
            Supply::Fixed => Distribution::Cloud(data.clone()),
            Supply::Fresh => distribution.clone(),
        };
        let known = match &taught {
            Distribution::Mixture { .. } => taught.clone(),
            _ => Distribution::Cloud(data.clone()),
        };
        let denoiser = chosen(experiment, "denoiser");
        let method = |key: &str| {
            samplers::method(experiment, experiment.choice(key)).expect("the schema lists samplers")
        };
        let spacing = samplers::spacing(experiment);
        Self {
            data,
            truth: match denoiser {
                DenoiserKind::Exact => known.clone(),
                DenoiserKind::Learned => distribution,
            },
            known,
            taught,
            batch: experiment.choice("batch").parse().expect("the schema lists numbers"),
            rate: experiment.number("rate"),
            target: Prediction::named(experiment.choice("target")).expect("the schema lists targets"),
            trained: experiment.integer("trained"),
            denoiser,
            particles: experiment.integer("particles"),
            falls_first: chosen::<Journey>(experiment, "journey") == Journey::Both,
            seed,
            method: method("sampler"),
            rival: method("rival"),
            spacing,
            levels: levels(&schedule, spacing, experiment.integer("steps")),
            schedule,
            probe: [experiment.number("probe_x"), experiment.number("probe_y")],
            draws_error: chosen::<View>(experiment, "view") == View::Error,
            warnings,
        }
    }

    /// Whether the network says what noise is in a particle.
    pub fn asks_the_network(&self) -> bool {
        self.denoiser == DenoiserKind::Learned
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

    /// The time of state `k`, whole.
    pub fn time(&self, k: usize) -> usize {
        self.level(k).t.round() as usize
    }

    /// A level at which every score exists: that of state `k`, or of t = 1 where nothing but data is left.
    pub fn noisy_level(&self, k: usize) -> Level {
        let level = self.level(k);
        if level.b > 0.0 { level } else { self.schedule.level(1.0) }
    }
}

/// The distribution of the data.
fn distribution(experiment: &Experiment, warnings: &mut Vec<Message>) -> Distribution {
    let placed = || experiment.inputs.points.clone();
    match chosen(experiment, "data") {
        DataSet::Moons => Distribution::Moons,
        DataSet::Circles => Distribution::Circles,
        DataSet::Spiral => Distribution::Spiral,
        DataSet::SwissRoll => Distribution::SwissRoll,
        DataSet::Checkerboard => Distribution::Checkerboard,
        DataSet::Pinwheel => Distribution::Pinwheel,
        DataSet::Skyline => Distribution::Skyline,
        DataSet::Mixture => Distribution::Mixture {
            centres: placed().unwrap_or_else(ring),
            spread: experiment.number("spread"),
        },
        DataSet::Drawn => placed().map_or_else(
            || {
                warnings.push(Message::new(
                    "points",
                    "Nothing has been drawn yet, so the moons are shown; draw something.",
                    "还没有画任何点，先显示双月；请动手画。",
                ));
                Distribution::Moons
            },
            Distribution::Cloud,
        ),
    }
}
