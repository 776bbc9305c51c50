//! W2: a transformer of 817,920 parameters reads 128 tokens with every map shown, and writes 128, greedily.

use super::{Answer, Spec, Workload, files::Files, largest_gap};
use crate::device::Device;
use crate::models::gpt_config::GptConfig;
use crate::networks::text_network::{TextMemory, TextNetwork};

/// Tokens of a text.
const LENGTH: usize = 128;
/// Tokens that are timed without a cache.
const FEW: usize = 8;

pub const FORWARD: Spec = Spec {
    id: "w2f",
    files: &["w2.json", "w2.bin", "w2_tok.bin", "w2_logits.bin", "w2_maps.bin"],
    unit: "forward",
    units: 1,
    parts: 1,
    error: "max abs, of logits and maps",
    tolerance: 1e-4,
};
pub const CACHED: Spec = Spec {
    id: "w2kv",
    files: &["w2.json", "w2.bin", "w2_gen.bin"],
    unit: "token",
    units: LENGTH,
    parts: LENGTH,
    error: "wrong tokens",
    tolerance: 0.5,
};
pub const UNCACHED: Spec = Spec { id: "w2nokv", units: FEW, parts: FEW, ..CACHED };

fn network(config: &GptConfig, files: &Files, device: &Device) -> Result<TextNetwork, String> {
    files
        .taken("w2", |weights| TextNetwork::new(config, device, &mut |name, shape| weights.take(name, shape)))
}

/// The tokens of a file, all of them in the vocabulary.
pub(super) fn tokens(files: &Files, name: &str, vocabulary: usize) -> Result<Vec<f32>, String> {
    let tokens = files.wholes(name)?;
    match tokens.iter().find(|token| **token >= vocabulary) {
        Some(token) => Err(format!("{name}.bin holds the token {token}, but there are {vocabulary}")),
        None => Ok(tokens.into_iter().map(|token| token as f32).collect()),
    }
}

/// Everything that the network shows of a text: logits [128, 96] and the maps [4, 4, 128, 128].
pub struct Forward {
    network: TextNetwork,
    text: Vec<f32>,
    reference: Option<Vec<f32>>,
}

impl Forward {
    pub fn open(files: &Files, device: &Device) -> Result<Self, String> {
        Self::sized(&GptConfig::w2(), files, device)
    }

    /// The same of a network of another size; `w2_tok` is as long as the text is to be.
    pub fn sized(config: &GptConfig, files: &Files, device: &Device) -> Result<Self, String> {
        let reference = [files.floats("w2_logits")?, files.floats("w2_maps")?].concat();
        let text = tokens(files, "w2_tok", config.vocabulary.len())?;
        if text.is_empty() {
            return Err("w2_tok.bin holds no tokens".into());
        }
        let count = text.len() * (config.vocabulary.len() + config.layers * config.heads * text.len());
        let reference = files.known("w2_logits and w2_maps", count, &reference)?.map(<[f32]>::to_vec);
        Ok(Self { network: network(config, files, device)?, text, reference })
    }
}

impl Workload for Forward {
    fn input(&self, _call: usize) -> Vec<f32> {
        self.text.clone()
    }

    fn part<'a>(&'a mut self, _part: usize, input: &'a [f32]) -> Answer<'a> {
        Box::pin(async move {
            let text: Vec<usize> = input.iter().map(|&token| token as usize).collect();
            self.network.glance(&text, &mut self.network.memory(&[], 0)).await
        })
    }

    fn error(&self, _call: usize, answers: &[f32]) -> Option<f64> {
        self.reference.as_ref().map(|reference| largest_gap(answers, reference))
    }
}

/// The likeliest token, asked for one at a time.
pub struct Decode {
    network: TextNetwork,
    way: Way,
    /// The first token and those that follow.
    text: Vec<f32>,
}

/// What is kept between two tokens.
enum Way {
    /// Keys and values; none before the first token.
    Cached(Option<TextMemory>),
    /// The text so far: all 128 positions, most of them padding, are read for each token.
    Uncached(Vec<usize>),
}

impl Decode {
    pub fn cached(files: &Files, device: &Device) -> Result<Self, String> {
        let network = network(&GptConfig::w2(), files, device)?;
        Ok(Self { network, way: Way::Cached(None), text: Self::reference(files)? })
    }

    pub fn uncached(files: &Files, device: &Device) -> Result<Self, String> {
        let (network, way) = (network(&GptConfig::w2(), files, device)?, Way::Uncached(Vec::new()));
        Ok(Self { network, way, text: Self::reference(files)? })
    }

    fn reference(files: &Files) -> Result<Vec<f32>, String> {
        let text = tokens(files, "w2_gen", GptConfig::w2().vocabulary.len())?;
        let (first, rest) = text.split_first().ok_or("w2_gen.bin holds no tokens")?;
        Ok(std::iter::once(first)
            .chain(files.known("w2_gen", LENGTH, rest)?.unwrap_or_default())
            .copied()
            .collect())
    }

    /// Scores of the token after `token`, which stands at position `at`. [V]
    async fn scores(&mut self, at: usize, token: usize) -> Result<Vec<f32>, String> {
        let network = &self.network;
        let vocabulary = GptConfig::w2().vocabulary.len();
        match &mut self.way {
            Way::Uncached(text) => {
                text.truncate(at);
                text.push(token);
                let mut padded = text.clone();
                padded.resize(LENGTH, 0);
                let mut seen = network.glance(&padded, &mut network.memory(&[], 0)).await?;
                Ok(seen.drain(at * vocabulary..(at + 1) * vocabulary).collect())
            }
            Way::Cached(memory) => {
                if at == 0 {
                    *memory = Some(network.memory(&[], 0));
                }
                let memory = memory.as_mut().expect("the first token came first");
                let mut seen = network.glance(&[token], memory).await?;
                seen.truncate(vocabulary);
                Ok(seen)
            }
        }
    }
}

impl Workload for Decode {
    fn input(&self, _call: usize) -> Vec<f32> {
        self.text[..1].to_vec()
    }

    fn part<'a>(&'a mut self, part: usize, input: &'a [f32]) -> Answer<'a> {
        Box::pin(async move {
            let scores = self.scores(part, input[0] as usize).await?;
            let best = (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]));
            Ok(vec![best.unwrap_or(0) as f32])
        })
    }

    fn error(&self, _call: usize, answers: &[f32]) -> Option<f64> {
        let reference = Some(&self.text[1..]).filter(|rest| !rest.is_empty())?;
        Some(answers.iter().zip(reference).filter(|(a, b)| a != b).count() as f64)
    }
}
