//! How a transformer's surprise at what comes next falls: the gradient by all its weights.

use super::{
    FusedGpt, Norm,
    places::{self, Places},
};
use crate::attention::{
    mixing::{Mixing, Sight},
    position::Position,
};
use crate::fused::{
    activation::{gelu, softmax},
    gradient::{self, outer},
    linear::Linear,
    matrix::{Panels, Start},
};
use crate::models::gpt_config::GptConfig;
use std::collections::BTreeMap;
use std::ops::Range;

/// Where each parameter stands in the row of all.
pub type Layout = BTreeMap<String, Range<usize>>;

/// Where each parameter of a network of `config` stands, in the order of [`GptConfig::parameters`].
pub fn layout(config: &GptConfig) -> Layout {
    let mut at = 0;
    let place = |(name, shape): (String, Vec<usize>)| {
        let from = at;
        at += shape.iter().product::<usize>();
        (name, from..at)
    };
    config.parameters().into_iter().map(place).collect()
}

/// Name and shape of what `position` lets a network of `config` learn of places besides: with a table of as many rows as the context.
pub fn placed(config: &GptConfig, position: &Position) -> Vec<(String, Vec<usize>)> {
    if *position == Position::Learned {
        return vec![(places::TABLE.to_owned(), vec![config.context, config.width])];
    }
    let shape = position.learns(config.heads);
    shape.iter().flat_map(|shape| (0..config.layers).map(|l| (places::numbers(l), shape.to_vec()))).collect()
}

/// Texts to learn from: B of T tokens each.
pub struct Texts<'a> {
    /// What is read. [B · T]
    pub read: &'a [usize],
    /// What comes next. [B · T]
    pub next: &'a [usize],
    /// How much each counts. [B · T]
    pub counts: &'a [f32],
    /// T
    pub length: usize,
}

/// What a layer's backward pass needs of its forward one.
struct Kept {
    /// Before the heads. [N, d]
    x: Vec<f32>,
    normed: Vec<f32>,
    /// Positions turned in. [N, 3 d]
    qkv: Vec<f32>,
    /// [B, H, T, T]
    weights: Vec<f32>,
    /// What each row of them was divided by. [B, H, T]
    sums: Vec<f32>,
    /// [N, d]
    out: Vec<f32>,
    mlp: Option<KeptMlp>,
}

struct KeptMlp {
    /// Before the small network. [N, d]
    x: Vec<f32>,
    normed: Vec<f32>,
    /// Before and after GELU. [N, mlp]
    z: Vec<f32>,
    hidden: Vec<f32>,
}

/// The network of `config` whose weights stand in `weights` as `layout` says.
pub(super) fn network(config: &GptConfig, layout: &Layout, weights: &[f32]) -> FusedGpt {
    let take = &mut |name: &str, _: &[usize]| {
        let range = layout.get(name).unwrap_or_else(|| panic!("the layout lacks {name}"));
        Ok::<_, crate::models::size::SizeError>(weights[range.clone()].to_vec())
    };
    FusedGpt::new(config, take).expect("sizes of a network that is there")
}

/// What a network with other heads answers and how its heads looked.
pub struct Answer {
    /// Scores of every next token. [B · T, V]
    pub logits: Vec<f32>,
    /// Each layer's weights. [B, H, T, T]
    pub maps: Vec<Vec<f32>>,
    /// Each layer's queries, keys and values, positions turned in. [B · T, 3 d]
    pub heads: Vec<Vec<f32>>,
}

/// What a network says of texts of `length` tokens each, with the heads of `mixing`.
pub fn answer(
    config: &GptConfig,
    mixing: &Mixing,
    layout: &Layout,
    weights: &[f32],
    read: &[usize],
    length: usize,
) -> Answer {
    let network = network(config, layout, weights);
    let texts = Texts { read, next: &[], counts: &[], length };
    let places = Places::new(&network, mixing, layout, weights, length);
    let (kept, x) = network.forward(mixing, &places, &texts);
    let logits = applied(&network.head, &normed(&network.lnf, &x));
    let (maps, heads) = kept.into_iter().map(|layer| (layer.weights, layer.qkv)).unzip();
    Answer { logits, maps, heads }
}

