//! What one task after another makes: a text, and which of its characters can be known.

/// A text to learn from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// T + 1 places in the vocabulary; the first T are read, the last T are to be guessed.
    pub tokens: Vec<usize>,
    /// [T], whether the guess of token i + 1 can be right for another reason than luck.
    pub counted: Vec<bool>,
}
