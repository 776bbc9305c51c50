//! g(k) = (2/d) Σ cos(k θᵢ − φ): what a rotation makes of two vectors, by the distance; its continuum and its law of the logarithm.

use super::integral::{EULER, cosine, sine};

/// The sum as an integral over ln θ from 1/base to 1: (cos φ [Ci(k) − Ci(k/base)] + sin φ [Si(k) − Si(k/base)])/ln base, for k > 0.
pub fn continuum(base: f64, phase: f64, k: f64) -> f64 {
    let far = k / base;
    let (even, odd) = (cosine(k) - cosine(far), sine(k) - sine(far));
    (libm::cos(phase) * even + libm::sin(phase) * odd) / libm::log(base)
}

/// 1 − (γ + ln k)/ln base: what the continuum comes to for φ = 0 and 1 ≪ k ≪ base.
pub fn log_law(base: f64, k: f64) -> f64 {
    1.0 - (EULER + libm::log(k)) / libm::log(base)
}

/// Where the law of the logarithm says zero.
pub fn log_law_zero(base: f64) -> f64 {
    base * libm::exp(-EULER)
}

/// How often a profile rises from one distance to the next.
pub fn rises(profile: &[f64]) -> usize {
    profile.windows(2).filter(|pair| pair[1] > pair[0]).count()
}
