//! A text as the places of its characters in a vocabulary; the last tenth is held out.

/// A text to learn from and one to be measured on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letters {
    pub vocabulary: Vec<char>,
    pub training: Vec<usize>,
    pub held_out: Vec<usize>,
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
        Ok(Self { vocabulary, training, held_out })
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
    fn what_does_not_fit_is_named() {
        assert_eq!(Letters::parse("short", 8), Err(LettersError::Short { found: 5, wanted: 90 }));
        assert_eq!(Letters::with("abx", vec!['a', 'b'], 8), Err(LettersError::Unknown('x')));
    }
}
