//! The settings, typed; what a hand holds for a moment stands in for what the link says.

use serde::Deserialize;

use super::{haystack::Haystack, parameters};
use crate::experiment::{
    Experiment, Message,
    parameter::{Kind, Parameter},
};
use crate::labs::chosen::chosen;
use crate::math::concentration::{features::Features, kernel::Kernel};
use crate::runtime::selection::Selection;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    Bench,
    Phase,
    Needle,
    Shape,
    Decay,
    Scaling,
    Twins,
}

/// The ten that read the same keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reader {
    Exp,
    Relu2,
    Relu,
    Identity,
    Elu1,
    Softplus,
    Decay,
    Logn,
    Topk,
    Entmax,
}

impl Reader {
    /// In the order of the picture's rows.
    pub const ALL: [Self; 10] = [
        Self::Exp,
        Self::Relu2,
        Self::Relu,
        Self::Identity,
        Self::Elu1,
        Self::Softplus,
        Self::Decay,
        Self::Logn,
        Self::Topk,
        Self::Entmax,
    ];

    /// The kernel that weighs each key for itself, where it is one.
    pub fn kernel(self) -> Option<Kernel> {
        match self {
            Self::Exp | Self::Logn => Some(Kernel::Exp),
            Self::Relu2 => Some(Kernel::Relu2),
            Self::Relu => Some(Kernel::Relu),
            Self::Identity => Some(Kernel::Identity),
            Self::Elu1 => Some(Kernel::Elu1),
            Self::Softplus => Some(Kernel::Softplus),
            Self::Decay | Self::Topk | Self::Entmax => None,
        }
    }

    /// What it multiplies scores by, of n keys.
    pub fn scale(self, n: f64) -> f64 {
        match self {
            Self::Logn => libm::log(n) / libm::log(FIRST),
            Self::Exp
            | Self::Relu2
            | Self::Relu
            | Self::Identity
            | Self::Elu1
            | Self::Softplus
            | Self::Decay
            | Self::Topk
            | Self::Entmax => 1.0,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Map {
    Relu,
    Exp,
    Elu1,
    Softplus,
    Sigmoid,
    Relu2,
}

impl Map {
    fn features(self) -> Features {
        match self {
            Self::Relu => Features::Relu,
            Self::Exp => Features::Exp,
            Self::Elu1 => Features::Elu1,
            Self::Softplus => Features::Softplus,
            Self::Sigmoid => Features::Sigmoid,
            Self::Relu2 => Features::Relu2,
        }
    }
}

/// The length at which log-n scaling changes nothing.
pub const FIRST: f64 = 512.0;
/// Keys that are drawn in all.
const MOST: usize = 1 << 22;
/// Draws that every claim is measured on at least.
pub const LEAST: usize = 8;

#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    pub part: Part,
    pub reader: Reader,
    pub n: usize,
    pub gamma: f64,
    pub beta: f64,
    pub lambda: f64,
    pub k: usize,
    pub margin: f64,
    pub shape: f64,
    pub features: Features,
    pub d: usize,
    pub seed: u64,
    pub draws: usize,
    pub warnings: Vec<Message>,
}

impl Settings {
    pub fn of(experiment: &Experiment) -> Self {
        let number = |key| experiment.number(key);
        let (n, wanted) = (experiment.integer("n"), experiment.integer("draws"));
        let draws = wanted.min(MOST / n);
        let warning = (draws < wanted).then(|| {
            Message::new(
                "draws",
                format!("draws: {wanted} texts of {n} keys are too many; {draws} are read. Shorter texts allow more."),
                format!("draws：{wanted} 段 {n} 个键的文本太多，只读 {draws} 段。文本短一些便可多读。"),
            )
        });
        Self {
            part: chosen(experiment, "part"),
            reader: chosen(experiment, "kernel"),
            n,
            gamma: number("gamma"),
            beta: number("beta"),
            lambda: number("lambda"),
            k: experiment.integer("k"),
            margin: number("margin"),
            shape: number("shape"),
            features: chosen::<Map>(experiment, "features").features(),
            d: experiment.integer("d"),
            seed: experiment.seed("seed"),
            draws,
            warnings: warning.into_iter().collect(),
        }
    }

    /// The number of the state that has read the whole text.
    pub fn whole(&self) -> usize {
        (self.n.next_power_of_two().trailing_zeros() as usize).saturating_sub(1)
    }

    /// Whether what is asked about depends on how much of the text has been read.
    pub fn grows(&self) -> bool {
        match self.part {
            Part::Bench | Part::Phase | Part::Needle | Part::Shape | Part::Decay => true,
            Part::Scaling | Part::Twins => false,
        }
    }

    /// Which n a needle is put among in heads that were trained: the largest that has keys enough and is no more than n.
    pub fn sighted(&self) -> usize {
        Haystack::within(self.n)
    }

    /// How many keys state `at` has read.
    pub fn keys(&self, at: usize) -> usize {
        self.n.min(2 << at)
    }

    /// While something is dragged: numbers by their keys, within the bounds of links. Says whether anything is another.
    pub fn hold(&mut self, selection: &Selection) -> bool {
        let before = self.clone();
        for (key, place) in [
            ("gamma", &mut self.gamma),
            ("beta", &mut self.beta),
            ("lambda", &mut self.lambda),
            ("margin", &mut self.margin),
            ("shape", &mut self.shape),
        ] {
            if let Some(value) = selection.get::<f64>(key).filter(|value| value.is_finite()) {
                let (min, max) = bounds(key);
                *place = value.clamp(min, max);
            }
        }
        *self != before
    }
}

/// The bounds of the number called `key`. Panics if there is none: a bug, not input.
fn bounds(key: &str) -> (f64, f64) {
    let known = |parameter: &&Parameter| parameter.key == key;
    match parameters::ALL.iter().copied().flatten().find(known).map(|parameter| parameter.kind) {
        Some(Kind::Number { min, max, .. }) => (min, max),
        other => panic!("{key} is no number: {other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::chosen::all_are_read;

    fn words(key: &str) -> Vec<&'static str> {
        crate::labs::chosen::words(parameters::ALL, key)
    }

    #[test]
    fn every_choice_is_read_and_readers_stand_in_the_order_of_their_rows() {
        all_are_read::<Part>(words("part"));
        all_are_read::<Map>(words("features"));
        let readers: Vec<Reader> =
            words("kernel").into_iter().map(|word| crate::labs::chosen::read(word).unwrap()).collect();
        assert_eq!(readers, Reader::ALL);
    }
}
