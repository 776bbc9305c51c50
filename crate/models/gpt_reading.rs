//! What a transformer shows of its reading, what it keeps to read on, and how both travel to the host.

use super::gpt::Gpt;
use crate::device::{Device, read};
use crate::nn::{block::Past, mixers::Attended};
use burn::tensor::{Tensor, TensorData};

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
    /// [`HeadsHost`] has them.
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

/// [`Reading`] on the host; arrays are row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadingHost {
    pub shape: ReadingShape,
    pub logits: Vec<f32>,
    pub lens: Vec<Vec<f32>>,
    pub layers: Vec<HeadsHost>,
}

/// [`HeadsReading`] on the host; shapes as there.
#[derive(Clone, Debug, PartialEq)]
pub struct HeadsHost {
    pub q: Vec<f32>,
    pub k: Vec<f32>,
    pub v: Vec<f32>,
    pub scores: Vec<f32>,
    pub masked: Vec<f32>,
    pub weights: Vec<f32>,
    pub out: Vec<f32>,
}

/// What cuts a readback into its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadingShape {
    pub layers: usize,
    pub heads: usize,
    /// N, tokens that were read.
    pub tokens: usize,
    /// T, positions in sight.
    pub sight: usize,
    /// dh
    pub head_width: usize,
    /// V
    pub vocabulary: usize,
}

impl Reading {
    pub fn shape(&self) -> ReadingShape {
        let [heads, tokens, head_width] = self.layers[0].q.dims();
        let [_, _, sight] = self.layers[0].weights.dims();
        let [_, vocabulary] = self.logits.dims();
        ReadingShape { layers: self.layers.len(), heads, tokens, sight, head_width, vocabulary }
    }

    /// Everything in one row, so that one readback brings it; [`ReadingShape::cut`] takes it apart.
    pub fn flat(self) -> Tensor<1> {
        let mut parts: Vec<Tensor<1>> = self.lens.into_iter().map(|t| t.flatten(0, 1)).collect();
        for layer in self.layers {
            let Attended { q, k, v, scores, masked, weights, out } = layer;
            parts.extend([q, k, v, scores, masked, weights, out].map(|t| t.flatten(0, 2)));
        }
        Tensor::cat(parts, 0)
    }

    /// The reading on the host, by one readback.
    pub async fn host(self) -> Result<ReadingHost, String> {
        let shape = self.shape();
        Ok(shape.cut(&read(self.flat()).await?))
    }
}

impl ReadingShape {
    /// How many numbers a readback has.
    pub fn count(&self) -> usize {
        let small = self.heads * self.tokens * self.head_width;
        let large = self.heads * self.tokens * self.sight;
        (self.layers + 1) * self.tokens * self.vocabulary + self.layers * (4 * small + 3 * large)
    }

    /// The parts of [`Reading::flat`]; `numbers` must be as many as [`ReadingShape::count`] says.
    pub fn cut(&self, numbers: &[f32]) -> ReadingHost {
        assert_eq!(numbers.len(), self.count(), "a readback of another reading");
        let mut rest = numbers;
        let mut take = |count: usize| {
            let (part, others) = rest.split_at(count);
            rest = others;
            part.to_vec()
        };
        let lens: Vec<_> = (0..=self.layers).map(|_| take(self.tokens * self.vocabulary)).collect();
        let small = self.heads * self.tokens * self.head_width;
        let large = self.heads * self.tokens * self.sight;
        let layers = (0..self.layers)
            .map(|_| HeadsHost {
                q: take(small),
                k: take(small),
                v: take(small),
                scores: take(large),
                masked: take(large),
                weights: take(large),
                out: take(small),
            })
            .collect();
        ReadingHost { shape: *self, logits: lens[self.layers].clone(), lens, layers }
    }
}
