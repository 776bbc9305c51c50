//! A block of random letters, again and again: after a letter comes what came after it the last time.
//!
//! Elhage et al. 2021, <https://transformer-circuits.pub/2021/framework/index.html>, and Olsson et al. 2022,
//! <https://arxiv.org/abs/2209.11895>: two layers of attention learn it with a head that looks one letter back and a head
//! that looks for what it left. Blocks have many lengths, so that no fixed distance is right, and each letter once, so
//! that the letter alone says where to look.
//!
//! At the rate 3e-3, seeds 1 to 5, the best prefix-matching score passes 0.8 after 140 to 160 steps.

use super::example::Example;
use super::question::ALPHABET;
use crate::data::rng::Rng;
use crate::models::gpt_config::GptConfig;

/// Letters of the shortest and of the longest block.
const LENGTHS: [u32; 2] = [4, 20];
const CONTEXT: usize = 48;
/// Letters of the block of [`twice`].
const PROBE: usize = 16;

pub(super) const BATCH: usize = 16;
/// A block of twelve and half of its repetition.
pub(super) const PROMPT: &str = "qhxmzbtkwfrvqhxmzb";

pub(super) fn config() -> GptConfig {
    let vocabulary = ALPHABET.chars().collect();
    GptConfig { vocabulary, context: CONTEXT, width: 64, layers: 2, heads: 2, mlp: 0, tied: false }
}

pub(super) fn example(rng: &mut Rng) -> Example {
    let [shortest, longest] = LENGTHS;
    let length = rng.whole(shortest, longest) as usize;
    let block = distinct(rng, length);
    Example {
        tokens: (0..=CONTEXT).map(|i| block[i % length]).collect(),
        // Nothing says that the block ends, only that it is the same one.
        counted: (1..=CONTEXT).map(|i| i > length).collect(),
    }
}

/// A random block of sixteen distinct tokens, twice: what the prefix-matching score is measured on.
pub(super) fn twice(rng: &mut Rng) -> Vec<usize> {
    distinct(rng, PROBE).repeat(2)
}

/// `count` of the places 0..26, in any order: the first of a shuffled list (Fisher and Yates).
pub(super) fn distinct(rng: &mut Rng, count: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..ALPHABET.len()).collect();
    for i in 0..count {
        let j = rng.whole(i as u32, ALPHABET.len() as u32 - 1) as usize;
        places.swap(i, j);
    }
    places.truncate(count);
    places
}

/// What came after the last letter the last time, up to that letter.
pub(super) fn answer(prompt: &str) -> Option<String> {
    let letters: Vec<char> = prompt.chars().collect();
    let (last, before) = letters.split_last()?;
    let place = before.iter().rposition(|letter| letter == last)?;
    Some(letters[place + 1..].iter().collect())
}
