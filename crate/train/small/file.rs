//! The networks that read running texts, in files: sizes and scheme in the metadata, weights by their names.

use super::reader::{Network, Scheme};
use crate::models::{fused_gpt::FusedGpt, gpt_config::GptConfig};
use crate::train::tensors::{CONFIG, CheckpointError, HostTensor, Tensors};

/// The metadata key of what tells places apart.
const SCHEME: &str = "scheme";

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
