//! What a lab says of itself, and the catalogue of all labs, which is handed in: nothing here knows one by name.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::{
    Experiment,
    common::COMMON,
    inputs::Input,
    message::Message,
    parameter::{Affects, Parameter, Reference, Text, Values, text},
};

/// The version of the schema, and of the links that are written. It also says which operators a fingerprint was made with:
/// those of 3 are fused, those before summed in other orders, so that their last bits differ; and which defaults it leaves out.
pub const VERSION: u64 = 4;

/// Parameters that a page shows together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    pub id: &'static str,
    pub title: Text,
}

/// Shorthand for the lists of groups.
pub const fn group(id: &'static str, en: &'static str, zh: &'static str) -> Group {
    Group { id, title: text(en, zh) }
}

/// An input that a lab takes, and what changes with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InputUse {
    pub input: Input,
    pub affects: &'static [Affects],
}

/// The engine that a lab needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Needs {
    /// No networks, ever.
    Core,
    /// Pure mathematics, which has an engine of its own, so that no other lab fetches it.
    Maths,
    /// No networks for its first states.
    CoreThenNetworks,
    /// Networks from the first state on.
    Networks,
}

/// Whether a graphics processor does some work of an experiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Webgpu {
    /// It has nothing to ask there.
    Never,
    /// It can, and is not known to be faster: where a visitor asks for it.
    Asked,
    /// It can be faster: where it was measured to be.
    Measured,
}

/// A default that links once left out.
pub struct EarlierDefault {
    /// The last version of links that meant it.
    pub until: u64,
    pub key: &'static str,
    pub value: &'static str,
}

/// All that can be known of a lab without opening it.
pub struct About {
    pub id: &'static str,
    pub title: Text,
    /// What happens here, in a sentence.
    pub line: Text,
    /// What a visitor may come to find out, as one question.
    pub question: Text,
    /// The article that it makes touchable.
    pub article: Reference,
    /// In the order in which they are shown.
    pub groups: &'static [Group],
    /// Tables of parameters; the order is that of links.
    pub parameters: &'static [&'static [Parameter]],
    /// The keys of those that one begins with; the others come when they are asked for. All, if none is named.
    pub first: &'static [&'static str],
    /// What else a visitor may give it.
    pub inputs: &'static [InputUse],
    /// The keys of the parameters that a fork may change.
    pub forks: &'static [&'static str],
    /// Tasks that belong before the first state: what a link promises must be there.
    pub prepares: &'static [&'static str],
    /// Tasks that readouts wait for, done when nothing else is asked for.
    pub measures: &'static [&'static str],
    /// The frames that say what the state shown is.
    pub frames: &'static [&'static str],
    /// The shipped weights that an experiment needs, `models/<name>.safetensors`; of several, which are handed over one after another, the
    /// names with a space between.
    pub model: fn(&Experiment) -> Option<Cow<'static, str>>,
    /// The rules that tie parameters together.
    pub normalise: fn(&mut Values, &mut Vec<Message>),
    pub engine: Needs,
    /// Whether a graphics processor does an experiment's work: that of the task of this name, or its steps.
    pub webgpu: fn(&Experiment, Option<&str>) -> Webgpu,
    /// What a newcomer sees first: settings of a link that says nothing of the experiment.
    pub opening: &'static [(&'static str, &'static str)],
    /// What formulas that stand in a link as they are choose, where it says nothing else.
    pub formulas_choose: &'static [(&'static str, &'static str)],
    /// What links up to a version meant by leaving a key out, where that has changed since.
    pub earlier_defaults: &'static [EarlierDefault],
    /// What a page must know besides, by name: it joins the schema.
    pub extra: fn() -> Map<String, Json>,
}

impl About {
    /// What descriptions start from: a lab that takes settings and nothing else.
    pub const PLAIN: Self = Self {
        id: "",
        title: text("", ""),
        line: text("", ""),
        question: text("", ""),
        article: Reference { title: "", href: "" },
        groups: &[],
        parameters: &[],
        first: &[],
        inputs: &[],
        forks: &[],
        prepares: &[],
        measures: &[],
        frames: &[],
        model: |_| None,
        normalise: |_, _| {},
        engine: Needs::Core,
        webgpu: |_, _| Webgpu::Never,
        opening: &[],
        formulas_choose: &[],
        earlier_defaults: &[],
        extra: Map::new,
    };

