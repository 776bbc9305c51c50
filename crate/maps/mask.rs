//! Masks: which positions a position may read.

/// Positions count from 0. A map under any of them has rows that sum to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mask {
    /// Everybody reads everybody, as an encoder does.
    TwoWay,
    /// The first so many positions read each other, the others all that is before them (UniLM, prefix LM).
    Prefix(usize),
    /// A position reads itself and what is before it (GPT).
    Causal,
    /// A position reads itself and what comes after it.
    AntiCausal,
    /// Half of the heads read forward, half backward: the layer is the mean of one of each.
    Mixed,
}

impl Mask {
    /// Whether position `i` may read position `j` in one layer, by any of its heads.
    pub fn sees(self, i: usize, j: usize) -> bool {
        match self {
            Self::TwoWay | Self::Mixed => true,
            Self::Prefix(p) => j <= i || (i < p && j < p),
            Self::Causal => j <= i,
            Self::AntiCausal => j >= i,
        }
    }

    /// How many pairs (reader, read) one layer connects, of `n` positions.
    pub fn pairs(self, n: usize) -> usize {
        match self {
            Self::TwoWay | Self::Mixed => n * n,
            Self::Prefix(p) => {
                let p = p.min(n);
                p * p + (n * (n + 1) - p * (p + 1)) / 2
            }
            Self::Causal | Self::AntiCausal => n * (n + 1) / 2,
        }
    }

    /// How many heads a layer has under it.
    pub fn heads(self) -> usize {
        match self {
            Self::TwoWay | Self::Prefix(_) | Self::Causal | Self::AntiCausal => 1,
            Self::Mixed => 2,
        }
    }
}
