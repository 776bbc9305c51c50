//! What a visitor wrote for a language model: a prompt, and a text to learn from.

use super::{Message, PROMPT, TEXT};

/// Most characters of a prompt; of a longer one the last stay, for a model goes on from the end.
pub const LONGEST_PROMPT: usize = 1024;
/// Most characters of a text to learn from; of a longer one the first stay.
pub const LONGEST_TEXT: usize = 12_000;

/// The prompt as a link would hold it, and what had to be changed.
pub fn prompt_from(written: &str) -> (String, Option<Message>) {
    let prompt = plain(written);
    let count = prompt.chars().count();
    let kept = prompt.chars().skip(count.saturating_sub(LONGEST_PROMPT)).collect();
    let warning = (count > LONGEST_PROMPT).then(|| {
        Message::new(
            PROMPT,
            format!("The prompt has {count} characters; its last {LONGEST_PROMPT} are kept."),
            format!("提示有 {count} 个字符，保留最后 {LONGEST_PROMPT} 个。"),
        )
    });
    (kept, warning)
}

/// The text as a link would hold it, and what had to be changed. An empty one is none.
pub fn text_from(written: &str) -> (Option<String>, Option<Message>) {
    let text = plain(written);
    let count = text.chars().count();
    let warning = (count > LONGEST_TEXT).then(|| {
        Message::new(
            TEXT,
            format!("Your text has {count} characters; its first {LONGEST_TEXT} are kept."),
            format!("你的文字有 {count} 个字符，保留前 {LONGEST_TEXT} 个。"),
        )
    });
    (some(text.chars().take(LONGEST_TEXT).collect()), warning)
}

/// The first half of a text that does not fit into a link, and what to say of it.
pub fn halved(text: &str) -> (Option<String>, Message) {
    let kept = text.chars().count() / 2;
    let message = Message::new(
        TEXT,
        format!("Your text does not fit into a link; its first {kept} characters are kept."),
        format!("你的文字放不进链接，保留前 {kept} 个字符。"),
    );
    (some(text.chars().take(kept).collect()), message)
}

/// One kind of line end.
fn plain(written: &str) -> String {
    written.replace("\r\n", "\n").replace('\r', "\n")
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_prompt_the_end_stays_and_of_a_long_text_the_beginning() {
        let long = format!("{}é end", "x".repeat(100_000));
        let (prompt, said) = prompt_from(&long);
        assert_eq!((prompt.chars().count(), prompt.ends_with("xé end")), (LONGEST_PROMPT, true));
        assert!(said.unwrap().en.contains("100005"));
        let (text, said) = text_from(&format!("东风{long}"));
        let text = text.unwrap();
        assert_eq!((text.chars().count(), text.starts_with("东风x")), (LONGEST_TEXT, true));
        assert!(said.unwrap().zh.contains("100007"));
    }

    #[test]
    fn what_was_kept_is_kept_as_it_is() {
        for written in ["", "ROMEO:\r\n", "\u{202e}עברית 👩‍👩‍👧 \u{0}\u{7f}\r", "a\rb\n"] {
            let (once, said) = prompt_from(written);
            assert_eq!((prompt_from(&once), said), ((once.clone(), None), None));
            let (once, _) = text_from(written);
            assert_eq!(text_from(once.as_deref().unwrap_or("")), (once, None));
        }
    }
}
