//! The lesson of a small transformer: what character comes next in the texts of a task.
//!
//! Mean of −ln p(next character) over a batch of examples, those that nothing foretells at a tenth of the weight. The
//! best network is the same with and without them; with them it also knows what letters there are.

#[cfg(feature = "networks")]
use super::TabTrainer;
use super::{lesson::Lesson, probe::Probe};
use crate::attention::mixing::Mixing;
use crate::data::tasks::{Example, Task};
use crate::gpu::learning::{gpt::Gpt, tape::Network};
use crate::math::digest::sha256;
use crate::models::{
    fused_gpt::{
        broken::broken,
        gradient::{self, Layout, Texts},
    },
    gpt_config::GptConfig,
    size::SizeError,
};
use crate::train::{initial::small_gpt, learner::Learner, safe::Broken};

#[cfg(feature = "networks")]
pub type TextTrainer = TabTrainer<TextLesson>;

/// How much a character counts that nothing foretells.
const UNFORETOLD: f32 = 0.1;

/// What decides a run.
#[derive(Clone, Debug, PartialEq)]
pub struct TextOptions {
    pub task: Task,
    /// Highest learning rate.
    pub rate: f64,
    pub seed: u64,
}

impl TextOptions {
    /// A name for all that decides the run: equal names, equal runs.
    pub fn key(&self) -> String {
        sha256(format!("{self:?}"))
    }
}

pub struct TextLesson {
    pub options: TextOptions,
    config: GptConfig,
    layout: Layout,
    /// Heads that find, or answers that are right.
    probe: Probe,
}

impl TextLesson {
    /// # Errors
    /// The vocabulary of the task may be too large for a network.
    pub fn new(options: TextOptions) -> Result<Self, SizeError> {
        let config = options.task.config();
        config.check()?;
        let (layout, probe) = (gradient::layout(&config), Probe::new(&options.task, options.seed));
        Ok(Self { options, config, layout, probe })
    }

    /// Where each parameter stands in the row of weights.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    pub fn config(&self) -> &GptConfig {
        &self.config
    }

    /// What is learnt from at step `step`.
    fn batch(&self, step: usize) -> Batch {
        let TextOptions { task, seed, .. } = &self.options;
        let count = task.batch() as u64;
        let examples: Vec<Example> = (0..count).map(|i| task.example(*seed, step as u32, i)).collect();
        let length = self.config.context;
        let tokens = |from: usize| {
            examples.iter().flat_map(|e| &e.tokens[from..from + length]).copied().collect::<Vec<usize>>()
        };
        Batch { read: tokens(0), next: tokens(1), counts: Self::counts(&examples) }
    }

    /// How much each character counts, [B · T] each: in training, in the mean of all characters and in the mean of those that
    /// can be foretold.
    fn counts(examples: &[Example]) -> [Vec<f32>; 3] {
        let counted: Vec<bool> = examples.iter().flat_map(|e| e.counted.iter().copied()).collect();
        [[UNFORETOLD, 1.0], [1.0, 1.0], [0.0, 1.0]].map(|weight| {
            let row = counted.iter().map(|&counted| weight[usize::from(counted)]);
            let sum = row.clone().sum::<f32>();
            row.map(|weight| weight / sum).collect()
        })
    }
}

/// Texts of a step, [B · T] each.
struct Batch {
    read: Vec<usize>,
    next: Vec<usize>,
    counts: [Vec<f32>; 3],
}

impl Lesson for TextLesson {
    /// The mean loss of all characters, and of those that can be foretold.
    const LOSSES: usize = 2;
    const CHUNK: usize = 20;
    const YOUNG: Option<f64> = None;

    fn initial(&self) -> Vec<f32> {
        small_gpt(&self.config, self.options.seed)
    }

    fn rate(&self) -> f64 {
        self.options.rate
    }

    fn broken(&self, weights: &[f32], step: usize) -> Option<Broken> {
        let length = self.config.context;
        let Batch { read, next, counts: [counts, ..] } = self.batch(step);
        let texts = Texts { read: &read, next: &next, counts: &counts, length };
        let (place, backward, numbers) =
            broken(&self.config, &Mixing::causal(), &self.layout, weights, &texts)?;
        Broken::of(step, backward, [&place[0], &place[1]], &numbers)
    }

    fn step(&self, learner: &mut Learner, step: usize, rate: f64) -> Vec<f32> {
        let length = self.config.context;
        let Batch { read, next, counts: [counts, all, foretold] } = self.batch(step);
        let texts = Texts { read: &read, next: &next, counts: &counts, length };
        learner.read_on(&self.config, &self.layout, &texts, &[&all, &foretold], rate)
    }

    fn there(&self) -> Option<Box<dyn Network>> {
        let network = Gpt::new(&self.config, self.options.task.batch(), self.config.context, Self::LOSSES);
        Some(Box::new(network.looked_at(self.probe.there())))
    }

    fn given(&self, step: usize) -> Vec<Vec<f32>> {
        let Batch { read, next, counts: [counts, all, foretold] } = self.batch(step);
        Gpt::input(&read, &next, &counts, &[&all, &foretold])
    }

    fn asked(&self) -> Vec<Vec<f32>> {
        Gpt::asked(self.probe.read())
    }

    fn seen(&self, shown: &[f32]) -> Vec<f32> {
        self.probe.seen(shown)
    }

    /// The prefix-matching score of each head of each layer, or one share of right answers.
    fn probe_size(&self) -> usize {
        self.probe.size(&self.config)
    }

    fn probe(&self, weights: &[f32]) -> Vec<f32> {
        self.probe.look(&self.config, &self.layout, weights)
    }
}
