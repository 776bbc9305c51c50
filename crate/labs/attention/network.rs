//! The model that a session asks: the one that ships, or the one that is trained here.

use std::collections::BTreeSet;

use burn::tensor::Device;

use super::parameters::MOST_TRAINED;
use crate::data::{
    dice::Dice,
    tasks::{Task, own::MOST_SIGNS},
};
use crate::experiment::{Experiment, Message, inputs::Input};
use crate::labs::session::{Progress, SessionError};
use crate::math::philox::Stream;
use crate::models::{gpt::Gpt, gpt_config::GptConfig};
use crate::train::{
    checkpoint::load_gpt,
    gpt_trainer::{GptOptions, GptState, GptTrainer},
};

/// The model that ships, as its file is called.
pub const SHIPPED: &str = "shakespeare";
/// What it reads where the visitor wrote nothing.
const DEFAULT_PROMPT: &str = "ROMEO:\n";
/// Training steps between two readbacks.
const CHUNK: usize = 20;

/// A model, and where it comes from.
pub struct Network {
    pub gpt: Gpt,
    pub config: GptConfig,
    school: Option<School>,
}

/// Where a small network learns.
struct School {
    trainer: GptTrainer,
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
            return Ok(Self { gpt, config, school: None });
        }
        let text = experiment.inputs.text.as_deref().unwrap_or_default();
        let options = GptOptions {
            task: Task::named(experiment.choice("task"), text).expect("the schema lists tasks"),
            rate: experiment.number("rate"),
            seed: experiment.seed("init"),
        };
        let trainer =
            GptTrainer::new(options, device).map_err(|error| SessionError::BadWeights(error.into()))?;
        let (gpt, config) = (trainer.network(), trainer.config().clone());
        Ok(Self { gpt, config, school: Some(School { trainer, promised: experiment.integer("trained") }) })
    }

    /// What it reads where the visitor wrote nothing.
    pub fn prompt(&self) -> String {
        self.school.as_ref().map_or(DEFAULT_PROMPT.to_owned(), |school| school.trainer.options.task.prompt())
    }

    /// A name for what the model is before any training: equal names and equal training, equal numbers.
    pub fn name(&self) -> String {
        match &self.school {
            None => SHIPPED.to_owned(),
            Some(school) => GptTrainer::identity(&school.trainer.options),
        }
    }

    /// How far it has been trained here, if it is.
    pub fn progress(&self) -> Option<Progress> {
        let school = self.school.as_ref()?;
        Some(Progress { done: self.trained(), total: school.promised.max(self.trained()) })
    }

    /// Steps that it has been trained here.
    pub fn trained(&self) -> usize {
        self.state().map_or(0, |state| state.at)
    }

    pub fn state(&self) -> Option<&GptState> {
        self.school.as_ref().map(|school| school.trainer.state())
    }

    /// How many numbers tell what it can do, at each look.
    pub fn looks(&self) -> usize {
        self.school.as_ref().map_or(0, |school| school.trainer.looks())
    }

    /// Trains `n` steps more, as far as links go.
    pub async fn train(&mut self, n: usize) -> Result<(), SessionError> {
        let Some(school) = &mut self.school else { return Err(SessionError::UnknownTask("train".into())) };
        let trainer = &mut school.trainer;
        let end = trainer.state().at.saturating_add(n).min(MOST_TRAINED);
        let mut outcome = Ok(());
        while trainer.state().at < end && outcome.is_ok() {
            let chunk = (end - trainer.state().at).min(CHUNK);
            outcome = trainer.advance(chunk).await;
        }
        // Also after a failure: then the network is one of before.
        self.gpt = trainer.network();
        Ok(outcome?)
    }

    /// Goes on from another session's training; `None` if that cannot be.
    pub fn take_over(&mut self, state: GptState) -> Option<()> {
        let trainer = &mut self.school.as_mut()?.trainer;
        trainer.take_over(state)?;
        self.gpt = trainer.network();
        Some(())
    }

    /// Whether a state trained so far is one that this session is to come to.
    pub fn passes(&self, trained: usize) -> bool {
        self.school.as_ref().is_some_and(|school| trained <= school.promised)
    }

    /// A text that repeats itself, if that is what the model learns to see.
    pub fn repeated(&self) -> Option<Vec<usize>> {
        let GptOptions { task, seed, .. } = &self.school.as_ref()?.trainer.options;
        task.repeated(&mut Dice::new(Stream::Tasks, *seed, 0, 0))
    }

    /// What to say of the text to learn from.
    pub fn warning(&self, experiment: &Experiment) -> Option<Message> {
        let Task::Own(_) = &self.school.as_ref()?.trainer.options.task else { return None };
        if experiment.inputs.text.as_deref().is_none_or(|text| text.trim().is_empty()) {
            return Some(Message::new(
                Input::Text.key(),
                "There is no text of yours yet, so two old poems are learnt; paste something.",
                "还没有你的文字，先学两首旧诗；请粘贴一段。",
            ));
        }
        let different: BTreeSet<char> = experiment.inputs.text.iter().flat_map(|text| text.chars()).collect();
        (different.len() >= MOST_SIGNS).then(|| {
            Message::new(
                Input::Text.key(),
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
