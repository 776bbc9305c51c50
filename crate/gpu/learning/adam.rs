//! Adam on all weights at once: Kingma & Ba 2015, algorithm 1, <https://arxiv.org/abs/1412.6980>.

use super::tape::{MOMENTS, SLICES, Tape};
use crate::fused::adam::{BETAS, EPSILON};
use crate::gpu::kernel::{Kernel, MOST_THREADS, read, uniform, write};
use crate::gpu::recipe::{MOST_GROUPS, Recipe};

/// What Adam is told of step `step`, counted from 1: what m and v are multiplied by, and the rate.
pub fn told(step: usize, rate: f64) -> [f32; 4] {
    let unbiased = |beta: f64| (1.0 / (1.0 - beta.powi(step as i32))) as f32;
    [unbiased(BETAS[0]), unbiased(BETAS[1]), rate as f32, 0.0]
}

impl Tape {
    /// One step down the gradients of all slices. What it is told is an input, the last one of its step.
    pub(super) fn adam(&mut self) {
        let step = self.recipe.input(4);
        let count = self.told(&[self.count]);
        let slices: Vec<_> = (0..SLICES).map(|s| format!("gradients[i + {s}u * p.x]")).collect();
        let [(keep_m, take_m), (keep_v, take_v)] = BETAS.map(|beta| (beta as f32, (1.0 - beta) as f32));
        let body = format!(
            "let i = (group.y * {MOST_GROUPS}u + group.x) * 256u + thread;
if (i < p.x) {{
  let g = ({}) + ({});
  let m = {keep_m:?} * moments[i] + {take_m:?} * g;
  let v = {keep_v:?} * moments[p.x + i] + {take_v:?} * g * g;
  moments[i] = m;
  moments[p.x + i] = v;
  weights[i] -= step.z * (m * step.x / (sqrt(v * step.y) + {EPSILON:?}));
}}",
            slices[..SLICES / 2].join(" + "),
            slices[SLICES / 2..].join(" + ")
        );
        let bindings = [
            uniform("p", "vec4u"),
            uniform("step", "vec4f"),
            read("gradients", "array<f32>"),
            write("moments", "array<f32>"),
            write("weights", "array<f32>"),
        ];
        let kernel = Kernel::new("Adam", MOST_THREADS, &bindings, "", &body);
        let groups = self.count.div_ceil(MOST_THREADS);
        let spans = [count, step, self.gradients, Recipe::lent(MOMENTS, 0, 2 * self.count), self.weights()];
        self.recipe.step(kernel, &spans, [groups.min(MOST_GROUPS), groups.div_ceil(MOST_GROUPS), 1]);
    }
}
