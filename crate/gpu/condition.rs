//! The text of what tells a U-Net's blocks the time and the label: two layers, then every block's own, in one kernel.

use std::fmt::Write;

use super::kernel::{Kernel, read, write};

/// The sizes, in vectors of four.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Sines and cosines.
    pub waves: usize,
    pub hidden: usize,
    /// Of all blocks together.
    pub told: usize,
    /// Whether a label's row is added.
    pub label: bool,
}

/// Where its weights begin, in vectors of four; matrices are [inputs, outputs].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Places {
    pub first: usize,
    pub first_bias: usize,
    pub second: usize,
    pub second_bias: usize,
    pub blocks: usize,
    pub blocks_bias: usize,
    pub all: usize,
}

const THREADS: usize = 256;
/// Quads of a workgroup: each makes the hidden vector for itself, which is little.
const CHUNK: usize = 16;

impl Condition {
    /// Quads of the answer for a picture.
    pub fn stride(&self) -> usize {
        self.told.next_multiple_of(CHUNK)
    }

    /// Quads that a picture brings.
    pub fn brought(&self) -> usize {
        self.waves + if self.label { self.hidden } else { 0 }
    }

    pub fn groups(&self, pictures: usize) -> [usize; 3] {
        [self.stride() / CHUNK, pictures, 1]
    }

    pub fn places(&self) -> Places {
        let first_bias = 4 * self.waves * self.hidden;
        let second = first_bias + self.hidden;
        let second_bias = second + 4 * self.hidden * self.hidden;
        let blocks = second_bias + self.hidden;
        let blocks_bias = blocks + 4 * self.hidden * self.stride();
        Places {
            first: 0,
            first_bias,
            second,
            second_bias,
            blocks,
            blocks_bias,
            all: blocks_bias + self.stride(),
        }
    }

    /// The kernel on its weights, what the pictures bring, and what the blocks are told, [B, stride].
    pub fn kernel(&self) -> Kernel {
        let Self { waves, hidden, label, .. } = *self;
        let (stride, brought, places) = (self.stride(), self.brought(), self.places());
        let mut body = format!(
            "for (var i = thread; i < {waves}u; i += {THREADS}u) {{ one[i] = e[group.y * {brought}u + i]; }}\nworkgroupBarrier();\n"
        );
        let silu = "sum = sum / (1.0 + exp(-sum));";
        product(
            &mut body,
            "one",
            waves,
            (places.first, places.first_bias),
            hidden,
            hidden,
            "0u",
            &format!("{silu} two[q] = sum;"),
        );
        let labelled =
            if label { format!("sum += e[group.y * {brought}u + {waves}u + q]; ") } else { String::new() };
        product(
            &mut body,
            "two",
            hidden,
            (places.second, places.second_bias),
            hidden,
            hidden,
            "0u",
            &format!("{labelled}{silu} one[q] = sum;"),
        );
        product(
            &mut body,
            "one",
            hidden,
            (places.blocks, places.blocks_bias),
            CHUNK,
            stride,
            &format!("group.x * {CHUNK}u"),
            &format!("told[group.y * {stride}u + group.x * {CHUNK}u + q] = sum;"),
        );
        let outside = format!(
            "var<workgroup> one: array<vec4f, {}>;\nvar<workgroup> two: array<vec4f, {hidden}>;\nvar<workgroup> parts: array<vec4f, {THREADS}>;",
            waves.max(hidden)
        );
        let bindings = [read("p", "array<vec4f>"), read("e", "array<vec4f>"), write("told", "array<vec4f>")];
        Kernel::new("condition", THREADS, &bindings, &outside, &body)
    }
}

/// `count` quads from number `first` of `from` times a matrix with rows of `stride`; `then` does something with `sum` and `q`.
#[allow(clippy::too_many_arguments, reason = "a product has two sides and an answer")]
fn product(
    text: &mut String,
    from: &str,
    inputs: usize,
    (matrix, bias): (usize, usize),
    count: usize,
    stride: usize,
    first: &str,
    then: &str,
) {
    let slices = (THREADS / count).clamp(1, inputs);
    let turn = |k: &str| {
        format!(
            "{{ let x = {from}[{k}]; let at = {matrix}u + ({k}) * {}u + {first} + q; \
             sum += p[at] * x.x + p[at + {stride}u] * x.y + p[at + {}u] * x.z + p[at + {}u] * x.w; }}\n",
            4 * stride,
            2 * stride,
            3 * stride
        )
    };
    let _ = writeln!(
        text,
        "if (thread < {}u) {{ let q = thread % {count}u; let slice = thread / {count}u; var sum = vec4f();",
        count * slices
    );
    if inputs.is_multiple_of(slices) && inputs / slices <= 4 {
        for k in 0..inputs / slices {
            *text += &turn(&format!("slice + {}u", k * slices));
        }
    } else {
        let _ = writeln!(text, "for (var k = slice; k < {inputs}u; k += {slices}u) {{ {} }}", turn("k"));
    }
    let _ = writeln!(text, "parts[thread] = sum; }}\nworkgroupBarrier();");
    let _ = writeln!(
        text,
        "if (thread < {count}u) {{ let q = thread; var sum = p[{bias}u + {first} + q];
for (var s = 0u; s < {slices}u; s++) {{ sum += parts[s * {count}u + q]; }}
{then} }}\nworkgroupBarrier();"
    );
}