/// −ln p(next) of each token [B · T], and the gradient of Σ counts · surprise by the weights, which stand in `weights` as `layout`
/// says. The heads mix as `mixing` says, which may not be stretched.
pub fn surprise(
    config: &GptConfig,
    mixing: &Mixing,
    layout: &Layout,
    weights: &[f32],
    texts: &Texts<'_>,
) -> (Vec<f32>, Vec<f32>) {
    let network = network(config, layout, weights);
    let places = Places::new(&network, mixing, layout, weights, texts.length);
    assert!(places.scales.is_none(), "nothing learns with stretched places");
    let (kept, x) = network.forward(mixing, &places, texts);
    let gradients = vec![0.0; weights.len()];
    let mut backward =
        Backward { network: &network, mixing, places: &places, layout, weights, texts, gradients };
    let surprise = backward.all(&kept, &x);
    (surprise, backward.gradients)
}

fn applied(layer: &Linear, x: &[f32]) -> Vec<f32> {
    let mut y = vec![0.0; x.len() / layer.inputs() * layer.outputs()];
    layer.forward(x, &mut y);
    y
}

fn normed(norm: &Norm, x: &[f32]) -> Vec<f32> {
    let mut y = vec![0.0; x.len()];
    norm.forward(x, &mut y);
    y
}

fn plus(x: &[f32], by: &[f32]) -> Vec<f32> {
    x.iter().zip(by).map(|(x, by)| x + by).collect()
}

impl FusedGpt {
    /// All layers' work, and the residual stream after the last. [N, d]
    fn forward(&self, mixing: &Mixing, places: &Places, texts: &Texts<'_>) -> (Vec<Kept>, Vec<f32>) {
        let d = self.config.width;
        let (row, stream) = (texts.length * 3 * d, texts.length * d);
        let mut x = self.embedded(texts.read);
        x.chunks_exact_mut(stream).for_each(|text| places.enter(0, d, text));
        let mut all = Vec::with_capacity(self.layers.len());
        for (layer, added) in self.layers.iter().zip(&places.added) {
            let normed1 = normed(&layer.ln1, &x);
            let mut qkv = applied(&layer.qkv, &normed1);
            // What stands further back than distances go is read without turning keys.
            let raw = (places.held < texts.length).then(|| qkv.clone());
            qkv.chunks_exact_mut(row).for_each(|text| places.turn(self, text, 1.0));
            let how = How { mixing, places, added: added.as_deref(), raw: raw.as_deref() };
            let Mixed { weights, sums, out } = self.mix(&how, &qkv, texts.length);
            let after = plus(&x, &applied(&layer.proj, &out));
            let mut kept = Kept { x, normed: normed1, qkv, weights, sums, out, mlp: None };
            x = match &layer.mlp {
                None => after,
                Some(mlp) => {
                    let normed2 = normed(&mlp.norm, &after);
                    let z = applied(&mlp.fc1, &normed2);
                    let mut hidden = z.clone();
                    gelu(&mut hidden);
                    let end = plus(&after, &applied(&mlp.fc2, &hidden));
                    kept.mlp = Some(KeptMlp { x: after, normed: normed2, z, hidden });
                    end
                }
            };
            all.push(kept);
        }
        (all, x)
    }

    fn mix(&self, how: &How<'_>, qkv: &[f32], t: usize) -> Mixed {
        let GptConfig { width: d, heads, .. } = self.config;
        let How { mixing, places, added, raw } = *how;
        let (dh, n, row) = (d / heads, qkv.len() / (3 * d), 3 * d);
        let kernel = mixing.kernel;
        let (mut weights, mut out) = (vec![0.0; n * heads * t], vec![0.0; n * d]);
        let mut sums = vec![0.0; n * heads];
        let (mut keys, mut values) = (Panels::zeros(dh, t), Panels::zeros(t, dh));
        for (at, (weights, sums)) in weights.chunks_exact_mut(t * t).zip(sums.chunks_exact_mut(t)).enumerate()
        {
            let (text, h) = (at / heads, at % heads);
            let far = raw.map(|raw| self.far(places, &raw[text * t * row..], h, t));
            let (qkv, sight) = (&qkv[text * t * row..], mixing.sight(h));
            let [q, k] = [h * dh, d + h * dh].map(|from| {
                let mut features = columns(&qkv[from..], row, t, dh);
                kernel.features(&mut features);
                features
            });
            keys.turned(&k, dh, kernel.scale(dh));
            values.rows(&qkv[2 * d + h * dh..], row, 1.0);
            for (from, rows) in blocks(t) {
                let end = reach(sight, from, rows, t);
                let w = &mut weights[from * t..];
                keys.multiply_part(&q[from * dh..], dh, rows, dh, end, Start::Zero, w, t);
                for (i, row) in w.chunks_exact_mut(t).take(rows).enumerate() {
                    let range = sight.of(from + i, t);
                    row[..range.start].fill(0.0);
                    row[range.end..].fill(0.0);
                    if let Some(far) = &far {
                        let until = (from + i).saturating_sub(places.held);
                        row[..until].copy_from_slice(&far[(from + i) * t..][..until]);
                        row[..range.start].fill(0.0);
                    }
                    if let Some(scales) = &places.scales {
                        row[range.clone()].iter_mut().for_each(|score| *score *= scales[from + i]);
                    }
                    if let Some(added) = added {
                        let added = &added[h * t..(h + 1) * t];
                        let each = row[range.clone()].iter_mut().zip(range.clone());
                        each.for_each(|(score, j)| *score += added[j.abs_diff(from + i)]);
                    }
                    sums[from + i] = kernel.weigh(&mut row[range.clone()], from + i, &range);
                }
                let out = &mut out[(text * t + from) * d + h * dh..];
                values.multiply_part(w, t, rows, end, dh, Start::Zero, out, d);
            }
        }
        Mixed { weights, sums, out }
    }

