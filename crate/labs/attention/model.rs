//! Who writes: the choices of the setting `model`.

use crate::experiment::Experiment;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    Shakespeare,
    /// Writes regular poems.
    Tang,
    /// A small network that is trained here.
    Toy,
}

impl Model {
    pub fn of(experiment: &Experiment) -> Self {
        match experiment.choice("model") {
            "shakespeare" => Self::Shakespeare,
            "tang" => Self::Tang,
            "toy" => Self::Toy,
            other => unreachable!("the schema has no model {other}"),
        }
    }

    /// The file of weights that it ships as, `models/<name>.safetensors`, if it does.
    pub fn file(self) -> Option<&'static str> {
        match self {
            Self::Shakespeare => Some("shakespeare"),
            Self::Tang => Some("tang"),
            Self::Toy => None,
        }
    }

    /// What one that ships reads where the visitor wrote nothing.
    pub fn prompt(self) -> &'static str {
        match self {
            Self::Shakespeare => "ROMEO:\n",
            Self::Tang => "床前明月光，",
            Self::Toy => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::{catalogue::Catalogue, link, parameter::Kind};
    use crate::labs::attention::about::ABOUT;

    #[test]
    fn every_choice_of_the_schema_is_a_model() {
        let model = ABOUT.own_parameters().find(|parameter| parameter.key == "model").unwrap();
        let Kind::Choice { options, .. } = model.kind else { panic!("a choice") };
        for option in options {
            let link = format!("lab=attention&model={}", option.value);
            // Would panic at one that is not known.
            let model =
                Model::of(&link::parse(&Catalogue { labs: &[&ABOUT], default: &ABOUT }, &link).experiment);
            assert!(model.file().is_none_or(|file| file == option.value));
        }
    }
}
