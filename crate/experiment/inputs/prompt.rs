//! What a language model reads before it writes.

use super::{
    form::{Form, Place},
    text::as_one_writes_it,
};
use crate::experiment::{message::Message, parameter::Parameter};

/// Most characters of a prompt; of a longer one the last stay, for a model goes on from the end.
pub const LONGEST: usize = 1024;

pub struct Prompt;

impl Form for Prompt {
    const KEY: &'static str = "prompt";
    const PLACE: Place = Place::Readable;
    type Draft = Option<String>;
    type Value = Option<String>;

    fn accept(draft: &Self::Draft, _: &[&'static Parameter], said: &mut Vec<Message>) -> Self::Value {
        let (prompt, warning) = accepted(draft.as_deref()?);
        said.extend(warning);
        Some(prompt)
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
}

/// The prompt as a link would hold it, and what had to be changed.
pub fn accepted(written: &str) -> (String, Option<Message>) {
    let prompt = as_one_writes_it(written);
    let count = prompt.chars().count();
    let kept = prompt.chars().skip(count.saturating_sub(LONGEST)).collect();
    let warning = (count > LONGEST).then(|| {
        Message::new(
            Prompt::KEY,
            format!("The prompt has {count} characters; its last {LONGEST} are kept."),
            format!("提示有 {count} 个字符，保留最后 {LONGEST} 个。"),
        )
    });
    (kept, warning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_prompt_the_end_stays() {
        let (prompt, said) = accepted(&format!("{}é end", "x".repeat(100_000)));
        assert_eq!((prompt.chars().count(), prompt.ends_with("xé end")), (LONGEST, true));
        assert!(said.unwrap().en.contains("100005"));
    }

    #[test]
    fn an_accent_belongs_to_its_letter() {
        assert_eq!(accepted("Fiance\u{301} nai\u{308}ve").0, "Fianc\u{e9} na\u{ef}ve");
    }

    #[test]
    fn what_was_kept_is_kept_as_it_is() {
        for written in ["", "ROMEO:\r\n", "\u{202e}עברית 👩‍👩‍👧 \u{0}\u{7f}\r", "a\rb\n"] {
            let (once, said) = accepted(written);
            assert_eq!((accepted(&once), said), ((once.clone(), None), None));
        }
    }
}