    /// Its own parameters.
    pub fn own_parameters(&self) -> impl Iterator<Item = &'static Parameter> + use<> {
        self.parameters.iter().copied().flatten()
    }

    /// Its own parameters and the common ones.
    pub fn all_parameters(&self) -> impl Iterator<Item = &'static Parameter> + use<> {
        self.own_parameters().chain(COMMON)
    }

    /// How it uses `input`, if it takes it.
    pub fn takes(&self, input: Input) -> Option<&'static InputUse> {
        self.inputs.iter().find(|one| one.input == input)
    }

    /// The parameters that may differ within one experiment.
    pub fn changeable(&self) -> Vec<&'static Parameter> {
        self.own_parameters().filter(|parameter| self.forks.contains(&parameter.key)).collect()
    }

    /// What a menu says of it, and the engine that it needs.
    fn head(&self) -> Map<String, Json> {
        named([
            ("id", json!(self.id)),
            ("title", json!(self.title)),
            ("line", json!(self.line)),
            ("question", json!(self.question)),
            ("article", json!(self.article)),
            ("engine", json!(self.engine)),
        ])
    }

    /// All that a page needs to show it.
    fn whole(&self) -> Map<String, Json> {
        let inputs: Vec<_> = self.inputs.iter().map(|one| one.input.key()).collect();
        let mut all = self.head();
        all.extend(named([
            ("groups", json!(self.groups)),
            ("first", json!(self.first)),
            ("inputs", json!(inputs)),
            ("forks", json!(self.forks)),
            ("prepares", json!(self.prepares)),
            ("measures", json!(self.measures)),
            ("parameters", json!(listed(self.own_parameters()))),
        ]));
        all
    }
}

impl PartialEq for About {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl std::fmt::Debug for About {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "About({})", self.id)
    }
}

/// Every lab there is.
#[derive(Clone, Copy, Debug)]
pub struct Catalogue {
    pub labs: &'static [&'static About],
    /// The lab of a link that names none.
    pub default: &'static About,
}

impl Catalogue {
    /// The lab called `id`.
    pub fn find(&self, id: &str) -> Option<&'static About> {
        self.labs.iter().copied().find(|lab| lab.id == id)
    }

    /// What to say when there is no lab called `id`.
    pub fn unknown(&self, id: &str) -> Message {
        let shown: String = id.chars().take(40).collect();
        let names: Vec<_> = self.labs.iter().map(|lab| lab.id).collect();
        let (names, default) = (names.join(", "), self.default.id);
        Message::new(
            "lab",
            format!("There is no lab \"{shown}\" here ({names}); \"{default}\" opens instead."),
            format!("这里没有“{shown}”实验（现有：{names}），改为打开“{default}”。"),
        )
    }

    /// What `chailou schema` prints.
    pub fn schema(&self) -> Json {
        let labs: Vec<_> = self.labs.iter().map(|lab| lab.whole()).collect();
        self.described(json!(labs), self.labs)
    }

    /// What a page builds its menu and the controls of one lab from: all labs by their heads, and as `lab` the one called
    /// `id`, or the default, whole. What a visitor waits for must not grow with the number of labs.
    pub fn page(&self, id: &str) -> Json {
        let heads: Vec<_> = self.labs.iter().map(|lab| lab.head()).collect();
        let lab = self.find(id).unwrap_or(self.default);
        let mut page = self.described(json!(heads), &[lab]);
        page["lab"] = lab.whole().into();
        page
    }

    fn described(&self, labs: Json, extra_of: &[&About]) -> Json {
        let mut schema =
            named([("v", json!(VERSION)), ("common", json!(listed(COMMON.iter()))), ("labs", labs)]);
        for lab in extra_of {
            schema.extend((lab.extra)());
        }
        schema.into()
    }
}

fn named<const N: usize>(fields: [(&str, Json); N]) -> Map<String, Json> {
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn listed(parameters: impl Iterator<Item = &'static Parameter>) -> Vec<Json> {
    parameters.map(Parameter::to_json).collect()
}
