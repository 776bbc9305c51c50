//! A small causal transformer of sub-layers in turn, attention and a network of two maps, whose residual sums are normalised in one of several
//! ways: what it answers, how its surprise falls by all weights, and what its numbers are on the way.
//!
//! Post-Norm: x ← N(x + F(x)) (Vaswani et al. 2017). Pre-Norm: x ← x + F(N(x)). ReZero: x ← x + α F(x), α learnt from 0 (Bachlechner et al.
//! 2020, <https://arxiv.org/abs/2003.04887>). DeepNorm: x ← N(L^¼ x + F(x)) for L sub-layers (Wang et al. 2022,
//! <https://arxiv.org/abs/2203.00555>). Positions are turned into queries and keys; maps have no bias.

use std::ops::Range;

use crate::fused::{
    activation::{gelu, softmax},
    gradient::{self, outer},
    linear::Linear,
    matrix::{Panels, Start},
    norm::layer_norm,
};

/// The base of the frequencies that turn queries and keys.
const BASE: f64 = 10_000.0;

/// Where a residual sum is normalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Residual {
    Post,
    Pre,
    Rezero,
    Deepnorm,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// V
    pub vocabulary: usize,
    /// d, a multiple of four.
    pub width: usize,
    pub heads: usize,
    /// Units of a network of two maps.
    pub mlp: usize,
    /// Sub-layers; the first is attention.
    pub depth: usize,
    pub residual: Residual,
    /// What q · k is multiplied by.
    pub scale: f32,
}

/// A part of the weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Embedding,
    /// Scale and shift of the norm of a sub-layer, or of the last one.
    Gain(usize),
    Bias(usize),
    Alpha(usize),
    /// Queries, keys and values of an attention sub-layer. [3 d, d]
    Qkv(usize),
    Proj(usize),
    Fc1(usize),
    Fc2(usize),
    Head,
}

impl Config {
    pub fn attends(&self, l: usize) -> bool {
        l.is_multiple_of(2)
    }

    /// Every part with its shape, in the order of the weights. The norm after the last sub-layer has the number [`depth`](Self::depth).
    pub fn parts(&self) -> Vec<(Part, Vec<usize>)> {
        let Self { vocabulary: v, width: d, mlp, depth, .. } = *self;
        let mut all = vec![(Part::Embedding, vec![v, d])];
        for l in 0..depth {
            all.extend([(Part::Gain(l), vec![d]), (Part::Bias(l), vec![d]), (Part::Alpha(l), vec![1])]);
            all.extend(if self.attends(l) {
                [(Part::Qkv(l), vec![3 * d, d]), (Part::Proj(l), vec![d, d])]
            } else {
                [(Part::Fc1(l), vec![mlp, d]), (Part::Fc2(l), vec![d, mlp])]
            });
        }
        all.extend([(Part::Gain(depth), vec![d]), (Part::Bias(depth), vec![d]), (Part::Head, vec![v, d])]);
        all
    }

    /// What x counts in a residual sum.
    pub fn keeps(&self) -> f32 {
        match self.residual {
            Residual::Deepnorm => (self.depth as f32).powf(0.25),
            Residual::Post | Residual::Pre | Residual::Rezero => 1.0,
        }
    }
}

/// Where each part stands in the row of all weights.
#[derive(Clone, Debug)]
pub struct Places(Vec<(Part, Range<usize>)>);

impl Places {
    pub fn of(config: &Config) -> Self {
        let mut at = 0;
        let place = |(part, shape): (Part, Vec<usize>)| {
            let from = at;
            at += shape.iter().product::<usize>();
            (part, from..at)
        };
        Self(config.parts().into_iter().map(place).collect())
    }

    pub fn all(&self) -> &[(Part, Range<usize>)] {
        &self.0
    }

    pub fn at(&self, part: Part) -> Range<usize> {
        let found = self.0.iter().find(|(one, _)| *one == part);
        found.unwrap_or_else(|| panic!("there is no {part:?}")).1.clone()
    }

    pub fn count(&self) -> usize {
        self.0.last().map_or(0, |(_, range)| range.end)
    }
}

/// Texts to learn from: B of T tokens each.
pub struct Texts<'a> {
    /// What is read. [B · T]
    pub read: &'a [usize],
    /// What is to be said. [B · T]
    pub say: &'a [usize],
    /// How much each counts. [B · T]
    pub counts: &'a [f32],
    /// T
    pub length: usize,
}

