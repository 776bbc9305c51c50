//! The causal transformer that writes text, character by character: Radford et al. 2018 with rotary positions.
//!
//! x_0 = emb[token]; each layer x ← x + proj(attention(LN(x))), x ← x + fc2(GELU(fc1(LN(x)))); logits = head(LN(x)).
//! The same in PyTorch, with the same names: crate/train/gpt.py.

use super::gpt_config::GptConfig;
use super::gpt_reading::{Cache, Reading};
use super::size::SizeError;
use crate::attention::surgery::Surgery;
use crate::nn::causal::{HeadEdit, MASKED, causal_mask};
use crate::nn::{
    block::Block, embedding::Embedding, layer_norm::LayerNorm, rotary::Rotary, unembedding::Unembedding,
};
use burn::module::Module;
use burn::tensor::{Device, Int, Tensor, TensorData};

#[derive(Module, Debug)]
pub struct Gpt {
    pub emb: Embedding,
    pub l: Vec<Block>,
    pub lnf: LayerNorm,
    pub head: Unembedding,
    heads: usize,
}

impl Gpt {
    /// A network of the given sizes on `device`, all weights zero (scales of norms one).
    pub fn new(config: &GptConfig, device: &Device) -> Result<Self, SizeError> {
        config.check()?;
        let GptConfig { vocabulary, width, layers, heads, mlp, .. } = config;
        Ok(Self {
            emb: Embedding::new(vocabulary.len(), *width, device),
            l: (0..*layers).map(|_| Block::new(*width, *heads, *mlp, device)).collect(),
            lnf: LayerNorm::new(*width, device),
            head: Unembedding::new(vocabulary.len(), *width, device),
            heads: *heads,
        })
    }

    pub fn heads(&self) -> usize {
        self.heads
    }

    /// Where the weights are.
    pub fn device(&self) -> Device {
        self.emb.weight.val().device()
    }

    /// Scores of every next character, for training: B texts of T tokens at once.
    ///
    /// # Shapes
    /// - tokens: [B, T], on the network's device
    /// - output: [B, T, V]
    pub fn forward(&self, tokens: Tensor<2, Int>) -> Tensor<3> {
        let [b, t] = tokens.dims();
        let mut x = self.emb.forward(tokens.reshape([b * t])); // [B · T, d]
        let (device, [n, d]) = (x.device(), x.dims());
        let rotary = Rotary::new(0..t, d / self.heads, &device);
        let causal_mask = causal_mask(t, &device);
        for layer in &self.l {
            x = layer.forward(x, &rotary, causal_mask.clone());
        }
        let logits = self.unembed(x); // [B · T, V]
        let [_, v] = logits.dims();
        logits.reshape([b, n / b, v])
    }

    /// Reads `tokens` after what `cache` holds (nothing: a full pass) and shows all that happens.
    ///
    /// Each token must be below the size of the vocabulary, and there must be at least one.
    pub fn read(&self, tokens: &[usize], cache: &mut Cache, surgery: &Surgery) -> Reading {
        let device = self.device();
        let (start, n) = (cache.len(), tokens.len());
        assert!(n > 0, "there is nothing to read");
        let rows: Vec<i32> = tokens.iter().map(|&token| token as i32).collect();
        let mut x = self.emb.forward(Tensor::<1, Int>::from_data(rows.as_slice(), &device)); // [N, d]
        let rotary = Rotary::new(start..start + n, x.dims()[1] / self.heads, &device);
        let untouched = self.causal(start, n, &device);
        let mut stream = vec![x.clone()];
        let mut layers = Vec::with_capacity(self.l.len());
        for (i, (layer, past)) in self.l.iter().zip(&mut cache.layers).enumerate() {
            let edit = (!surgery.is_none()).then(|| surgery.layer(i, self.heads, start, n));
            let what = match &edit {
                Some(edit) => HeadEdit::of(edit, [self.heads, n, start + n], &device),
                None => untouched.clone(),
            };
            let heads = layer.attend(x.clone(), &rotary, past, &what);
            if edit.as_ref().is_none_or(|edit| edit.attention) {
                x = x + layer.project(heads.out.clone());
            }
            if edit.as_ref().is_none_or(|edit| edit.mlp) {
                x = layer.mlp(x);
            }
            stream.push(x.clone());
            layers.push(heads);
        }
        cache.length += n;
        let all = self.unembed(Tensor::cat(stream, 0)); // [(L + 1) · N, V]
        let lens: Vec<Tensor<2>> = (0..=self.l.len()).map(|i| all.clone().narrow(0, i * n, n)).collect();
        Reading { logits: all.narrow(0, self.l.len() * n, n), lens, layers }
    }

    /// head(LN(x)) [N, V]
    fn unembed(&self, x: Tensor<2>) -> Tensor<2> {
        self.head.forward(self.lnf.forward(x))
    }

    /// What is hidden from N positions that stand after `start` others, where nothing else is done.
    fn causal(&self, start: usize, n: usize, device: &Device) -> HeadEdit {
        let t = start + n;
        let hidden = (n > 1).then(|| {
            let cell = |i: usize| if i % t > start + i / t { MASKED } else { 0.0 };
            Tensor::from_data(TensorData::new((0..n * t).map(cell).collect(), [1, n, t]), device)
        });
        HeadEdit { hidden, ..HeadEdit::default() }
    }
}
