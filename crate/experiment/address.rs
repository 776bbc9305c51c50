//! Where the settings stand in what was given as a link, pair by pair, and how text is escaped there.

use std::borrow::Cow;

use super::{
    inputs::{Input, form::Place},
    mended::{mended, read_as, visible},
    message::Message,
};

/// How HTML writes the `&` between two settings, after its own `&`.
const ENTITIES: &[&str] = &["amp;", "#38;", "#038;", "#x26;", "#X26;"];
/// Signs that a link never held bare: behind a text that ends one they close the sentence around it. What may end a
/// text that somebody wrote by hand (`:`, `?`, `!`, `.`) is not among them.
const FOREIGN: &[char] = &[')', ']', ',', ';', '\'', '"', '*', '<', '>', '|'];

/// The part of `link` that holds settings: a whole address, a fragment with or without `#`, or nothing at all.
/// A `#` within a setting is content.
pub fn fragment<'a>(link: &'a str, said: &mut Vec<Message>) -> Cow<'a, str> {
    let link = link.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}');
    let part = match link.split_once('#') {
        Some((before, _)) if is_setting(before) => link,
        Some((_, after)) => after,
        None => ["%23", "?"].iter().find_map(|sign| after(link, sign, said)).unwrap_or(link),
    };
    let escaped = !part.contains(['=', '＝']) && (part.contains("%3D") || part.contains("%3d"));
    if !escaped {
        return Cow::Borrowed(part);
    }
    said.push(read_as("link", "%3D", "="));
    Cow::Owned(percent_decoded(part))
}

/// Whether `text` begins with the name of a setting and `=`, as an address does not.
fn is_setting(text: &str) -> bool {
    let name = text.split(['=', '＝']).next().unwrap_or_default();
    !name.is_empty() && name.len() < text.len() && is_name(name)
}

/// What stands behind `sign`, in the place of `#`, in the address `link`.
fn after<'a>(link: &'a str, sign: &str, said: &mut Vec<Message>) -> Option<&'a str> {
    let (before, after) = link.split_once(sign).filter(|(before, _)| !before.contains(['=', '＝']))?;
    (before.is_empty() || before.contains('/')).then(|| {
        said.push(read_as("link", sign, "#"));
        after
    })
}

fn is_name(key: &str) -> bool {
    key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The input that stands in links as `key=text`.
pub fn readable(key: &str) -> Option<Input> {
    Input::ALL.iter().copied().find(|input| input.place() == Place::Readable && input.key() == key)
}

/// The settings of `fragment`, key and value, without escapes and without what was done to them on their way.
pub fn pairs(fragment: &str, said: &mut Vec<Message>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    // By hand nobody begins with the version; links did, also those that ended in a text.
    let by_machine = fragment.starts_with("v=");
    let mut rest = fragment.split('&').peekable();
    let mut entities = false;
    while let Some(raw) = rest.next() {
        let bare = without_entities(raw);
        entities |= bare.len() < raw.len();
        if bare.is_empty() {
            continue;
        }
        let (key, mut value) = match bare.split_once('=') {
            Some((key, value)) => (percent_decoded(key), value.to_owned()),
            None => parted(&percent_decoded(bare), said),
        };
        if by_machine && rest.peek().is_none() && readable(&key).is_some() {
            value = own(&key, &value, said).to_owned();
        }
        divided(key, percent_decoded(&value), &mut found, said);
    }
    if entities {
        said.push(read_as("link", "&amp;", "&"));
    }
    found
}

fn without_entities(mut pair: &str) -> &str {
    while let Some(rest) = ENTITIES.iter().find_map(|entity| pair.strip_prefix(entity)) {
        pair = rest;
    }
    pair
}

/// A setting whose `=` may have become full-width.
fn parted(pair: &str, said: &mut Vec<Message>) -> (String, String) {
    let Some((key, value)) = pair.split_once('＝') else { return (pair.to_owned(), String::new()) };
    said.push(read_as("link", "＝", "="));
    (key.to_owned(), value.to_owned())
}

/// The text `raw` at the end of a link without signs that were put behind it.
fn own<'a>(key: &str, raw: &'a str, said: &mut Vec<Message>) -> &'a str {
    let kept = raw.trim_end_matches(FOREIGN);
    if kept.len() < raw.len() {
        let cut = &raw[kept.len()..];
        said.push(Message::new(
            key,
            format!(
                "{key}: \"{cut}\" at the end of the link was taken for a sign of the sentence around it."
            ),
            format!("{key}：链接末尾的“{cut}”视为上下文的标点，已略去。"),
        ));
    }
    kept
}

/// One setting, or several that full-width signs keep apart; of a text these are content.
fn divided(key: String, value: String, found: &mut Vec<(String, String)>, said: &mut Vec<Message>) {
    let key = named(key, said);
    if readable(&key).is_none()
        && let Some((value, rest)) = value.split_once('＆')
        && let Some((next, after)) = rest.split_once(['=', '＝'])
    {
        said.push(read_as("link", "＆", "&"));
        found.push((key, value.to_owned()));
        return divided(next.to_owned(), after.to_owned(), found, said);
    }
    found.push((key, value));
}

/// The name of a setting without what was put around or into it.
fn named(key: String, said: &mut Vec<Message>) -> String {
    if is_name(&key) {
        return key;
    }
    match mended(&visible(&key))
        .or_else(|| Some(visible(&key)))
        .filter(|name| is_name(name) && !name.is_empty())
    {
        Some(name) => {
            said.push(read_as(&name, &key, &name));
            name
        }
        None => key,
    }
}

/// `link`, which is ASCII, with its last sign escaped if autolinkers would leave it behind.
pub fn closed(mut link: String) -> String {
    if let Some(last) = link.pop() {
        link += &percent_encoded(&[last as u8]);
    }
    link
}

/// Text as bytes; all but letters and digits, which no messenger takes for anything else, as escapes.
pub fn percent_encoded(text: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut written = String::with_capacity(3 * text.len());
    for &byte in text {
        if byte.is_ascii_alphanumeric() {
            written.push(byte.into());
        } else {
            written.push('%');
            written.push(DIGITS[usize::from(byte >> 4)].into());
            written.push(DIGITS[usize::from(byte & 15)].into());
        }
    }
    written
}

/// Messengers and mail programs escape links; an escape that makes no sense stays as it is.
pub fn percent_decoded(string: &str) -> String {
    let bytes = string.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = (bytes[i] == b'%').then(|| bytes.get(i + 1..i + 3)).flatten();
        let byte = hex
            .filter(|hex| hex.iter().all(u8::is_ascii_hexdigit))
            .and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match byte {
            Some(byte) => {
                decoded.push(byte);
                i += 3;
            }
            None => {
                decoded.push(bytes[i]);
                i += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}
