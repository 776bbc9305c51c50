//! What a small transformer can do, measured while it trains: heads that find, or answers that are right.

use crate::attention::mixing::Mixing;
use crate::data::rng::Rng;
use crate::data::tasks::{Example, Task};
use crate::gpu::learning::gpt::{Look, Shows};
use crate::math::philox::Stream;
use crate::models::{
    fused_gpt::gradient::{Answer, Layout, answer},
    gpt_config::GptConfig,
};

/// Examples that a share of right answers is taken from.
const EXAMPLES: usize = 64;

/// A fixed question to the network.
pub enum Probe {
    /// The prefix-matching score of every head, Olsson et al. 2022, <https://arxiv.org/abs/2209.11895>: the mean weight
    /// on the position after the previous occurrence of the same token, over the positions that have one.
    Heads { tokens: Vec<usize>, shares: Vec<f32> },
    /// The share of examples whose answer has only likeliest characters: those that greedy writing gets right; of
    /// an own text the share of its characters.
    Answers(Box<Answers>),
}

/// Questions with their right answers, [questions, T] each.
pub struct Answers {
    read: Vec<usize>,
    next: Vec<usize>,
    /// Whether the next character belongs to the answer.
    counted: Vec<bool>,
    /// T
    length: usize,
    /// Whether an answer counts as a whole; of a text that is only gone on with, every character counts.
    whole: bool,
}

impl Probe {
    pub fn new(task: &Task, seed: u64) -> Self {
        match task.repeated(&mut Rng::new(Stream::Tasks, seed, 0, 0)) {
            Some(tokens) => {
                let shares = followers(&tokens);
                Probe::Heads { tokens, shares }
            }
            None => Self::answers(task, seed, EXAMPLES),
        }
    }

    /// The answers to `count` questions, none of which is trained on; of an own text, pieces of that text.
    pub fn answers(task: &Task, seed: u64, count: usize) -> Self {
        let examples: Vec<Example> = (0..count as u64).map(|i| task.example(seed, 0, i)).collect();
        let t = task.config().context;
        let rows = |from: usize| examples.iter().flat_map(|e| &e.tokens[from..from + t]).copied().collect();
        Probe::Answers(Box::new(Answers {
            read: rows(0),
            next: rows(1),
            counted: examples.iter().flat_map(|e| &e.counted).copied().collect(),
            length: t,
            whole: !matches!(task, Task::Own(_)),
        }))
    }

    /// How many numbers [`look`](Self::look) gives.
    pub fn size(&self, config: &GptConfig) -> usize {
        match self {
            Probe::Heads { .. } => config.layers * config.heads,
            Probe::Answers(_) => 1,
        }
    }

    /// The texts that the network is asked.
    pub fn read(&self) -> &[usize] {
        match self {
            Probe::Heads { tokens, .. } => tokens,
            Probe::Answers(answers) => &answers.read,
        }
    }

    /// The answer of the network of `weights`, [L · H] or [1].
    pub fn look(&self, config: &GptConfig, layout: &Layout, weights: &[f32]) -> Vec<f32> {
        let Look { length, shows, .. } = self.there();
        let Answer { logits, maps, .. } =
            answer(config, &Mixing::causal(), layout, weights, self.read(), length);
        match shows {
            Shows::Maps => self.seen(&maps.concat()),
            Shows::Likeliest => {
                let scores = logits.chunks_exact(config.vocabulary.len());
                self.seen(&scores.map(|scores| likeliest(scores) as f32).collect::<Vec<_>>())
            }
        }
    }

    /// What a graphics processor is to show.
    pub fn there(&self) -> Look {
        match self {
            Probe::Heads { tokens, .. } => Look { texts: 1, length: tokens.len(), shows: Shows::Maps },
            Probe::Answers(answers) => {
                let Answers { read, length, .. } = &**answers;
                Look { texts: read.len() / length, length: *length, shows: Shows::Likeliest }
            }
        }
    }

    /// The answer of a network that has `shown` the weights of its heads, [L · H, N, N], or the likeliest token after each, [questions · T].
    pub fn seen(&self, shown: &[f32]) -> Vec<f32> {
        match self {
            Probe::Heads { shares, .. } => {
                let score = |map: &[f32]| map.iter().zip(shares).map(|(weight, share)| weight * share).sum();
                shown.chunks_exact(shares.len()).map(score).collect()
            }
            Probe::Answers(answers) => {
                let Answers { next, counted, length, whole, .. } = &**answers;
                let wrong: Vec<bool> = shown
                    .iter()
                    .zip(next)
                    .zip(counted)
                    .map(|((likeliest, next), counted)| *counted && *likeliest != *next as f32)
                    .collect();
                let right = match whole {
                    true => {
                        let rows = wrong.chunks_exact(*length);
                        let count = rows.len() as f32;
                        rows.filter(|row| !row.contains(&true)).count() as f32 / count
                    }
                    false => {
                        let of = |flags: &[bool]| flags.iter().filter(|flag| **flag).count() as f32;
                        1.0 - of(&wrong) / of(counted)
                    }
                };
                vec![right]
            }
        }
    }
}

/// The first of the largest scores.
fn likeliest(scores: &[f32]) -> usize {
    (1..scores.len()).fold(0, |best, i| if scores[i] > scores[best] { i } else { best })
}

/// [N, N]: the share that the cell (i, j) has in the score, where j follows the previous occurrence of token i.
fn followers(tokens: &[usize]) -> Vec<f32> {
    let n = tokens.len();
    let before = |i: usize| tokens[..i].iter().rposition(|token| *token == tokens[i]);
    let cells: Vec<(usize, usize)> = (0..n).filter_map(|i| Some((i, before(i)? + 1))).collect();
    let mut shares = vec![0.0f32; n * n];
    for (i, j) in &cells {
        shares[i * n + j] = 1.0 / cells.len() as f32;
    }
    shares
}
