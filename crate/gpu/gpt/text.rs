//! Pieces of shaders that many kernels are made of. Loops over literal counts are written out: a turn costs a load's latency.

use super::edits;
use super::packing::Places;
use super::sizes::{Sizes, slices};
use crate::gpu::kernel::{Binding, read, uniform, write};

/// What every kernel is bound to.
pub const BINDINGS: [Binding; 7] = [
    uniform("layer", "vec4u"),
    read("input", "array<u32>"),
    read("weights", "array<vec4f>"),
    write("memory", "array<vec4f>"),
    write("stream", "array<vec4f>"),
    write("between", "array<vec4f>"),
    write("seen", "array<f32>"),
];

/// Words of a task at the beginning of the input.
pub const TASK: usize = 13;
/// Texts at most that are written on side by side: so many tasks further stands what they do at the next position.
pub const BESIDE: usize = 4;

/// Sizes, places and what all kernels do alike. `input` begins with the tasks.
pub fn common(sizes: &Sizes) -> String {
    let Sizes { width, padded_width, head, heads, hidden, vocabulary, room, .. } = *sizes;
    let places = Places::of(sizes);
    let config = &sizes.config;
    let numbers = [
        ("D", width),
        ("DP", padded_width),
        ("P", head),
        ("Q", heads),
        ("M", hidden),
        ("V4", vocabulary),
        ("V", config.vocabulary.len()),
        ("HEADS", config.heads),
        ("LAYERS", config.layers),
        ("ROOM", room),
        ("MEMORY", sizes.layer_memory()),
        ("EMB", places.emb),
        ("TURNS", places.turns),
        ("FIRST", places.layers),
        ("LAYER", places.layer),
        ("LN1", places.ln1),
        ("QKV", places.qkv),
        ("PROJ", places.proj),
        ("LN2", places.ln2),
        ("FC1", places.fc1),
        ("FC2", places.fc2),
        ("LNF", places.lnf),
        ("HEAD", places.head),
        ("TASK", TASK),
        ("BESIDE", BESIDE),
        ("HEADER", edits::HEADER + config.heads),
        ("GAINS", edits::HEADER),
        ("ATTENTION", edits::ATTENTION as usize),
        ("MLP", edits::MLP as usize),
        ("CELLS", edits::CELLS as usize),
        ("ROWS", edits::ROWS as usize),
        ("HIDDEN", edits::HIDDEN as usize),
        ("FREE", edits::FREE as usize),
    ];
    let numbers = each(numbers.len(), |i| format!("const {} = {}u;", numbers[i].0, numbers[i].1));
    let scale = 1.0 / (config.head_width() as f32).sqrt();
    format!("{numbers}const SCALE = {scale:e}f;\nconst SHARE = {:e}f;\n{COMMON}", 1.0 / config.width as f32)
}

