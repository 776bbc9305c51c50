//! W4: training a transformer of 112,384 parameters, ten steps of Adam and one readback a call.

use super::{Answer, Spec, Workload, files::Files, gpt::tokens, largest_share};
use crate::device::Device;
#[cfg(feature = "webgpu")]
use crate::gpu::learning::{GpuLearner, adam::Pace, gpt::Gpt};
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
    way: Way,
    /// Of each batch: the texts [16, 65].
    texts: Vec<f32>,
    losses: Vec<f32>,
}

/// Where the network learns.
enum Way {
    Here {
        learner: Learner,
        config: GptConfig,
        layout: Layout,
    },
    #[cfg(feature = "webgpu")]
    There(Box<GpuLearner>),
}

impl Way {
    fn new(config: GptConfig, flat: Vec<f32>, device: &Device) -> Self {
        match device {
            Device::Cpu => Self::Here { learner: Learner::new(flat), layout: layout(&config), config },
            #[cfg(feature = "webgpu")]
            Device::Webgpu(gpu) => {
                let network = Gpt::new(&config, TEXTS, LENGTH, 1);
                Self::There(Box::new(GpuLearner::first(gpu, Box::new(network), &flat)))
            }
        }
    }
}

/// How much each token counts.
const COUNTS: [f32; TEXTS * LENGTH] = [1.0 / (TEXTS * LENGTH) as f32; TEXTS * LENGTH];

/// [16, 65] tokens as what is read, each text's first 64, and what is guessed, its last 64.
fn parts(texts: &[f32]) -> [Vec<usize>; 2] {
    let part = |skip: usize| {
        let of = |text: &[f32]| text[skip..skip + LENGTH].iter().map(|&t| t as usize).collect::<Vec<_>>();
        texts.chunks_exact(LENGTH + 1).flat_map(of).collect()
    };
    [part(0), part(1)]
}

impl Training {
    pub fn open(files: &Files, device: &Device) -> Result<Self, String> {
        let config = GptConfig::w4();
        let flat = files.flat("w4", &config.parameters())?;
        let texts = tokens(files, "w4_tok", config.vocabulary.len())?;
        if texts.is_empty() || texts.len() % STEP != 0 {
            return Err(format!("w4_tok.bin holds {} tokens, not batches of {STEP}", texts.len()));
        }
        Ok(Self { way: Way::new(config, flat, device), texts, losses: files.floats("w4_loss")? })
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
        let batches = input.chunks_exact(STEP).map(parts);
        Box::pin(async move {
            match &mut self.way {
                Way::Here { learner, config, layout } => {
                    let step = |[read, next]: [Vec<usize>; 2]| {
                        let texts = Texts { read: &read, next: &next, counts: &COUNTS, length: LENGTH };
                        learner.read_on(config, layout, &texts, &[&COUNTS], RATE)[0]
                    };
                    Ok(batches.map(step).collect())
                }
                #[cfg(feature = "webgpu")]
                Way::There(learner) => {
                    let inputs = batches.map(|[read, next]| Gpt::input(&read, &next, &COUNTS, &[&COUNTS]));
                    let pace = |_| Pace { rate: RATE, share: 1.0 };
                    learner.learn(&inputs.collect::<Vec<_>>(), pace).await
                }
            }
        })
    }

    fn error(&self, call: usize, answers: &[f32]) -> Option<f64> {
        Some(largest_share(answers, self.losses.get(call * PULL..(call + 1) * PULL)?))
    }
}
