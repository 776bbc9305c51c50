//! A network in a file: its weights by PyTorch's names, its sizes as JSON in the file's metadata.

pub use super::tensors::CheckpointError;
use super::tensors::{HostTensor, Tensors};
use crate::models::{unet::UNet, unet_config::UNetConfig};
use crate::nn::parameters::{fill, shapes};
use burn::tensor::Device;

/// The metadata key of the sizes.
const CONFIG: &str = "config";

/// The network that `bytes` (safetensors, F16 or F32) hold, on `device`. Nothing is read back.
pub fn load(bytes: &[u8], device: &Device) -> Result<(UNetConfig, UNet), CheckpointError> {
    let mut tensors = Tensors::read(bytes)?;
    let config = tensors
        .metadata
        .get(CONFIG)
        .ok_or_else(|| CheckpointError::Metadata(format!("no \"{CONFIG}\" in its metadata")))?;
    let config: UNetConfig =
        serde_json::from_str(config).map_err(|error| CheckpointError::Metadata(error.to_string()))?;
    let unet = UNet::new(&config, device)?;
    let unet = place(unet, &mut tensors)?;
    tensors.expect_empty()?;
    Ok((config, unet))
}

/// The network with its weights taken from `tensors`. Checks all of them before it touches the device.
pub fn place(unet: UNet, tensors: &mut Tensors) -> Result<UNet, CheckpointError> {
    let mut values = std::collections::VecDeque::new();
    for (name, shape) in shapes(&unet) {
        values.push_back(tensors.take(&name, &shape)?);
    }
    Ok(fill(unet, |_, _| values.pop_front().expect("as many as shapes")))
}

/// What to write into a file for [`load`]: `weights` in the order of the network's fields.
pub fn pack(config: &UNetConfig, weights: impl IntoIterator<Item = (String, HostTensor)>) -> Tensors {
    let json = serde_json::to_string(config).expect("sizes are JSON");
    let metadata = [(CONFIG, json.as_str()), ("format", "pt"), ("predicts", "eps")];
    Tensors {
        metadata: metadata.map(|(k, v)| (k.to_owned(), v.to_owned())).into(),
        by_name: weights.into_iter().collect(),
    }
}
