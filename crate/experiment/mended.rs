//! What a word or a number of a link plainly was before a chat, a mail program or an input method touched it.
//!
//! Nothing here guesses at content: a text that a visitor wrote is never mended.

use super::message::Message;

/// Signs that end a sentence, close a bracket or a quotation, or mark up: autolinkers add them to an address.
const AFTER: &[char] =
    &['.', ',', ';', ':', '!', '?', ')', ']', '}', '>', '"', '\'', '`', '*', '_', '~', '|', '\\', '/'];
/// Signs that open a bracket or a quotation.
const BEFORE: &[char] = &['(', '[', '{', '<', '"', '\'', '`', '*', '_', '~', '#', '?', '!', '/'];
/// Signs with which something else begins: a query that a messenger appends, the rest of an HTML tag.
pub const BEYOND: &[char] = &['?', '#', '<', '>', '"'];

/// `written` without what cannot belong to a word or a number; `None` if it is as it should be, or nothing is left.
pub fn mended(written: &str) -> Option<String> {
    let seen = visible(written);
    let inner = seen.trim_start_matches(BEFORE);
    let inner = inner.split(BEYOND).next().unwrap_or_default().trim_end_matches(AFTER);
    (!inner.is_empty() && inner != written).then(|| inner.to_owned())
}

/// `written` without spaces and characters that nobody sees; what looks like ASCII is ASCII.
pub fn visible(written: &str) -> String {
    written.chars().filter(|letter| !is_unseen(*letter)).map(plain).collect()
}

/// Spaces, controls, and characters of no width (soft hyphen, zero-width space, marks of direction, byte-order mark …).
fn is_unseen(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// The ASCII character that a Chinese keyboard, or a program that sets type, puts another in place of.
fn plain(letter: char) -> char {
    match letter {
        // Full-width forms stand in the order of ASCII.
        '！'..='～' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        '。' | '｡' | '…' => '.',
        '、' => ',',
        '−' | '–' | '—' | '‐' | '‑' | '‒' => '-',
        '“' | '”' | '„' | '«' | '»' => '"',
        '‘' | '’' => '\'',
        '「' | '『' | '《' | '〈' | '【' | '〔' => '(',
        '」' | '』' | '》' | '〉' | '】' | '〕' => ')',
        _ => letter,
    }
}

/// `written` or, if that is not `good` and what it plainly was is, the latter, which is said under `key`.
pub fn meant(key: &str, written: String, good: &dyn Fn(&str) -> bool, said: &mut Vec<Message>) -> String {
    if good(&written) {
        return written;
    }
    match mended(&written).filter(|inner| good(inner)) {
        Some(inner) => {
            said.push(read_as(key, &written, &inner));
            inner
        }
        None => written,
    }
}

/// What to say of `written`, which was taken for `used`.
pub fn read_as(key: &str, written: &str, used: &str) -> Message {
    let written = shown(written);
    Message::new(
        key,
        format!("{key}: \"{written}\" was read as {used}."),
        format!("{key}：“{written}”已按 {used} 读取。"),
    )
}

/// The beginning of `written` as it can be read in a sentence: what nobody sees stands there by its number.
pub fn shown(written: &str) -> String {
    let named = |letter: char| {
        if letter != ' ' && is_unseen(letter) {
            format!("U+{:04X}", letter as u32)
        } else {
            letter.to_string()
        }
    };
    written.chars().take(40).map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_around_a_number_is_taken_away() {
        for written in [
            "7.",
            "7)",
            "7,",
            "7>",
            "7\"",
            "7'",
            "7**",
            "7_",
            "7。",
            "７",
            "７，",
            "（7）",
            "“7”",
            " 7",
            "7\u{200b}",
            "\u{feff}7",
            "7\u{2060}",
            "7\u{ad}",
            "7).",
            "7?utm_source=x",
            "7\"></a>",
            "7」",
            "7\r\n",
            "\u{202a}7\u{202c}",
        ] {
            assert_eq!(mended(written).as_deref(), Some("7"), "{written:?}");
        }
        assert_eq!(mended("−０．５").as_deref(), Some("-0.5"));
        assert_eq!(mended("1\u{200b}8\u{ad}0").as_deref(), Some("180"));
    }

    #[test]
    fn what_is_right_or_nothing_stays() {
        for written in ["7", "-0.5", "1e6", "ddim", "dpmpp2m", "", ".", "。", "()", "\u{200b}"] {
            assert_eq!(mended(written), None, "{written:?}");
        }
        assert_eq!(shown("7\u{200b} x"), "7U+200B x");
    }
}