const COMMON: &str = "
// e to it is 0.
const MASKED = -1e30f;
const WHIFF = 1e-30f;
struct Task {
  n: u32, start: u32, sight: u32,
  // Where its tokens, its rows of the stream, what is done to it and its memory begin; no tokens: the one that was chosen.
  tokens: u32, row: u32, edits: u32, memory: u32,
  // Whether anything is done to it, and whether everything is shown.
  edited: bool, all: bool,
  // Where what is seen goes.
  lens: u32, maps: u32, rest: u32,
  // Where it stands how the next token is chosen, if it is chosen here.
  choice: u32,
}
fn task_of(number: u32) -> Task {
  let at = number * TASK;
  return Task(input[at], input[at + 1u], input[at + 2u], input[at + 3u], input[at + 4u], input[at + 5u], input[at + 6u],
    input[at + 7u] != 0u, input[at + 8u] != 0u, input[at + 9u], input[at + 10u], input[at + 11u], input[at + 12u]);
}
// What is on in this layer.
fn on(task: Task) -> u32 {
  if (task.edited) { return input[task.edits + layer.x * HEADER]; }
  return ATTENTION | MLP;
}
fn gain(task: Task, head: u32) -> f32 {
  if (task.edited) { return bitcast<f32>(input[task.edits + layer.x * HEADER + GAINS + head]); }
  return 1.0;
}
// The first of a row's cells; only where there are any.
fn cells(task: Task, head: u32, row: u32) -> u32 {
  return task.edits + input[task.edits + layer.x * HEADER + 1u] + (head * task.n + row) * task.sight;
}
fn rest_of(task: Task, head: u32, row: u32) -> f32 {
  return bitcast<f32>(input[task.edits + input[task.edits + layer.x * HEADER + 2u] + head * task.n + row]);
}
// Where a row of the residual stream before a layer begins.
fn before(task: Task, number: u32, row: u32) -> u32 {
  return ((LAYERS + 1u) * task.row + number * task.n + row) * D;
}
fn weight(place: u32) -> u32 {
  return FIRST + layer.x * LAYER + place;
}
// Where what heads show of a layer begins: queries, keys, values, outputs, [H, N, 4 P] each, then scores.
fn shown(task: Task) -> u32 {
  return task.rest + layer.x * (16u * Q + HEADS * task.sight) * task.n;
}
fn show(place: u32, value: vec4f) {
  seen[place] = value.x;
  seen[place + 1u] = value.y;
  seen[place + 2u] = value.z;
  seen[place + 3u] = value.w;
}
// Four number `four` of the scores that begin at a place.
fn say(place: u32, four: u32, value: vec4f) {
  let at = place + 4u * four;
  seen[at] = value.x;
  if (4u * four + 1u < V) { seen[at + 1u] = value.y; }
  if (4u * four + 2u < V) { seen[at + 2u] = value.z; }
  if (4u * four + 3u < V) { seen[at + 3u] = value.w; }
}
// A head's part 1, keys, or 2, values, at a position.
fn remember(task: Task, part: u32, head: u32, four: u32, position: u32, value: vec4f) {
  let place = task.memory + layer.x * MEMORY;
  if (part == 1u) { memory[place + (head * P + four) * ROOM + position] = value; }
  if (part == 2u) { memory[place + (Q + head * P) * ROOM + position * P + four] = value; }
}
// Pairs of a query or key at a position, turned: Su et al. 2021, eq. 34.
fn turned(value: vec4f, position: u32, four: u32) -> vec4f {
  let turn = weights[TURNS + position * P + four];
  return vec4f(value.x * turn.x - value.y * turn.y, value.y * turn.x + value.x * turn.y,
    value.z * turn.z - value.w * turn.w, value.w * turn.z + value.z * turn.w);
}
// x/2 (1 + tanh u) = x/(1 + e^(-2u)), u = sqrt(2/pi) (x + 0.044715 x^3).
fn gelu(x: vec4f) -> vec4f {
  let u = -1.5957691216057308 * (x + 0.044715 * x * x * x);
  return x / (1.0 + exp(min(u, vec4f(80.0))));
}
";

/// `of`(0), `of`(1), …, a line each.
pub fn each(count: usize, of: impl Fn(usize) -> String) -> String {
    (0..count).map(|i| of(i) + "\n").collect()
}

/// `of`(0) + `of`(1) + …
pub fn sum(count: usize, of: impl Fn(usize) -> String) -> String {
    (0..count).map(of).collect::<Vec<_>>().join(" + ")
}

/// The largest of 8, 4, 2, 1 that divides `count`, or `count` if it is small.
fn written_out(count: usize, small: usize) -> usize {
    if count <= small { count } else { 1 << count.trailing_zeros().min(3) }
}