/// What a branch has on the way.
enum Inside {
    Attention {
        /// Positions turned in. [N, 3 d]
        qkv: Vec<f32>,
        /// scale · q · k, [B, H, T, T], and what softmax makes of it.
        logits: Vec<f32>,
        weights: Vec<f32>,
        /// [N, d]
        out: Vec<f32>,
    },
    Network {
        /// Before and after GELU. [N, mlp]
        z: Vec<f32>,
        hidden: Vec<f32>,
    },
}

/// A sub-layer on its way.
struct Rung {
    /// What comes in, and what the branch reads of it. [N, d]
    x: Vec<f32>,
    read: Vec<f32>,
    inside: Inside,
    /// F. [N, d]
    branch: Vec<f32>,
    /// What is normalised after the sum, where that is done. [N, d]
    sum: Vec<f32>,
}

/// All numbers of one reading, each under the name of what it is, in the order in which they are made.
pub struct Reading {
    rungs: Vec<Rung>,
    /// What comes out of the last sub-layer, and what the head reads. [N, d]
    last: Vec<f32>,
    read: Vec<f32>,
    /// [N, V]
    pub scores: Vec<f32>,
}

/// What a number is called on the way forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Embedded,
    Normed(usize),
    Queries(usize),
    Logits(usize),
    Weights(usize),
    Mixed(usize),
    Hidden(usize),
    Branch(usize),
    Sum(usize),
    Scores,
}

impl Reading {
    /// Every stage with its numbers, in the order in which they are made.
    pub fn stages(&self) -> Vec<(Stage, &[f32])> {
        let mut all: Vec<(Stage, &[f32])> = Vec::new();
        for (l, rung) in self.rungs.iter().enumerate() {
            if l == 0 {
                all.push((Stage::Embedded, &rung.x));
            }
            all.push((Stage::Normed(l), &rung.read));
            match &rung.inside {
                Inside::Attention { qkv, logits, weights, out } => all.extend([
                    (Stage::Queries(l), &qkv[..]),
                    (Stage::Logits(l), logits),
                    (Stage::Weights(l), weights),
                    (Stage::Mixed(l), out),
                ]),
                Inside::Network { hidden, .. } => all.push((Stage::Hidden(l), hidden)),
            }
            all.extend([(Stage::Branch(l), &rung.branch[..]), (Stage::Sum(l), &rung.sum)]);
        }
        all.push((Stage::Scores, &self.scores));
        all
    }

    /// scale · q · k of an attention sub-layer among what is seen, and the softmax of it. [B, H, T, T], the future 0.
    pub fn attention(&self, l: usize) -> Option<[&[f32]; 2]> {
        match &self.rungs.get(l)?.inside {
            Inside::Attention { logits, weights, .. } => Some([logits, weights]),
            Inside::Network { .. } => None,
        }
    }
}

/// The network of `weights`.
pub struct Network<'a> {
    config: &'a Config,
    places: &'a Places,
    weights: &'a [f32],
}

impl<'a> Network<'a> {
    pub fn new(config: &'a Config, places: &'a Places, weights: &'a [f32]) -> Self {
        assert_eq!(weights.len(), places.count(), "weights of another network");
        Self { config, places, weights }
    }

