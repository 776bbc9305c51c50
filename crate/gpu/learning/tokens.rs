//! The table of what tokens are: looked up, and its gradient, which is gathered and not scattered, so that no sum is atomic.

use super::tape::{SLICES, Tape};
use crate::gpu::kernel::{Kernel, MOST_THREADS, read, uniform, write};
use crate::gpu::recipe::Span;

/// A table of so many tokens in the row of all weights, and how many are looked up.
#[derive(Clone, Copy, Debug)]
pub struct Tokens {
    pub count: usize,
    pub table: usize,
    pub vocabulary: usize,
    pub width: usize,
}

impl Tape {
    /// The row of each token. [N, d]
    pub fn embed(&mut self, of: &Tokens, tokens: Span, x: Span) {
        let numbers = of.count * of.width;
        let told = self.told(&[numbers, of.width, of.table]);
        let bindings = [
            uniform("p", "vec4u"),
            read("tokens", "array<u32>"),
            read("weights", "array<f32>"),
            write("x", "array<f32>"),
        ];
        let body = "let i = group.x * 256u + thread;
if (i < p.x) { x[i] = weights[p.z + tokens[i / p.y] * p.y + i % p.y]; }";
        let kernel = Kernel::new("tokens", MOST_THREADS, &bindings, "", body);
        let weights = self.weights();
        self.recipe.step(kernel, &[told, tokens, weights, x], [numbers.div_ceil(MOST_THREADS), 1, 1]);
    }

    /// The table's gradient from the slope of its rows, slice by slice; it is added to what is there if that is `more`.
    pub fn embed_back(&mut self, of: &Tokens, tokens: Span, dx: Span, more: bool) {
        let numbers = of.vocabulary * of.width;
        let slice = of.count.div_ceil(SLICES);
        let told = self.told(&[numbers, of.width, of.table, of.count, slice, self.count, usize::from(more)]);
        let bindings = [
            uniform("p", "Told"),
            read("tokens", "array<u32>"),
            read("dx", "array<f32>"),
            write("gradients", "array<f32>"),
        ];
        let mut turns = String::new();
        for i in 0..4 {
            turns += &format!(
                "  if (n + {i}u < end && tokens[n + {i}u] == token) {{ sum += dx[(n + {i}u) * p.a.y + column]; }}\n"
            );
        }
        let body = format!(
            "let i = group.x * 256u + thread;
let token = i / p.a.y;
let column = i % p.a.y;
let end = min((group.y + 1u) * p.b.x, p.a.w);
var sum = 0.0;
for (var n = group.y * p.b.x; n < end; n += 4u) {{
{turns}}}
if (i < p.a.x) {{
  let to = group.y * p.b.y + p.a.z + i;
  if (p.b.z == 1u) {{ sum += gradients[to]; }}
  gradients[to] = sum;
}}"
        );
        let outside = "struct Told { a: vec4u, b: vec4u }";
        let kernel = Kernel::new("tokens, back", MOST_THREADS, &bindings, outside, &body);
        let gradients = self.gradients;
        let groups = [numbers.div_ceil(MOST_THREADS), of.count.div_ceil(slice), 1];
        self.recipe.step(kernel, &[told, tokens, dx, gradients], groups);
    }
}
