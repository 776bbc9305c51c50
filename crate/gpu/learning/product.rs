//! Products of matrices: of a batch of texts and heads, transposed or not, with what follows a product in a network.

use super::tape::{SLICES, Tape};
use crate::gpu::kernel::{Kernel, read, uniform, write};
use crate::gpu::recipe::Span;

/// Rows and columns of the tile that a workgroup makes.
const TILE: usize = 32;
/// Inner numbers that are shared at a time; each of the four parts of a workgroup takes a quarter of them.
const INNER: usize = 32;
const PARTS: usize = 4;
const THREADS: usize = 256;
/// Fours of a row of what is shared, one more than there are: else threads that write a column would wait for each other.
const ROW: usize = TILE / 4 + 1;

/// Where a matrix lies: number (i, j) of head h of text t at `from` + i · `rows` + j · `columns` + t · `texts` + h · `heads`.
#[derive(Clone, Copy, Debug)]
pub struct Matrix {
    pub buffer: Span,
    pub from: usize,
    pub rows: usize,
    pub columns: usize,
    pub texts: usize,
    pub heads: usize,
}

impl Matrix {
    /// Rows of `width` numbers, one after the other.
    pub fn new(buffer: Span, from: usize, width: usize) -> Self {
        Self { buffer, from, rows: width, columns: 1, texts: 0, heads: 0 }
    }

    /// Its transpose.
    pub fn turned(self) -> Self {
        Self { rows: self.columns, columns: self.rows, ..self }
    }

    /// One of each text and head.
    pub fn of(self, texts: usize, heads: usize) -> Self {
        Self { texts, heads, ..self }
    }
}

/// A function of each number by itself, as its kernels know it.
#[derive(Clone, Copy, Debug)]
pub enum Activation {
    Silu = 1,
    Gelu = 2,
}

/// What is done with a product.
#[derive(Clone, Copy, Debug)]
pub enum Then {
    Nothing,
    /// The function of it is written, too, so many numbers after it.
    Shows(Activation, usize),
    /// It is multiplied by the slope of the function at the numbers that lie there.
    Slopes(Activation, Span),
    /// What lies there is added.
    Adds(Span),
}

/// c = a b.
#[derive(Clone, Copy, Debug)]
pub struct Product {
    pub a: Matrix,
    pub b: Matrix,
    /// Its columns lie next to each other.
    pub c: Matrix,
    /// Rows and columns of c, and the inner numbers of a text.
    pub size: [usize; 3],
    /// The inner numbers of all texts, of which the last may have fewer.
    pub inner: usize,
    pub texts: usize,
    pub heads: usize,
    /// Where in b's buffer a row lies that is added to every row.
    pub bias: Option<usize>,
    /// Where in c's buffer the sums of a over its inner numbers go, one a row.
    pub sums: Option<usize>,
    pub then: Then,
}

const BIAS: usize = 1;
const SUMS: usize = 2;
const SHOWS: usize = 4;
const SLOPES: usize = 8;
const ADDS: usize = 16;

impl Tape {
    /// Writes down a product.
    pub fn product(&mut self, product: &Product) {
        let Product { a, b, c, size: [rows, columns, inner], texts, heads, .. } = *product;
        assert_eq!(c.columns, 1, "columns of a product lie next to each other");
        let (mut flags, mut kind, mut second) = (0, 0, 0);
        let mut beside = a.buffer;
        match product.then {
            Then::Nothing => {}
            Then::Shows(function, after) => (flags, kind, second) = (SHOWS, function as usize, after),
            Then::Slopes(function, at) => (flags, kind, beside) = (SLOPES, function as usize, at),
            Then::Adds(to) => (flags, beside) = (ADDS, to),
        }
        flags |= product.bias.map_or(0, |_| BIAS) | product.sums.map_or(0, |_| SUMS);
        let told = self.told(&[
            rows,
            columns,
            inner,
            product.inner,
            a.from,
            a.rows,
            a.columns,
            a.texts,
            b.from,
            b.rows,
            b.columns,
            b.texts,
            c.from,
            c.rows,
            c.texts,
            c.heads,
            heads,
            a.heads,
            b.heads,
            flags,
            product.bias.or(product.sums).unwrap_or(0),
            second,
            kind,
        ]);
        assert!(product.bias.is_none() || product.sums.is_none(), "a product has a bias or sums");
        let groups = [columns.div_ceil(TILE), rows.div_ceil(TILE), texts * heads];
        self.recipe.step(kernel(), &[told, a.buffer, b.buffer, beside, c.buffer], groups);
    }

