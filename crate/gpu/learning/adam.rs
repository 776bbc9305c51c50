//! Adam on all weights at once: Kingma & Ba 2015, algorithm 1, <https://arxiv.org/abs/1412.6980>.

use super::tape::{AVERAGE, MOMENTS, SLICES, Tape};
use crate::fused::adam::{BETAS, EPSILON};
use crate::gpu::kernel::{Kernel, MOST_THREADS, read, uniform, write};
use crate::gpu::recipe::{MOST_GROUPS, Recipe};

/// How fast a step goes.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    pub rate: f64,
    /// The share that the new weights have in their average, where there is one.
    pub share: f64,
}

/// What Adam is told of step `step`, counted from 1: what m and v are multiplied by, and the pace.
pub fn told(step: usize, pace: Pace) -> [f32; 4] {
    let unbiased = |beta: f64| (1.0 / (1.0 - beta.powi(step as i32))) as f32;
    [unbiased(BETAS[0]), unbiased(BETAS[1]), pace.rate as f32, pace.share as f32]
}

impl Tape {
    /// One step down the gradients of all slices, and of the average after it, where the network `averages`. What it is told is an
    /// input, the last one of its step.
    pub(super) fn adam(&mut self, averages: bool) {
        let step = self.recipe.input(4);
        let count = self.told(&[self.count]);
        let slices: Vec<_> = (0..SLICES).map(|s| format!("gradients[i + {s}u * p.x]")).collect();
        let [(keep_m, take_m), (keep_v, take_v)] = BETAS.map(|beta| (beta as f32, (1.0 - beta) as f32));
        let average = if averages { "average[i] += step.w * (weights[i] - average[i]);" } else { "" };
        let body = format!(
            "let i = (group.y * {MOST_GROUPS}u + group.x) * 256u + thread;
if (i < p.x) {{
  let g = ({}) + ({});
  let m = {keep_m:?} * moments[i] + {take_m:?} * g;
  let v = {keep_v:?} * moments[p.x + i] + {take_v:?} * g * g;
  moments[i] = m;
  moments[p.x + i] = v;
  weights[i] -= step.z * (m * step.x / (sqrt(v * step.y) + {EPSILON:?}));
  {average}
}}",
            slices[..SLICES / 2].join(" + "),
            slices[SLICES / 2..].join(" + ")
        );
        let mut bindings = vec![
            uniform("p", "vec4u"),
            uniform("step", "vec4f"),
            read("gradients", "array<f32>"),
            write("moments", "array<f32>"),
            write("weights", "array<f32>"),
        ];
        let moments = Recipe::lent(MOMENTS, 0, 2 * self.count);
        let mut spans = vec![count, step, self.gradients, moments, self.weights()];
        if averages {
            bindings.push(write("average", "array<f32>"));
            spans.push(Recipe::lent(AVERAGE, 0, self.count));
        }
        let kernel = Kernel::new("Adam", MOST_THREADS, &bindings, "", &body);
        let groups = self.count.div_ceil(MOST_THREADS);
        self.recipe.step(kernel, &spans, [groups.min(MOST_GROUPS), groups.div_ceil(MOST_GROUPS), 1]);
    }
}
