//! The settings, typed; what a hand holds for a moment stands in for what the link says.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{parameters, read::Read};
use crate::experiment::{Experiment, parameter::Kind};
use crate::labs::chosen::chosen;
use crate::maps::{cost::Task, kernel::Kernel, mask::Mask, tower::Floor};
use crate::runtime::selection::Selection;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    Random,
    Model,
    Trained,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Masked {
    TwoWay,
    Prefix,
    Causal,
    AntiCausal,
    Mixed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Weighing {
    Softmax,
    Elu1,
    Relu,
    Identity,
    Exp,
    Uniform,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Switch {
    Off,
    On,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Generator {
    Philox,
    SplitMix,
}

/// What a hand holds.
pub type Held = BTreeMap<&'static str, f64>;

#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    pub source: Source,
    /// The number of the model's head, among those of all layers.
    pub number: usize,
    pub mask: Mask,
    pub prefix: usize,
    pub kernel: Kernel,
    pub n: usize,
    pub d: usize,
    pub gain: f64,
    pub layers: usize,
    pub floor: Floor,
    pub mixing: bool,
    pub heads: usize,
    pub seed: u64,
    pub generator: Generator,
}

impl Settings {
    /// Those of `experiment`; what a model has read decides on the sizes of its heads.
    pub fn of(experiment: &Experiment, held: &Held, read: Option<&Read>) -> Self {
        let number = |key: &str| held.get(key).copied().unwrap_or_else(|| experiment.number(key));
        let count =
            |key: &str| held.get(key).map_or_else(|| experiment.integer(key), |value| *value as usize);
        let is_on = |key: &str| match chosen(experiment, key) {
            Switch::Off => false,
            Switch::On => true,
        };
        let (n, d) = read.map_or_else(|| (count("n"), count("d")), |read| (read.letters.len(), read.width));
        let of_model = read.map_or(0, |read| {
            let [layer, head] = [("layer", read.layers), ("head", read.heads)]
                .map(|(key, most)| count(key).clamp(1, most) - 1);
            layer * read.heads + head
        });
        let prefix = count("prefix").min(n);
        Self {
            source: chosen(experiment, "source"),
            number: of_model,
            mask: match chosen(experiment, "mask") {
                Masked::TwoWay => Mask::TwoWay,
                Masked::Prefix => Mask::Prefix(prefix),
                Masked::Causal => Mask::Causal,
                Masked::AntiCausal => Mask::AntiCausal,
                Masked::Mixed => Mask::Mixed,
            },
            prefix,
            kernel: match chosen(experiment, "kernel") {
                Weighing::Softmax => Kernel::Softmax,
                Weighing::Elu1 => Kernel::Elu1,
                Weighing::Relu => Kernel::Relu,
                Weighing::Identity => Kernel::Identity,
                Weighing::Exp => Kernel::Exp,
                Weighing::Uniform => Kernel::Uniform,
            },
            n,
            d,
            gain: number("gain"),
            layers: count("layers"),
            floor: Floor { residual: number("residual"), norm: is_on("norm") },
            mixing: is_on("mixing"),
            heads: count("heads"),
            seed: experiment.seed("seed"),
            generator: chosen(experiment, "draw"),
        }
    }

    /// All masks of this prefix, in the order of frames.
    pub fn masks(&self) -> [Mask; 5] {
        [Mask::TwoWay, Mask::Prefix(self.prefix), Mask::Causal, Mask::AntiCausal, Mask::Mixed]
    }

    /// The chosen one's place among them.
    pub fn chosen(&self) -> usize {
        self.masks().iter().position(|mask| *mask == self.mask).expect("it is one of them")
    }

    /// Whether a layer is attention and residual alone: then theory has something to say of the tower.
    pub fn is_plain(&self) -> bool {
        !self.floor.norm && !self.mixing
    }

    /// What the card of costs is about: the prefix is read, the rest written.
    pub fn task(&self) -> Task {
        Task {
            input: self.prefix,
            output: self.n - self.prefix,
            layers: self.layers,
            width: self.heads * self.d,
        }
    }
}

/// While something is dragged: numbers by their keys, within the bounds of links. The tower's height is no such number.
pub fn held(selection: &Selection) -> Held {
    let all = parameters::ALL.iter().copied().flatten().filter(|parameter| parameter.key != "layers");
    all.filter_map(|parameter| {
        let value = || selection.get::<f64>(parameter.key).filter(|value| value.is_finite());
        match parameter.kind {
            Kind::Number { min, max, .. } => Some((parameter.key, value()?.clamp(min, max))),
            Kind::Integer { min, max, .. } => {
                Some((parameter.key, value()?.round().clamp(min as f64, max as f64)))
            }
            Kind::Seed { .. } | Kind::Choice { .. } => None,
        }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::{
        chosen::all_are_read,
        rank::{read::Model, trained::Learnt},
    };

    fn words(key: &str) -> Vec<&'static str> {
        crate::labs::chosen::words(parameters::ALL, key)
    }

    #[test]
    fn every_choice_is_read() {
        all_are_read::<Source>(words("source"));
        all_are_read::<Model>(words("model"));
        all_are_read::<Learnt>(words("network"));
        all_are_read::<Masked>(words("mask"));
        all_are_read::<Weighing>(words("kernel"));
        all_are_read::<Switch>(words("norm"));
        all_are_read::<Switch>(words("mixing"));
        all_are_read::<Generator>(words("draw"));
    }
}
