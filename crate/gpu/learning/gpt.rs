//! The causal transformer of [`FusedGpt`](crate::models::fused_gpt::FusedGpt) at a step of learning, down the surprise at what comes next.

use super::heads::Heads;
use super::norm::Norm;
use super::product::{Activation, Layer, Matrix, Product, Then};
use super::rows::Sum;
use super::tape::{Network, Tape};
use super::tokens::Tokens;
use crate::gpu::recipe::Span;
use crate::models::{
    fused_gpt::gradient::{Layout, layout},
    gpt_config::GptConfig,
};

/// A network of `config` that reads so many texts of so many tokens a step.
#[derive(Clone, Debug)]
pub struct Gpt {
    config: GptConfig,
    layout: Layout,
    texts: usize,
    length: usize,
    losses: usize,
    look: Option<Look>,
}

/// Texts that are looked at on the way.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    pub texts: usize,
    pub length: usize,
    pub shows: Shows,
}

/// What comes back of a look.
#[derive(Clone, Copy, Debug)]
pub enum Shows {
    /// Each layer's weights. [L, B, H, T, T]
    Maps,
    /// The likeliest token after each. [B · T]
    Likeliest,
}

/// What a layer's way back needs of its way there.
struct Kept {
    x: Span,
    normed: Span,
    qkv: Span,
    /// [B, H, T, T]
    weights: Span,
    /// What the heads give. [N, d]
    out: Span,
    mlp: Option<KeptMlp>,
}

struct KeptMlp {
    x: Span,
    normed: Span,
    /// Before GELU, then after it. [2, N, mlp]
    hidden: Span,
}

/// What ways back use again and again.
struct Back {
    /// The slope of the residual stream. [N, d]
    dx: Span,
    /// That of what a norm gives. [N, d]
    dn: Span,
    /// That of queries, keys and values. [N, 3 d]
    dqkv: Span,
    /// That of a layer's weights and scores. [B, H, T, T]
    dmap: Span,
    /// That of what GELU is given, where there is one. [N, mlp]
    dz: Option<Span>,
    /// What eight rows say of a norm's gain and bias, norm by norm.
    parts: Span,
    /// The norms so far.
    sums: Vec<Sum>,
    used: usize,
}

impl Gpt {
    /// For texts of `length` tokens, at most the context, of which a step tells so many `losses`.
    pub fn new(config: &GptConfig, texts: usize, length: usize, losses: usize) -> Self {
        assert!((1..=config.context).contains(&length) && texts > 0, "{texts} texts of {length} tokens");
        Self { config: config.clone(), layout: layout(config), texts, length, losses, look: None }
    }

    /// The same network, which is looked at on the way.
    pub fn looked_at(self, look: Look) -> Self {
        assert!((1..=self.config.context).contains(&look.length) && look.texts > 0, "{look:?}");
        Self { look: Some(look), ..self }
    }

    /// A step's input of [`Network::step`]: what is read, what comes next and how much each counts, [B · T] each; then as many rows of
    /// weights, [B · T] each, as there are losses: each is the sum of surprise under one.
    pub fn input(read: &[usize], next: &[usize], counts: &[f32], seen: &[&[f32]]) -> Vec<Vec<f32>> {
        vec![whole(read), whole(next), counts.to_vec(), seen.concat()]
    }

    /// A look's input: its texts. [B · T]
    pub fn asked(read: &[usize]) -> Vec<Vec<f32>> {
        vec![whole(read)]
    }

    fn rows(&self) -> usize {
        self.texts * self.length
    }

    fn at(&self, name: &str) -> usize {
        self.layout[name].start
    }

    fn layer(&self, name: &str, inputs: usize, outputs: usize) -> Layer {
        let [weight, bias] = ["weight", "bias"].map(|kind| self.at(&format!("{name}.{kind}")));
        Layer { weight, bias: Some(bias), inputs, outputs }
    }

    fn norm(&self, name: &str) -> Norm {
        Norm { rows: self.rows(), width: self.config.width, gain: self.at(&format!("{name}.weight")) }
    }

    /// The scores of every token, from the row of each of `x`.
    fn head(&self) -> Layer {
        let weight = self.at(if self.config.tied { "emb.weight" } else { "head.weight" });
        Layer { weight, bias: None, inputs: self.config.width, outputs: self.config.vocabulary.len() }
    }

    fn heads(&self) -> Heads {
        let GptConfig { heads, .. } = self.config;
        Heads { texts: self.texts, length: self.length, heads, width: self.config.head_width() }
    }

    /// Part `which` of [q | k | v] of each head.
    fn part(&self, qkv: Span, which: usize) -> Matrix {
        let width = self.config.width;
        Matrix::new(qkv, which * width, 3 * width).of(self.length * 3 * width, self.config.head_width())
    }

    /// What heads give, head by head, in rows of the width.
    fn given(&self, out: Span) -> Matrix {
        let width = self.config.width;
        Matrix::new(out, 0, width).of(self.length * width, self.config.head_width())
    }

