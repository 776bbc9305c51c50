//! The kernels that make a weight of a score, key by key.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    Exp,
    Relu2,
    Relu,
    Identity,
    Elu1,
    Softplus,
}

impl Kernel {
    pub const ALL: [Self; 6] =
        [Self::Exp, Self::Relu2, Self::Relu, Self::Identity, Self::Elu1, Self::Softplus];

    pub fn at(self, x: f64) -> f64 {
        match self {
            Self::Exp => libm::exp(x),
            Self::Relu2 => x.max(0.0) * x.max(0.0),
            Self::Relu => x.max(0.0),
            Self::Identity => x,
            Self::Elu1 if x < 0.0 => libm::exp(x),
            Self::Elu1 => x + 1.0,
            // ln(1 + eˣ) without overflow.
            Self::Softplus => x.max(0.0) + libm::log1p(libm::exp(-x.abs())),
        }
    }

    /// ln|f(x)|; −∞ where the weight is zero.
    pub fn ln(self, x: f64) -> f64 {
        match self {
            Self::Exp => x,
            Self::Elu1 if x < 0.0 => x,
            // ln ln(1 + eˣ) is x, where eˣ is small.
            Self::Softplus if x < -36.0 => x,
            Self::Relu2 | Self::Relu | Self::Identity | Self::Elu1 | Self::Softplus => {
                libm::log(self.at(x).abs())
            }
        }
    }

    /// Whether its formula changes at x = 0.
    pub fn has_kink(self) -> bool {
        match self {
            Self::Exp | Self::Softplus => false,
            Self::Relu2 | Self::Relu | Self::Identity | Self::Elu1 => true,
        }
    }

    /// Whether the ratio S depends on β/γ alone, so that no temperature can tune it: f(cx) = cᵖ f(x).
    pub fn is_homogeneous(self) -> bool {
        match self {
            Self::Relu2 | Self::Relu | Self::Identity => true,
            Self::Exp | Self::Elu1 | Self::Softplus => false,
        }
    }
}
