//! The model that a session asks: the one that ships, or the one that is trained here.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::{model::Model, parameters::MOST_TRAINED};
use crate::attention::mixing::Mixing;
use crate::data::{
    rng::Rng,
    tasks::{Task, own::MOST_SIGNS},
};
use crate::device::Device;
use crate::experiment::{Experiment, Message, inputs::Input};
use crate::labs::told::Told;
use crate::math::philox::Stream;
use crate::models::{gpt_config::GptConfig, size::SizeError};
use crate::networks::text_network::TextNetwork;
use crate::runtime::{error::SessionError, lab::Giver, status::Progress};
use crate::train::{
    fused::load_text_network,
    small::{file::load, reader::Scheme},
    tab::{
        lesson::Lesson,
        state::TabState,
        text::{TextLesson, TextOptions, TextTrainer},
    },
    taken,
};

/// A model, and where it comes from.
pub struct Network {
    /// What is asked, made when it is first asked of a network that learns.
    reader: OnceCell<TextNetwork>,
    pub config: GptConfig,
    /// What it is before any training: equal names and equal training, equal numbers.
    pub name: String,
    /// What it reads where the visitor wrote nothing, if it ships.
    prompt: &'static str,
    training: Option<Training>,
}

/// Where a small network learns.
struct Training {
    trainer: TextTrainer,
    /// Steps that the network of the link has been trained.
    promised: usize,
    /// Where the network is asked.
    device: Device,
}

impl Network {
    pub fn open(
        experiment: &Experiment,
        weights: Option<&[u8]>,
        device: &Device,
    ) -> Result<Self, SessionError> {
        let model = Model::of(experiment);
        let prompt = model.prompt();
        if let Some(file) = model.file() {
            let weights = weights.ok_or(SessionError::NoWeights(experiment.choice("model")))?;
            let (config, reader) = match model {
                Model::Places { scheme, .. } => placed(weights, scheme)?,
                _ => load_text_network(weights, device)
                    .map_err(|error| SessionError::BadWeights(error.into()))?,
            };
            let reader = OnceCell::from(reader);
            return Ok(Self { reader, config, name: file.into_owned(), prompt, training: None });
        }
        let text = experiment.inputs.text.as_deref().unwrap_or_default();
        let options = TextOptions {
            task: Task::named(experiment.choice("task"), text).expect("the schema lists tasks"),
            rate: experiment.number("rate"),
            seed: experiment.seed("init"),
        };
        let name = options.key();
        let lesson = TextLesson::new(options).map_err(|error| SessionError::BadWeights(error.into()))?;
        let config = lesson.config().clone();
        let trainer = TextTrainer::new(lesson, device);
        let (reader, promised) = (OnceCell::new(), experiment.integer("trained"));
        let training = Some(Training { trainer, promised, device: device.clone() });
        Ok(Self { reader, config, name, prompt, training })
    }

    /// What is asked, as it is now.
    pub fn reader(&self) -> &TextNetwork {
        self.reader.get_or_init(|| {
            let Training { trainer, device, .. } = self.training.as_ref().expect("a network that learns");
            trained(trainer, device)
        })
    }

    /// What it reads where the visitor wrote nothing.
    pub fn prompt(&self) -> String {
        let task = self.training.as_ref().map(|training| training.trainer.lesson.options.task.prompt());
        task.unwrap_or_else(|| self.prompt.to_owned())
    }

    /// How far it has been trained here, if it is.
    pub fn progress(&self) -> Option<Progress> {
        let promised = self.training.as_ref()?.promised;
        Some(Progress { done: self.trained(), total: promised.max(self.trained()) })
    }

    /// Steps that it has been trained here.
    pub fn trained(&self) -> usize {
        self.state().map_or(0, |state| state.at)
    }

    /// What broke when training failed last, and what would mend it.
    pub fn broke(&self) -> Option<Json> {
        let trainer = &self.training.as_ref()?.trainer;
        let broken = trainer.broken()?;
        Some(Told::of_rate("rate", trainer.lesson.options.rate).json(None, Some(broken)))
    }

    /// Where its training stands; `None` where nothing is trained.
    pub fn state(&self) -> Option<&TabState> {
        self.training.as_ref().map(|training| training.trainer.state())
    }

    /// Two numbers a step: the mean loss of all characters, and of those that can be foretold.
    pub fn losses(&self) -> &[f32] {
        self.state().map_or(&[], |state| &state.losses)
    }

    /// What was seen at step 0, [`PROBE_EVERY`], 2 [`PROBE_EVERY`] …, [`probe_size`](Self::probe_size) numbers each.
    pub fn probes(&self) -> &[f32] {
        self.state().map_or(&[], |state| &state.probes)
    }

    /// How many numbers tell what it can do, at each probe.
    pub fn probe_size(&self) -> usize {
        self.training.as_ref().map_or(0, |training| training.trainer.lesson.probe_size())
    }

