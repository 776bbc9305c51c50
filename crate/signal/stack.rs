//! A deep stack of random layers, run forward and back: second moments, means, gradients, units that are off, layer by layer.

use std::rc::Rc;

use nalgebra::DMatrix;

use super::{activation::Activation, law, moments::Evening};
use crate::math::{normal::normals, philox::Stream};

/// A layer's numbers: a column for each input.
pub type Batch = DMatrix<f32>;

/// What fixes which numbers are drawn; settings that only scale them draw none anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub width: usize,
    pub layers: usize,
    pub seed: u64,
}

/// The words behind all weights, a layer each.
pub fn drawn(size: Size) -> Rc<Vec<Vec<u16>>> {
    let words = |layer| law::drawn(size.seed, Stream::Layers, layer as u32, size.width * size.width);
    Rc::new((0..size.layers).map(words).collect())
}

/// How many inputs go through at once: more where they cost little.
pub fn inputs(width: usize) -> usize {
    ((1 << 20) / (width * width)).clamp(4, 64)
}

/// Numbers N(0, 1), a column for each input; `even` makes the second moment of each column exactly one.
pub fn normal_batch(size: Size, address: u32, even: bool) -> Batch {
    let columns = inputs(size.width);
    let numbers = normals(size.seed, Stream::Inputs, address, size.width * columns);
    let mut batch = Batch::from_vec(size.width, columns, numbers);
    if even {
        for mut column in batch.column_iter_mut() {
            let root = (column.norm_squared() / size.width as f32).sqrt();
            column /= root;
        }
    }
    batch
}

/// How words become weights.
#[derive(Clone, Debug)]
pub enum Weights {
    /// Each for itself, by a table of values.
    Each(Rc<Vec<f32>>),
    /// An orthogonal matrix, any as likely as any other, times √m: Householder's reflections of normal vectors (Stewart 1980).
    Orthogonal(Rc<Vec<f32>>),
}

/// The factors of a layer's weights: those that stand in the weights, and those that stand before their product.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Factor {
    pub inside: f64,
    pub outside: f64,
}

impl Weights {
    /// The matrix of independent weights.
    fn matrix(table: &[f32], words: &[u16], width: usize, inside: f32) -> Batch {
        Batch::from_iterator(width, width, words.iter().map(|word| table[usize::from(*word)] * inside))
    }

    /// W x, or Wᵀ x if `back`.
    pub fn times(&self, words: &[u16], factor: Factor, x: &Batch, back: bool) -> Batch {
        let width = x.nrows();
        let (inside, outside) = (factor.inside as f32, factor.outside as f32);
        match self {
            Self::Each(table) => {
                let w = Self::matrix(table, words, width, inside);
                let mut y = Batch::zeros(width, x.ncols());
                if back {
                    y.gemm_tr(outside, &w, x, 0.0)
                } else {
                    y.gemm(outside, &w, x, 0.0)
                }
                y
            }
            Self::Orthogonal(table) => {
                let mut y = x.clone();
                reflect(table, words, &mut y, back);
                y *= inside * outside * (width as f32).sqrt();
                y
            }
        }
    }
}

/// Q y in place: a sign for each coordinate, then reflections in ever longer vectors; or back.
fn reflect(table: &[f32], words: &[u16], y: &mut Batch, back: bool) {
    let n = y.nrows();
    let start = |k: usize| k * n - k * k.saturating_sub(1) / 2;
    let vector = |k: usize, v: &mut Vec<f32>| {
        v.clear();
        v.extend(words[start(k)..start(k) + n - k].iter().map(|word| table[usize::from(*word)]));
        let sign = if v[0] < 0.0 { -1.0 } else { 1.0 };
        let norm = dot(v, v).sqrt();
        v[0] += sign * norm;
        (sign, norm)
    };
    let mut v = Vec::with_capacity(n);
    let signs = |y: &mut Batch, v: &mut Vec<f32>| {
        for k in 0..n {
            let (sign, _) = vector(k, v);
            y.row_mut(k).scale_mut(-sign);
        }
    };
    let through = |k: usize, y: &mut Batch, v: &mut Vec<f32>| {
        vector(k, v);
        let square = dot(v, v);
        for mut column in y.column_iter_mut() {
            let tail = &mut column.as_mut_slice()[k..];
            let twice = -2.0 * dot(v, tail) / square;
            tail.iter_mut().zip(v.iter()).for_each(|(y, v)| *y += twice * v);
        }
    };
    if back {
        (0..n - 1).for_each(|k| through(k, y, &mut v));
        signs(y, &mut v);
    } else {
        signs(y, &mut v);
        (0..n - 1).rev().for_each(|k| through(k, y, &mut v));
    }
}

/// In eight sums at once, which a processor adds abreast.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0f32; 8];
    let (left, right) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = left.remainder().iter().zip(right.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in left.zip(right) {
        for i in 0..8 {
            sums[i] += x[i] * y[i];
        }
    }
    rest + sums.iter().sum::<f32>()
}

/// A stack, ready to run.
pub struct Stack<'a> {
    pub size: Size,
    pub words: &'a [Vec<u16>],
    pub weights: Weights,
    /// One for each layer.
    pub factors: Vec<Factor>,
    pub activation: &'a Activation,
    pub evening: Evening,
}

/// What one layer did to all inputs.
#[derive(Clone, Debug)]
pub struct Layer {
    /// What goes into the activation.
    pub before: Batch,
    pub after: Batch,
    /// What each column was divided by.
    roots: Vec<f32>,
}

