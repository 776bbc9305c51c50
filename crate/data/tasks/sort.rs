//! The letters in the order of the alphabet: where a head looks depends on what stands there, not on where.
//!
//! Whole answers right, of 256 fresh ones at the rate 3e-3, seeds 1 to 3: 0.6 to 0.7 after 500 steps, 0.85 to 0.92 after 1,000.

use super::question::{ALPHABET, Question, letters};

/// The most letters of a question.
const MOST: u32 = 8;

pub(super) const QUESTION: Question = Question {
    sign: '>',
    letters: ALPHABET,
    context: 2 * MOST as usize + 1,
    heads: 4,
    mlp: 128,
    batch: 32,
    prompt: "chailou>",
    ask: |rng, _| letters(rng, MOST),
    answer: |question| {
        let mut letters: Vec<char> = question.chars().collect();
        letters.sort_unstable();
        Some(letters.into_iter().collect())
    },
};
