//! Residual block that hears the time: Ho et al. 2020, appendix B, <https://arxiv.org/abs/2006.11239>.

use super::{conv::Conv2d, group_norm::GroupNorm, linear::Linear};
use burn::module::Module;
use burn::tensor::activation::silu;
use burn::tensor::{Device, Tensor};

#[derive(Module, Debug)]
pub struct ResBlock {
    pub gn1: GroupNorm,
    pub conv1: Conv2d,
    pub temb: Linear,
    pub gn2: GroupNorm,
    pub conv2: Conv2d,
    /// Present exactly when the number of channels changes.
    pub skip: Option<Conv2d>,
    scales: bool,
}

impl ResBlock {
    /// `time` is the length of the vector that tells the time; with `scales` it scales what it shifts.
    pub fn new(
        inputs: usize,
        outputs: usize,
        time: usize,
        groups: usize,
        scales: bool,
        device: &Device,
    ) -> Self {
        Self {
            gn1: GroupNorm::new(groups, inputs, device),
            conv1: Conv2d::same3(inputs, outputs, device),
            temb: Linear::new(time, if scales { 2 * outputs } else { outputs }, device),
            gn2: GroupNorm::new(groups, outputs, device),
            conv2: Conv2d::same3(outputs, outputs, device),
            skip: (inputs != outputs).then(|| Conv2d::pointwise(inputs, outputs, device)),
            scales,
        }
    }

    /// h = conv1(SiLU(GN(x))), output = conv2(SiLU(GN(h + temb(s)))) + skip(x); or, where the time scales,
    /// conv2(SiLU((1 + scale) GN(h) + shift)) + skip(x) with temb(s) = [scale, shift].
    ///
    /// # Shapes
    /// - x: [B, in, H, W]
    /// - s: [B, time]
    /// - output: [B, out, H, W]
    pub fn forward(&self, x: Tensor<4>, s: Tensor<2>) -> Tensor<4> {
        let told = self.temb.forward(s); // [B, out] or [B, 2 · out]
        let h = self.conv1.forward(self.gn1.forward_silu(x.clone()));
        let [b, c, ..] = h.dims();
        let h = if self.scales {
            let [scale, shift] = [0, c].map(|from| told.clone().narrow(1, from, c));
            silu(self.gn2.forward_told(h, scale, shift))
        } else {
            self.gn2.forward_silu(h + told.reshape([b, c, 1, 1]))
        };
        let h = self.conv2.forward(h);
        match &self.skip {
            Some(skip) => h + skip.forward(x),
            None => h + x,
        }
    }
}
