//! A text as the places of its characters in a vocabulary; the last tenth is held out, or every tenth poem.

use std::collections::{BTreeMap, BTreeSet};

/// A text to learn from and one to be measured on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letters {
    pub vocabulary: Vec<char>,
    pub training: Vec<usize>,
    pub held_out: Vec<usize>,
    /// The lines of a text of lines: where each begins, after the line feed before it.
    pub lines: Option<Lines>,
}

/// Where the lines of both parts begin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    pub training: Vec<usize>,
    pub held_out: Vec<usize>,
}

impl Lines {
    /// Line `i` of those that begin at `starts` in `text`, with the line feed before it and the one that ends it.
    pub fn closed<'a>(text: &'a [usize], starts: &[usize], i: usize) -> &'a [usize] {
        let end = starts.get(i + 1).map_or(text.len(), |next| *next);
        &text[starts[i] - 1..end]
    }
}

/// What can be wrong with a text.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum LettersError {
    #[error("the text has {found} characters, but at least {wanted} are needed")]
    Short { found: usize, wanted: usize },
    #[error("the text has the character {0:?}, which the network does not know")]
    Unknown(char),
}

impl Letters {
    /// The text with its own characters, in the order of their code points, for windows of `context` characters.
    pub fn parse(text: &str, context: usize) -> Result<Self, LettersError> {
        let mut vocabulary: Vec<char> = text.chars().collect();
        vocabulary.sort_unstable();
        vocabulary.dedup();
        Self::with(text, vocabulary, context)
    }

    /// The text in the characters of a network that there is already.
    pub fn with(text: &str, vocabulary: Vec<char>, context: usize) -> Result<Self, LettersError> {
        let place = |letter| {
            vocabulary.iter().position(|&known| known == letter).ok_or(LettersError::Unknown(letter))
        };
        let mut training = text.chars().map(place).collect::<Result<Vec<usize>, _>>()?;
        let (found, wanted) = (training.len(), 10 * (context + 1));
        if found < wanted {
            return Err(LettersError::Short { found, wanted });
        }
        let held_out = training.split_off(found * 9 / 10);
        Ok(Self { vocabulary, training, held_out, lines: None })
    }

    /// A text that is in places of `vocabulary` already: the last tenth is held out, but no less than `least` characters.
    ///
    /// # Errors
    /// What is learnt from must be as long as that at least.
    pub fn of_places(
        vocabulary: Vec<char>,
        mut training: Vec<usize>,
        least: usize,
    ) -> Result<Self, LettersError> {
        let (found, wanted) = (training.len(), 2 * least);
        if found < wanted {
            return Err(LettersError::Short { found, wanted });
        }
        let held_out = training.split_off(found - least.max(found - found * 9 / 10));
        Ok(Self { vocabulary, training, held_out, lines: None })
    }

    /// A text of lines that have nothing to do with each other, one poem a line: every tenth is held out. Each part begins with
    /// a line feed and ends with one.
    pub fn of_lines(text: &str, vocabulary: Option<Vec<char>>, context: usize) -> Result<Self, LettersError> {
        let vocabulary = vocabulary.unwrap_or_else(|| {
            let known: BTreeSet<char> = text.chars().chain(['\n']).filter(|letter| *letter != '\r').collect();
            known.into_iter().collect()
        });
        let places: BTreeMap<char, usize> =
            vocabulary.iter().enumerate().map(|(i, &letter)| (letter, i)).collect();
        let place = |letter: char| places.get(&letter).copied().ok_or(LettersError::Unknown(letter));
        let feed = place('\n')?;
        let (mut training, mut held_out, mut lines) = (vec![feed], vec![feed], Lines::default());
        for (i, line) in text.lines().filter(|line| !line.is_empty()).enumerate() {
            let (part, starts) = if i % 10 == 9 {
                (&mut held_out, &mut lines.held_out)
            } else {
                (&mut training, &mut lines.training)
            };
            starts.push(part.len());
            for letter in line.chars() {
                part.push(place(letter)?);
            }
            part.push(feed);
        }
        let (found, wanted) = (training.len() + held_out.len(), 10 * (context + 1));
        if found < wanted || lines.held_out.is_empty() || training.len() <= context + 1 {
            return Err(LettersError::Short { found, wanted });
        }
        Ok(Self { vocabulary, training, held_out, lines: Some(lines) })
    }
}

