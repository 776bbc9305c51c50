//! The transformer that reads a text, in the form that its device runs.

use crate::attention::{mixing::Mixing, surgery::Surgery};
use crate::device::{self, Device};
#[cfg(feature = "webgpu")]
use crate::gpu::gpt::{self, GpuGpt, GpuMemory};
use crate::math::decoding::{Decoding, chosen};
use crate::models::{
    fused_gpt::{FusedCache, FusedGpt, Pass, gradient::Layout},
    gpt_config::GptConfig,
    reading::ReadingHost,
    size::SizeError,
};

pub enum TextNetwork {
    Cpu(Box<FusedGpt>),
    #[cfg(feature = "webgpu")]
    Webgpu(Box<GpuGpt>),
}

/// What it remembers of a text.
pub enum TextMemory {
    Cpu(FusedCache),
    #[cfg(feature = "webgpu")]
    Webgpu(GpuMemory),
}

/// A text to write on: the token to read after what its memory holds, and what is done to the network meanwhile.
pub struct ToWrite<'a> {
    pub token: usize,
    pub memory: &'a mut TextMemory,
    pub surgery: &'a Surgery,
}

/// What was read of it: that token and those that were chosen after it, and a reading of each.
pub struct Written {
    pub tokens: Vec<usize>,
    pub readings: Vec<ReadingHost>,
}

/// Tokens to read after what a memory holds, and what is done to the network meanwhile.
pub struct ToRead<'a> {
    pub tokens: &'a [usize],
    pub memory: &'a mut TextMemory,
    pub surgery: &'a Surgery,
}

impl TextNetwork {
    /// The network of `config` on `device` with the weights that `take` finds by their names and shapes.
    pub fn new<E: From<SizeError>>(
        config: &GptConfig,
        device: &Device,
        take: &mut impl FnMut(&str, &[usize]) -> Result<Vec<f32>, E>,
    ) -> Result<Self, E> {
        match device {
            Device::Cpu => Ok(Self::Cpu(Box::new(FusedGpt::new(config, take)?))),
            #[cfg(feature = "webgpu")]
            Device::Webgpu(gpu) => Ok(Self::Webgpu(Box::new(GpuGpt::new(gpu, config, take)?))),
        }
    }

    /// A network of `config` that tells places apart as `mixing` says, its numbers in `weights` as `layout` says: on the processor,
    /// whatever the device, for rotary places are what graphics processors read.
    pub fn placed(
        config: &GptConfig,
        mixing: &Mixing,
        layout: &Layout,
        weights: &[f32],
    ) -> Result<Self, SizeError> {
        let take = &mut |name: &str, _: &[usize]| Ok(weights[layout[name].clone()].to_vec());
        Ok(Self::Cpu(Box::new(FusedGpt::new(config, take)?.placed(mixing, layout, weights))))
    }

    pub fn layers(&self) -> usize {
        match self {
            Self::Cpu(network) => network.layers(),
            #[cfg(feature = "webgpu")]
            Self::Webgpu(network) => network.layers(),
        }
    }

    pub fn heads(&self) -> usize {
        match self {
            Self::Cpu(network) => network.heads(),
            #[cfg(feature = "webgpu")]
            Self::Webgpu(network) => network.heads(),
        }
    }

    /// The memory of a text of `length` tokens from each layer's keys and values, [H, length, dh] each.
    pub fn memory(&self, layers: &[[Vec<f32>; 2]], length: usize) -> TextMemory {
        match self {
            Self::Cpu(network) => TextMemory::Cpu(network.cache_of(layers, length)),
            #[cfg(feature = "webgpu")]
            Self::Webgpu(network) => TextMemory::Webgpu(network.memory_of(layers, length)),
        }
    }

