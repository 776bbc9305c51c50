//! What a transformer shows of its reading, what it keeps to read on, and how both travel to the host.

use super::gpt::Gpt;
use super::reading::{ReadingHost, ReadingShape};
use crate::nn::host::numbers;
use crate::nn::{block::Past, mixers::Attended};
use burn::tensor::{Device, Tensor, TensorData};

/// Keys and values of all positions that were read, so that the next ones need not read them again.
#[derive(Clone, Debug)]
pub struct Cache {
    pub(super) layers: Vec<Past>,
    pub(super) length: usize,
}

impl Cache {
    /// Nothing was read.
    pub fn new(gpt: &Gpt) -> Self {
        Self { layers: vec![None; gpt.l.len()], length: 0 }
    }

    /// How many positions it holds.
    pub fn len(&self) -> usize {
        self.length
    }

    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The cache of a text of `length` tokens from each layer's keys and values, [H, length, dh] each, as
    /// [`HeadsHost`](super::reading::HeadsHost) has them.
    pub fn from_host(gpt: &Gpt, layers: &[[Vec<f32>; 2]], length: usize, device: &Device) -> Self {
        if length == 0 {
            return Self::new(gpt);
        }
        let h = gpt.heads();
        let tensor = |v: &Vec<f32>| {
            let shape = [h, length, v.len() / (h * length)];
            Tensor::from_data(TensorData::new(v.clone(), shape), device)
        };
        let layers = layers.iter().map(|[k, v]| Some([tensor(k), tensor(v)])).collect();
        Self { layers, length }
    }
}

/// All that happened while N tokens were read; T positions are in sight then.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Scores of every next character. [N, V]
    pub logits: Tensor<2>,
    /// L + 1 times [N, V]: the scores if the network ended after the embedding, after the first layer, …
    pub lens: Vec<Tensor<2>>,
    pub layers: Vec<HeadsReading>,
}

/// What the heads of one layer did.
pub type HeadsReading = Attended;

impl Reading {
    pub fn shape(&self) -> ReadingShape {
        let [heads, tokens, head_width] = self.layers[0].q.dims();
        let [_, _, sight] = self.layers[0].weights.dims();
        let [_, vocabulary] = self.logits.dims();
        ReadingShape { layers: self.layers.len(), heads, tokens, sight, head_width, vocabulary }
    }

    /// Everything in one row, [`ReadingShape::cut`] takes it apart.
    pub fn flat(self) -> Tensor<1> {
        let mut parts: Vec<Tensor<1>> = self.lens.into_iter().map(|t| t.flatten(0, 1)).collect();
        for layer in self.layers {
            let Attended { q, k, v, scores, masked, weights, out } = layer;
            parts.extend([q, k, v, scores, masked, weights, out].map(|t| t.flatten(0, 2)));
        }
        Tensor::cat(parts, 0)
    }

    /// The reading on the host.
    pub fn host(self) -> ReadingHost {
        let shape = self.shape();
        shape.cut(&numbers(self.flat()))
    }
}
