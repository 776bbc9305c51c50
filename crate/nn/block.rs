//! One layer of a transformer: attention and a small network, each added to the residual stream.
//!
//! The normalisation stands before each (Xiong et al. 2020, <https://arxiv.org/abs/2002.04745>), so that the
//! stream itself runs through untouched.

use super::head_edit::HeadEdit;
use super::mixers::{Attended, Mixer};
use super::positions::{Placement, Sizes};
use super::{gelu::gelu, layer_norm::LayerNorm, linear::Linear};
use burn::module::Module;
use burn::tensor::{Device, Tensor};
use std::sync::Arc;

#[derive(Module, Debug)]
pub struct Block {
    pub ln1: LayerNorm,
    /// d -> 3d: queries, keys, values; head h has numbers h · dh to h · dh + dh of each.
    pub qkv: Linear,
    pub proj: Linear,
    /// Present, with `fc1` and `fc2`, unless the network is attention only.
    pub ln2: Option<LayerNorm>,
    pub fc1: Option<Linear>,
    pub fc2: Option<Linear>,
    heads: usize,
    /// Its number, from 0.
    layer: usize,
    #[module(skip)]
    mixer: Arc<dyn Mixer>,
}

/// Keys and values of the positions that were read before, [H, T, dh] each; none before the first.
pub type Past = Option<[Tensor<3>; 2]>;

impl Block {
    /// Layer number `layer` of a network; `mlp` 0 leaves the small network out.
    pub fn new(layer: usize, sizes: &Sizes, mlp: usize, mixer: &dyn Mixer, device: &Device) -> Self {
        let Sizes { width, heads, .. } = *sizes;
        assert!(width.is_multiple_of(heads), "{heads} heads do not divide a width of {width}");
        Self {
            ln1: LayerNorm::new(width, device),
            qkv: Linear::new(width, 3 * width, device),
            proj: Linear::new(width, width, device),
            ln2: (mlp > 0).then(|| LayerNorm::new(width, device)),
            fc1: (mlp > 0).then(|| Linear::new(width, mlp, device)),
            fc2: (mlp > 0).then(|| Linear::new(mlp, width, device)),
            heads,
            layer,
            mixer: mixer.shared(),
        }
    }

    /// x + proj(heads), and then + fc2(GELU(fc1(LN(·)))): for training, B texts of T tokens at once.
    ///
    /// # Shapes
    /// - x, output: [B · T, d]
    /// - placement: of the T positions
    /// - mask: [1, T, T], see [`causal_mask`](super::causal::causal_mask)
    pub fn forward(&self, x: Tensor<2>, placement: &dyn Placement, mask: Tensor<3>) -> Tensor<2> {
        let ([n, d], [.., t]) = (x.dims(), mask.dims());
        let qkv = self.heads(x.clone(), n / t, placement);
        let out = self.mixer.attend_all(qkv, placement.bias(self.layer, Some(mask))); // [B, H, T, dh]
        let x = x + self.proj.forward(out.swap_dims(1, 2).reshape([n, d]));
        self.mlp(x)
    }

    /// [`forward`](Self::forward) of one text's next positions after those in `past`, with all that the heads
    /// did; `past` then holds the new ones too.
    ///
    /// # Shapes
    /// - x: [N, d]
    /// - placement: of the N positions
    pub fn attend(
        &self,
        x: Tensor<2>,
        placement: &dyn Placement,
        past: &mut Past,
        edit: &HeadEdit,
    ) -> Attended {
        let [q, k, v] = self.heads(x, 1, placement).map(|heads| heads.squeeze_dim::<3>(0)); // [H, N, dh]
        let [keys, values] = match past.take() {
            Some([keys, values]) => {
                [Tensor::cat(vec![keys, k.clone()], 1), Tensor::cat(vec![values, v.clone()], 1)]
            }
            None => [k.clone(), v.clone()],
        };
        *past = Some([keys.clone(), values.clone()]);
        let mask = placement.bias(self.layer, edit.mask.clone());
        self.mixer.attend([q, k, v], [keys, values], &edit.with(mask))
    }

    /// Queries and keys, positions turned in, and values of B texts, [B, H, N, dh] each. x is [B · N, d].
    fn heads(&self, x: Tensor<2>, texts: usize, placement: &dyn Placement) -> [Tensor<4>; 3] {
        let ([n, d], h) = (x.dims(), self.heads);
        let qkv = self.qkv.forward(self.ln1.forward(x)); // [B · N, 3d]
        let qkv = qkv.reshape([texts, n / texts, 3 * h, d / h]).swap_dims(1, 2); // [B, 3H, N, dh]
        let qk = placement.rotate(self.layer, qkv.clone().narrow(1, 0, 2 * h)); // [B, 2H, N, dh]
        [qk.clone().narrow(1, 0, h), qk.narrow(1, h, h), qkv.narrow(1, 2 * h, h)]
    }

    /// What the heads add to the residual stream: proj(heads). [N, d]
    pub fn project(&self, out: Tensor<3>) -> Tensor<2> {
        let [h, n, dh] = out.dims();
        self.proj.forward(out.swap_dims(0, 1).reshape([n, h * dh]))
    }

    /// x + fc2(GELU(fc1(LN(x)))), or x where there is attention only. [N, d]
    pub fn mlp(&self, x: Tensor<2>) -> Tensor<2> {
        match (&self.ln2, &self.fc1, &self.fc2) {
            (Some(ln2), Some(fc1), Some(fc2)) => {
                let hidden = gelu(fc1.forward(ln2.forward(x.clone()))); // [N, mlp]
                x + fc2.forward(hidden)
            }
            _ => x,
        }
    }
}
