//! A text that the visitor brings, in any script, learnt character by character.

use super::example::Example;
use crate::data::rng::Rng;
use crate::models::gpt_config::GptConfig;
use std::collections::BTreeMap;

/// Stands for every character that is not in the vocabulary.
pub const UNKNOWN: char = '□';
/// The most characters that a network is given a sign for, [`UNKNOWN`] included.
pub const MOST_SIGNS: usize = 1024;
const CONTEXT: usize = 64;
/// Characters of the prompt.
const BEGINNING: usize = 8;

pub(super) const BATCH: usize = 16;

/// What is learnt if the visitor brings nothing: a nursery rhyme (Roud 20854) and a poem by Cui Hao (8th century), of houses.
pub const HOUSE: &str = include_str!("house.txt");

/// A text and its characters.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// [`UNKNOWN`] and the most frequent characters, in the order of their code points.
    pub vocabulary: Vec<char>,
    /// The places of the text's characters in the vocabulary. Not empty.
    pub tokens: Vec<usize>,
}

impl Text {
    /// Line ends of all kinds become one kind. An empty text is [`HOUSE`].
    pub fn new(text: &str) -> Self {
        let text = if text.trim().is_empty() { HOUSE } else { text };
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let mut counts: BTreeMap<char, usize> = BTreeMap::new();
        text.chars().for_each(|letter| *counts.entry(letter).or_default() += 1);
        let mut known: Vec<(char, usize)> = counts.into_iter().filter(|(c, _)| *c != UNKNOWN).collect();
        known.sort_by_key(|(_, count)| std::cmp::Reverse(*count)); // stable: of equally frequent ones the first
        known.truncate(MOST_SIGNS - 1);
        let mut vocabulary: Vec<char> =
            known.into_iter().map(|(letter, _)| letter).chain([UNKNOWN]).collect();
        vocabulary.sort_unstable();
        let unknown = vocabulary.binary_search(&UNKNOWN).expect("it was put in");
        let tokens =
            text.chars().map(|letter| vocabulary.binary_search(&letter).unwrap_or(unknown)).collect();
        Self { vocabulary, tokens }
    }

    /// Its first characters.
    pub(super) fn beginning(&self) -> String {
        self.tokens.iter().take(BEGINNING).map(|&token| self.vocabulary[token]).collect()
    }
}

pub(super) fn config(text: &Text) -> GptConfig {
    let vocabulary = text.vocabulary.clone();
    GptConfig { vocabulary, context: CONTEXT, width: 64, layers: 2, heads: 4, mlp: 128, tied: false }
}

/// A piece of the text from anywhere. A text that is shorter than a piece is read in a circle.
pub(super) fn example(text: &Text, rng: &mut Rng) -> Example {
    let length = text.tokens.len();
    let last = if length > CONTEXT { length - CONTEXT - 1 } else { length - 1 };
    let start = rng.whole(0, last as u32) as usize;
    Example {
        tokens: (start..=start + CONTEXT).map(|i| text.tokens[i % length]).collect(),
        counted: vec![true; CONTEXT],
    }
}
