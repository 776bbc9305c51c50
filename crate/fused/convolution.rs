//! Convolutions of a picture [H, W, C] with 3×3 kernels and a border of zeros, with stride 1, 2, or of the doubled picture:
//! y[p, j] = b_j + Σ_{tap, i} w[j, i, tap] x[step · p + tap − 1, i]. In tensors `nn::conv`, on WebGPU `gpu::convolution`.
//!
//! With stride 1 by Winograd's F(2×2, 3×3) as Lavin & Gray 2015 have it, <https://arxiv.org/abs/1509.09308>, section 4.1: each
//! 4×4 square d of the picture gives 2×2 numbers Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)] A, so sixteen products of matrices do the work of
//! thirty-six. Its error is that of a direct sum, 5e-7 of the largest number. Of a picture in which each pixel was doubled, only
//! nine of the sixteen are not zero. With stride 2, or few channels, the nine neighbours lie side by side in one product.

use super::lanes::F4;
use super::matrix::{Panels, Start};

/// How the kernel walks over the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// Over every pixel.
    Same,
    /// Over every second one.
    Halving,
    /// Over the picture that has each pixel twice in each direction.
    Doubled,
}

/// A convolution with its weights as its walk wants them.
#[derive(Clone, Debug)]
pub struct Convolution {
    walk: Walk,
    inputs: usize,
    outputs: usize,
    bias: Vec<f32>,
    form: Form,
}

#[derive(Clone, Debug)]
enum Form {
    /// [9 · in, out]
    Neighbours(Panels),
    /// Sixteen of [in, out], for (row, column) of the transformed square.
    Winograd(Vec<Panels>),
}

/// Below so many inputs the transforms cost more than they save.
const FEW: usize = 16;
/// Numbers of transformed squares that are kept at a time, inputs and outputs together.
const AT_A_TIME: usize = 1 << 16;
/// Those of the sixteen planes that a doubled picture fills.
const DOUBLED: [usize; 9] = [0, 1, 3, 4, 5, 7, 12, 13, 15];
/// Numbers between two of the sixteen planes beside their own, as in [`Panels`].
const GAP: usize = 16;

