//! The letters from the last to the first: a head that looks further back with every letter.
//!
//! Whole answers right, of 256 fresh ones at the rate 3e-3, seeds 1 to 3: 0.6 to 0.8 after 500 steps, 0.81 to 0.95 after 1,000.

use super::question::{ALPHABET, Question, letters};

/// The most letters of a question.
const MOST: u32 = 10;

pub(super) const QUESTION: Question = Question {
    sign: '<',
    letters: ALPHABET,
    context: 2 * MOST as usize + 1,
    heads: 4,
    mlp: 0,
    batch: 32,
    prompt: "chailou<",
    ask: |rng, _| letters(rng, MOST),
    answer: |question| Some(question.chars().rev().collect()),
};
