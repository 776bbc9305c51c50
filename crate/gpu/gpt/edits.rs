//! What is done to a network, in the words in which kernels read it.

use super::sizes::Sizes;
use crate::attention::surgery::{LayerEdit, Surgery};

/// Of a layer: what is on, where its cells begin, where its rows do; then each head's gain.
pub const HEADER: usize = 3;

/// What is on in a layer.
pub const ATTENTION: u32 = 1;
pub const MLP: u32 = 2;
/// Something is hidden, or rows are edited: there are cells.
pub const CELLS: u32 = 4;
pub const ROWS: u32 = 8;

/// Of a cell, whose other bits are the weight that is set, at most 1.
pub const HIDDEN: u32 = 1 << 31;
pub const FREE: u32 = 1 << 30;

/// Of rows that are not edited; what others' free weights sum to is not negative.
const UNTOUCHED: f32 = -1.0;

/// `surgery` while `n` positions after `start` others are read; places count from the first word.
pub fn encode(sizes: &Sizes, surgery: &Surgery, start: usize, n: usize) -> Vec<u32> {
    let (layers, heads) = (sizes.config.layers, sizes.config.heads);
    let header = HEADER + heads;
    let mut words = vec![0; layers * header];
    for l in 0..layers {
        let LayerEdit { hidden, rows, gain, attention, mlp } = surgery.layer(l, heads, start, n);
        let mut on = u32::from(attention) * ATTENTION + u32::from(mlp) * MLP;
        let cells = words.len();
        let past = |(row, cells): (usize, &[bool])| cells[..start + row % n + 1].contains(&true);
        if rows.is_some() || hidden.chunks_exact(start + n).enumerate().any(past) {
            on |= CELLS;
            words.extend(hidden.iter().enumerate().map(|(at, &hidden)| {
                let hidden = if hidden { HIDDEN } else { 0 };
                match &rows {
                    Some(rows) if rows.free[at] == 0.0 => hidden | rows.fixed[at].to_bits(),
                    _ => hidden | FREE,
                }
            }));
        }
        let rests = words.len();
        if let Some(rows) = rows {
            on |= ROWS;
            let row = rows.edited.chunks_exact(start + n).zip(&rows.rest);
            words.extend(row.map(|(edited, &rest)| if edited[0] { rest } else { UNTOUCHED }.to_bits()));
        }
        let head = &mut words[l * header..(l + 1) * header];
        (head[0], head[1], head[2]) = (on, cells as u32, rests as u32);
        for (h, word) in head[HEADER..].iter_mut().enumerate() {
            *word = gain.as_ref().map_or(1.0, |gain| gain[h]).to_bits();
        }
    }
    words
}
