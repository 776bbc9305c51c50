//! The numbers of a transformer as its kernels see them: everything in fours, padded where products are cut into slices.

use crate::gpu::kernel::{MOST_SHARED, MOST_THREADS};
use crate::models::{
    gpt_config::GptConfig,
    size::{SizeError, multiple, within},
};

/// Keys that every form of attention reads together; a memory has room for a multiple.
const KEYS: usize = 128;
/// Fours of the hidden layer that one workgroup does where a single token is read.
pub const HIDDEN: usize = 8;
/// Fours of a tile's columns where many tokens are read.
pub const COLUMNS: usize = 8;

/// All but the first two count fours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sizes {
    pub config: GptConfig,
    /// Positions that a memory has room for.
    pub room: usize,
    /// The residual stream; the same, padded.
    pub width: usize,
    pub padded_width: usize,
    /// A head's queries; those of all heads; the same, padded.
    pub head: usize,
    pub heads: usize,
    pub padded_heads: usize,
    /// The hidden layer, padded; 0 if there is none.
    pub hidden: usize,
    pub vocabulary: usize,
}

/// Fours of numbers that a product sums over, such that they can be cut into equal slices.
fn padded(fours: usize) -> usize {
    if fours < 8 { fours.next_power_of_two() } else { fours.next_multiple_of(8) }
}

/// Into how many equal slices a sum over `fours` is cut where `threads` do `columns` columns.
pub fn slices(columns: usize, fours: usize, threads: usize) -> usize {
    let most = (threads / columns).max(1);
    let power = 1 << most.ilog2();
    power.min(1 << fours.trailing_zeros())
}

impl Sizes {
    /// # Errors
    /// There are larger networks than these kernels have a form for.
    pub fn of(config: &GptConfig) -> Result<Self, SizeError> {
        config.check()?;
        let GptConfig { ref vocabulary, context, width, heads, mlp, .. } = *config;
        multiple("width", width, 4)?;
        within("width", width, 4, 256)?;
        within("context", context, 1, 512)?;
        within("width of the hidden layer", mlp, 0, 1024)?;
        let head = config.head_width().div_ceil(4);
        // Heads of two numbers are padded to four.
        within("width of all heads", 4 * heads * head, 4, 256)?;
        Ok(Self {
            config: config.clone(),
            room: context.next_multiple_of(KEYS),
            width: width / 4,
            padded_width: padded(width / 4),
            head,
            heads: heads * head,
            padded_heads: padded(heads * head),
            hidden: mlp.div_ceil(4).next_multiple_of(HIDDEN),
            vocabulary: vocabulary.len().div_ceil(4),
        })
    }

    /// Rows of a tile where many tokens are read.
    pub fn tile_rows(&self) -> usize {
        if self.padded_width <= 32 { 16 } else { 8 }
    }

    /// Rows of which one workgroup does all that follows attention.
    pub fn finish_rows(&self) -> usize {
        let fours = |rows: usize| rows * (self.width + self.operand() + self.hidden + MOST_THREADS);
        if 16 * fours(2) <= MOST_SHARED { 2 } else { 1 }
    }

    /// Fours of a row that is multiplied in what follows attention.
    pub fn operand(&self) -> usize {
        self.padded_heads.max(self.padded_width)
    }

    /// Workgroups that do the hidden layer where a single token is read.
    pub fn thinkers(&self) -> usize {
        self.hidden / HIDDEN
    }

    /// Fours of keys and values of one layer.
    pub fn layer_memory(&self) -> usize {
        2 * self.heads * self.room
    }

    /// Fours of a whole memory.
    pub fn memory(&self) -> usize {
        self.config.layers * self.layer_memory()
    }

    /// Fours that workgroups leave each other where a single token is read: parts of two layers' attention, of the small
    /// network, and the stream between the two; the last one is the token that was chosen.
    pub fn parts(&self) -> usize {
        (2 * self.config.heads + self.thinkers() + 1) * self.width + 1
    }

    /// Where number `i` of a query or key stands: a rotation's two numbers stand next to each other.
    pub fn place(&self, i: usize) -> usize {
        let half = self.config.head_width() / 2;
        if i < half { 2 * i } else { 2 * (i - half) + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_cut_into_equal_slices() {
        for (columns, fours, expected) in
            [(32, 32, 8), (24, 32, 8), (8, 32, 32), (5, 8, 8), (300, 4, 1), (1, 1, 1)]
        {
            assert_eq!(slices(columns, fours, 256), expected);
        }
        for fours in 1..200 {
            assert!(padded(fours) >= fours && padded(fours).is_multiple_of(4.min(padded(fours))));
        }
    }

    #[test]
    fn a_rotation_pairs_neighbours() {
        let sizes = Sizes::of(&GptConfig { width: 12, heads: 2, ..GptConfig::w2() }).unwrap();
        let places: Vec<_> = (0..6).map(|i| sizes.place(i)).collect();
        assert_eq!(places, [0, 2, 4, 1, 3, 5]);
        assert_eq!((sizes.head, sizes.heads), (2, 4));
    }

    #[test]
    fn what_is_too_large_is_named() {
        let error = |config: GptConfig| Sizes::of(&config).unwrap_err().to_string();
        let w2 = GptConfig::w2;
        assert_eq!(
            error(GptConfig { width: 512, ..w2() }),
            "the network's width is 512, but must be 4 to 256"
        );
        assert!(error(GptConfig { context: 513, ..w2() }).contains("context"));
        assert!(error(GptConfig { mlp: 1025, ..w2() }).contains("hidden layer"));
        assert!(error(GptConfig { width: 6, heads: 1, ..w2() }).contains("multiple of 4"));
        assert!(Sizes::of(&GptConfig { width: 256, mlp: 1024, context: 512, ..w2() }).is_ok());
    }
}
