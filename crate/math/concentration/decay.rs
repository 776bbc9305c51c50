//! Explicit decay, the weight λ^back: sparse for free, and blind to what the keys say.

/// (Σ a)²/Σ a² of λ^{n−1}, …, λ, 1; 0⁰ is 1.
pub fn tokens(lambda: f64, n: f64) -> f64 {
    if lambda == 1.0 {
        return n;
    }
    let power = libm::pow(lambda, n);
    (1.0 - power) * (1.0 + lambda) / ((1.0 - lambda) * (1.0 + power))
}

/// The weights of the newest key, the one before it and so on; zero where a double has no more.
pub fn weights(lambda: f64) -> impl Iterator<Item = f64> {
    std::iter::successors(Some(1.0), move |a| Some(if *a > 1e-290 { a * lambda } else { 0.0 }))
}

/// S of the same weights.
pub fn concentration(lambda: f64, n: f64) -> f64 {
    (tokens(lambda, n) / n).sqrt()
}

/// What share the key `back` places before the last one has.
pub fn share(lambda: f64, n: f64, back: f64) -> f64 {
    if lambda == 1.0 {
        return 1.0 / n;
    }
    libm::pow(lambda, back) * (1.0 - lambda) / (1.0 - libm::pow(lambda, n))
}

/// What the newest position reads of `values`: weights λ^back, summed as they stand.
pub fn quadratic(lambda: f64, values: &[f64]) -> f64 {
    let back = |i: usize| (values.len() - 1 - i) as f64;
    values.iter().enumerate().map(|(i, v)| libm::pow(lambda, back(i)) * v).sum()
}

/// The same with a state of one number, which is all that has to be kept of a text.
pub fn recurrent(lambda: f64, values: &[f64]) -> f64 {
    values.iter().fold(0.0, |state, v| lambda * state + v)
}
