//! What is wrong with something typed, and where, in both languages.

/// A sentence about the character at `at`, which counts from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub at: usize,
    pub en: String,
    pub zh: String,
}

impl Fault {
    pub fn new(at: usize, en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { at, en: en.into(), zh: zh.into() }
    }
}
