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

/// What a control explains, what a menu says. An engine that everybody waits for is `terse` and leaves it out: the page reads it in what the build wrote
/// down, `schema/<lab>.json`.
pub const fn help(en: &'static str, zh: &'static str) -> Text {
    if cfg!(feature = "terse") { text("", "") } else { text(en, zh) }
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
    Choice { value, title: help(en, zh) }
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
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Parameter {
    pub key: &'static str,
    #[serde(skip)]
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
    /// A second condition, where one is not enough.
    pub and_when: Option<ShownWhen>,
    /// Whether a link says it even at its default: the page may begin with another value, by the visitor's language.
    #[serde(skip)]
    pub named: bool,
}

impl Parameter {
    /// A number with its symbol and where it is explained, on which the run depends.
    pub const fn number(
        key: &'static str,
        group: &'static str,
        (min, max, step, default): (f64, f64, f64, f64),
        symbol: &'static str,
        link: Reference,
    ) -> Self {
        Self {
            key,
            kind: Kind::Number { min, max, step, default },
            symbol,
            link: Some(link),
            ..Self::of(group, &[Affects::Run])
        }
    }

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
            and_when: None,
            named: false,
        }
    }

    /// Whether it affects any of `parts`.
    pub fn concerns(&self, parts: &[Affects]) -> bool {
        self.affects.iter().any(|part| parts.contains(part))
    }

    /// The parameter as `chailou schema` and the page see it.
    pub fn to_json(&self) -> Json {
        let (kind, more) = match self.kind {
            Kind::Seed { default } => ("seed", vec![("default", json!(default.to_string()))]),
            Kind::Integer { min, max, default } => ("integer", range([min, max, 1, default])),
            Kind::Number { min, max, step, default } => ("number", range([min, max, step, default])),
            Kind::Choice { options, default } => {
                ("choice", vec![("options", json!(options)), ("default", json!(default))])
            }
        };
        let mut json = serde_json::to_value(self).expect("texts and lists");
        let all = json.as_object_mut().expect("a parameter has fields");
        all.insert("kind".to_owned(), json!(kind));
        all.extend(more.into_iter().map(|(name, value)| (name.to_owned(), value)));
        json
    }
}

fn range<N: Serialize>(numbers: [N; 4]) -> Vec<(&'static str, Json)> {
    ["min", "max", "step", "default"].into_iter().zip(numbers.map(|number| json!(number))).collect()
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

    /// Reads a written value. A number out of range becomes the nearest within, and a value that something was put around
    /// on its way what it plainly was, each with a message. The error says, in both languages and without
    /// its end, why it is no value at all.
    pub fn read(&self, key: &str, written: &str) -> Result<(Value, Option<Message>), [String; 2]> {
        let nearest = self.nearest(written);
        let exact = nearest.is_some();
        let inner = || mended(written).and_then(|inner| self.nearest(&inner));
        match nearest.or_else(inner) {
            // 1e6 is a number of a million, but will be written as that.
            Some((value, true)) => {
                let used = value.written();
                let same = exact && (used == written || matches!(value, Value::Number(_)));
                Ok((value, (!same).then(|| read_as(key, written, &used))))
            }
            Some((value, false)) => {
                let said = self.clamped(key, written, &value.written());
                Ok((value, Some(said)))
            }
            None => Err(self.refusal(key, written)),
        }
    }

    /// The allowed value nearest to `written`, and whether it is that; `None` if it is nothing of this kind.
    fn nearest(&self, written: &str) -> Option<(Value, bool)> {
        match *self {
            Kind::Seed { .. } => {
                if let Ok(seed) = written.parse() {
                    return Some((Value::Seed(seed), true));
                }
                let seed =
                    number(written).filter(|seed| (0.0..2f64.powi(53)).contains(seed) && seed.fract() == 0.0);
                Some((Value::Seed(seed? as u64), true))
            }
            Kind::Integer { min, max, .. } => {
                let number = number(written).filter(|number| number.fract() == 0.0)?;
                let kept = number.clamp(min as f64, max as f64);
                Some((Value::Integer(kept as usize), kept == number))
            }
            Kind::Number { min, max, .. } => {
                let number = number(written)?;
                // Adding zero turns -0 into 0, so that equal values are written equally.
                let kept = number.clamp(min, max) + 0.0;
                Some((Value::Number(kept), kept == number))
            }
            Kind::Choice { options, .. } => {
                let option = options.iter().find(|option| option.value == written)?;
                Some((Value::Choice(option.value), true))
            }
        }
    }

    /// Why `written` is no value of this kind.
    fn refusal(&self, key: &str, written: &str) -> [String; 2] {
        let [en, zh] = match self {
            Kind::Seed { .. } => ["a whole number below 2^64".into(), "小于 2^64 的整数".into()],
            Kind::Integer { .. } => ["a whole number".into(), "整数".into()],
            Kind::Number { .. } => ["a finite number".into(), "有限的数".into()],
            Kind::Choice { options, .. } => {
                let names: Vec<_> = options.iter().map(|option| option.value).collect();
                let names = names.join(", ");
                [format!("one of {names}"), format!("{names} 之一")]
            }
        };
        let written = shown(written);
        [format!("{key}: \"{written}\" is not {en}"), format!("{key}：“{written}”不是{zh}")]
    }

    /// What to say of a number out of range, in whose place `kept` is used.
    fn clamped(&self, key: &str, written: &str, kept: &str) -> Message {
        let (min, max) = match *self {
            Kind::Integer { min, max, .. } => (min as f64, max as f64),
            Kind::Number { min, max, .. } => (min, max),
            _ => (f64::NEG_INFINITY, f64::INFINITY),
        };
        let written = shown(written);
        Message::new(
            key,
            format!("{key}: {written} lies outside {min} to {max}; {kept} is used."),
            format!("{key}：{written} 超出 {min} 到 {max} 的范围，改用 {kept}。"),
        )
    }
}

/// A finite decimal number that ends in a digit: a final point is the end of somebody's sentence.
pub fn number(written: &str) -> Option<f64> {
    let number = written.parse::<f64>().ok().filter(|number| number.is_finite())?;
    written.ends_with(|last: char| last.is_ascii_digit()).then_some(number)
}
