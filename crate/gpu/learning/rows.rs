//! Rows that 32 threads look at together, eight rows a workgroup; and sums over the rows of a matrix.

use super::tape::Tape;
use crate::gpu::kernel::{Kernel, MOST_THREADS, read, write};
use crate::gpu::recipe::Span;

/// Threads of a row.
pub const LANES: usize = 32;
/// Rows of a workgroup.
pub const ROWS: usize = MOST_THREADS / LANES;

/// `total` and `most` of what the threads of a row bring, and for all kernels of rows `lane`, the thread in its row, and `row`.
pub fn together() -> String {
    let each = |of: &dyn Fn(usize) -> String| (0..LANES).map(of).collect::<Vec<_>>();
    // Four chains of sums, since each of them waits for itself.
    let sums: Vec<_> = (0..4)
        .map(|i| {
            let terms: Vec<_> = (0..LANES / 4).map(|j| format!("shared_[start + {}u]", 4 * j + i)).collect();
            format!("({})", terms.join(" + "))
        })
        .collect();
    let largest = each(&|i| format!("  most = max(most, shared_[start + {i}u].x);\n")).concat();
    format!(
        "var<workgroup> shared_: array<vec2f, {MOST_THREADS}>;
fn bring(thread: u32, value: vec2f) -> u32 {{
  workgroupBarrier();
  shared_[thread] = value;
  workgroupBarrier();
  return thread / {LANES}u * {LANES}u;
}}
fn total(thread: u32, value: vec2f) -> vec2f {{
  let start = bring(thread, value);
  return ({}) + ({});
}}
fn largest(thread: u32, value: f32) -> f32 {{
  let start = bring(thread, vec2f(value));
  var most = shared_[start].x;
{largest}  return most;
}}
",
        sums[..2].join(" + "),
        sums[2..].join(" + ")
    )
}

/// What all kernels of rows begin with; `p.x` is the number of rows, of which threads beyond the last look at the last.
pub fn begin() -> String {
    format!(
        "let lane = thread % {LANES}u;
let there = group.x * {ROWS}u + thread / {LANES}u < p.x;
let row = min(group.x * {ROWS}u + thread / {LANES}u, p.x - 1u);
"
    )
}

/// Workgroups for so many rows.
pub fn groups(rows: usize) -> [usize; 3] {
    [rows.div_ceil(ROWS), 1, 1]
}

/// Sums over the rows of a matrix.
#[derive(Clone, Copy, Debug)]
pub struct Sum {
    pub rows: usize,
    pub columns: usize,
    /// Where the matrix begins.
    pub from: usize,
    /// Where the first sum goes.
    pub to: usize,
}

/// Columns of a workgroup, each of which four threads sum.
const COLUMNS: usize = MOST_THREADS / 4;

impl Tape {
    /// Writes down sums over matrices in `from`, each to its place in `to`.
    pub fn sums(&mut self, sums: &[Sum], from: Span, to: Span) {
        let widest = sums.iter().map(|sum| sum.columns).max().unwrap_or(0);
        // As many as a binding's numbers tell.
        for some in sums.chunks(crate::gpu::recipe::ALIGNED / 4) {
            let told: Vec<usize> =
                some.iter().flat_map(|sum| [sum.rows, sum.columns, sum.from, sum.to]).collect();
            let told = self.told(&told);
            let kernel = Kernel::new(
                "sums",
                MOST_THREADS,
                &[read("all", "array<vec4u>"), read("x", "array<f32>"), write("y", "array<f32>")],
                &format!("var<workgroup> shared_: array<f32, {MOST_THREADS}>;"),
                &format!(
                    "// Rows, columns, from, to.
let p = all[group.z];
let column = group.x * {COLUMNS}u + thread % {COLUMNS}u;
var s = vec4f();
for (var row = thread / {COLUMNS}u; row < p.x; row += 16u) {{
  let at = vec4u(row, row + 4u, row + 8u, row + 12u);
  let i = p.z + column + at * p.y;
  s += select(vec4f(), vec4f(x[i.x], x[i.y], x[i.z], x[i.w]), at < vec4u(p.x));
}}
shared_[thread] = (s.x + s.y) + (s.z + s.w);
workgroupBarrier();
if (thread < {COLUMNS}u && column < p.y) {{
  let other = thread + {COLUMNS}u;
  y[p.w + column] = (shared_[thread] + shared_[other]) + (shared_[other + {COLUMNS}u] + shared_[other + {}u]);
}}",
                    2 * COLUMNS
                ),
            );
            self.recipe.step(kernel, &[told, from, to], [widest.div_ceil(COLUMNS), 1, some.len()]);
        }
    }
}