    /// Trains `n` steps more, as far as links go.
    pub async fn train(&mut self, n: usize) -> Result<(), SessionError> {
        let Some(Training { trainer, .. }) = &mut self.training else {
            return Err(SessionError::UnknownTask("train".into()));
        };
        let end = MOST_TRAINED.min(trainer.state().at.saturating_add(n));
        while trainer.state().at < end {
            let outcome = trainer.pull(end - trainer.state().at).await;
            // After each chunk, for the next one may never come; also after a failure: then the network is one of before.
            self.reader.take();
            outcome.map_err(|error| SessionError::Training(error.into()))?;
        }
        Ok(())
    }

    /// Whether `state`, of a training that has this network's name, is one to go on from. On an edit a network that was
    /// trained longer than these settings say is of no use: it cannot be trained back.
    pub fn fits(&self, state: Option<&TabState>, giver: Giver) -> bool {
        match (&self.training, state) {
            (None, None) => true,
            (Some(training), Some(state)) => {
                (giver == Giver::Engine || state.at <= training.promised) && training.trainer.fits(state)
            }
            _ => false,
        }
    }

    /// Goes on from another session's training, which fits.
    pub fn take_over(&mut self, state: TabState) {
        if let Some(training) = &mut self.training {
            training.trainer.take_over(state).expect("a state that fits");
            self.reader.take();
        }
    }

    /// What is asked, as a file; `None` of a model that ships as one.
    pub fn file(&self) -> Option<Vec<u8>> {
        let trainer = &self.training.as_ref()?.trainer;
        let (config, layout) = (trainer.lesson.config(), trainer.lesson.layout());
        let steps = trainer.state().at;
        let weights = trainer.weights();
        Some(taken::gpt(config, &Mixing::causal(), layout, &config.parameters(), weights, steps))
    }

    /// Takes the network of `file` in place of the one that is trained here, if it has its sizes and characters.
    pub fn bring(&mut self, file: &[u8]) -> Result<(), SessionError> {
        let Training { trainer, .. } = self.training.as_mut().ok_or(SessionError::NothingToReplace)?;
        let brought = taken::gpt_brought(file, trainer.lesson.config());
        let weights = brought.map_err(|error| SessionError::BadWeights(error.into()))?;
        trainer.begin_with(&weights);
        self.reader.take();
        Ok(())
    }

    /// A text that repeats itself, if that is what the model learns to see.
    pub fn repeated(&self) -> Option<Vec<usize>> {
        let TextOptions { task, seed, .. } = &self.training.as_ref()?.trainer.lesson.options;
        task.repeated(&mut Rng::new(Stream::Tasks, *seed, 0, 0))
    }

    /// What to say of the text to learn from.
    pub fn warning(&self, experiment: &Experiment) -> Option<Message> {
        let Task::Own(_) = &self.training.as_ref()?.trainer.lesson.options.task else { return None };
        if experiment.inputs.text.as_deref().is_none_or(|text| text.trim().is_empty()) {
            return Some(Message::new(
                Input::Text.key(),
                "There is no text of yours yet, so two old poems are learnt; paste something.",
                "还没有你的文字，先学两首旧诗；请粘贴一段。",
            ));
        }
        let different: BTreeSet<char> = experiment.inputs.text.iter().flat_map(|text| text.chars()).collect();
        let (count, signs) = (different.len(), MOST_SIGNS - 1);
        (count > signs).then(|| {
            Message::new(
                Input::Text.key(),
                format!(
                    "Your text has {count} different characters and the model has signs for {signs}; the rarest are read as □."
                ),
                format!("你的文字有 {count} 种不同的字符，模型只有 {signs} 个符号；最少见的读作 □。"),
            )
        })
    }
}

/// The network of `trainer` as it is now, on `device`.
fn trained(trainer: &TextTrainer, device: &Device) -> TextNetwork {
    let (config, layout) = (trainer.lesson.config(), trainer.lesson.layout());
    let take =
        &mut |name: &str, _: &[usize]| Ok::<_, SizeError>(trainer.weights()[layout[name].clone()].to_vec());
    TextNetwork::new(config, device, take).expect("sizes that the lesson has checked")
}

/// How many times as long as those of its training the texts are that a network of `scheme` reads: as long as those of the others.
const LONGER: usize = 4;

/// The small network of `scheme` in `weights`, which reads on beyond the texts that it learnt from.
fn placed(weights: &[u8], scheme: Scheme) -> Result<(GptConfig, TextNetwork), SessionError> {
    let (network, numbers) = load(weights).map_err(|error| SessionError::BadWeights(Box::new(error)))?;
    if network.scheme != scheme {
        return Err(SessionError::WrongModel(scheme.name()));
    }
    let config = GptConfig { context: LONGER * network.config.context, ..network.config.clone() };
    let reader = TextNetwork::placed(&config, &network.mixing(), &network.layout, &numbers)
        .map_err(|error| SessionError::BadWeights(Box::new(error)))?;
    Ok((config, reader))
}
