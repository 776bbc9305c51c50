//! W4: training a transformer of 112,384 parameters, ten steps of Adam and one readback a call.

use super::{Answer, Spec, Workload, files::Files, gpt::tokens, largest_share};
use crate::models::{
    fused_gpt::gradient::{Layout, Texts, layout},
    gpt_config::GptConfig,
};
use crate::train::learner::Learner;

/// Texts in a step, and the tokens of each that are read; one more is guessed.
const TEXTS: usize = 16;
const LENGTH: usize = 64;
/// Numbers of a step's input.
const STEP: usize = TEXTS * (LENGTH + 1);
/// Steps in a call.
const PULL: usize = 10;
const RATE: f64 = 1e-3;

pub const TRAINING: Spec = Spec {
    id: "w4",
    files: &["w4.json", "w4.bin", "w4_tok.bin", "w4_loss.bin"],
    unit: "step",
    units: PULL,
    parts: 1,
    error: "max relative, of the losses",
    tolerance: 1e-3,
};

pub struct Training {
    learner: Learner,
    layout: Layout,
    /// Of each batch: the texts [16, 65].
    texts: Vec<f32>,
    losses: Vec<f32>,
    config: GptConfig,
}

impl Training {
    pub fn open(files: &Files) -> Result<Self, String> {
        let config = GptConfig::w4();
        let flat = files.flat("w4", &config.parameters())?;
        let texts = tokens(files, "w4_tok", config.vocabulary.len())?;
        if texts.is_empty() || texts.len() % STEP != 0 {
            return Err(format!("w4_tok.bin holds {} tokens, not batches of {STEP}", texts.len()));
        }
        let layout = layout(&config);
        Ok(Self { learner: Learner::new(flat), layout, texts, losses: files.floats("w4_loss")?, config })
    }

    /// One step on [16, 65] tokens: each text's first 64 are read, its last 64 guessed.
    fn step(&mut self, texts: &[f32]) -> f32 {
        let part = |skip: usize| {
            let of = |text: &[f32]| text[skip..skip + LENGTH].iter().map(|&t| t as usize).collect::<Vec<_>>();
            texts.chunks_exact(LENGTH + 1).flat_map(of).collect::<Vec<usize>>()
        };
        let (read, next, counts) = (part(0), part(1), [1.0 / (TEXTS * LENGTH) as f32; TEXTS * LENGTH]);
        let texts = Texts { read: &read, next: &next, counts: &counts, length: LENGTH };
        self.learner.read_on(&self.config, &self.layout, &texts, &[&counts], RATE)[0]
    }
}

impl Workload for Training {
    fn input(&self, call: usize) -> Vec<f32> {
        let batches = self.texts.len() / STEP;
        let batch = |step: usize| {
            let at = (call * PULL + step) % batches * STEP;
            &self.texts[at..at + STEP]
        };
        (0..PULL).map(batch).collect::<Vec<_>>().concat()
    }

    fn part<'a>(&'a mut self, _part: usize, input: &'a [f32]) -> Answer<'a> {
        Box::pin(async move { Ok(input.chunks_exact(STEP).map(|texts| self.step(texts)).collect()) })
    }

    fn error(&self, call: usize, answers: &[f32]) -> Option<f64> {
        Some(largest_share(answers, self.losses.get(call * PULL..(call + 1) * PULL)?))
    }
}
