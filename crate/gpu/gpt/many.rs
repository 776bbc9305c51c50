//! Kernels that read many tokens: three a layer, then one for the scores. A workgroup's last number is its task's.

use super::sizes::{COLUMNS, Sizes, slices};
use super::text::{BINDINGS, Dense, common, each, moments, product, reductions, sum};
use crate::gpu::kernel::{Kernel, MOST_THREADS};

/// Rows that attend together; a vec4 holds a number of each.
pub const TOGETHER: usize = 4;
/// Threads of a workgroup that attends.
const ATTENDING: usize = 128;

/// A tile of rows, normalised, times a tile of columns.
struct Tile<'a> {
    rows: usize,
    /// How many rows there are in all.
    count: &'a str,
    /// Four number `c` of the tile's row `row`; writes it to `value`.
    load: &'a str,
    /// Gain, then bias.
    norm: &'a str,
    place: &'a str,
    /// Fours of a row of weights.
    of: &'a str,
    /// What is done with `value`, four number `column` of the tile's row `row`.
    store: &'a str,
}

impl Tile<'_> {
    fn kernel(&self, label: &str, sizes: &Sizes) -> Kernel {
        let Self { rows, count, load, norm, place, of, store } = *self;
        let padded = sizes.padded_width;
        let slices = slices(COLUMNS, padded, 32);
        let run = padded / slices;
        // Threads that share a slice and a column have every so manieth row.
        let lines = rows.min(MOST_THREADS / (COLUMNS * slices));
        let each_has = rows / lines;
        let size = (rows * padded).max(slices * rows * COLUMNS);
        let outside = common(sizes)
            + &format!("var<workgroup> tile: array<vec4f, {size}>;\n")
            + &moments(sizes, "tile");
        let per_row = MOST_THREADS / rows;
        let vars = each(each_has, |r| format!("var a{r} = vec4f();"));
        let product = product(each_has, run, of, |r| {
            format!("tile[(line + {}u) * DP + slice * {run}u + $]", r * lines)
        });
        let keep = each(each_has, |r| {
            format!("tile[(slice * {rows}u + line + {}u) * {COLUMNS}u + c] = a{r};", r * lines)
        });
        let total = sum(slices, |s| format!("tile[thread + {}u]", s * rows * COLUMNS));
        let body = format!(
            "let task = task_of(group.z);
let count = {count};
let first = group.y * {rows}u;
if (first >= count) {{ return; }}
{{
  let row = thread / {per_row}u;
  for (var c = thread % {per_row}u; c < DP; c += {per_row}u) {{
    var value = vec4f();
    if (c < D && first + row < count) {{ {load} }}
    tile[row * DP + c] = value;
  }}
  workgroupBarrier();
  let m = moments(row * DP);
  workgroupBarrier();
  for (var c = thread % {per_row}u; c < D; c += {per_row}u) {{
    tile[row * DP + c] = (tile[row * DP + c] - m.x) * m.y * weights[{norm} + c] + weights[{norm} + D + c];
  }}
  workgroupBarrier();
}}
let c = thread % {COLUMNS}u;
let slice = thread / {COLUMNS}u % {slices}u;
let line = thread / {}u;
{vars}if (line < {lines}u) {{
  var at = {place} + slice * {run}u * 4u * {of} + min(group.x * {COLUMNS}u + c, {of} - 1u);
{product}}}
workgroupBarrier();
if (line < {lines}u) {{
{keep}}}
workgroupBarrier();
let column = group.x * {COLUMNS}u + c;
let row = thread / {COLUMNS}u;
if (thread < {}u && column < {of} && first + row < count) {{
  var value = {total};
  {store}
}}",
            COLUMNS * slices,
            rows * COLUMNS,
        );
        Kernel::new(label, MOST_THREADS, &BINDINGS, &outside, &body)
    }
}

