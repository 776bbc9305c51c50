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
        let (mut n, mut sum, mut squares, mut logs, mut most) = (0.0, 0.0, 0.0, 0.0, 0.0f64);
        for a in weights {
            let a = a.abs();
            n += 1.0;
            sum += a;
            squares += a * a;
            most = most.max(a);
            if a > 0.0 {
                logs += a * libm::log(a);
            }
        }
        Self::from_sums(n, sum, squares, logs, most)
    }

    /// Of e^x for scores x, without a logarithm each and without overflow; `sum` is over e^(x − largest).
    pub fn of_scores(scores: impl Iterator<Item = f64> + Clone) -> Self {
        let most = scores.clone().fold(f64::NEG_INFINITY, f64::max);
        let (mut n, mut sum, mut squares, mut logs) = (0.0, 0.0, 0.0, 0.0);
        for x in scores {
            let a = libm::exp(x - most);
            n += 1.0;
            sum += a;
            squares += a * a;
            logs += a * (x - most);
        }
        Self::from_sums(n, sum, squares, logs, 1.0)
    }

    fn from_sums(n: f64, sum: f64, squares: f64, logs: f64, most: f64) -> Self {
        let tokens = sum * sum / squares;
        Self {
            concentration: (tokens / n).sqrt(),
            tokens,
            // Rounding must not make it negative.
            entropy: (libm::log(sum) - logs / sum).max(0.0),
            largest: most / sum,
            sum,
        }
    }
}
