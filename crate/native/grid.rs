//! Many runs: a link, and values for some of its settings. Each point of the grid is an experiment.

use std::collections::BTreeSet;

use super::range::{Part, parts};
use crate::experiment::{Draft, Experiment, Message, parameter::Parameter};
use crate::labs;

/// The values of one setting, as they are written in links.
pub struct Axis {
    pub parameter: &'static Parameter,
    pub values: Vec<String>,
}

/// A link with other values in some of its settings: all of every axis with all of the others, the last axis fastest.
pub struct Grid {
    base: Draft,
    pub axes: Vec<Axis>,
    pub len: usize,
}

impl Grid {
    /// The grid around `link`, each of `over` being `KEY=VALUES`, of at most `limit` runs; an `Err` is one sentence.
    pub fn new(link: &str, over: &[impl AsRef<str>], limit: usize) -> Result<Self, String> {
        let base = labs::parse(link);
        if let Some(message) = base.warnings.first() {
            return Err(format!("the link is not taken as it stands: {}", message.en));
        }
        let spread =
            over.iter().map(|axis| spread(&base.experiment, axis.as_ref())).collect::<Result<Vec<_>, _>>()?;
        let mut keys = BTreeSet::new();
        if let Some((twice, _)) = spread.iter().find(|(parameter, _)| !keys.insert(parameter.key)) {
            return Err(format!("{} is given twice; list all its values once", twice.key));
        }
        let count = |parts: &[Part]| parts.iter().map(Part::count).fold(0, u128::saturating_add);
        let runs = spread.iter().map(|(_, parts)| count(parts)).fold(1, u128::saturating_mul);
        if runs > limit as u128 {
            return Err(format!(
                "this grid has {runs} runs, more than {limit}; narrow it, or allow them: --limit {runs}, in Python limit={runs}"
            ));
        }
        let axes =
            spread.into_iter().map(|(parameter, parts)| axis(parameter, &parts)).collect::<Result<_, _>>()?;
        Ok(Self { base: base.experiment.to_draft(), axes, len: runs as usize })
    }

    /// The experiment at point `i`, and what was changed because settings are tied to each other.
    pub fn experiment(&self, i: usize) -> (Experiment, Vec<Message>) {
        let mut draft = self.base.clone();
        let mut rest = i;
        for Axis { parameter, values } in self.axes.iter().rev() {
            draft.values.insert(parameter.key.to_owned(), values[rest % values.len()].as_str().into());
            rest /= values.len();
        }
        labs::from_draft(&draft)
    }
}

/// The setting and the values that `KEY=VALUES` names.
fn spread(base: &Experiment, axis: &str) -> Result<(&'static Parameter, Vec<Part>), String> {
    let (key, list) =
        axis.split_once('=').ok_or_else(|| format!("\"{axis}\" is not KEY=VALUES, such as seed=1..10"))?;
    let own = || base.lab.own_parameters();
    let parameter = own().find(|parameter| parameter.key == key).ok_or_else(|| {
        let keys: Vec<_> = own().map(|parameter| parameter.key).collect();
        format!("\"{key}\" is not a setting of the lab {}; it has {}", base.lab.id, keys.join(", "))
    })?;
    Ok((parameter, parts(list).map_err(|why| format!("{key}: {why}"))?))
}

/// `parts` written out, each value one that `parameter` takes as it stands.
fn axis(parameter: &'static Parameter, parts: &[Part]) -> Result<Axis, String> {
    let (mut values, mut seen) = (Vec::new(), BTreeSet::new());
    for part in parts {
        for written in (0..part.count() as usize).map(|i| part.written(i)) {
            let (value, message) = parameter.kind.read(parameter.key, &written).map_err(|[en, _]| en)?;
            if let Some(message) = message {
                return Err(format!("a value cannot be used as it stands: {}", message.en));
            }
            let value = value.written();
            if !seen.insert(value.clone()) {
                return Err(format!("{}: {value} stands twice", parameter.key));
            }
            values.push(value);
        }
    }
    Ok(Axis { parameter, values })
}
