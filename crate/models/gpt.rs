//! The causal transformer that writes text, character by character: Radford et al. 2018.
//!
//! x_0 = emb[token]; each layer x ← x + proj(attention(LN(x))), x ← x + fc2(GELU(fc1(LN(x)))); logits = head(LN(x)).
//! Where a token stands and how the heads mix what they see are values: [`Positions`] and [`Mixer`].
//! The same in PyTorch, with the same names: crate/train/gpt.py.

use super::gpt_config::GptConfig;
use super::gpt_reading::{Cache, Reading};
use super::size::SizeError;
use crate::attention::surgery::Surgery;
use crate::nn::causal::{causal_mask, causal_mask_after};
use crate::nn::mixers::Mixer;
use crate::nn::positions::{Placement, Positions, Sizes};
use crate::nn::{
    block::Block, embedding::Embedding, head_edit::HeadEdit, layer_norm::LayerNorm, unembedding::Unembedding,
    unembedding::unembed,
};
use burn::module::Module;
use burn::tensor::{Device, Int, Tensor};
use std::ops::Range;
use std::sync::Arc;

#[derive(Module, Debug)]
pub struct Gpt {
    pub emb: Embedding,
    pub l: Vec<Block>,
    pub lnf: LayerNorm,
    /// `None`: the embedding is the head.
    pub head: Option<Unembedding>,
    /// What the positional scheme learns; most learn nothing.
    pub pos: Vec<Embedding>,
    #[module(skip)]
    sizes: Sizes,
    #[module(skip)]
    positions: Arc<dyn Positions>,
}

impl Gpt {
    /// A network of the given sizes on `device`, all weights zero (scales of norms one).
    pub fn new(
        config: &GptConfig,
        positions: &dyn Positions,
        mixer: &dyn Mixer,
        device: &Device,
    ) -> Result<Self, SizeError> {
        config.check()?;
        let GptConfig { ref vocabulary, context, width, layers, heads, mlp, tied } = *config;
        let sizes = Sizes { context, width, layers, heads };
        let tables = positions.tables(&sizes).into_iter();
        Ok(Self {
            emb: Embedding::new(vocabulary.len(), width, device),
            l: (0..layers).map(|layer| Block::new(layer, &sizes, mlp, mixer, device)).collect(),
            lnf: LayerNorm::new(width, device),
            head: (!tied).then(|| Unembedding::new(vocabulary.len(), width, device)),
            pos: tables.map(|[rows, columns]| Embedding::new(rows, columns, device)).collect(),
            sizes,
            positions: positions.shared(),
        })
    }

    pub fn heads(&self) -> usize {
        self.sizes.heads
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
        let x = self.emb.forward(tokens.reshape([b * t])); // [B · T, d]
        let device = x.device();
        let (placement, mask) = (self.placement(0..t, &device), causal_mask(t, &device));
        let mut x = placement.embed(x);
        for layer in &self.l {
            x = layer.forward(x, placement.as_ref(), mask.clone());
        }
        let logits = self.unembed(x); // [B · T, V]
        let [_, v] = logits.dims();
        logits.reshape([b, t, v])
    }

    /// Reads `tokens` after what `cache` holds (nothing: a full pass) and shows all that happens.
    ///
    /// Each token must be below the size of the vocabulary, and there must be at least one.
    pub fn read(&self, tokens: &[usize], cache: &mut Cache, surgery: &Surgery) -> Reading {
        let device = self.device();
        let (start, n) = (cache.len(), tokens.len());
        assert!(n > 0, "there is nothing to read");
        let rows: Vec<i32> = tokens.iter().map(|&token| token as i32).collect();
        let placement = self.placement(start..start + n, &device);
        let mut x = placement.embed(self.emb.forward(Tensor::<1, Int>::from_data(rows.as_slice(), &device))); // [N, d]
        let untouched = HeadEdit::default().with(causal_mask_after(start, n, &device));
        let mut stream = vec![x.clone()];
        let mut layers = Vec::with_capacity(self.l.len());
        for (i, (layer, past)) in self.l.iter().zip(&mut cache.layers).enumerate() {
            let edit = (!surgery.is_none()).then(|| surgery.layer(i, self.heads(), start, n));
            let what = match &edit {
                Some(edit) => HeadEdit::of(edit, [self.heads(), n, start + n], &device),
                None => untouched.clone(),
            };
            let heads = layer.attend(x.clone(), placement.as_ref(), past, &what);
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
        let x = self.lnf.forward(x);
        match &self.head {
            Some(head) => head.forward(x),
            None => unembed(x, &self.emb.weight.val()),
        }
    }

    /// The positional scheme for tokens at these positions.
    fn placement(&self, range: Range<usize>, device: &Device) -> Box<dyn Placement> {
        let tables: Vec<_> = self.pos.iter().map(|table| table.weight.val()).collect();
        self.positions.at(range, &self.sizes, &tables, device)
    }
}
