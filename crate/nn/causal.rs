//! Causal attention of one layer with everything it computes handed back: Vaswani et al. 2017, eq. 1,
//! <https://arxiv.org/abs/1706.03762>.

use crate::attention::surgery::LayerEdit;
use burn::tensor::activation::softmax;
use burn::tensor::{Bool, Device, Tensor, TensorData};

/// The score of a position that is hidden. Added to a score of ordinary size it swallows it, and e to it is 0.
pub const MASKED: f32 = -1e30;

/// What the heads of one layer did for N positions that see T.
#[derive(Clone, Debug)]
pub struct Attended {
    /// Queries, positions turned in. [H, N, dh]
    pub q: Tensor<3>,
    /// Keys of the N positions, positions turned in. [H, N, dh]
    pub k: Tensor<3>,
    /// Values of the N positions. [H, N, dh]
    pub v: Tensor<3>,
    /// q · k / √dh. [H, N, T]
    pub scores: Tensor<3>,
    /// The scores, [`MASKED`] where hidden. [H, N, T]
    pub masked: Tensor<3>,
    /// Rows sum to one. [H, N, T]
    pub weights: Tensor<3>,
    /// Weights · V, what each head gives. [H, N, dh]
    pub out: Tensor<3>,
}

/// What is done to the heads of one layer.
#[derive(Clone, Debug, Default)]
pub struct HeadEdit {
    /// Added to the scores: 0, or [`MASKED`] where hidden. [H or 1, N, T]
    pub hidden: Option<Tensor<3>>,
    pub rows: Option<RowEdit>,
    /// What each head's output is multiplied by. [H, 1, 1]
    pub gain: Option<Tensor<3>>,
}

/// Weights that are set by hand: in an edited row w becomes `fixed` + `rest` · w' / Σw', w' = w · `free` + `even`.
#[derive(Clone, Debug)]
pub struct RowEdit {
    /// True in the rows that are edited: the others must stay what they are, to the last bit. [H, N, T]
    pub edited: Tensor<3, Bool>,
    /// [H, N, T]
    pub fixed: Tensor<3>,
    /// 1 where a weight is scaled, 0 where it is fixed. [H, N, T]
    pub free: Tensor<3>,
    /// A whiff of weight where w is to go if all that is free has none. [H, N, T]
    pub even: Tensor<3>,
    /// What the free weights of a row sum to. [H, N, 1]
    pub rest: Tensor<3>,
}

impl HeadEdit {
    /// `edit` on a device; `shape` is [H, N, T].
    pub fn of(edit: &LayerEdit, shape: [usize; 3], device: &Device) -> Self {
        let [h, n, _] = shape;
        let tensor =
            |values: Vec<f32>, shape: [usize; 3]| Tensor::from_data(TensorData::new(values, shape), device);
        let hidden = edit.hidden.iter().map(|hidden| if *hidden { MASKED } else { 0.0 });
        Self {
            hidden: Some(tensor(hidden.collect(), shape)),
            rows: edit.rows.as_ref().map(|rows| RowEdit {
                edited: Tensor::from_data(TensorData::new(rows.edited.clone(), shape), device),
                fixed: tensor(rows.fixed.clone(), shape),
                free: tensor(rows.free.clone(), shape),
                even: tensor(rows.even.clone(), shape),
                rest: tensor(rows.rest.clone(), [h, n, 1]),
            }),
            gain: edit.gain.as_ref().map(|gain| tensor(gain.clone(), [h, 1, 1])),
        }
    }
}

/// softmax(Q Kᵀ / √dh + hidden) V, where `keys` and `values` are those of all T positions.
///
/// # Shapes
/// - [q, k, v]: [H, N, dh] each, of the new positions
/// - keys, values: [H, T, dh]
pub fn attend([q, k, v]: [Tensor<3>; 3], keys: Tensor<3>, values: Tensor<3>, edit: &HeadEdit) -> Attended {
    let [_, _, d] = q.dims();
    let scores = q.clone().matmul(keys.transpose()) / (d as f32).sqrt(); // [H, N, T]
    let masked = match &edit.hidden {
        Some(hidden) => scores.clone() + hidden.clone(),
        None => scores.clone(),
    };
    let mut weights = softmax(masked.clone(), 2);
    if let Some(rows) = &edit.rows {
        let free = weights.clone() * rows.free.clone() + rows.even.clone();
        let sums = free.clone().sum_dim(2);
        let set = rows.fixed.clone() + free * (rows.rest.clone() / sums);
        weights = weights.mask_where(rows.edited.clone(), set);
    }
    let mut out = weights.clone().matmul(values); // [H, N, dh]
    if let Some(gain) = &edit.gain {
        out = out * gain.clone();
    }
    Attended { q, k, v, scores, masked, weights, out }
}

/// [`attend`] for training: every text reads itself, and only what the heads give comes back.
///
/// # Shapes
/// - q, k, v, output: [B, H, T, dh]
/// - causal_mask: [1, 1, T, T], see [`causal_mask`]
pub fn attend_all([q, k, v]: [Tensor<4>; 3], causal_mask: Tensor<4>) -> Tensor<4> {
    let [_, _, _, d] = q.dims();
    // The scale goes to the smaller matrix.
    let scores = (q / (d as f32).sqrt()).matmul(k.transpose()); // [B, H, T, T]
    softmax(scores + causal_mask, 3).matmul(v)
}

/// 0 where a position may look and [`MASKED`] above the diagonal. [1, 1, T, T]
pub fn causal_mask(length: usize, device: &Device) -> Tensor<4> {
    // True above the diagonal.
    let hidden = Tensor::<2, Bool>::tril_mask([length, length], 0, device);
    Tensor::zeros([length, length], device).mask_fill(hidden, MASKED).unsqueeze()
}
