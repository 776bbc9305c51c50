//! All interventions together, in the form in which a network applies them.
//!
//! A row of weights is masked, goes through the softmax, and is then set by hand where it is to be. Whatever is done, a
//! row sums to one: a row from which everything is hidden reads itself alone.

use super::intervention::{Intervention, Part};
use std::collections::BTreeMap;

/// The score of a position that is hidden. Added to a score of ordinary size it swallows it, and e to it is 0.
pub const MASKED: f32 = -1e30;

/// Rows that heads take over instead of their own, by (layer, head, position): row t has t + 1 weights that sum to one.
pub type Patterns = BTreeMap<(usize, usize, usize), Vec<f32>>;

#[derive(Clone, Debug, Default)]
pub struct Surgery {
    interventions: Vec<Intervention>,
    patterns: Patterns,
}

/// What is done to one layer while N positions are read that see T. Arrays are [H, N, T] unless said otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerEdit {
    /// Whether a position is hidden; later ones always are.
    pub hidden: Vec<bool>,
    pub rows: Option<Rows>,
    /// [H] What a head's output is multiplied by, if any is switched off.
    pub gain: Option<Vec<f32>>,
    /// Whether attention adds to the residual stream.
    pub attention: bool,
    /// Whether the small network does.
    pub mlp: bool,
}

/// Weights that are set by hand: in an edited row w becomes fixed + rest · w'/Σw' with w' = w · free + even.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    pub edited: Vec<bool>,
    pub fixed: Vec<f32>,
    /// 1 where the model's weight is scaled, 0 where it is fixed.
    pub free: Vec<f32>,
    /// A whiff of weight, so that the rest goes somewhere if the model gives nothing to what is free.
    pub even: Vec<f32>,
    /// [H, N] What the free weights of a row sum to.
    pub rest: Vec<f32>,
}

/// Too little to change a sum of weights, enough to divide by.
const WHIFF: f32 = 1e-30;

impl Surgery {
    /// Nothing is done.
    pub fn none() -> Self {
        Self::default()
    }

    /// `interventions`, with the rows that frozen and patched heads take over at the positions that are read next.
    pub fn of(interventions: &[Intervention], patterns: Patterns) -> Self {
        Self { interventions: interventions.to_vec(), patterns }
    }

    pub fn is_none(&self) -> bool {
        self.interventions.is_empty()
    }

    /// What is done to `layer`, of `heads` heads, while `n` positions after `start` others are read.
    pub fn layer(&self, layer: usize, heads: usize, start: usize, n: usize) -> LayerEdit {
        let sight = start + n;
        let mut edit = LayerEdit {
            hidden: Vec::with_capacity(heads * n * sight),
            rows: None,
            gain: self.gain(layer, heads),
            attention: !self.silent(layer, Part::Attention),
            mlp: !self.silent(layer, Part::Mlp),
        };
        let mut rows = Rows::untouched(heads, n, sight);
        let mut any = false;
        for head in 0..heads {
            for t in start..sight {
                let hidden = self.hidden(layer, head, t);
                any |= self.set(layer, head, t, &hidden, rows.row(head * n + t - start, sight));
                edit.hidden.extend(hidden);
                edit.hidden.extend(vec![true; sight - t - 1]);
            }
        }
        edit.rows = any.then_some(rows);
        edit
    }

    fn gain(&self, layer: usize, heads: usize) -> Option<Vec<f32>> {
        let off = |head: usize| self.interventions.contains(&Intervention::Head { layer, head });
        (0..heads).any(off).then(|| (0..heads).map(|head| f32::from(!off(head))).collect())
    }

    fn silent(&self, layer: usize, part: Part) -> bool {
        let is = |part| self.interventions.contains(&Intervention::Layer { layer, part });
        is(part) || is(Part::Both)
    }

    /// Which of the positions 0..=t are hidden from position `t`.
    fn hidden(&self, layer: usize, head: usize, t: usize) -> Vec<bool> {
        let mut hidden = vec![false; t + 1];
        let here = |at: &Option<usize>, place: usize| at.is_none_or(|at| at == place);
        for one in &self.interventions {
            match one {
                Intervention::Token { token } if *token < t => hidden[*token] = true,
                Intervention::Cut { layer: l, head: h, cells } if here(l, layer) && here(h, head) => {
                    let row = cells.iter().filter(|(q, k)| *q == t && k <= q);
                    row.for_each(|(_, k)| hidden[*k] = true);
                }
                Intervention::Window { layer: l, head: h, width } if here(l, layer) && here(h, head) => {
                    hidden[..(t + 1).saturating_sub(*width)].fill(true);
                }
                _ => {}
            }
        }
        if hidden.iter().all(|hidden| *hidden) {
            hidden[t] = false;
        }
        hidden
    }