/// What is added to a convolved picture, which has a multiple of four channels then, while its numbers are at hand.
#[derive(Clone, Copy, Debug)]
pub enum Added<'a> {
    Nothing,
    /// One number a channel, [out].
    Channels(&'a [f32]),
    /// Another picture, [side, side, out].
    Picture(&'a [f32]),
}

/// Room that a convolution needs, kept for the next one.
#[derive(Clone, Debug, Default)]
pub struct Room {
    before: Vec<f32>,
    after: Vec<f32>,
}

impl Convolution {
    /// A convolution with `weight` [out, in, 3, 3].
    pub fn new(walk: Walk, inputs: usize, outputs: usize, weight: &[f32], bias: &[f32]) -> Self {
        assert_eq!(weight.len(), outputs * inputs * 9, "a kernel of {outputs} by {inputs}");
        let kernel = |i: usize, j: usize| &weight[(j * inputs + i) * 9..][..9];
        let fours = inputs.is_multiple_of(4) && outputs.is_multiple_of(4);
        let form = if walk == Walk::Halving || (walk == Walk::Same && (inputs < FEW || !fours)) {
            Form::Neighbours(Panels::new(9 * inputs, outputs, |row, j| kernel(row % inputs, j)[row / inputs]))
        } else {
            assert!(fours, "{inputs} to {outputs} channels of a doubled picture");
            Form::Winograd(transformed(inputs, outputs, kernel))
        };
        Self { walk, inputs, outputs, bias: bias.to_vec(), form }
    }

    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Pixels of a side of the answer to a picture of `size`² pixels.
    pub fn side(&self, size: usize) -> usize {
        match self.walk {
            Walk::Same => size,
            Walk::Halving => size / 2,
            Walk::Doubled => 2 * size,
        }
    }

    /// The convolved picture, and what is `added` to it.
    ///
    /// # Shapes
    /// - x: [size, size, in]
    /// - output: [side, side, ≥ out], pixels `stride` apart; what lies between them stays
    pub fn forward(
        &self,
        x: &[f32],
        size: usize,
        output: &mut [f32],
        stride: usize,
        room: &mut Room,
        added: Added<'_>,
    ) {
        let out = self.outputs;
        let expected = match added {
            Added::Nothing => None,
            Added::Channels(row) => Some((row.len(), out)),
            Added::Picture(other) => Some((other.len(), self.side(size).pow(2) * out)),
        };
        if let Some((length, expected)) = expected {
            assert!(out.is_multiple_of(4), "{out} channels, four of which are added at a time");
            assert_eq!(length, expected, "what is added to {out} channels");
        }
        match added {
            Added::Nothing => self.ended(x, size, output, stride, room, |four, _, _| four),
            Added::Channels(row) => {
                self.ended(x, size, output, stride, room, |four, _, channel| four + F4::of(&row[channel..]));
            }
            Added::Picture(other) => self.ended(x, size, output, stride, room, |four, pixel, channel| {
                four + F4::of(&other[pixel * out + channel..])
            }),
        }
    }

    /// `end` sees each four numbers last, with their pixel and channel.
    fn ended(
        &self,
        x: &[f32],
        size: usize,
        output: &mut [f32],
        stride: usize,
        room: &mut Room,
        end: impl Fn(F4, usize, usize) -> F4,
    ) {
        assert_eq!(x.len(), size * size * self.inputs, "a picture of {size}² pixels");
        match &self.form {
            Form::Neighbours(panels) => self.neighbours(panels, x, size, output, stride, room, end),
            Form::Winograd(planes) => self.winograd(planes, x, size, output, stride, room, end),
        }
    }

    #[allow(clippy::too_many_arguments, reason = "those of forward")]
    fn neighbours(
        &self,
        panels: &Panels,
        x: &[f32],
        size: usize,
        output: &mut [f32],
        stride: usize,
        room: &mut Room,
        end: impl Fn(F4, usize, usize) -> F4,
    ) {
        let (c, side, step) = (self.inputs, self.side(size), size / self.side(size));
        let row = 9 * c;
        room.before.clear();
        room.before.resize(side * row, 0.0);
        for y in 0..side {
            // One row of the output: each pixel's neighbours next to each other.
            for (at, around) in room.before.chunks_exact_mut(row).enumerate() {
                for (tap, to) in around.chunks_exact_mut(c).enumerate() {
                    let (v, u) = (y * step + tap / 3, at * step + tap % 3);
                    // The pixel is (v − 1, u − 1); 0 and `size` + 1 are the border.
                    if (1..=size).contains(&v) && (1..=size).contains(&u) {
                        to.copy_from_slice(&x[((v - 1) * size + u - 1) * c..][..c]);
                    } else {
                        to.fill(0.0);
                    }
                }
            }
            let from = y * side * stride;
            let out = &mut output[from..];
            panels.multiply_part(
                &room.before,
                row,
                side,
                row,
                self.outputs,
                Start::Bias(&self.bias),
                out,
                stride,
            );
            for at in 0..side {
                let pixel = &mut out[at * stride..][..self.outputs];
                for (i, four) in pixel.chunks_mut(4).enumerate() {
                    let mut padded = [0.0; 4];
                    padded[..four.len()].copy_from_slice(four);
                    let ended = end(F4::of(&padded), y * side + at, 4 * i).array();
                    four.copy_from_slice(&ended[..four.len()]);
                }
            }
        }
    }

    #[allow(clippy::too_many_arguments, reason = "those of forward")]
    fn winograd(
        &self,
        planes: &[Panels],
        x: &[f32],
        size: usize,
        output: &mut [f32],
        stride: usize,
        room: &mut Room,
        end: impl Fn(F4, usize, usize) -> F4,
    ) {
        let (c, d, side) = (self.inputs, self.outputs, self.side(size));
        assert!(side.is_multiple_of(2), "squares of two by two in {side}² pixels");
        let squares = side / 2;
        // Whole rows of squares.
        let rows = (AT_A_TIME / (16 * (c + d) * squares)).clamp(1, squares);
        let (before, after) = (rows * squares * c + GAP, rows * squares * d + GAP);
        room.before.resize(16 * before, 0.0);
        room.after.resize(16 * after, 0.0);
        let used: &[usize] = match self.walk {
            Walk::Doubled => &DOUBLED,
            Walk::Same | Walk::Halving => &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
        };
        for top in (0..squares).step_by(rows) {
            let rows = rows.min(squares - top);
            for y in 0..rows {
                for at in 0..squares {
                    let to = &mut room.before[(y * squares + at) * c..];
                    match self.walk {
                        Walk::Doubled => doubled(x, size, c, top + y, at, to, before),
                        Walk::Same | Walk::Halving => square(x, size, c, top + y, at, to, before),
                    }
                }
            }
            let m = rows * squares;
            for &plane in used {
                let (v, w) = (&room.before[plane * before..], &mut room.after[plane * after..]);
                planes[plane].multiply_part(v, c, m, c, d, Start::Zero, w, d);
            }
            for y in 0..rows {
                for at in 0..squares {
                    let from = &room.after[(y * squares + at) * d..];
                    let pixel = 2 * (top + y) * side + 2 * at;
                    for i in (0..d).step_by(4) {
                        let bias = F4::of(&self.bias[i..]);
                        let m = |plane: usize| F4::of(&from[plane * after + i..]);
                        let four = match self.walk {
                            Walk::Doubled => back_doubled(m),
                            Walk::Same | Walk::Halving => back(m),
                        };
                        for (part, value) in four.into_iter().enumerate() {
                            let pixel = pixel + part / 2 * side + part % 2;
                            end(value + bias, pixel, i).write(&mut output[pixel * stride + i..]);
                        }
                    }
                }
            }
        }
    }
}

/// G g Gᵀ of every kernel, G = [1 0 0; ½ ½ ½; ½ −½ ½; 0 0 1], in f64.
fn transformed<'a>(inputs: usize, outputs: usize, kernel: impl Fn(usize, usize) -> &'a [f32]) -> Vec<Panels> {
    let side = |[a, b, c]: [f64; 3]| [a, 0.5 * (a + b + c), 0.5 * (a - b + c), c];
    let mut planes: Vec<_> = (0..16).map(|_| Panels::zeros(inputs, outputs)).collect();
    for i in 0..inputs {
        for j in 0..outputs {
            let g = kernel(i, j);
            let rows = [0, 1, 2].map(|row| side([0, 1, 2].map(|column| f64::from(g[3 * row + column]))));
            for column in 0..4 {
                for (row, value) in side(rows.map(|row| row[column])).into_iter().enumerate() {
                    planes[4 * row + column].set(i, j, value as f32);
                }
            }
        }
    }
    planes
}

