//! The text of a convolution: normalise, activate, sum, add what goes beside, and measure the answer for the next norm.
//!
//! y = b + Σ_{tap, i} w SiLU(GN(x)) + told + beside, summed as it stands, without Winograd. On the processor
//! [`convolution`](crate::fused::convolution), whose `Added` are `told` and [`Beside`] here, and [`norm`](crate::fused::norm), whose `Then` is `silu`.
//!
//! Pictures lie channels last in vectors of four, [B, H, W, C / 4]. A workgroup makes a tile of pixels and some quads of outputs.
//! First it merges the statistics that the producers of its input left, one (mean, Σ(x − mean)²) a tile and channel, into a scale
//! and a shift a channel. Then it loads its pixels and their neighbours, normalised and activated, into shared memory. Each
//! thread sums a slice of the inputs for a few pixels and four outputs; the slices meet in shared memory. Last, the tile's own
//! statistics are left for whoever comes next.

use std::fmt::Write;

use super::kernel::{Kernel, MOST_SHARED, MOST_THREADS, read, write};
use crate::fused::convolution::Walk;

/// What is convolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The picture itself, [B, C, H, W], its patches taken as pixels.
    Picture { channels: usize, patch: usize },
    /// Two side by side, of so many quads; the second may be none.
    Quads(usize, usize),
}

/// The group normalisation before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Norm {
    pub groups: usize,
    /// Whether SiLU follows.
    pub silu: bool,
    /// Whether the told vector scales and shifts what was normalised.
    pub told: bool,
    /// Tiles that the statistics of the two sources come in.
    pub tiles: [usize; 2],
}

/// What is added to the sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    Nothing,
    /// A picture as large as the answer.
    Same,
    /// The 1×1 convolution of a picture, or two side by side, of so many quads.
    Skip(usize, usize),
}

/// Where the answer goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Quads,
    /// With the statistics of each tile.
    Measured,
    /// Back into a picture [B, C, H, W] out of patches.
    Picture {
        channels: usize,
        patch: usize,
    },
}

/// Everything that decides the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    pub source: Source,
    pub walk: Walk,
    /// 3 or 1: the kernel's side.
    pub taps: usize,
    /// The side of the source, in pixels.
    pub size: usize,
    pub norm: Option<Norm>,
    /// Whether the told vector is added.
    pub told: bool,
    pub beside: Beside,
    /// Quads of outputs.
    pub outputs: usize,
    pub end: End,
    pub form: Form,
}

/// How the work is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// Pixels of a tile.
    pub wide: usize,
    pub high: usize,
    /// Pixels of a thread, side by side.
    pub pixels: usize,
    /// Quads of outputs of a workgroup.
    pub quads: usize,
    /// Threads that share a sum, a power of two.
    pub slices: usize,
}

/// Shared vectors of four.
const ROOM: usize = MOST_SHARED / 16;

fn quads(channels: usize) -> usize {
    channels.div_ceil(4)
}

impl Source {
    pub fn quads(self) -> usize {
        match self {
            Self::Picture { channels, patch } => quads(channels * patch * patch),
            Self::Quads(a, b) => a + b,
        }
    }
}

/// The side of what a walk over `size`² pixels gives.
pub fn side(walk: Walk, size: usize) -> usize {
    match walk {
        Walk::Same => size,
        Walk::Halving => size / 2,
        Walk::Doubled => 2 * size,
    }
}

/// The largest power of two that is not above `n`.
fn power(n: usize) -> usize {
    1 << n.max(1).ilog2()
}

fn divisors(n: usize) -> impl Iterator<Item = usize> {
    (1..=n).filter(move |d| n.is_multiple_of(*d))
}

