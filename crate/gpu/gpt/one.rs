//! Kernels that read a single token after what is remembered: two a layer, then one for the scores. Workgroups leave each other
//! parts of sums, which the next ones add up. A workgroup's last number is its task's.

use super::sizes::{HIDDEN, Sizes};
use super::text::{BINDINGS, Dense, common, each, key_slices, moments, reductions, sum, unrolled};
use crate::gpu::kernel::{Kernel, MOST_THREADS};

/// Fours of scores that a workgroup does.
pub const SCORES: usize = 16;

/// Writes the stream before a layer, or after the last, to `x`: what was there before and the parts that were left for it.
/// Ends with a barrier.
fn gather(parts: usize, place: &str, before: &str, width: usize) -> String {
    let lines = (MOST_THREADS / width).min(parts);
    let each_has = parts.div_ceil(lines);
    let adds = each(each_has, |i| {
        let add = format!("a += between[{place} + (line + {}u) * D + c];", i * lines);
        match (i + 1) * lines <= parts {
            true => add,
            false => format!("if (line + {}u < {parts}u) {{ {add} }}", i * lines),
        }
    });
    let total = sum(lines, |i| format!("sums[thread + {i}u * D]"));
    format!(
        "{{
  let c = thread % D;
  let line = thread / D;
  if (line < {lines}u) {{
    var a = vec4f();
    {adds}sums[thread] = a;
  }}
  workgroupBarrier();
  if (thread < D) {{ x[thread] = {before} + {total}; }}
  workgroupBarrier();
}}
"
    )
}

/// The same for the number of a layer that a workgroup knows as `layer.x`, without its barrier before the embedding.
fn stream_before(sizes: &Sizes) -> String {
    match sizes.hidden {
        0 => gather(
            sizes.config.heads,
            "parts + (1u - layer.x % 2u) * HEADS * D",
            "stream[before(task, layer.x - 1u, 0u) + thread]",
            sizes.width,
        ),
        _ => gather(
            sizes.thinkers(),
            "parts + 2u * HEADS * D",
            "between[parts + (2u * HEADS + THINKERS) * D + thread]",
            sizes.width,
        ),
    }
}

/// Normalises `x` in place, padded with zeros, by the norm whose gain stands at `place`. Ends with a barrier.
fn normalise(place: &str) -> String {
    format!(
        "{{
  let m = moments(0u);
  workgroupBarrier();
  if (thread < D) {{ x[thread] = (x[thread] - m.x) * m.y * weights[{place} + thread] + weights[{place} + D + thread]; }}
  else if (thread < DP) {{ x[thread] = vec4f(); }}
  workgroupBarrier();
}}
"
    )
}

fn outside(sizes: &Sizes) -> String {
    common(sizes)
        + &format!(
            "const THINKERS = {}u;\nconst PARTS = {}u;\nvar<workgroup> x: array<vec4f, {}>;\nvar<workgroup> sums: array<vec4f, {MOST_THREADS}>;\n",
            sizes.thinkers(),
            sizes.parts(),
            sizes.padded_width
        )
        + &moments(sizes, "x")
}

/// A layer's second number is how many positions further the texts are than where they began.
const BEGIN: &str = "let task = task_of(layer.y * BESIDE + group.z);
let parts = group.z * PARTS;
let is = on(task);
";

