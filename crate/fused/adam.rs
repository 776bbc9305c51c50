//! One step of Adam over all parameters at once: Kingma & Ba 2015, algorithm 1, <https://arxiv.org/abs/1412.6980>.

use super::lanes::F4;

/// β₁ and β₂: how much of the gradients' mean and of their squares is kept a step.
pub const BETAS: [f64; 2] = [0.9, 0.999];
/// ε beside √v̂.
pub const EPSILON: f64 = 1e-8;

/// θ ← θ − rate · m̂/(√v̂ + ε) with m and v moved along `gradient`; `step` counts from 1. All four are as long.
pub fn step(weights: &mut [f32], m: &mut [f32], v: &mut [f32], gradient: &[f32], rate: f64, step: usize) {
    let [beta1, beta2] = BETAS;
    let unbiased = |beta: f64| 1.0 / (1.0 - beta.powi(step as i32));
    let s = |x: f64| F4::splat(x as f32);
    let (keep_m, take_m, keep_v, take_v) = (s(beta1), s(1.0 - beta1), s(beta2), s(1.0 - beta2));
    let (whole_m, whole_v, rate, epsilon) = (s(unbiased(beta1)), s(unbiased(beta2)), s(rate), s(EPSILON));
    let all = weights.chunks_mut(4).zip(m.chunks_mut(4)).zip(v.chunks_mut(4).zip(gradient.chunks(4)));
    for ((weights, m), (v, gradient)) in all {
        let g = padded(gradient);
        let new_m = padded(m) * keep_m + g * take_m;
        let new_v = padded(v) * keep_v + g * g * take_v;
        let by = new_m * whole_m / ((new_v * whole_v).sqrt() + epsilon);
        let new = padded(weights) - by * rate;
        for (to, from) in [(weights, new), (m, new_m), (v, new_v)] {
            let count = to.len();
            to.copy_from_slice(&from.array()[..count]);
        }
    }
}

/// Up to four numbers, zeros after them.
#[inline(always)]
fn padded(values: &[f32]) -> F4 {
    match values.len() {
        4 => F4::of(values),
        n => {
            let mut four = [0.0; 4];
            four[..n].copy_from_slice(values);
            F4::of(&four)
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_first_steps_are_those_of_the_algorithm() {
        let (epsilon, rate) = (1e-8, 0.1);
        let gradients = [[0.5f32, -2.0, 0.0, 1e-3, 7.0], [0.25, 1.0, 0.0, -1e-3, 7.0]];
        let (mut weights, mut m, mut v) = (vec![1.0f32; 5], vec![0.0; 5], vec![0.0; 5]);
        for (i, gradient) in gradients.iter().enumerate() {
            super::step(&mut weights, &mut m, &mut v, gradient, rate, i + 1);
        }
        for j in 0..5 {
            let (mut theta, mut m, mut v) = (1.0f64, 0.0f64, 0.0f64);
            for (i, gradient) in gradients.iter().enumerate() {
                let g = f64::from(gradient[j]);
                m = 0.9 * m + 0.1 * g;
                v = 0.999 * v + 0.001 * g * g;
                let unbiased = |beta: f64| 1.0 - beta.powi(i as i32 + 1);
                theta -= rate * (m / unbiased(0.9)) / ((v / unbiased(0.999)).sqrt() + epsilon);
            }
            assert!((f64::from(weights[j]) - theta).abs() < 3e-7, "{j}: {} for {theta}", weights[j]);
        }
    }
}
