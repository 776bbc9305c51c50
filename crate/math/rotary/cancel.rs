//! A bias of all keys: what it does to a row of attention, with rotations and without (frequencies of zero).

use super::{
    terms::{biased, dot, turned},
    window::softmax,
};

/// Scores of keys, the newest first, divided by `root`.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// qᵀRk
    pub before: Vec<f64>,
    /// qᵀR(k + b)
    pub after: Vec<f64>,
    /// qᵀRb: what a bias adds, by the distance.
    pub lift: Vec<f64>,
}

impl Row {
    pub fn of<'a>(
        frequencies: &[f64],
        query: &[f64],
        keys: impl Iterator<Item = &'a [f64]>,
        b: &[f64],
        root: f64,
    ) -> Self {
        let mut row = Self { before: Vec::new(), after: Vec::new(), lift: Vec::new() };
        for (k, key) in keys.enumerate() {
            // qᵀRx is (R⁻¹q)ᵀx.
            let query = turned(frequencies, k as f64, query);
            row.before.push(dot(&query, key) / root);
            row.after.push(dot(&query, &biased(key, b)) / root);
            row.lift.push(dot(&query, b) / root);
        }
        row
    }

    /// The largest change of a share of attention.
    pub fn effect(&self) -> f64 {
        largest_change(&softmax(&self.before), &softmax(&self.after))
    }

    /// The same for a bias `times` as long.
    pub fn effect_of(&self, times: f64) -> f64 {
        let after: Vec<f64> = self.before.iter().zip(&self.lift).map(|(s, lift)| s + times * lift).collect();
        largest_change(&softmax(&self.before), &softmax(&after))
    }
}

fn largest_change(before: &[f64], after: &[f64]) -> f64 {
    before.iter().zip(after).map(|(x, y)| (x - y).abs()).fold(0.0, f64::max)
}
