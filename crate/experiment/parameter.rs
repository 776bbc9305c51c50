//! A parameter: its name, type, range, default, unit and meaning, in one place.
//!
//! Controls, links, the command line and validation all read this.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::{
    mended::{mended, read_as, shown},
    message::Message,
};

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

    /// Reads a written value. A number that is not allowed becomes the nearest that is, and a value that something was
    /// put around on its way what it plainly was, each with a message. The error says, in both languages and without
    /// its end, why it is no value at all.
    pub fn read(&self, key: &str, written: &str) -> Result<(Value, Option<Message>), [String; 2]> {
        if let Some(read) = self.read_exactly(key, written, written) {
            return Ok(read);
        }
        let inner = mended(written);
        match inner.and_then(|inner| self.read_exactly(key, &inner, written)) {
            Some((value, said)) => {
                let said = said.unwrap_or_else(|| read_as(key, written, &value.written()));
                Ok((value, Some(said)))
            }
            None => Err(self.refusal(key, written)),
        }
    }

    /// What `inner` says, which was written as `outer`; `None` if it is no value of this kind.
    fn read_exactly(&self, key: &str, inner: &str, outer: &str) -> Option<(Value, Option<Message>)> {
        match *self {
            Kind::Seed { .. } => match inner.parse() {
                Ok(seed) => Some((Value::Seed(seed), None)),
                Err(_) => {
                    let number = number(inner)?;
                    // The cast stays within what a seed can be.
                    let kept = number.round() as u64;
                    let said = if number == kept as f64 && number < 2f64.powi(53) {
                        read_as(key, outer, &kept.to_string())
                    } else {
                        not_allowed(
                            key,
                            outer,
                            ["is not a whole number below 2^64", "不是小于 2^64 的整数"],
                            kept,
                        )
                    };
                    Some((Value::Seed(kept), Some(said)))
                }
            },
            Kind::Integer { min, max, .. } => {
                let number = number(inner)?;
                let kept = number.round().clamp(min as f64, max as f64) as usize;
                let said = match number {
                    n if n < min as f64 || n > max as f64 => Some(clamped(key, outer, kept, min, max)),
                    n if n.fract() != 0.0 => {
                        Some(not_allowed(key, outer, ["is not a whole number", "不是整数"], kept))
                    }
                    _ => None,
                };
                Some((Value::Integer(kept), said))
            }
            Kind::Number { min, max, .. } => {
                let number = number(inner)?;
                // Adding zero turns -0 into 0, so that equal values are written equally.
                let kept = number.clamp(min, max) + 0.0;
                let said = (kept != number).then(|| clamped(key, outer, kept, min, max));
                Some((Value::Number(kept), said))
            }
            Kind::Choice { options, .. } => {
                let option = options.iter().find(|option| option.value == inner)?;
                Some((Value::Choice(option.value), None))
            }
        }
    }

    /// Why `written` is no value of this kind.
    fn refusal(&self, key: &str, written: &str) -> [String; 2] {
        let [en, zh] = match self {
            Kind::Seed { .. } => ["is not a whole number below 2^64".into(), "不是小于 2^64 的整数".into()],
            Kind::Integer { .. } => ["is not a whole number".into(), "不是整数".into()],
            Kind::Number { .. } => ["is not a finite number".into(), "不是有限的数".into()],
            Kind::Choice { options, .. } => {
                let names: Vec<_> = options.iter().map(|option| option.value).collect();
                let names = names.join(", ");
                [format!("is none of {names}"), format!("不在 {names} 之中")]
            }
        };
        let written = shown(written);
        [format!("{key}: \"{written}\" {en}"), format!("{key}：“{written}”{zh}")]
    }
}

/// A finite decimal number that ends in a digit: a final point is the end of somebody's sentence.
pub fn number(written: &str) -> Option<f64> {
    let number = written.parse::<f64>().ok().filter(|number| number.is_finite())?;
    written.ends_with(|last: char| last.is_ascii_digit()).then_some(number)
}

fn clamped<N: std::fmt::Display>(key: &str, written: &str, kept: N, min: N, max: N) -> Message {
    let why_en = format!("lies outside {min} to {max}");
    not_allowed(key, written, [&why_en, &format!("超出 {min} 到 {max} 的范围")], kept)
}

/// What to say of the number `written`, in whose place `kept` is used.
fn not_allowed(key: &str, written: &str, [en, zh]: [&str; 2], kept: impl std::fmt::Display) -> Message {
    let written = shown(written);
    Message::new(
        key,
        format!("{key}: {written} {en}; {kept} is used."),
        format!("{key}：{written} {zh}，改用 {kept}。"),
    )
}
