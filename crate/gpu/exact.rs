//! The exact denoiser of the plane on WebGPU: [`fused::exact`](crate::fused::exact) with a particle a thread and the centres in
//! memory that a workgroup shares, in tiles. One dispatch, whatever the counts: they are read, so nothing is compiled anew.

#[cfg(feature = "webgpu")]
mod denoiser;
#[cfg(all(feature = "webgpu", feature = "bench"))]
pub mod trial;

#[cfg(feature = "webgpu")]
pub use denoiser::GpuExact;

use super::kernel::{Kernel, read, uniform, write};
use super::recipe::{MOST_GROUPS, Recipe};

/// Particles of a workgroup: few, so that a few thousand of them fill a card.
const TOGETHER: usize = 64;
/// Centres that are shared at once: 8 KiB, half of what every WebGPU has.
const TILE: usize = 1024;
/// Centres whose turns of the loop are written out.
const TURN: usize = 4;
/// Stands for a centre that is not there: farther than any, its square still a number, its weight 0.
const NOWHERE: f32 = 1e8;

/// Particles that one call takes at most.
pub const MOST: usize = MOST_GROUPS * TOGETHER;

/// Σ p_i d_i times a factor for each particle, d_i = x − A y_i and p = softmax(−|d_i|²/2v).
///
/// The nearest centre is found first: its weight is 1, so the sum is at least 1 however far all centres are.
fn kernel() -> Kernel {
    let bindings = [
        // −1/2v, the factor, how many centres, how many particles.
        uniform("call", "vec4f"),
        read("centres", "array<vec2f>"),
        read("x", "array<vec2f>"),
        write("eps", "array<vec2f>"),
    ];
    let turns = |of: &dyn Fn(String) -> String| -> String {
        (0..TURN).map(|i| of(format!("tile[k + {i}u]"))).collect()
    };
    let nearer =
        turns(&|centre| format!("    {{ let d = at - {centre}; nearest = min(nearest, dot(d, d)); }}\n"));
    let add = turns(&|centre| {
        format!(
            "    {{ let d = at - {centre}; let w = exp((dot(d, d) - nearest) * call.x); sum += w; along += w * d; }}\n"
        )
    });
    // Every thread lends a hand with the tile, also those that have no particle.
    let over = |turns: &str| {
        format!(
            "for (var first = 0u; first < count; first += {TILE}u) {{
  let here = min(count - first, {TILE}u);
  workgroupBarrier();
  for (var k = thread; k < here; k += {TOGETHER}u) {{ tile[k] = centres[first + k]; }}
  workgroupBarrier();
  for (var k = 0u; k < here; k += {TURN}u) {{
{turns}  }}
}}
"
        )
    };
    let body = format!(
        "let count = u32(call.z);
let particles = u32(call.w);
let number = group.x * {TOGETHER}u + thread;
let at = x[min(number, particles - 1u)];
var nearest = 3e38f;
{}var sum = 0f;
var along = vec2f();
{}if (number < particles) {{ eps[number] = along * (call.y / sum); }}",
        over(&nearer),
        over(&add),
    );
    let outside = format!("var<workgroup> tile: array<vec2f, {TILE}>;");
    Kernel::new("the exact denoiser", TOGETHER, &bindings, &outside, &body)
}

/// Centres as the kernel reads them: pairs, and so many that no turn of the loop ends early.
///
/// # Shapes
/// - centres: all first coordinates and all second ones
/// - output: [M', 2]
pub fn padded([first, second]: [&[f32]; 2]) -> Vec<f32> {
    let missing = first.len().next_multiple_of(TURN) - first.len();
    let pairs = first.iter().zip(second).flat_map(|(&a, &b)| [a, b]);
    pairs.chain(std::iter::repeat_n(NOWHERE, 2 * missing)).collect()
}

/// What asks of `centres` pairs about `particles` of them. Inputs: the call, centres, x.
pub fn recipe(centres: usize, particles: usize) -> Recipe {
    let mut recipe = Recipe::default();
    let (call, centres, x) = (recipe.input(4), recipe.input(2 * centres), recipe.input(2 * particles));
    let eps = recipe.own(2 * particles);
    recipe.step(kernel(), &[call, centres, x, eps], [particles.div_ceil(TOGETHER), 1, 1]);
    recipe.answer(eps);
    recipe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gpu::kernel::MOST_SHARED;

    #[test]
    fn one_text_serves_all_counts_and_fits_every_gpu() {
        let (few, many) = (recipe(4, 1), recipe(4096, 100_000));
        assert_eq!(few.steps[0].kernel, many.steps[0].kernel);
        assert_eq!(many.steps.len(), 1);
        const { assert!(8 * TILE <= MOST_SHARED && TILE.is_multiple_of(TURN)) };
        // As many threads as particles, and no workgroup for nothing.
        let groups = many.steps[0].groups[0] as usize;
        assert!((groups - 1) * TOGETHER < 100_000 && groups * TOGETHER >= 100_000);
        const { assert!(MOST >= 100_000) };
    }

    #[test]
    fn turns_are_filled_with_centres_of_no_weight() {
        let numbers = padded([&[1.0, 2.0, 3.0, 4.0, 5.0], &[0.0; 5]]);
        assert_eq!((numbers.len(), &numbers[8..10]), (16, &[5.0, 0.0][..]));
        // At the largest variance, 1 and what a cloud's width adds, and with the least, where squares must stay numbers.
        for variance in [1.5f32, 1e-8] {
            let square = 2.0 * (NOWHERE + 10.0) * (NOWHERE + 10.0);
            assert!(square.is_finite() && (square * (-0.5 / variance)).is_finite());
            assert_eq!((square * (-0.5 / variance)).exp(), 0.0);
        }
    }
}