impl Form {
    /// The form for about `pictures` at a time.
    pub fn of(pictures: usize, side: usize, inputs: usize, outputs: usize, walk: Walk, taps: usize) -> Self {
        // Threads that a large card wants at once, and the fewest workgroups.
        let (wanted, groups) = if pictures > FEW { (65536, 256) } else { (32768, 128) };
        let pixels = if pictures > FEW && side.is_multiple_of(4) { 4 } else { 2 };
        let pictures = if pictures > FEW { 16 } else { 1 };
        let lanes = pictures * side * side / pixels * outputs;
        let slices = power(wanted / lanes.min(wanted)).min(power(inputs)).min(32);
        let lanes = power(lanes / groups).clamp(8, MOST_THREADS / slices);
        let mut best = (f64::INFINITY, None);
        for wide in divisors(side).filter(|wide| wide.is_multiple_of(pixels) && *wide <= 16) {
            for high in divisors(side).filter(|high| *high <= 16) {
                for quads in divisors(outputs).filter(|quads| *quads <= 32) {
                    let form = Self { wide, high, pixels, quads, slices };
                    let cost = form.cost(lanes, walk, taps);
                    if cost < best.0 {
                        best = (cost, Some(form));
                    }
                }
            }
        }
        best.1.expect("two pixels and one quad always fit")
    }

    /// Loads a number of the answer, as far as forms differ in it.
    fn cost(self, lanes: usize, walk: Walk, taps: usize) -> f64 {
        let (across, down) = self.around(walk, taps);
        let [used, wide, around] = [self.lanes(), self.wide * self.high, across * down].map(|n| n as f64);
        if self.lanes() > lanes || around > 160.0 {
            return f64::INFINITY;
        }
        let weights = (4 * taps * taps) as f64 / wide;
        let loads = 3.0 * around / (wide * self.quads as f64);
        let uneven = if (self.lanes() / self.quads).is_power_of_two() { 1.0 } else { 1.5 };
        let narrow = if self.quads == 1 { 1.3 } else { 1.0 };
        (weights + loads) * uneven * narrow * (lanes as f64 / used)
    }

    /// Pixels that a tile looks at, across and down.
    fn around(self, walk: Walk, taps: usize) -> (usize, usize) {
        let step = if walk == Walk::Halving { 2 } else { 1 };
        ((self.wide - 1) * step + taps, (self.high - 1) * step + taps)
    }

    /// Threads of a slice.
    fn lanes(self) -> usize {
        self.wide / self.pixels * self.high * self.quads
    }
}

/// More pictures than this are cut for throughput.
pub const FEW: usize = 4;

/// Where the numbers of a convolution begin in its weights, in vectors of four.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Places {
    /// Of the norm.
    pub gain: usize,
    pub shift: usize,
    /// [inputs, taps², 4, outputs]
    pub weight: usize,
    /// [skip inputs, 4, outputs]
    pub skip: usize,
    pub bias: usize,
    pub all: usize,
}

impl Shape {
    pub fn side(&self) -> usize {
        side(self.walk, self.size)
    }

    /// Tiles of the answer.
    pub fn tiles(&self) -> usize {
        self.side().pow(2) / (self.form.wide * self.form.high)
    }

    /// Workgroups for so many pictures.
    pub fn groups(&self, pictures: usize) -> [usize; 3] {
        [self.tiles(), self.outputs / self.form.quads, pictures]
    }

    pub fn places(&self) -> Places {
        let inputs = self.source.quads();
        let (gain, normed) = (1, if self.norm.is_some() { inputs } else { 0 });
        let shift = gain + normed;
        let weight = shift + normed;
        let skip = weight + inputs * self.taps * self.taps * 4 * self.outputs;
        let skipped = match self.beside {
            Beside::Nothing | Beside::Same => 0,
            Beside::Skip(a, b) => a + b,
        };
        let bias = skip + skipped * 4 * self.outputs;
        Places { gain, shift, weight, skip, bias, all: bias + self.outputs }
    }

