//! Losses, each with its slope in place of the answer.

use super::rows::{begin, groups, together};
use super::tape::Tape;
use crate::gpu::kernel::{Kernel, MOST_THREADS, read, uniform, write};
use crate::gpu::recipe::Span;

/// `sums[0]` becomes what the threads' `sum` add up to.
const TREE: &str = "sums[thread] = sum;
workgroupBarrier();
for (var half = 128u; half > 0u; half /= 2u) {
  if (thread < half) { sums[thread] += sums[thread + half]; }
  workgroupBarrier();
}
";

impl Tape {
    /// The mean of (answer − target)², and its slope.
    pub fn squared_error(&mut self, target: Span, answer: Span) {
        let told = self.told(&[answer.count, self.at]);
        let bindings = [
            uniform("p", "vec4u"),
            read("target_", "array<f32>"),
            write("x", "array<f32>"),
            write("losses", "array<f32>"),
        ];
        let outside = format!("var<workgroup> sums: array<f32, {MOST_THREADS}>;");
        let body = "var sum = 0.0;
for (var i = thread; i < p.x; i += 256u) {
  let gap = x[i] - target_[i];
  sum += gap * gap;
  x[i] = gap * 2.0 / f32(p.x);
}
"
        .to_owned()
            + TREE
            + "if (thread == 0u) { losses[p.y] = sums[0] / f32(p.x); }";
        let kernel = Kernel::new("squared error", MOST_THREADS, &bindings, &outside, &body);
        let losses = self.losses;
        self.recipe.step(kernel, &[told, target, answer, losses], [1, 1, 1]);
    }

    /// −ln softmax(scores)\[next\] of each row to `surprise`, and in place of the scores the slope of Σ counts · surprise by them.
    ///
    /// # Shapes
    /// - next, counts, surprise: [N]
    /// - scores: [N, V]
    pub fn surprise(&mut self, vocabulary: usize, next: Span, counts: Span, scores: Span, surprise: Span) {
        let rows = next.count;
        let told = self.told(&[rows, vocabulary]);
        let bindings = [
            uniform("p", "vec4u"),
            read("next", "array<u32>"),
            read("counts", "array<f32>"),
            write("x", "array<f32>"),
            write("surprise", "array<f32>"),
        ];
        let body = begin()
            + "let start = row * p.y;
let wanted = next[row];
let count = counts[row];
var most = x[start];
for (var c = lane; c < p.y; c += 32u) { most = max(most, x[start + c]); }
most = largest(thread, most);
// What the scores add up to, and the score of what comes next.
var sums = vec2f();
for (var c = lane; c < p.y; c += 32u) { sums += vec2f(exp(x[start + c] - most), select(0.0, x[start + c] - most, c == wanted)); }
sums = total(thread, sums);
storageBarrier();
if (there) {
  for (var c = lane; c < p.y; c += 32u) {
    x[start + c] = (exp(x[start + c] - most) / sums.x - select(0.0, 1.0, c == wanted)) * count;
  }
  if (lane == 0u) { surprise[row] = log(sums.x) - sums.y; }
}";
        let kernel = Kernel::new("surprise", MOST_THREADS, &bindings, &together(), &body);
        self.recipe.step(kernel, &[told, next, counts, scores, surprise], groups(rows));
    }

    /// The step's losses: Σ weights · x, one of each of `count` rows of weights.
    ///
    /// # Shapes
    /// - weights: [count, N]
    /// - x: [N]
    pub fn weighed(&mut self, count: usize, weights: Span, x: Span) {
        let told = self.told(&[x.count, count * self.at]);
        let bindings = [
            uniform("p", "vec4u"),
            read("weights", "array<f32>"),
            read("x", "array<f32>"),
            write("losses", "array<f32>"),
        ];
        let outside = format!("var<workgroup> sums: array<f32, {MOST_THREADS}>;");
        let body = "var sum = 0.0;
for (var i = thread; i < p.x; i += 256u) { sum += weights[group.x * p.x + i] * x[i]; }
"
        .to_owned()
            + TREE
            + "if (thread == 0u) { losses[p.y + group.x] = sums[0]; }";
        let kernel = Kernel::new("weighed", MOST_THREADS, &bindings, &outside, &body);
        let losses = self.losses;
        self.recipe.step(kernel, &[told, weights, x, losses], [count, 1, 1]);
    }

    /// The first of the largest numbers of each row.
    ///
    /// # Shapes
    /// - scores: [N, V]
    /// - best: [N]
    pub fn likeliest(&mut self, vocabulary: usize, scores: Span, best: Span) {
        let told = self.told(&[best.count, vocabulary]);
        let bindings = [uniform("p", "vec4u"), read("scores", "array<f32>"), write("best", "array<f32>")];
        let body = "let row = group.x * 256u + thread;
if (row < p.x) {
  var at = 0u;
  var most = scores[row * p.y];
  for (var i = 1u; i < p.y; i++) {
    let score = scores[row * p.y + i];
    if (score > most) {
      most = score;
      at = i;
    }
  }
  best[row] = f32(at);
}";
        let kernel = Kernel::new("likeliest", MOST_THREADS, &bindings, "", body);
        self.recipe.step(kernel, &[told, scores, best], [best.count.div_ceil(MOST_THREADS), 1, 1]);
    }
}
