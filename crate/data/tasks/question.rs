//! Tasks of the form question, sign, answer, end.

use super::example::Example;
use crate::data::rng::Rng;
use crate::models::gpt_config::GptConfig;

/// The sign of the end; what is left of the context is filled with it.
pub const END: char = '.';

/// A kind of question that has one answer.
pub struct Question {
    /// Stands between question and answer.
    pub sign: char,
    /// The characters of questions and answers.
    pub letters: &'static str,
    /// The longest question, sign, answer and end are one character more than the network reads.
    pub context: usize,
    pub heads: usize,
    /// Width of the network's hidden layers; 0: attention only.
    pub mlp: usize,
    /// Examples a training step.
    pub batch: usize,
    /// What the lab begins with.
    pub prompt: &'static str,
    /// A question without its sign; the flag says that it is for measuring.
    pub ask: fn(&mut Rng, bool) -> String,
    /// Its answer; nothing to what is no question of this kind.
    pub answer: fn(&str) -> Option<String>,
}

impl Question {
    pub fn config(&self) -> GptConfig {
        let Self { context, heads, mlp, .. } = *self;
        GptConfig { vocabulary: self.vocabulary(), context, width: 64, layers: 2, heads, mlp, tied: false }
    }

    pub fn example(&self, rng: &mut Rng, measuring: bool) -> Example {
        let mut text = (self.ask)(rng, measuring);
        let answer = (self.answer)(&text).expect("an own question");
        text.push(self.sign);
        let begin = text.chars().count();
        let end = begin + answer.chars().count(); // the place of the sign of the end
        let filled = text.chars().chain(answer.chars()).chain(std::iter::repeat(END));
        let vocabulary = self.vocabulary();
        let place =
            |letter| vocabulary.iter().position(|&known| known == letter).expect("a letter of the task");
        Example {
            tokens: filled.take(self.context + 1).map(place).collect(),
            counted: (1..=self.context).map(|i| (begin..=end).contains(&i)).collect(),
        }
    }

    /// Answer and end, to a prompt that is a question and its sign.
    pub fn reply(&self, prompt: &str) -> Option<String> {
        let question = prompt.strip_suffix(self.sign)?;
        let known = question.chars().all(|letter| self.letters.contains(letter));
        let answer = known.then(|| (self.answer)(question))??;
        Some(format!("{answer}{END}"))
    }

    fn vocabulary(&self) -> Vec<char> {
        self.letters.chars().chain([self.sign, END]).collect()
    }
}

/// The letters of words.
pub const ALPHABET: &str = "abcdefghijklmnopqrstuvwxyz";

/// Two to `most` letters, each as likely as the others.
pub fn letters(rng: &mut Rng, most: u32) -> String {
    let count = rng.whole(2, most);
    let alphabet = ALPHABET.as_bytes();
    (0..count).map(|_| char::from(rng.pick(alphabet))).collect()
}
