//! The causal transformer of [`gpt`](super::gpt) with softmax over fused operators: the same weights, sizes and answers, one text at a
//! time. Places are rotary unless [`FusedGpt::placed`] says otherwise.

pub mod broken;
pub mod gradient;
mod places;
pub mod recurrent;

use super::gpt_config::GptConfig;
use super::reading::{HeadsHost, ReadingHost, ReadingShape};
use super::size::SizeError;
use crate::attention::{
    mixing::{Kernel, Mixing, Sight},
    position::Position,
    surgery::{LayerEdit, MASKED, Surgery},
};
use crate::fused::{
    activation::{gelu, softmax},
    linear::Linear,
    matrix::{Panels, Start},
    norm::layer_norm,
    rotary::Turns,
};
use gradient::Layout;
use places::Places;

/// Rows whose scores are reckoned together; what they cannot see of each other is thrown away.
const BLOCK: usize = 16;

#[derive(Debug)]
pub struct FusedGpt {
    config: GptConfig,
    /// [V, d]
    emb: Vec<f32>,
    layers: Vec<Layer>,
    lnf: Norm,
    head: Linear,
    turns: Turns,
    placed: Option<Placed>,
}

/// Other places than rotary ones, and how far heads see.
#[derive(Debug)]
struct Placed {
    places: Places,
    sights: Vec<Sight>,
}

#[derive(Debug)]
struct Norm {
    gain: Vec<f32>,
    bias: Vec<f32>,
}

#[derive(Debug)]
struct Layer {
    ln1: Norm,
    qkv: Linear,
    proj: Linear,
    mlp: Option<Mlp>,
}

#[derive(Debug)]
struct Mlp {
    norm: Norm,
    fc1: Linear,
    fc2: Linear,
}

/// Keys and values of all positions that were read.
#[derive(Clone, Debug)]
pub struct FusedCache {
    /// By layer and head.
    heads: Vec<Vec<Memory>>,
    length: usize,
}

/// What one head remembers.
#[derive(Clone, Debug)]
struct Memory {
    /// Divided by √dh. [dh, context]
    keys: Panels,
    /// [context, dh]
    values: Panels,
}

impl FusedCache {
    /// How many positions it holds.
    pub fn len(&self) -> usize {
        self.length
    }

    pub fn is_empty(&self) -> bool {
        self.length == 0
    }
}

/// What a reading gives: the scores of every next token [N, V], each layer's weights [H, N, T], and the rest if it was asked for.
pub struct Pass {
    pub logits: Vec<f32>,
    pub weights: Vec<Vec<f32>>,
    rest: Option<Rest>,
}

struct Rest {
    lens: Vec<Vec<f32>>,
    /// Without their weights.
    layers: Vec<HeadsHost>,
}

impl FusedGpt {
    /// Whether these operators have a form for it: numbers go in fours.
    pub fn takes(config: &GptConfig) -> bool {
        config.width.is_multiple_of(4)
    }

    /// The network of `config` with the weights that `take` finds by their names and shapes, which are those of
    /// [`Gpt`](super::gpt::Gpt).
    pub fn new<E: From<SizeError>>(
        config: &GptConfig,
        take: &mut impl FnMut(&str, &[usize]) -> Result<Vec<f32>, E>,
    ) -> Result<Self, E> {
        config.check()?;
        let GptConfig { ref vocabulary, context, width: d, layers, heads, mlp, tied } = *config;
        let v = vocabulary.len();
        let emb = take("emb.weight", &[v, d])?;
        let norm = |take: &mut _, name: &str| Norm::new(take, name, d);
        let linear = |take: &mut _, name: &str, i, o| Self::linear(take, name, i, o);
        let mut all = Vec::with_capacity(layers);
        for l in (0..layers).map(|l| format!("l{l}")) {
            all.push(Layer {
                ln1: norm(take, &format!("{l}.ln1"))?,
                qkv: linear(take, &format!("{l}.qkv"), d, 3 * d)?,
                proj: linear(take, &format!("{l}.proj"), d, d)?,
                mlp: match mlp {
                    0 => None,
                    _ => Some(Mlp {
                        norm: norm(take, &format!("{l}.ln2"))?,
                        fc1: linear(take, &format!("{l}.fc1"), d, mlp)?,
                        fc2: linear(take, &format!("{l}.fc2"), mlp, d)?,
                    }),
                },
            });
        }
        let lnf = norm(take, "lnf")?;
        let head = match tied {
            true => Linear::new(d, v, &emb, &[]),
            false => Linear::new(d, v, &take("head.weight", &[v, d])?, &[]),
        };
        let half = d / heads / 2;
        let frequency = |i: usize| libm::exp(-libm::log(10_000.0) * i as f64 / half as f64);
        let frequencies: Vec<f64> = (0..half).map(frequency).collect();
        let turns = Turns::new(&frequencies, context);
        Ok(Self { config: config.clone(), emb, layers: all, lnf, head, turns, placed: None })
    }

