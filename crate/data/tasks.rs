//! Tasks that a small transformer learns while one watches: texts without end, each at its address.
//!
//! An example is a function of (seed, step, index) alone. Step 0 is never trained on: its examples are for measuring.

mod addition;
mod brackets;
mod copy;
mod example;
mod induction;
pub mod own;
mod question;
mod reverse;
mod sort;

use super::rng::Rng;
use crate::math::philox::Stream;
use crate::models::gpt_config::GptConfig;
use own::Text;
use question::Question;

pub use example::Example;

/// What is to be learnt.
#[derive(Clone, Debug, PartialEq)]
pub enum Task {
    /// To go on with a random block that was seen before: the one that makes induction heads.
    Induction,
    Copy,
    Reverse,
    Sort,
    Brackets,
    Addition,
    /// To go on with a text of the visitor's.
    Own(Text),
}

/// Blocks of four draws that an example may use.
const BLOCKS: u64 = 32;

impl Task {
    /// The names in a link.
    pub const IDS: [&str; 7] = ["induction", "copy", "reverse", "sort", "brackets", "addition", "own"];

    /// The task called `id`; `text` is what [`Own`](Task::Own) learns.
    pub fn named(id: &str, text: &str) -> Option<Self> {
        Some(match id {
            "induction" => Task::Induction,
            "copy" => Task::Copy,
            "reverse" => Task::Reverse,
            "sort" => Task::Sort,
            "brackets" => Task::Brackets,
            "addition" => Task::Addition,
            "own" => Task::Own(Text::new(text)),
            _ => return None,
        })
    }

    pub fn id(&self) -> &'static str {
        match self {
            Task::Induction => "induction",
            Task::Copy => "copy",
            Task::Reverse => "reverse",
            Task::Sort => "sort",
            Task::Brackets => "brackets",
            Task::Addition => "addition",
            Task::Own(_) => "own",
        }
    }

    /// The network that learns it: two layers, with a hidden layer where the task asks for calculation.
    pub fn config(&self) -> GptConfig {
        match self.form() {
            Form::Blocks => induction::config(),
            Form::Question(question) => question.config(),
            Form::Text(text) => own::config(text),
        }
    }

    /// Examples a step.
    pub fn batch(&self) -> usize {
        match self.form() {
            Form::Blocks => induction::BATCH,
            Form::Question(question) => question.batch,
            Form::Text(_) => own::BATCH,
        }
    }

    /// Example `index` of step `step`; below 2³² steps and 2⁵⁹ examples none has the draws of another.
    pub fn example(&self, seed: u64, step: u32, index: u64) -> Example {
        let mut rng = Rng::new(Stream::Tasks, seed, step, BLOCKS * index);
        self.made(&mut rng, step == 0)
    }

    /// An example to learn from, of these draws.
    pub fn drawn(&self, rng: &mut Rng) -> Example {
        self.made(rng, false)
    }

    fn made(&self, rng: &mut Rng, measuring: bool) -> Example {
        match self.form() {
            Form::Blocks => induction::example(rng),
            Form::Question(question) => question.example(rng, measuring),
            Form::Text(text) => own::example(text, rng),
        }
    }

    /// What the lab begins with.
    pub fn prompt(&self) -> String {
        match self.form() {
            Form::Blocks => induction::PROMPT.to_owned(),
            Form::Question(question) => question.prompt.to_owned(),
            Form::Text(text) => text.beginning(),
        }
    }

    /// What belongs after `prompt`, up to and with the sign of the end; nothing if the task does not say.
    pub fn answer(&self, prompt: &str) -> Option<String> {
        match self.form() {
            Form::Blocks => induction::answer(prompt),
            Form::Question(question) => question.reply(prompt),
            Form::Text(_) => None,
        }
    }

    /// Distinct letters and the same again, in the form of the task, if a network learns it with heads that look for
    /// what followed the last time.
    pub fn repeated(&self, rng: &mut Rng) -> Option<Vec<usize>> {
        match self {
            Task::Induction => Some(induction::twice(rng)),
            Task::Copy => Some(copy::distinct(rng)),
            Task::Reverse | Task::Sort | Task::Brackets | Task::Addition | Task::Own(_) => None,
        }
    }

    fn form(&self) -> Form<'_> {
        match self {
            Task::Induction => Form::Blocks,
            Task::Copy => Form::Question(&copy::QUESTION),
            Task::Reverse => Form::Question(&reverse::QUESTION),
            Task::Sort => Form::Question(&sort::QUESTION),
            Task::Brackets => Form::Question(&brackets::QUESTION),
            Task::Addition => Form::Question(&addition::QUESTION),
            Task::Own(text) => Form::Text(text),
        }
    }
}

/// What the examples of a task look like.
enum Form<'a> {
    /// A block, again and again.
    Blocks,
    Question(&'static Question),
    Text(&'a Text),
}