/// What is measured of a layer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measured {
    /// E x².
    pub moment: f64,
    pub mean: f64,
    /// Root mean square of the gradient by what comes out of this layer.
    pub gradient: f64,
    /// Root mean square of the gradient by a weight of this layer, of one input.
    pub weight_gradient: f64,
    /// Shares of units whose slope is nothing, and less than a tenth of the steepest; and of those that are off for every input.
    pub off: f64,
    pub saturated: f64,
    pub dead: f64,
}

/// A slope smaller than this, over the steepest, is none; one smaller than that counts as saturated.
pub const OFF: f64 = 1e-6;
pub const SATURATED: f64 = 0.1;

impl Stack<'_> {
    pub fn forward(&self, x: &Batch) -> Vec<Layer> {
        let mut all: Vec<Layer> = Vec::with_capacity(self.size.layers);
        for (words, factor) in self.words.iter().zip(&self.factors) {
            let mut before =
                self.weights.times(words, *factor, all.last().map_or(x, |layer| &layer.after), false);
            let roots = before.column_iter_mut().map(|mut column| self.even(column.as_mut_slice())).collect();
            let after = before.map(|x| self.activation.at(f64::from(x))[0] as f32);
            all.push(Layer { before, after, roots });
        }
        all
    }

    /// Makes a column even; answers with what it was divided by.
    fn even(&self, column: &mut [f32]) -> f32 {
        let count = column.len() as f32;
        match self.evening {
            Evening::None => return 1.0,
            Evening::Rms => {}
            Evening::Layer => {
                let mean = column.iter().sum::<f32>() / count;
                column.iter_mut().for_each(|x| *x -= mean);
            }
        }
        let root = (dot(column, column) / count).sqrt().max(f32::MIN_POSITIVE);
        column.iter_mut().for_each(|x| *x /= root);
        root
    }

    /// The gradient by what went into layer `l`, and by what goes into its activation before it is made even, from `gradient`
    /// by what comes out of it.
    fn back(&self, l: usize, layer: &Layer, gradient: &Batch) -> (Batch, Batch) {
        let mut delta = layer.before.zip_map(gradient, |x, g| g * self.activation.at(f64::from(x))[1] as f32);
        let count = delta.nrows() as f32;
        for ((mut delta, before), root) in
            delta.column_iter_mut().zip(layer.before.column_iter()).zip(&layer.roots)
        {
            if self.evening == Evening::None {
                continue;
            }
            let along = delta.dot(&before) / count;
            let mean = if self.evening == Evening::Layer { delta.sum() / count } else { 0.0 };
            delta.zip_apply(&before, |d, x| *d = (*d - mean - along * x) / root);
        }
        let before = self.weights.times(&self.words[l], self.factors[l], &delta, true);
        (before, delta)
    }

    /// The gradient of Σ g·x_L by the inputs.
    pub fn gradient(&self, layers: &[Layer], g: &Batch) -> Batch {
        layers.iter().enumerate().rev().fold(g.clone(), |g, (l, layer)| self.back(l, layer, &g).0)
    }

    /// All that is measured, the input first; the gradient is that of Σ g·x_L.
    pub fn measure(&self, x: &Batch, layers: &[Layer], g: &Batch) -> Vec<Measured> {
        let steepest = steepest(self.activation);
        let mut gradient = g.clone();
        let mut all = vec![Measured::default(); layers.len() + 1];
        for l in (0..layers.len()).rev() {
            let layer = &layers[l];
            let input = if l == 0 { x } else { &layers[l - 1].after };
            let (next, delta) = self.back(l, layer, &gradient);
            let pairs = delta.column_iter().zip(input.column_iter());
            let squares: f64 =
                pairs.map(|(d, x)| f64::from(d.norm_squared()) * f64::from(x.norm_squared())).sum();
            let count = (delta.nrows() * delta.nrows() * delta.ncols()) as f64;
            let slope =
                |x: &f32| self.activation.at(f64::from(*x))[1].abs() / steepest.max(f64::MIN_POSITIVE);
            let (mut off, mut saturated, mut dead) = (0usize, 0usize, 0usize);
            for row in layer.before.row_iter() {
                let mut here = 0;
                for x in row.iter() {
                    let slope = slope(x);
                    here += usize::from(slope < OFF);
                    saturated += usize::from(slope < SATURATED);
                }
                off += here;
                dead += usize::from(here == row.ncols());
            }
            let entries = layer.before.len() as f64;
            all[l + 1] = Measured {
                moment: moment(&layer.after),
                mean: mean(&layer.after),
                gradient: moment(&gradient).sqrt(),
                weight_gradient: self.factors[l].outside * (squares / count).sqrt(),
                off: off as f64 / entries,
                saturated: saturated as f64 / entries,
                dead: dead as f64 / layer.before.nrows() as f64,
            };
            gradient = next;
        }
        all[0] = Measured {
            moment: moment(x),
            mean: mean(x),
            gradient: moment(&gradient).sqrt(),
            ..Measured::default()
        };
        all
    }
}

/// The steepest slope on [−6, 6].
pub fn steepest(activation: &Activation) -> f64 {
    let slopes = (0..=480).map(|k| activation.at(f64::from(k) / 40.0 - 6.0 + 1e-9)[1].abs());
    slopes.filter(|slope| slope.is_finite()).fold(0.0, f64::max)
}

/// E x² over all columns.
pub fn moment(x: &Batch) -> f64 {
    x.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>() / x.len() as f64
}

fn mean(x: &Batch) -> f64 {
    x.iter().map(|x| f64::from(*x)).sum::<f64>() / x.len() as f64
}
