//! What another session may go on with: how far the network was trained, and what each model has read.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{
    extend::choice,
    network::Network,
    run::{Record, Run},
    runs::Runs,
    settings::Settings,
    state::Attention,
};
use crate::runtime::{
    all_finite,
    lab::{Giver, Key},
};
use crate::train::tab::state::TabState;

#[derive(Clone, Serialize, Deserialize)]
pub enum Part {
    /// `None` where nothing is trained.
    Training(Option<TabState>),
    Text(Text),
    /// Forward passes so far.
    Calls(usize),
}

/// What a model has read; nothing where there is no such run.
#[derive(Clone, Serialize, Deserialize)]
pub struct Text {
    /// Training steps of the model.
    with: usize,
    tokens: Vec<usize>,
    records: Vec<Rc<Record>>,
}

/// The parts, in their order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Training,
    Base,
    Edited,
    BaseOnEditedText,
    EditedOnBaseText,
    Calls,
}

const ALL: [Which; 6] = [
    Which::Training,
    Which::Base,
    Which::Edited,
    Which::BaseOnEditedText,
    Which::EditedOnBaseText,
    Which::Calls,
];

/// What each part depends on; runs also on training, and on the choices, which are looked at one by one.
pub fn keys(network: &Network, settings: &Settings) -> [Key; 6] {
    let base = format!("{} {:?}", network.name, settings.prompt.tokens);
    let edited = format!("{base} {:?}", settings.surgery);
    ALL.map(|which| match which {
        Which::Training => network.name.as_str().into(),
        Which::Base => base.as_str().into(),
        Which::Edited => edited.as_str().into(),
        Which::BaseOnEditedText => format!("base on {edited}").into(),
        Which::EditedOnBaseText => format!("on base {edited}").into(),
        Which::Calls => format!("calls {edited}").into(),
    })
}

pub fn parts(lab: &Attention) -> Vec<(Key, Part)> {
    let runs = &lab.runs;
    let operated = runs.operated.as_ref();
    let text = |run: Option<&Run>| Part::Text(Text::of(run, lab.written_with));
    let part = |which: Which| match which {
        Which::Training => Part::Training(lab.network.state().cloned()),
        Which::Base => text(Some(runs.base())),
        Which::Edited => text(operated.map(|operated| &operated.edited)),
        Which::BaseOnEditedText => text(Some(&runs.untouched.base_on_edited_text)),
        Which::EditedOnBaseText => text(operated.map(|operated| &operated.edited_on_base_text)),
        Which::Calls => Part::Calls(runs.calls),
    };
    lab.keys.iter().cloned().zip(ALL.map(part)).collect()
}

/// Whether `part` can be the one of `lab` that has this key.
pub fn fits(lab: &Attention, key: &str, part: &Part, giver: Giver) -> bool {
    match (which(lab, key), part) {
        (Which::Training, Part::Training(state)) => lab.network.fits(state.as_ref(), giver),
        (Which::Training | Which::Calls, Part::Text(_)) => false,
        (_, Part::Text(text)) => {
            text.fits(&lab.settings) && (giver == Giver::Engine || text.with == lab.network.trained())
        }
        // What another session asked is not this one's to count.
        (Which::Calls, Part::Calls(_)) => giver == Giver::Engine,
        _ => false,
    }
}

/// Training steps, or characters read; nothing of what another network read than the one of now.
pub fn worth(lab: &Attention, part: &Part) -> usize {
    match part {
        Part::Training(state) => state.as_ref().map_or(0, |state| state.at),
        Part::Text(text) if text.with == lab.network.trained() => text.tokens.len(),
        Part::Text(_) => 0,
        Part::Calls(calls) => *calls,
    }
}

/// Goes on from a part that fits. A run of a network that was trained further since is what is shown until another state is
/// asked for; one that these settings lead to counts as far as they would have chosen the same characters.
pub fn take(lab: &mut Attention, key: &str, part: Part) {
    let which = which(lab, key);
    match part {
        Part::Training(Some(state)) => lab.network.take_over(state),
        Part::Training(None) => {}
        Part::Calls(calls) => lab.runs.calls = calls,
        Part::Text(text) => {
            if lab.written_with != text.with {
                // Runs of two networks do not stand beside each other.
                lab.runs = Runs::new(&lab.settings, lab.runs.calls);
                lab.written_with = text.with;
            }
            lab.checks = Default::default();
            place(lab, which, Run::of(text.tokens, text.records));
        }
    }
}

fn place(lab: &mut Attention, which: Which, mut run: Run) {
    let (untouched, operated) = (&mut lab.runs.untouched, &mut lab.runs.operated);
    match (which, operated) {
        (Which::Base, _) => untouched.base = agreed(&lab.settings, run),
        (Which::Edited, Some(operated)) => operated.edited = agreed(&lab.settings, run),
        (Which::BaseOnEditedText, Some(operated)) => {
            run.keep_common(&operated.edited.tokens);
            untouched.base_on_edited_text = run;
        }
        (Which::EditedOnBaseText, Some(operated)) => {
            run.keep_common(&untouched.base.tokens);
            operated.edited_on_base_text = run;
        }
        // Without surgery there is one run.
        _ => {}
    }
}

/// `run` up to where these settings would have chosen another character, or nothing if the prompt is not whole.
fn agreed(settings: &Settings, mut run: Run) -> Run {
    let (prompt, v) = (settings.prompt.tokens.len(), settings.config.vocabulary.len());
    if run.tokens.get(..prompt) != Some(&settings.prompt.tokens) {
        return Run::default();
    }
    let chosen = |t: &usize| run.tokens[*t] == choice(settings, t - prompt, run.records[t - 1].logits(v));
    let written = (prompt..run.len().min(prompt + settings.length())).take_while(chosen).count();
    run.truncate(prompt + written);
    run
}

/// The part of `lab` that has this key.
fn which(lab: &Attention, key: &str) -> Which {
    let place = lab.keys.iter().position(|own| &**own == key);
    ALL[place.expect("a key of one of this lab's own parts")]
}

impl Text {
    fn of(run: Option<&Run>, with: usize) -> Self {
        let read = run.map(|run| (run.tokens.clone(), run.records.clone()));
        let (tokens, records) = read.unwrap_or_default();
        Self { with, tokens, records }
    }

    /// Whether a model of these sizes could have read it.
    fn fits(&self, settings: &Settings) -> bool {
        let config = &settings.config;
        self.tokens.len() == self.records.len()
            && self.tokens.len() <= config.context
            && self.tokens.iter().all(|token| *token < config.vocabulary.len())
            && self.records.iter().enumerate().all(|(t, record)| fits_at(record, t, settings))
    }
}

fn fits_at(record: &Record, t: usize, settings: &Settings) -> bool {
    let (config, heads) = (&settings.config, settings.heads());
    let Record { lens, q, k, v, out, masked, weights, ahead } = record;
    let (small, large) = (heads * config.head_width(), heads * (t + 1));
    lens.len() == (config.layers + 1) * config.vocabulary.len()
        && [q, k, v, out].into_iter().all(|values| values.len() == small)
        && [masked, weights].into_iter().all(|values| values.len() == large)
        && [lens, q, k, v, out, masked, weights].into_iter().all(all_finite)
        && ahead.is_finite()
}