/// Queries, keys and values of a layer. Workgroups: columns, rows, tasks.
pub fn project(sizes: &Sizes) -> Kernel {
    let load = "if (layer.x == 0u) {
      value = weights[EMB + input[task.tokens + first + row] * D + c];
      if (group.x == 0u) { stream[before(task, 0u, first + row) + c] = value; }
    } else {
      value = stream[before(task, layer.x, first + row) + c];
    }";
    let store = "value += weights[weight(QKV) + 4u * DP * 3u * Q + column];
  let part = column / Q;
  let head = column % Q / P;
  let four = column % P;
  let position = task.start + first + row;
  if (part < 2u) { value = turned(value, position, four); }
  remember(task, part, head, four, position, value);
  if (part == 0u || task.all) {
    show(shown(task) + 4u * ((part * HEADS + head) * task.n * P + (first + row) * P + four), value);
  }";
    let tile = Tile {
        rows: sizes.tile_rows(),
        count: "task.n",
        load,
        norm: "weight(LN1)",
        place: "weight(QKV)",
        of: "(3u * Q)",
        store,
    };
    tile.kernel("queries, keys, values", sizes)
}

/// The scores of the next token after each layer, or only after the last. Workgroups: columns, rows, tasks.
pub fn score(sizes: &Sizes) -> Kernel {
    let tile = Tile {
        rows: sizes.tile_rows(),
        count: "select(task.n, (LAYERS + 1u) * task.n, task.all)",
        load: "value = stream[before(task, select(LAYERS, 0u, task.all), first + row) + c];",
        norm: "LNF",
        place: "HEAD",
        of: "V4",
        store: "say(task.lens + (first + row) * V, column, value);",
    };
    tile.kernel("scores", sizes)
}

