//! Link ↔ experiment: readable keys for what differs from the default, one key `z` for the rest.
//!
//! `v=2&lab=ddpm&seed=7&sampler=ddim&at=12`. Equal experiments give equal links. What is wrong in a link
//! is answered by a [`Message`] and never obeyed. A link of an older version means what it meant then.

use super::{Draft, Experiment, Message, PROMPT, packed};
use crate::labs;

/// The version of the schema that this engine writes.
pub const VERSION: u64 = 2;
/// Longest fragment that is looked at, in bytes.
pub const MAX_LENGTH: usize = 64 * 1024;
const MAX_WARNINGS: usize = 20;

/// What could be used of a link, and what could not.
pub struct Parsed {
    pub experiment: Experiment,
    pub warnings: Vec<Message>,
}

/// Reads a link: a whole address, a fragment with or without `#`, or nothing at all.
pub fn parse(link: &str) -> Parsed {
    let mut warnings = Vec::new();
    let fragment = link.split_once('#').map_or(link, |(_, fragment)| fragment);
    let fragment = if fragment.len() > MAX_LENGTH {
        warnings.push(Message::new(
            "link",
            format!(
                "The link is {} bytes long; at most {MAX_LENGTH} are read. The lab opens with its defaults.",
                fragment.len()
            ),
            format!("链接长 {} 字节，最多读取 {MAX_LENGTH} 字节。实验以默认设置打开。", fragment.len()),
        ));
        ""
    } else {
        fragment
    };

    let mut draft = Draft { lab: labs::DEFAULT.id.to_string(), ..Draft::default() };
    let mut version_1 = false;
    let mut seen = std::collections::BTreeSet::new();
    for pair in fragment.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (key, value) = (percent_decoded(key), percent_decoded(value));
        if !seen.insert(key.clone()) {
            warnings.push(Message::new(
                &*key,
                format!("\"{}\" stands twice in the link; the first one counts.", shortened(&key)),
                format!("链接中“{}”出现了两次，以第一个为准。", shortened(&key)),
            ));
            continue;
        }
        match key.as_str() {
            "v" => {
                version_1 = value == "1";
                warnings.extend(check_version(&value));
            }
            "lab" => draft.lab = value,
            PROMPT => draft.prompt = Some(value),
            "at" => match value.parse::<u32>() {
                Ok(at) => draft.at = Some(f64::from(at)),
                Err(_) => warnings.push(Message::new(
                    "at",
                    format!("at: \"{}\" is not a step; the start is shown.", shortened(&value)),
                    format!("at：“{}”不是步数，从头显示。", shortened(&value)),
                )),
            },
            "check" if is_fingerprint(&value) => draft.check = Some(value),
            "check" => warnings.push(Message::new(
                "check",
                "The fingerprint in the link cannot be read, so the result is not compared.",
                "链接中的指纹无法读取，不作比对。",
            )),
            "z" => match packed::unpack(&value) {
                Ok(packed) => {
                    (draft.pixels, draft.points, draft.branches) =
                        (packed.pixels, packed.points, packed.branches);
                    (draft.text, draft.surgery) = (packed.text, packed.surgery);
                }
                Err(warning) => warnings.push(warning),
            },
            _ => {
                draft.values.insert(shortened(&key), value.into());
            }
        }
    }
    if version_1 {
        for (key, value) in labs::defaults_of_version_1(&draft.lab) {
            draft.values.entry((*key).to_owned()).or_insert_with(|| (*value).into());
        }
    }
    let (experiment, more) = Experiment::from_draft(&draft);
    warnings.extend(more);
    if warnings.len() > MAX_WARNINGS {
        let rest = warnings.len() - MAX_WARNINGS;
        warnings.truncate(MAX_WARNINGS);
        warnings.push(Message::new(
            "link",
            format!("{rest} more problems in this link."),
            format!("链接中还有 {rest} 处问题。"),
        ));
    }
    Parsed { experiment, warnings }
}

/// The canonical link, without `#`.
pub fn format(experiment: &Experiment) -> String {
    let mut link = format!("v={VERSION}&lab={}", experiment.lab.id);
    let mut push = |key: &str, value: &str| {
        link.push('&');
        link.push_str(key);
        link.push('=');
        link.push_str(value);
    };
    for parameter in experiment.lab.all_parameters() {
        let value = &experiment.values()[parameter.key];
        if *value != parameter.kind.default_value() {
            push(parameter.key, &value.written());
        }
    }
    if let Some(at) = experiment.at {
        push("at", &at.to_string());
    }
    if let Some(prompt) = &experiment.prompt {
        push(PROMPT, &percent_encoded(prompt));
    }
    if let Some(z) = packed::pack(&experiment.packed()) {
        push("z", &z);
    }
    if let Some(check) = &experiment.check {
        push("check", check);
    }
    link
}

/// Whether `check` has the letters and the length of a fingerprint.
pub fn is_fingerprint(check: &str) -> bool {
    (1..=120).contains(&check.len())
        && check.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}

fn check_version(value: &str) -> Option<Message> {
    match value.parse::<u64>() {
        Ok(1..=VERSION) => None,
        Ok(version) if version > VERSION => Some(Message::new(
            "v",
            format!(
                "This link was made by a newer Chailou (version {version}; this page knows {VERSION}). What could be read is used; reload the page to get the newest one."
            ),
            format!(
                "此链接由更新的拆楼生成（版本 {version}，本页为 {VERSION}）。已采用能读懂的部分；刷新页面可得到最新版。"
            ),
        )),
        _ => Some(Message::new(
            "v",
            format!(
                "v: \"{}\" is not a version of this page; the link is read as version {VERSION}.",
                shortened(value)
            ),
            format!("v：“{}”不是有效版本，按版本 {VERSION} 读取。", shortened(value)),
        )),
    }
}

fn shortened(string: &str) -> String {
    string.chars().take(40).collect()
}

/// The bytes of `string`, those that mean something in an address or to a messenger as escapes.
fn percent_encoded(string: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let written = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    string.bytes().map(written).collect()
}

/// Messengers and mail programs escape links; an escape that makes no sense stays as it is.
fn percent_decoded(string: &str) -> String {
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
