//! Who writes: the choices of the setting `model`.

use std::borrow::Cow;

use crate::experiment::Experiment;
use crate::train::small::{file::shipped, reader::Scheme};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    Shakespeare,
    /// Writes regular poems.
    Tang,
    /// One of several small networks that differ in what tells places apart; number `seed` of its scheme, from 1.
    Places {
        scheme: Scheme,
        seed: usize,
    },
    /// A small network that is trained here.
    Toy,
}

impl Model {
    pub fn of(experiment: &Experiment) -> Self {
        match experiment.choice("model") {
            "shakespeare" => Self::Shakespeare,
            "tang" => Self::Tang,
            "places" => Self::Places {
                scheme: Scheme::named(experiment.choice("scheme")).expect("the schema lists schemes"),
                seed: experiment.integer("member"),
            },
            "toy" => Self::Toy,
            other => unreachable!("the schema has no model {other}"),
        }
    }

    /// The file of weights that it ships as, `models/<name>.safetensors`, if it does.
    pub fn file(self) -> Option<Cow<'static, str>> {
        match self {
            Self::Shakespeare => Some("shakespeare".into()),
            Self::Tang => Some("tang".into()),
            Self::Places { scheme, seed } => Some(shipped(scheme, seed).into()),
            Self::Toy => None,
        }
    }

    /// What one that ships reads where the visitor wrote nothing.
    pub fn prompt(self) -> &'static str {
        match self {
            Self::Shakespeare | Self::Places { .. } => "ROMEO:\n",
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
    use crate::train::small::file::SEEDS;

    fn options(key: &str) -> impl Iterator<Item = &'static str> {
        let parameter = ABOUT.own_parameters().find(|parameter| parameter.key == key).unwrap();
        let Kind::Choice { options, .. } = parameter.kind else { panic!("a choice") };
        options.iter().map(|option| option.value)
    }

    /// What the page fetches is what is opened.
    #[test]
    fn the_page_fetches_the_file_that_is_opened() {
        let catalogue = Catalogue { labs: &[&ABOUT], default: &ABOUT };
        for link in ["model=tang", "model=toy", "model=places&scheme=nope&member=3"] {
            let experiment = link::parse(&catalogue, &format!("lab=attention&{link}")).experiment;
            assert_eq!((ABOUT.model)(&experiment), Model::of(&experiment).file(), "{link}");
        }
    }

    /// Of a link; would panic at a choice that is not known.
    fn model(link: &str) -> Model {
        let catalogue = Catalogue { labs: &[&ABOUT], default: &ABOUT };
        Model::of(&link::parse(&catalogue, &format!("lab=attention&{link}")).experiment)
    }

    #[test]
    fn every_choice_of_the_schema_is_a_model() {
        for name in options("model") {
            let model = model(&format!("model={name}"));
            assert!(matches!(model, Model::Places { .. }) || model.file().is_none_or(|file| file == name));
        }
        let schemes: Vec<_> = options("scheme").collect();
        assert_eq!(schemes, Scheme::ALL.map(Scheme::name));
        for scheme in schemes {
            let model = model(&format!("model=places&scheme={scheme}&member=9"));
            assert_eq!(model.file().unwrap(), format!("stretch/{scheme}-{SEEDS}"));
        }
    }
}