    fn part(&self, part: Part) -> &'a [f32] {
        &self.weights[self.places.at(part)]
    }

    fn mapped(&self, part: Part, x: &[f32], inputs: usize) -> Vec<f32> {
        let weight = self.part(part);
        let outputs = weight.len() / inputs;
        let mut y = vec![0.0; x.len() / inputs * outputs];
        Linear::new(inputs, outputs, weight, &[]).forward(x, &mut y);
        y
    }

    fn normed(&self, l: usize, x: &[f32]) -> Vec<f32> {
        let mut y = vec![0.0; x.len()];
        layer_norm(x, self.part(Part::Gain(l)), self.part(Part::Bias(l)), &mut y);
        y
    }

    /// What is read of texts of `length` tokens, and what is said.
    pub fn read(&self, tokens: &[usize], length: usize) -> Reading {
        let Config { width: d, depth, residual, mlp, .. } = *self.config;
        let table = self.part(Part::Embedding);
        let mut x: Vec<f32> = tokens.iter().flat_map(|&t| &table[t * d..(t + 1) * d]).copied().collect();
        let mut rungs = Vec::with_capacity(depth);
        for l in 0..depth {
            let read = if residual == Residual::Pre { self.normed(l, &x) } else { x.clone() };
            let (inside, branch) = if self.config.attends(l) {
                let mut qkv = self.mapped(Part::Qkv(l), &read, d);
                self.turn(&mut qkv, length, 1.0);
                let (logits, weights, out) = self.attend(&qkv, length);
                let branch = self.mapped(Part::Proj(l), &out, d);
                (Inside::Attention { qkv, logits, weights, out }, branch)
            } else {
                let z = self.mapped(Part::Fc1(l), &read, d);
                let mut hidden = z.clone();
                gelu(&mut hidden);
                let branch = self.mapped(Part::Fc2(l), &hidden, mlp);
                (Inside::Network { z, hidden }, branch)
            };
            let (keeps, takes) = (self.config.keeps(), self.takes(l));
            let sum: Vec<f32> = x.iter().zip(&branch).map(|(x, f)| keeps * x + takes * f).collect();
            let after = match residual {
                Residual::Post | Residual::Deepnorm => self.normed(l, &sum),
                Residual::Pre | Residual::Rezero => sum.clone(),
            };
            rungs.push(Rung { x: std::mem::replace(&mut x, after), read, inside, branch, sum });
        }
        let read = if residual == Residual::Pre { self.normed(depth, &x) } else { x.clone() };
        let scores = self.mapped(Part::Head, &read, d);
        Reading { rungs, last: x, read, scores }
    }

    /// What a branch counts in its sum.
    fn takes(&self, l: usize) -> f32 {
        match self.config.residual {
            Residual::Rezero => self.part(Part::Alpha(l))[0],
            Residual::Post | Residual::Pre | Residual::Deepnorm => 1.0,
        }
    }

    /// Positions into queries and keys, by `way` 1, or out of their slopes, by −1: Su et al. 2021, eq. 34.
    fn turn(&self, qkv: &mut [f32], length: usize, way: f64) {
        let Config { width: d, heads, .. } = *self.config;
        let (dh, half) = (d / heads, d / heads / 2);
        let turns: Vec<(f32, f32)> = (0..length * half)
            .map(|at| {
                let angle = (at / half) as f64 * libm::pow(BASE, -((at % half) as f64) / half as f64);
                (libm::cos(angle) as f32, (way * libm::sin(angle)) as f32)
            })
            .collect();
        for (i, row) in qkv.chunks_exact_mut(3 * d).enumerate() {
            let turns = &turns[i % length * half..][..half];
            for head in row[..2 * d].chunks_exact_mut(dh) {
                let (first, second) = head.split_at_mut(half);
                for ((a, b), (c, s)) in first.iter_mut().zip(second).zip(turns) {
                    (*a, *b) = (*a * c - *b * s, *b * c + *a * s);
                }
            }
        }
    }

    /// scale · q · k, softmax of it over what stands before, and the values so weighed.
    fn attend(&self, qkv: &[f32], t: usize) -> (Vec<f32>, Vec<f32>, Vec<f32>) {
        let Config { width: d, heads, scale, .. } = *self.config;
        let (dh, n, row) = (d / heads, qkv.len() / (3 * d), 3 * d);
        let mut logits = vec![0.0; n * heads * t];
        let mut out = vec![0.0; n * d];
        let mut keys = vec![0.0; dh * t];
        for (at, map) in logits.chunks_exact_mut(t * t).enumerate() {
            let (text, h) = (at / heads, at % heads * dh);
            let qkv = &qkv[text * t * row..];
            turned(&qkv[d + h..], row, t, dh, &mut keys);
            for (i, line) in map.chunks_exact_mut(t).enumerate() {
                let query = &qkv[i * row + h..][..dh];
                for (q, keys) in query.iter().zip(keys.chunks_exact(t)) {
                    add(&mut line[..=i], scale * q, keys);
                }
            }
        }
        let mut weights = logits.clone();
        for (at, map) in weights.chunks_exact_mut(t * t).enumerate() {
            let (text, h) = (at / heads, at % heads * dh);
            let values = &qkv[text * t * row + 2 * d + h..];
            for (i, line) in map.chunks_exact_mut(t).enumerate() {
                softmax(&mut line[..=i]);
                let out = &mut out[(text * t + i) * d + h..][..dh];
                for (j, w) in line[..=i].iter().enumerate() {
                    add(out, *w, &values[j * row..]);
                }
            }
        }
        (logits, weights, out)
    }

    /// −ln p(say) of each token [B · T], and the gradient of Σ counts · surprise by the weights.
    pub fn surprise(&self, texts: &Texts<'_>) -> (Vec<f32>, Vec<f32>) {
        let reading = self.read(texts.read, texts.length);
        let (surprise, slope) = surprises(&reading.scores, texts, self.config.vocabulary);
        let mut back = Back { network: self, texts, gradients: vec![0.0; self.weights.len()] };
        back.all(&reading, &slope, &mut |_, _| {});
        (surprise, back.gradients)
    }

    /// The same, and every slope on the way back goes by `see`, under the name of what it is the slope of.
    pub fn watched(&self, texts: &Texts<'_>, see: &mut dyn FnMut(Stage, &[f32])) -> Vec<f32> {
        let reading = self.read(texts.read, texts.length);
        let (_, slope) = surprises(&reading.scores, texts, self.config.vocabulary);
        let mut back = Back { network: self, texts, gradients: vec![0.0; self.weights.len()] };
        back.all(&reading, &slope, see);
        back.gradients
    }
}

