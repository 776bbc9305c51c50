//! The residual U-Net over kernels of our own: the weights, sizes and answers of [`FusedUNet`](crate::models::fused_unet::FusedUNet),
//! a batch a call.

use super::attention::Attention;
use super::condition::Condition;
use super::convolution::{Beside, End, Form, Norm, Shape, Source, side};
use super::recipe::{Recipe, Span, aligned};
use crate::diffusion::schedule::TRAINING;
use crate::fused::convolution::Walk;
use crate::math::sinusoids::sinusoids;
use crate::models::unet_config::{SizeError, Target, UNetConfig};

/// Its weights, packed as the kernels want them, and how a batch goes through them.
#[derive(Debug)]
pub struct PackedUNet {
    config: UNetConfig,
    /// Everything on the device, for one buffer.
    pub weights: Vec<f32>,
    /// [classes + 1, hidden], empty if it knows no labels.
    label: Vec<f32>,
    condition: Condition,
    condition_at: (usize, usize),
    conv_in: Layer,
    d: Vec<Block>,
    down: Vec<Layer>,
    attention: Attention,
    qkv: Layer,
    proj: Layer,
    u: Vec<Block>,
    up: Vec<Layer>,
    conv_out: Layer,
}

/// A convolution without its form, and where its weights lie.
#[derive(Debug)]
struct Layer {
    shape: Shape,
    /// The first number and how many.
    at: (usize, usize),
}

/// [`ResBlock`](crate::nn::res_block::ResBlock).
#[derive(Debug)]
struct Block {
    conv1: Layer,
    conv2: Layer,
}

/// What a step made.
#[derive(Clone, Copy, Debug)]
struct Made {
    span: Span,
    /// The statistics of its tiles, and how many tiles there are.
    measured: Option<(Span, usize)>,
}

/// Until the number of pictures is known.
const NO_FORM: Form = Form { wide: 2, high: 1, pixels: 2, quads: 1, slices: 1 };
/// Numbers of the largest array of a plan, beyond which a batch is cut.
const MOST: usize = 1 << 23;
/// Pictures of a plan.
const MOST_PICTURES: usize = 64;