    /// Sets by hand what is to be set of position `t`'s weights; whether that is anything.
    fn set(&self, layer: usize, head: usize, t: usize, hidden: &[bool], row: Row<'_>) -> bool {
        let pattern = self.patterns.get(&(layer, head, t));
        let mut set = BTreeMap::new();
        for one in &self.interventions {
            if let Intervention::Set { layer: l, head: h, cell: (q, k), value } = one
                && (*l, *h, *q) == (layer, head, t)
                && *k <= t
            {
                set.insert(*k, *value as f32);
            }
        }
        if pattern.is_none() && set.is_empty() {
            return false;
        }
        // Values that cannot all be had shrink together; so they grow if nothing else can take the rest.
        let sum: f32 = set.values().sum();
        let given = |k: usize| pattern.map_or(!hidden[k], |pattern| pattern[k] > 0.0);
        let others = (0..=t).any(|k| !set.contains_key(&k) && given(k));
        if sum == 0.0 && !others {
            set.insert(t, 1.0);
        } else if sum > 1.0 || !others {
            set.values_mut().for_each(|value| *value /= sum);
        }
        let rest = if others { (1.0 - sum).max(0.0) } else { 0.0 };
        row.edited[..=t].fill(true);
        for (&k, &value) in &set {
            (row.fixed[k], row.free[k]) = (value, 0.0);
        }
        let left = (0..=t).filter(|k| !set.contains_key(k));
        match pattern {
            Some(pattern) => {
                let whole: f32 = left.clone().map(|k| pattern[k]).sum();
                let scale = if set.is_empty() { 1.0 } else { rest / whole.max(WHIFF) };
                for k in left {
                    (row.fixed[k], row.free[k]) = (pattern[k] * scale, 0.0);
                }
                *row.rest = 0.0;
            }
            None => {
                left.filter(|k| !hidden[*k]).for_each(|k| row.even[k] = WHIFF);
                *row.rest = rest;
            }
        }
        if *row.rest == 0.0 {
            // Nothing is free, but the sum that is divided by must not be zero.
            row.even[t] = WHIFF;
        }
        true
    }
}

/// One row of [`Rows`].
struct Row<'a> {
    edited: &'a mut [bool],
    fixed: &'a mut [f32],
    free: &'a mut [f32],
    even: &'a mut [f32],
    rest: &'a mut f32,
}

impl Rows {
    fn untouched(heads: usize, n: usize, sight: usize) -> Self {
        let cells = heads * n * sight;
        Self {
            edited: vec![false; cells],
            fixed: vec![0.0; cells],
            free: vec![1.0; cells],
            even: vec![0.0; cells],
            rest: vec![1.0; heads * n],
        }
    }

