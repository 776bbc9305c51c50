//! The network of points of the plane at a step of learning: [x, time] → … → what it predicts with SiLU between, down the mean squared gap.

use super::product::{Activation, Layer, Matrix, Then};
use super::tape::{Network, TABLE, Tape};
use crate::gpu::kernel::{Kernel, MOST_THREADS, read, uniform, write};
use crate::gpu::recipe::{Recipe, Span};

/// Numbers of a point.
const POINT: usize = 2;

/// A network of layers of `sizes`, the first of which sees a point and its time.
#[derive(Clone, Debug)]
pub struct Points {
    sizes: Vec<usize>,
    /// Points a step.
    batch: usize,
    /// What the network sees of each time.
    times: Vec<f32>,
    averages: bool,
}

impl Points {
    /// # Shapes
    /// - times: what the network sees of each, [times, sizes\[0\] − 2]
    pub fn new(sizes: &[usize], batch: usize, times: &[f32]) -> Self {
        assert!(times.len().is_multiple_of(sizes[0] - POINT), "all of each time");
        Self { sizes: sizes.to_vec(), batch, times: times.to_vec(), averages: false }
    }

    /// The same with an average of its weights.
    pub fn averaged(self) -> Self {
        Self { averages: true, ..self }
    }

    /// A step's input of [`Network::step`]: points and what is to be said of them, [B, 2] each, and the number of each point's time.
    pub fn input(points: &[f32], target: &[f32], times: &[usize]) -> Vec<Vec<f32>> {
        vec![points.to_vec(), target.to_vec(), times.iter().map(|&t| f32::from_bits(t as u32)).collect()]
    }

    /// What the network sees: each point and its time. [B, sizes\[0\]]
    fn seen(&self, tape: &mut Tape, points: Span, times: Span) -> Span {
        let (inputs, count) = (self.sizes[0], self.batch * self.sizes[0]);
        let told = tape.told(&[count, inputs]);
        let table = Recipe::lent(TABLE, 0, self.times.len());
        let bindings = [
            uniform("p", "vec4u"),
            read("table", "array<f32>"),
            read("points", "array<f32>"),
            read("times", "array<u32>"),
            write("seen", "array<f32>"),
        ];
        let body = "let i = group.x * 256u + thread;
if (i < p.x) {
  let point = i / p.y;
  let column = i % p.y;
  if (column < 2u) {
    seen[i] = points[2u * point + column];
  } else {
    seen[i] = table[times[point] * (p.y - 2u) + column - 2u];
  }
}";
        let kernel = Kernel::new("points and times", MOST_THREADS, &bindings, "", body);
        let seen = tape.room(count);
        tape.recipe.step(kernel, &[told, table, points, times, seen], [count.div_ceil(MOST_THREADS), 1, 1]);
        seen
    }
}

impl Network for Points {
    fn count(&self) -> usize {
        self.sizes.windows(2).map(|pair| (pair[0] + 1) * pair[1]).sum()
    }

    fn table(&self) -> Vec<f32> {
        self.times.clone()
    }

    fn averages(&self) -> bool {
        self.averages
    }

    fn step(&self, tape: &mut Tape) {
        let batch = self.batch;
        let [points, target, times] =
            [POINT * batch, POINT * batch, batch].map(|count| tape.recipe.input(count));
        let mut weight = 0;
        let layer = |pair: &[usize]| {
            let (inputs, outputs) = (pair[0], pair[1]);
            let bias = weight + inputs * outputs;
            let layer = Layer { weight, bias: Some(bias), inputs, outputs };
            weight = bias + outputs;
            layer
        };
        let layers: Vec<Layer> = self.sizes.windows(2).map(layer).collect();
        let (last, hidden) = layers.split_last().expect("a network has a layer");
        let mut seen = vec![Matrix::new(self.seen(tape, points, times), 0, self.sizes[0])];
        for (i, layer) in hidden.iter().enumerate() {
            let count = batch * layer.outputs;
            // Before SiLU, then after it.
            let y = Matrix::new(tape.room(2 * count), 0, layer.outputs);
            tape.forward(layer, batch, seen[i], y, Then::Shows(Activation::Silu, count));
            seen.push(Matrix { from: count, ..y });
        }
        let answer = Matrix::new(tape.room(batch * last.outputs), 0, last.outputs);
        tape.forward(last, batch, seen[hidden.len()], answer, Then::Nothing);
        tape.squared_error(target, answer.buffer);
        let mut slope = answer;
        for (layer, seen) in layers.iter().zip(&seen).rev() {
            tape.gradient(layer, batch, slope, *seen);
            if layer.weight > 0 {
                let before = Matrix::new(tape.room(batch * layer.inputs), 0, layer.inputs);
                tape.back(layer, batch, slope, before, Then::Slopes(Activation::Silu, seen.buffer));
                slope = before;
            }
        }
    }
}
