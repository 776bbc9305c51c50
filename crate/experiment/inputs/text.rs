//! What a language model is to learn from.

use super::form::{Form, Place};
use crate::experiment::{composed::composed, message::Message, parameter::Parameter};

/// Most characters of a text to learn from; of a longer one the first stay.
pub const LONGEST: usize = 12_000;

/// An empty text is none.
pub struct Text;

impl Form for Text {
    const KEY: &'static str = "text";
    const PLACE: Place = Place::Packed(5);
    type Draft = Option<String>;
    type Value = Option<String>;

    fn accept(draft: &Self::Draft, _: &[&'static Parameter], said: &mut Vec<Message>) -> Self::Value {
        let (text, warning) = accepted(draft.as_deref()?);
        said.extend(warning);
        text
    }

    fn write(value: &Self::Value) -> Self::Draft {
        value.clone()
    }

    fn to_bytes(draft: &Self::Draft) -> Vec<u8> {
        draft.clone().unwrap_or_default().into_bytes()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self::Draft> {
        String::from_utf8(bytes.to_vec()).ok().map(Some)
    }

    /// Prose fits; of what does not deflate the first half stays.
    fn shorten(value: &mut Self::Value) -> Option<Message> {
        let text = value.take()?;
        let kept = text.chars().count() / 2;
        *value = some(text.chars().take(kept).collect());
        Some(Message::new(
            Self::KEY,
            format!("Your text does not fit into a link; its first {kept} characters are kept."),
            format!("你的文字放不进链接，保留前 {kept} 个字符。"),
        ))
    }
}

/// The text as a link would hold it, and what had to be changed.
fn accepted(written: &str) -> (Option<String>, Option<Message>) {
    let text = as_one_writes_it(written);
    let count = text.chars().count();
    let warning = (count > LONGEST).then(|| {
        Message::new(
            Text::KEY,
            format!("Your text has {count} characters; its first {LONGEST} are kept."),
            format!("你的文字有 {count} 个字符，保留前 {LONGEST} 个。"),
        )
    });
    (some(text.chars().take(LONGEST).collect()), warning)
}

/// The text, whatever system it was written on: one kind of line end, no byte-order mark, letters and their accents
/// in one.
pub fn as_one_writes_it(written: &str) -> String {
    let text = composed(written.trim_start_matches('\u{feff}'));
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_text_the_beginning_stays() {
        let (text, said) = accepted(&format!("东风{}é end", "x".repeat(100_000)));
        let text = text.unwrap();
        assert_eq!((text.chars().count(), text.starts_with("东风x")), (LONGEST, true));
        assert!(said.unwrap().zh.contains("100007"));
    }

    /// Letters that a file system took apart, Hangul and a sign with two marks among them.
    #[test]
    fn an_accent_belongs_to_its_letter() {
        let apart = "\u{feff}Fiance\u{301} nai\u{308}ve \u{1112}\u{1161}\u{11ab} o\u{323}\u{302}\r\n";
        assert_eq!(accepted(apart).0.unwrap(), "Fianc\u{e9} na\u{ef}ve \u{d55c} \u{1ed9}\n");
    }

    #[test]
    fn what_was_kept_is_kept_as_it_is() {
        for written in
            ["", "ROMEO:\r\n", "\u{feff}\u{feff}e\u{301}", "\u{202e}עברית 👩‍👩‍👧 \u{0}\u{7f}\r", "a\rb\n"]
        {
            let (once, _) = accepted(written);
            assert_eq!(accepted(once.as_deref().unwrap_or("")), (once, None));
        }
    }
}