    /// Reads `tokens` after what `memory` holds: scores of every next token [N, V], then each layer's weights [H, N, T].
    pub async fn glance(&self, tokens: &[usize], memory: &mut TextMemory) -> Result<Vec<f32>, String> {
        match (self, memory) {
            (Self::Cpu(network), TextMemory::Cpu(cache)) => {
                let Pass { mut logits, weights, .. } = network.pass(tokens, cache, &Surgery::none(), false);
                weights.iter().for_each(|maps| logits.extend_from_slice(maps));
                Ok(logits)
            }
            #[cfg(feature = "webgpu")]
            (Self::Webgpu(network), TextMemory::Webgpu(memory)) => {
                Ok(network.pass(tokens, memory, &Surgery::none()).await?.numbers)
            }
            #[cfg(feature = "webgpu")]
            _ => unreachable!("a memory of another network"),
        }
    }

    /// Does all `tasks`; what happened comes to the host once for all of them.
    pub async fn read(&self, tasks: Vec<ToRead<'_>>) -> Result<Vec<ReadingHost>, String> {
        match self {
            Self::Cpu(network) => {
                let read = |ToRead { tokens, memory, surgery }: ToRead<'_>| match memory {
                    TextMemory::Cpu(cache) => network.read(tokens, cache, surgery),
                    #[cfg(feature = "webgpu")]
                    TextMemory::Webgpu(_) => unreachable!("a memory of another network"),
                };
                let readings = tasks.into_iter().map(read).collect();
                device::answer().await?;
                Ok(readings)
            }
            #[cfg(feature = "webgpu")]
            Self::Webgpu(network) => {
                let there = |ToRead { tokens, memory, surgery }| match memory {
                    TextMemory::Webgpu(memory) => (tokens, memory, surgery),
                    TextMemory::Cpu(_) => unreachable!("a memory of another network"),
                };
                network.read(tasks.into_iter().map(there).collect()).await
            }
        }
    }

    /// How many tokens it is best asked to [`write`](Self::write) at once; one on the processor, where nothing is won.
    pub fn at_once(&self) -> usize {
        match self {
            Self::Cpu(_) => 1,
            #[cfg(feature = "webgpu")]
            Self::Webgpu(_) => GpuGpt::AT_ONCE,
        }
    }

    /// Reads a token of each text and as many more as there is `noise`, each chosen by `decoding` after the one before. A device chooses in
    /// f32: which of the tokens stand is [decided](crate::math::decoding::standing) by whoever asked.
    pub async fn write(
        &self,
        tasks: Vec<ToWrite<'_>>,
        decoding: &Decoding,
        noise: &[Vec<f64>],
    ) -> Result<Vec<Written>, String> {
        match self {
            Self::Cpu(network) => {
                let write = |ToWrite { token, memory, surgery }: ToWrite<'_>| match memory {
                    TextMemory::Cpu(cache) => {
                        let (mut tokens, mut readings) = (vec![token], Vec::new());
                        for at in 0..=noise.len() {
                            let reading = network.read(&tokens[at..], cache, surgery);
                            tokens
                                .extend(noise.get(at).map(|noise| chosen(&reading.logits, noise, decoding)));
                            readings.push(reading);
                        }
                        Written { tokens, readings }
                    }
                    #[cfg(feature = "webgpu")]
                    TextMemory::Webgpu(_) => unreachable!("a memory of another network"),
                };
                let written = tasks.into_iter().map(write).collect();
                device::answer().await?;
                Ok(written)
            }
            #[cfg(feature = "webgpu")]
            Self::Webgpu(network) => {
                let there = |ToWrite { token, memory, surgery }| match memory {
                    TextMemory::Webgpu(memory) => (token, memory, surgery),
                    TextMemory::Cpu(_) => unreachable!("a memory of another network"),
                };
                let written = network.write(tasks.into_iter().map(there).collect(), decoding, noise).await?;
                let here = |gpt::Written { tokens, readings }| Written { tokens, readings };
                Ok(written.into_iter().map(here).collect())
            }
        }
    }
}

impl TextMemory {
    /// How many positions it holds.
    pub fn len(&self) -> usize {
        match self {
            Self::Cpu(cache) => cache.len(),
            #[cfg(feature = "webgpu")]
            Self::Webgpu(memory) => memory.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
