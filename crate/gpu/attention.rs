//! The text of self-attention among the pixels of a picture: softmax(Q Kᵀ/√d) V, a pixel a row, a few queries of a head a workgroup;
//! on the processor [`picture_attention`](crate::fused::picture_attention). That of a transformer is in [`gpt`](super::gpt).
//!
//! Keys are taken in blocks with a running maximum and sum, so that pictures of any size fit (Milakov & Gimelshein 2018,
//! <https://arxiv.org/abs/1805.02867>).

use std::fmt::Write;

use super::kernel::{Kernel, read, write};

/// The sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attention {
    /// Pixels of a picture, a multiple of four.
    pub pixels: usize,
    pub heads: usize,
    /// Numbers of a head; each head's are padded to whole quads.
    pub width: usize,
}

const THREADS: usize = 256;

impl Attention {
    /// Quads of a head.
    pub fn quads(&self) -> usize {
        self.width.div_ceil(4)
    }

    /// Queries of a workgroup.
    fn rows(&self) -> usize {
        if self.quads() > 64 { 2 } else { 4 }
    }

    pub fn groups(&self, pictures: usize) -> [usize; 3] {
        [self.pixels / self.rows(), self.heads, pictures]
    }

    /// The kernel on queries, keys and values, [B, N, 3, heads, quads], and the mixed values, [B, N, heads, quads].
    pub fn kernel(&self) -> Kernel {
        let Self { pixels: n, heads, width } = *self;
        let (quads, rows) = (self.quads(), self.rows());
        let keys = THREADS / rows;
        let slices = THREADS / (rows * quads);
        let stride = 3 * heads * quads;
        let mut body = format!(
            "let picture = group.z; let head = group.y * {quads}u; let first_row = group.x * {rows}u;
let row = thread / {keys}u; let key = thread % {keys}u;
let query = (picture * {n}u + first_row + row) * {stride}u + head;
let c = thread % {quads}u; let slice = thread / {quads}u % {slices}u; let mixed_row = thread / {share}u;
var most = -3.0e38; var total = 0.0; var sum = vec4f();
for (var first = 0u; first < {n}u; first += {keys}u) {{
let there = first + key < {n}u;
let at = (picture * {n}u + min(first + key, {last}u)) * {stride}u + {to_keys}u + head;
var score = 0.0;
",
            share = slices * quads,
            last = n - 1,
            to_keys = heads * quads,
        );
        let dot = |i: &str| format!("score += dot(x[query + {i}], x[at + {i}]);\n");
        if quads <= 16 {
            for i in 0..quads {
                body += &dot(&format!("{i}u"));
            }
        } else {
            let _ = writeln!(body, "for (var i = 0u; i < {quads}u; i++) {{ {} }}", dot("i"));
        }
        let _ = writeln!(
            body,
            "score = select(-3.0e38, score * {:?}, there);\nreduced[thread] = score;\nworkgroupBarrier();",
            1.0 / (width as f64).sqrt()
        );
        let tree = |body: &mut String, of: &dyn Fn(&str, &str) -> String| {
            let mut half = keys / 2;
            while half > 0 {
                let joined = of("reduced[thread]", &format!("reduced[thread + {half}u]"));
                let _ = writeln!(
                    body,
                    "if (key < {half}u) {{ reduced[thread] = {joined}; }}\nworkgroupBarrier();"
                );
                half /= 2;
            }
        };
        tree(&mut body, &|a, b| format!("max({a}, {b})"));
        let _ = writeln!(
            body,
            "let higher = max(most, reduced[row * {keys}u]); let fade = exp(most - higher); most = higher;
let weight = select(0.0, exp(score - most), there);
workgroupBarrier();
weights[thread] = weight; reduced[thread] = weight; if (key == 0u) {{ fades[row] = fade; }}
workgroupBarrier();"
        );
        tree(&mut body, &|a, b| format!("{a} + {b}"));
        let value = |k: &str| {
            format!(
                "sum += weights[mixed_row * {keys}u + {k}] * x[(picture * {n}u + first + {k}) * {stride}u + {}u + head + c];\n",
                2 * heads * quads
            )
        };
        let _ = writeln!(
            body,
            "total = total * fade + reduced[row * {keys}u];\nif (mixed_row < {rows}u) {{\nsum *= fades[mixed_row];"
        );
        if n.is_multiple_of(keys) && keys.is_multiple_of(slices) && keys / slices <= 8 {
            for k in 0..keys / slices {
                body += &value(&format!("slice + {}u", k * slices));
            }
        } else {
            let _ = writeln!(
                body,
                "let end = min({keys}u, {n}u - first);\nfor (var k = slice; k < end; k += {slices}u) {{ {} }}",
                value("k")
            );
        }
        let _ = writeln!(
            body,
            "}}\nworkgroupBarrier();\n}}
sums[thread] = sum; if (key == 0u) {{ totals[row] = total; }}
workgroupBarrier();
if (mixed_row < {rows}u && slice == 0u) {{
for (var s = 1u; s < {slices}u; s++) {{ sum += sums[thread + s * {quads}u]; }}
y[((picture * {n}u + first_row + mixed_row) * {heads}u) * {quads}u + head + c] = sum / totals[mixed_row];
}}"
        );
        let outside = format!(
            "var<workgroup> reduced: array<f32, {THREADS}>;\nvar<workgroup> weights: array<f32, {THREADS}>;
var<workgroup> sums: array<vec4f, {THREADS}>;\nvar<workgroup> fades: array<f32, {rows}>;\nvar<workgroup> totals: array<f32, {rows}>;"
        );
        let bindings = [read("x", "array<vec4f>"), write("y", "array<vec4f>")];
        Kernel::new("attention", THREADS, &bindings, &outside, &body)
    }
}
