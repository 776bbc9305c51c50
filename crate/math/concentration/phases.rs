//! Softmax over n Gaussian scores as a random-energy model: where the formula for endless texts ends, and where one key has all.
//!
//! Leading order in ln n, as physicists have it (Derrida 1981).

/// γ beyond which e^{−γ²/2} is no longer S of n keys: √(ln n/2).
pub fn breaks(n: f64) -> f64 {
    (libm::log(n) / 2.0).sqrt()
}

/// γ at which the sum freezes on its largest terms: √(2 ln n).
pub fn freezes(n: f64) -> f64 {
    (2.0 * libm::log(n)).sqrt()
}

/// S of n keys to leading order: e^{−γ²/2}, then bent, then 1/√n.
pub fn concentration(n: f64, gamma: f64) -> f64 {
    let floor = -libm::log(n) / 2.0;
    let short = freezes(n) - gamma;
    let ln = if gamma < breaks(n) {
        -gamma * gamma / 2.0
    } else if short > 0.0 {
        short * short / 2.0 + floor
    } else {
        floor
    };
    libm::exp(ln)
}

/// The entropy of n keys to leading order: ln n − γ²/2, and nothing from where it freezes.
pub fn entropy(n: f64, gamma: f64) -> f64 {
    (libm::log(n) - gamma * gamma / 2.0).max(0.0)
}

/// γ at n keys that keeps, to leading order, the entropy that γ₀ gives n₀ keys: γ² = γ₀² + 2 ln(n/n₀). NaN where that is negative:
/// so few keys never have as much.
pub fn root_law(n: f64, first: f64, gamma: f64) -> f64 {
    (gamma * gamma + 2.0 * libm::log(n / first)).sqrt()
}

/// γ₀ ln n/ln n₀: what keys on a sphere of fixed radius ask for, <https://kexue.fm/archives/8823>.
pub fn log_law(n: f64, first: f64, gamma: f64) -> f64 {
    gamma * libm::log(n) / libm::log(first)
}
