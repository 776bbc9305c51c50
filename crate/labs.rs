//! The labs: each turns settings into a session that the page pulls.

pub mod attention;
pub mod chosen;
pub mod ddpm;
pub mod points;
pub mod race;
pub mod samplers;
pub mod schedules;
pub mod session;

use serde_json::{Value as Json, json};

use crate::data::gallery::{self, Gallery};
use crate::experiment::{
    COMMON, Experiment, Message, Text, link,
    parameter::{Parameter, Reference, Values},
};
use crate::runtime::{error::SessionError, lab::Resources, session::Session};

/// How a lab opens a session with what an engine lends it.
pub type Open = fn(&Experiment, Resources<'_>) -> Result<Box<dyn Session>, SessionError>;

/// A lab: what it is called, what can be set, how it opens.
pub struct Lab {
    pub id: &'static str,
    pub title: Text,
    /// The article that it makes touchable.
    pub article: Reference,
    /// The shipped weights that an experiment needs, `models/<name>.safetensors`.
    pub model: fn(&Experiment) -> Option<&'static str>,
    pub parameters: &'static [Parameter],
    /// Tasks that belong before the first state: what a link promises must be there.
    pub prepares: &'static [&'static str],
    /// Tasks that readouts wait for, done when nothing else is asked for.
    pub measures: &'static [&'static str],
    /// The frames that say what the state shown is.
    pub frames: &'static [&'static str],
    /// The keys of the parameters that a fork may change; none: this lab knows no forks.
    pub forks: &'static [&'static str],
    /// What else a visitor may give it: some of [`PROMPT`](crate::experiment::PROMPT), `TEXT` and `SURGERY`.
    pub inputs: &'static [&'static str],
    /// The rules that tie parameters together.
    pub normalise: fn(&mut Values, &mut Vec<Message>),
    /// Opens a session; `weights` is the content of the model's file.
    pub open: Open,
}

/// Every lab. A new one is a line here and a line in `www/labs/index.js`.
pub const ALL: &[&Lab] = &[&ddpm::LAB, &points::LAB, &attention::LAB];
/// The lab of a link that names none.
pub const DEFAULT: &Lab = &ddpm::LAB;

impl Lab {
    /// Its own parameters and the common ones.
    pub fn all_parameters(&self) -> impl Iterator<Item = &'static Parameter> {
        self.parameters.iter().chain(COMMON)
    }
}

impl PartialEq for Lab {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl std::fmt::Debug for Lab {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Lab({})", self.id)
    }
}

/// Opens `experiment` at its first state.
pub fn open(experiment: &Experiment, resources: Resources<'_>) -> Result<Box<dyn Session>, SessionError> {
    (experiment.lab.open)(experiment, resources)
}

/// The lab called `id`.
pub fn find(id: &str) -> Option<&'static Lab> {
    ALL.iter().copied().find(|lab| lab.id == id)
}

/// The settings that a link of version 1 meant by leaving them out of lab `id`, where the defaults have changed since.
pub fn defaults_of_version_1(id: &str) -> &'static [(&'static str, &'static str)] {
    if id == ddpm::LAB.id { ddpm::parameters::VERSION_1 } else { &[] }
}

/// What to say when there is no lab called `id`.
pub fn unknown(id: &str) -> Message {
    let shown: String = id.chars().take(40).collect();
    let names: Vec<_> = ALL.iter().map(|lab| lab.id).collect();
    let names = names.join(", ");
    Message::new(
        "lab",
        format!("There is no lab \"{shown}\" here ({names}); \"{}\" opens instead.", DEFAULT.id),
        format!("这里没有“{shown}”实验（现有：{names}），改为打开“{}”。", DEFAULT.id),
    )
}

/// The schema that `chailou schema` prints and the page builds its controls from, and what the labels of each
/// gallery stand for.
pub fn schema() -> Json {
    let parameters = |list: &[Parameter]| list.iter().map(Parameter::to_json).collect::<Vec<_>>();
    let labs: Vec<_> = ALL
        .iter()
        .map(|lab| {
            json!({
                "id": lab.id, "title": lab.title, "article": lab.article, "forks": lab.forks, "prepares": lab.prepares, "measures": lab.measures, "inputs": lab.inputs,
                "parameters": parameters(lab.parameters),
            })
        })
        .collect();
    let names = |gallery: Gallery| {
        let name = |label| gallery.name(label);
        (0..gallery::CLASSES).map(name).map(|[en, zh]| json!({"en": en, "zh": zh})).collect::<Vec<_>>()
    };
    let galleries = Gallery::ALL.map(|gallery| {
        let about = json!({"shape": gallery.shape(), "pictures": gallery::COUNT, "labels": names(gallery)});
        (gallery.id().to_owned(), about)
    });
    let galleries: serde_json::Map<_, _> = galleries.into_iter().collect();
    json!({"v": link::VERSION, "common": parameters(COMMON), "labs": labs, "galleries": galleries})
}
