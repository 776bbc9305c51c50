//! The settings, typed; what a hand holds for a moment stands in for what the link says.

use serde::Deserialize;

use super::parameters;
use crate::experiment::{
    Experiment,
    parameter::{Kind, Parameter},
};
use crate::labs::chosen::chosen;
use crate::math::rotary::{
    scheme::{Scheme, Strength},
    turning::{Training, Trick, Turning},
};
use crate::runtime::selection::Selection;
use crate::train::small::reader::{self, STRETCH};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum View {
    Terms,
    Window,
    Cancel,
    Family,
    Tricks,
    Measured,
    Train,
    Table,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kin {
    Bias,
    Alibi,
    Kerple,
    Sandwich,
    Window,
    Nope,
}

impl Kin {
    fn scheme(self) -> Scheme {
        match self {
            Self::Bias => Scheme::Bias,
            Self::Alibi => Scheme::Alibi,
            Self::Kerple => Scheme::Kerple,
            Self::Sandwich => Scheme::Sandwich,
            Self::Window => Scheme::Window,
            Self::Nope => Scheme::Nope,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Way {
    None,
    Pi,
    Ntk,
    Yarn,
    Rerope,
    Logn,
}

impl Way {
    fn trick(self) -> Trick {
        match self {
            Self::None => Trick::Plain,
            Self::Pi => Trick::Interpolation,
            Self::Ntk => Trick::Ntk,
            Self::Yarn => Trick::Yarn,
            Self::Rerope => Trick::Rerope,
            Self::Logn => Trick::Logn,
        }
    }
}

/// A head's width is one of few.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
enum Width {
    #[serde(rename = "16")]
    W16,
    #[serde(rename = "32")]
    W32,
    #[serde(rename = "64")]
    W64,
    #[serde(rename = "128")]
    W128,
    #[serde(rename = "256")]
    W256,
}

impl Width {
    fn numbers(self) -> usize {
        match self {
            Self::W16 => 16,
            Self::W32 => 32,
            Self::W64 => 64,
            Self::W128 => 128,
            Self::W256 => 256,
        }
    }
}

/// Steps of the timeline in which a text becomes twice as long.
const DOUBLING: f64 = 4.0;

#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    pub view: View,
    pub c: f64,
    pub a: f64,
    pub b: f64,
    /// In radians.
    pub angle: f64,
    pub isotropy: f64,
    pub k: usize,
    pub d: usize,
    pub base: f64,
    pub scheme: Scheme,
    pub slope: f64,
    pub width: usize,
    pub trick: Trick,
    pub stretch: f64,
    pub train_length: usize,
    pub length: usize,
    pub seed: u64,
    /// Schemes of trained networks.
    pub lanes: Vec<reader::Scheme>,
    /// Seeds of each.
    pub seeds: usize,
    /// Held-out texts that are read, and the number of the first.
    pub texts: usize,
    pub first: usize,
    /// Where one looks, counted from 1.
    pub layer: usize,
    pub head: usize,
}

/// Characters of a text that the networks learnt from which ship.
const SHORT: usize = 64;
/// The keys of schemes of trained networks.
pub const LANES: [&str; 4] = ["lane1", "lane2", "lane3", "lane4"];

impl Settings {
    pub fn of(experiment: &Experiment) -> Self {
        let number = |key| experiment.number(key);
        let view = chosen(experiment, "view");
        let [train_length, length] = match view {
            View::Measured => [SHORT, STRETCH * SHORT],
            View::Train => [1, STRETCH].map(|times| times * experiment.integer("short")),
            _ => ["train_length", "length"].map(|key| experiment.integer(key)),
        };
        Self {
            view,
            c: number("c"),
            a: number("a"),
            b: number("b"),
            angle: number("angle").to_radians(),
            isotropy: number("isotropy"),
            k: experiment.integer("k"),
            d: chosen::<Width>(experiment, "d").numbers(),
            base: number("base"),
            scheme: chosen::<Kin>(experiment, "scheme").scheme(),
            slope: number("slope"),
            width: experiment.integer("width"),
            trick: chosen::<Way>(experiment, "trick").trick(),
            stretch: number("stretch"),
            train_length,
            length,
            seed: experiment.seed("seed"),
            lanes: LANES.iter().filter_map(|lane| reader::Scheme::named(experiment.choice(lane))).collect(),
            seeds: experiment.integer("seeds"),
            texts: experiment.integer("texts"),
            first: experiment.integer("first"),
            layer: experiment.integer("layer"),
            head: experiment.integer("head"),
        }
    }

    /// The number of the last state.
    pub fn last(&self) -> usize {
        let doublings = libm::log2(self.length as f64 / self.train_length as f64).max(0.0);
        // A whole number of steps must not become one more by rounding.
        (DOUBLING * doublings - 1e-9).ceil().max(0.0) as usize
    }

    /// How long the text is at state `at`.
    pub fn tokens(&self, at: usize) -> usize {
        let grown = self.train_length as f64 * libm::exp2(at as f64 / DOUBLING);
        (grown.round() as usize).min(self.length)
    }

    /// The lengths of all states.
    pub fn lengths(&self) -> Vec<usize> {
        (0..=self.last()).map(|at| self.tokens(at)).collect()
    }

    pub fn training(&self) -> Training {
        let Self { d, base, stretch, width, .. } = *self;
        Training { pairs: d / 2, base, length: self.train_length, stretch, width }
    }

    pub fn turning(&self, trick: Trick) -> Turning {
        Turning::of(trick, &self.training())
    }

    pub fn strength(&self) -> Strength {
        let Self { c, angle, slope, width, base, .. } = *self;
        Strength { c, angle, slope, width, base }
    }

    /// While something is dragged: numbers by their keys, within the bounds of links. Says whether anything is another.
    pub fn hold(&mut self, selection: &Selection) -> bool {
        let before = self.clone();
        let held = |key: &str| {
            let (min, max) = bounds(key);
            let value = selection.get::<f64>(key).filter(|value| value.is_finite());
            value.map(|value| value.clamp(min, max))
        };
        for (key, place) in [
            ("c", &mut self.c),
            ("a", &mut self.a),
            ("b", &mut self.b),
            ("isotropy", &mut self.isotropy),
            ("base", &mut self.base),
            ("slope", &mut self.slope),
            ("stretch", &mut self.stretch),
        ] {
            if let Some(value) = held(key) {
                *place = value;
            }
        }
        if let Some(degrees) = held("angle") {
            self.angle = degrees.to_radians();
        }
        if let Some(k) = held("k") {
            self.k = k.round() as usize;
        }
        *self != before
    }
}

/// The bounds of the number called `key`. Panics if there is none: a bug, not input.
fn bounds(key: &str) -> (f64, f64) {
    let known = |parameter: &&Parameter| parameter.key == key;
    match parameters::ALL.iter().copied().flatten().find(known).map(|parameter| parameter.kind) {
        Some(Kind::Number { min, max, .. }) => (min, max),
        Some(Kind::Integer { min, max, .. }) => (min as f64, max as f64),
        other => panic!("{key} is no number: {other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::chosen::{all_are_read, read};

    fn words(key: &str) -> Vec<&'static str> {
        crate::labs::chosen::words(parameters::ALL, key)
    }

    #[test]
    fn every_choice_is_read_and_curves_stand_in_the_order_of_choices() {
        all_are_read::<View>(words("view"));
        for lane in LANES {
            let named: Vec<_> = words(lane).into_iter().filter_map(reader::Scheme::named).collect();
            assert_eq!(named, reader::Scheme::ALL);
        }
        let schemes: Vec<Scheme> =
            words("scheme").into_iter().map(|word| read::<Kin>(word).unwrap().scheme()).collect();
        assert_eq!(schemes, Scheme::ALL);
        let tricks: Vec<Trick> =
            words("trick").into_iter().map(|word| read::<Way>(word).unwrap().trick()).collect();
        assert_eq!(tricks, Trick::ALL);
        for word in words("d") {
            assert_eq!(read::<Width>(word).unwrap().numbers().to_string(), word);
        }
    }

    #[test]
    fn a_text_begins_with_the_length_of_training_and_doubles_every_four_steps() {
        let parsed = crate::labs::parse("v=2&lab=stretch&train_length=512&length=4096");
        let settings = Settings::of(&parsed.experiment);
        let lengths = settings.lengths();
        assert_eq!(lengths.len(), 13);
        assert_eq!([lengths[0], lengths[4], lengths[8], lengths[12]], [512, 1024, 2048, 4096]);
        let short = Settings { length: 12, ..settings.clone() };
        assert_eq!(short.lengths(), [12]);
        let between = Settings { length: 3000, ..settings };
        assert_eq!(between.lengths().last(), Some(&3000));
        assert!(between.lengths().windows(2).all(|pair| pair[0] < pair[1]));
    }
}