    /// The scores of head `h` in a text whose queries and keys `raw` are not turned, where all keys stand as far back as distances go.
    /// [T, T]
    fn far(&self, places: &Places, raw: &[f32], h: usize, t: usize) -> Vec<f32> {
        let GptConfig { width: d, heads, .. } = self.config;
        let dh = d / heads;
        let [q, k] = [h * dh, d + h * dh].map(|from| columns(&raw[from..], 3 * d, t, dh));
        let mut keys = Panels::zeros(dh, t);
        keys.turned(&k, dh, 1.0 / (dh as f32).sqrt());
        let mut scores = vec![0.0; t * t];
        keys.multiply(&places.far(q, dh), Start::Zero, &mut scores);
        scores
    }
}

/// How the heads of a layer mix.
#[derive(Clone, Copy)]
struct How<'a> {
    mixing: &'a Mixing,
    places: &'a Places,
    /// What is added to scores at each distance. [H, T]
    added: Option<&'a [f32]>,
    /// Queries and keys before they are turned, where some stand further back than distances go. [N, 3 d]
    raw: Option<&'a [f32]>,
}

/// What the heads of a layer did.
struct Mixed {
    /// [B, H, T, T]
    weights: Vec<f32>,
    /// [B, H, T]
    sums: Vec<f32>,
    /// [N, d]
    out: Vec<f32>,
}

/// The first `dh` columns of `t` rows that are `stride` apart, next to each other.
fn columns(values: &[f32], stride: usize, t: usize, dh: usize) -> Vec<f32> {
    let rows: Vec<&[f32]> = values.chunks(stride).take(t).map(|row| &row[..dh]).collect();
    rows.concat()
}

/// Rows that see about as far: where they begin, and how many.
fn blocks(t: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..t).step_by(super::BLOCK).map(move |from| (from, super::BLOCK.min(t - from)))
}

/// How many positions from the beginning a block of rows may see.
fn reach(sight: Sight, from: usize, rows: usize, t: usize) -> usize {
    (from..from + rows).map(|i| sight.of(i, t).end).max().unwrap_or(t)
}

struct Backward<'a> {
    network: &'a FusedGpt,
    mixing: &'a Mixing,
    places: &'a Places,
    layout: &'a Layout,
    weights: &'a [f32],
    texts: &'a Texts<'a>,
    gradients: Vec<f32>,
}