impl Letters {
    /// What it costs on the held-out text, a character, to say each as often as it was read in training, counted once more than it was;
    /// and how often the most frequent one is right there.
    pub fn guess(&self) -> [f64; 2] {
        let mut counts = vec![1.0; self.vocabulary.len()];
        self.training.iter().for_each(|&token| counts[token] += 1.0);
        let sum: f64 = counts.iter().sum();
        let held = self.held_out.len() as f64;
        let cost = |&token: &usize| -libm::log(counts[token] / sum) / held;
        let most =
            (0..counts.len()).fold(0, |most, token| if counts[token] > counts[most] { token } else { most });
        let right = self.held_out.iter().filter(|&&token| token == most).count();
        [self.held_out.iter().map(cost).sum(), right as f64 / held]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_tenth_is_held_out() {
        let text: String = ('a'..='z').cycle().take(95).collect();
        let letters = Letters::parse(&text, 8).unwrap();
        assert_eq!(letters.vocabulary, ('a'..='z').collect::<Vec<_>>());
        assert_eq!((letters.training.len(), letters.held_out.len()), (85, 10));
        assert_eq!(letters.training[..3], [0, 1, 2]);
        assert_eq!(letters.held_out[0], 85 % 26);
    }

    #[test]
    fn guessing_by_frequency_costs_what_the_frequencies_say() {
        let letters = Letters {
            vocabulary: vec!['a', 'b'],
            training: vec![0, 0, 1, 0],
            held_out: vec![0, 1, 0, 0],
            lines: None,
        };
        let [cost, right] = letters.guess();
        let expected = -(3.0 * (4.0f64 / 6.0).ln() + (2.0f64 / 6.0).ln()) / 4.0;
        assert!((cost - expected).abs() < 1e-12 && right == 0.75, "{cost} {right}");
    }

    #[test]
    fn a_short_text_holds_out_more_than_a_tenth() {
        let of = |count| Letters::of_places(vec!['a', 'b'], (0..count).map(|i| i % 2).collect(), 9);
        assert_eq!(of(17), Err(LettersError::Short { found: 17, wanted: 18 }));
        let sizes = |count| of(count).map(|one| (one.training.len(), one.held_out.len()));
        assert_eq!(sizes(18), Ok((9, 9)));
        assert_eq!(sizes(200), Ok((180, 20)));
        assert_eq!(of(19).unwrap().held_out[..2], [0, 1]);
    }

    #[test]
    fn every_tenth_line_is_held_out_and_stands_between_line_feeds() {
        let text: String = (0..30).map(|i| format!("{}b\n", char::from(b'c' + i % 5))).collect();
        let letters = Letters::of_lines(&text, None, 8).unwrap();
        assert_eq!(letters.vocabulary, ['\n', 'b', 'c', 'd', 'e', 'f', 'g']);
        let Lines { training, held_out } = letters.lines.unwrap();
        assert_eq!((training.len(), held_out.len()), (27, 3));
        assert_eq!(Lines::closed(&letters.held_out, &held_out, 2), [0, 6, 1, 0]);
        assert_eq!(Lines::closed(&letters.training, &training, 1), [0, 3, 1, 0]);
        assert_eq!(Letters::of_lines("ab\n", Some(vec!['a', '\n']), 8), Err(LettersError::Unknown('b')));
    }

    #[test]
    fn what_does_not_fit_is_named() {
        assert_eq!(Letters::parse("short", 8), Err(LettersError::Short { found: 5, wanted: 90 }));
        assert_eq!(Letters::with("abx", vec!['a', 'b'], 8), Err(LettersError::Unknown('x')));
    }
}
