//! Which way is steepest: it depends on how a step is measured.

/// How long a step d is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Norm {
    /// |d₁| + |d₂|.
    L1,
    /// √(d₁² + d₂²).
    L2,
    /// max(|d₁|, |d₂|).
    Max,
    /// √(dᵀ diag(m) d) with both m positive: an ellipse.
    Diagonal([f64; 2]),
}

impl Norm {
    /// The step of length 1 that lowers g·d most; none where g is 0. Where several do, the one that lies between them all.
    pub fn steepest(self, g: [f64; 2]) -> [f64; 2] {
        let [a, b] = g.map(f64::abs);
        if a == 0.0 && b == 0.0 {
            return [0.0; 2];
        }
        // −sign, and 0 of 0.
        let against = g.map(|x| if x == 0.0 { 0.0 } else { -x.signum() });
        match self {
            Self::L1 if a > b => [against[0], 0.0],
            Self::L1 if a < b => [0.0, against[1]],
            Self::L1 => against.map(|x| x / 2.0),
            Self::L2 => Self::Diagonal([1.0; 2]).steepest(g),
            Self::Max => against,
            Self::Diagonal(m) => [0, 1].map(|i| -g[i] / m[i] / self.dual(g)),
        }
    }

    /// By how much g·d falls there: the dual norm of g.
    pub fn dual(self, g: [f64; 2]) -> f64 {
        let [a, b] = g.map(f64::abs);
        match self {
            Self::L1 => a.max(b),
            Self::L2 => libm::hypot(a, b),
            Self::Max => a + b,
            Self::Diagonal([m, n]) => libm::sqrt(a * a / m + b * b / n),
        }
    }

    pub fn length(self, d: [f64; 2]) -> f64 {
        let [a, b] = d.map(f64::abs);
        match self {
            Self::L1 => a + b,
            Self::L2 => libm::hypot(a, b),
            Self::Max => a.max(b),
            Self::Diagonal([m, n]) => libm::sqrt(m * a * a + n * b * b),
        }
    }
}