/// −ln p(say) of each row of `scores`, and the slope of Σ counts · surprise.
fn surprises(scores: &[f32], texts: &Texts<'_>, v: usize) -> (Vec<f32>, Vec<f32>) {
    let mut slope = scores.to_vec();
    let each = slope.chunks_exact_mut(v).zip(texts.say.iter().zip(texts.counts));
    let surprise = each.map(|(row, (&say, &count))| {
        let score = row[say];
        let most = row.iter().fold(f32::NEG_INFINITY, |most, &s| if s < most { most } else { s });
        softmax(row);
        // −ln p: where p is next to nothing, the score says it better.
        let surprise = if row[say] > 1e-30 { -libm::log(f64::from(row[say])) as f32 } else { most - score };
        row[say] -= 1.0;
        row.iter_mut().for_each(|p| *p *= count);
        surprise
    });
    (surprise.collect(), slope)
}

/// The way back.
struct Back<'a, 'b> {
    network: &'b Network<'a>,
    texts: &'b Texts<'b>,
    gradients: Vec<f32>,
}

impl Back<'_, '_> {
    fn all(&mut self, reading: &Reading, slope: &[f32], see: &mut dyn FnMut(Stage, &[f32])) {
        let Config { width: d, depth, residual, .. } = *self.network.config;
        see(Stage::Scores, slope);
        let before = self.map(Part::Head, slope, &reading.read, d);
        let mut dx = if residual == Residual::Pre {
            let mut dx = vec![0.0; before.len()];
            self.norm(depth, &reading.last, &before, &mut dx);
            dx
        } else {
            before
        };
        for (l, rung) in reading.rungs.iter().enumerate().rev() {
            see(Stage::Sum(l), &dx);
            self.rung(l, rung, &mut dx, see);
        }
        see(Stage::Embedded, &dx);
        let table = self.network.places.at(Part::Embedding).start;
        for (row, &token) in dx.chunks_exact(d).zip(self.texts.read) {
            add(&mut self.gradients[table + token * d..][..d], 1.0, row);
        }
    }

    /// One sub-layer: `dx` is the slope after it, and then before it.
    fn rung(&mut self, l: usize, rung: &Rung, dx: &mut Vec<f32>, see: &mut dyn FnMut(Stage, &[f32])) {
        let Config { width: d, residual, mlp, .. } = *self.network.config;
        let (keeps, takes) = (self.network.config.keeps(), self.network.takes(l));
        if matches!(residual, Residual::Post | Residual::Deepnorm) {
            let mut before = vec![0.0; dx.len()];
            self.norm(l, &rung.sum, dx, &mut before);
            *dx = before;
        }
        let slope: Vec<f32> = dx.iter().map(|dx| takes * dx).collect();
        see(Stage::Branch(l), &slope);
        if residual == Residual::Rezero {
            let alpha = self.network.places.at(Part::Alpha(l)).start;
            let sum: f64 = dx.iter().zip(&rung.branch).map(|(dx, f)| f64::from(*dx) * f64::from(*f)).sum();
            self.gradients[alpha] = sum as f32;
        }
        dx.iter_mut().for_each(|dx| *dx *= keeps);
        let read = match &rung.inside {
            Inside::Attention { qkv, weights, out, .. } => {
                let slope = self.map(Part::Proj(l), &slope, out, d);
                see(Stage::Mixed(l), &slope);
                let mut slope = self.attend(qkv, weights, &slope);
                self.network.turn(&mut slope, self.texts.length, -1.0);
                see(Stage::Queries(l), &slope);
                self.map(Part::Qkv(l), &slope, &rung.read, d)
            }
            Inside::Network { z, hidden } => {
                let mut slope = self.map(Part::Fc2(l), &slope, hidden, mlp);
                gradient::gelu(z, &mut slope);
                see(Stage::Hidden(l), &slope);
                self.map(Part::Fc1(l), &slope, &rung.read, d)
            }
        };
        if residual == Residual::Pre {
            self.norm(l, &rung.x, &read, dx);
        } else {
            add(dx, 1.0, &read);
        }
    }

