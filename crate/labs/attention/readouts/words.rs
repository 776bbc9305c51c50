//! Words of the claims.

use crate::runtime::readout::Note;

pub fn note(en: impl Into<String>, zh: impl Into<String>) -> Note {
    Note { en: en.into(), zh: zh.into() }
}

/// "layer 2, head 1" as the page counts.
pub fn named(layer: usize, head: usize) -> [String; 2] {
    [format!("layer {}, head {}", layer + 1, head + 1), format!("第 {} 层第 {} 头", layer + 1, head + 1)]
}