/// A head's attention and its part of the projection. Workgroups: heads, 1, tasks.
pub fn attend(sizes: &Sizes) -> Kernel {
    let Sizes { width, padded_width, head: p, heads: q, .. } = *sizes;
    let slices = key_slices(p, MOST_THREADS);
    let span = 4 * slices;
    let outside = outside(sizes)
        + &format!(
            "var<workgroup> qkv: array<vec4f, {}>;\nvar<workgroup> s: array<f32, {}>;\nvar<workgroup> out: array<vec4f, {p}>;\n",
            3 * p,
            sizes.room
        )
        + &reductions(MOST_THREADS, "f32");
    let columns = format!("{}u", 3 * q);
    let qkv = Dense {
        threads: MOST_THREADS,
        rows: 1,
        columns: 3 * p,
        of: &columns,
        // Columns of queries, keys and values lie apart.
        first: "(column / P * Q + head * P + column % P - column)",
        inputs: padded_width,
        place: "weight(QKV)",
        array: "x",
        stride: 0,
    };
    let proj = Dense {
        threads: MOST_THREADS,
        rows: 1,
        columns: width,
        of: "D",
        first: "0u",
        inputs: p,
        place: "weight(PROJ) + head * P * 4u * D",
        array: "out",
        stride: 0,
    };
    let dots = unrolled(p, "p", |at| format!("a += dot(memory[keys + ({at}) * ROOM + key], qkv[{at}]);"));
    let loads = each(4, |i| {
        let at = i * slices;
        format!("let v{i} = memory[values + min(k + {at}u, task.start) * P]; let w{i} = s[k + {at}u];")
    });
    let adds = sum(4, |i| format!("w{i} * v{i}"));
    let body = format!(
        "{BEGIN}let head = group.x;
let shows = shown(task);
if (layer.x == 0u) {{
  let token = select(input[task.tokens], u32(between[parts + PARTS - 1u].x), task.tokens == 0u);
  if (thread < D) {{ x[thread] = weights[EMB + token * D + thread]; }}
  workgroupBarrier();
}} else {{
  {gather}}}
if (head == 0u && thread < D) {{ stream[before(task, layer.x, 0u) + thread] = x[thread]; }}
{normalise}{qkv_text}if (thread < 3u * P) {{
  let part = thread / P;
  let four = thread % P;
  var value = {qkv_total} + weights[weight(QKV) + 4u * DP * 3u * Q + part * Q + head * P + four];
  if (part < 2u) {{ value = turned(value, task.start, four); }}
  remember(task, part, head, four, task.start, value);
  if (task.all) {{ show(shows + 4u * ((part * HEADS + head) * P + four), value); }}
  if (part == 0u) {{ value *= SCALE; }}
  qkv[thread] = value;
}}
storageBarrier();
workgroupBarrier();
let keys = task.memory + layer.x * MEMORY + head * P * ROOM;
let scores = shows + 16u * Q + head * task.sight;
var top = MASKED;
for (var key = thread; key < task.sight; key += {MOST_THREADS}u) {{
  var a = 0f;
  {dots}if (task.all) {{ seen[scores + key] = a; }}
  if ((is & CELLS) != 0u) {{ a = select(a, MASKED, (input[cells(task, head, 0u) + key] & HIDDEN) != 0u); }}
  s[key] = a;
  top = max(top, a);
}}
top = most(thread, top);
var sum = 0f;
for (var key = thread; key < task.sight; key += {MOST_THREADS}u) {{
  let a = s[key];
  let e = select(exp(a - top), 0f, a <= 0.5 * MASKED);
  s[key] = e;
  sum += e;
}}
let share = 1.0 / total(thread, sum);
for (var key = thread; key < task.sight; key += {MOST_THREADS}u) {{ s[key] *= share; }}
if ((is & ROWS) != 0u) {{
  let rest = rest_of(task, head, 0u);
  if (rest >= 0.0) {{
    var free = 0f;
    for (var key = thread; key < task.sight; key += {MOST_THREADS}u) {{
      let code = input[cells(task, head, 0u) + key];
      if ((code & FREE) != 0u) {{ free += s[key] + select(WHIFF, 0f, (code & HIDDEN) != 0u); }}
    }}
    free = total(thread, free);
    for (var key = thread; key < task.sight; key += {MOST_THREADS}u) {{
      let code = input[cells(task, head, 0u) + key];
      let even = select(WHIFF, 0f, (code & HIDDEN) != 0u);
      var w = bitcast<f32>(code & (FREE - 1u));
      if ((code & FREE) != 0u) {{ w = select(0f, (s[key] + even) * (rest / free), rest > 0.0); }}
      s[key] = w;
    }}
  }}
}}
let maps = task.maps + (layer.x * HEADS + head) * task.sight;
for (var key = thread; key < task.sight; key += {MOST_THREADS}u) {{ seen[maps + key] = s[key]; }}
let padded = (task.sight + {span}u - 1u) / {span}u * {span}u;
for (var key = task.sight + thread; key < padded; key += {MOST_THREADS}u) {{ s[key] = 0f; }}
workgroupBarrier();
{{
  let column = thread % P;
  let slice = thread / P;
  if (slice < {slices}u) {{
    var a = vec4f();
    let values = task.memory + layer.x * MEMORY + (Q + head * P) * ROOM + column;
    for (var k = slice; k < padded; k += {span}u) {{
      {loads}a += {adds};
    }}
    sums[thread] = a;
  }}
}}
workgroupBarrier();
if (thread < P) {{
  let value = gain(task, head) * ({total});
  out[thread] = value;
  if (task.all) {{ show(shows + 4u * ((3u * HEADS + head) * P + thread), value); }}
}}
workgroupBarrier();
{proj_text}if (thread < D) {{
  var value = vec4f();
  if ((is & ATTENTION) != 0u) {{
    value = {proj_total};
    if (head == 0u) {{ value += weights[weight(PROJ) + {proj_bias}u * D + thread]; }}
  }}
  between[parts + (layer.x % 2u * HEADS + head) * D + thread] = value;
}}",
        gather = stream_before(sizes),
        normalise = normalise("weight(LN1)"),
        qkv_text = qkv.text(),
        qkv_total = qkv.total("thread"),
        total = sum(slices, |i| format!("sums[thread + {i}u * P]")),
        proj_text = proj.text(),
        proj_total = proj.total("thread"),
        proj_bias = 4 * sizes.padded_heads,
    );
    Kernel::new("a head's attention", MOST_THREADS, &BINDINGS, &outside, &body)
}

