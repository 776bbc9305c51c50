//! Text to tokens: what a visitor typed, in the characters that a model knows.

use std::collections::BTreeMap;

use crate::data::tasks::own::UNKNOWN;
use crate::experiment::Message;

/// Names of characters listed in a warning.
const LISTED: usize = 12;

/// A text as a model reads it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Letters {
    pub tokens: Vec<usize>,
    /// Whether the character is another than what was typed.
    pub replaced: Vec<bool>,
    /// What became of each character that the model does not know.
    pub became: BTreeMap<char, char>,
}

impl Letters {
    pub fn of(text: &str, vocabulary: &[char]) -> Self {
        let mut letters = Self::default();
        for letter in text.chars() {
            let (token, same) = token(letter, vocabulary);
            if !same {
                letters.became.insert(letter, vocabulary[token]);
            }
            letters.tokens.push(token);
            letters.replaced.push(!same);
        }
        letters
    }

    /// Forgets all but the last `count` characters.
    pub fn keep_last(&mut self, count: usize) {
        let from = self.tokens.len().saturating_sub(count);
        self.tokens.drain(..from);
        self.replaced.drain(..from);
    }

    /// What to say under `key` of the characters that had to be replaced.
    pub fn warning(&self, key: &str) -> Option<Message> {
        let count = self.became.len();
        if count == 0 {
            return None;
        }
        let list = |space: &str| {
            let named = |letter: char| if letter == ' ' { space.to_owned() } else { shown(letter) };
            let pairs = self.became.iter().take(LISTED);
            let pairs: Vec<_> =
                pairs.map(|(from, to)| format!("{} → {}", shown(*from), named(*to))).collect();
            format!("{}{}", pairs.join(", "), if count > LISTED { ", …" } else { "" })
        };
        let (en, zh) = (list("a space"), list("空格"));
        let characters = if count == 1 { "a character" } else { "characters" };
        Some(Message::new(
            key,
            format!("The model never saw {characters} of this text and reads another instead: {en}."),
            format!("文中有模型从未见过的字符，改读为：{zh}。"),
        ))
    }
}

/// The token of `letter` or of what comes nearest, and whether it is `letter` itself. `vocabulary` is not empty.
fn token(letter: char, vocabulary: &[char]) -> (usize, bool) {
    let place = |wanted: char| vocabulary.iter().position(|known| *known == wanted);
    if let Some(token) = place(letter) {
        return (token, true);
    }
    let near = || alike(letter).into_iter().find_map(place);
    let stand_in = || place(UNKNOWN).or_else(|| place(' '));
    (near().or_else(stand_in).unwrap_or(0), false)
}

