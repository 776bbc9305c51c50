//! A run of a sweep: what is to be run, and what came out of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::experiment::{Experiment, Message, link, parameter::Value};
use crate::math::digest::sha256;
use crate::native::{grid::Grid, models::Models, outcome};

/// One run of the grid.
pub struct Run {
    /// What it is known by: the link to the state that is wanted, and the weights that it asks.
    pub key: String,
    pub experiment: Experiment,
    pub warnings: Vec<Message>,
}

/// The hashes of weights, each file read once.
pub struct Weights<'a> {
    models: &'a Models,
    known: BTreeMap<String, String>,
}

impl<'a> Weights<'a> {
    pub fn new(models: &'a Models) -> Self {
        Self { models, known: BTreeMap::new() }
    }

    fn digest(&mut self, names: &str) -> Result<String, String> {
        if let Some(known) = self.known.get(names) {
            return Ok(known.clone());
        }
        let digest = sha256(&self.models.read_all(names)?)[..16].to_owned();
        self.known.insert(names.to_owned(), digest.clone());
        Ok(digest)
    }
}

/// What came out of a run, as the journal holds it. Numbers are written as text, which keeps their bits and takes those that are no number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    pub key: String,
    /// The link to the state that was reached.
    pub link: String,
    pub step: Option<usize>,
    pub readouts: Vec<Measured>,
    pub fingerprint: Option<String>,
    pub text: Option<String>,
    pub warnings: Vec<String>,
    pub error: Option<String>,
}

/// A readout.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    pub id: String,
    #[serde(with = "exact")]
    pub value: Option<f64>,
    #[serde(with = "exact")]
    pub expected: Option<f64>,
    pub verdict: String,
}

impl Run {
    /// Point `i` of `grid`, to be run to `at` if that is said.
    pub fn at(grid: &Grid, i: usize, at: Option<usize>, weights: &mut Weights<'_>) -> Result<Self, String> {
        let (mut experiment, warnings) = grid.experiment(i);
        experiment.at = at.or(experiment.at);
        experiment.check = None;
        let mut key = link::format(&experiment);
        if let Some(names) = (experiment.lab.model)(&experiment) {
            key = format!("{key} weights={}", weights.digest(&names)?);
        }
        Ok(Self { key, experiment, warnings })
    }

    /// The value of one of its settings.
    pub fn value(&self, key: &str) -> &Value {
        &self.experiment.values()[key]
    }

    /// Runs it. A run that fails is a row that says so.
    pub fn row(&self, models: &Models) -> Row {
        let run = || outcome::run(&self.experiment, models, None);
        let outcome = std::panic::catch_unwind(run).unwrap_or_else(|fault| {
            Err(format!("a fault of the engine, please report it: {}", said(&*fault)))
        });
        let warnings = self.warnings.iter().map(|message| message.en.clone());
        let key = self.key.clone();
        match outcome {
            Err(error) => Row {
                link: link::format(&self.experiment),
                key,
                step: None,
                readouts: Vec::new(),
                fingerprint: None,
                text: None,
                warnings: warnings.collect(),
                error: Some(error),
            },
            Ok(outcome) => {
                let mut reached = self.experiment.clone();
                reached.at = (outcome.status.length > 0).then_some(outcome.status.at);
                let measured = outcome.readouts.iter().map(|readout| Measured {
                    id: readout.id.to_owned(),
                    value: readout.value,
                    expected: readout.expected,
                    verdict: format!("{:?}", readout.verdict).to_lowercase(),
                });
                Row {
                    key,
                    link: link::format(&reached),
                    step: Some(outcome.status.at),
                    readouts: measured.collect(),
                    fingerprint: Some(outcome.fingerprint),
                    text: outcome.text,
                    warnings: warnings
                        .chain(outcome.warnings.into_iter().map(|message| message.en))
                        .collect(),
                    error: None,
                }
            }
        }
    }
}

/// What a fault said.
fn said(fault: &(dyn std::any::Any + Send)) -> &str {
    let text = fault.downcast_ref::<String>().map(String::as_str);
    text.or(fault.downcast_ref::<&str>().copied()).unwrap_or("it said nothing")
}

/// Numbers as text, to the bit.
mod exact {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    pub fn serialize<S: Serializer>(number: &Option<f64>, to: S) -> Result<S::Ok, S::Error> {
        number.map(|number| format!("{number:?}")).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<f64>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        text.map(|text| text.parse().map_err(D::Error::custom)).transpose()
    }
}