    /// Scores, weights or their slopes.
    fn map(&self, map: Span) -> Matrix {
        let square = self.length * self.length;
        Matrix::new(map, 0, self.length).of(self.config.heads * square, square)
    }

    /// A product of each head of each text.
    fn mixed(&self, tape: &mut Tape, a: Matrix, b: Matrix, c: Matrix, size: [usize; 3]) {
        tape.product(&Product {
            a,
            b,
            c,
            size,
            inner: self.texts * size[2],
            texts: self.texts,
            heads: self.config.heads,
            bias: None,
            sums: None,
            then: Then::Nothing,
        });
    }

    fn rows_of(&self, span: Span) -> Matrix {
        Matrix::new(span, 0, self.config.width)
    }

    /// One layer: from the residual stream `x` to the one after it.
    fn there(&self, tape: &mut Tape, l: usize, x: Span) -> (Kept, Span) {
        let (n, d, t, dh) = (self.rows(), self.config.width, self.length, self.config.head_width());
        let name = format!("l{l}");
        let normed = tape.room(n * d);
        tape.norm(&self.norm(&format!("{name}.ln1")), x, normed);
        let qkv = tape.room(3 * n * d);
        let layer = self.layer(&format!("{name}.qkv"), d, 3 * d);
        tape.forward(&layer, n, self.rows_of(normed), Matrix::new(qkv, 0, 3 * d), Then::Nothing);
        tape.turn(&self.heads(), qkv, false);
        let weights = tape.room(self.texts * self.config.heads * t * t);
        let [q, k, v] = [0, 1, 2].map(|which| self.part(qkv, which));
        self.mixed(tape, q, k.turned(), self.map(weights), [t, t, dh]);
        tape.softmax(&self.heads(), weights);
        let out = tape.room(n * d);
        self.mixed(tape, self.map(weights), v, self.given(out), [t, dh, t]);
        let mut after = tape.room(n * d);
        let layer = self.layer(&format!("{name}.proj"), d, d);
        tape.forward(&layer, n, self.rows_of(out), self.rows_of(after), Then::Adds(x));
        let width = self.config.mlp;
        let mlp = (width > 0).then(|| {
            let x = after;
            let normed = tape.room(n * d);
            tape.norm(&self.norm(&format!("{name}.ln2")), x, normed);
            let hidden = tape.room(2 * n * width);
            let layer = self.layer(&format!("{name}.fc1"), d, width);
            let shows = Then::Shows(Activation::Gelu, n * width);
            tape.forward(&layer, n, self.rows_of(normed), Matrix::new(hidden, 0, width), shows);
            after = tape.room(n * d);
            let layer = self.layer(&format!("{name}.fc2"), width, d);
            let shown = Matrix::new(hidden, n * width, width);
            tape.forward(&layer, n, shown, self.rows_of(after), Then::Adds(x));
            KeptMlp { x, normed, hidden }
        });
        (Kept { x, normed, qkv, weights, out, mlp }, after)
    }

    /// From the tokens of all texts to the residual stream after the last layer.
    fn read(&self, tape: &mut Tape, read: Span) -> (Vec<Kept>, Span) {
        let mut x = tape.room(self.rows() * self.config.width);
        tape.embed(&self.tokens(), read, x);
        let mut all = Vec::with_capacity(self.config.layers);
        for l in 0..self.config.layers {
            let (kept, after) = self.there(tape, l, x);
            all.push(kept);
            x = after;
        }
        (all, x)
    }

    /// From there to the scores of every next token. [N, d], [N, V]
    fn scores(&self, tape: &mut Tape, x: Span) -> [Span; 2] {
        let (n, d, v) = (self.rows(), self.config.width, self.config.vocabulary.len());
        let normed = tape.room(n * d);
        tape.norm(&self.norm("lnf"), x, normed);
        let scores = tape.room(n * v);
        tape.forward(&self.head(), n, self.rows_of(normed), Matrix::new(scores, 0, v), Then::Nothing);
        [normed, scores]
    }

    fn tokens(&self) -> Tokens {
        let GptConfig { width, vocabulary, .. } = &self.config;
        let table = self.at("emb.weight");
        Tokens { count: self.rows(), table, vocabulary: vocabulary.len(), width: *width }
    }

    /// The way back through a norm: from `back.dn` to `back.dx`, of which it is the `first`.
    fn norm_back(&self, tape: &mut Tape, back: &mut Back, name: &str, x: Span, first: bool) {
        let norm = self.norm(name);
        tape.norm_back(&norm, x, back.dn, back.dx, first, back.parts, back.used);
        back.sums.push(norm.sum(back.used));
        back.used += norm.parts();
    }