    /// y = x Wᵀ + b of `rows` rows.
    pub fn forward(&mut self, layer: &Layer, rows: usize, x: Matrix, y: Matrix, then: Then) {
        let Layer { weight, bias, inputs, outputs } = *layer;
        self.product(&Product {
            a: x,
            b: Matrix::new(self.weights(), weight, inputs).turned(),
            c: y,
            size: [rows, outputs, inputs],
            inner: inputs,
            texts: 1,
            heads: 1,
            bias,
            sums: None,
            then,
        });
    }

    /// The slope of x from that of y: dx = dy W.
    pub fn back(&mut self, layer: &Layer, rows: usize, dy: Matrix, dx: Matrix, then: Then) {
        let Layer { weight, inputs, outputs, .. } = *layer;
        self.product(&Product {
            a: dy,
            b: Matrix::new(self.weights(), weight, inputs),
            c: dx,
            size: [rows, inputs, outputs],
            inner: outputs,
            texts: 1,
            heads: 1,
            bias: None,
            sums: None,
            then,
        });
    }

    /// The gradients of W and b from the slope of y: dW = dyᵀ x, db = Σ dy, slice by slice of the rows.
    pub fn gradient(&mut self, layer: &Layer, rows: usize, dy: Matrix, x: Matrix) {
        let Layer { weight, bias, inputs, outputs } = *layer;
        let slice = rows.div_ceil(SLICES);
        let count = self.count;
        self.product(&Product {
            a: dy.turned().of(slice * dy.rows, 0),
            b: x.of(slice * x.rows, 0),
            c: Matrix::new(self.gradients, weight, inputs).of(count, 0),
            size: [outputs, inputs, slice],
            inner: rows,
            texts: rows.div_ceil(slice),
            heads: 1,
            bias: None,
            sums: bias,
            then: Then::Nothing,
        });
    }
}

/// A linear layer in the row of all weights: W [outputs, inputs] and b [outputs].
#[derive(Clone, Copy, Debug)]
pub struct Layer {
    pub weight: usize,
    pub bias: Option<usize>,
    pub inputs: usize,
    pub outputs: usize,
}

/// Workgroups: columns, rows, heads of all texts.
fn kernel() -> Kernel {
    let bindings = [
        uniform("p", "Product"),
        read("a", "array<f32>"),
        read("b", "array<f32>"),
        read("beside", "array<f32>"),
        write("c", "array<f32>"),
    ];
    let outside = format!(
        "struct Product {{
  // Rows, columns, inner numbers of a text and of all.
  size: vec4u,
  // From, strides of rows, columns and texts.
  a: vec4u,
  b: vec4u,
  // From, strides of rows, texts and heads.
  c: vec4u,
  // How many, strides of a and b by heads; flags.
  heads: vec4u,
  // Where bias or sums lie, how far the function is from the product, which one it is.
  more: vec4u,
}}
var<workgroup> tile: array<vec4f, {}>;
fn shown(z: vec4f) -> vec4f {{
  if (p.more.z == {silu}u) {{ return z / (1.0 + exp(min(-z, vec4f(80.0)))); }}
  let u = 1.5957691 * (z + 0.044715 * z * z * z);
  return z / (1.0 + exp(min(-u, vec4f(80.0))));
}}
fn slope(z: vec4f) -> vec4f {{
  if (p.more.z == {silu}u) {{
    let s = 1.0 / (1.0 + exp(min(-z, vec4f(80.0))));
    return s * (1.0 + z * (1.0 - s));
  }}
  let square = 0.044715 * z * z;
  let s = 1.0 / (1.0 + exp(min(-1.5957691 * (z + square * z), vec4f(80.0))));
  return s + z * s * (1.0 - s) * 1.5957691 * (1.0 + 3.0 * square);
}}
",
        PARTS * TILE * TILE / 4,
        silu = Activation::Silu as usize,
    );
    let mut turns = String::new();
    for i in 0..INNER / PARTS {
        turns += &format!(
            "  {{
    let x = tile[left + {}u];
    let y = tile[right + {}u];
    sums += x;
    c0 += x.x * y; c1 += x.y * y; c2 += x.z * y; c3 += x.w * y;
  }}
