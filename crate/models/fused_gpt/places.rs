//! What tells places apart in texts of one length, made ready for all layers: see [`Position`].

use super::FusedGpt;
use super::gradient::Layout;
use crate::attention::{
    mixing::{Kernel, Mixing},
    position::Position,
};
use crate::fused::rotary::Turns;
use std::ops::Range;

/// The name of a table of places.
pub const TABLE: &str = "places.weight";

/// The name of what the heads of layer `l` learn of places.
pub fn numbers(l: usize) -> String {
    format!("l{l}.places.weight")
}

/// Of texts of one length.
#[derive(Debug)]
pub(super) struct Places {
    length: usize,
    /// Another way to turn than the network's own.
    turns: Option<Turns>,
    pub rotary: bool,
    /// Distances beyond count as this one.
    pub held: usize,
    /// What the scores of each row are multiplied by; none where it is 1.
    pub scales: Option<Vec<f32>>,
    /// What is added to scores at each distance, by layer. [H, T]
    pub added: Vec<Option<Vec<f32>>>,
    /// What is added to tokens. [≤ T, d]
    table: Vec<f32>,
}

impl Places {
    /// For texts of `length` tokens, by numbers that stand in `weights` as `layout` says.
    pub fn new(network: &FusedGpt, mixing: &Mixing, layout: &Layout, weights: &[f32], length: usize) -> Self {
        let heads = network.config.heads;
        let part = |name: &str| -> &[f32] {
            let range: Range<usize> =
                layout.get(name).unwrap_or_else(|| panic!("the layout lacks {name}")).clone();
            &weights[range]
        };
        let position = &mixing.position;
        let added = |l: usize| {
            let learnt = position.learns(heads).map(|_| part(&numbers(l)));
            position.added(heads, length, learnt.unwrap_or_default())
        };
        let added: Vec<_> = (0..network.layers.len()).map(added).collect();
        let softmax = mixing.kernel == Kernel::Softmax;
        assert!(softmax || added.iter().all(Option::is_none), "only scores of softmax are added to");
        let mut places = Self {
            length,
            turns: None,
            rotary: *position == Position::Rotary,
            held: usize::MAX,
            scales: None,
            added,
            table: if *position == Position::Learned { part(TABLE).to_vec() } else { Vec::new() },
        };
        if let Position::Stretched(turning) = position {
            assert!(softmax, "only scores of softmax are multiplied");
            places.turns = Some(Turns::new(&turning.frequencies, length.max(turning.held.min(length) + 1)));
            places.held = turning.held;
            places.scales = Some((1..=length).map(|n| turning.scale(n) as f32).collect());
        }
        places
    }

    /// Adds the places from `start` on to tokens `x`, [T, d]; beyond the table nothing.
    pub fn enter(&self, start: usize, width: usize, x: &mut [f32]) {
        let table = self.table.get(start * width..).unwrap_or_default();
        x.iter_mut().zip(table).for_each(|(x, place)| *x += place);
    }

    /// Adds what the distance says to the scores of head `h` of layer `l`, those of a row's own place and of all before it. [i + 1]
    pub fn lean(&self, l: usize, h: usize, scores: &mut [f32]) {
        let Some(added) = &self.added[l] else { return };
        let row = &added[h * self.length..][..scores.len()];
        scores.iter_mut().rev().zip(row).for_each(|(s, by)| *s += by);
    }

    /// The slope of the table from that of the tokens of a text, added to `sum`.
    pub fn back(x: &[f32], sum: &mut [f32]) {
        sum.iter_mut().zip(x).for_each(|(sum, x)| *sum += x);
    }

    /// Turns the places of a text into its queries and keys, or out of their slopes; see [`FusedGpt::turn`].
    pub fn turn(&self, network: &FusedGpt, qkv: &mut [f32], way: f32) {
        let d = network.config.width;
        match &self.turns {
            None if !self.rotary => {}
            None => network.turn(0, qkv, way),
            Some(turns) => {
                for (i, row) in qkv.chunks_exact_mut(3 * d).enumerate() {
                    row[..2 * d]
                        .chunks_exact_mut(network.head_width())
                        .for_each(|head| turns.turn(i, head, way));
                }
            }
        }
    }

    /// Queries, [T, dh], as they look at keys that stand further back than distances go, if any do; the keys are not turned then.
    pub fn far(&self, mut queries: Vec<f32>, dh: usize) -> Vec<f32> {
        let turns = self.turns.as_ref().expect("distances stop where one turns in another way");
        queries.chunks_exact_mut(dh).for_each(|head| turns.turn(self.held, head, 1.0));
        queries
    }
}
