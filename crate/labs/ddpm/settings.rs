//! The settings that all forks of a run share, read from an experiment once.

use serde::{
    Deserialize,
    de::{IntoDeserializer, value},
};

use super::{
    level_path,
    sampler_config::{Condition, SamplerConfig},
};
use crate::data::{digits, gallery::Gallery};
use crate::diffusion::{level::Level, timegrid::levels};
use crate::experiment::Experiment;

/// Which way the timeline runs; called as in a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Journey {
    Both,
    Demolish,
    Rebuild,
    /// The model walks the picture back to its noise, then rebuilds it.
    Invert,
}

impl Journey {
    /// The journey called `id`.
    pub fn named(id: &str) -> Option<Self> {
        let id: value::StrDeserializer<'_, value::Error> = id.into_deserializer();
        Self::deserialize(id).ok()
    }
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
    /// What "as the picture" asks for.
    pub same: Condition,
    pub samples: usize,
    pub selected: usize,
    pub seed: u64,
    /// S, the steps of one way.
    pub steps: usize,
    /// What is in force on the original.
    pub config: SamplerConfig,
}

impl Settings {
    pub fn of(experiment: &Experiment) -> Self {
        let gallery = Gallery::named(experiment.choice("data")).expect("the schema lists galleries");
        let index = experiment.integer("picture");
        let painted = experiment.inputs.pixels.as_ref().filter(|_| gallery == Gallery::Digits);
        let same = match painted {
            // Nobody knows what a painting shows.
            Some(_) => Condition::Any,
            None => Condition::Label(gallery.label(index)),
        };
        Self {
            journey: Journey::named(experiment.choice("journey")).expect("the schema lists journeys"),
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
            config: SamplerConfig::of(experiment, same),
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

    /// The level of each state of the original.
    pub fn levels(&self) -> Vec<Level> {
        let up = levels(&self.config.schedule, self.config.spacing, self.steps);
        match self.journey {
            Journey::Demolish => up,
            Journey::Rebuild => up.into_iter().rev().collect(),
            Journey::Both | Journey::Invert => level_path::there_and_back(up),
        }
    }

    /// The number of the last state that needs no network.
    pub fn fallen(&self) -> usize {
        if self.move_from(0) == Move::Fall { self.demolished() } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::parameter::Kind;
    use crate::labs::ddpm::about::ABOUT;

    #[test]
    fn every_journey_of_the_schema_is_one() {
        let journey = ABOUT.own_parameters().find(|parameter| parameter.key == "journey").unwrap();
        let Kind::Choice { options, .. } = journey.kind else { panic!("a choice") };
        let known: Vec<_> = options.iter().map(|option| Journey::named(option.value)).collect();
        let all = [Journey::Both, Journey::Demolish, Journey::Rebuild, Journey::Invert];
        assert_eq!(known, all.map(Some));
        assert_eq!(Journey::named("elsewhere"), None);
    }
}
