//! A network in tensors in a file: its weights by PyTorch's names, its sizes as JSON in the file's metadata.

pub use super::tensors::CheckpointError;
use super::tensors::{CONFIG, HostTensor, Tensors};
use crate::models::{gpt::Gpt, gpt_config::GptConfig, unet::UNet, unet_config::UNetConfig};
use crate::nn::mixers::softmax::Softmax;
use crate::nn::parameters::{fill, shapes};
use crate::nn::positions::rope::Rope;
use burn::module::Module;
use burn::tensor::Device;
use serde::Serialize;

/// The U-Net that `bytes` (safetensors, F16 or F32) hold, on `device`. Nothing is read back.
pub fn load(bytes: &[u8], device: &Device) -> Result<(UNetConfig, UNet), CheckpointError> {
    let (config, tensors) = Tensors::read_network(bytes)?;
    let network = whole(UNet::new(&config, device)?, tensors)?;
    Ok((config, network))
}

/// The transformer that `bytes` hold, as [`load`]; the files that there are have rotary positions and softmax.
pub fn load_gpt(bytes: &[u8], device: &Device) -> Result<(GptConfig, Gpt), CheckpointError> {
    let (config, tensors) = Tensors::read_network(bytes)?;
    let network = whole(Gpt::new(&config, &Rope, &Softmax, device)?, tensors)?;
    Ok((config, network))
}

/// The network with its weights taken from `tensors`, which hold no others.
fn whole<M: Module>(module: M, mut tensors: Tensors) -> Result<M, CheckpointError> {
    let module = place(module, &mut tensors)?;
    tensors.expect_empty()?;
    Ok(module)
}

/// The network with its weights taken from `tensors`. Checks all of them before it touches the device.
pub fn place<M: Module>(module: M, tensors: &mut Tensors) -> Result<M, CheckpointError> {
    let mut values = std::collections::VecDeque::new();
    for (name, shape) in shapes(&module) {
        values.push_back(tensors.take(&name, &shape)?);
    }
    Ok(fill(module, |_, _| values.pop_front().expect("as many as shapes")))
}

/// What to write into a file for [`load`]: `weights` in the order of the network's fields.
pub fn pack(config: &UNetConfig, weights: impl IntoIterator<Item = (String, HostTensor)>) -> Tensors {
    packed(config, &[("predicts", "eps")], weights)
}

/// What to write into a file for [`load_gpt`].
pub fn pack_gpt(config: &GptConfig, weights: impl IntoIterator<Item = (String, HostTensor)>) -> Tensors {
    packed(config, &[], weights)
}

fn packed(
    config: &impl Serialize,
    more: &[(&str, &str)],
    weights: impl IntoIterator<Item = (String, HostTensor)>,
) -> Tensors {
    let json = serde_json::to_string(config).expect("sizes are JSON");
    let metadata = [(CONFIG, json.as_str()), ("format", "pt")];
    Tensors {
        metadata: metadata.iter().chain(more).map(|&(k, v)| (k.to_owned(), v.to_owned())).collect(),
        by_name: weights.into_iter().collect(),
    }
}
