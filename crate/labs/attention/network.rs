//! The model that a session asks: the one that ships, or the one that is trained here.

use std::collections::BTreeSet;

use burn::tensor::Device;

use super::parameters::MOST_TRAINED;
use crate::data::{
    rng::Rng,
    tasks::{Task, own::MOST_SIGNS},
};
use crate::experiment::{Experiment, Message, TEXT};
use crate::math::philox::Stream;
use crate::models::{gpt::Gpt, gpt_config::GptConfig};
use crate::runtime::error::SessionError;
use crate::runtime::status::Progress;
use crate::train::{
    checkpoint::load_gpt,
    tab::{
        lesson::Lesson,
        state::TabState,
        text::{TextLesson, TextOptions, TextTrainer},
    },
};

/// The model that ships, as its file is called.
pub const SHIPPED: &str = "shakespeare";
/// What it reads where the visitor wrote nothing.
const DEFAULT_PROMPT: &str = "ROMEO:\n";

/// A model, and where it comes from.
pub struct Network {
    pub gpt: Gpt,
    pub config: GptConfig,
    training: Option<Training>,
}

/// Where a small network learns.
struct Training {
    trainer: TextTrainer,
    /// Steps that the network of the link has been trained.
    promised: usize,
}

impl Network {
    pub fn open(
        experiment: &Experiment,
        weights: Option<&[u8]>,
        device: &Device,
    ) -> Result<Self, SessionError> {
        if (experiment.lab.model)(experiment).is_some() {
            let (config, gpt) = load_gpt(weights.ok_or(SessionError::NoWeights(SHIPPED))?, device)?;
            return Ok(Self { gpt, config, training: None });
        }
        let text = experiment.text.as_deref().unwrap_or_default();
        let options = TextOptions {
            task: Task::named(experiment.choice("task"), text).expect("the schema lists tasks"),
            rate: experiment.number("rate"),
            seed: experiment.seed("init"),
        };
        let lesson =
            TextLesson::new(options, device).map_err(|error| SessionError::BadWeights(error.into()))?;
        let config = lesson.config().clone();
        let trainer = TextTrainer::new(lesson);
        let gpt = trainer.network();
        Ok(Self {
            gpt,
            config,
            training: Some(Training { trainer, promised: experiment.integer("trained") }),
        })
    }

    /// What it reads where the visitor wrote nothing.
    pub fn prompt(&self) -> String {
        self.training
            .as_ref()
            .map_or(DEFAULT_PROMPT.to_owned(), |training| training.trainer.lesson.options.task.prompt())
    }

    /// A name for what the model is before any training: equal names and equal training, equal numbers.
    pub fn name(&self) -> String {
        match &self.training {
            None => SHIPPED.to_owned(),
            Some(training) => training.trainer.lesson.options.key(),
        }
    }

    /// How far it has been trained here, if it is.
    pub fn progress(&self) -> Option<Progress> {
        let training = self.training.as_ref()?;
        Some(Progress { done: self.trained(), total: training.promised.max(self.trained()) })
    }

    /// Steps that it has been trained here.
    pub fn trained(&self) -> usize {
        self.state().map_or(0, |state| state.at)
    }

    pub fn state(&self) -> Option<&TabState> {
        self.training.as_ref().map(|training| training.trainer.state())
    }

    /// How many numbers tell what it can do, at each look.
    pub fn looks(&self) -> usize {
        self.training.as_ref().map_or(0, |training| training.trainer.lesson.probe_size())
    }

    /// Trains `n` steps more, as far as links go.
    pub async fn train(&mut self, n: usize) -> Result<(), SessionError> {
        let Some(training) = &mut self.training else {
            return Err(SessionError::UnknownTask("train".into()));
        };
        let trainer = &mut training.trainer;
        let outcome = trainer.advance(n.min(MOST_TRAINED.saturating_sub(trainer.state().at))).await;
        // Also after a failure: then the network is one of before.
        self.gpt = trainer.network();
        outcome.map_err(|error| SessionError::Training(error.into()))
    }

    /// Goes on from another session's training; `None` if that cannot be.
    pub fn take_over(&mut self, state: TabState) -> Option<()> {
        let trainer = &mut self.training.as_mut()?.trainer;
        trainer.take_over(state)?;
        self.gpt = trainer.network();
        Some(())
    }

    /// Whether a state trained so far is one that this session is to come to.
    pub fn passes(&self, trained: usize) -> bool {
        self.training.as_ref().is_some_and(|training| trained <= training.promised)
    }

    /// A text that repeats itself, if that is what the model learns to see.
    pub fn repeated(&self) -> Option<Vec<usize>> {
        let TextOptions { task, seed, .. } = &self.training.as_ref()?.trainer.lesson.options;
        task.repeated(&mut Rng::new(Stream::Tasks, *seed, 0, 0))
    }

    /// What to say of the text to learn from.
    pub fn warning(&self, experiment: &Experiment) -> Option<Message> {
        let Task::Own(_) = &self.training.as_ref()?.trainer.lesson.options.task else { return None };
        if experiment.text.as_deref().is_none_or(|text| text.trim().is_empty()) {
            return Some(Message::new(
                TEXT,
                "There is no text of yours yet, so two old poems are learnt; paste something.",
                "还没有你的文字，先学两首旧诗；请粘贴一段。",
            ));
        }
        let different: BTreeSet<char> = experiment.text.iter().flat_map(|text| text.chars()).collect();
        (different.len() >= MOST_SIGNS).then(|| {
            Message::new(
                TEXT,
                format!(
                    "Your text has {} different characters and the model has signs for {}; the rarest are read as □.",
                    different.len(),
                    MOST_SIGNS - 1
                ),
                format!(
                    "你的文字有 {} 种不同的字符，模型只有 {} 个符号；最少见的读作 □。",
                    different.len(),
                    MOST_SIGNS - 1
                ),
            )
        })
    }
}
