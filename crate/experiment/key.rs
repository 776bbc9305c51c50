//! What a part of a session depends on, as text: equal keys, equal numbers.

use super::{Experiment, link, parameter::Affects};

impl Experiment {
    /// The canonical text of everything in the experiment that affects any of `parts`.
    pub fn key(&self, parts: &[Affects]) -> String {
        let mut values = self.values().clone();
        for parameter in self.lab.all_parameters().filter(|parameter| !parameter.concerns(parts)) {
            values.insert(parameter.key, parameter.kind.default_value());
        }
        let mut concerned = self.with_values(values);
        concerned.inputs = self.inputs.only(|input| {
            let affects = self.lab.takes(input).map_or(&[][..], |one| one.affects);
            affects.iter().any(|part| parts.contains(part))
        });
        (concerned.at, concerned.check) = (None, None);
        link::format(&concerned)
    }
}
