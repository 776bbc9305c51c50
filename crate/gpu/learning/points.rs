//! The network of points of the plane at a step of learning: [x, time] → … → ε with SiLU between, down the mean squared gap.

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
    /// Of each time: what x₀ and ε are multiplied by, then what the network sees of it.
    times: Vec<f32>,
}

impl Points {
    /// # Shapes
    /// - levels: of each time, what x₀ and ε are multiplied by
    /// - times: what the network sees of each, [times, sizes\[0\] − 2]
    pub fn new(sizes: &[usize], batch: usize, levels: &[[f32; 2]], times: &[f32]) -> Self {
        let seen = times.chunks_exact(sizes[0] - POINT);
        assert_eq!(seen.len(), levels.len(), "a level for each time");
        let times = levels.iter().zip(seen).flat_map(|(level, time)| [level, time].concat()).collect();
        Self { sizes: sizes.to_vec(), batch, times }
    }

    /// A step's input of [`Network::step`]: x₀ and ε, [B, 2] each, and the number of each point's time.
    pub fn input(x0: &[f32], eps: &[f32], times: &[usize]) -> [Vec<f32>; 3] {
        [x0.to_vec(), eps.to_vec(), times.iter().map(|&t| f32::from_bits(t as u32)).collect()]
    }

    /// What the network sees: each point on its way to noise, and its time. [B, sizes\[0\]]
    fn noisy(&self, tape: &mut Tape, x0: Span, eps: Span, times: Span) -> Span {
        let (inputs, count) = (self.sizes[0], self.batch * self.sizes[0]);
        let told = tape.told(&[count, inputs]);
        let table = Recipe::lent(TABLE, 0, self.times.len());
        let bindings = [
            uniform("p", "vec4u"),
            read("table", "array<f32>"),
            read("x0", "array<f32>"),
            read("eps", "array<f32>"),
            read("times", "array<u32>"),
            write("seen", "array<f32>"),
        ];
        let body = "let i = group.x * 256u + thread;
if (i < p.x) {
  let point = i / p.y;
  let column = i % p.y;
  let time = times[point] * p.y;
  var value = table[time + column];
  if (column < 2u) { value = table[time] * x0[2u * point + column] + table[time + 1u] * eps[2u * point + column]; }
  seen[i] = value;
}";
        let kernel = Kernel::new("noisy points", MOST_THREADS, &bindings, "", body);
        let seen = tape.room(count);
        tape.recipe.step(kernel, &[told, table, x0, eps, times, seen], [count.div_ceil(MOST_THREADS), 1, 1]);
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

    fn step(&self, tape: &mut Tape) {
        let batch = self.batch;
        let [x0, eps, times] = [POINT * batch, POINT * batch, batch].map(|count| tape.recipe.input(count));
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
        let mut seen = vec![Matrix::new(self.noisy(tape, x0, eps, times), 0, self.sizes[0])];
        for (i, layer) in hidden.iter().enumerate() {
            let count = batch * layer.outputs;
            // Before SiLU, then after it.
            let y = Matrix::new(tape.room(2 * count), 0, layer.outputs);
            tape.forward(layer, batch, seen[i], y, Then::Shows(Activation::Silu, count));
            seen.push(Matrix { from: count, ..y });
        }
        let answer = Matrix::new(tape.room(batch * last.outputs), 0, last.outputs);
        tape.forward(last, batch, seen[hidden.len()], answer, Then::Nothing);
        tape.squared_error(eps, answer.buffer);
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
