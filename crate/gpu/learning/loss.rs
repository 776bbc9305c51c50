//! Losses, each with its slope in place of the answer.

use super::rows::{ROWS, Sum, begin, groups, together};
use super::tape::Tape;
use crate::gpu::kernel::{Kernel, MOST_THREADS, read, uniform, write};
use crate::gpu::recipe::Span;

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
sums[thread] = sum;
workgroupBarrier();
for (var half = 128u; half > 0u; half /= 2u) {
  if (thread < half) { sums[thread] += sums[thread + half]; }
  workgroupBarrier();
}
if (thread == 0u) { losses[p.y] = sums[0] / f32(p.x); }";
        let kernel = Kernel::new("squared error", MOST_THREADS, &bindings, &outside, body);
        let losses = self.losses;
        self.recipe.step(kernel, &[told, target, answer, losses], [1, 1, 1]);
    }

    /// Σ counts · −ln softmax(scores)\[next\], and its slope by the scores. `parts` has room for a number of each eight rows.
    ///
    /// # Shapes
    /// - next, counts: [N]
    /// - scores: [N, V]
    pub fn surprise(&mut self, vocabulary: usize, next: Span, counts: Span, scores: Span, parts: Span) {
        let rows = next.count;
        let told = self.told(&[rows, vocabulary]);
        let bindings = [
            uniform("p", "vec4u"),
            read("next", "array<u32>"),
            read("counts", "array<f32>"),
            write("x", "array<f32>"),
            write("parts", "array<f32>"),
        ];
        let body = begin()
            + "let start = row * p.y;
let wanted = next[row];
let count = select(0.0, counts[row], there);
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
}
workgroupBarrier();
shared_[thread] = vec2f(count * (log(sums.x) - sums.y));
workgroupBarrier();
if (thread == 0u) {
  parts[group.x] = ((shared_[0].x + shared_[32].x) + (shared_[64].x + shared_[96].x))
    + ((shared_[128].x + shared_[160].x) + (shared_[192].x + shared_[224].x));
}";
        let kernel = Kernel::new("surprise", MOST_THREADS, &bindings, &together(), &body);
        self.recipe.step(kernel, &[told, next, counts, scores, parts], groups(rows));
        let sum = Sum { rows: rows.div_ceil(ROWS), columns: 1, from: 0, to: self.at };
        let losses = self.losses;
        self.sums(&[sum], parts, losses);
    }
}
