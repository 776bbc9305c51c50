//! Link ↔ experiment: readable keys for what differs from the default, one key `z` for the rest.
//!
//! `v=4&lab=ddpm&seed=7&sampler=ddim&at=12`. Equal experiments give equal links. What is wrong in a link
//! is answered by a [`Message`] and never obeyed; what was done to it on its way is undone, and said. A link of an older version means what it meant then.
//! `v` is the version; in a lab that has a setting of that name a `v` that is not the first of all pairs is the setting.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{
    Experiment,
    address::{self, closed, percent_encoded, readable},
    catalogue::{Catalogue, VERSION},
    common::COMMON,
    inputs::Input,
    inputs::{Draft, form::Place},
    mended::{BEYOND, meant, shown, visible},
    message::Message,
    packed,
    parameter::number,
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
    let version = read(catalogue, &fragment, &mut draft, &mut warnings);
    if let Some(lab) = catalogue.find(&draft.lab) {
        let opening = if version.is_none() && says_nothing(&draft) { lab.opening } else { &[] };
        let earlier =
            lab.earlier_defaults.iter().filter(|one| version.is_some_and(|version| version <= one.until));
        let meant = opening.iter().copied().chain(earlier.map(|one| (one.key, one.value)));
        for (key, value) in meant {
            draft.values.entry(key.to_owned()).or_insert_with(|| value.into());
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

/// Whether there is nothing in `draft` but the lab and settings of the page: somebody comes to see the lab.
fn says_nothing(draft: &Draft) -> bool {
    let page = |key: &String| COMMON.iter().any(|parameter| parameter.key == *key);
    let Draft { lab, values, .. } = draft;
    let bare = Draft { lab: lab.clone(), values: values.clone(), ..Draft::default() };
    *draft == bare && values.keys().all(page)
}

/// The part of `link` that is read, if it is of a reasonable length.
fn bounded<'a>(link: &'a str, warnings: &mut Vec<Message>) -> Cow<'a, str> {
    let fragment = address::fragment(link, warnings);
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
    Cow::Borrowed("")
}

/// Whether the lab that the pairs name has a setting called v: then only a `v` at the very beginning is the version.
fn has_v(catalogue: &Catalogue, pairs: &[(String, String)]) -> bool {
    let named = pairs.iter().find(|(key, _)| key == "lab");
    let lab = named.map_or(Some(catalogue.default), |(_, id)| catalogue.find(&meant_lab(catalogue, id)));
    lab.is_some_and(|lab| lab.own_parameters().any(|parameter| parameter.key == "v"))
}

/// The lab that was plainly meant, without saying so.
fn meant_lab(catalogue: &Catalogue, id: &str) -> String {
    meant("lab", id.to_owned(), &|id| catalogue.find(id).is_some(), &mut Vec::new())
}

/// Puts what the pairs of `fragment` say into `draft`; the answer is the version that it says it was written in.
fn read(catalogue: &Catalogue, fragment: &str, draft: &mut Draft, said: &mut Vec<Message>) -> Option<u64> {
    let (mut version, mut z) = (None, None);
    let mut seen = BTreeSet::new();
    let pairs = address::pairs(fragment, said);
    let has_v = has_v(catalogue, &pairs);
    for (i, (key, value)) in pairs.into_iter().enumerate() {
        let of_the_lab = has_v && i > 0 && key == "v";
        // The version and a setting of its name may both stand in a link.
        let name = if of_the_lab { "v, the setting".to_owned() } else { key.clone() };
        if !seen.insert(name) {
            said.push(Message::new(
                &*key,
                format!("\"{}\" stands twice in the link; the first one counts.", shown(&key)),
                format!("链接中“{}”出现了两次，以第一个为准。", shown(&key)),
            ));
            continue;
        }
        let wrong = match (key.as_str(), readable(&key)) {
            (_, Some(input)) => draft.take(input, value.as_bytes()).is_none().then(|| unreadable(&key)),
            ("v", _) if !of_the_lab => {
                let value = meant("v", value, &|value| value.parse::<u64>().is_ok(), said);
                version = Some(value.parse().unwrap_or(VERSION));
                check_version(&value)
            }
            ("lab", _) => {
                draft.lab = meant("lab", value, &|value| catalogue.find(value).is_some(), said);
                None
            }
            ("at", _) => {
                let value = meant("at", value, &|value| number(value).is_some(), said);
                draft.at = number(&value);
                draft.at.is_none().then(|| Message::not_a_step(&value))
            }
            ("check", _) => {
                draft.check = Some(value);
                None
            }
            ("z", _) => {
                z = Some(value);
                None
            }
            _ => {
                draft.values.insert(key.chars().take(40).collect(), value.into());
                None
            }
        };
        said.extend(wrong);
    }
    if let Some(z) = z {
        let wrong = unpack(&z, draft).unwrap_or_else(|wrong| {
            let Some(lab) = catalogue.find(&draft.lab).filter(|lab| lab.takes(Input::Expressions).is_some())
            else {
                return Some(wrong);
            };
            let Some(formulas) = formulas(&z) else { return Some(wrong) };
            draft.expressions = formulas;
            for (key, value) in lab.formulas_choose {
                draft.values.entry((*key).to_owned()).or_insert_with(|| (*value).into());
            }
            None
        });
        said.extend(wrong);
    }
    version
}