impl Backward<'_> {
    fn all(&mut self, kept: &[Kept], x: &[f32]) -> Vec<f32> {
        let GptConfig { ref vocabulary, width: d, tied, .. } = self.network.config;
        let normed = normed(&self.network.lnf, x);
        let mut logits = applied(&self.network.head, &normed);
        let v = vocabulary.len();
        let mut surprise = Vec::with_capacity(logits.len() / v);
        let next = self.texts.next.iter().zip(self.texts.counts);
        for (row, (&next, &count)) in logits.chunks_exact_mut(v).zip(next) {
            let score = row[next];
            let most = row.iter().fold(f32::NEG_INFINITY, |most, &s| if s < most { most } else { s });
            softmax(row);
            // −ln p: where p is next to nothing, the score says it better.
            surprise.push(if row[next] > 1e-30 {
                -libm::log(f64::from(row[next])) as f32
            } else {
                most - score
            });
            row[next] -= 1.0;
            row.iter_mut().for_each(|p| *p *= count);
        }
        let head = if tied { "emb.weight" } else { "head.weight" };
        self.outer(head, &logits, &normed, v, d);
        let mut slope = vec![0.0; normed.len()];
        self.back(head, v, d).multiply(&logits, Start::Zero, &mut slope);
        let mut dx = vec![0.0; x.len()];
        self.norm("lnf", x, &slope, &mut dx);
        for (l, kept) in kept.iter().enumerate().rev() {
            self.layer(l, kept, &mut dx);
        }
        let table = self.layout["emb.weight"].start;
        for (row, &token) in dx.chunks_exact(d).zip(self.texts.read) {
            let place = &mut self.gradients[table + token * d..][..d];
            place.iter_mut().zip(row).for_each(|(sum, dx)| *sum += dx);
        }
        if self.mixing.position == Position::Learned {
            let table = &mut self.gradients[self.layout[places::TABLE].clone()];
            dx.chunks_exact(self.texts.length * d).for_each(|text| Places::back(text, table));
        }
        surprise
    }

    /// One layer: `dx` is the slope after it, and then before it.
    fn layer(&mut self, l: usize, kept: &Kept, dx: &mut [f32]) {
        let name = format!("l{l}");
        let d = self.network.config.width;
        if let Some(KeptMlp { x, normed, z, hidden }) = &kept.mlp {
            let width = self.network.config.mlp;
            let mut slope = self.linear(&format!("{name}.fc2"), dx, hidden, d, width);
            gradient::gelu(z, &mut slope);
            let slope = self.linear(&format!("{name}.fc1"), &slope, normed, width, d);
            self.norm(&format!("{name}.ln2"), x, &slope, dx);
        }
        let slope = self.linear(&format!("{name}.proj"), dx, &kept.out, d, d);
        let (mut slope, added) = self.mix(kept, &slope);
        if let Some(range) = self.layout.get(&places::numbers(l)).filter(|_| !added.is_empty()) {
            let numbers = Position::back(&self.weights[range.clone()], &added);
            self.gradients[range.clone()].copy_from_slice(&numbers);
        }
        let texts = slope.chunks_exact_mut(self.texts.length * 3 * d);
        texts.for_each(|text| self.places.turn(self.network, text, -1.0));
        let slope = self.linear(&format!("{name}.qkv"), &slope, &kept.normed, 3 * d, d);
        self.norm(&format!("{name}.ln1"), &kept.x, &slope, dx);
    }

    /// The gradients of a linear layer, and the slope of its input, from that of its answer.
    fn linear(
        &mut self,
        name: &str,
        slope: &[f32],
        input: &[f32],
        outputs: usize,
        inputs: usize,
    ) -> Vec<f32> {
        let weight = format!("{name}.weight");
        self.outer(&weight, slope, input, outputs, inputs);
        let bias = self.layout[&format!("{name}.bias")].clone();
        gradient::rows(slope, &mut self.gradients[bias]);
        let mut before = vec![0.0; input.len()];
        self.back(&weight, outputs, inputs).multiply(slope, Start::Zero, &mut before);
        before
    }

    fn outer(&mut self, name: &str, slope: &[f32], input: &[f32], outputs: usize, inputs: usize) {
        let range = self.layout[name].clone();
        outer(slope, input, outputs, inputs, &mut self.gradients[range]);
    }

    /// A weight [out, in] as what a slope is multiplied by.
    fn back(&self, name: &str, outputs: usize, inputs: usize) -> Panels {
        let mut panels = Panels::zeros(outputs, inputs);
        panels.rows(&self.weights[self.layout[name].clone()], inputs, 1.0);
        panels
    }

    fn norm(&mut self, name: &str, x: &[f32], slope: &[f32], dx: &mut [f32]) {
        let [gain, bias] = ["weight", "bias"].map(|kind| self.layout[&format!("{name}.{kind}")].clone());
        let d = gain.len();
        let (mut d_gain, mut d_bias) = (vec![0.0; d], vec![0.0; d]);
        gradient::layer_norm(x, &self.weights[gain.clone()], slope, dx, &mut d_gain, &mut d_bias);
        self.gradients[gain].copy_from_slice(&d_gain);
        self.gradients[bias].copy_from_slice(&d_bias);
    }

    /// The slope of queries, keys and values [N, 3 d] from that of what the heads give [N, d], and that of what is added to scores at
    /// each distance [H, T], if it is learnt.
    ///
    /// dV = Wᵀ dO, dW = dO Vᵀ, dS by [`Kernel::unweigh`](crate::attention::mixing::Kernel::unweigh), of softmax W (dW − Σ W dW), dQ = dS K, dK = dSᵀ Q, both scaled as the scores are, and through the features.
    fn mix(&self, kept: &Kept, slope: &[f32]) -> (Vec<f32>, Vec<f32>) {
        let GptConfig { width: d, heads, .. } = self.network.config;
        let (t, dh, row) = (self.texts.length, d / heads, 3 * d);
        let kernel = self.mixing.kernel;
        let scale = kernel.scale(dh);
        let mut all = vec![0.0; kept.qkv.len()];
        let mut values = Panels::zeros(dh, t);
        let mut narrow = Panels::zeros(t, dh);
        let (mut ds, mut turned) = (vec![0.0; t * t], vec![0.0; t * t]);
        let (mut dq, mut dk) = (vec![0.0; t * dh], vec![0.0; t * dh]);
        let learnt = self.mixing.position.learns(heads).is_some();
        let mut added = vec![0.0; if learnt { heads * t } else { 0 }];
        for (at, (w, sums)) in kept.weights.chunks_exact(t * t).zip(kept.sums.chunks_exact(t)).enumerate() {
            let (text, head, h) = (at / heads, at % heads, at % heads * dh);
            let sight = self.mixing.sight(head);
            let (qkv, slope) = (&kept.qkv[text * t * row..], &slope[text * t * d + h..]);
            let all = &mut all[text * t * row..];
            let [raw_q, raw_k] = [h, d + h].map(|from| columns(&qkv[from..], row, t, dh));
            let [q, k] = [&raw_q, &raw_k].map(|raw| {
                let mut features = raw.clone();
                kernel.features(&mut features);
                features
            });
            narrow.rows(slope, d, 1.0);
            turn(w, &mut turned, t);
            narrow.multiply_part(&turned, t, t, t, dh, Start::Zero, &mut all[2 * d + h..], row);
            values.turned(&qkv[2 * d + h..], row, 1.0);
            narrow.rows(&k, dh, scale);
            for (from, rows) in blocks(t) {
                let far = reach(sight, from, rows, t);
                let ds = &mut ds[from * t..];
                values.multiply_part(&slope[from * d..], d, rows, dh, far, Start::Zero, ds, t);
                for (i, (ds, w)) in
                    ds.chunks_exact_mut(t).zip(w[from * t..].chunks_exact(t)).take(rows).enumerate()
                {
                    let range = sight.of(from + i, t);
                    ds[..range.start].fill(0.0);
                    ds[range.end..].fill(0.0);
                    kernel.unweigh(&w[range.clone()], sums[from + i], &mut ds[range.clone()]);
                    if learnt {
                        let each = ds[range.clone()].iter().zip(range);
                        each.for_each(|(ds, j)| added[head * t + j.abs_diff(from + i)] += ds);
                    }
                }
                narrow.multiply_part(ds, t, rows, far, dh, Start::Zero, &mut dq[from * dh..], dh);
            }
            narrow.rows(&q, dh, scale);
            turn(&ds, &mut turned, t);
            narrow.multiply_part(&turned, t, t, t, dh, Start::Zero, &mut dk, dh);
            for (raw, slope, from) in [(&raw_q, &mut dq, h), (&raw_k, &mut dk, d + h)] {
                kernel.back_to_features(raw, slope);
                for (place, slope) in all[from..].chunks_mut(row).zip(slope.chunks_exact(dh)) {
                    place[..dh].copy_from_slice(slope);
                }
            }
        }
        (all, added)
    }
}

