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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attention::{intervention::Intervention, surgery::Patterns};
    use crate::models::gpt_config::GptConfig;

    /// A row as the kernels make it of the softmax's weights, which know of what is hidden.
    fn row(cells: &[u32], rest: f32, weights: &[f32]) -> Vec<f32> {
        let free = |code: u32, w: f32| w + if code & HIDDEN == 0 { 1e-30 } else { 0.0 };
        let sum: f32 =
            cells.iter().zip(weights).filter(|(c, _)| *c & FREE != 0).map(|(&c, &w)| free(c, w)).sum();
        let one = |(&code, &w): (&u32, &f32)| match code & FREE {
            0 => f32::from_bits(code & (FREE - 1)),
            _ if rest > 0.0 => free(code, w) * (rest / sum),
            _ => 0.0,
        };
        cells.iter().zip(weights).map(one).collect()
    }

    #[test]
    fn words_say_what_an_edit_says() {
        let config = GptConfig { layers: 2, heads: 2, width: 8, ..GptConfig::w2() };
        let sizes = Sizes::of(&config).unwrap();
        let set = |cell, value| Intervention::Set { layer: 1, head: 1, cell, value };
        let list = [
            Intervention::Token { token: 0 },
            Intervention::Head { layer: 0, head: 1 },
            set((4, 0), 0.25),
            set((4, 3), 0.5),
            set((5, 1), 0.0),
        ];
        let patterns = Patterns::from([((1, 0, 5), vec![0.1, 0.0, 0.2, 0.3, 0.4, 0.0])]);
        let surgery = Surgery::of(&list, patterns);
        let (start, n, sight) = (3, 3, 6);
        let words = encode(&sizes, &surgery, start, n);
        for l in 0..2 {
            let edit = surgery.layer(l, 2, start, n);
            let head = &words[l * (HEADER + 2)..][..HEADER + 2];
            assert_eq!(head[0], ATTENTION | MLP | CELLS | if l == 1 { ROWS } else { 0 });
            assert_eq!(f32::from_bits(head[HEADER + 1]), if l == 0 { 0.0 } else { 1.0 });
            for at in 0..2 * n {
                let past = start + at % n + 1;
                let cells = &words[head[1] as usize + at * sight..][..past];
                let hidden: Vec<_> = cells.iter().map(|cell| cell & HIDDEN != 0).collect();
                assert_eq!(hidden, edit.hidden[at * sight..][..past], "layer {l}, row {at}");
                let Some(rows) = &edit.rows else { continue };
                let rest = f32::from_bits(words[head[2] as usize + at]);
                assert_eq!(rest >= 0.0, rows.edited[at * sight], "layer {l}, row {at}");
                if rest < 0.0 {
                    continue;
                }
                let mut w: Vec<f32> =
                    (0..past).map(|k| if hidden[k] { 0.0 } else { 1.0 + k as f32 }).collect();
                let sum: f32 = w.iter().sum();
                w.iter_mut().for_each(|w| *w /= sum);
                let of = |values: &[f32], k: usize| values[at * sight + k];
                let free: Vec<f32> =
                    (0..past).map(|k| w[k] * of(&rows.free, k) + of(&rows.even, k)).collect();
                let share = rows.rest[at] / free.iter().sum::<f32>();
                let expected = (0..past).map(|k| of(&rows.fixed, k) + free[k] * share);
                for (a, b) in row(cells, rest, &w).iter().zip(expected) {
                    assert!((a - b).abs() < 1e-6, "layer {l}, row {at}: {a} for {b}");
                }
            }
        }
    }

    #[test]
    fn what_is_not_done_takes_no_cells() {
        let sizes = Sizes::of(&GptConfig::w4()).unwrap();
        let surgery = Surgery::of(&[Intervention::Head { layer: 1, head: 0 }], Patterns::new());
        assert_eq!(encode(&sizes, &surgery, 0, 9).len(), 2 * (HEADER + 4));
    }
}
