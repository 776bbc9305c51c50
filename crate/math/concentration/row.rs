//! What one row of weights says in numbers.

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// S = Σ|a|/(√n √Σa²).
    pub concentration: f64,
    /// n S² = (Σ|a|)²/Σa².
    pub tokens: f64,
    /// −Σ p ln p of p = |a|/Σ|a|.
    pub entropy: f64,
    /// The largest p.
    pub largest: f64,
    /// Σ|a|.
    pub sum: f64,
}

impl Row {
    /// Of weights that need not sum to one; all NaN, but for the sum, if all are zero.
    pub fn of(weights: impl IntoIterator<Item = f64>) -> Self {
        Self::with_logs(weights.into_iter().map(|a| {
            let a = a.abs();
            (a, if a > 0.0 { libm::log(a) } else { 0.0 })
        }))
    }

    /// Of weights, none negative, whose logarithms are known; that of a zero is not asked.
    pub fn with_logs(weights: impl Iterator<Item = (f64, f64)>) -> Self {
        let (mut n, mut sum, mut squares, mut logs, mut most) = (0.0, 0.0, 0.0, 0.0, 0.0f64);
        for (a, ln) in weights {
            n += 1.0;
            sum += a;
            squares += a * a;
            logs += if a > 0.0 { a * ln } else { 0.0 };
            most = most.max(a);
        }
        let tokens = sum * sum / squares;
        let entropy = libm::log(sum) - logs / sum;
        Self {
            concentration: (tokens / n).sqrt(),
            tokens,
            // Rounding must not make it negative.
            entropy: if entropy < 0.0 { 0.0 } else { entropy },
            largest: most / sum,
            sum,
        }
    }
}