/// The transpose of a square matrix.
fn turn(matrix: &[f32], turned: &mut [f32], t: usize) {
    for (i, row) in matrix.chunks_exact(t).enumerate() {
        row.iter().enumerate().for_each(|(j, value)| turned[j * t + i] = *value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attention::mixing::Kernel;

    fn number(i: usize) -> f32 {
        ((i * 7919 + 13) % 1009) as f32 / 1009.0 - 0.5
    }

    /// By differences of the loss in f32, of everything that is not too small to be seen in them, for every kernel and every sight.
    /// tests/fused.rs has the causal softmax against automatic derivatives.
    #[test]
    fn gradients_are_differences_of_the_loss() {
        let sights = [Sight::Past, Sight::Later, Sight::Both, Sight::Prefix(7)];
        let kernels = [Kernel::Softmax, Kernel::Elu1, Kernel::Relu2, Kernel::Decay(0.8)];
        for (case, kernel) in kernels.into_iter().enumerate() {
            let tied = case % 2 == 1;
            let config = GptConfig {
                vocabulary: "abcdefg".chars().collect(),
                context: 20,
                width: 8,
                layers: 2,
                heads: 4,
                mlp: if tied { 0 } else { 12 },
                tied,
            };
            let mixing = Mixing {
                kernel,
                sights: sights.to_vec(),
                position: if case != 2 { Position::Rotary } else { Position::None },
            };
            let layout = layout(&config);
            let count = layout.values().map(|range| range.end).max().unwrap();
            let weights: Vec<f32> = (0..count).map(|i| 2.0 * number(i)).collect();
            let tokens = |shift: usize| (0..40).map(|i| (i * i + 3 * i + shift) % 7).collect::<Vec<_>>();
            let counts: Vec<f32> = (0..40).map(|i| 0.02 + 0.03 * f32::from(i % 3 == 0)).collect();
            let (read, next) = (tokens(0), tokens(2));
            let texts = Texts { read: &read, next: &next, counts: &counts, length: 20 };
            let loss = |weights: &[f32]| -> f64 {
                let (surprise, _) = surprise(&config, &mixing, &layout, weights, &texts);
                surprise.iter().zip(&counts).map(|(s, c)| f64::from(*s) * f64::from(*c)).sum()
            };
            let (_, gradients) = surprise(&config, &mixing, &layout, &weights, &texts);
            let mut wrong = 0;
            for i in (0..count).step_by(3) {
                let at = |by: f32| {
                    let mut moved = weights.clone();
                    moved[i] += by;
                    loss(&moved)
                };
                let slope = (at(4e-3) - at(-4e-3)) / 8e-3;
                // Relu has corners: a few differences step over one.
                wrong += usize::from((slope - f64::from(gradients[i])).abs() > 1e-3);
            }
            assert!(wrong <= if kernel == Kernel::Relu2 { 3 } else { 0 }, "{kernel:?}: {wrong}");
        }
    }

    /// Softmax's weights are those of a reading; whoever sees both ways sees the same whatever the order, without positions.
    #[test]
    fn sights_and_kernels_are_what_they_say() {
        let config = GptConfig {
            vocabulary: "abcdefg".chars().collect(),
            context: 20,
            width: 8,
            layers: 1,
            heads: 2,
            mlp: 12,
            tied: false,
        };
        let layout = layout(&config);
        let count = layout.values().map(|range| range.end).max().unwrap();
        let weights: Vec<f32> = (0..count).map(|i| 2.0 * number(i)).collect();
        let text: Vec<usize> = (0..20).map(|i| (i * i + 3 * i) % 7).collect();
        let of =
            |mixing: &Mixing, text: &[usize]| answer(&config, mixing, &layout, &weights, text, text.len());
        let causal = of(&Mixing::causal(), &text);
        let network = network(&config, &layout, &weights);
        let read =
            network.pass(&text, &mut network.cache(), &crate::attention::surgery::Surgery::none(), false);
        for (a, b) in [(&causal.logits, &read.logits), (&causal.maps[0], &read.weights[0])] {
            assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-6));
        }
        for kernel in [Kernel::Softmax, Kernel::Elu1, Kernel::Relu2, Kernel::Decay(0.5)] {
            for sight in [Sight::Past, Sight::Later, Sight::Both, Sight::Prefix(6)] {
                let mixing = Mixing { kernel, sights: vec![sight], position: Position::None };
                for (i, row) in of(&mixing, &text).maps[0].chunks(20).enumerate() {
                    let (i, sum) = (i % 20, row.iter().sum::<f32>());
                    assert!(
                        (sum - 1.0).abs() < 1e-5 || (kernel == Kernel::Relu2 && sum == 0.0),
                        "{kernel:?} {sum}"
                    );
                    assert!(
                        row.iter()
                            .enumerate()
                            .all(|(j, w)| *w >= 0.0 && (*w == 0.0 || sight.of(i, 20).contains(&j)))
                    );
                }
            }
        }
        let mut swapped = text.clone();
        swapped.swap(2, 9);
        let last = |sight: Sight, text: &[usize]| {
            let logits =
                of(&Mixing { kernel: Kernel::Softmax, sights: vec![sight], position: Position::None }, text)
                    .logits;
            logits[19 * 7..].to_vec()
        };
        let gap = |a: Vec<f32>, b: Vec<f32>| a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(gap(last(Sight::Both, &text), last(Sight::Both, &swapped)) < 1e-5);
    }
}
