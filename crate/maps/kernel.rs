//! Kernels: how queries and keys become weights. Linear attention is a product of features, so its two-way map has no more
//! directions than there are features; softmax is not.

use nalgebra::DMatrix;

use super::mask::Mask;
use crate::math::spectrum::singular_values;

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

    /// The singular values of the logits by their factors, the largest first: no more than there are numbers in a query.
    pub fn spectrum_of_logits(&self) -> Vec<f64> {
        let [q, k] = [&self.queries, &self.keys].map(|factor| factor.clone().qr().r());
        let core = q * k.transpose() / (self.queries.ncols() as f64).sqrt();
        singular_values(core.as_slice(), core.ncols(), core.nrows())
    }

    /// The map under `mask`: row i holds what position i reads, and sums to one. A row whose weights sum to nothing reads itself.
    pub fn map(&self, kernel: Kernel, gain: f64, mask: Mask) -> DMatrix<f64> {
        let n = self.queries.nrows();
        // Transposed, so that what one position reads lies together.
        let mut read = match kernel {
            Kernel::Softmax => {
                (&self.keys * self.queries.transpose()) * (gain / (self.queries.ncols() as f64).sqrt())
            }
            Kernel::Elu1 | Kernel::Relu | Kernel::Identity | Kernel::Exp => {
                let features = |numbers: &DMatrix<f64>| numbers.map(|x| kernel.feature(x));
                features(&self.keys) * features(&self.queries).transpose()
            }
            Kernel::Uniform => DMatrix::from_element(n, n, 1.0),
        };
        for (i, weights) in read.as_mut_slice().chunks_exact_mut(n).enumerate() {
            if kernel == Kernel::Softmax {
                let most =
                    (0..n).filter(|j| mask.sees(i, *j)).map(|j| weights[j]).fold(f64::NEG_INFINITY, f64::max);
                let exp = |j: usize, logit: f64| if mask.sees(i, j) { libm::exp(logit - most) } else { 0.0 };
                weights.iter_mut().enumerate().for_each(|(j, weight)| *weight = exp(j, *weight));
            } else {
                weights
                    .iter_mut()
                    .enumerate()
                    .filter(|(j, _)| !mask.sees(i, *j))
                    .for_each(|(_, weight)| *weight = 0.0);
            }
            let (sum, size) = weights.iter().fold((0.0, 0.0), |(sum, size), w| (sum + w, size + w.abs()));
            if sum.abs() > 1e-12 * size {
                weights.iter_mut().for_each(|weight| *weight /= sum);
            } else {
                weights.fill(0.0);
                weights[i] = 1.0;
            }
        }
        read.transpose()
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