/// Longest text of letters and digits alone that is a formula and not a damaged `z`.
const LONGEST_WORD: usize = 12;

/// Formulas that somebody wrote into `z` as they are, with `;` between them.
fn formulas(z: &str) -> Option<Vec<String>> {
    let packed = |sign: char| sign.is_ascii_alphanumeric() || sign == '-' || sign == '_';
    let written = !z.is_empty() && (z.chars().count() <= LONGEST_WORD || z.chars().any(|sign| !packed(sign)));
    written.then(|| z.split(';').map(|formula| formula.trim().to_owned()).collect())
}

/// Puts what `z` holds into `draft`, also if it lost or gained something at its end on its way: then it says so.
fn unpack(z: &str, draft: &mut Draft) -> Result<Option<Message>, Message> {
    let Err(wrong) = packed::unpack(z, draft) else { return Ok(None) };
    let seen = visible(z);
    let foreign = |sign: char| !sign.is_ascii_alphanumeric() && sign != '-' && sign != '_';
    let inner = seen.trim_start_matches(foreign).split(BEYOND).next().unwrap_or_default();
    let inner = inner.trim_end_matches(foreign);
    let whole = |z: &String| {
        let mut alone = Draft::default();
        packed::unpack(z, &mut alone).is_ok() && (*z == inner || packed::pack(&alone).as_ref() == Some(z))
    };
    // Autolinkers leave these two behind, too; links do not end in them any more. Where both would do nobody knows.
    let shorter = inner.strip_suffix('_');
    let longer = ["", "_", "-"].map(|end| format!("{inner}{end}"));
    let mut mended = longer.into_iter().chain(shorter.map(str::to_owned)).filter(whole);
    let (Some(mended), None) = (mended.next(), mended.next()) else { return Err(wrong) };
    packed::unpack(&mended, draft).map_err(|_| wrong)?;
    Ok(Some(Message::new(
        "z",
        "What was drawn or edited (z in the link) had lost or gained a sign on its way; it was mended.",
        "链接中手绘或编辑的内容（z）在途中多了或少了字符，已修复。",
    )))
}

fn unreadable(key: &str) -> Message {
    Message::new(
        key,
        format!("{key}: what the link says cannot be read and was left out."),
        format!("{key}：链接中的内容无法读取，已略去。"),
    )
}

/// The canonical link, without `#`. It ends in a letter or a digit, and never with a text: what a chat puts behind it
/// can be told from it.
pub fn format(experiment: &Experiment) -> String {
    let mut pairs = vec![("v", VERSION.to_string()), ("lab", experiment.lab.id.to_owned())];
    for parameter in experiment.lab.all_parameters() {
        let value = &experiment.values()[parameter.key];
        if parameter.named || *value != parameter.kind.default_value() {
            pairs.push((parameter.key, value.written()));
        }
    }
    pairs.extend(experiment.at.map(|at| ("at", at.to_string())));
    let inputs = experiment.inputs.draft();
    for (input, content) in inputs.given() {
        if input.place() == Place::Readable {
            pairs.push((input.key(), percent_encoded(&content)));
        }
    }
    pairs.extend(packed::pack(&inputs).map(|z| ("z", z)));
    pairs.extend(experiment.check.clone().map(|check| ("check", check)));
    if pairs.last().is_some_and(|(key, _)| readable(key).is_some()) {
        pairs.rotate_left(1);
    }
    let written: Vec<_> = pairs.iter().map(|(key, value)| format!("{key}={value}")).collect();
    closed(written.join("&"))
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
                shown(value)
            ),
            format!("v：“{}”不是有效版本，按版本 {VERSION} 读取。", shown(value)),
        )),
    }
}
