//! One layer of a transformer: attention and a small network, each added to the residual stream.
//!
//! The normalisation stands before each (Xiong et al. 2020, <https://arxiv.org/abs/2002.04745>), so that the
//! stream itself runs through untouched.

use super::causal::{Attended, HeadEdit, attend, attend_all};
use super::{gelu::gelu, layer_norm::LayerNorm, linear::Linear, rotary::Rotary};
use burn::module::Module;
use burn::tensor::{Device, Tensor};

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
}

/// Keys and values of the positions that were read before, [H, T, dh] each; none before the first.
pub type Past = Option<[Tensor<3>; 2]>;

impl Block {
    /// `heads` must divide `width`; `mlp` 0 leaves the small network out.
    pub fn new(width: usize, heads: usize, mlp: usize, device: &Device) -> Self {
        assert!(width.is_multiple_of(2 * heads), "{heads} heads of pairs do not divide a width of {width}");
        Self {
            ln1: LayerNorm::new(width, device),
            qkv: Linear::new(width, 3 * width, device),
            proj: Linear::new(width, width, device),
            ln2: (mlp > 0).then(|| LayerNorm::new(width, device)),
            fc1: (mlp > 0).then(|| Linear::new(width, mlp, device)),
            fc2: (mlp > 0).then(|| Linear::new(mlp, width, device)),
            heads,
        }
    }

    /// x + proj(heads), and then + fc2(GELU(fc1(LN(·)))): for training, B texts of T tokens at once.
    ///
    /// # Shapes
    /// - x, output: [B · T, d]
    /// - causal_mask: [1, 1, T, T], see [`causal::causal_mask`](super::causal::causal_mask)
    pub fn forward(&self, x: Tensor<2>, rotary: &Rotary, causal_mask: Tensor<4>) -> Tensor<2> {
        let ([n, d], [.., t]) = (x.dims(), causal_mask.dims());
        let (h, b) = (self.heads, n / t);
        let qkv = self.qkv.forward(self.ln1.forward(x.clone())); // [B · T, 3d]
        let qkv = qkv.reshape([b, t, 3 * h, d / h]).swap_dims(1, 2); // [B, 3H, T, dh]
        let qk = rotary.turn(qkv.clone().narrow(1, 0, 2 * h)); // [B, 2H, T, dh]
        let (q, k) = (qk.clone().narrow(1, 0, h), qk.narrow(1, h, h));
        let out = attend_all([q, k, qkv.narrow(1, 2 * h, h)], causal_mask); // [B, H, T, dh]
        let x = x + self.proj.forward(out.swap_dims(1, 2).reshape([n, d]));
        self.mlp(x)
    }

    /// [`forward`](Self::forward) of one text's next positions after those in `past`, with all that the heads
    /// did; `past` then holds the new ones too.
    ///
    /// # Shapes
    /// - x: [N, d]
    /// - rotary: of the N positions
    pub fn attend(&self, x: Tensor<2>, rotary: &Rotary, past: &mut Past, edit: &HeadEdit) -> Attended {
        let [n, d] = x.dims();
        let h = self.heads;
        let qkv = self.qkv.forward(self.ln1.forward(x)); // [N, 3d]
        let qkv = qkv.reshape([n, 3 * h, d / h]).swap_dims(0, 1); // [3H, N, dh]
        let qk = rotary.turn(qkv.clone().narrow(0, 0, 2 * h)); // [2H, N, dh]
        let (q, k) = (qk.clone().narrow(0, 0, h), qk.narrow(0, h, h));
        let v = qkv.narrow(0, 2 * h, h);
        let [keys, values] = match past.take() {
            Some([keys, values]) => {
                [Tensor::cat(vec![keys, k.clone()], 1), Tensor::cat(vec![values, v.clone()], 1)]
            }
            None => [k.clone(), v.clone()],
        };
        *past = Some([keys.clone(), values.clone()]);
        attend([q, k, v], keys, values, edit)
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