/// Bᵀ d B of the square at (2 row − 1, 2 column − 1); the sixteen numbers of a channel go `apart` from each other.
#[inline(always)]
fn square(x: &[f32], size: usize, c: usize, row: usize, column: usize, to: &mut [f32], apart: usize) {
    let inside = row > 0 && column > 0 && 2 * row + 2 < size && 2 * column + 2 < size;
    let pixel = |v: usize, u: usize| ((2 * row + v - 1) * size + 2 * column + u - 1) * c;
    let there =
        |v: usize, u: usize| (1..=size).contains(&(2 * row + v)) && (1..=size).contains(&(2 * column + u));
    for i in (0..c).step_by(4) {
        let d = |v: usize, u: usize| F4::of(&x[pixel(v, u) + i..]);
        let planes =
            if inside { forth(d) } else { forth(|v, u| if there(v, u) { d(v, u) } else { F4::zero() }) };
        for (plane, value) in planes.into_iter().enumerate() {
            value.write(&mut to[plane * apart + i..]);
        }
    }
}

/// [`square`] of the doubled picture, whose rows there are a, b, b, c: Bᵀ gives a − b, 2 b, 0 and b − c.
#[inline(always)]
fn doubled(x: &[f32], size: usize, c: usize, row: usize, column: usize, to: &mut [f32], apart: usize) {
    // (row − 1 + v, column − 1 + u) of the picture.
    let there = |v: usize, u: usize| (1..=size).contains(&(row + v)) && (1..=size).contains(&(column + u));
    for i in (0..c).step_by(4) {
        let planes = forth_doubled(|v, u| match there(v, u) {
            true => F4::of(&x[((row + v - 1) * size + column + u - 1) * c + i..]),
            false => F4::zero(),
        });
        for (plane, value) in DOUBLED.into_iter().zip(planes) {
            value.write(&mut to[plane * apart + i..]);
        }
    }
}