    fn row(&mut self, place: usize, sight: usize) -> Row<'_> {
        let cells = place * sight..(place + 1) * sight;
        Row {
            edited: &mut self.edited[cells.clone()],
            fixed: &mut self.fixed[cells.clone()],
            free: &mut self.free[cells.clone()],
            even: &mut self.even[cells],
            rest: &mut self.rest[place],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Row t of head 0 of layer 0 as the network would make it of `weights`.
    fn row(surgery: &Surgery, t: usize, scores: &[f32]) -> Vec<f32> {
        let edit = surgery.layer(0, 1, t, 1);
        let e = scores.iter().zip(&edit.hidden).map(|(s, hidden)| if *hidden { 0.0 } else { s.exp() });
        let sum: f32 = e.clone().sum();
        let w: Vec<f32> = e.map(|x| x / sum).collect();
        let Some(rows) = edit.rows.filter(|rows| rows.edited[0]) else { return w };
        let free: Vec<f32> = (0..=t).map(|k| w[k] * rows.free[k] + rows.even[k]).collect();
        let sum: f32 = free.iter().sum();
        (0..=t).map(|k| rows.fixed[k] + free[k] * (rows.rest[0] / sum)).collect()
    }

    fn set(q: usize, k: usize, value: f64) -> Intervention {
        Intervention::Set { layer: 0, head: 0, cell: (q, k), value }
    }

    fn near(row: &[f32], expected: &[f32]) {
        let gap = row.iter().zip(expected).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(row.len() == expected.len() && gap < 1e-6, "{row:?} for {expected:?}");
    }

    /// Scores whose softmax is 1/2, 1/4, 1/4.
    const SCORES: [f32; 3] = [std::f32::consts::LN_2, 0.0, 0.0];

    #[test]
    fn a_row_sums_to_one_whatever_is_done() {
        let of = |list: &[Intervention]| row(&Surgery::of(list, Patterns::new()), 2, &SCORES);
        near(&of(&[]), &[0.5, 0.25, 0.25]);
        near(&of(&[Intervention::Token { token: 0 }]), &[0.0, 0.5, 0.5]);
        near(&of(&[Intervention::Window { layer: None, head: Some(0), width: 1 }]), &[0.0, 0.0, 1.0]);
        let cut =
            |cells: &[(usize, usize)]| Intervention::Cut { layer: None, head: None, cells: cells.to_vec() };
        near(&of(&[cut(&[(2, 1), (2, 2)])]), &[1.0, 0.0, 0.0]);
        // Everything hidden: itself alone.
        near(&of(&[cut(&[(2, 0), (2, 1), (2, 2)])]), &[0.0, 0.0, 1.0]);
        near(&of(&[set(2, 1, 0.7)]), &[0.2, 0.7, 0.1]);
        near(&of(&[set(2, 1, 0.0)]), &[2.0 / 3.0, 0.0, 1.0 / 3.0]);
        near(&of(&[set(2, 0, 0.6), set(2, 1, 0.6)]), &[0.5, 0.5, 0.0]);
        near(&of(&[set(2, 0, 0.2), set(2, 1, 0.3), set(2, 2, 0.0)]), &[0.4, 0.6, 0.0]);
        near(&of(&[set(2, 0, 0.0), set(2, 1, 0.0), set(2, 2, 0.0)]), &[0.0, 0.0, 1.0]);
        // What is hidden can still be set; then the rest shares.
        near(&of(&[Intervention::Token { token: 0 }, set(2, 0, 0.5)]), &[0.5, 0.25, 0.25]);
        // All the softmax left is fixed to nothing: the rest goes to what is in sight.
        let surgery = Surgery::of(&[set(2, 0, 0.0)], Patterns::new());
        near(&row(&surgery, 2, &[200.0, 0.0, 0.0]), &[0.0, 0.5, 0.5]);
    }

    #[test]
    fn a_pattern_takes_the_place_of_the_weights() {
        let patterns = Patterns::from([((0, 0, 2), vec![0.1, 0.2, 0.7])]);
        near(&row(&Surgery::of(&[], patterns.clone()), 2, &SCORES), &[0.1, 0.2, 0.7]);
        near(&row(&Surgery::of(&[set(2, 2, 0.4)], patterns.clone()), 2, &SCORES), &[0.2, 0.4, 0.4]);
        near(&row(&Surgery::of(&[], patterns), 1, &SCORES[..2]), &[2.0 / 3.0, 1.0 / 3.0]);
    }

    #[test]
    fn an_intervention_touches_what_it_names() {
        let list = [
            Intervention::Head { layer: 1, head: 2 },
            Intervention::Layer { layer: 0, part: Part::Mlp },
            Intervention::Layer { layer: 2, part: Part::Both },
            Intervention::Set { layer: 1, head: 3, cell: (5, 1), value: 1.0 },
            Intervention::Window { layer: Some(1), head: Some(0), width: 2 },
        ];
        let surgery = Surgery::of(&list, Patterns::new());
        let [first, second, third] = [0, 1, 2].map(|layer| surgery.layer(layer, 4, 4, 2));
        assert_eq!((first.attention, first.mlp, &first.gain, &first.rows), (true, false, &None, &None));
        assert_eq!((third.attention, third.mlp), (false, false));
        assert_eq!(second.gain, Some(vec![1.0, 1.0, 0.0, 1.0]));
        let rows = second.rows.unwrap();
        let edited: Vec<_> = rows.edited.chunks(6).map(|row| row[0]).collect();
        assert_eq!(edited, [false, false, false, false, false, false, false, true]);
        // Head 0 sees two positions back, the others everything up to themselves.
        assert_eq!(second.hidden[..6], [true, true, true, false, false, true]);
        assert_eq!(second.hidden[12..18], [false, false, false, false, false, true]);
        assert_eq!(first.hidden[6..12], [false; 6]);
    }
}
