//! The time as a vector of sines and cosines: Vaswani et al. 2017, section 3.5, <https://arxiv.org/abs/1706.03762>.
//!
//! Computed on the host in f64: arguments reach a thousand, where the sine of a GPU has lost half its
//! digits, and an engine that must agree with another cannot leave it to either.

/// [sin(t f_0) … sin(t f_{F-1}), cos(t f_0) … cos(t f_{F-1})] with f_i = 10000^(−i/F), for each time.
pub fn sinusoids(times: &[f32], frequencies: usize) -> Vec<f32> {
    let f = |i: usize| libm::exp(-libm::log(10_000.0) * i as f64 / frequencies as f64);
    let angles = |t: f32| (0..frequencies).map(move |i| f64::from(t) * f(i));
    times
        .iter()
        .flat_map(|&t| angles(t).map(libm::sin).chain(angles(t).map(libm::cos)))
        .map(|v| v as f32)
        .collect()
}
