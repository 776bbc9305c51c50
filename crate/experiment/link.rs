//! Link ↔ experiment: readable keys for what differs from the default, one key `z` for the rest.
//!
//! `v=2&lab=ddpm&seed=7&sampler=ddim&at=12`. Equal experiments give equal links. What is wrong in a link
//! is answered by a [`Message`] and never obeyed. A link of an older version means what it meant then. `v` is the version; in a
//! lab that has a setting of that name a `v` that is not the first of all pairs is the setting.

use std::collections::BTreeSet;

use super::{
    Experiment,
    catalogue::{Catalogue, VERSION},
    inputs::{Draft, Input, form::Place},
    is_fingerprint,
    message::Message,
    packed,
};

/// Longest fragment that is looked at, in bytes.
pub const MAX_LENGTH: usize = 64 * 1024;
const MAX_WARNINGS: usize = 20;

/// What could be used of a link, and what could not.
pub struct Parsed {
    pub experiment: Experiment,
    pub warnings: Vec<Message>,
}

/// Reads a link to one of the labs of `catalogue`: a whole address, a fragment with or without `#`, or nothing at all.
pub fn parse(catalogue: &Catalogue, link: &str) -> Parsed {
    let mut warnings = Vec::new();
    let mut draft = Draft { lab: catalogue.default.id.to_owned(), ..Draft::default() };
    let fragment = bounded(link, &mut warnings);
    let version = read(fragment, has_v(catalogue, fragment), &mut draft, &mut warnings);
    if let (1, Some(lab)) = (version, catalogue.find(&draft.lab)) {
        for (key, value) in lab.defaults_of_version_1 {
            draft.values.entry((*key).to_owned()).or_insert_with(|| (*value).into());
        }
    }
    let (experiment, more) = Experiment::from_draft(catalogue, &draft);
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
/// The part of `link` that is read, if it is of a reasonable length.
fn bounded<'a>(link: &'a str, warnings: &mut Vec<Message>) -> &'a str {
    let fragment = link.split_once('#').map_or(link, |(_, fragment)| fragment);
    if fragment.len() <= MAX_LENGTH {
        return fragment;
    }
    warnings.push(Message::new(
        "link",
        format!(
            "The link is {} bytes long; at most {MAX_LENGTH} are read. The lab opens with its defaults.",
            fragment.len()
        ),
        format!("链接长 {} 字节，最多读取 {MAX_LENGTH} 字节。实验以默认设置打开。", fragment.len()),
    ));
    ""
}

/// Whether the lab that `fragment` names has a setting called v: then only a `v` at the very beginning is the version.
fn has_v(catalogue: &Catalogue, fragment: &str) -> bool {
    let named = fragment.split('&').find_map(|pair| pair.strip_prefix("lab="));
    let lab = named.map_or(Some(catalogue.default), |id| catalogue.find(&percent_decoded(id)));
    lab.is_some_and(|lab| lab.own_parameters().any(|parameter| parameter.key == "v"))
}

/// Puts what the pairs of `fragment` say into `draft`; the answer is the version that it was written in.
fn read(fragment: &str, has_v: bool, draft: &mut Draft, warnings: &mut Vec<Message>) -> u64 {
    let mut version = VERSION;
    let mut seen = BTreeSet::new();
    for (i, pair) in fragment.split('&').filter(|pair| !pair.is_empty()).enumerate() {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (key, value) = (percent_decoded(key), percent_decoded(value));
        let of_the_lab = has_v && i > 0 && key == "v";
        // The version and a setting of its name may both stand in a link.
        let name = if of_the_lab { "v, the setting".to_owned() } else { key.clone() };
        if !seen.insert(name) {
            warnings.push(Message::new(
                &*key,
                format!("\"{}\" stands twice in the link; the first one counts.", shortened(&key)),
                format!("链接中“{}”出现了两次，以第一个为准。", shortened(&key)),
            ));
            continue;
        }
        let wrong = match (key.as_str(), readable(&key)) {
            (_, Some(input)) => draft.take(input, value.as_bytes()).is_none().then(|| unreadable(&key)),
            ("v", _) if !of_the_lab => {
                version = value.parse().unwrap_or(VERSION);
                check_version(&value)
            }
            ("lab", _) => {
                draft.lab = value;
                None
            }
            ("at", _) => read_step(&value, draft),
            ("check", _) if is_fingerprint(&value) => {
                draft.check = Some(value);
                None
            }
            ("check", _) => Some(unreadable_fingerprint()),
            ("z", _) => packed::unpack(&value, draft).err(),
            _ => {
                draft.values.insert(shortened(&key), value.into());
                None
            }
        };
        warnings.extend(wrong);
    }
    version
}

/// The input that stands in links as `key=text`.
fn readable(key: &str) -> Option<Input> {
    Input::ALL.iter().copied().find(|input| input.place() == Place::Readable && input.key() == key)
}

fn read_step(value: &str, draft: &mut Draft) -> Option<Message> {
    match value.parse::<u32>() {
        Ok(at) => {
            draft.at = Some(f64::from(at));
            None
        }
        Err(_) => Some(Message::new(
            "at",
            format!("at: \"{}\" is not a step; the start is shown.", shortened(value)),
            format!("at：“{}”不是步数，从头显示。", shortened(value)),
        )),
    }
}

fn unreadable(key: &str) -> Message {
    Message::new(
        key,
        format!("{key}: what the link says cannot be read and was left out."),
        format!("{key}：链接中的内容无法读取，已略去。"),
    )
}

fn unreadable_fingerprint() -> Message {
    Message::new(
        "check",
        "The fingerprint in the link cannot be read, so the result is not compared.",
        "链接中的指纹无法读取，不作比对。",
    )
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
    let inputs = experiment.inputs.draft();
    for (input, content) in inputs.given() {
        if input.place() == Place::Readable {
            push(input.key(), &percent_encoded(&content));
        }
    }
    if let Some(z) = packed::pack(&inputs) {
        push("z", &z);
    }
    if let Some(check) = &experiment.check {
        push("check", check);
    }
    link
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

/// Text as bytes, those that mean something in an address or to a messenger as escapes.
fn percent_encoded(text: &[u8]) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let written = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.iter().copied().map(written).collect()
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
