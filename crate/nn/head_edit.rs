//! What is done to the heads of one layer, on a device.

use super::causal::MASKED;
use crate::attention::surgery::LayerEdit;
use burn::tensor::{Bool, Device, Tensor, TensorData};

#[derive(Clone, Debug, Default)]
pub struct HeadEdit {
    /// Added to the scores, [`MASKED`] where hidden; `None`: nothing. [H or 1, N, T]
    pub mask: Option<Tensor<3>>,
    rows: Option<RowEdit>,
    /// What each head's output is multiplied by. [H, 1, 1]
    gain: Option<Tensor<3>>,
}

/// Weights that are set by hand: in an edited row w becomes `fixed` + `rest` · w' / Σw', w' = w · `free` + `even`.
#[derive(Clone, Debug)]
struct RowEdit {
    /// True in the rows that are edited: the others must stay what they are, to the last bit. [H, N, T]
    edited: Tensor<3, Bool>,
    /// [H, N, T]
    fixed: Tensor<3>,
    /// 1 where a weight is scaled, 0 where it is fixed. [H, N, T]
    free: Tensor<3>,
    /// A whiff of weight where w is to go if all that is free has none. [H, N, T]
    even: Tensor<3>,
    /// What the free weights of a row sum to. [H, N, 1]
    rest: Tensor<3>,
}

impl HeadEdit {
    /// `edit` on a device; `shape` is [H, N, T].
    pub fn of(edit: &LayerEdit, shape: [usize; 3], device: &Device) -> Self {
        let [h, n, _] = shape;
        let tensor =
            |values: Vec<f32>, shape: [usize; 3]| Tensor::from_data(TensorData::new(values, shape), device);
        let mask = edit.hidden.iter().map(|hidden| if *hidden { MASKED } else { 0.0 });
        Self {
            mask: Some(tensor(mask.collect(), shape)),
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

    /// The same with another mask.
    pub fn with(&self, mask: Option<Tensor<3>>) -> Self {
        Self { mask, ..self.clone() }
    }

    /// What becomes of the weights. [H, N, T]
    pub fn weights(&self, weights: Tensor<3>) -> Tensor<3> {
        let Some(rows) = &self.rows else { return weights };
        let free = weights.clone() * rows.free.clone() + rows.even.clone();
        let sums = free.clone().sum_dim(2);
        let set = rows.fixed.clone() + free * (rows.rest.clone() / sums);
        weights.mask_where(rows.edited.clone(), set)
    }

    /// What becomes of the heads' outputs. [H, N, dh]
    pub fn output(&self, out: Tensor<3>) -> Tensor<3> {
        match &self.gain {
            Some(gain) => out * gain.clone(),
            None => out,
        }
    }
}