    /// The same network, whose heads tell places apart and see as `mixing` says; what they learnt of places stands in `weights`, as
    /// `layout` says.
    ///
    /// # Panics
    /// It reads token by token, so nobody looks ahead and all is of softmax; and what is remembered of a token is turned once, so
    /// places do not stretch.
    pub fn placed(mut self, mixing: &Mixing, layout: &Layout, weights: &[f32]) -> Self {
        let near = |sight: &Sight| matches!(sight, Sight::Past | Sight::Near(_));
        let stretched = matches!(mixing.position, Position::Stretched(_));
        assert!(mixing.kernel == Kernel::Softmax && mixing.sights.iter().all(near) && !stretched);
        let places = Places::new(&self, mixing, layout, weights, self.config.context);
        self.placed = Some(Placed { places, sights: mixing.sights.clone() });
        self
    }

    fn linear<E>(
        take: &mut impl FnMut(&str, &[usize]) -> Result<Vec<f32>, E>,
        name: &str,
        inputs: usize,
        outputs: usize,
    ) -> Result<Linear, E> {
        let weight = take(&format!("{name}.weight"), &[outputs, inputs])?;
        let bias = take(&format!("{name}.bias"), &[outputs])?;
        Ok(Linear::new(inputs, outputs, &weight, &bias))
    }

    pub fn layers(&self) -> usize {
        self.layers.len()
    }

    pub fn heads(&self) -> usize {
        self.config.heads
    }

    fn head_width(&self) -> usize {
        self.config.width / self.config.heads
    }

    /// Nothing was read.
    pub fn cache(&self) -> FusedCache {
        let (dh, context) = (self.head_width(), self.config.context);
        let one = Memory { keys: Panels::zeros(dh, context), values: Panels::zeros(context, dh) };
        FusedCache { heads: vec![vec![one; self.config.heads]; self.layers.len()], length: 0 }
    }

    /// The cache of a text of `length` tokens from each layer's keys and values, [H, length, dh] each.
    pub fn cache_of(&self, layers: &[[Vec<f32>; 2]], length: usize) -> FusedCache {
        let (dh, mut cache) = (self.head_width(), self.cache());
        for (memories, [keys, values]) in cache.heads.iter_mut().zip(layers) {
            for (h, memory) in memories.iter_mut().enumerate() {
                for at in 0..length {
                    let row = (h * length + at) * dh..(h * length + at + 1) * dh;
                    memory.remember(at, &keys[row.clone()], &values[row]);
                }
            }
        }
        cache.length = length;
        cache
    }

    /// Reads `tokens` after what `cache` holds and shows all that happens; see [`Gpt::read`](super::gpt::Gpt::read).
    pub fn read(&self, tokens: &[usize], cache: &mut FusedCache, surgery: &Surgery) -> ReadingHost {
        let (n, sight) = (tokens.len(), cache.length + tokens.len());
        let Pass { logits, weights, rest } = self.pass(tokens, cache, surgery, true);
        let Rest { lens, mut layers } = rest.expect("everything was asked for");
        layers.iter_mut().zip(weights).for_each(|(layer, weights)| layer.weights = weights);
        let shape = ReadingShape {
            layers: layers.len(),
            heads: self.config.heads,
            tokens: n,
            sight,
            head_width: self.head_width(),
            vocabulary: self.config.vocabulary.len(),
        };
        ReadingHost { shape, logits, lens, layers }
    }