/// A part of the small network. Workgroups: parts of its hidden layer, 1, tasks.
pub fn think(sizes: &Sizes) -> Kernel {
    let Sizes { width, padded_width, .. } = *sizes;
    let outside = outside(sizes) + &format!("var<workgroup> h: array<vec4f, {HIDDEN}>;\n");
    let first = format!("group.x * {HIDDEN}u");
    let fc1 = Dense {
        threads: MOST_THREADS,
        rows: 1,
        columns: HIDDEN,
        of: "M",
        first: &first,
        inputs: padded_width,
        place: "weight(FC1)",
        array: "x",
        stride: 0,
    };
    let place = format!("weight(FC2) + group.x * {}u * D", 4 * HIDDEN);
    let fc2 =
        Dense { columns: width, of: "D", first: "0u", inputs: HIDDEN, place: &place, array: "h", ..fc1 };
    let body = format!(
        "{BEGIN}{gather}if (group.x == 0u && thread < D) {{ between[parts + (2u * HEADS + THINKERS) * D + thread] = x[thread]; }}
if ((is & MLP) == 0u) {{
  if (thread < D) {{ between[parts + (2u * HEADS + group.x) * D + thread] = vec4f(); }}
  return;
}}
{normalise}{fc1_text}if (thread < {HIDDEN}u) {{
  h[thread] = gelu({fc1_total} + weights[weight(FC1) + 4u * DP * M + {first} + thread]);
}}
workgroupBarrier();
{fc2_text}if (thread < D) {{
  var value = {fc2_total};
  if (group.x == 0u) {{ value += weights[weight(FC2) + 4u * M * D + thread]; }}
  between[parts + (2u * HEADS + group.x) * D + thread] = value;
}}",
        gather = gather(
            sizes.config.heads,
            "parts + layer.x % 2u * HEADS * D",
            "stream[before(task, layer.x, 0u) + thread]",
            width
        ),
        normalise = normalise("weight(LN2)"),
        fc1_text = fc1.text(),
        fc1_total = fc1.total("thread"),
        fc2_text = fc2.text(),
        fc2_total = fc2.total("thread"),
    );
    Kernel::new("a part of the small network", MOST_THREADS, &BINDINGS, &outside, &body)
}

/// Scores of the next token after the last layer; after the others where everything is shown. Workgroups: columns, layers from the
/// last, tasks.
pub fn score(sizes: &Sizes) -> Kernel {
    let first = format!("group.x * {SCORES}u");
    // Columns that are not there are reckoned from the last one's weights, and left.
    let within = format!("(min({first} + column, V4 - 1u) - column)");
    let head = Dense {
        threads: MOST_THREADS,
        rows: 1,
        columns: SCORES,
        of: "V4",
        first: &within,
        inputs: sizes.padded_width,
        place: "HEAD",
        array: "x",
        stride: 0,
    };
    let body = format!(
        "{BEGIN}let number = LAYERS - group.y;
if (group.y > 0u && !task.all) {{ return; }}
if (group.y > 0u) {{
  if (thread < D) {{ x[thread] = stream[before(task, number, 0u) + thread]; }}
  workgroupBarrier();
}} else {{
  {gather}}}
{normalise}{text}let four = {first} + thread;
if (thread < {SCORES}u && four < V4) {{ say(task.lens + select(0u, number * V, task.all), four, {total}); }}",
        gather = stream_before(sizes),
        normalise = normalise("LNF"),
        text = head.text(),
        total = head.total("thread"),
    );
    Kernel::new("scores of one token", MOST_THREADS, &BINDINGS, &outside(sizes), &body)
}
