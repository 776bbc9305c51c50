//! The networks that read running texts, in files: sizes and scheme in the metadata, weights by their names.

use super::reader::{Network, Scheme};
use crate::data::letters::Letters;
use crate::models::{fused_gpt::FusedGpt, gpt_config::GptConfig};
use crate::train::tensors::{CONFIG, CheckpointError, HostTensor, Tensors};

/// The metadata key of what tells places apart.
const SCHEME: &str = "scheme";

/// The metadata keys of a text: what is held out, whole, and as much of the rest as a page learns from.
const HELD_OUT: &str = "held_out";
const TRAINING: &str = "training";
const VOCABULARY: &str = "vocabulary";

/// The folder of those that ship.
pub const FOLDER: &str = "stretch";
/// How many of each scheme ship, with other first weights and other batches.
pub const SEEDS: usize = 3;

/// The file of the network of `scheme` that ships, number `seed` from 1.
pub fn shipped(scheme: Scheme, seed: usize) -> String {
    format!("{FOLDER}/{}-{seed}", scheme.name())
}

/// The file of the text that they learnt from.
pub fn shipped_text() -> String {
    format!("{FOLDER}/text")
}

/// What to write into a file for [`load`].
pub fn pack(network: &Network, weights: &[f32]) -> Tensors {
    let json = serde_json::to_string(&network.config).expect("sizes are JSON");
    let metadata = [(CONFIG, json.as_str()), (SCHEME, network.scheme.name()), ("format", "pt")];
    let tensor = |(name, shape): &(String, Vec<usize>)| {
        let values = weights[network.layout[name].clone()].to_vec();
        (name.clone(), HostTensor { shape: shape.clone(), values })
    };
    Tensors {
        metadata: metadata.map(|(key, value)| (key.to_owned(), value.to_owned())).into(),
        by_name: network.shapes.iter().map(tensor).collect(),
    }
}

/// The network that `bytes` (safetensors, F16 or F32) hold, and its weights in a row.
pub fn load(bytes: &[u8]) -> Result<(Network, Vec<f32>), CheckpointError> {
    let (config, mut tensors) = Tensors::read_network::<GptConfig>(bytes)?;
    config.check()?;
    let known = tensors.metadata.get(SCHEME).map(String::as_str).unwrap_or_default();
    let scheme = Scheme::named(known).filter(|_| FusedGpt::takes(&config)).ok_or_else(|| {
        let width = config.width;
        CheckpointError::Metadata(format!(
            "its scheme of position is {known:?} and its width {width}; known are {}, and multiples of four",
            Scheme::ALL.map(Scheme::name).join(", ")
        ))
    })?;
    let network = Network::new(config, scheme);
    let mut weights = Vec::with_capacity(network.count());
    for (name, shape) in &network.shapes {
        weights.extend(tensors.take(name, shape)?);
    }
    tensors.expect_empty()?;
    Ok((network, weights))
}

/// What to write into a file for [`load_text`]: the first `most` characters of what is learnt from, and all that is held out.
pub fn pack_text(letters: &Letters, most: usize) -> Tensors {
    let written =
        |tokens: &[usize]| tokens.iter().map(|token| letters.vocabulary[*token]).collect::<String>();
    let training = &letters.training[..most.min(letters.training.len())];
    let metadata = [
        (VOCABULARY, letters.vocabulary.iter().collect()),
        (TRAINING, written(training)),
        (HELD_OUT, written(&letters.held_out)),
    ];
    Tensors {
        metadata: metadata.map(|(key, value)| (key.to_owned(), value)).into(),
        by_name: Default::default(),
    }
}

/// The text that `bytes` hold, in the characters of the networks that learnt from it.
pub fn load_text(bytes: &[u8]) -> Result<Letters, CheckpointError> {
    let tensors = Tensors::read(bytes)?;
    let part = |key: &str| {
        let found = tensors.metadata.get(key);
        found.ok_or_else(|| CheckpointError::Metadata(format!("no \"{key}\" in its metadata")))
    };
    let vocabulary: Vec<char> = part(VOCABULARY)?.chars().collect();
    let tokens = |key: &str| {
        let place = |letter: char| {
            let known = vocabulary.iter().position(|known| *known == letter);
            known.ok_or_else(|| CheckpointError::Metadata(format!("its vocabulary lacks {letter:?}")))
        };
        part(key)?.chars().map(place).collect::<Result<Vec<usize>, _>>()
    };
    let (training, held_out) = (tokens(TRAINING)?, tokens(HELD_OUT)?);
    Ok(Letters { training, held_out, vocabulary, lines: None })
}
