//! A head of a network that was trained in this page: of a twin, or of a network that learnt elsewhere and that this browser remembers.

use std::cell::RefCell;

use serde::{Deserialize, Serialize};

use super::{
    read::{Network, Read},
    settings::Source,
    twins,
};
use crate::attention::mixing::{Mixing, Sight};
use crate::data::tasks::Task;
use crate::experiment::Experiment;
use crate::labs::{chosen::chosen, twins::Schooling};
use crate::maps::mask::Mask;
use crate::models::fused_gpt::gradient::answer;
use crate::runtime::{
    error::SessionError,
    lab::{Giver, Key},
    status::Progress,
};
use crate::train::{
    small::{Lesson as _, transformer::Pupil},
    tab::{
        lesson::Lesson as _,
        state::TabState,
        text::{TextLesson, TextOptions},
    },
    twins::TwinsState,
};

/// Which of the networks that were trained here has the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Learnt {
    First,
    Second,
    Toy,
}

/// What a session hands over.
#[derive(Clone, Serialize, Deserialize)]
pub enum Part {
    /// The network that learnt elsewhere: the first variant, for so its bytes are those that are kept where it learns.
    Network(Option<TabState>),
    Twins(TwinsState),
}

/// A network that learnt elsewhere, by the settings of its training.
pub struct Toy {
    pub key: Key,
    lesson: TextLesson,
    /// Steps that the link says it was trained.
    promised: usize,
    /// What this browser remembers of it.
    state: RefCell<Option<TabState>>,
}

impl Toy {
    /// That of `experiment`, as it begins; `None` where the head is of nothing of the kind.
    pub fn of(experiment: &Experiment) -> Result<Option<Self>, SessionError> {
        if chosen::<Source>(experiment, "source") != Source::Trained
            || chosen::<Learnt>(experiment, "network") != Learnt::Toy
        {
            return Ok(None);
        }
        let text = experiment.inputs.text.as_deref().unwrap_or_default();
        let options = TextOptions {
            task: Task::named(experiment.choice("toy_task"), text).expect("the schema lists tasks"),
            rate: experiment.number("toy_rate"),
            seed: experiment.seed("toy_init"),
        };
        let key = options.key().as_str().into();
        let lesson = TextLesson::new(options).map_err(|error| SessionError::BadWeights(error.into()))?;
        let promised = experiment.integer("toy_trained");
        Ok(Some(Self { key, lesson, promised, state: RefCell::default() }))
    }

    /// As the page has it: how far what is remembered was trained, of what the link promised.
    pub fn progress(&self) -> Progress {
        let done = self.state.borrow().as_ref().map_or(0, |state| state.at);
        Progress { done, total: self.promised.max(done) }
    }

    pub fn state(&self) -> Option<TabState> {
        self.state.borrow().clone()
    }

    /// Whether `state` could be its own, and is no further than the link says.
    pub fn fits(&self, state: Option<&TabState>, giver: Giver) -> bool {
        state.is_none_or(|state| {
            let weights = self.lesson.initial().len();
            (giver == Giver::Engine || state.at <= self.promised)
                && state.fits::<TextLesson>(weights, self.lesson.probe_size())
        })
    }

    pub fn take(&self, state: TabState) {
        self.state.replace(Some(state));
    }

    /// What its heads make of the text, with what is remembered of it or as it begins.
    fn read(&self, experiment: &Experiment) -> Result<Read, SessionError> {
        let (config, layout) = (self.lesson.config(), self.lesson.layout());
        let initial = self.lesson.initial();
        let state = self.state.borrow();
        let weights = state.as_ref().map_or(&initial[..], |state| &state.numbers[..initial.len()]);
        let network = Network {
            config,
            default: &self.lesson.options.task.prompt(),
            masks: &[Mask::Causal],
            steps: state.as_ref().map_or(0, |state| state.at),
        };
        network.reads(experiment, |tokens| {
            answer(config, &Mixing::causal(), layout, weights, tokens, tokens.len())
        })
    }
}

/// What the chosen network that was trained here makes of the text.
pub fn read(experiment: &Experiment, schooling: &Schooling, toy: Option<&Toy>) -> Result<Read, SessionError> {
    if let Some(toy) = toy {
        return toy.read(experiment);
    }
    let twin = usize::from(chosen::<Learnt>(experiment, "network") == Learnt::Second);
    let pair = experiment.integer("pair") - 1;
    let of = |pupil: &Pupil, weights: &[f32], steps: usize| {
        let sheet = pupil.held_out();
        let text: String =
            sheet.read[..sheet.length].iter().map(|token| pupil.config.vocabulary[*token]).collect();
        let masks: Vec<Mask> = pupil.options.mixing.sights.iter().copied().map(mask).collect();
        let network = Network { config: &pupil.config, default: &text, masks: &masks, steps };
        network.reads(experiment, |tokens| pupil.answer(weights, tokens, tokens.len()))
    };
    match schooling.steps_of(pair, twin) {
        Some(steps) => schooling.ask(twin, pair, |pupil, weights| of(pupil, weights, steps)),
        // As it begins.
        None => {
            let pupil = Pupil::new(twins::options(experiment, twin, pair));
            of(&pupil, &pupil.initial(), 0)
        }
    }
}

fn mask(sight: Sight) -> Mask {
    match sight {
        Sight::Past => Mask::Causal,
        Sight::Later => Mask::AntiCausal,
        Sight::Both => Mask::TwoWay,
        Sight::Prefix(n) => Mask::Prefix(n),
        Sight::Near(_) => unreachable!("no twin of this lab sees only what is near"),
    }
}
