//! The residual U-Net of [`unet`](super::unet) over fused operators: the same weights, sizes and answer, a picture at a time.

use super::unet_config::{SizeError, Target, UNetConfig};
use crate::diffusion::schedule::TRAINING;
use crate::fused::{
    activation::silu,
    convolution::{Added, Convolution, Room, Walk},
    linear::Linear,
    norm::{Then, group_norm},
    picture_attention::attend,
    pool::Pool,
};
use crate::math::sinusoids::sinusoids;
use std::sync::{Mutex, PoisonError};

/// ε_θ(x_t, t, label). Level i of L has the blocks `d{i}` on the way down and `u{i}` on the way up.
#[derive(Debug)]
pub struct FusedUNet {
    config: UNetConfig,
    time1: Linear,
    time2: Linear,
    /// [classes + 1, hidden], empty if it knows no labels.
    label: Vec<f32>,
    conv_in: Convolution,
    d: Vec<Block>,
    down: Vec<Convolution>,
    attention_norm: Norm,
    qkv: Linear,
    proj: Linear,
    u: Vec<Block>,
    up: Vec<Convolution>,
    out_norm: Norm,
    conv_out: Convolution,
    /// As many as were ever asked at once.
    work: Mutex<Vec<Work>>,
}

/// What is kept from one call to the next, so that nothing is allocated.
#[derive(Debug, Default)]
struct Work {
    pool: Pool,
    room: Room,
}

/// A group normalisation's γ and β.
#[derive(Debug)]
struct Norm {
    gain: Vec<f32>,
    bias: Vec<f32>,
    groups: usize,
}

/// [`ResBlock`](crate::nn::res_block::ResBlock).
#[derive(Debug)]
struct Block {
    norm1: Norm,
    conv1: Convolution,
    told: Linear,
    norm2: Norm,
    conv2: Convolution,
    /// Where the number of channels changes.
    skip: Option<Linear>,
    scales: bool,
}

impl FusedUNet {
    /// Whether these operators have a form for it: channels go in fours, and squares of pixels, too.
    pub fn takes(config: &UNetConfig) -> bool {
        let smallest = (config.image_size / config.patch) >> (config.channels.len() - 1);
        config.channels.iter().all(|c| c.is_multiple_of(4)) && smallest.is_multiple_of(2)
    }

    /// The network of `config` with the weights that `take` finds by their names and shapes, which are those of
    /// [`UNet`](super::unet::UNet).
    pub fn new<E: From<SizeError>>(
        config: &UNetConfig,
        take: &mut impl FnMut(&str, &[usize]) -> Result<Vec<f32>, E>,
    ) -> Result<Self, E> {
        config.check()?;
        let UNetConfig { image_channels, patch, channels: c, groups, time_hidden: hidden, .. } = config;
        let (inside, last, groups, hidden) = (image_channels * patch * patch, c.len() - 1, *groups, *hidden);
        let middle = c[config.attention_level];
        let label = match config.classes {
            Some(n) => take("label.weight", &[n + 1, hidden])?,
            None => Vec::new(),
        };
        let mut taken = Taken { take, groups, hidden, scales: config.scales };
        let mut blocks = |way: &str, inputs: &dyn Fn(usize) -> usize| {
            (0..=last)
                .map(|i| taken.block(&format!("{way}{i}"), inputs(i), c[i]))
                .collect::<Result<Vec<_>, _>>()
        };
        let d = blocks("d", &|i| c[i])?;
        // The deepest level has no bridge: what came down goes up.
        let u = blocks("u", &|i| if i == last { c[i] } else { 2 * c[i] })?;
        let walks = |taken: &mut Taken<_>, way: &str, walk: Walk| {
            let one = |i: usize| match walk {
                Walk::Doubled => (c[i + 1], c[i]),
                Walk::Same | Walk::Halving => (c[i], c[i + 1]),
            };
            (0..last)
                .map(|i| taken.convolution(&format!("{way}{i}"), walk, one(i).0, one(i).1))
                .collect::<Result<Vec<_>, _>>()
        };
        Ok(Self {
            config: config.clone(),
            time1: taken.linear("time1", 2 * config.time_frequencies, hidden, 0)?,
            time2: taken.linear("time2", hidden, hidden, 0)?,
            label,
            conv_in: taken.convolution("conv_in", Walk::Same, inside, c[0])?,
            d,
            down: walks(&mut taken, "down", Walk::Halving)?,
            attention_norm: taken.norm("attn.gn", middle)?,
            qkv: taken.linear("attn.qkv", middle, 3 * middle, 2)?,
            proj: taken.linear("attn.proj", middle, middle, 2)?,
            u,
            up: walks(&mut taken, "up", Walk::Doubled)?,
            out_norm: taken.norm("out_gn", c[0])?,
            conv_out: taken.convolution("conv_out", Walk::Same, c[0], inside)?,
            work: Mutex::default(),
        })
    }