",
            i * ROW,
            i * ROW
        );
    }
    let body = format!(
        "let text = group.z / p.heads.x;
let head = group.z % p.heads.x;
let inner = min(p.size.z, p.size.w - text * p.size.z);
let first = {TILE}u * group.yx;
// The four numbers that this thread brings: neighbours in memory are brought by neighbours.
let ak = select(thread / 8u, thread % {INNER}u, p.a.z == 1u);
let ar = first.x + 4u * select(thread % 8u, thread / {INNER}u, p.a.z == 1u);
let bk = select(thread / 8u, thread % {INNER}u, p.b.y == 1u);
let bc = first.y + 4u * select(thread % 8u, thread / {INNER}u, p.b.y == 1u);
let rows = vec4u(ar) + vec4u(0u, 1u, 2u, 3u) < vec4u(p.size.x);
let columns = vec4u(bc) + vec4u(0u, 1u, 2u, 3u) < vec4u(p.size.y);
let a_to = ak * {ROW}u + (ar - first.x) / 4u;
let b_to = ({INNER}u + bk) * {ROW}u + (bc - first.y) / 4u;
var a_at = p.a.x + text * p.a.w + head * p.heads.y + ar * p.a.y + ak * p.a.z;
var b_at = p.b.x + text * p.b.w + head * p.heads.z + bk * p.b.y + bc * p.b.z;
let part = thread / 64u;
let left = part * {quarter}u + thread / 8u % 8u;
let right = {INNER}u * {ROW}u + part * {quarter}u + thread % 8u;
var c0 = vec4f();
var c1 = vec4f();
var c2 = vec4f();
var c3 = vec4f();
var sums = vec4f();
for (var k = 0u; k < inner; k += {INNER}u) {{
  let x = vec4f(a[a_at], a[a_at + p.a.y], a[a_at + 2u * p.a.y], a[a_at + 3u * p.a.y]);
  let y = vec4f(b[b_at], b[b_at + p.b.z], b[b_at + 2u * p.b.z], b[b_at + 3u * p.b.z]);
  tile[a_to] = select(vec4f(), x, rows & vec4<bool>(k + ak < inner));
  tile[b_to] = select(vec4f(), y, columns & vec4<bool>(k + bk < inner));
  a_at += {INNER}u * p.a.z;
  b_at += {INNER}u * p.b.y;
  workgroupBarrier();
{turns}  workgroupBarrier();
}}
let to = part * {fours}u + thread / 8u % 8u * 32u + thread % 8u;
tile[to] = c0;
tile[to + 8u] = c1;
tile[to + 16u] = c2;
tile[to + 24u] = c3;
workgroupBarrier();
var value = (tile[thread] + tile[thread + {fours}u]) + (tile[thread + {fours2}u] + tile[thread + {fours3}u]);
let at = vec2u(first.x + thread / 8u, first.y + thread % 8u * 4u);
let start = text * p.c.z + head * p.c.w + at.x * p.c.y + at.y;
if ((p.heads.w & {BIAS}u) != 0u) {{
  let i = p.more.x + at.y;
  value += vec4f(b[i], b[i + 1u], b[i + 2u], b[i + 3u]);
}}
if ((p.heads.w & {ADDS}u) != 0u) {{
  value += vec4f(beside[start], beside[start + 1u], beside[start + 2u], beside[start + 3u]);
}}
if ((p.heads.w & {SLOPES}u) != 0u) {{
  value *= slope(vec4f(beside[start], beside[start + 1u], beside[start + 2u], beside[start + 3u]));
}}
if (at.x < p.size.x) {{
  let i = p.c.x + start;
  if (at.y < p.size.y) {{ c[i] = value.x; }}
  if (at.y + 1u < p.size.y) {{ c[i + 1u] = value.y; }}
  if (at.y + 2u < p.size.y) {{ c[i + 2u] = value.z; }}
  if (at.y + 3u < p.size.y) {{ c[i + 3u] = value.w; }}
}}
if ((p.heads.w & {SHOWS}u) != 0u && at.x < p.size.x) {{
  let i = p.c.x + start + p.more.y;
  let seen = shown(value);
  if (at.y < p.size.y) {{ c[i] = seen.x; }}
  if (at.y + 1u < p.size.y) {{ c[i + 1u] = seen.y; }}
  if (at.y + 2u < p.size.y) {{ c[i + 2u] = seen.z; }}
  if (at.y + 3u < p.size.y) {{ c[i + 3u] = seen.w; }}
}}
if ((p.heads.w & {SUMS}u) != 0u && group.x == 0u) {{
  workgroupBarrier();
  if (thread % 8u == 0u) {{ tile[thread / 8u] = sums; }}
  workgroupBarrier();
  if (thread < 8u) {{
    let sum = (tile[thread] + tile[thread + 8u]) + (tile[thread + 16u] + tile[thread + 24u]);
    let row = first.x + 4u * thread;
    let i = p.more.x + text * p.c.z + row;
    if (row < p.size.x) {{ c[i] = sum.x; }}
    if (row + 1u < p.size.x) {{ c[i + 1u] = sum.y; }}
    if (row + 2u < p.size.x) {{ c[i + 2u] = sum.z; }}
    if (row + 3u < p.size.x) {{ c[i + 3u] = sum.w; }}
  }}
}}",
        quarter = INNER / PARTS * ROW,
        fours = TILE * TILE / 4,
        fours2 = 2 * TILE * TILE / 4,
        fours3 = 3 * TILE * TILE / 4,
    );
    Kernel::new("product", THREADS, &bindings, &outside, &body)
}
