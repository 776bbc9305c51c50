//! The kernel that chooses the next token, so that several are written before the host hears of any.
//!
//! The rule is the host's, see [`chosen`](crate::math::decoding::chosen), in f32; the host decides again in f64 from the same scores.
//! Nothing is sorted: of all tokens the one with the highest noisy score is tried, and where it may not be chosen, what is not likelier
//! than it may not either.

use super::sizes::Sizes;
use super::text::{BINDINGS, common, reductions};
use crate::gpu::kernel::{Kernel, MOST_THREADS};
use crate::math::decoding::Decoding;

/// Words of a choice: 1/τ, top k, top p, where its noise begins (0: there is none), and where it says what it chose.
pub const CHOICE: usize = 5;

/// The first three.
pub fn words(decoding: &Decoding) -> [u32; 3] {
    let (heat, top_k) =
        if decoding.is_greedy() { (1.0, 1) } else { (1.0 / decoding.temperature, decoding.top_k) };
    [(heat as f32).to_bits(), top_k.min(u32::MAX as usize) as u32, (decoding.top_p as f32).to_bits()]
}

/// Workgroups: 1, 1, tasks.
pub fn choose(sizes: &Sizes) -> Kernel {
    let outside = common(sizes)
        + &format!("const PARTS = {}u;\nconst THREADS = {MOST_THREADS}u;\n{FUNCTIONS}", sizes.parts())
        + &reductions(MOST_THREADS, "f32");
    Kernel::new("the next token", MOST_THREADS, &BINDINGS, &outside, BODY)
}

const FUNCTIONS: &str = "
const LOWEST = -3.4e38f;
var<workgroup> told: u32;
// Whether token `a` with score x stands before `b` with score y: the likelier one, of equals the earlier.
fn stands_before(x: f32, a: u32, y: f32, b: u32) -> bool {
  return x > y || (x == y && a < b);
}
";

const BODY: &str = "
let task = task_of(layer.y * BESIDE + group.z);
if (task.choice == 0u) { return; }
let heat = bitcast<f32>(input[task.choice]);
let top_k = input[task.choice + 1u];
let top_p = bitcast<f32>(input[task.choice + 2u]);
let noise = input[task.choice + 3u];
let scores = task.lens + select(0u, LAYERS * V, task.all);
// What all weigh that top k leaves, the likeliest 1.
var highest = 0f;
var all = 0f;
if (top_p < 1.0) {
  var own = LOWEST;
  for (var token = thread; token < V; token += THREADS) { own = max(own, seen[scores + token]); }
  highest = most(thread, own);
  own = 0f;
  for (var token = thread; token < V; token += THREADS) {
    let score = seen[scores + token];
    var rank = 0u;
    if (top_k > 0u) {
      for (var other = 0u; other < V && rank < top_k; other++) {
        rank += select(0u, 1u, stands_before(seen[scores + other], other, score, token));
      }
    }
    if (top_k == 0u || rank < top_k) { own += exp((score - highest) * heat); }
  }
  all = total(thread, own);
}
// Only what stands before this token may still be chosen.
var limit = V;
var level = LOWEST;
var token = 0u;
for (var turn = 0u; turn < V; turn++) {
  var best = LOWEST;
  var at = V;
  for (var i = thread; i < V; i += THREADS) {
    let score = seen[scores + i];
    var noisy = clamp(score * heat, -1e37, 1e37);
    if (noise > 0u) { noisy += bitcast<f32>(input[noise + i]); }
    if (noisy > best && stands_before(score, i, level, limit)) {
      best = noisy;
      at = i;
    }
  }
  let top = most(thread, best);
  // Of equals the earliest.
  let first = -most(thread, select(-f32(V), -f32(at), best == top));
  if (thread == 0u) { told = min(u32(first), V - 1u); }
  token = workgroupUniformLoad(&told);
  if (top_k == 0u && top_p >= 1.0) { break; }
  level = seen[scores + token];
  limit = token;
  var rank = 0f;
  var mass = 0f;
  for (var i = thread; i < V; i += THREADS) {
    let score = seen[scores + i];
    if (stands_before(score, i, level, limit)) {
      rank += 1.0;
      mass += exp((score - highest) * heat);
    }
  }
  rank = total(thread, rank);
  mass = total(thread, mass);
  let may = (top_k == 0u || rank < f32(top_k)) && (top_p >= 1.0 || rank == 0.0 || mass < top_p * all);
  if (thread == 0u) { told = u32(may); }
  if (workgroupUniformLoad(&told) == 1u) { break; }
}
if (thread == 0u) {
  between[(group.z + 1u) * PARTS - 1u].x = f32(token);
  seen[input[task.choice + 4u]] = f32(token);
}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_told_in_three_words() {
        let of = |temperature, top_k, top_p| {
            let [heat, top_k, top_p] = words(&Decoding { temperature, top_k, top_p });
            (f32::from_bits(heat), top_k, f32::from_bits(top_p))
        };
        assert_eq!(of(0.5, 0, 1.0), (2.0, 0, 1.0));
        assert_eq!(of(0.8, 40, 0.25), (1.25, 40, 0.25));
        // Greedy is the likeliest one, without noise.
        assert_eq!(of(0.0, 0, 1.0), (1.0, 1, 1.0));
        assert!(of(f64::from(f32::MIN_POSITIVE), 3, 1.0).0.is_finite() && of(1e300, 0, 1.0).0 == 0.0);
    }
}