    /// Reads `tokens` after what `cache` holds; `all` asks for everything, otherwise only scores and weights come back.
    pub fn pass(&self, tokens: &[usize], cache: &mut FusedCache, surgery: &Surgery, all: bool) -> Pass {
        let GptConfig { width: d, heads, context, .. } = self.config;
        let (start, n) = (cache.length, tokens.len());
        assert!(n > 0, "there is nothing to read");
        assert!(start + n <= context, "{} positions, the network knows {context}", start + n);
        let mut x = self.embedded(tokens);
        if let Some(placed) = &self.placed {
            placed.places.enter(start, d, &mut x);
        }
        let mut normed = vec![0.0; n * d];
        let mut qkv = vec![0.0; 3 * n * d];
        let mut rest = all.then(|| Rest { lens: Vec::new(), layers: Vec::new() });
        let mut weights = Vec::with_capacity(self.layers.len());
        for (i, (layer, memories)) in self.layers.iter().zip(&mut cache.heads).enumerate() {
            if let Some(rest) = &mut rest {
                rest.lens.push(self.unembed(&x));
            }
            let edit = (!surgery.is_none()).then(|| surgery.layer(i, heads, start, n));
            layer.ln1.forward(&x, &mut normed);
            layer.qkv.forward(&normed, &mut qkv);
            if self.placed.as_ref().is_none_or(|placed| placed.places.rotary) {
                self.turn(start, &mut qkv, 1.0);
            }
            let seen = rest.as_mut().map(|rest| {
                rest.layers.push(self.heads_of(&qkv, n));
                rest.layers.last_mut().expect("it was pushed")
            });
            // The heads' outputs take the place of what they came from.
            weights.push(self.attend(i, &qkv, start, memories, edit.as_ref(), seen, &mut normed));
            if edit.as_ref().is_none_or(|edit| edit.attention) {
                add(&mut x, &layer.proj, &normed);
            }
            if let Some(Mlp { norm, fc1, fc2 }) =
                layer.mlp.as_ref().filter(|_| edit.is_none_or(|edit| edit.mlp))
            {
                norm.forward(&x, &mut normed);
                let mut hidden = vec![0.0; n * fc1.outputs()];
                fc1.forward(&normed, &mut hidden);
                gelu(&mut hidden);
                add(&mut x, fc2, &hidden);
            }
        }
        cache.length += n;
        let logits = self.unembed(&x);
        if let Some(rest) = &mut rest {
            rest.lens.push(logits.clone());
        }
        Pass { logits, weights, rest }
    }

    /// The rows of `tokens`. [N, d]
    fn embedded(&self, tokens: &[usize]) -> Vec<f32> {
        let d = self.config.width;
        let rows: Vec<&[f32]> = tokens.iter().map(|&t| &self.emb[t * d..(t + 1) * d]).collect();
        rows.concat()
    }

    /// head(LN(x)) [N, V]
    fn unembed(&self, x: &[f32]) -> Vec<f32> {
        let mut normed = vec![0.0; x.len()];
        self.lnf.forward(x, &mut normed);
        let mut logits = vec![0.0; x.len() / self.config.width * self.head.outputs()];
        self.head.forward(&normed, &mut logits);
        logits
    }

    /// Turns the positions from `start` on into queries and keys, by `way` 1, or out of their slopes, by −1. qkv is [N, 3 d].
    fn turn(&self, start: usize, qkv: &mut [f32], way: f32) {
        let GptConfig { width: d, heads, .. } = self.config;
        for (i, row) in qkv.chunks_exact_mut(3 * d).enumerate() {
            row[..2 * d].chunks_exact_mut(d / heads).for_each(|head| self.turns.turn(start + i, head, way));
        }
    }