    /// The kernel; its buffers are the weights, the source, its second half, the statistics of both, the told vector, what goes
    /// beside and its second half, the answer and its statistics, as far as the shape has them.
    pub fn kernel(&self) -> Kernel {
        let Form { wide, high, pixels, quads: of_group, slices } = self.form;
        let (lanes, side) = (self.form.lanes(), self.side());
        let threads = lanes * slices;
        assert!(threads <= MOST_THREADS && slices.is_power_of_two(), "{self:?}");
        assert!(wide.is_multiple_of(pixels) && self.outputs.is_multiple_of(of_group), "{self:?}");
        let inputs = self.source.quads();
        let (across, down) = self.form.around(self.walk, self.taps);
        let normed = if self.norm.is_some() { 2 * inputs } else { 0 };
        // As many input quads at a time as there is room for.
        let most = (ROOM - normed) / (across * down);
        let parts = inputs.div_ceil(most.max(1));
        let part = inputs.div_ceil(parts);
        let merged = threads / inputs.max(1);
        let merging = match self.norm {
            Some(_) if merged > 1 => 2 * inputs * (1 + merged),
            Some(_) => 2 * inputs,
            None => 0,
        };
        let pixel_lanes = lanes / of_group;
        let room = (part * across * down)
            .max(merging)
            .max(slices / 2 * lanes * pixels)
            .max(if self.end == End::Measured { 2 * lanes } else { 0 });
        assert!(room + normed <= ROOM && most > 0, "{room} and {normed} vectors are shared: {self:?}");

        let mut bindings = vec![read("p", "array<vec4f>")];
        let (a, b) = match self.source {
            Source::Picture { .. } => {
                bindings.push(read("x", "array<f32>"));
                (inputs, 0)
            }
            Source::Quads(a, b) => {
                bindings.push(read("x", "array<vec4f>"));
                if b > 0 {
                    bindings.push(read("x2", "array<vec4f>"));
                }
                (a, b)
            }
        };
        if self.norm.is_some() {
            bindings.push(read("xs", "array<vec4f>"));
            if b > 0 {
                bindings.push(read("xs2", "array<vec4f>"));
            }
        }
        if self.told || self.norm.is_some_and(|norm| norm.told) {
            bindings.push(read("told", "array<vec4f>"));
        }
        match self.beside {
            Beside::Nothing => {}
            Beside::Same | Beside::Skip(_, 0) => bindings.push(read("r", "array<vec4f>")),
            Beside::Skip(..) => {
                bindings.extend([read("r", "array<vec4f>"), read("r2", "array<vec4f>")]);
            }
        }
        match self.end {
            End::Picture { .. } => bindings.push(write("y", "array<f32>")),
            End::Quads => bindings.push(write("y", "array<vec4f>")),
            End::Measured => bindings.extend([write("y", "array<vec4f>"), write("ys", "array<vec4f>")]),
        }

        let mut outside = format!("var<workgroup> room: array<vec4f, {room}>;\n");
        if normed > 0 {
            let _ = writeln!(outside, "var<workgroup> norm: array<vec4f, {normed}>;");
        }
        outside += &self.value(a, b, inputs);

        let mut body = format!(
            "let picture = group.z; let tile = group.x;
let top = tile / {tiles_across}u * {high}u; let left = tile % {tiles_across}u * {wide}u;
let slice = thread / {lanes}u; let lane = thread % {lanes}u;
let quad = group.y * {of_group}u + lane % {of_group}u; let spot = lane / {of_group}u;
let row = spot / {spots}u; let column = spot % {spots}u * {pixels}u;
",
            tiles_across = side / wide,
            spots = wide / pixels,
        );
        if let Some(norm) = self.norm {
            body += &self.merge(norm, a, b, threads, merged);
        }
        for i in 0..pixels {
            let _ = writeln!(body, "var a{i} = vec4f();");
        }
        body += &self.sums(parts, part, across, down, threads);
        if let Beside::Skip(a, b) = self.beside {
            body += &self.skip(a, b);
        }
        body += &meet(slices, lanes, pixels);
        body += &self.ending(pixel_lanes, lanes);
        let label = format!(
            "{}x{} of {}x{size}x{size} to {}",
            self.taps,
            self.taps,
            inputs * 4,
            self.outputs * 4,
            size = self.size
        );
        Kernel::new(&label, threads, &bindings, &outside, &body)
    }

