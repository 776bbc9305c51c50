//! What heads do besides products: places turned into queries and keys, and the softmax of what came before; forward and back, as
//! [`gradient`](crate::models::fused_gpt::gradient) does on the processor. Their products are in [`gpt`](super::gpt).

use super::rows::{begin, groups, together};
use super::tape::{TABLE, Tape};
use crate::gpu::kernel::{Kernel, MOST_THREADS, read, uniform, write};
use crate::gpu::recipe::{Place, Span};

/// Texts of so many tokens whose heads are so wide.
#[derive(Clone, Copy, Debug)]
pub struct Heads {
    pub texts: usize,
    pub length: usize,
    pub heads: usize,
    /// Numbers of a head's query.
    pub width: usize,
}

impl Heads {
    /// What scores are multiplied by.
    fn scale(&self) -> usize {
        (1.0 / (self.width as f32).sqrt()).to_bits() as usize
    }

    fn rows(&self) -> usize {
        self.texts * self.heads * self.length
    }

    /// The cosine and sine by which each pair of each place turns: Su et al. 2021, <https://arxiv.org/abs/2104.09864>, eq. 34.
    /// [T, width/2, 2]
    pub fn turns(length: usize, width: usize) -> Vec<f32> {
        let half = width / 2;
        let angle = |at: usize| {
            let frequency = libm::exp(-libm::log(10_000.0) * (at % half) as f64 / half as f64);
            (at / half) as f64 * frequency
        };
        let both = |at: usize| [libm::cos(angle(at)) as f32, libm::sin(angle(at)) as f32];
        (0..length * half).flat_map(both).collect()
    }
}

impl Tape {
    /// Turns queries and keys in `qkv`, [N, 3 d], by their places, or their slopes `back`.
    pub fn turn(&mut self, of: &Heads, qkv: Span, back: bool) {
        let width = of.heads * of.width;
        let way: f32 = if back { -1.0 } else { 1.0 };
        let told = self.told(&[of.length, width, of.width / 2, way.to_bits() as usize]);
        let pairs = of.texts * of.length * width;
        let table = Span { place: Place::Lent(TABLE), from: 0, count: of.length * of.width };
        let bindings = [uniform("p", "vec4u"), read("turns", "array<vec2f>"), write("x", "array<f32>")];
        let body = "let i = group.x * 256u + thread;
let row = i / p.y;
let pair = i % p.y;
let at = row * 3u * p.y + pair / p.z * 2u * p.z + pair % p.z;
if (at + p.z < arrayLength(&x)) {
  let turn = turns[row % p.x * p.z + pair % p.z];
  let way = bitcast<f32>(p.w);
  let a = x[at];
  let b = x[at + p.z];
  x[at] = a * turn.x - b * way * turn.y;
  x[at + p.z] = b * turn.x + a * way * turn.y;
}";
        let kernel = Kernel::new("places", MOST_THREADS, &bindings, "", body);
        self.recipe.step(kernel, &[told, table, qkv], [pairs.div_ceil(MOST_THREADS), 1, 1]);
    }

    /// Scores become weights: softmax(scores/√dh) of all places up to each row's own, 0 after it.
    ///
    /// # Shapes
    /// - scores: [B, H, T, T]
    pub fn softmax(&mut self, of: &Heads, scores: Span) {
        let told = self.told(&[of.rows(), of.length, of.scale()]);
        let body = begin()
            + "let start = row * p.y;
let end = row % p.y + 1u;
let scale = bitcast<f32>(p.z);
var most = x[start];
for (var c = lane; c < end; c += 32u) { most = max(most, x[start + c]); }
most = largest(thread, most);
var sum = 0.0;
for (var c = lane; c < end; c += 32u) { sum += exp((x[start + c] - most) * scale); }
let share = 1.0 / total(thread, vec2f(sum)).x;
storageBarrier();
if (there) {
  for (var c = lane; c < p.y; c += 32u) { x[start + c] = select(0.0, exp((x[start + c] - most) * scale) * share, c < end); }
}";
        let bindings = [uniform("p", "vec4u"), write("x", "array<f32>")];
        let kernel = Kernel::new("softmax", MOST_THREADS, &bindings, &together(), &body);
        self.recipe.step(kernel, &[told, scores], groups(of.rows()));
    }

    /// The slope of the weights becomes that of the scores: w (dw − Σ w dw)/√dh.
    ///
    /// # Shapes
    /// - weights, slope: [B, H, T, T]
    pub fn softmax_back(&mut self, of: &Heads, weights: Span, slope: Span) {
        let told = self.told(&[of.rows(), of.length, of.scale()]);
        let body = begin()
            + "let start = row * p.y;
var sum = 0.0;
for (var c = lane; c < p.y; c += 32u) { sum += w[start + c] * x[start + c]; }
sum = total(thread, vec2f(sum)).x;
if (there) {
  for (var c = lane; c < p.y; c += 32u) { x[start + c] = w[start + c] * (x[start + c] - sum) * bitcast<f32>(p.z); }
}";
        let bindings = [uniform("p", "vec4u"), read("w", "array<f32>"), write("x", "array<f32>")];
        let kernel = Kernel::new("softmax, back", MOST_THREADS, &bindings, &together(), &body);
        self.recipe.step(kernel, &[told, weights, slope], groups(of.rows()));
    }
}
