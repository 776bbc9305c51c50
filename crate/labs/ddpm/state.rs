//! All that a run of this lab holds.

use super::{
    fork::State,
    greedy::Greedy,
    keys::Keys,
    network::Network,
    partial_noising::PartialNoising,
    real::Real,
    settings::{Move, Settings},
    trajectory::trajectories,
    tree::Tree,
};
use crate::data::gallery::Gallery;
use crate::experiment::{Experiment, Message};
use crate::math::{normal::normals, philox::Stream};

pub struct Ddpm {
    pub settings: Settings,
    /// Not there in an engine without networks.
    pub network: Option<Network>,
    pub tree: Tree,
    /// The fork shown.
    pub fork: usize,
    pub greedy: Greedy,
    pub partial_noising: PartialNoising,
    pub keys: Keys,
    /// What the readouts know of real pictures.
    pub real: Real,
    pub warnings: Vec<Message>,
}

impl Ddpm {
    /// The run of `experiment` at its first state.
    pub fn new(experiment: &Experiment, settings: Settings, network: Option<Network>) -> Self {
        let first = match settings.demolished() {
            0 => normals(settings.seed, Stream::Rubble, 0, settings.samples * settings.picture.len()),
            _ => settings.picture.repeat(settings.samples),
        };
        let (trajectories, mut warnings) = trajectories(&settings, experiment);
        if experiment.inputs.pixels.is_some() && settings.gallery != Gallery::Digits {
            warnings.push(Message::new(
                "z",
                "The painting in this link has 8 × 8 cells, which only digits have; the real picture is shown.",
                "链接中手绘的图为 8×8 格，仅用于数字；这里显示真实的图。",
            ));
        }
        Self {
            greedy: Greedy::new(&settings),
            partial_noising: PartialNoising::new(&settings),
            keys: Keys::of(experiment, &trajectories[0].key),
            real: Real::default(),
            fork: experiment.integer("track").min(trajectories.len() - 1),
            tree: Tree::new(trajectories, first),
            settings,
            network,
            warnings,
        }
    }

    /// State `k`, which was reached, of fork `j`.
    pub fn state(&self, j: usize, k: usize) -> &State {
        self.tree.state(j, k).expect("a state that was reached is kept")
    }

    /// State `at` of the fork shown.
    pub fn shown(&self, at: usize) -> &State {
        self.state(self.fork, at)
    }

    /// The sample on the stage, of all samples of a state.
    pub fn selected<'a>(&self, x: &'a [f32]) -> &'a [f32] {
        let size = self.settings.picture.len();
        &x[self.settings.selected * size..][..size]
    }

    /// Whether state `k` came by mixing noise into the picture.
    pub fn falls(&self, k: usize) -> bool {
        k <= self.settings.demolished() && self.settings.move_from(0) == Move::Fall
    }
}