/// Bᵀ d B, Bᵀ = [1 0 −1 0; 0 1 1 0; 0 −1 1 0; 0 1 0 −1], row by row. Functions that are inlined, not closures, which would stay calls.
#[inline(always)]
fn forth(d: impl Fn(usize, usize) -> F4) -> [F4; 16] {
    #[inline(always)]
    fn turn(a: F4, b: F4, c: F4, d: F4) -> [F4; 4] {
        [a - c, b + c, c - b, b - d]
    }
    #[inline(always)]
    fn across(d: &impl Fn(usize, usize) -> F4, v: usize) -> [F4; 4] {
        turn(d(v, 0), d(v, 1), d(v, 2), d(v, 3))
    }
    let (a, b, c, d) = (across(&d, 0), across(&d, 1), across(&d, 2), across(&d, 3));
    let (p, q) = (turn(a[0], b[0], c[0], d[0]), turn(a[1], b[1], c[1], d[1]));
    let (r, s) = (turn(a[2], b[2], c[2], d[2]), turn(a[3], b[3], c[3], d[3]));
    [p[0], q[0], r[0], s[0], p[1], q[1], r[1], s[1], p[2], q[2], r[2], s[2], p[3], q[3], r[3], s[3]]
}

/// The nine of [`forth`] that are not zero where rows 1 and 2, and columns 1 and 2, are the same.
#[inline(always)]
fn forth_doubled(d: impl Fn(usize, usize) -> F4) -> [F4; 9] {
    #[inline(always)]
    fn turn(a: F4, b: F4, c: F4) -> [F4; 3] {
        [a - b, b + b, b - c]
    }
    #[inline(always)]
    fn across(d: &impl Fn(usize, usize) -> F4, v: usize) -> [F4; 3] {
        turn(d(v, 0), d(v, 1), d(v, 2))
    }
    let (a, b, c) = (across(&d, 0), across(&d, 1), across(&d, 2));
    let (p, q, r) = (turn(a[0], b[0], c[0]), turn(a[1], b[1], c[1]), turn(a[2], b[2], c[2]));
    [p[0], q[0], r[0], p[1], q[1], r[1], p[2], q[2], r[2]]
}

/// Aᵀ m A, Aᵀ = [1 1 1 0; 0 1 −1 −1], row by row.
#[inline(always)]
fn back(m: impl Fn(usize) -> F4) -> [F4; 4] {
    let half = |u: usize| {
        let (a, b, c, d) = (m(u), m(4 + u), m(8 + u), m(12 + u));
        [a + b + c, b - c - d]
    };
    let [p, q, r, s] = [half(0), half(1), half(2), half(3)];
    [p[0] + q[0] + r[0], q[0] - r[0] - s[0], p[1] + q[1] + r[1], q[1] - r[1] - s[1]]
}