/// Characters that may stand for `letter`, the nearest first.
fn alike(letter: char) -> Vec<char> {
    const SIGNS: &[(&str, &str)] = &[
        ("‘’‚‛′´`", "'"),
        ("“”„‟″«»「」『』\"", "\"'"),
        ("–—―−‐‑‒", "-"),
        ("…", "."),
        ("。．", "."),
        ("、，", ","),
        ("（【〔[{", "(["),
        ("）】〕]}", ")]"),
        ("×·", "*"),
        ("\u{a0}\u{3000}\u{2002}\u{2003}\u{2009}\u{202f}\t", " "),
        ("\u{2028}\u{2029}\u{85}\u{b}\u{c}", "\n "),
    ];
    const BASES: &[(&str, &str)] = &[
        ("àáâãäåāăąæ", "a"),
        ("çćĉċč", "c"),
        ("ďđð", "d"),
        ("èéêëēĕėęě", "e"),
        ("ĝğġģ", "g"),
        ("ĥħ", "h"),
        ("ìíîïĩīĭįı", "i"),
        ("ĵ", "j"),
        ("ķ", "k"),
        ("ĺļľŀł", "l"),
        ("ñńņňŉ", "n"),
        ("òóôõöøōŏőœ", "o"),
        ("ŕŗř", "r"),
        ("śŝşšßſ", "s"),
        ("ţťŧþ", "t"),
        ("ùúûüũūŭůűų", "u"),
        ("ŵ", "w"),
        ("ýÿŷ", "y"),
        ("źżž", "z"),
    ];
    let found = |table: &[(&str, &'static str)], letter: char| -> Vec<char> {
        let row = table.iter().find(|(from, _)| from.contains(letter));
        row.map_or(Vec::new(), |(_, to)| to.chars().collect())
    };
    let mut near = found(SIGNS, letter);
    let lower = one(letter.to_lowercase());
    for base in found(BASES, lower) {
        near.extend(if lower == letter {
            [base, one(base.to_uppercase())]
        } else {
            [one(base.to_uppercase()), base]
        });
    }
    // Full-width forms stand in the order of ASCII.
    if ('！'..='～').contains(&letter) {
        near.extend(char::from_u32(letter as u32 - 0xFEE0));
    }
    near.extend([lower, one(letter.to_uppercase())]);
    near
}

/// The first of the letters that another case has.
fn one(mut letters: impl Iterator<Item = char>) -> char {
    letters.next().unwrap_or(UNKNOWN)
}

/// `letter` as it can be read in a sentence: what shows nothing, or changes what follows, by its number.
fn shown(letter: char) -> String {
    let hidden = letter.is_control()
        || letter.is_whitespace()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{300}'..='\u{36f}');
    if hidden { format!("U+{:04X}", letter as u32) } else { letter.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, vocabulary: &str) -> (String, String) {
        let vocabulary: Vec<_> = vocabulary.chars().collect();
        let letters = Letters::of(text, &vocabulary);
        assert_eq!(letters.tokens.len(), text.chars().count());
        let marks = letters.replaced.iter().map(|r| if *r { '^' } else { '.' }).collect();
        (letters.tokens.iter().map(|token| vocabulary[*token]).collect(), marks)
    }

    const PLAYS: &str = "\n !$&',-.3:;?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    #[test]
    fn what_is_known_stays_and_what_looks_alike_is_taken() {
        assert_eq!(read("To be, or\nnot?", PLAYS), ("To be, or\nnot?".into(), "..............".into()));
        assert_eq!(read("“Déjà—vu’s”…ÉÑß", PLAYS), ("'Deja-vu's'.ENs".into(), "^.^.^^..^.^^^^^".into()));
        assert_eq!(read("Ｒｏ：？\u{3000}x\ty", PLAYS), ("Ro:? x y".into(), "^^^^^.^.".into()));
        assert_eq!(read("Romeo", "ROMEromeo"), ("Romeo".into(), ".....".into()));
        assert_eq!(read("AB", "ab"), ("ab".into(), "^^".into()));
    }

    #[test]
    fn what_nobody_can_read_becomes_the_stand_in() {
        assert_eq!(read("a🎭\u{202e}שלום\0", PLAYS), ("a       ".into(), ".^^^^^^^".into()));
        assert_eq!(read("东x", "东风□ "), ("东□".into(), ".^".into()));
        // Neither a stand-in nor a space: the first character there is.
        assert_eq!(read("?", "01"), ("0".into(), "^".into()));
    }

    #[test]
    fn a_warning_names_each_once_and_shows_what_cannot_be_seen() {
        let vocabulary: Vec<_> = PLAYS.chars().collect();
        let said = Letters::of("é’’\u{202e}🎭é", &vocabulary).warning("prompt").unwrap();
        assert!(said.en.contains("é → e, ’ → ', U+202E → a space, 🎭 → a space."), "{}", said.en);
        assert!(said.zh.contains("🎭 → 空格"), "{}", said.zh);
        assert_eq!(Letters::of("plain", &vocabulary).warning("prompt"), None);
        let many: String = ('一'..='龥').take(1000).collect();
        let said = Letters::of(&many, &vocabulary).warning("prompt").unwrap();
        assert!(said.en.contains('…') && said.en.chars().count() < 400);
    }
}