/// softmax(Q Kᵀ/√dh) V, a row seeing what came before it: `attend` of [`FusedGpt`](crate::models::fused_gpt::FusedGpt) on the processor.
/// Workgroups: rows, heads, tasks.
pub fn attend(sizes: &Sizes) -> Kernel {
    let p = sizes.head;
    let slices = super::text::key_slices(p, ATTENDING);
    let size = sizes.room.max(slices * TOGETHER * p);
    let outside = common(sizes)
        + &format!(
            "var<workgroup> q: array<vec4f, {}>;\nvar<workgroup> s: array<vec4f, {size}>;\n",
            TOGETHER * p
        )
        + &reductions(ATTENDING, "vec4f")
        + "
// What is known of a key's cells in the four rows; rows beyond the last count as free.
fn codes(task: Task, head: u32, first: u32, key: u32) -> vec4u {
  var codes = vec4u(FREE);
  let at = cells(task, head, first) + key;
  codes.x = input[at];
  if (first + 1u < task.n) { codes.y = input[at + task.sight]; }
  if (first + 2u < task.n) { codes.z = input[at + 2u * task.sight]; }
  if (first + 3u < task.n) { codes.w = input[at + 3u * task.sight]; }
  return codes;
}
";
    let dots = super::text::unrolled(p, "p", |at| {
        format!(
            "{{ let k = memory[keys + ({at}) * ROOM + key];
      a += vec4f(dot(k, q[{at}]), dot(k, q[{at} + P]), dot(k, q[{at} + 2u * P]), dot(k, q[{at} + 3u * P])); }}"
        )
    });
    let show_rows = |to: &str, value: &str| {
        each(TOGETHER, |r| {
            let part = ["x", "y", "z", "w"][r];
            format!("if (first + {r}u < task.n) {{ seen[{to} + {r}u * task.sight + key] = {value}.{part}; }}")
        })
    };
    let shown_scores = show_rows("scores", "a");
    let shown_weights = show_rows("maps", "w");
    let loads = each(4, |i| {
        format!(
            "let v{i} = memory[values + min(k + {}u, past - 1u) * P]; let w{i} = s[k + {}u];",
            i * slices,
            i * slices
        )
    });
    let adds = each(TOGETHER, |r| {
        let part = ["x", "y", "z", "w"][r];
        format!("a{r} += {};", sum(4, |i| format!("w{i}.{part} * v{i}")))
    });
    let vars = each(TOGETHER, |r| format!("var a{r} = vec4f();"));
    let keep = each(TOGETHER, |r| format!("s[(slice * {TOGETHER}u + {r}u) * P + column] = a{r};"));
    let total = sum(slices, |i| format!("s[i + {}u]", i * TOGETHER * p));
    let body = format!(
        "let task = task_of(group.z);
let first = group.x * {TOGETHER}u;
if (first >= task.n) {{ return; }}
let head = group.y;
let is = on(task);
let shows = shown(task);
for (var i = thread; i < {TOGETHER}u * P; i += {ATTENDING}u) {{
  var value = vec4f();
  let row = first + i / P;
  if (row < task.n) {{
    let at = shows + 4u * ((head * task.n + row) * P + i % P);
    value = SCALE * vec4f(seen[at], seen[at + 1u], seen[at + 2u], seen[at + 3u]);
  }}
  q[i] = value;
}}
workgroupBarrier();
// The last position of each row; what comes later is reckoned only where somebody wants to see it.
let here = vec4u(task.start + first) + vec4u(0u, 1u, 2u, 3u);
let past = min(task.sight, task.start + first + {TOGETHER}u);
let last = select(past, task.sight, task.all);
let keys = task.memory + layer.x * MEMORY + head * P * ROOM;
let scores = shows + 16u * Q * task.n + (head * task.n + first) * task.sight;
var top = vec4f(MASKED);
for (var key = thread; key < last; key += {ATTENDING}u) {{
  var a = vec4f();
  {dots}
  if (task.all) {{
    {shown_scores}
  }}
  var hidden = vec4u(key) > here;
  if ((is & CELLS) != 0u) {{ hidden = hidden | ((codes(task, head, first, key) & vec4u(HIDDEN)) != vec4u(0u)); }}
  a = select(a, vec4f(MASKED), hidden);
  s[key] = a;
  top = max(top, a);
}}
top = most(thread, top);
var sum = vec4f();
for (var key = thread; key < last; key += {ATTENDING}u) {{
  let a = s[key];
  let e = select(exp(a - top), vec4f(), a <= vec4f(0.5 * MASKED));
  s[key] = e;
  sum += e;
}}
let share = 1.0 / total(thread, sum);
for (var key = thread; key < last; key += {ATTENDING}u) {{ s[key] *= share; }}
if ((is & ROWS) != 0u) {{
  var rest = vec4f(-1.0);
  rest.x = rest_of(task, head, first);
  if (first + 1u < task.n) {{ rest.y = rest_of(task, head, first + 1u); }}
  if (first + 2u < task.n) {{ rest.z = rest_of(task, head, first + 2u); }}
  if (first + 3u < task.n) {{ rest.w = rest_of(task, head, first + 3u); }}
  var free = vec4f();
  for (var key = thread; key < past; key += {ATTENDING}u) {{
    let code = codes(task, head, first, key);
    let loose = ((code & vec4u(FREE)) != vec4u(0u)) & (vec4u(key) <= here);
    let even = select(vec4f(WHIFF), vec4f(), (code & vec4u(HIDDEN)) != vec4u(0u));
    free += select(vec4f(), s[key] + even, loose);
  }}
  free = total(thread, free);
  let part = select(vec4f(), rest / free, rest > vec4f());
  for (var key = thread; key < past; key += {ATTENDING}u) {{
    let code = codes(task, head, first, key);
    let even = select(vec4f(WHIFF), vec4f(), (code & vec4u(HIDDEN)) != vec4u(0u));
    let fixed = bitcast<vec4f>(code & vec4u(FREE - 1u));
    var w = select(fixed, (s[key] + even) * part, (code & vec4u(FREE)) != vec4u(0u));
    w = select(w, vec4f(), vec4u(key) > here);
    s[key] = select(s[key], w, rest >= vec4f());
  }}
}}
let maps = task.maps + ((layer.x * HEADS + head) * task.n + first) * task.sight;
for (var key = thread; key < task.sight; key += {ATTENDING}u) {{
  var w = vec4f();
  if (key < last) {{ w = s[key]; }}
  {shown_weights}
}}
let padded = (past + {span}u - 1u) / {span}u * {span}u;
for (var key = last + thread; key < padded; key += {ATTENDING}u) {{ s[key] = vec4f(); }}
workgroupBarrier();
let column = thread % P;
let slice = thread / P;
{vars}if (slice < {slices}u) {{
  let values = task.memory + layer.x * MEMORY + Q * ROOM + head * ROOM * P + column;
  for (var k = slice; k < padded; k += {span}u) {{
    {loads}{adds}
  }}
}}
workgroupBarrier();
if (slice < {slices}u) {{
{keep}}}
workgroupBarrier();
let loud = gain(task, head);
for (var i = thread; i < {TOGETHER}u * P; i += {ATTENDING}u) {{
  let row = first + i / P;
  if (row < task.n) {{
    let value = loud * ({total});
    between[(task.row + row) * Q + head * P + i % P] = value;
    if (task.all) {{ show(shows + 4u * (3u * Q * task.n + (head * task.n + row) * P + i % P), value); }}
  }}
}}",
        span = 4 * slices,
    );
    Kernel::new("attention", ATTENDING, &BINDINGS, &outside, &body)
}

