//! Self-attention among the pixels of a picture, added to it: Ho et al. 2020, appendix B.

use super::{conv::Conv2d, group_norm::GroupNorm};
use burn::module::Module;
use burn::tensor::activation::softmax;
use burn::tensor::{Device, Tensor};

#[derive(Module, Debug)]
pub struct ImageAttention {
    pub gn: GroupNorm,
    /// C -> 3C; output channel = which · C + head · d + i, which = q, k, v.
    pub qkv: Conv2d,
    pub proj: Conv2d,
    heads: usize,
}

/// What attention gives and how it looked.
pub struct Attended {
    /// [B, C, H, W]
    pub out: Tensor<4>,
    /// Row p: how much pixel p listens to each pixel; rows sum to one. [B, heads, H·W, H·W]
    pub weights: Tensor<4>,
}

impl ImageAttention {
    /// `groups` and `heads` must divide `channels`.
    pub fn new(channels: usize, heads: usize, groups: usize, device: &Device) -> Self {
        assert!(channels.is_multiple_of(heads), "{heads} heads do not divide {channels} channels");
        Self {
            gn: GroupNorm::new(groups, channels, device),
            qkv: Conv2d::pointwise(channels, 3 * channels, device),
            proj: Conv2d::pointwise(channels, channels, device),
            heads,
        }
    }

    /// x + proj(softmax(Qᵀ K / √d) Vᵀ)   (Vaswani et al. 2017, eq. 1, <https://arxiv.org/abs/1706.03762>)
    ///
    /// # Shapes
    /// - x: [B, C, H, W]
    pub fn forward(&self, x: Tensor<4>) -> Attended {
        let [b, c, h, w] = x.dims();
        let (d, n) = (c / self.heads, h * w);
        let qkv = self.qkv.forward(self.gn.forward(x.clone())); // [B, 3C, H, W]
        let qkv = qkv.reshape([b, 3 * self.heads, d, n]); // [B, 3 · heads, d, N]
        let [q, k, v] = [0, 1, 2].map(|i| qkv.clone().narrow(1, i * self.heads, self.heads));
        let scores = q.transpose().matmul(k) / (d as f32).sqrt(); // [B, heads, N, N]
        let weights = softmax(scores, 3);
        let mixed = v.matmul(weights.clone().transpose()); // [B, heads, d, N]
        let out = x + self.proj.forward(mixed.reshape([b, c, h, w]));
        Attended { out, weights }
    }
}