impl PackedUNet {
    /// The network of `config` with the weights that `take` finds by their names and shapes.
    pub fn new<E: From<SizeError>>(
        config: &UNetConfig,
        take: &mut impl FnMut(&str, &[usize]) -> Result<Vec<f32>, E>,
    ) -> Result<Self, E> {
        config.check()?;
        let UNetConfig { image_size, image_channels, patch, channels: c, groups, time_hidden, .. } = config;
        let (size, last, hidden) = (image_size / patch, c.len() - 1, *time_hidden);
        let inside = image_channels * patch * patch;
        let label = match config.classes {
            Some(n) => take("label.weight", &[n + 1, hidden])?,
            None => Vec::new(),
        };
        // Every block's share of what is told, down first.
        let shares: Vec<_> = c.iter().chain(c).map(|c| if config.scales { c / 2 } else { c / 4 }).collect();
        let condition = Condition {
            waves: (2 * config.time_frequencies).div_ceil(4),
            hidden: hidden.div_ceil(4),
            told: shares.iter().sum(),
            label: config.classes.is_some(),
        };
        let picture = |source| Shape {
            source,
            walk: Walk::Same,
            taps: 3,
            size,
            norm: None,
            told: false,
            beside: Beside::Nothing,
            outputs: c[0] / 4,
            end: End::Measured,
            form: NO_FORM,
        };
        let norm = |silu| Some(Norm { groups: *groups, silu, told: false, tiles: [1, 1] });
        let mut packing =
            Packing { take, weights: Vec::new(), condition, told: Vec::new(), hidden, scales: config.scales };

        let first = picture(Source::Picture { channels: *image_channels, patch: *patch });
        let conv_in = packing.layer("conv_in", first, inside, c[0])?;
        let at =
            |level: usize, source| Shape { size: size >> level, outputs: c[level] / 4, ..picture(source) };
        let quads = |level: usize| c[level] / 4;
        let d = (0..=last)
            .map(|i| packing.block(&format!("d{i}"), at(i, Source::Quads(quads(i), 0)), norm(true)))
            .collect::<Result<Vec<_>, E>>()?;
        let u = (0..=last)
            .map(|i| {
                // The deepest level has no bridge: what came down goes up.
                let bridge = if i == last { 0 } else { quads(i) };
                packing.block(&format!("u{i}"), at(i, Source::Quads(quads(i), bridge)), norm(true))
            })
            .collect::<Result<Vec<_>, E>>()?;
        let down = (0..last)
            .map(|i| {
                let from = at(i, Source::Quads(quads(i), 0));
                let shape = Shape { walk: Walk::Halving, outputs: quads(i + 1), ..from };
                packing.layer(&format!("down{i}"), shape, c[i], c[i + 1])
            })
            .collect::<Result<Vec<_>, E>>()?;
        let up = (0..last)
            .map(|i| {
                let from = at(i + 1, Source::Quads(quads(i + 1), 0));
                let shape = Shape { walk: Walk::Doubled, outputs: quads(i), ..from };
                packing.layer(&format!("up{i}"), shape, c[i + 1], c[i])
            })
            .collect::<Result<Vec<_>, E>>()?;

        let (level, heads) = (config.attention_level, config.attention_heads);
        let attention = Attention { pixels: (size >> level).pow(2), heads, width: c[level] / heads };
        let mixed = heads * attention.quads();
        // Where a number of a head lies once each head has whole quads.
        let padded = |i: usize| i / attention.width * 4 * attention.quads() + i % attention.width;
        let whole = |i: usize| i;
        let flat = |source| Shape { taps: 1, ..at(level, source) };
        let shape = Shape {
            norm: norm(false),
            outputs: 3 * mixed,
            end: End::Quads,
            ..flat(Source::Quads(quads(level), 0))
        };
        let middle = c[level];
        let qkv = packing.mapped(
            "attn.qkv",
            Some("attn.gn"),
            None,
            shape,
            (middle, 3 * middle),
            (&whole, &padded),
        )?;
        let shape = Shape { beside: Beside::Same, ..flat(Source::Quads(mixed, 0)) };
        let proj = packing.mapped("attn.proj", None, None, shape, (middle, middle), (&padded, &whole))?;
        let end = End::Picture { channels: *image_channels, patch: *patch };
        let shape =
            Shape { norm: norm(true), outputs: inside.div_ceil(4), end, ..at(0, Source::Quads(quads(0), 0)) };
        let conv_out =
            packing.mapped("conv_out", Some("out_gn"), None, shape, (c[0], inside), (&whole, &whole))?;

        let condition_at = packing.condition(config.time_frequencies, hidden)?;
        let weights = packing.weights;
        let config = config.clone();
        Ok(Self {
            config,
            weights,
            label,
            condition,
            condition_at,
            conv_in,
            d,
            down,
            attention,
            qkv,
            proj,
            u,
            up,
            conv_out,
        })
    }

    /// How many pictures a plan takes at most.
    pub fn most(&self) -> usize {
        let UNetConfig { image_size, patch, channels, .. } = &self.config;
        let size = image_size / patch;
        let largest = channels.iter().enumerate().map(|(level, c)| (size >> level).pow(2) * c).max();
        (MOST / largest.unwrap_or(1)).clamp(1, MOST_PICTURES)
    }

    /// A batch's way through the kernels: its inputs are the pictures and what tells their times and labels, its answer what the
    /// last convolution gives; the weights are the first buffer it is lent.
    pub fn recipe(&self, pictures: usize) -> Recipe {
        let UNetConfig { image_size, image_channels, channels: c, .. } = &self.config;
        let mut recipe = Recipe::default();
        let x = recipe.input(pictures * image_channels * image_size * image_size);
        let brought = recipe.input(pictures * 4 * self.condition.brought());
        let told = recipe.own(pictures * 4 * self.condition.stride());
        let weights = Recipe::lent(0, self.condition_at.0, self.condition_at.1);
        recipe.step(self.condition.kernel(), &[weights, brought, told], self.condition.groups(pictures));
        let mut steps = Steps { recipe, pictures, told };

        let last = c.len() - 1;
        let mut h = steps.layer(&self.conv_in, &[Made { span: x, measured: None }], &[]);
        let mut bridges = Vec::with_capacity(last);
        for level in 0..=last {
            h = steps.block(&self.d[level], &[h]);
            if level == self.config.attention_level {
                let qkv = steps.layer(&self.qkv, &[h], &[]);
                let Attention { pixels, heads, .. } = self.attention;
                let mixed = steps.recipe.own(pictures * pixels * heads * 4 * self.attention.quads());
                let groups = self.attention.groups(pictures);
                steps.recipe.step(self.attention.kernel(), &[qkv.span, mixed], groups);
                h = steps.layer(&self.proj, &[Made { span: mixed, measured: None }], &[h]);
            }
            if level < last {
                bridges.push(h);
                h = steps.layer(&self.down[level], &[h], &[]);
            }
        }
        h = steps.block(&self.u[last], &[h]);
        for (level, bridge) in bridges.into_iter().enumerate().rev() {
            h = steps.layer(&self.up[level], &[h], &[]);
            h = steps.block(&self.u[level], &[h, bridge]);
        }
        let out = steps.layer(&self.conv_out, &[h], &[]);
        steps.recipe.answer(out.span);
        steps.recipe
    }

