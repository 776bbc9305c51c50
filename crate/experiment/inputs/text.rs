//! What a language model is to learn from.

use super::form::{Form, Place};
use crate::experiment::{message::Message, parameter::Parameter};

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
    let text = one_kind_of_line_end(written);
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

/// Whatever system it was written on.
pub fn one_kind_of_line_end(written: &str) -> String {
    written.replace("\r\n", "\n").replace('\r', "\n")
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

    #[test]
    fn what_was_kept_is_kept_as_it_is() {
        for written in ["", "ROMEO:\r\n", "\u{202e}עברית 👩‍👩‍👧 \u{0}\u{7f}\r", "a\rb\n"] {
            let (once, _) = accepted(written);
            assert_eq!(accepted(once.as_deref().unwrap_or("")), (once, None));
        }
    }
}
