//! The settings of a run, read from an experiment once.

use super::choices::{DenoiserKind, Journey, Supply, View};
use crate::data::points::{Distribution, Point};
use crate::diffusion::{
    level::Level,
    prediction::Prediction,
    schedule::Schedule,
    solver::Method,
    timegrid::{Spacing, levels},
};
use crate::experiment::{Experiment, Message};
use crate::labs::{chosen::chosen, clouds, samplers, schedules};

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
        let distribution = clouds::distribution(experiment, experiment.number("spread"), &mut warnings);
        let data = clouds::drawn(&distribution, seed, experiment.integer("points"));
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