/// A function `moments(from)`: mean and 1/√(σ² + ε) of the row of `array` that begins at `from`.
pub fn moments(sizes: &Sizes, array: &str) -> String {
    let step = written_out(sizes.width, 8);
    let terms = |of: &dyn Fn(String) -> String| sum(step, |i| of(format!("{array}[from_ + i + {i}u]")));
    let plain = terms(&|x| x);
    let deviations = each(step, |i| format!("let x{i} = {array}[from_ + i + {i}u] - mean;"));
    let squares = sum(step, |i| format!("x{i} * x{i}"));
    format!(
        "fn moments(from_: u32) -> vec2f {{
  var total = vec4f();
  for (var i = 0u; i < D; i += {step}u) {{ total += {plain}; }}
  let mean = dot(total, vec4f(SHARE));
  total = vec4f();
  for (var i = 0u; i < D; i += {step}u) {{ {deviations} total += {squares}; }}
  return vec2f(mean, 1.0 / sqrt(dot(total, vec4f(SHARE)) + 1e-5));
}}
"
    )
}

/// Adds to `a0`, `a1`, … the products of rows with weights from `at` on, `columns` fours a row of weights, while `run` fours are
/// summed over; `row` says where a row's first four stands.
pub fn product(rows: usize, run: usize, columns: &str, row: impl Fn(usize) -> String) -> String {
    let step = if run <= 4 { run } else { 1 << run.trailing_zeros().min(2) };
    let loads = each(4 * step, |i| format!("let w{i} = weights[at + {i}u * {columns}];"));
    let rows_of = |r: usize| {
        each(step, |k| {
            let terms = sum(4, |i| format!("x.{} * w{}", ["x", "y", "z", "w"][i], 4 * k + i));
            format!("{{ let x = {}; a{r} += {terms}; }}", row(r).replace("$", &format!("i + {k}u")))
        })
    };
    let turns = each(rows, rows_of);
    format!(
        "for (var i = 0u; i < {run}u; i += {step}u) {{
{loads}{turns}at += {}u * {columns};
}}
",
        4 * step
    )
}

/// A product of all of a workgroup's threads: `sums` then holds, slice by slice, `rows` rows of `columns` fours.
pub struct Dense<'a> {
    pub threads: usize,
    pub rows: usize,
    /// Fours that are done here, out of how many a row of weights has, and which is the first.
    pub columns: usize,
    pub of: &'a str,
    pub first: &'a str,
    /// Fours that are summed over.
    pub inputs: usize,
    /// The row of weights that is the first.
    pub place: &'a str,
    /// Where the rows lie, and how far from each other.
    pub array: &'a str,
    pub stride: usize,
}

impl Dense<'_> {
    pub fn slices(&self) -> usize {
        slices(self.columns, self.inputs, self.threads)
    }

    /// Ends with a barrier.
    pub fn text(&self) -> String {
        let Self { rows, columns, of, first, place, array, stride, inputs, .. } = *self;
        let (slices, vars) = (self.slices(), each(rows, |r| format!("var a{r} = vec4f();")));
        let run = inputs / slices;
        let product = product(rows, run, of, |r| format!("{array}[{r}u * {stride}u + slice * {run}u + $]"));
        let stores = each(rows, |r| format!("sums[(slice * {rows}u + {r}u) * {columns}u + column] = a{r};"));
        format!(
            "{{
let column = thread % {columns}u;
let slice = thread / {columns}u;
if (slice < {slices}u) {{
{vars}var at = {place} + slice * {run}u * 4u * {of} + {first} + column;
{product}{stores}}}
}}
workgroupBarrier();
"
        )
    }

    /// Number `i` of [rows, columns], all slices together.
    pub fn total(&self, i: &str) -> String {
        let size = self.rows * self.columns;
        sum(self.slices(), |slice| format!("sums[{i} + {}u]", slice * size))
    }
}

