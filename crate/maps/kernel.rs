//! Kernels: how queries and keys become weights. Linear attention is a product of features, so its two-way map has no more
//! directions than there are features; softmax is not.

use nalgebra::DMatrix;

use super::mask::Mask;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// exp(gain q·k/√d).
    Softmax,
    /// φ(q)·φ(k), φ = elu + 1 (Katharopoulos et al. 2020).
    Elu1,
    /// φ = max(0, ·).
    Relu,
    /// q·k itself, of either sign.
    Identity,
    /// φ = exp of every number.
    Exp,
    /// The same for everybody.
    Uniform,
}

impl Kernel {
    /// The number of features that a two-way map of it is a product of; `None`: of no fixed number.
    pub fn features(self, d: usize) -> Option<usize> {
        match self {
            Self::Softmax => None,
            Self::Elu1 | Self::Relu | Self::Identity | Self::Exp => Some(d),
            Self::Uniform => Some(1),
        }
    }

    /// φ of one number.
    fn feature(self, x: f64) -> f64 {
        match self {
            Self::Softmax | Self::Identity => x,
            Self::Elu1 => {
                if x > 0.0 {
                    x + 1.0
                } else {
                    libm::exp(x)
                }
            }
            Self::Relu => x.max(0.0),
            Self::Exp => libm::exp(x),
            Self::Uniform => 1.0,
        }
    }
}

/// A head: queries and keys, each [positions, width].
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    pub queries: DMatrix<f64>,
    pub keys: DMatrix<f64>,
}

impl Head {
    /// gain q·k/√d for all pairs.
    pub fn logits(&self, gain: f64) -> DMatrix<f64> {
        (&self.queries * self.keys.transpose()) * (gain / (self.queries.ncols() as f64).sqrt())
    }

    /// The map under `mask`: row i holds what position i reads, and sums to one. A row whose weights sum to nothing reads itself.
    pub fn map(&self, kernel: Kernel, gain: f64, mask: Mask) -> DMatrix<f64> {
        let n = self.queries.nrows();
        let mut map = match kernel {
            Kernel::Softmax => self.logits(gain),
            Kernel::Elu1 | Kernel::Relu | Kernel::Identity | Kernel::Exp => {
                let features = |numbers: &DMatrix<f64>| numbers.map(|x| kernel.feature(x));
                features(&self.queries) * features(&self.keys).transpose()
            }
            Kernel::Uniform => DMatrix::from_element(n, n, 1.0),
        };
        for i in 0..n {
            let seen = |j: &usize| mask.sees(i, *j);
            if kernel == Kernel::Softmax {
                let most = (0..n).filter(seen).map(|j| map[(i, j)]).fold(f64::NEG_INFINITY, f64::max);
                (0..n).filter(seen).for_each(|j| map[(i, j)] = libm::exp(map[(i, j)] - most));
            }
            let (sum, size) = (0..n)
                .filter(seen)
                .map(|j| map[(i, j)])
                .fold((0.0, 0.0), |(sum, size), w| (sum + w, size + w.abs()));
            let lost = sum.abs() <= 1e-12 * size || size == 0.0;
            for j in 0..n {
                let weight = if lost { f64::from(u8::from(i == j)) } else { map[(i, j)] / sum };
                map[(i, j)] = if mask.sees(i, j) { weight } else { 0.0 };
            }
        }
        map
    }

    /// The same head on the same tokens in another order: position i holds what stood at `order[i]`.
    pub fn reordered(&self, order: &[usize]) -> Self {
        let pick =
            |rows: &DMatrix<f64>| DMatrix::from_fn(order.len(), rows.ncols(), |i, j| rows[(order[i], j)]);
        Self { queries: pick(&self.queries), keys: pick(&self.keys) }
    }
}

/// What a layer does: its one head, or the mean of a head that reads forward and one that reads backward.
pub fn layer(heads: &[Head], kernel: Kernel, gain: f64, mask: Mask) -> DMatrix<f64> {
    match mask {
        Mask::Mixed => {
            let [forward, backward] = [(&heads[0], Mask::Causal), (&heads[1], Mask::AntiCausal)]
                .map(|(head, mask)| head.map(kernel, gain, mask));
            (forward + backward) * 0.5
        }
        Mask::TwoWay | Mask::Prefix(_) | Mask::Causal | Mask::AntiCausal => heads[0].map(kernel, gain, mask),
    }
}