    /// W = softmax(Q Kᵀ/√dh + mask) of every head of layer `l`, after the new keys and values were remembered, [H, N, T] with
    /// T = start + N; the mask is [`MASKED`] where j > start + i. The heads give W V. In tensors `nn::causal` and `nn::mixers`, on WebGPU
    /// `gpu::gpt`, `attend` of many tokens and of one; backward [`gradient`].
    ///
    /// # Shapes
    /// - qkv: [N, 3 d]
    /// - output: [N, d]
    #[expect(clippy::too_many_arguments, reason = "what a layer has, and what is made of it")]
    fn attend(
        &self,
        l: usize,
        qkv: &[f32],
        start: usize,
        memories: &mut [Memory],
        edit: Option<&LayerEdit>,
        mut seen: Option<&mut HeadsHost>,
        output: &mut [f32],
    ) -> Vec<f32> {
        let GptConfig { width: d, heads, .. } = self.config;
        let (dh, n) = (d / heads, output.len() / d);
        let sight = start + n;
        let mut weights = vec![0.0; heads * n * sight];
        for (h, (memory, weights)) in memories.iter_mut().zip(weights.chunks_exact_mut(n * sight)).enumerate()
        {
            for (i, row) in qkv.chunks_exact(3 * d).enumerate() {
                memory.remember(start + i, &row[d + h * dh..][..dh], &row[2 * d + h * dh..][..dh]);
            }
            for from in (0..n).step_by(BLOCK) {
                let rows = BLOCK.min(n - from);
                // Later positions are reckoned only where somebody wants to see them.
                let far = if seen.is_some() { sight } else { start + from + rows };
                let (q, w) = (&qkv[from * 3 * d + h * dh..], &mut weights[from * sight..]);
                memory.keys.multiply_part(q, 3 * d, rows, dh, far, Start::Zero, w, sight);
            }
            let cells = h * n * sight..(h + 1) * n * sight;
            if let Some(Placed { places, .. }) = &self.placed {
                for (i, row) in weights.chunks_exact_mut(sight).enumerate() {
                    places.lean(l, h, &mut row[..start + i + 1]);
                }
            }
            if let Some(seen) = &mut seen {
                seen.scores.extend_from_slice(weights);
            }
            for (i, row) in weights.chunks_exact_mut(sight).enumerate() {
                let (past, later) = row.split_at_mut(start + i + 1);
                let near = self.placed.as_ref().map(|placed| placed.sights[h % placed.sights.len()]);
                let from = near.map_or(0, |sight| sight.of(start + i, start + i + 1).start);
                let hidden = edit.map(|edit| &edit.hidden[cells.start + i * sight..][..past.len()]);
                // Where all that is near is hidden, a row reads itself.
                let blind = hidden.is_some_and(|hidden| hidden[from..].iter().all(|hidden| *hidden));
                past[..from].iter_mut().for_each(|s| *s += MASKED);
                if let Some(hidden) = hidden {
                    for (k, s) in past.iter_mut().enumerate().skip(from) {
                        let own = blind && k == start + i;
                        if hidden[k] && !own {
                            *s += MASKED;
                        }
                    }
                }
                if let Some(seen) = &mut seen {
                    seen.masked.extend_from_slice(past);
                    seen.masked.extend(later.iter().map(|s| s + MASKED));
                }
                softmax(past);
                later.fill(0.0);
            }
            if let Some(rows) = edit.and_then(|edit| edit.rows.as_ref()) {
                for (i, row) in weights.chunks_exact_mut(sight).enumerate() {
                    let at = cells.start + i * sight;
                    if !rows.edited[at] {
                        continue;
                    }
                    let of = |values: &[f32], k: usize| values[at + k];
                    let past = start + i + 1;
                    let free: Vec<f32> =
                        (0..past).map(|k| row[k] * of(&rows.free, k) + of(&rows.even, k)).collect();
                    let share = rows.rest[h * n + i] / free.iter().sum::<f32>();
                    (0..past).for_each(|k| row[k] = of(&rows.fixed, k) + free[k] * share);
                }
            }
            for from in (0..n).step_by(BLOCK) {
                let rows = BLOCK.min(n - from);
                let (w, out) = (&weights[from * sight..], &mut output[from * d + h * dh..]);
                memory.values.multiply_part(w, sight, rows, start + from + rows, dh, Start::Zero, out, d);
            }
            if let Some(gain) = edit.and_then(|edit| edit.gain.as_ref()) {
                let rows = output.chunks_exact_mut(d).flat_map(|row| &mut row[h * dh..(h + 1) * dh]);
                rows.for_each(|out| *out *= gain[h]);
            }
            if let Some(seen) = &mut seen {
                output.chunks_exact(d).for_each(|row| seen.out.extend_from_slice(&row[h * dh..(h + 1) * dh]));
            }
        }
        weights
    }

    /// Queries, keys and values, [H, N, dh] each; the rest is still to come.
    fn heads_of(&self, qkv: &[f32], n: usize) -> HeadsHost {
        let GptConfig { width: d, heads, .. } = self.config;
        let dh = d / heads;
        let part = |which: usize| {
            let row = move |h: usize, i: usize| &qkv[i * 3 * d + which * d + h * dh..][..dh];
            let rows: Vec<&[f32]> = (0..heads).flat_map(|h| (0..n).map(move |i| row(h, i))).collect();
            rows.concat()
        };
        let later = Vec::new;
        HeadsHost {
            q: part(0),
            k: part(1),
            v: part(2),
            scores: later(),
            masked: later(),
            weights: later(),
            out: later(),
        }
    }
}

/// x + y(from)
fn add(x: &mut [f32], of: &Linear, from: &[f32]) {
    let mut y = vec![0.0; x.len()];
    of.forward(from, &mut y);
    x.iter_mut().zip(&y).for_each(|(x, y)| *x += y);
}

impl Norm {
    fn new<E>(
        take: &mut impl FnMut(&str, &[usize]) -> Result<Vec<f32>, E>,
        name: &str,
        width: usize,
    ) -> Result<Self, E> {
        let mut one = |kind: &str| take(&format!("{name}.{kind}"), &[width]);
        Ok(Self { gain: one("weight")?, bias: one("bias")? })
    }

    fn forward(&self, x: &[f32], output: &mut [f32]) {
        layer_norm(x, &self.gain, &self.bias, output);
    }
}

impl Memory {
    fn remember(&mut self, at: usize, key: &[f32], value: &[f32]) {
        let scale = 1.0 / (key.len() as f32).sqrt();
        self.keys.set_column(at, key, scale);
        self.values.set_row(at, value);
    }
}