/// [`back`] where row and column 2 are zero.
#[inline(always)]
fn back_doubled(m: impl Fn(usize) -> F4) -> [F4; 4] {
    let half = |u: usize| {
        let (a, b, d) = (m(u), m(4 + u), m(12 + u));
        [a + b, b - d]
    };
    let [p, q, s] = [half(0), half(1), half(3)];
    [p[0] + q[0], q[0] - s[0], p[1] + q[1], q[1] - s[1]]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(i: usize) -> f32 {
        ((i * 7919 + 13) % 1009) as f32 / 1009.0 - 0.5
    }

    /// The definition, in f64.
    fn plain(
        walk: Walk,
        x: &[f32],
        size: usize,
        c: usize,
        d: usize,
        weight: &[f32],
        bias: &[f32],
    ) -> Vec<f64> {
        let (side, step) = match walk {
            Walk::Same => (size, 1),
            Walk::Halving => (size / 2, 2),
            Walk::Doubled => (2 * size, 1),
        };
        let wide = if walk == Walk::Doubled { 2 * size } else { size };
        let pixel = |v: usize, u: usize, i: usize| match walk {
            Walk::Doubled => x[((v / 2) * size + u / 2) * c + i],
            _ => x[(v * size + u) * c + i],
        };
        let mut out = Vec::new();
        for y in 0..side {
            for at in 0..side {
                for j in 0..d {
                    let mut sum = f64::from(bias[j]);
                    for tap in 0..9 {
                        let (v, u) = (y * step + tap / 3, at * step + tap % 3);
                        if (1..=wide).contains(&v) && (1..=wide).contains(&u) {
                            for i in 0..c {
                                sum += f64::from(weight[(j * c + i) * 9 + tap])
                                    * f64::from(pixel(v - 1, u - 1, i));
                            }
                        }
                    }
                    out.push(sum);
                }
            }
        }
        out
    }

    #[test]
    fn every_walk_is_the_plain_sum() {
        let shapes = [
            (Walk::Same, 8, 16, 20),
            (Walk::Same, 2, 16, 4),
            (Walk::Same, 16, 32, 48),
            (Walk::Same, 6, 3, 12),
            (Walk::Same, 5, 1, 8),
            (Walk::Halving, 8, 24, 48),
            (Walk::Doubled, 4, 16, 12),
            (Walk::Doubled, 1, 20, 16),
            (Walk::Doubled, 8, 64, 32),
        ];
        for (walk, size, c, d) in shapes {
            let x: Vec<f32> = (0..size * size * c).map(number).collect();
            let weight: Vec<f32> = (0..c * d * 9).map(|i| number(i + 3)).collect();
            let bias: Vec<f32> = (0..d).map(|i| number(i + 11)).collect();
            let exact = plain(walk, &x, size, c, d, &weight, &bias);
            let convolution = Convolution::new(walk, c, d, &weight, &bias);
            let (side, stride) = (convolution.side(size), d + 8);
            let mut room = Room::default();
            let largest = exact.iter().fold(0.0f64, |most, x| most.max(x.abs()));
            let row: Vec<f32> = (0..d).map(|i| number(i + 21)).collect();
            let other: Vec<f32> = (0..side * side * d).map(|i| number(i + 31)).collect();
            for added in [Added::Nothing, Added::Channels(&row), Added::Picture(&other)] {
                let mut out = vec![7.0; side * side * stride];
                convolution.forward(&x, size, &mut out, stride, &mut room, added);
                for (p, pixel) in out.chunks(stride).enumerate() {
                    for (j, value) in pixel.iter().enumerate() {
                        let exact = match added {
                            _ if j >= d => 7.0,
                            Added::Nothing => exact[p * d + j],
                            Added::Channels(row) => exact[p * d + j] + f64::from(row[j]),
                            Added::Picture(other) => exact[p * d + j] + f64::from(other[p * d + j]),
                        };
                        assert!(
                            (f64::from(*value) - exact).abs() < 2e-6 * largest.max(7.0),
                            "{walk:?} {size} {c} {d} {added:?}: {value} for {exact}"
                        );
                    }
                }
            }
        }
    }
}
