//! The letters once more, as they stand: what a head does that looks a fixed way back, or for what followed the last time.
//!
//! Whole answers right, of 256 fresh ones at the rate 3e-3, seeds 1 to 3: 0.81 after 500 steps, 0.89 to 0.93 after 1,000.
//! Letters that stand twice are what is left.

use super::induction;
use super::question::{ALPHABET, Question, letters};
use crate::data::rng::Rng;

/// The most letters of a question.
const MOST: u32 = 10;

pub(super) const QUESTION: Question = Question {
    sign: '=',
    letters: ALPHABET,
    context: 2 * MOST as usize + 1,
    heads: 4,
    mlp: 0,
    batch: 32,
    prompt: "chailou=",
    ask: |rng, _| letters(rng, MOST),
    answer: |question| Some(question.to_owned()),
};

/// The longest question, its letters distinct, with sign and answer: on it the prefix-matching score is measured.
pub(super) fn distinct(rng: &mut Rng) -> Vec<usize> {
    let letters = induction::distinct(rng, MOST as usize);
    [&letters[..], &[ALPHABET.len()], &letters[..]].concat()
}
