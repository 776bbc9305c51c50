//! A parameter: its name, type, range, default, unit and meaning, in one place.
//!
//! Controls, links, the command line and validation all read this.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::message::Message;

/// A text in the page's two languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Text {
    pub en: &'static str,
    pub zh: &'static str,
}

/// Shorthand for the tables of parameters.
pub const fn text(en: &'static str, zh: &'static str) -> Text {
    Text { en, zh }
}

/// Where something is explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Reference {
    pub title: &'static str,
    pub href: &'static str,
}

/// One of the values of a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    pub value: &'static str,
    pub title: Text,
}

/// Shorthand for the tables of choices.
pub const fn choice(value: &'static str, en: &'static str, zh: &'static str) -> Choice {
    Choice { value, title: text(en, zh) }
}

/// What values a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A 64-bit unsigned number, decimal.
    Seed {
        default: u64,
    },
    Integer {
        min: usize,
        max: usize,
        default: usize,
    },
    /// `step` is the grain of a slider; values in between are kept as they are.
    Number {
        min: f64,
        max: f64,
        step: f64,
        default: f64,
    },
    Choice {
        options: &'static [Choice],
        default: &'static str,
    },
}

/// The condition under which a control is of use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ShownWhen {
    pub key: &'static str,
    pub is: &'static [&'static str],
}

/// What changes with a value, besides the link. A value may affect several; what depends on several parts of a session
/// depends on the values that affect any of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Affects {
    /// How the page looks and where it computes; no number.
    Page,
    /// What is looked at, or measured beside the run for looking at it.
    View,
    /// The states of the run.
    Run,
    /// Which network it is that is trained or fetched; all that asks a network depends on these, too.
    Network,
    /// Who races, and how far.
    Race,
    /// How far something goes, not what it is: what was made stays true.
    Reach,
}

/// A parameter of a lab.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter {
    pub key: &'static str,
    pub kind: Kind,
    pub title: Text,
    /// One paragraph.
    pub help: Text,
    pub link: Option<Reference>,
    /// TeX.
    pub symbol: &'static str,
    pub unit: &'static str,
    /// The id of a group of the lab.
    pub group: &'static str,
    pub affects: &'static [Affects],
    pub shown_when: Option<ShownWhen>,
}

impl Parameter {
    /// What the tables start from.
    pub const fn of(group: &'static str, affects: &'static [Affects]) -> Self {
        Self {
            key: "",
            kind: Kind::Seed { default: 0 },
            title: text("", ""),
            help: text("", ""),
            link: None,
            symbol: "",
            unit: "",
            group,
            affects,
            shown_when: None,
        }
    }

    /// Whether it affects any of `parts`.
    pub fn concerns(&self, parts: &[Affects]) -> bool {
        self.affects.iter().any(|part| parts.contains(part))
    }

    /// The parameter as `chailou schema` and the page see it.
    pub fn to_json(&self) -> Json {
        let mut json = json!({
            "key": self.key, "title": self.title, "help": self.help, "link": self.link,
            "symbol": self.symbol, "unit": self.unit, "group": self.group, "affects": self.affects,
            "shown_when": self.shown_when,
        });
        let kind = match self.kind {
            Kind::Seed { default } => json!({"kind": "seed", "default": default.to_string()}),
            Kind::Integer { min, max, default } => {
                json!({"kind": "integer", "min": min, "max": max, "step": 1, "default": default})
            }
            Kind::Number { min, max, step, default } => {
                json!({"kind": "number", "min": min, "max": max, "step": step, "default": default})
            }
            Kind::Choice { options, default } => {
                json!({"kind": "choice", "options": options, "default": default})
            }
        };
        if let (Json::Object(all), Json::Object(kind)) = (&mut json, kind) {
            all.extend(kind);
        }
        json
    }
}

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Seed(u64),
    Integer(usize),
    Number(f64),
    Choice(&'static str),
}

/// Every parameter's value by its key.
pub type Values = BTreeMap<&'static str, Value>;

impl Value {
    /// The canonical written form: equal values are written equally.
    pub fn written(&self) -> String {
        match self {
            Value::Seed(seed) => seed.to_string(),
            Value::Integer(integer) => integer.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Choice(choice) => choice.to_string(),
        }
    }

    /// Numbers as numbers; seeds as strings, since a double cannot hold 64 bits.
    pub fn to_json(&self) -> Json {
        match self {
            Value::Seed(seed) => json!(seed.to_string()),
            Value::Integer(integer) => json!(integer),
            Value::Number(number) => json!(number),
            Value::Choice(choice) => json!(choice),
        }
    }
}

impl Kind {
    pub fn default_value(&self) -> Value {
        match *self {
            Kind::Seed { default } => Value::Seed(default),
            Kind::Integer { default, .. } => Value::Integer(default),
            Kind::Number { default, .. } => Value::Number(default),
            Kind::Choice { default, .. } => Value::Choice(default),
        }
    }

    /// Reads a written value. Out of range: clamped, with a message. Unreadable: the message alone.
    pub fn read(&self, key: &str, written: &str) -> Result<(Value, Option<Message>), Message> {
        let refuse = |why_en: &str, why_zh: &str| {
            let shown: String = written.chars().take(40).collect();
            Message::new(
                key,
                format!("{key}: \"{shown}\" {why_en}, so the default stays."),
                format!("{key}：“{shown}”{why_zh}，保留默认值。"),
            )
        };
        match *self {
            Kind::Seed { .. } => match written.parse() {
                Ok(seed) => Ok((Value::Seed(seed), None)),
                Err(_) => Err(refuse("is not a whole number below 2^64", "不是小于 2^64 的整数")),
            },
            Kind::Integer { min, max, .. } => match written.parse::<f64>() {
                Ok(number) if number.is_finite() && number.fract() == 0.0 => {
                    let kept = number.clamp(min as f64, max as f64);
                    let warning =
                        (kept != number).then(|| clamped(key, written, kept, min as f64, max as f64));
                    Ok((Value::Integer(kept as usize), warning))
                }
                _ => Err(refuse("is not a whole number", "不是整数")),
            },
            Kind::Number { min, max, .. } => match written.parse::<f64>() {
                Ok(number) if number.is_finite() => {
                    // Adding zero turns -0 into 0, so that equal values are written equally.
                    let kept = number.clamp(min, max) + 0.0;
                    let warning = (kept != number).then(|| clamped(key, written, kept, min, max));
                    Ok((Value::Number(kept), warning))
                }
                _ => Err(refuse("is not a finite number", "不是有限的数")),
            },
            Kind::Choice { options, .. } => match options.iter().find(|option| option.value == written) {
                Some(option) => Ok((Value::Choice(option.value), None)),
                None => {
                    let names: Vec<_> = options.iter().map(|option| option.value).collect();
                    let names = names.join(", ");
                    Err(refuse(&format!("is none of {names}"), &format!("不在 {names} 之中")))
                }
            },
        }
    }
}

fn clamped(key: &str, written: &str, kept: f64, min: f64, max: f64) -> Message {
    let shown: String = written.chars().take(40).collect();
    Message::new(
        key,
        format!("{key}: {shown} lies outside {min} to {max}; {kept} is used."),
        format!("{key}：{shown} 超出 {min} 到 {max} 的范围，改用 {kept}。"),
    )
}
