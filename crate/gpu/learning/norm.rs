//! LayerNorm: Ba et al. 2016, <https://arxiv.org/abs/1607.06450>; forward and back.

use super::rows::{ROWS, Sum, begin, groups, together};
use super::tape::Tape;
use crate::gpu::kernel::{Kernel, MOST_THREADS, read, uniform, write};
use crate::gpu::recipe::Span;

/// Rows of so many numbers; in the row of all weights the gain lies at `gain`, the bias behind it.
#[derive(Clone, Copy, Debug)]
pub struct Norm {
    pub rows: usize,
    pub width: usize,
    pub gain: usize,
}

impl Norm {
    /// Numbers that [`Tape::norm_back`] leaves.
    pub fn parts(&self) -> usize {
        2 * self.width * self.rows.div_ceil(ROWS)
    }

    /// What becomes the gradients of gain and bias of the parts that lie at `from`.
    pub fn sum(&self, from: usize) -> Sum {
        Sum { rows: self.rows.div_ceil(ROWS), columns: 2 * self.width, from, to: self.gain }
    }
}

/// Mean and 1/σ of a row.
const MOMENTS: &str = "var sum = 0.0;
for (var c = lane; c < p.y; c += 32u) { sum += x[row * p.y + c]; }
let mean = total(thread, vec2f(sum)).x / f32(p.y);
sum = 0.0;
for (var c = lane; c < p.y; c += 32u) {
  let gap = x[row * p.y + c] - mean;
  sum += gap * gap;
}
let scale = 1.0 / sqrt(total(thread, vec2f(sum)).x / f32(p.y) + 1e-5);
";

impl Tape {
    /// y = (x − μ)/σ · gain + bias of each row.
    pub fn norm(&mut self, norm: &Norm, x: Span, y: Span) {
        let Norm { rows, width, gain } = *norm;
        let told = self.told(&[rows, width, gain]);
        let body = begin()
            + MOMENTS
            + "if (there) {
  for (var c = lane; c < p.y; c += 32u) {
    let i = row * p.y + c;
    y[i] = (x[i] - mean) * scale * weights[p.z + c] + weights[p.z + p.y + c];
  }
}";
        let bindings = [
            uniform("p", "vec4u"),
            read("x", "array<f32>"),
            read("weights", "array<f32>"),
            write("y", "array<f32>"),
        ];
        let kernel = Kernel::new("norm", MOST_THREADS, &bindings, &together(), &body);
        let weights = self.weights();
        self.recipe.step(kernel, &[told, x, weights, y], groups(rows));
    }

    /// The slope of x from `dy`, that of y, added to `dx`, or in its place where it is the `first`. What each eight rows say of the
    /// slopes of gain and bias goes to `parts`, from number `from` on.
    ///
    /// With x̂ = (x − μ)/σ and g = dy · gain: dx = (g − mean g − x̂ mean(g x̂))/σ.
    #[expect(clippy::too_many_arguments, reason = "what is read, what is written, and where")]
    pub fn norm_back(
        &mut self,
        norm: &Norm,
        x: Span,
        dy: Span,
        dx: Span,
        first: bool,
        parts: Span,
        from: usize,
    ) {
        let Norm { rows, width, gain } = *norm;
        let told = self.told(&[rows, width, gain, usize::from(first), from]);
        let body = "let p = all.p;\n".to_owned()
            + &begin()
            + MOMENTS
            + "var sums = vec2f();
for (var c = lane; c < p.y; c += 32u) {
  let i = row * p.y + c;
  let g = dy[i] * weights[p.z + c];
  sums += vec2f(g, g * (x[i] - mean) * scale);
}
let means = total(thread, sums) / f32(p.y);
for (var start = 0u; start < p.y; start += 32u) {
  let c = start + lane;
  let i = row * p.y + c;
  var part = vec2f();
  if (there && c < p.y) {
    let slope = dy[i];
    let normed = (x[i] - mean) * scale;
    let by = (slope * weights[p.z + c] - means.x - normed * means.y) * scale;
    dx[i] = select(dx[i] + by, by, p.w == 1u);
    part = vec2f(slope * normed, slope);
  }
  workgroupBarrier();
  shared_[thread] = part;
  workgroupBarrier();
  if (thread < 32u && c < p.y) {
    let sum = ((shared_[thread] + shared_[thread + 32u]) + (shared_[thread + 64u] + shared_[thread + 96u]))
      + ((shared_[thread + 128u] + shared_[thread + 160u]) + (shared_[thread + 192u] + shared_[thread + 224u]));
    let to = all.place.x + group.x * 2u * p.y + c;
    parts[to] = sum.x;
    parts[to + p.y] = sum.y;
  }
}";
        let bindings = [
            uniform("all", "Told"),
            read("x", "array<f32>"),
            read("dy", "array<f32>"),
            read("weights", "array<f32>"),
            write("dx", "array<f32>"),
            write("parts", "array<f32>"),
        ];
        let outside = together() + "struct Told { p: vec4u, place: vec4u }\n";
        let kernel = Kernel::new("norm, back", MOST_THREADS, &bindings, &outside, &body);
        let weights = self.weights();
        self.recipe.step(kernel, &[told, x, dy, weights, dx, parts], groups(rows));
    }
}
