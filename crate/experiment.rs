//! An experiment: everything that a link holds. It is valid by construction.
//!
//! Which labs there are is told by a [`Catalogue`] that is handed in.

pub mod address;
pub mod catalogue;
pub mod common;
pub mod composed;
pub mod inputs;
mod key;
pub mod link;
pub mod mended;
pub mod message;
pub mod packed;
pub mod parameter;

use serde_json::Value as Json;

use catalogue::{About, Catalogue};
use inputs::Inputs;
use parameter::{Value, Values};

pub use common::COMMON;
pub use inputs::Draft;
pub use message::Message;
pub use parameter::Text;

/// A lab, the value of each of its parameters, and what the visitor did.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    pub lab: &'static About,
    values: Values,
    /// The step to show; `None`: from the start, playing.
    pub at: Option<usize>,
    /// The fingerprint of the result that the sender saw.
    pub check: Option<String>,
    /// What was given beside the settings.
    pub inputs: Inputs,
}

impl Experiment {
    /// The lab with all its defaults.
    pub fn of(lab: &'static About) -> Self {
        let values = lab.all_parameters().map(|p| (p.key, p.kind.default_value())).collect();
        Self { lab, values, at: None, check: None, inputs: Inputs::default() }
    }

    /// What `draft` says, as far as it can be used; the rest is named in the messages.
    pub fn from_draft(catalogue: &Catalogue, draft: &Draft) -> (Self, Vec<Message>) {
        let mut warnings = Vec::new();
        let lab = catalogue.find(&draft.lab).unwrap_or_else(|| {
            warnings.push(catalogue.unknown(&draft.lab));
            catalogue.default
        });
        let mut experiment = Self::of(lab);
        for (key, value) in &draft.values {
            experiment.set(key, &written(value), &mut warnings);
        }
        experiment.at = draft.at.and_then(|at| step(at, &mut warnings));
        let ends =
            |check: &str| is_fingerprint(check) && check.ends_with(|last: char| last.is_ascii_alphanumeric());
        let check = draft.check.clone().map(|check| mended::meant("check", check, &ends, &mut warnings));
        experiment.check = check.filter(|check| is_fingerprint(check));
        if draft.check.is_some() && experiment.check.is_none() {
            warnings.push(Message::unreadable_fingerprint());
        }
        let takes = |input| lab.takes(input).is_some();
        experiment.inputs = Inputs::accept(draft, takes, &lab.changeable(), &mut warnings);
        experiment.make_it_fit(&mut warnings);
        (lab.normalise)(&mut experiment.values, &mut warnings);
        (experiment, warnings)
    }

    /// The reverse of [`Experiment::from_draft`].
    pub fn to_draft(&self) -> Draft {
        Draft {
            lab: self.lab.id.to_string(),
            values: self.values.iter().map(|(key, value)| (key.to_string(), value.to_json())).collect(),
            at: self.at.map(|at| at as f64),
            check: self.check.clone(),
            ..self.inputs.draft()
        }
    }

    /// What does not fit into a link is cut until it does.
    fn make_it_fit(&mut self, warnings: &mut Vec<Message>) {
        while !packed::fits(&self.inputs.draft()) {
            let Some(warning) = self.inputs.shorten() else { return };
            warnings.push(warning);
        }
    }

    /// The same with other values, which stand as they are: one of every key, each allowed.
    pub fn with_values(&self, values: Values) -> Self {
        Self { values, ..self.clone() }
    }

    /// Sets one parameter from its written form; what is wrong with it goes into `warnings`.
    fn set(&mut self, key: &str, written: &str, warnings: &mut Vec<Message>) {
        let Some(parameter) = self.lab.all_parameters().find(|p| p.key == key) else {
            warnings.push(Message::not_a_setting(key));
            return;
        };
        match parameter.kind.read(parameter.key, written) {
            Ok((value, warning)) => {
                self.values.insert(parameter.key, value);
                warnings.extend(warning);
            }
            Err([en, zh]) => {
                let default = parameter.kind.default_value().written();
                warnings.push(Message::new(
                    parameter.key,
                    format!("{en}; {default}, the default, is used."),
                    format!("{zh}，采用默认值 {default}。"),
                ));
            }
        }
    }

    /// The values in the order of their keys.
    pub fn values(&self) -> &Values {
        &self.values
    }

    /// The seed called `key`. Panics if the lab has none: a bug, not input.
    pub fn seed(&self, key: &str) -> u64 {
        match self.values[key] {
            Value::Seed(seed) => seed,
            ref other => panic!("{key} is {other:?}, not a seed"),
        }
    }

    /// The integer called `key`. Panics if the lab has none: a bug, not input.
    pub fn integer(&self, key: &str) -> usize {
        match self.values[key] {
            Value::Integer(integer) => integer,
            ref other => panic!("{key} is {other:?}, not an integer"),
        }
    }

    /// The number called `key`. Panics if the lab has none: a bug, not input.
    pub fn number(&self, key: &str) -> f64 {
        match self.values[key] {
            Value::Number(number) => number,
            ref other => panic!("{key} is {other:?}, not a number"),
        }
    }

    /// The choice called `key`. Panics if the lab has none: a bug, not input.
    pub fn choice(&self, key: &str) -> &'static str {
        match self.values[key] {
            Value::Choice(choice) => choice,
            ref other => panic!("{key} is {other:?}, not a choice"),
        }
    }
}

/// `value` as a link would hold it: a whole number without a fraction, a string without quotes.
pub(crate) fn written(value: &Json) -> String {
    match value {
        Json::String(string) => string.clone(),
        Json::Number(number) if number.is_f64() => number.as_f64().unwrap_or(f64::NAN).to_string(),
        other => other.to_string(),
    }
}

/// The step that `at` names, the nearest one if it lies between two; what is wrong with it is said.
fn step(at: f64, warnings: &mut Vec<Message>) -> Option<usize> {
    let used = at.round().clamp(0.0, f64::from(u32::MAX));
    if !at.is_finite() || at < 0.0 {
        warnings.push(Message::not_a_step(&at.to_string()));
        return None;
    }
    if used != at {
        warnings.push(mended::read_as("at", &at.to_string(), &used.to_string()));
    }
    Some(used as usize)
}

/// Whether `check` has the letters and the length of a fingerprint.
pub fn is_fingerprint(check: &str) -> bool {
    (1..=120).contains(&check.len())
        && check.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}