    /// The gradient of a map, and the slope of what it reads, from that of what it gives.
    fn map(&mut self, part: Part, slope: &[f32], read: &[f32], inputs: usize) -> Vec<f32> {
        let range = self.network.places.at(part);
        let outputs = range.len() / inputs;
        outer(slope, read, outputs, inputs, &mut self.gradients[range]);
        let mut panels = Panels::zeros(outputs, inputs);
        panels.rows(self.network.part(part), inputs, 1.0);
        let mut before = vec![0.0; read.len()];
        panels.multiply(slope, Start::Zero, &mut before);
        before
    }

    /// The gradients of a norm; the slope of what it reads is added to `dx`.
    fn norm(&mut self, l: usize, x: &[f32], slope: &[f32], dx: &mut [f32]) {
        let [gain, bias] = [Part::Gain(l), Part::Bias(l)].map(|part| self.network.places.at(part));
        let d = gain.len();
        let (mut d_gain, mut d_bias) = (vec![0.0; d], vec![0.0; d]);
        gradient::layer_norm(x, self.network.part(Part::Gain(l)), slope, dx, &mut d_gain, &mut d_bias);
        self.gradients[gain].copy_from_slice(&d_gain);
        self.gradients[bias].copy_from_slice(&d_bias);
    }

    /// The slope of queries, keys and values from that of what the heads give.
    ///
    /// dV = Wᵀ dO, dW = dO Vᵀ, dS = W ∘ (dW − Σ W dW), dQ = scale dS K, dK = scale dSᵀ Q.
    fn attend(&self, qkv: &[f32], weights: &[f32], slope: &[f32]) -> Vec<f32> {
        let Config { width: d, heads, scale, .. } = *self.network.config;
        let (t, dh, row) = (self.texts.length, d / heads, 3 * d);
        let mut all = vec![0.0; qkv.len()];
        let mut values = vec![0.0; dh * t];
        let mut ds = vec![0.0; t];
        for (at, map) in weights.chunks_exact(t * t).enumerate() {
            let (text, h) = (at / heads, at % heads * dh);
            let (qkv, all) = (&qkv[text * t * row..], &mut all[text * t * row..]);
            turned(&qkv[2 * d + h..], row, t, dh, &mut values);
            for (i, w) in map.chunks_exact(t).enumerate() {
                let slope = &slope[(text * t + i) * d + h..][..dh];
                let ds = &mut ds[..=i];
                ds.fill(0.0);
                for (slope, values) in slope.iter().zip(values.chunks_exact(t)) {
                    add(ds, *slope, values);
                }
                let mean: f32 = ds.iter().zip(w).map(|(d, w)| d * w).sum();
                ds.iter_mut().zip(w).for_each(|(d, w)| *d = scale * w * (*d - mean));
                for (j, (ds, w)) in ds.iter().zip(w).enumerate() {
                    add(&mut all[j * row + 2 * d + h..][..dh], *w, slope);
                    add(&mut all[j * row + d + h..][..dh], *ds, &qkv[i * row + h..]);
                    add(&mut all[i * row + h..][..dh], *ds, &qkv[j * row + d + h..]);
                }
            }
        }
        all
    }
}

/// `to` + `by` · `row`, in place; `row` may go on.
fn add(to: &mut [f32], by: f32, row: &[f32]) {
    to.iter_mut().zip(row).for_each(|(to, x)| *to += by * x);
}