/// Functions `most(thread, x)` and `total(thread, x)` of what `threads` threads have, of type `kind`. Each holds two barriers.
pub fn reductions(threads: usize, kind: &str) -> String {
    let eighth = threads / 16;
    let fold = |array: &str, count: usize, stride: &str, max: bool| {
        let terms: Vec<_> = (0..count).map(|i| format!("{array}[{stride} + {i}u]")).collect();
        match max {
            true => {
                let (first, others) = terms.split_first().expect("threads");
                others.iter().fold(first.clone(), |all, one| format!("max({all}, {one})"))
            }
            false => terms.join(" + "),
        }
    };
    let one = |name: &str, max: bool| {
        format!(
            "fn {name}(thread: u32, x: {kind}) -> {kind} {{
  all_[thread] = x;
  workgroupBarrier();
  if (thread < 16u) {{ few_[thread] = {}; }}
  workgroupBarrier();
  return {};
}}
",
            fold("all_", eighth, &format!("thread * {eighth}u"), max),
            fold("few_", 16, "0u", max)
        )
    };
    format!(
        "var<workgroup> all_: array<{kind}, {threads}>;\nvar<workgroup> few_: array<{kind}, 16>;\n{}{}",
        one("most", true),
        one("total", false)
    )
}

/// How many threads share the keys of a head of `fours`, and each then its column.
pub fn key_slices(fours: usize, threads: usize) -> usize {
    (1 << (threads / fours).ilog2()).min(32)
}

/// `of` every number below `count`, written out; many in a loop over `name`.
pub fn unrolled(count: usize, name: &str, of: impl Fn(&str) -> String) -> String {
    let step = written_out(count, 16);
    if step == count {
        return each(count, |i| of(&format!("{i}u")));
    }
    let turn = each(step, |i| of(&format!("{name} + {i}u")));
    format!("for (var {name} = 0u; {name} < {count}u; {name} += {step}u) {{\n{turn}}}\n")
}

#[cfg(test)]
mod tests {
    use super::super::{choose, many, one};
    use super::*;
    use crate::gpu::kernel::{Kernel, MOST_SHARED};
    use crate::models::gpt_config::GptConfig;

    /// Bytes that the threads of a workgroup share.
    fn shared(kernel: &Kernel) -> usize {
        let bytes = |line: &str| {
            if line.ends_with(": u32;") {
                return Some(4);
            }
            let (kind, count) = line.split_once("array<")?.1.split_once(", ")?;
            let size = if kind == "vec4f" { 16 } else { 4 };
            Some(size * count.split_once('>')?.0.parse::<usize>().ok()?)
        };
        let lines = kernel.text.lines().filter(|line| line.starts_with("var<workgroup>"));
        lines.map(|line| bytes(line).expect("an array")).sum()
    }

    #[test]
    fn kernels_of_all_sizes_fit_every_gpu() {
        let mut count = 0;
        for width in [4, 12, 20, 64, 100, 128, 160, 256] {
            for heads in [1, 2, 3, 4, 5, 8, 32, 64] {
                for mlp in [0, 1, 40, 512, 1024] {
                    for context in [1, 130, 512] {
                        let config = GptConfig { context, width, heads, mlp, ..GptConfig::w2() };
                        let Ok(sizes) = Sizes::of(&config) else { continue };
                        let kernels = [
                            many::project(&sizes),
                            many::attend(&sizes),
                            many::finish(&sizes),
                            many::score(&sizes),
                            one::attend(&sizes),
                            one::score(&sizes),
                            choose::choose(&sizes),
                        ];
                        for kernel in &kernels {
                            let bytes = shared(kernel);
                            assert!(
                                bytes > 0 && bytes <= MOST_SHARED,
                                "{}: {bytes} bytes for {config:?}",
                                kernel.label
                            );
                        }
                        count += 1;
                    }
                }
            }
        }
        assert!(count > 300, "{count} sizes");
    }

    #[test]
    fn long_loops_are_written_out_in_turns() {
        assert_eq!(unrolled(3, "p", |at| format!("f({at});")), "f(0u);\nf(1u);\nf(2u);\n");
        let turns = unrolled(20, "p", |at| format!("f({at});"));
        assert!(turns.contains("p += 4u") && turns.contains("f(p + 3u);") && !turns.contains("p + 4u)"));
    }
}