    /// The noise ε that the network sees in the pictures x_t, each by itself.
    ///
    /// # Shapes
    /// - x, output: [B, C, H, W]
    /// - times: B real numbers
    /// - labels: B rows of the label table; empty when the network knows no labels
    pub fn forward(&self, x: &[f32], times: &[f32], labels: &[usize]) -> Vec<f32> {
        let picture = x.len() / times.len();
        let mut eps = vec![0.0; x.len()];
        let kept = || self.work.lock().unwrap_or_else(PoisonError::into_inner);
        let mut work = kept().pop().unwrap_or_default();
        for (i, (x, eps)) in x.chunks_exact(picture).zip(eps.chunks_exact_mut(picture)).enumerate() {
            self.one(x, times[i], labels.get(i).copied(), eps, &mut work);
        }
        kept().push(work);
        eps
    }

    /// ε in one picture.
    fn one(&self, x: &[f32], time: f32, label: Option<usize>, eps: &mut [f32], work: &mut Work) {
        let UNetConfig { image_size, patch, channels: c, .. } = &self.config;
        let (lowest, size) = (c.len() - 1, image_size / patch);
        let s = self.condition(time, label);
        let Work { pool, room } = work;
        let side = |level: usize| size >> level;
        let split = self.split(x, pool);
        let mut h = pool.take(size * size * c[0]); // [H / patch, W / patch, channels[0]]
        self.conv_in.forward(&split, size, &mut h, c[0], room, Added::Nothing);
        pool.give(split);
        let mut bridges = Vec::with_capacity(lowest);
        for level in 0..=lowest {
            h = self.d[level].forward(h, side(level), &s, pool, room);
            if level == self.config.attention_level {
                h = self.attend(h, side(level), pool);
            }
            if level < lowest {
                let mut below = pool.take(side(level + 1).pow(2) * c[level + 1]);
                self.down[level].forward(&h, side(level), &mut below, c[level + 1], room, Added::Nothing);
                bridges.push(std::mem::replace(&mut h, below));
            }
        }
        h = self.u[lowest].forward(h, side(lowest), &s, pool, room);
        for (level, bridge) in bridges.into_iter().enumerate().rev() {
            // Both side by side, [.., 2 · channels[level]].
            let mut both = pool.take(2 * bridge.len());
            self.up[level].forward(&h, side(level + 1), &mut both, 2 * c[level], room, Added::Nothing);
            for (pixel, bridge) in both.chunks_exact_mut(2 * c[level]).zip(bridge.chunks_exact(c[level])) {
                pixel[c[level]..].copy_from_slice(bridge);
            }
            pool.give(bridge);
            pool.give(h);
            h = self.u[level].forward(both, side(level), &s, pool, room);
        }
        let normed = self.out_norm.forward(&h, size, pool, Then::Silu);
        let inside = self.conv_out.outputs();
        let mut out = pool.take(size * size * inside);
        self.conv_out.forward(&normed, size, &mut out, inside, room, Added::Nothing);
        self.join(&out, eps);
        [h, normed, out].into_iter().for_each(|array| pool.give(array));
        if self.config.predicts == Target::V {
            // ε = B_t x + A_t v, with the levels of training.
            let level = TRAINING.level(f64::from(time));
            let (a, b) = (level.a as f32, level.b as f32);
            eps.iter_mut().zip(x).for_each(|(v, x)| *v = x * b + *v * a);
        }
    }

    /// SiLU of the vector that tells every block the time and the label. [hidden]
    fn condition(&self, time: f32, label: Option<usize>) -> Vec<f32> {
        let mut s = self.time1.row(&sinusoids(&[time], self.config.time_frequencies));
        silu(&mut s);
        let mut s = self.time2.row(&s);
        if !self.label.is_empty() {
            let row = label.expect("one label (or no_label) a picture");
            let width = s.len();
            s.iter_mut().zip(&self.label[row * width..]).for_each(|(s, label)| *s += label);
        }
        silu(&mut s);
        s
    }

    fn attend(&self, mut h: Vec<f32>, size: usize, pool: &Pool) -> Vec<f32> {
        let c = self.attention_norm.gain.len();
        let normed = self.attention_norm.forward(&h, size, pool, Then::Nothing);
        let mut qkv = pool.take(3 * h.len());
        self.qkv.forward(&normed, &mut qkv);
        let (mut mixed, mut out) = (normed, pool.take(h.len()));
        attend(&qkv, self.config.attention_heads, c, &mut mixed);
        self.proj.forward(&mixed, &mut out);
        h.iter_mut().zip(&out).for_each(|(h, out)| *h += out);
        [qkv, mixed, out].into_iter().for_each(|array| pool.give(array));
        h
    }

    /// Patches as pixels with more channels, channels last: [`patches`](crate::nn::patches).
    fn split(&self, x: &[f32], pool: &Pool) -> Vec<f32> {
        let mut inside = pool.take(x.len());
        self.places(|picture, patched| inside[patched] = x[picture]);
        inside
    }

