//! The transformer that reads a text, in the form that its device runs fastest.

use super::{
    fused_gpt::{FusedCache, FusedGpt},
    gpt::Gpt,
    gpt_config::GptConfig,
    gpt_reading::Cache,
    reading::{ReadingHost, ReadingShape},
    size::SizeError,
};
use crate::attention::surgery::Surgery;
use crate::device::{self, Device, is_here};
use crate::nn::parameters::values;
use burn::tensor::Tensor;

pub enum TextNetwork {
    /// On this processor.
    Fused(Box<FusedGpt>),
    /// On whatever runs tensors.
    Tensors(Box<Gpt>),
}

/// What it remembers of a text.
pub enum TextMemory {
    Fused(FusedCache),
    Tensors(Cache),
}

/// Tokens to read after what a memory holds, and what is done to the network meanwhile.
pub struct ToRead<'a> {
    pub tokens: &'a [usize],
    pub memory: &'a mut TextMemory,
    pub surgery: &'a Surgery,
}

impl TextNetwork {
    /// `gpt` as it is now.
    pub fn of(config: &GptConfig, gpt: Gpt) -> Self {
        if !is_here(&gpt.device()) || !FusedGpt::takes(config) {
            return Self::Tensors(Box::new(gpt));
        }
        let mut values = values(&gpt);
        let take = &mut |name: &str, _: &[usize]| {
            Ok::<_, SizeError>(values.remove(name).expect("a network has all its weights"))
        };
        Self::Fused(Box::new(FusedGpt::new(config, take).expect("sizes of a network that is there")))
    }

    pub fn layers(&self) -> usize {
        match self {
            Self::Fused(network) => network.layers(),
            Self::Tensors(network) => network.l.len(),
        }
    }

    pub fn heads(&self) -> usize {
        match self {
            Self::Fused(network) => network.heads(),
            Self::Tensors(network) => network.heads(),
        }
    }

    /// The memory of a text of `length` tokens from each layer's keys and values, [H, length, dh] each.
    pub fn memory(&self, layers: &[[Vec<f32>; 2]], length: usize, device: &Device) -> TextMemory {
        match self {
            Self::Fused(network) => TextMemory::Fused(network.cache_of(layers, length)),
            Self::Tensors(network) => TextMemory::Tensors(Cache::from_host(network, layers, length, device)),
        }
    }

    /// Does all `tasks`; what happened comes to the host once for all of them.
    pub async fn read(&self, tasks: Vec<ToRead<'_>>) -> Result<Vec<ReadingHost>, String> {
        match self {
            Self::Fused(network) => {
                let read = |ToRead { tokens, memory, surgery }: ToRead<'_>| match memory {
                    TextMemory::Fused(cache) => network.read(tokens, cache, surgery),
                    TextMemory::Tensors(_) => unreachable!("a memory of another network"),
                };
                let readings = tasks.into_iter().map(read).collect();
                device::answer().await?;
                Ok(readings)
            }
            Self::Tensors(network) => {
                let read = |ToRead { tokens, memory, surgery }: ToRead<'_>| match memory {
                    TextMemory::Tensors(cache) => {
                        let reading = network.read(tokens, cache, surgery);
                        (reading.shape(), reading.flat())
                    }
                    TextMemory::Fused(_) => unreachable!("a memory of another network"),
                };
                let (shapes, flat): (Vec<_>, Vec<Tensor<1>>) = tasks.into_iter().map(read).unzip();
                let numbers = device::read(Tensor::cat(flat, 0)).await?;
                let mut rest = &numbers[..];
                let cut = |shape: ReadingShape| {
                    let (part, others) = rest.split_at(shape.count());
                    rest = others;
                    shape.cut(part)
                };
                Ok(shapes.into_iter().map(cut).collect())
            }
        }
    }
}

impl TextMemory {
    /// How many positions it holds.
    pub fn len(&self) -> usize {
        match self {
            Self::Fused(cache) => cache.len(),
            Self::Tensors(cache) => cache.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