/// All that follows attention in a layer. Workgroups: rows, 1, tasks.
pub fn finish(sizes: &Sizes) -> Kernel {
    let rows = sizes.finish_rows();
    let Sizes { width, padded_width, padded_heads, hidden, .. } = *sizes;
    let operand = sizes.operand();
    let outside = common(sizes)
        + &format!(
            "var<workgroup> x: array<vec4f, {}>;
var<workgroup> y: array<vec4f, {}>;
var<workgroup> h: array<vec4f, {}>;
var<workgroup> sums: array<vec4f, {}>;
",
            rows * width,
            rows * operand,
            (rows * hidden).max(1),
            rows * MOST_THREADS
        )
        + &moments(sizes, "x");
    let dense = |columns: usize,
                 of: &'static str,
                 inputs: usize,
                 place: &'static str,
                 array: &'static str,
                 stride| {
        Dense { threads: MOST_THREADS, rows, columns, of, first: "0u", inputs, place, array, stride }
    };
    let proj = dense(width, "D", padded_heads, "weight(PROJ)", "y", operand);
    let fc1 = dense(hidden.max(1), "M", padded_width, "weight(FC1)", "y", operand);
    let fc2 = dense(width, "D", hidden, "weight(FC2)", "h", hidden);
    let for_all = |columns: &str, body: &str| {
        format!(
            "for (var i = thread; i < {rows}u * {columns}; i += {MOST_THREADS}u) {{ let row = i / {columns}; let c = i % {columns}; {body} }}\n"
        )
    };
    let operand_text = format!("{operand}u");
    let mut body = format!(
        "let task = task_of(group.z);
let first = group.x * {rows}u;
if (first >= task.n) {{ return; }}
let is = on(task);
"
    );
    body += &for_all(
        &operand_text,
        "var value = vec4f(); if (c < Q && first + row < task.n) { value = between[(task.row + first + row) * Q + c]; } y[i] = value;",
    );
    body += &for_all(
        "D",
        "var value = vec4f(); if (first + row < task.n) { value = stream[before(task, layer.x, first + row) + c]; } x[i] = value;",
    );
    body += "workgroupBarrier();\nif ((is & ATTENTION) != 0u) {\n";
    body += &proj.text();
    body += &for_all(
        "D",
        &format!("x[i] += {} + weights[weight(PROJ) + {}u * D + c];", proj.total("i"), 4 * padded_heads),
    );
    body += "}\nworkgroupBarrier();\n";
    if hidden > 0 {
        body += "if ((is & MLP) != 0u) {\n";
        body += &for_all(
            &operand_text,
            "var value = vec4f();
if (c < D) { let m = moments(row * D); value = (x[row * D + c] - m.x) * m.y * weights[weight(LN2) + c] + weights[weight(LN2) + D + c]; }
y[i] = value;",
        );
        body += "workgroupBarrier();\n";
        body += &fc1.text();
        body += &for_all(
            "M",
            &format!("h[i] = gelu({} + weights[weight(FC1) + 4u * DP * M + c]);", fc1.total("i")),
        );
        body += "workgroupBarrier();\n";
        body += &fc2.text();
        body +=
            &for_all("D", &format!("x[i] += {} + weights[weight(FC2) + 4u * M * D + c];", fc2.total("i")));
        body += "}\nworkgroupBarrier();\n";
    }
    body += &for_all(
        "D",
        "if (first + row < task.n) { stream[before(task, layer.x + 1u, first + row) + c] = x[i]; }",
    );
    Kernel::new("projection and small network", MOST_THREADS, &BINDINGS, &outside, &body)
}
