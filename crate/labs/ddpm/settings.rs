//! The settings of a run, read from an experiment once.

use crate::data::digits::{self, Digits};
use crate::diffusion::{
    sampler::{self, Sigma, Step},
    schedule::{Law, Schedule},
    timegrid,
};
use crate::experiment::Experiment;

/// Which way the timeline runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Journey {
    Both,
    Demolish,
    Rebuild,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sampler {
    Ddpm(Sigma),
    /// With η.
    Ddim(f64),
}

/// What the model is asked to build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Digit(usize),
    Any,
}

/// Everything a session needs to know.
pub struct Settings {
    pub journey: Journey,
    /// x_0, [1, 8, 8] in [-1, 1].
    pub picture: Vec<f32>,
    pub order: Order,
    pub guidance: f64,
    pub samples: usize,
    pub selected: usize,
    pub seed: u64,
    pub sampler: Sampler,
    pub schedule: Schedule,
    /// The S + 1 times visited, rising.
    pub times: Vec<usize>,
}

impl Settings {
    pub fn of(experiment: &Experiment) -> Self {
        let schedule = Schedule::new(
            match experiment.choice("schedule") {
                "linear" => Law::Linear,
                "cosine" => Law::Cosine,
                _ => Law::Su { c: experiment.number("c") },
            },
            experiment.integer("T"),
        );
        let (held_out, index) = (Digits::held_out(), experiment.integer("picture"));
        let order = match experiment.choice("label") {
            // Nobody knows what a painting shows.
            "same" if experiment.pixels.is_some() => Order::Any,
            "same" => Order::Digit(held_out.labels[index].into()),
            "any" => Order::Any,
            digit => Order::Digit(digit.parse().expect("the schema lists digits")),
        };
        let picture = match &experiment.pixels {
            Some(pixels) => pixels.iter().copied().map(digits::pixel).collect(),
            None => held_out.picture(index),
        };
        Self {
            journey: match experiment.choice("journey") {
                "demolish" => Journey::Demolish,
                "rebuild" => Journey::Rebuild,
                _ => Journey::Both,
            },
            picture,
            order,
            guidance: experiment.number("guidance"),
            samples: experiment.integer("samples"),
            selected: experiment.integer("selected"),
            seed: experiment.seed("seed"),
            sampler: match (experiment.choice("sampler"), experiment.choice("sigma")) {
                ("ddim", _) => Sampler::Ddim(experiment.number("eta")),
                (_, "beta") => Sampler::Ddpm(Sigma::Beta),
                (_, "zero") => Sampler::Ddpm(Sigma::Zero),
                _ => Sampler::Ddpm(Sigma::BetaTilde),
            },
            times: timegrid::uniform(schedule.steps(), experiment.integer("steps")),
            schedule,
        }
    }

    /// S, the steps of one way.
    pub fn steps(&self) -> usize {
        self.times.len() - 1
    }

    /// The number of the last state.
    pub fn length(&self) -> usize {
        match self.journey {
            Journey::Both => 2 * self.steps(),
            Journey::Demolish | Journey::Rebuild => self.steps(),
        }
    }

    /// How many states, from the first on, are reached by demolishing.
    pub fn demolished(&self) -> usize {
        match self.journey {
            Journey::Both | Journey::Demolish => self.steps(),
            Journey::Rebuild => 0,
        }
    }

    /// Diffusion time of state `k`.
    pub fn time(&self, k: usize) -> usize {
        match self.journey {
            Journey::Demolish => self.times[k],
            Journey::Rebuild => self.times[self.steps() - k],
            Journey::Both if k <= self.steps() => self.times[k],
            Journey::Both => self.times[2 * self.steps() - k],
        }
    }

    /// The step of the sampler from time t down to s.
    pub fn step_down(&self, t: usize, s: usize) -> Step {
        let (from, to) = (self.schedule.level(t as f64), self.schedule.level(s as f64));
        match self.sampler {
            Sampler::Ddpm(sigma) => sampler::ancestral(from, to, sigma),
            Sampler::Ddim(eta) => sampler::ddim(from, to, eta),
        }
    }
}
