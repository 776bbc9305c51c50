//! What a small transformer can do, measured on the device while it trains: heads that find, or answers that are right.

use burn::tensor::{Device, Int, Tensor, TensorData};

use crate::attention::surgery::Surgery;
use crate::data::rng::Rng;
use crate::data::tasks::{Example, Task};
use crate::math::philox::Stream;
use crate::models::{gpt::Gpt, gpt_config::GptConfig, gpt_reading::Cache};

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
    read: Tensor<2, Int>,
    next: Tensor<2, Int>,
    /// 1 where the next character belongs to the answer.
    counted: Tensor<2>,
    /// Whether an answer counts as a whole; of a text that is only gone on with, every character counts.
    whole: bool,
}

impl Probe {
    pub fn new(task: &Task, seed: u64, device: &Device) -> Self {
        match task.repeated(&mut Rng::new(Stream::Tasks, seed, 0, 0)) {
            Some(tokens) => {
                let shares = followers(&tokens);
                Probe::Heads { tokens, shares }
            }
            None => Self::answers(task, seed, EXAMPLES, device),
        }
    }

    /// The answers to `count` questions, none of which is trained on; of an own text, pieces of that text.
    pub fn answers(task: &Task, seed: u64, count: usize, device: &Device) -> Self {
        let examples: Vec<Example> = (0..count as u64).map(|i| task.example(seed, 0, i)).collect();
        let t = task.config().context;
        let rows = |from: usize| {
            let tokens =
                examples.iter().flat_map(|e| e.tokens[from..from + t].iter().map(|&token| token as i32));
            Tensor::from_data(TensorData::new(tokens.collect(), [count, t]), device)
        };
        let counted = examples.iter().flat_map(|e| e.counted.iter().map(|&counted| f32::from(counted)));
        let counted = Tensor::from_data(TensorData::new(counted.collect(), [count, t]), device);
        Probe::Answers(Box::new(Answers {
            read: rows(0),
            next: rows(1),
            counted,
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

    /// The answer to the question, [L · H] or [1], on the network's device.
    pub fn look(&self, network: &Gpt) -> Tensor<1> {
        match self {
            Probe::Heads { tokens, shares } => {
                let shares = TensorData::new(shares.clone(), [1, tokens.len(), tokens.len()]);
                let shares = Tensor::<3>::from_data(shares, &network.device());
                let reading = network.read(tokens, &mut Cache::new(network), &Surgery::none());
                let scores = reading.layers.into_iter().map(|heads| {
                    let heads = heads.weights * shares.clone(); // [H, N, N]
                    let [count, rows, columns] = heads.dims();
                    heads.reshape([count, rows * columns]).sum_dim(1).reshape([count])
                });
                Tensor::cat(scores.collect(), 0)
            }
            Probe::Answers(answers) => {
                let Answers { read, next, counted, whole } = &**answers;
                let [count, t] = read.dims();
                let guess = network.forward(read.clone()).argmax(2).reshape([count, t]);
                let wrong = guess.not_equal(next.clone()).float() * counted.clone();
                match whole {
                    true => wrong.sum_dim(1).equal_elem(0.0).float().mean(),
                    false => wrong.sum() / counted.clone().sum() * -1.0 + 1.0,
                }
            }
        }
    }
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