    /// A function for the source's quad at a pixel, ready to be summed; zero outside.
    fn value(&self, a: usize, b: usize, inputs: usize) -> String {
        let (size, wide) = (self.size, if self.walk == Walk::Doubled { 2 * self.size } else { self.size });
        let halved = if self.walk == Walk::Doubled { "v = v >> 1u; u = u >> 1u;" } else { "" };
        let load = match self.source {
            Source::Picture { channels, patch } => {
                let whole = size * patch;
                let mut load = "var four = vec4f();\n".to_owned();
                for (k, name) in ["x", "y", "z", "w"].iter().enumerate() {
                    let _ = writeln!(
                        load,
                        "{{ let c = quad * 4u + {k}u; if (c < {inside}u) {{ four.{name} = x[((picture * {channels}u + c / {square}u) \
                         * {whole}u + v * {patch}u + c / {patch}u % {patch}u) * {whole}u + u * {patch}u + c % {patch}u]; }} }}",
                        inside = channels * patch * patch,
                        square = patch * patch,
                    );
                }
                load
            }
            Source::Quads(..) if b > 0 => format!(
                "let at = (picture * {size}u + v) * {size}u + u;
var four: vec4f;
if (quad < {a}u) {{ four = x[at * {a}u + quad]; }} else {{ four = x2[at * {b}u + quad - {a}u]; }}\n"
            ),
            Source::Quads(..) => {
                format!("var four = x[((picture * {size}u + v) * {size}u + u) * {a}u + quad];\n")
            }
        };
        let then = match self.norm {
            None => "",
            Some(Norm { silu: false, .. }) => "four = four * norm[quad] + norm[quad + INPUTS];\n",
            Some(_) => "four = four * norm[quad] + norm[quad + INPUTS];\nfour = four / (1.0 + exp(-four));\n",
        };
        format!(
            "const INPUTS = {inputs}u;
fn value(picture: u32, y: i32, x_: i32, quad: u32) -> vec4f {{
if (y < 0 || y >= {wide} || x_ < 0 || x_ >= {wide} || quad >= INPUTS) {{ return vec4f(); }}
var v = u32(y); var u = u32(x_); {halved}
{load}{then}return four;
}}"
        )
    }

