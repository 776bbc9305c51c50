//! The settings that all tracks of a run share, read from an experiment once.

use super::{
    rule::{Order, Rule},
    ways,
};
use crate::data::{digits, gallery::Gallery};
use crate::diffusion::{level::Level, timegrid::levels};
use crate::experiment::Experiment;

/// Which way the timeline runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Journey {
    Both,
    Demolish,
    Rebuild,
    /// The model walks the picture back to its noise, then rebuilds it.
    Invert,
}

/// How a state follows from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Noise is mixed in.
    Fall,
    /// The sampler's way, walked upwards: the model's own noise is mixed in.
    Invert,
    /// The sampler's step.
    Rise,
}

/// Everything that the whole run shares.
pub struct Settings {
    pub journey: Journey,
    pub gallery: Gallery,
    /// x_0, [C, H, W] in [-1, 1].
    pub picture: Vec<f32>,
    /// What "as the picture" orders.
    pub same: Order,
    pub samples: usize,
    pub selected: usize,
    pub seed: u64,
    /// S, the steps of one way.
    pub steps: usize,
    /// What is in force on the trunk.
    pub rule: Rule,
}

impl Settings {
    pub fn of(experiment: &Experiment) -> Self {
        let gallery = Gallery::named(experiment.choice("data")).expect("the schema lists galleries");
        let index = experiment.integer("picture");
        let painted = experiment.inputs.pixels.as_ref().filter(|_| gallery == Gallery::Digits);
        let same = match painted {
            // Nobody knows what a painting shows.
            Some(_) => Order::Any,
            None => Order::Label(gallery.labels()[index].into()),
        };
        Self {
            journey: match experiment.choice("journey") {
                "demolish" => Journey::Demolish,
                "rebuild" => Journey::Rebuild,
                "invert" => Journey::Invert,
                _ => Journey::Both,
            },
            gallery,
            picture: match painted {
                Some(pixels) => pixels.iter().copied().map(digits::pixel).collect(),
                None => gallery.picture(index),
            },
            same,
            samples: experiment.integer("samples"),
            selected: experiment.integer("selected"),
            seed: experiment.seed("seed"),
            steps: experiment.integer("steps"),
            rule: Rule::of(experiment, same),
        }
    }

    /// The number of the last state.
    pub fn length(&self) -> usize {
        match self.journey {
            Journey::Both | Journey::Invert => 2 * self.steps,
            Journey::Demolish | Journey::Rebuild => self.steps,
        }
    }

    /// The state of the rubble: how many states, from the first on, lead up to it.
    pub fn demolished(&self) -> usize {
        match self.journey {
            Journey::Both | Journey::Demolish | Journey::Invert => self.steps,
            Journey::Rebuild => 0,
        }
    }

    /// How state `k` + 1 follows from state `k`.
    pub fn move_from(&self, k: usize) -> Move {
        match self.journey {
            _ if k >= self.demolished() => Move::Rise,
            Journey::Invert => Move::Invert,
            _ => Move::Fall,
        }
    }

    /// The level of each state of the trunk.
    pub fn levels(&self) -> Vec<Level> {
        let up = levels(&self.rule.schedule, self.rule.spacing, self.steps);
        match self.journey {
            Journey::Demolish => up,
            Journey::Rebuild => up.into_iter().rev().collect(),
            Journey::Both | Journey::Invert => ways::there_and_back(up),
        }
    }
}