    /// What tells each picture's time and label. [B, brought]
    pub fn brought(&self, times: &[f32], labels: &[usize]) -> Vec<f32> {
        let (waves, hidden) = (2 * self.config.time_frequencies, self.config.time_hidden);
        let mut all = Vec::with_capacity(times.len() * 4 * self.condition.brought());
        for (i, time) in times.iter().enumerate() {
            let begun = all.len();
            all.extend(sinusoids(&[*time], self.config.time_frequencies));
            all.resize(begun + waves.next_multiple_of(4), 0.0);
            if self.condition.label {
                all.extend(&self.label[labels[i] * hidden..][..hidden]);
                all.resize(begun + 4 * self.condition.brought(), 0.0);
            }
        }
        all
    }

    /// ε from what the last convolution gave.
    pub fn noise(&self, x: &[f32], times: &[f32], given: &mut [f32]) {
        if self.config.predicts == Target::V {
            // ε = B_t x + A_t v, with the levels of training.
            let picture = x.len() / times.len();
            for ((x, v), time) in x.chunks(picture).zip(given.chunks_mut(picture)).zip(times) {
                let level = TRAINING.level(f64::from(*time));
                let (a, b) = (level.a as f32, level.b as f32);
                v.iter_mut().zip(x).for_each(|(v, x)| *v = x * b + *v * a);
            }
        }
    }
}

#[cfg(feature = "webgpu")]
pub use on_device::GpuUNet;

#[cfg(feature = "webgpu")]
mod on_device {
    use std::{cell::RefCell, rc::Rc};

    use super::PackedUNet;
    use crate::gpu::device::{Buffer, Gpu};
    use crate::gpu::plan::Plan;
    use crate::models::unet_config::{SizeError, UNetConfig};

    /// ε_θ(x_t, t, label) on a GPU.
    #[derive(Debug)]
    pub struct GpuUNet {
        gpu: Gpu,
        packed: PackedUNet,
        weights: Buffer,
        /// The plans used last, by their number of pictures; the latest last.
        plans: RefCell<Vec<(usize, Rc<Plan>)>>,
    }

    /// Plans that are kept.
    const KEPT: usize = 4;

    impl GpuUNet {
        /// The network of `config` with the weights that `take` finds by their names and shapes, which are those of
        /// [`FusedUNet`](crate::models::fused_unet::FusedUNet).
        pub fn new<E: From<SizeError>>(
            gpu: &Gpu,
            config: &UNetConfig,
            take: &mut impl FnMut(&str, &[usize]) -> Result<Vec<f32>, E>,
        ) -> Result<Self, E> {
            let mut packed = PackedUNet::new(config, take)?;
            // They live on the device from here on.
            let weights = gpu.buffer(&std::mem::take(&mut packed.weights));
            Ok(Self { gpu: gpu.clone(), packed, weights, plans: RefCell::default() })
        }

        /// The noise ε that the network sees in the pictures x_t.
        ///
        /// # Shapes
        /// - x, output: [B, C, H, W]
        /// - times: B real numbers
        /// - labels: B rows of the label table; empty when the network knows no labels
        pub async fn forward(&self, x: &[f32], times: &[f32], labels: &[usize]) -> Result<Vec<f32>, String> {
            if times.is_empty() {
                return Ok(Vec::new());
            }
            let (picture, most) = (x.len() / times.len(), self.packed.most());
            let mut eps = Vec::with_capacity(x.len());
            for from in (0..times.len()).step_by(most) {
                let part = from..times.len().min(from + most);
                let (x, times) = (&x[part.start * picture..part.end * picture], &times[part.clone()]);
                let labels = labels.get(part).unwrap_or_default();
                let plan = self.plan(times.len()).await?;
                let mut given = plan.run(&[x, &self.packed.brought(times, labels)]).await?;
                self.packed.noise(x, times, &mut given);
                eps.append(&mut given);
            }
            Ok(eps)
        }

