//! Linear attention q̃·k̃ with features that are not negative: what the feature map and the shape of q̃ make of S.

use super::{kernel::Kernel, limit, nodes::density, nodes::panels};

/// What is done to each coordinate of a key, an N(0, 1) number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Features {
    Relu,
    Exp,
    Elu1,
    Softplus,
    Sigmoid,
    Relu2,
}

impl Features {
    pub const ALL: [Self; 6] =
        [Self::Relu, Self::Exp, Self::Elu1, Self::Softplus, Self::Sigmoid, Self::Relu2];

    /// The kernel that does the same; the sigmoid is none of them.
    fn kernel(self) -> Option<Kernel> {
        match self {
            Self::Relu => Some(Kernel::Relu),
            Self::Exp => Some(Kernel::Exp),
            Self::Elu1 => Some(Kernel::Elu1),
            Self::Softplus => Some(Kernel::Softplus),
            Self::Sigmoid => None,
            Self::Relu2 => Some(Kernel::Relu2),
        }
    }

    pub fn at(self, x: f64) -> f64 {
        self.kernel().map_or_else(|| 1.0 / (1.0 + libm::exp(-x)), |kernel| kernel.at(x))
    }

    /// Mean and deviation over N(0, 1), by quadrature.
    pub fn moments(self) -> [f64; 2] {
        let all = [panels(-10.0, 0.0, 0.5), panels(0.0, 12.0, 0.5)].concat();
        let moment =
            |power: i32| -> f64 { all.iter().map(|(x, w)| w * density(*x) * self.at(*x).powi(power)).sum() };
        let mean = moment(1);
        [mean, (moment(2) - mean * mean).sqrt()]
    }

    /// σ/μ in closed form, where there is one: with S of the kernel at β = 0 and γ = 1, (σ/μ)² = 1/S² − 1.
    pub fn closed_ratio(self) -> Option<f64> {
        let s = limit::closed(self.kernel()?, 0.0, 1.0)?;
        Some((1.0 / (s * s) - 1.0).sqrt())
    }

    pub fn ratio(self) -> f64 {
        self.closed_ratio().unwrap_or_else(|| {
            let [mean, deviation] = self.moments();
            deviation / mean
        })
    }
}

/// q̃ of d coordinates that sum to one: a flat one and a one-hot one, mixed; flat at 0, one-hot at 1.
pub fn query(d: usize, shape: f64) -> impl Iterator<Item = f64> {
    let flat = (1.0 - shape) / d as f64;
    (0..d).map(move |i| if i == 0 { flat + shape } else { flat })
}

/// |q̃|₂/|q̃|₁: between 1/√d, flat, and 1, one-hot.
pub fn norm_ratio(d: usize, shape: f64) -> f64 {
    (shape * shape + (1.0 - shape * shape) / d as f64).sqrt()
}

/// S = 1/√(1 + (σ/μ)² (|q̃|₂/|q̃|₁)²) of independent coordinates.
pub fn concentration(ratio: f64, norms: f64) -> f64 {
    let noise = ratio * norms;
    1.0 / (1.0 + noise * noise).sqrt()
}
