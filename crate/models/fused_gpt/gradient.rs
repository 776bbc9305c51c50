//! How a transformer's surprise at what comes next falls: the gradient by all its weights.

use super::{FusedGpt, Norm};
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

/// −ln p(next) of each token [B · T], and the gradient of Σ counts · surprise by the weights, which stand in `weights` as `layout`
/// says.
pub fn surprise(
    config: &GptConfig,
    layout: &Layout,
    weights: &[f32],
    texts: &Texts<'_>,
) -> (Vec<f32>, Vec<f32>) {
    let take = &mut |name: &str, _: &[usize]| {
        let range = layout.get(name).unwrap_or_else(|| panic!("the layout lacks {name}"));
        Ok::<_, crate::models::size::SizeError>(weights[range.clone()].to_vec())
    };
    let network = FusedGpt::new(config, take).expect("sizes of a network that is there");
    let (kept, x) = network.forward(texts);
    let mut backward =
        Backward { network: &network, layout, weights, texts, gradients: vec![0.0; weights.len()] };
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
    fn forward(&self, texts: &Texts<'_>) -> (Vec<Kept>, Vec<f32>) {
        let d = self.config.width;
        let mut x: Vec<f32> =
            texts.read.iter().flat_map(|&t| &self.emb[t * d..(t + 1) * d]).copied().collect();
        let mut all = Vec::with_capacity(self.layers.len());
        for layer in &self.layers {
            let normed1 = normed(&layer.ln1, &x);
            let mut qkv = applied(&layer.qkv, &normed1);
            qkv.chunks_exact_mut(texts.length * 3 * d).for_each(|text| self.turn(0, text));
            let (weights, out) = self.mix(&qkv, texts.length);
            let after = plus(&x, &applied(&layer.proj, &out));
            let mut kept = Kept { x, normed: normed1, qkv, weights, out, mlp: None };
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

    /// The weights of every head of every text [B, H, T, T], and what they give [N, d].
    fn mix(&self, qkv: &[f32], t: usize) -> (Vec<f32>, Vec<f32>) {
        let GptConfig { width: d, heads, .. } = self.config;
        let (dh, n) = (d / heads, qkv.len() / (3 * d));
        let scale = 1.0 / (dh as f32).sqrt();
        let (mut weights, mut out) = (vec![0.0; n * heads * t], vec![0.0; n * d]);
        let (mut keys, mut values) = (Panels::zeros(dh, t), Panels::zeros(t, dh));
        for (at, weights) in weights.chunks_exact_mut(t * t).enumerate() {
            let (text, h) = (at / heads, at % heads);
            let qkv = &qkv[text * t * 3 * d..];
            keys.turned(&qkv[d + h * dh..], 3 * d, scale);
            values.rows(&qkv[2 * d + h * dh..], 3 * d, 1.0);
            for (from, rows) in blocks(t) {
                let w = &mut weights[from * t..];
                keys.multiply_part(
                    &qkv[from * 3 * d + h * dh..],
                    3 * d,
                    rows,
                    dh,
                    from + rows,
                    Start::Zero,
                    w,
                    t,
                );
                for (i, row) in w.chunks_exact_mut(t).take(rows).enumerate() {
                    let (past, later) = row.split_at_mut(from + i + 1);
                    softmax(past);
                    later.fill(0.0);
                }
                let out = &mut out[(text * t + from) * d + h * dh..];
                values.multiply_part(w, t, rows, from + rows, dh, Start::Zero, out, d);
            }
        }
        (weights, out)
    }
}

/// Rows that see about as far: where they begin, and how many.
fn blocks(t: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..t).step_by(super::BLOCK).map(move |from| (from, super::BLOCK.min(t - from)))
}

struct Backward<'a> {
    network: &'a FusedGpt,
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
            self.layer(&format!("l{l}"), kept, &mut dx);
        }
        let table = self.layout["emb.weight"].start;
        for (row, &token) in dx.chunks_exact(d).zip(self.texts.read) {
            let place = &mut self.gradients[table + token * d..][..d];
            place.iter_mut().zip(row).for_each(|(sum, dx)| *sum += dx);
        }
        surprise
    }

    /// One layer: `dx` is the slope after it, and then before it.
    fn layer(&mut self, name: &str, kept: &Kept, dx: &mut [f32]) {
        let d = self.network.config.width;
        if let Some(KeptMlp { x, normed, z, hidden }) = &kept.mlp {
            let width = self.network.config.mlp;
            let mut slope = self.linear(&format!("{name}.fc2"), dx, hidden, d, width);
            gradient::gelu(z, &mut slope);
            let slope = self.linear(&format!("{name}.fc1"), &slope, normed, width, d);
            self.norm(&format!("{name}.ln2"), x, &slope, dx);
        }
        let slope = self.linear(&format!("{name}.proj"), dx, &kept.out, d, d);
        let mut slope = self.mix(kept, &slope);
        self.unturn(&mut slope);
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

    /// The slope of queries, keys and values [N, 3 d] from that of what the heads give [N, d].
    ///
    /// dV = Wᵀ dO, dW = dO Vᵀ, dS = W ⊙ (dW − Σ_j W dW), dQ = dS K/√dh, dK = dSᵀ Q/√dh.
    fn mix(&self, kept: &Kept, slope: &[f32]) -> Vec<f32> {
        let GptConfig { width: d, heads, .. } = self.network.config;
        let (t, dh, row) = (self.texts.length, d / heads, 3 * d);
        let scale = 1.0 / (dh as f32).sqrt();
        let mut all = vec![0.0; kept.qkv.len()];
        let mut values = Panels::zeros(dh, t);
        let mut narrow = Panels::zeros(t, dh);
        let (mut ds, mut turned) = (vec![0.0; t * t], vec![0.0; t * t]);
        for (at, w) in kept.weights.chunks_exact(t * t).enumerate() {
            let (text, h) = (at / heads, at % heads * dh);
            let (qkv, slope) = (&kept.qkv[text * t * row..], &slope[text * t * d + h..]);
            let all = &mut all[text * t * row..];
            // Position j is seen from j on alone, so the first j rows of W say nothing of it.
            let back = |narrow: &Panels, matrix: &[f32], turned: &mut [f32], to: &mut [f32]| {
                for i in 0..t {
                    (0..=i).for_each(|j| turned[j * t + i] = matrix[i * t + j]);
                }
                narrow.multiply_part(turned, t, t, t, dh, Start::Zero, to, row);
            };
            narrow.rows(slope, d, 1.0);
            back(&narrow, w, &mut turned, &mut all[2 * d + h..]);
            values.turned(&qkv[2 * d + h..], row, 1.0);
            narrow.rows(&qkv[d + h..], row, scale);
            for (from, rows) in blocks(t) {
                let ds = &mut ds[from * t..];
                values.multiply_part(&slope[from * d..], d, rows, dh, from + rows, Start::Zero, ds, t);
                for (i, (ds, w)) in
                    ds.chunks_exact_mut(t).zip(w[from * t..].chunks_exact(t)).take(rows).enumerate()
                {
                    let past = from + i + 1;
                    let mean: f32 = ds[..past].iter().zip(w).map(|(ds, w)| ds * w).sum();
                    ds.iter_mut().zip(w).take(past).for_each(|(ds, w)| *ds = w * (*ds - mean));
                    ds[past..].fill(0.0);
                }
                let dq = &mut all[from * row + h..];
                narrow.multiply_part(ds, t, rows, from + rows, dh, Start::Zero, dq, row);
            }
            narrow.rows(&qkv[h..], row, scale);
            back(&narrow, &ds, &mut turned, &mut all[d + h..]);
        }
        all
    }

    /// Takes the positions out of the slopes of queries and keys, [N, 3 d].
    fn unturn(&self, slope: &mut [f32]) {
        let GptConfig { width: d, heads, .. } = self.network.config;
        let (dh, half) = (d / heads, d / heads / 2);
        for (i, row) in slope.chunks_exact_mut(3 * d).enumerate() {
            let at = i % self.texts.length;
            let [cos, sin] = [0, 1].map(|which| &self.network.turns[which][at * half..][..half]);
            for head in row[..2 * d].chunks_exact_mut(dh) {
                let (first, second) = head.split_at_mut(half);
                for ((a, b), (c, s)) in first.iter_mut().zip(second).zip(cos.iter().zip(sin)) {
                    (*a, *b) = (*a * c + *b * s, *b * c - *a * s);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(i: usize) -> f32 {
        ((i * 7919 + 13) % 1009) as f32 / 1009.0 - 0.5
    }

    fn layout(config: &GptConfig) -> Layout {
        let mut at = 0;
        let mut layout = Layout::new();
        let take = &mut |name: &str, shape: &[usize]| {
            let size = shape.iter().product::<usize>();
            layout.insert(name.to_owned(), at..at + size);
            at += size;
            Ok::<_, crate::models::size::SizeError>(vec![0.0; size])
        };
        FusedGpt::new(config, take).unwrap();
        layout
    }

    /// By differences of the loss in f32, of everything that is not too small to be seen in them. tests/fused.rs has all of it
    /// against automatic derivatives.
    #[test]
    fn gradients_are_differences_of_the_loss() {
        for tied in [false, true] {
            let config = GptConfig {
                vocabulary: "abcdefg".chars().collect(),
                context: 20,
                width: 8,
                layers: 2,
                heads: 2,
                mlp: if tied { 0 } else { 12 },
                tied,
            };
            let layout = layout(&config);
            let count = layout.values().map(|range| range.end).max().unwrap();
            let weights: Vec<f32> = (0..count).map(|i| 2.0 * number(i)).collect();
            let tokens = |shift: usize| (0..40).map(|i| (i * i + 3 * i + shift) % 7).collect::<Vec<_>>();
            let counts: Vec<f32> = (0..40).map(|i| 0.02 + 0.03 * f32::from(i % 3 == 0)).collect();
            let (read, next) = (tokens(0), tokens(2));
            let texts = Texts { read: &read, next: &next, counts: &counts, length: 20 };
            let loss = |weights: &[f32]| -> f64 {
                let (surprise, _) = surprise(&config, &layout, weights, &texts);
                surprise.iter().zip(&counts).map(|(s, c)| f64::from(*s) * f64::from(*c)).sum()
            };
            let (_, gradients) = surprise(&config, &layout, &weights, &texts);
            for i in (0..count).step_by(5) {
                let at = |by: f32| {
                    let mut moved = weights.clone();
                    moved[i] += by;
                    loss(&moved)
                };
                let slope = (at(4e-3) - at(-4e-3)) / 8e-3;
                assert!((slope - f64::from(gradients[i])).abs() < 1e-3, "{i}: {} for {slope}", gradients[i]);
            }
        }
    }
}