        async fn plan(&self, pictures: usize) -> Result<Rc<Plan>, String> {
            let kept = self.plans.borrow().iter().position(|(count, _)| *count == pictures);
            let plan = match kept {
                Some(i) => self.plans.borrow_mut().remove(i).1,
                None => {
                    let recipe = self.packed.recipe(pictures);
                    Rc::new(Plan::new(&self.gpu, &recipe, std::slice::from_ref(&self.weights)).await?)
                }
            };
            let mut plans = self.plans.borrow_mut();
            if plans.len() >= KEPT {
                plans.remove(0);
            }
            plans.push((pictures, plan.clone()));
            Ok(plan)
        }
    }
}

/// A recipe that grows.
struct Steps {
    recipe: Recipe,
    pictures: usize,
    told: Span,
}

impl Steps {
    /// One convolution of `sources`, with what goes beside it.
    fn layer(&mut self, layer: &Layer, sources: &[Made], beside: &[Made]) -> Made {
        let mut shape = layer.shape;
        shape.form = Form::of(
            self.pictures,
            shape.side(),
            shape.source.quads(),
            shape.outputs,
            shape.walk,
            shape.taps,
        );
        let mut spans = vec![Recipe::lent(0, layer.at.0, layer.at.1)];
        spans.extend(sources.iter().map(|made| made.span));
        if let Some(norm) = &mut shape.norm {
            for (made, tiles) in sources.iter().zip(&mut norm.tiles) {
                let (span, count) = made.measured.expect("a norm comes after what is measured");
                spans.push(span);
                *tiles = count;
            }
        }
        if shape.told || shape.norm.is_some_and(|norm| norm.told) {
            spans.push(self.told);
        }
        spans.extend(beside.iter().map(|made| made.span));
        let pixels = self.pictures * side(shape.walk, shape.size).pow(2);
        let made = match shape.end {
            End::Picture { channels, patch } => {
                Made { span: self.recipe.own(pixels * patch * patch * channels), measured: None }
            }
            End::Quads => Made { span: self.recipe.own(pixels * 4 * shape.outputs), measured: None },
            End::Measured => {
                let span = self.recipe.own(pixels * 4 * shape.outputs);
                let tiles = shape.tiles();
                let measured = self.recipe.own(self.pictures * tiles * 8 * shape.outputs);
                Made { span, measured: Some((measured, tiles)) }
            }
        };
        spans.push(made.span);
        spans.extend(made.measured.map(|(span, _)| span));
        self.recipe.step(shape.kernel(), &spans, shape.groups(self.pictures));
        made
    }

    fn block(&mut self, block: &Block, sources: &[Made]) -> Made {
        let h = self.layer(&block.conv1, sources, &[]);
        self.layer(&block.conv2, &[h], sources)
    }
}

/// What finds weights by their names and lays them out.
struct Packing<'a, F> {
    take: &'a mut F,
    weights: Vec<f32>,
    condition: Condition,
    /// What each block is told by: [outputs, hidden] and [outputs].
    told: Vec<[Vec<f32>; 2]>,
    hidden: usize,
    scales: bool,
}

/// Which place a channel has among the quads.
type Place<'a> = &'a dyn Fn(usize) -> usize;

