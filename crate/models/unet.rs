//! The residual U-Net that predicts the noise in a picture: Ho et al. 2020, appendix B, in small.
//!
//! <https://arxiv.org/abs/2006.11239>. The picture goes down through levels of half the size each and up
//! again, beside bridges that carry each level across. The labels are added to the time, so that one
//! vector tells every block both.

use super::unet_config::{SizeError, Target, UNetConfig};
use crate::diffusion::schedule::TRAINING;
use crate::nn::{
    attention::ImageAttention, conv::Conv2d, embedding::Embedding, group_norm::GroupNorm, linear::Linear,
    patches, res_block::ResBlock, resample::up, time::time_embedding,
};
use burn::module::Module;
use burn::tensor::activation::silu;
use burn::tensor::{Device, Int, Tensor};

/// ε_θ(x_t, t, label). Level i of L has the blocks `d{i}` on the way down and `u{i}` on the way up.
#[derive(Module, Debug)]
pub struct UNet {
    pub time1: Linear,
    pub time2: Linear,
    /// One row a label, the last row for "no label".
    pub label: Option<Embedding>,
    pub conv_in: Conv2d,
    pub d: Vec<ResBlock>,
    /// `down{i}` leads from level i to level i + 1.
    pub down: Vec<Conv2d>,
    pub attn: ImageAttention,
    pub u: Vec<ResBlock>,
    /// `up{i}` leads from level i + 1 to level i.
    pub up: Vec<Conv2d>,
    pub out_gn: GroupNorm,
    pub conv_out: Conv2d,
    patch: usize,
    velocity: bool,
    attention_level: usize,
    time_frequencies: usize,
}

impl UNet {
    /// A network of the given sizes on `device`, all weights zero (scales of norms one).
    pub fn new(config: &UNetConfig, device: &Device) -> Result<Self, SizeError> {
        config.check()?;
        let UNetConfig { image_channels, patch, channels, groups, time_hidden, scales, .. } = config;
        let inside = image_channels * patch * patch;
        let (first, last) = (channels[0], channels[channels.len() - 1]);
        let res = |inputs, outputs| ResBlock::new(inputs, outputs, *time_hidden, *groups, *scales, device);
        let mut u: Vec<_> = channels.iter().map(|&c| res(2 * c, c)).collect();
        // The deepest level has no bridge: what came down goes up.
        u[channels.len() - 1] = res(last, last);
        Ok(Self {
            time1: Linear::new(2 * config.time_frequencies, *time_hidden, device),
            time2: Linear::new(*time_hidden, *time_hidden, device),
            label: config.classes.map(|n| Embedding::new(n + 1, *time_hidden, device)),
            conv_in: Conv2d::same3(inside, first, device),
            d: channels.iter().map(|&c| res(c, c)).collect(),
            down: channels.windows(2).map(|c| Conv2d::halving3(c[0], c[1], device)).collect(),
            attn: ImageAttention::new(
                channels[config.attention_level],
                config.attention_heads,
                *groups,
                device,
            ),
            u,
            up: channels.windows(2).map(|c| Conv2d::same3(c[1], c[0], device)).collect(),
            out_gn: GroupNorm::new(*groups, first, device),
            conv_out: Conv2d::same3(first, inside, device),
            patch: *patch,
            velocity: config.predicts == Target::V,
            attention_level: config.attention_level,
            time_frequencies: config.time_frequencies,
        })
    }

    /// The noise ε that the network sees in x_t.
    ///
    /// `labels` has a row number of the label table for each picture ([`UNetConfig::no_label`] for
    /// "no label"), and is empty when the network knows no labels.
    ///
    /// # Shapes
    /// - x: [B, C, H, W]
    /// - times: B real numbers, whole ones from 1 to T in training
    /// - output: [B, C, H, W]
    pub fn forward(&self, x: Tensor<4>, times: &[f32], labels: &[usize]) -> Tensor<4> {
        self.forward_attended(x, times, labels).eps
    }

    /// [`forward`](Self::forward), with the attention that led there.
    pub fn forward_attended(&self, x: Tensor<4>, times: &[f32], labels: &[usize]) -> Predicted {
        let s = self.condition(times, labels, &x.device()); // [B, hidden]
        let lowest = self.d.len() - 1;
        let mut h = self.conv_in.forward(patches::split(x.clone(), self.patch)); // [B, channels[0], H / patch, W / patch]
        let mut bridges = Vec::with_capacity(lowest);
        let mut attention = None;
        for level in 0..=lowest {
            h = self.d[level].forward(h, s.clone());
            if level == self.attention_level {
                let attended = self.attn.forward(h);
                h = attended.out;
                attention = Some(attended.weights);
            }
            if level < lowest {
                bridges.push(h.clone());
                h = self.down[level].forward(h); // [B, channels[level + 1], H / 2, W / 2]
            }
        }
        h = self.u[lowest].forward(h, s.clone());
        for (level, bridge) in bridges.into_iter().enumerate().rev() {
            h = Tensor::cat(vec![up(&self.up[level], h), bridge], 1); // [B, 2 · channels[level], H, W]
            h = self.u[level].forward(h, s.clone());
        }
        let out = patches::join(self.conv_out.forward(self.out_gn.forward_silu(h)), self.patch);
        let eps = if self.velocity { noise_of_velocity(x, out, times) } else { out };
        Predicted { eps, attention: attention.expect("the attention level is one of the levels") }
    }

    /// The vector that tells every block the time and the label. [B, hidden]
    fn condition(&self, times: &[f32], labels: &[usize], device: &Device) -> Tensor<2> {
        let t = time_embedding(times, self.time_frequencies, device); // [B, 2F]
        let t = self.time2.forward(silu(self.time1.forward(t)));
        silu(match &self.label {
            Some(table) => {
                assert_eq!(labels.len(), times.len(), "one label (or no_label) a picture");
                let rows: Vec<i32> = labels.iter().map(|&row| row as i32).collect();
                t + table.forward(Tensor::<1, Int>::from_data(rows.as_slice(), device))
            }
            None => t,
        })
    }
}

/// ε = B_t x + A_t v, all [B, C, H, W], with the levels of training.
fn noise_of_velocity(x: Tensor<4>, v: Tensor<4>, times: &[f32]) -> Tensor<4> {
    let (a, b): (Vec<f32>, Vec<f32>) = times
        .iter()
        .map(|&t| TRAINING.level(f64::from(t)))
        .map(|level| (level.a as f32, level.b as f32))
        .unzip();
    let device = x.device();
    let column = |v: Vec<f32>| Tensor::<1>::from_data(v.as_slice(), &device).reshape([times.len(), 1, 1, 1]);
    x * column(b) + v * column(a)
}

/// What the network says about a noisy picture.
pub struct Predicted {
    /// [B, C, H, W]
    pub eps: Tensor<4>,
    /// [B, heads, N, N], N = pixels of the attention level
    pub attention: Tensor<4>,
}
