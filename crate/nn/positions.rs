//! How a transformer knows where a token stands: one scheme a file.
//!
//! A scheme may act in three places: on the embeddings, on each layer's queries and keys, and on what is added to their
//! products.

pub mod rope;

use burn::tensor::{Device, Tensor};
use std::fmt::Debug;
use std::ops::Range;
use std::sync::Arc;

/// What a scheme needs to know of the network it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// The longest text, in tokens.
    pub context: usize,
    /// d, numbers of the residual stream at a position.
    pub width: usize,
    pub layers: usize,
    /// H; each has d/H numbers.
    pub heads: usize,
}

/// A positional scheme.
pub trait Positions: Debug + Send + Sync {
    /// Itself, for a network to keep.
    fn shared(&self) -> Arc<dyn Positions>;

    /// Rows and columns of the tables that it learns. In files they are `pos0.weight`, `pos1.weight` …
    fn tables(&self, _sizes: &Sizes) -> Vec<[usize; 2]> {
        Vec::new()
    }

    /// The scheme for N tokens at the positions `range`, read after all that stand before them.
    /// `tables` are what it has learnt.
    fn at(
        &self,
        range: Range<usize>,
        sizes: &Sizes,
        tables: &[Tensor<2>],
        device: &Device,
    ) -> Box<dyn Placement>;
}

/// A scheme for N tokens at their positions, with T in sight. What it says nothing of stays as it is.
pub trait Placement {
    /// What becomes of the embeddings. [B · N, d], one text after another
    fn embed(&self, x: Tensor<2>) -> Tensor<2> {
        x
    }

    /// What becomes of the queries and, after them, keys of a layer. [B, 2H, N, dh]
    fn rotate(&self, _layer: usize, qk: Tensor<4>) -> Tensor<4> {
        qk
    }

    /// What is added to the scores of a layer, `mask` among it; `None`: nothing. [H or 1, N, T]
    fn bias(&self, _layer: usize, mask: Option<Tensor<3>>) -> Option<Tensor<3>> {
        mask
    }
}