    /// The statistics of the tiles as a scale and a shift a channel.
    fn merge(&self, norm: Norm, a: usize, b: usize, threads: usize, merged: usize) -> String {
        let inputs = a + b;
        let each = merged.max(1);
        let mut text = String::new();
        // Sums about the mean of the first tile, over every `each`-th tile.
        let _ = writeln!(text, "for (var i = thread; i < {}u; i += {threads}u) {{", inputs * each);
        let _ = writeln!(
            text,
            "let q = i % {inputs}u; let first = i / {inputs}u;\nvar s1 = vec4f(); var s2 = vec4f();"
        );
        let over = |name: &str, quads: usize, tiles: usize, q: &str| {
            let pixels = self.size * self.size / tiles;
            let mut text =
                format!("let base = (picture * {tiles}u * {quads}u + {q}) * 2u; let about = {name}[base];\n");
            let turn = |at: &str| {
                format!(
                    "{{ let at = base + ({at}) * {}u; let d = {name}[at] - about; s1 += d; s2 += d * d * {pixels}.0 + {name}[at + 1u]; }}\n",
                    2 * quads
                )
            };
            if tiles.is_multiple_of(each) && tiles / each <= 8 {
                for k in 0..tiles / each {
                    text += &turn(&format!("first + {}u", k * each));
                }
            } else {
                let _ = writeln!(text, "for (var t = first; t < {tiles}u; t += {each}u) {{ {} }}", turn("t"));
            }
            text
        };
        let either = |first: String, second: String| match b {
            0 => first,
            _ => format!("if (q < {a}u) {{\n{first}}} else {{\n{second}}}\n"),
        };
        let second = format!("(q - {a}u)");
        text += &either(over("xs", a, norm.tiles[0], "q"), over("xs2", b.max(1), norm.tiles[1], &second));
        // Of a channel: its mean and its variance.
        let close = |name: &str, quads: usize, tiles: usize, q: &str| {
            let share = 1.0 / tiles as f64;
            let pixels = (self.size * self.size) as f64;
            format!(
                "let mean = s1 * {share:?}; room[q] = {name}[(picture * {tiles}u * {quads}u + {q}) * 2u] + mean; \
                 room[q + {inputs}u] = max(s2 * {:?} - mean * mean, vec4f());\n",
                1.0 / pixels
            )
        };
        let closed =
            either(close("xs", a, norm.tiles[0], "q"), close("xs2", b.max(1), norm.tiles[1], &second));
        if merged > 1 {
            let _ = writeln!(
                text,
                "room[{0}u + i] = s1; room[{1}u + i] = s2;\n}}\nworkgroupBarrier();",
                2 * inputs,
                (2 + each) * inputs
            );
            let _ = writeln!(
                text,
                "for (var q = thread; q < {inputs}u; q += {threads}u) {{\nvar s1 = vec4f(); var s2 = vec4f();"
            );
            let _ = writeln!(
                text,
                "for (var k = 0u; k < {each}u; k++) {{ s1 += room[{}u + k * {inputs}u + q]; s2 += room[{}u + k * {inputs}u + q]; }}",
                2 * inputs,
                (2 + each) * inputs
            );
        }
        text += &closed;
        text += "}\nworkgroupBarrier();\n";
        // Of a group of channels with as many pixels each: μ = mean of μ_c, σ² = mean of σ_c² + (μ_c − μ)².
        let of_group = 4 * inputs / norm.groups;
        let _ = writeln!(
            text,
            "for (var q = thread; q < {inputs}u; q += {threads}u) {{\nvar mean = vec4f(); var variance = vec4f();"
        );
        let share = 1.0 / of_group as f64;
        if of_group.is_multiple_of(4) {
            let wide = of_group / 4;
            let _ = writeln!(
                text,
                "let first = q / {wide}u * {wide}u; var all = vec4f();
for (var k = first; k < first + {wide}u; k++) {{ all += room[k]; }}
mean = vec4f(dot(all, vec4f({share:?}))); all = vec4f();
for (var k = first; k < first + {wide}u; k++) {{ let d = room[k] - mean; all += d * d + room[k + {inputs}u]; }}
variance = vec4f(dot(all, vec4f({share:?})));"
            );
        } else {
            for (k, name) in ["x", "y", "z", "w"].iter().enumerate() {
                let _ = writeln!(
                    text,
                    "{{ let first = (q * 4u + {k}u) / {of_group}u * {of_group}u; var m = 0.0; var s = 0.0;
for (var c = first; c < first + {of_group}u; c++) {{ m += room[c / 4u][c % 4u]; }}
m *= {share:?};
for (var c = first; c < first + {of_group}u; c++) {{ let d = room[c / 4u][c % 4u] - m; s += d * d + room[c / 4u + {inputs}u][c % 4u]; }}
mean.{name} = m; variance.{name} = s * {share:?}; }}"
                );
            }
        }
        let Places { gain, shift, .. } = self.places();
        let _ = writeln!(text, "var scale = p[{gain}u + q]; var shift = p[{shift}u + q];");
        if norm.told {
            let _ = writeln!(
                text,
                "let at = u32(p[0].y) * picture + u32(p[0].x) + q; let more = 1.0 + told[at];
scale *= more; shift = shift * more + told[at + {inputs}u];"
            );
        }
        text += "scale = scale / sqrt(variance + 1e-5);\nnorm[q] = scale; norm[q + INPUTS] = shift - mean * scale;\n}\nworkgroupBarrier();\n";
        text
    }

    /// The products of all inputs with their weights, a slice a thread.
    fn sums(&self, parts: usize, part: usize, across: usize, down: usize, threads: usize) -> String {
        let Form { pixels, slices, .. } = self.form;
        let (inputs, outputs, taps) = (self.source.quads(), self.outputs, self.taps);
        let step = if self.walk == Walk::Halving { 2 } else { 1 };
        let border = taps / 2;
        let weight = self.places().weight;
        let count = part * across * down;
        let mut text = String::new();
        let first = if parts > 1 {
            let _ = writeln!(text, "for (var first = 0u; first < {}u; first += {part}u) {{", parts * part);
            "first + "
        } else {
            ""
        };
        // In fours, so that loads wait for each other no longer than they must.
        let _ = writeln!(
            text,
            "{{ let y0 = i32(top) * {step} - {border}; let x0 = i32(left) * {step} - {border};"
        );
        let turns = count.div_ceil(threads);
        let load = |text: &mut String, name: &str, from: &str| {
            let _ = writeln!(
                text,
                "let i{name} = thread + {from}; let s{name} = i{name} / {part}u;
let v{name} = value(picture, y0 + i32(s{name} / {across}u), x0 + i32(s{name} % {across}u), {first}i{name} % {part}u);"
            );
        };
        let store = |text: &mut String, name: &str, sure: bool| {
            if sure {
                let _ = writeln!(text, "room[i{name}] = v{name};");
            } else {
                let _ = writeln!(text, "if (i{name} < {count}u) {{ room[i{name}] = v{name}; }}");
            }
        };
        if turns <= 2 {
            for k in 0..turns {
                load(&mut text, &k.to_string(), &format!("{}u", k * threads));
            }
            for k in 0..turns {
                store(&mut text, &k.to_string(), (k + 1) * threads <= count);
            }
        } else {
            let _ = writeln!(text, "for (var k = 0u; k < {count}u; k += {}u) {{", 2 * threads);
            load(&mut text, "0", "k");
            load(&mut text, "1", &format!("k + {threads}u"));
            store(&mut text, "0", false);
            store(&mut text, "1", false);
            text += "}\n";
        }
        text += "}\nworkgroupBarrier();\n";
        let rest = if inputs.is_multiple_of(part) {
            format!("{part}u")
        } else {
            format!("min({part}u, {inputs}u - first)")
        };
        let _ = writeln!(text, "for (var q = slice; q < {rest}; q += {slices}u) {{");
        let _ = writeln!(text, "for (var ky = 0u; ky < {taps}u; ky++) {{");
        let _ = writeln!(
            text,
            "let begin = ((row * {step}u + ky) * {across}u + column * {step}u) * {part}u + q;"
        );
        for i in 0..(pixels - 1) * step + taps {
            let _ = writeln!(text, "let x{i} = room[begin + {}u];", i * part);
        }
        let _ = writeln!(
            text,
            "let at = {weight}u + (({first}q) * {}u + ky * {taps}u) * {}u + quad;",
            taps * taps,
            4 * outputs
        );
        for kx in 0..taps {
            for j in 0..4 {
                let _ = writeln!(text, "let w{kx}{j} = p[at + {}u];", (kx * 4 + j) * outputs);
            }
        }
        for kx in 0..taps {
            for (j, name) in ["x", "y", "z", "w"].iter().enumerate() {
                for i in 0..pixels {
                    let _ = write!(text, "a{i} += w{kx}{j} * x{}.{name}; ", i * step + kx);
                }
            }
            text += "\n";
        }
        text += "}\n}\n";
        text += "workgroupBarrier();\n";
        if parts > 1 {
            text += "}\n";
        }
        text
    }

    /// The 1×1 convolution beside, in the same sums.
    fn skip(&self, a: usize, b: usize) -> String {
        let Form { pixels, slices, .. } = self.form;
        let (side, outputs, skip) = (self.side(), self.outputs, self.places().skip);
        let mut text = format!("{{ let pixel = (picture * {side}u + top + row) * {side}u + left + column;\n");
        let mut over = |name: &str, quads: usize, from: usize| {
            let _ = writeln!(text, "for (var q = slice; q < {quads}u; q += {slices}u) {{");
            let _ = writeln!(text, "let at = {skip}u + (q + {from}u) * {}u + quad;", 4 * outputs);
            for j in 0..4 {
                let _ = writeln!(text, "let w{j} = p[at + {}u];", j * outputs);
            }
            for i in 0..pixels {
                let _ = writeln!(text, "let x{i} = {name}[(pixel + {i}u) * {quads}u + q];");
            }
            for i in 0..pixels {
                let _ = writeln!(text, "a{i} += w0 * x{i}.x + w1 * x{i}.y + w2 * x{i}.z + w3 * x{i}.w;");
            }
            text += "}\n";
        };
        over("r", a, 0);
        if b > 0 {
            over("r2", b, a);
        }
        text += "}\n";
        text
    }

    /// What is added, where the answer goes, and its statistics.
    fn ending(&self, pixel_lanes: usize, lanes: usize) -> String {
        let Form { pixels, quads: of_group, .. } = self.form;
        let (side, outputs, bias) = (self.side(), self.outputs, self.places().bias);
        let mut text = format!(
            "if (slice == 0u) {{\nlet pixel = (picture * {side}u + top + row) * {side}u + left + column;\nvar more = p[{bias}u + quad];\n"
        );
        if self.told {
            text += "more += told[u32(p[0].y) * picture + u32(p[0].x) + quad];\n";
        }
        for i in 0..pixels {
            let beside = if self.beside == Beside::Same {
                format!(" + r[(pixel + {i}u) * {outputs}u + quad]")
            } else {
                String::new()
            };
            let _ = writeln!(text, "a{i} += more{beside};");
        }
        match self.end {
            End::Quads | End::Measured => {
                for i in 0..pixels {
                    let _ = writeln!(text, "y[(pixel + {i}u) * {outputs}u + quad] = a{i};");
                }
            }
            End::Picture { channels, patch } => {
                let whole = side * patch;
                let _ = writeln!(text, "let v = top + row;");
                for i in 0..pixels {
                    for (k, name) in ["x", "y", "z", "w"].iter().enumerate() {
                        let _ = writeln!(
                            text,
                            "{{ let c = quad * 4u + {k}u; let u = left + column + {i}u; if (c < {inside}u) {{ y[((picture * {channels}u + c / \
                             {square}u) * {whole}u + v * {patch}u + c / {patch}u % {patch}u) * {whole}u + u * {patch}u + c % {patch}u] = a{i}.{name}; }} }}",
                            inside = channels * patch * patch,
                            square = patch * patch,
                        );
                    }
                }
            }
        }
        if self.end == End::Measured {
            let sum: Vec<_> = (0..pixels).map(|i| format!("a{i}")).collect();
            let _ = writeln!(text, "let mean = ({}) * {:?};", sum.join(" + "), 1.0 / pixels as f64);
            for i in 0..pixels {
                let _ = writeln!(text, "let d{i} = a{i} - mean;");
            }
            let squares: Vec<_> = (0..pixels).map(|i| format!("d{i} * d{i}")).collect();
            let _ = writeln!(text, "room[lane] = mean; room[lane + {lanes}u] = {};", squares.join(" + "));
        }
        text += "}\n";
        if self.end != End::Measured {
            return text;
        }
        let measured =
            format!("let at = ((picture * {tiles}u + tile) * {outputs}u + quad) * 2u;", tiles = self.tiles());
        text += "workgroupBarrier();\n";
        if pixel_lanes.is_power_of_two() {
            // Two halves of the lanes at a time: means of n pixels each, and their squares.
            let (mut half, mut count) = (pixel_lanes / 2, pixels);
            while half > 0 {
                let _ = writeln!(
                    text,
                    "if (thread < {0}u) {{ let d = room[thread + {0}u] - room[thread]; room[thread] += 0.5 * d; \
                     room[thread + {lanes}u] += room[thread + {1}u] + d * d * {2:?}; }}\nworkgroupBarrier();",
                    half * of_group,
                    half * of_group + lanes,
                    count as f64 / 2.0
                );
                half /= 2;
                count *= 2;
            }
            let _ = writeln!(
                text,
                "if (thread < {of_group}u) {{ {measured} ys[at] = room[thread]; ys[at + 1u] = room[thread + {lanes}u]; }}"
            );
        } else {
            let _ = writeln!(
                text,
                "if (thread < {of_group}u) {{ var mean = vec4f(); var squares = vec4f();
for (var k = 0u; k < {pixel_lanes}u; k++) {{ mean += room[k * {of_group}u + thread]; }}
mean *= {:?};
for (var k = 0u; k < {pixel_lanes}u; k++) {{ let d = room[k * {of_group}u + thread] - mean; squares += d * d * {pixels}.0 + room[k * {of_group}u + thread + {lanes}u]; }}
{measured} ys[at] = mean; ys[at + 1u] = squares; }}",
                1.0 / pixel_lanes as f64
            );
        }
        text
    }
}

/// The slices' sums become the first slice's, half of them at a time.
fn meet(slices: usize, lanes: usize, pixels: usize) -> String {
    let mut text = String::new();
    let mut half = slices / 2;
    while half > 0 {
        let (from, to) = (half * lanes, 2 * half * lanes);
        let _ = write!(text, "if (thread >= {from}u && thread < {to}u) {{ ");
        for i in 0..pixels {
            let _ = write!(text, "room[thread - {from}u + {}u] = a{i}; ", i * from);
        }
        let _ = write!(text, "}}\nworkgroupBarrier();\nif (thread < {from}u) {{ ");
        for i in 0..pixels {
            let _ = write!(text, "a{i} += room[thread + {}u]; ", i * from);
        }
        text += "}\nworkgroupBarrier();\n";
        half /= 2;
    }
    text
}
