//! What the claims of the attention lab are judged by: plain numbers that a session fills in as it has them.

use crate::math::{
    attention_measures::{above_diagonal, head_measures, row_gap},
    determinant::{condition_causal, log10_abs_det, log10_det_causal},
    spectrum::numerical_rank,
};

/// Singular values below this share of the largest do not count towards a rank: well above the rounding of f32.
pub const NEGLIGIBLE: f64 = 1e-4;
/// Elimination is asked up to this many positions: it costs their cube.
const ELIMINATED: usize = 128;
/// Maps of a larger condition number leave elimination in f64 fewer than six digits.
const CONDITIONED: f64 = 1e9;

/// Layers and heads count from 0 here. `None` and empty: not measured yet.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Characters of the text so far, T.
    pub positions: usize,
    /// Characters that the model knows, V.
    pub vocabulary: usize,
    /// Characters that it can hold in mind.
    pub context: usize,
    /// Numbers of a query, d_h.
    pub width: usize,
    /// Whether a map was changed by hand.
    pub edited: bool,
    pub maps: Option<Maps>,
    /// The largest difference of logits before a changed token.
    pub causality: Option<f64>,
    /// The largest difference of logits: read one by one with the cache, and all at once without.
    pub cache: Option<f64>,
    /// Of the head that is looked at.
    pub focus: Option<Focus>,
    pub surprisal: Option<Surprisal>,
    /// Only of the network that is trained here on repetitions.
    pub induction: Option<Induction>,
}

/// What all maps of a run have in common.
#[derive(Clone, Debug, Default)]
pub struct Maps {
    /// See [`row_gap`]; the worst map counts.
    pub row_gap: f64,
    /// See [`above_diagonal`]; also what a row gave to positions that were read together with it.
    pub above: f64,
    pub determinants: Vec<Determinant>,
}

/// The determinant of one map.
#[derive(Clone, Copy, Debug)]
pub struct Determinant {
    pub layer: usize,
    pub head: usize,
    /// By the diagonal, see [`log10_det_causal`].
    pub log10: f64,
    /// The same of as many first positions as elimination in f64 can tell; `None` if not even of two.
    pub eliminated: Option<Eliminated>,
}

/// The determinant of a leading block of a map: the map of its first positions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Eliminated {
    pub positions: usize,
    /// By the diagonal.
    pub log10: f64,
    pub by_elimination: f64,
}

impl Eliminated {
    /// Of the largest well-conditioned block among that of all positions, of half as many, of a quarter, ….
    fn of(map: &[f32]) -> Option<Self> {
        let n = map.len().isqrt();
        let halves = std::iter::successors(Some(n.min(ELIMINATED)), |m| Some(m / 2));
        halves.take_while(|m| *m >= 2).find_map(|m| {
            let block: Vec<f32> = map.chunks_exact(n).take(m).flat_map(|row| &row[..m]).copied().collect();
            let log10 = log10_det_causal(&block);
            (log10.is_finite() && condition_causal(&block) < CONDITIONED).then(|| Self {
                positions: m,
                log10,
                by_elimination: log10_abs_det(&block),
            })
        })
    }
}

impl Maps {
    /// Of `maps`, [L, H, T, T] flat; `ahead` is the largest weight on a later position that was seen while reading.
    pub fn of(maps: &[f32], heads: usize, positions: usize, ahead: f32) -> Self {
        let mut all = Self { above: f64::from(ahead), ..Self::default() };
        for (i, map) in maps.chunks_exact(positions * positions).enumerate() {
            all.row_gap = all.row_gap.max(row_gap(map));
            all.above = all.above.max(above_diagonal(map));
            let log10 = log10_det_causal(map);
            let eliminated = Eliminated::of(map);
            all.determinants.push(Determinant { layer: i / heads, head: i % heads, log10, eliminated });
        }
        all
    }
}

/// One head: the rank of what goes into the softmax and of what comes out, and how many tokens it reads.
#[derive(Clone, Copy, Debug)]
pub struct Focus {
    pub layer: usize,
    pub head: usize,
    /// Numbers in a query, d_h.
    pub width: usize,
    pub positions: usize,
    /// The rank of q·k, of the whole square; [`NEGLIGIBLE`] singular values do not count.
    pub scores_rank: usize,
    /// The rank of the weights.
    pub weights_rank: usize,
    /// Means over the rows, see [`crate::math::attention_measures::HeadMeasures`].
    pub effective_tokens: f64,
    pub entropy_tokens: f64,
    pub concentration: f64,
}

impl Focus {
    /// Of the head's `scores` and `weights`, both [T, T] flat, with queries of `width` numbers.
    pub fn of((layer, head): (usize, usize), width: usize, scores: &[f32], weights: &[f32]) -> Self {
        let positions = weights.len().isqrt();
        let measures = head_measures(weights, &vec![0; positions]);
        Self {
            layer,
            head,
            width,
            positions,
            scores_rank: numerical_rank(scores, positions, NEGLIGIBLE),
            weights_rank: numerical_rank(weights, positions, NEGLIGIBLE),
            effective_tokens: measures.effective_tokens,
            entropy_tokens: measures.entropy_tokens,
            concentration: measures.concentration,
        }
    }
}

/// −ln p of each character given those before it, nats a character.
#[derive(Clone, Copy, Debug)]
pub struct Surprisal {
    /// Characters that are counted.
    pub characters: usize,
    /// Mean of the untouched model over the untouched run's text from the second character on.
    pub mean: f64,
    /// The same of the edited model on the same text, where something was operated on.
    pub edited: Option<f64>,
}

impl Surprisal {
    /// Of the `original` and the `edited` model on one text, each [T] with anything in place of the first; `edited` is
    /// `None` without surgery. `None` with a single character.
    pub fn of(original: &[f32], edited: Option<&[f32]>) -> Option<Self> {
        let mean = |values: &[f32]| {
            let rest = values.get(1..).filter(|rest| !rest.is_empty())?;
            Some(rest.iter().map(|&x| f64::from(x)).sum::<f64>() / rest.len() as f64)
        };
        Some(Self {
            characters: original.len().saturating_sub(1),
            mean: mean(original)?,
            edited: edited.and_then(mean),
        })
    }
}

/// How far the network that is trained here has come on repetitions.
#[derive(Clone, Copy, Debug)]
pub struct Induction {
    /// Training steps made.
    pub trained: usize,
    /// Layer, head and prefix-matching score of the best head.
    pub best: Option<(usize, usize, f64)>,
    /// Mean loss in nats on the first half of a text that repeats itself, and on the second.
    pub halves: Option<(f64, f64)>,
}
