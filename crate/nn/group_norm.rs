//! Group normalisation, alone and followed by SiLU: Wu & He 2018, <https://arxiv.org/abs/1803.08494>, eq. 1, 2, 6 and 7.

use burn::module::{Initializer, Module, Param};
use burn::tensor::activation::silu;
use burn::tensor::{Device, Tensor};

/// ε of eq. 2.
const EPSILON: f32 = 1e-5;

/// y = γ (x − μ) / √(σ² + ε) + β, with μ and σ² over a group of channels and all their pixels.
#[derive(Module, Debug)]
pub struct GroupNorm {
    /// γ [C]
    pub weight: Param<Tensor<1>>,
    /// β [C]
    pub bias: Param<Tensor<1>>,
    groups: usize,
}

impl GroupNorm {
    /// `groups` must divide `channels`.
    pub fn new(groups: usize, channels: usize, device: &Device) -> Self {
        assert!(channels.is_multiple_of(groups), "{groups} groups do not divide {channels} channels");
        Self {
            weight: Initializer::Ones.init([channels], device),
            bias: Initializer::Zeros.init([channels], device),
            groups,
        }
    }

    /// # Shapes
    /// - x, output: [B, C, H, W]
    pub fn forward(&self, x: Tensor<4>) -> Tensor<4> {
        let c = self.weight.val().dims()[0];
        let [gain, bias] = [&self.weight, &self.bias].map(|v| v.val().reshape([1, c]));
        self.scaled(x, gain, bias)
    }

    /// (1 + scale) (γ x̂ + β) + shift, one scale and one shift a channel of each picture.
    ///
    /// # Shapes
    /// - x, output: [B, C, H, W]
    /// - scale, shift: [B, C]
    pub fn forward_told(&self, x: Tensor<4>, scale: Tensor<2>, shift: Tensor<2>) -> Tensor<4> {
        let c = self.weight.val().dims()[0];
        let [gain, bias] = [&self.weight, &self.bias].map(|v| v.val().reshape([1, c]));
        let scale = scale + 1.0;
        self.scaled(x, gain * scale.clone(), bias * scale + shift)
    }

    /// gain x̂ + bias, both [B or 1, C]
    fn scaled(&self, x: Tensor<4>, gain: Tensor<2>, bias: Tensor<2>) -> Tensor<4> {
        let [b, c, h, w] = x.dims();
        let x = x.reshape([b, self.groups, c / self.groups * h * w]); // [B, G, C/G · H · W]
        let centred = x.clone() - x.mean_dim(2);
        let variance = (centred.clone() * centred.clone()).mean_dim(2); // [B, G, 1]
        let scaled = (centred / (variance + EPSILON).sqrt()).reshape([b, c, h, w]);
        let column = |v: Tensor<2>| {
            let [rows, _] = v.dims();
            v.reshape([rows, c, 1, 1])
        };
        scaled * column(gain) + column(bias)
    }

    /// SiLU(GroupNorm(x)). Fused on the processor [`group_norm`](crate::fused::norm::group_norm) with `Then::Silu`, on WebGPU a part of the
    /// [`convolution`](crate::gpu::convolution) that follows.
    ///
    /// # Shapes
    /// - x, output: [B, C, H, W]
    pub fn forward_silu(&self, x: Tensor<4>) -> Tensor<4> {
        silu(self.forward(x))
    }
}