    /// One layer: `back.dx` is the slope after it, and then before it.
    fn back(&self, tape: &mut Tape, l: usize, kept: &Kept, back: &mut Back) {
        let (n, d, t, dh) = (self.rows(), self.config.width, self.length, self.config.head_width());
        let name = format!("l{l}");
        let (dx, dn) = (self.rows_of(back.dx), self.rows_of(back.dn));
        if let (Some(KeptMlp { x, normed, hidden }), Some(dz)) = (&kept.mlp, back.dz) {
            let width = self.config.mlp;
            let dz = Matrix::new(dz, 0, width);
            let layer = self.layer(&format!("{name}.fc2"), width, d);
            tape.back(&layer, n, dx, dz, Then::Slopes(Activation::Gelu, *hidden));
            tape.gradient(&layer, n, dx, Matrix::new(*hidden, n * width, width));
            let layer = self.layer(&format!("{name}.fc1"), d, width);
            tape.back(&layer, n, dz, dn, Then::Nothing);
            tape.gradient(&layer, n, dz, self.rows_of(*normed));
            self.norm_back(tape, back, &format!("{name}.ln2"), *x, false);
        }
        let layer = self.layer(&format!("{name}.proj"), d, d);
        tape.back(&layer, n, dx, dn, Then::Nothing);
        tape.gradient(&layer, n, dx, self.rows_of(kept.out));
        // With o = w v: dw = do vᵀ, dv = wᵀ do; with the scores s = q kᵀ: dq = ds k, dk = dsᵀ q.
        let given = self.given(back.dn);
        let [q, k, v] = [0, 1, 2].map(|which| self.part(kept.qkv, which));
        let [dq, dk, dv] = [0, 1, 2].map(|which| self.part(back.dqkv, which));
        self.mixed(tape, given, v.turned(), self.map(back.dmap), [t, t, dh]);
        self.mixed(tape, self.map(kept.weights).turned(), given, dv, [t, dh, t]);
        tape.softmax_back(&self.heads(), kept.weights, back.dmap);
        self.mixed(tape, self.map(back.dmap), k, dq, [t, dh, t]);
        self.mixed(tape, self.map(back.dmap).turned(), q, dk, [t, dh, t]);
        tape.turn(&self.heads(), back.dqkv, true);
        let layer = self.layer(&format!("{name}.qkv"), d, 3 * d);
        let slope = Matrix::new(back.dqkv, 0, 3 * d);
        tape.back(&layer, n, slope, dn, Then::Nothing);
        tape.gradient(&layer, n, slope, self.rows_of(kept.normed));
        self.norm_back(tape, back, &format!("{name}.ln1"), kept.x, false);
    }
}

impl Network for Gpt {
    fn count(&self) -> usize {
        self.layout.values().map(|range| range.end).max().unwrap_or(0)
    }

    fn table(&self) -> Vec<f32> {
        Heads::turns(self.config.context, self.config.head_width())
    }

    fn losses(&self) -> usize {
        self.losses
    }

    fn step(&self, tape: &mut Tape) {
        let (n, d, v) = (self.rows(), self.config.width, self.config.vocabulary.len());
        let [read, next, counts, seen] = [n, n, n, self.losses * n].map(|count| tape.recipe.input(count));
        let (all, x) = self.read(tape, read);
        let [normed, scores] = self.scores(tape, x);
        let (head, rows) = (self.head(), Matrix::new(scores, 0, v));
        let surprise = tape.room(n);
        tape.surprise(v, next, counts, scores, surprise);
        tape.weighed(self.losses, seen, surprise);
        tape.gradient(&head, n, rows, self.rows_of(normed));

        let norms = 1 + self.config.layers * if self.config.mlp > 0 { 2 } else { 1 };
        let square = self.length * self.length;
        let mut back = Back {
            dx: tape.room(n * d),
            dn: tape.room(n * d),
            dqkv: tape.room(3 * n * d),
            dmap: tape.room(self.texts * self.config.heads * square),
            dz: (self.config.mlp > 0).then(|| tape.room(n * self.config.mlp)),
            parts: tape.room(norms * self.norm("lnf").parts()),
            sums: Vec::new(),
            used: 0,
        };
        tape.back(&head, n, rows, self.rows_of(back.dn), Then::Nothing);
        self.norm_back(tape, &mut back, "lnf", x, true);
        for (l, kept) in all.iter().enumerate().rev() {
            self.back(tape, l, kept, &mut back);
        }
        tape.embed_back(&self.tokens(), read, back.dx, self.config.tied);
        let gradients = tape.gradients;
        tape.sums(&back.sums, back.parts, gradients);
    }

    fn look(&self, tape: &mut Tape) {
        let Some(Look { texts, length, shows }) = self.look else { return };
        let read = tape.recipe.input(texts * length);
        let there = Self { texts, length, ..self.clone() };
        let (all, x) = there.read(tape, read);
        match shows {
            Shows::Maps => all.iter().for_each(|kept| tape.recipe.answer(kept.weights)),
            Shows::Likeliest => {
                let [_, scores] = there.scores(tape, x);
                let best = tape.room(texts * length);
                tape.likeliest(self.config.vocabulary.len(), scores, best);
                tape.recipe.answer(best);
            }
        }
    }
}

/// Tokens, bit by bit.
fn whole(tokens: &[usize]) -> Vec<f32> {
    tokens.iter().map(|&token| f32::from_bits(token as u32)).collect()
}