impl<E, F: FnMut(&str, &[usize]) -> Result<Vec<f32>, E>> Packing<'_, F> {
    fn pair(&mut self, name: &str, shape: &[usize]) -> Result<[Vec<f32>; 2], E> {
        let mut take = |kind: &str, shape: &[usize]| (self.take)(&format!("{name}.{kind}"), shape);
        Ok([take("weight", shape)?, take("bias", &shape[..1])?])
    }

    /// Room for so many vectors of four, and where it begins.
    fn room(&mut self, fours: usize) -> (usize, usize) {
        let at = (self.weights.len(), 4 * fours);
        self.weights.resize(aligned(at.0 + at.1), 0.0);
        at
    }

    fn layer(&mut self, name: &str, shape: Shape, inputs: usize, outputs: usize) -> Result<Layer, E> {
        self.mapped(name, None, None, shape, (inputs, outputs), (&|i| i, &|i| i))
    }

    /// A convolution with its norm and, of `skip` inputs, what goes beside it.
    fn mapped(
        &mut self,
        name: &str,
        norm: Option<&str>,
        skip: Option<(&str, usize)>,
        shape: Shape,
        (inputs, outputs): (usize, usize),
        (input_place, output_place): (Place, Place),
    ) -> Result<Layer, E> {
        let dimensions = [outputs, inputs, shape.taps, shape.taps];
        let [weight, mut bias] = self.pair(name, &dimensions)?;
        let places = shape.places();
        let at = self.room(places.all);
        // The first of the numbers that begin at vector `place`.
        let begin = |place: usize| at.0 + 4 * place;
        let (row, taps) = (4 * shape.outputs, shape.taps * shape.taps);
        if let Some(norm) = norm {
            let [gain, shift] = self.pair(norm, &[inputs])?;
            for i in 0..inputs {
                self.weights[begin(places.gain) + input_place(i)] = gain[i];
                self.weights[begin(places.shift) + input_place(i)] = shift[i];
            }
        }
        for (o, kernels) in weight.chunks_exact(inputs * taps).enumerate() {
            for (i, kernel) in kernels.chunks_exact(taps).enumerate() {
                let (i, o) = (input_place(i), output_place(o));
                for (tap, value) in kernel.iter().enumerate() {
                    let place = ((i / 4 * taps + tap) * 4 + i % 4) * row + o;
                    self.weights[begin(places.weight) + place] = *value;
                }
            }
        }
        if let Some((skip, inputs)) = skip {
            let [weight, more] = self.pair(skip, &[outputs, inputs, 1, 1])?;
            for (o, row_of) in weight.chunks_exact(inputs).enumerate() {
                for (i, value) in row_of.iter().enumerate() {
                    self.weights[begin(places.skip) + i * row + output_place(o)] = *value;
                }
            }
            bias.iter_mut().zip(more).for_each(|(bias, more)| *bias += more);
        }
        for (o, value) in bias.iter().enumerate() {
            self.weights[begin(places.bias) + output_place(o)] = *value;
        }
        Ok(Layer { shape, at })
    }

    /// The block that makes `shape`'s outputs of its sources.
    fn block(&mut self, name: &str, shape: Shape, norm: Option<Norm>) -> Result<Block, E> {
        let part = |kind: &str| format!("{name}.{kind}");
        let (inputs, outputs) = (4 * shape.source.quads(), 4 * shape.outputs);
        // Both read it from their first vector: where the block's own share begins, and a picture's length.
        let begin = self.told.iter().map(|[_, bias]| bias.len() / 4).sum::<usize>() as f32;
        let header = [begin, self.condition.stride() as f32];
        let same = |i: usize| i;
        let first = Shape { norm, told: !self.scales, ..shape };
        let conv1 =
            self.mapped(&part("conv1"), Some(&part("gn1")), None, first, (inputs, outputs), (&same, &same))?;
        let (beside, skip_name) = match shape.source {
            _ if inputs == outputs => (Beside::Same, None),
            Source::Quads(a, b) => (Beside::Skip(a, b), Some(part("skip"))),
            Source::Picture { .. } => unreachable!("blocks come after the first convolution"),
        };
        let second = Shape {
            source: Source::Quads(shape.outputs, 0),
            norm: norm.map(|norm| Norm { told: self.scales, ..norm }),
            beside,
            ..shape
        };
        let skip = skip_name.as_deref().map(|name| (name, inputs));
        let conv2 = self.mapped(
            &part("conv2"),
            Some(&part("gn2")),
            skip,
            second,
            (outputs, outputs),
            (&same, &same),
        )?;
        for layer in [&conv1, &conv2] {
            self.weights[layer.at.0..][..2].copy_from_slice(&header);
        }
        let width = if self.scales { 2 * outputs } else { outputs };
        let hidden = self.hidden;
        let told = self.pair(&part("temb"), &[width, hidden])?;
        self.told.push(told);
        Ok(Block { conv1, conv2 })
    }

    /// What comes before all blocks, and what each is told, side by side.
    fn condition(&mut self, frequencies: usize, hidden: usize) -> Result<(usize, usize), E> {
        let condition = self.condition;
        let places = condition.places();
        let at = self.room(places.all);
        let [first, first_bias] = self.pair("time1", &[hidden, 2 * frequencies])?;
        let [second, second_bias] = self.pair("time2", &[hidden, hidden])?;
        let mut put =
            |matrix: usize, bias: usize, stride: usize, from: usize, weight: &[f32], biases: &[f32]| {
                let inputs = weight.len() / biases.len();
                for (o, (row, value)) in weight.chunks_exact(inputs).zip(biases).enumerate() {
                    self.weights[at.0 + 4 * bias + from + o] = *value;
                    for (i, value) in row.iter().enumerate() {
                        self.weights[at.0 + 4 * (matrix + i * stride) + from + o] = *value;
                    }
                }
            };
        put(places.first, places.first_bias, condition.hidden, 0, &first, &first_bias);
        put(places.second, places.second_bias, condition.hidden, 0, &second, &second_bias);
        let mut from = 0;
        for [weight, bias] in &self.told {
            put(places.blocks, places.blocks_bias, condition.stride(), from, weight, bias);
            from += bias.len();
        }
        Ok(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each number is its place in its own array.
    fn numbered(_: &str, shape: &[usize]) -> Result<Vec<f32>, SizeError> {
        Ok((0..shape.iter().product()).map(|i| i as f32).collect())
    }

    fn packed(config: &UNetConfig) -> PackedUNet {
        PackedUNet::new(config, &mut numbered).expect("these sizes can be built")
    }

    fn odd() -> UNetConfig {
        // 13 quads, heads of 13 numbers, sides of 12 and 6.
        let channels = vec![52, 104];
        UNetConfig {
            image_size: 12,
            channels,
            groups: 4,
            attention_heads: 8,
            attention_level: 1,
            ..UNetConfig::w1()
        }
    }

    #[test]
    fn weights_lie_where_the_kernels_look() {
        let packed = packed(&odd());
        let Layer { shape, at } = &packed.d[0].conv2;
        let places = shape.places();
        let weight = |i: usize, tap: usize, o: usize| {
            packed.weights[at.0 + 4 * (places.weight + (i / 4 * 9 + tap) * 4 * 13 + i % 4 * 13) + o]
        };
        for (i, tap, o) in [(0, 0, 0), (5, 7, 2), (51, 8, 51)] {
            assert_eq!(weight(i, tap, o), ((o * 52 + i) * 9 + tap) as f32);
        }
        assert_eq!(packed.weights[at.0 + 4 * places.bias + 7], 7.0);
        assert_eq!(packed.weights[at.0 + 4 * places.gain + 3], 3.0);
        // u1's share comes after those of d0, d1 and u0: 13 + 26 + 13 quads.
        assert_eq!(packed.weights[packed.u[1].conv1.at.0], 52.0);
        assert_eq!(packed.weights[packed.u[1].conv1.at.0 + 1], packed.condition.stride() as f32);
    }

    #[test]
    fn heads_have_whole_quads() {
        let packed = packed(&odd());
        let Layer { shape, at } = &packed.qkv;
        // 3 of 8 heads of 13 in 16; number 13 of the outputs begins the second head.
        assert_eq!(4 * shape.outputs, 3 * 8 * 16);
        let bias = &packed.weights[at.0 + 4 * shape.places().bias..][..384];
        assert_eq!((bias[12], bias[13], bias[15], bias[16], bias[16 * 8]), (12.0, 0.0, 0.0, 13.0, 104.0));
    }

    #[test]
    fn a_call_is_few_dispatches_and_every_pixel_is_made_once() {
        assert_eq!(packed(&UNetConfig::w1()).recipe(1).steps.len(), 22);
        for config in [UNetConfig::w1(), UNetConfig::digits(), UNetConfig::buildings(), odd()] {
            let packed = packed(&config);
            for pictures in [1, 2, 7, 16, 64] {
                let recipe = packed.recipe(pictures);
                let picture = config.image_channels * config.image_size.pow(2);
                assert_eq!(recipe.answers.iter().map(|span| span.count).sum::<usize>(), pictures * picture);
                for layer in packed.d.iter().chain(&packed.u).flat_map(|block| [&block.conv1, &block.conv2]) {
                    let mut shape = layer.shape;
                    let inputs = shape.source.quads();
                    shape.form =
                        Form::of(pictures, shape.side(), inputs, shape.outputs, shape.walk, shape.taps);
                    let Form { wide, high, quads, .. } = shape.form;
                    let [tiles, parts, _] = shape.groups(pictures);
                    assert_eq!(tiles * wide * high, shape.side().pow(2));
                    assert_eq!(parts * quads, shape.outputs);
                    assert!(shape.side().is_multiple_of(wide) && shape.side().is_multiple_of(high));
                }
            }
        }
    }

    #[test]
    fn the_number_of_pictures_is_in_no_shader() {
        let packed = packed(&UNetConfig::buildings());
        let texts = |pictures: usize| -> Vec<String> {
            packed.recipe(pictures).steps.into_iter().map(|step| step.kernel.text).collect()
        };
        assert_eq!(texts(1), texts(4));
        assert_eq!(texts(5), texts(64));
        assert_ne!(texts(1), texts(16));
    }
}