    /// What [`split`](Self::split) did, undone.
    fn join(&self, patched: &[f32], picture: &mut [f32]) {
        self.places(|to, from| picture[to] = patched[from]);
    }

    /// Calls `pair` with the place of each number in [C, H, W] and in [H/p, W/p, C p²].
    fn places(&self, mut pair: impl FnMut(usize, usize)) {
        let UNetConfig { image_size: size, image_channels: c, patch: p, .. } = self.config;
        let across = size / p;
        for channel in 0..c {
            for y in 0..size {
                for x in 0..size {
                    let inner = (channel * p + y % p) * p + x % p;
                    pair((channel * size + y) * size + x, (y / p * across + x / p) * c * p * p + inner);
                }
            }
        }
    }
}

impl Norm {
    /// γ (x − μ)/√(σ² + ε) + β, then `then`, of a picture of `size`² pixels.
    fn forward(&self, x: &[f32], size: usize, pool: &Pool, then: Then) -> Vec<f32> {
        let mut y = pool.take(x.len());
        let c = self.gain.len();
        group_norm(x, c, size, self.groups, &self.gain, &self.bias, &mut y, then);
        y
    }
}

impl Block {
    /// conv2(SiLU(GN(h + temb(s)))) + skip(x) with h = conv1(SiLU(GN(x))), or with a scale and a shift after GN.
    fn forward(&self, x: Vec<f32>, size: usize, s: &[f32], pool: &Pool, room: &mut Room) -> Vec<f32> {
        let out = self.conv1.outputs();
        let told = self.told.row(s);
        let normed = self.norm1.forward(&x, size, pool, Then::Silu);
        let mut h = pool.take(size * size * out);
        let Norm { gain, bias, groups } = &self.norm2;
        let (mut gain, mut bias) = (gain.clone(), bias.clone());
        if self.scales {
            self.conv1.forward(&normed, size, &mut h, out, room, Added::Nothing);
            for i in 0..out {
                let scale = 1.0 + told[i];
                bias[i] = bias[i] * scale + told[out + i];
                gain[i] *= scale;
            }
        } else {
            self.conv1.forward(&normed, size, &mut h, out, room, Added::Channels(&told));
        }
        pool.give(normed);
        let mut normed = pool.take(h.len());
        group_norm(&h, out, size, *groups, &gain, &bias, &mut normed, Then::Silu);
        let beside = match &self.skip {
            Some(skip) => {
                let mut beside = pool.take(h.len());
                skip.forward(&x, &mut beside);
                pool.give(x);
                beside
            }
            None => x,
        };
        self.conv2.forward(&normed, size, &mut h, out, room, Added::Picture(&beside));
        pool.give(normed);
        pool.give(beside);
        h
    }
}

/// What finds weights by their names.
struct Taken<'a, F> {
    take: &'a mut F,
    groups: usize,
    hidden: usize,
    scales: bool,
}

impl<E, F: FnMut(&str, &[usize]) -> Result<Vec<f32>, E>> Taken<'_, F> {
    fn weights(&mut self, name: &str, shape: &[usize]) -> Result<[Vec<f32>; 2], E> {
        let mut take = |kind: &str, shape: &[usize]| (self.take)(&format!("{name}.{kind}"), shape);
        Ok([take("weight", shape)?, take("bias", &shape[..1])?])
    }

    fn norm(&mut self, name: &str, channels: usize) -> Result<Norm, E> {
        let [gain, bias] = self.weights(name, &[channels])?;
        Ok(Norm { gain, bias, groups: self.groups })
    }

    /// `pixels` more dimensions of one: a 1×1 convolution's weights.
    fn linear(&mut self, name: &str, inputs: usize, outputs: usize, pixels: usize) -> Result<Linear, E> {
        let shape = [outputs, inputs, 1, 1];
        let [weight, bias] = self.weights(name, &shape[..2 + pixels])?;
        Ok(Linear::new(inputs, outputs, &weight, &bias))
    }

    fn convolution(
        &mut self,
        name: &str,
        walk: Walk,
        inputs: usize,
        outputs: usize,
    ) -> Result<Convolution, E> {
        let [weight, bias] = self.weights(name, &[outputs, inputs, 3, 3])?;
        Ok(Convolution::new(walk, inputs, outputs, &weight, &bias))
    }

    fn block(&mut self, name: &str, inputs: usize, outputs: usize) -> Result<Block, E> {
        let part = |kind: &str| format!("{name}.{kind}");
        let told = if self.scales { 2 * outputs } else { outputs };
        Ok(Block {
            norm1: self.norm(&part("gn1"), inputs)?,
            conv1: self.convolution(&part("conv1"), Walk::Same, inputs, outputs)?,
            told: self.linear(&part("temb"), self.hidden, told, 0)?,
            norm2: self.norm(&part("gn2"), outputs)?,
            conv2: self.convolution(&part("conv2"), Walk::Same, outputs, outputs)?,
            skip: (inputs != outputs).then(|| self.linear(&part("skip"), inputs, outputs, 2)).transpose()?,
            scales: self.scales,
        })
    }
}