/// The first `dh` columns of `t` rows that are `stride` apart, as [dh, t].
fn turned(rows: &[f32], stride: usize, t: usize, dh: usize, to: &mut [f32]) {
    for (j, row) in rows.chunks(stride).take(t).enumerate() {
        row[..dh].iter().enumerate().for_each(|(c, x)| to[c * t + j] = *x);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LENGTH: usize = 6;

    fn number(i: usize) -> f32 {
        ((i * 7919 + 13) % 1009) as f32 / 1009.0 - 0.5
    }

    fn config(residual: Residual) -> Config {
        Config { vocabulary: 5, width: 8, heads: 2, mlp: 12, depth: 4, residual, scale: 0.5 }
    }

    fn weights(config: &Config, places: &Places) -> Vec<f32> {
        let mut weights: Vec<f32> = (0..places.count()).map(|i| 1.5 * number(i)).collect();
        for (part, range) in places.all() {
            if matches!(part, Part::Gain(_)) {
                weights[range.clone()].iter_mut().for_each(|w| *w += 1.0);
            }
        }
        assert_eq!(config.parts().len(), places.all().len());
        weights
    }

    fn tokens(shift: usize) -> Vec<usize> {
        (0..3 * LENGTH).map(|i| (i * i + 3 * i + shift) % 5).collect()
    }

    #[test]
    fn gradients_are_differences_of_the_loss() {
        for residual in [Residual::Post, Residual::Pre, Residual::Rezero, Residual::Deepnorm] {
            let config = config(residual);
            let places = Places::of(&config);
            let weights = weights(&config, &places);
            let (read, say) = (tokens(0), tokens(2));
            let counts: Vec<f32> = (0..read.len()).map(|i| 0.02 + 0.03 * f32::from(i % 3 == 0)).collect();
            let texts = Texts { read: &read, say: &say, counts: &counts, length: LENGTH };
            let surprise = |weights: &[f32]| Network::new(&config, &places, weights).surprise(&texts);
            let loss = |weights: &[f32]| -> f64 {
                surprise(weights).0.iter().zip(&counts).map(|(s, c)| f64::from(*s) * f64::from(*c)).sum()
            };
            let (_, gradients) = surprise(&weights);
            for (part, range) in places.all() {
                let used = match part {
                    Part::Alpha(_) => residual == Residual::Rezero,
                    Part::Gain(l) | Part::Bias(l) => match residual {
                        Residual::Pre => true,
                        Residual::Rezero => false,
                        Residual::Post | Residual::Deepnorm => *l < config.depth,
                    },
                    _ => true,
                };
                assert_eq!(used, range.clone().any(|i| gradients[i] != 0.0), "{residual:?} {part:?}");
                for i in range.clone().step_by(3) {
                    let at = |by: f32| {
                        let mut moved = weights.clone();
                        moved[i] += by;
                        loss(&moved)
                    };
                    let slope = (at(4e-3) - at(-4e-3)) / 8e-3;
                    let gap = (slope - f64::from(gradients[i])).abs();
                    assert!(gap < 1e-3, "{residual:?} {part:?}: {} for {slope}", gradients[i]);
                }
            }
            // Whoever watches sees the same gradient.
            let network = Network::new(&config, &places, &weights);
            let mut seen = Vec::new();
            assert_eq!(network.watched(&texts, &mut |stage, _| seen.push(stage)), gradients);
            assert_eq!((seen[0], seen.last()), (Stage::Scores, Some(&Stage::Embedded)));
        }
    }

    #[test]
    fn nothing_is_read_of_what_comes_later() {
        let config = config(Residual::Pre);
        let places = Places::of(&config);
        let weights = weights(&config, &places);
        let network = Network::new(&config, &places, &weights);
        let mut text = tokens(0)[..LENGTH].to_vec();
        let before = network.read(&text, LENGTH);
        text[4] = (text[4] + 1) % 5;
        let after = network.read(&text, LENGTH);
        let same = 4 * config.vocabulary;
        assert_eq!(before.scores[..same], after.scores[..same]);
        assert_ne!(before.scores[same..], after.scores[same..]);
        let [_, weights] = before.attention(0).unwrap();
        for (i, row) in weights.chunks_exact(LENGTH).enumerate() {
            assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-5);
            assert!(row[i % LENGTH + 1..].iter().all(|w| *w == 0.0));
        }
        assert!(before.attention(1).is_none());
    }

    /// ReZero begins as the identity: what is said is said of the embedding alone.
    #[test]
    fn rezero_with_alphas_of_zero_is_the_identity() {
        let config = config(Residual::Rezero);
        let places = Places::of(&config);
        let mut weights = weights(&config, &places);
        for (part, range) in places.all() {
            if matches!(part, Part::Alpha(_)) {
                weights[range.clone()].fill(0.0);
            }
        }
        let reading = Network::new(&config, &places, &weights).read(&tokens(0), LENGTH);
        assert_eq!(reading.rungs[0].x, reading.last);
    }
}
