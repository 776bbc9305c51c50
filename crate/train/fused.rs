//! Networks of fused operators from files of weights: what can be read where no tensors are.

use super::tensors::{CheckpointError, Tensors};
use crate::models::{fused_gpt::FusedGpt, gpt_config::GptConfig};

/// The transformer that `bytes` (safetensors, F16 or F32) hold.
pub fn load_gpt(bytes: &[u8]) -> Result<(GptConfig, FusedGpt), CheckpointError> {
    let (config, tensors) = Tensors::read_network::<GptConfig>(bytes)?;
    if !FusedGpt::takes(&config) {
        let said = format!("its width is {}, and only multiples of four are read here", config.width);
        return Err(CheckpointError::Metadata(said));
    }
    let network = gpt(&config, tensors)?;
    Ok((config, network))
}

/// The transformer of `config`, of sizes that it [takes](FusedGpt::takes), with its weights from `tensors`, which hold no others.
pub fn gpt(config: &GptConfig, mut tensors: Tensors) -> Result<FusedGpt, CheckpointError> {
    let network = FusedGpt::new(config, &mut |name, shape| tensors.take(name, shape))?;
    tensors.expect_empty()?;
    Ok(network)
}
