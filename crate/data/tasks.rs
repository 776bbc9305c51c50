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

use super::dice::Dice;
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

/// Blocks of four throws that an example may use.
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
        match (self, self.question()) {
            (Task::Own(text), _) => own::config(text),
            (_, Some(question)) => question.config(),
            _ => induction::config(),
        }
    }

    /// Examples a step.
    pub fn batch(&self) -> usize {
        match (self, self.question()) {
            (Task::Own(_), _) => own::BATCH,
            (_, Some(question)) => question.batch,
            _ => induction::BATCH,
        }
    }

    /// Example `index` of step `step`; below 2³² steps and 2⁵⁹ examples none has the throws of another.
    pub fn example(&self, seed: u64, step: u32, index: u64) -> Example {
        let mut dice = Dice::new(Stream::Tasks, seed, step, BLOCKS * index);
        match (self, self.question()) {
            (Task::Own(text), _) => own::example(text, &mut dice),
            (_, Some(question)) => question.example(&mut dice, step == 0),
            _ => induction::example(&mut dice),
        }
    }

    /// What the lab begins with.
    pub fn prompt(&self) -> String {
        match (self, self.question()) {
            (Task::Own(text), _) => text.beginning(),
            (_, Some(question)) => question.prompt.to_owned(),
            _ => induction::PROMPT.to_owned(),
        }
    }

    /// What belongs after `prompt`, up to and with the sign of the end; nothing if the task does not say.
    pub fn answer(&self, prompt: &str) -> Option<String> {
        match self {
            Task::Own(_) => None,
            Task::Induction => induction::answer(prompt),
            _ => self.question()?.reply(prompt),
        }
    }

    /// Distinct letters and the same again, in the form of the task, if a network learns it with heads that look for
    /// what followed the last time.
    pub fn repeated(&self, dice: &mut Dice) -> Option<Vec<usize>> {
        match self {
            Task::Induction => Some(induction::twice(dice)),
            Task::Copy => Some(copy::distinct(dice)),
            _ => None,
        }
    }

    fn question(&self) -> Option<&'static Question> {
        match self {
            Task::Copy => Some(&copy::QUESTION),
            Task::Reverse => Some(&reverse::QUESTION),
            Task::Sort => Some(&sort::QUESTION),
            Task::Brackets => Some(&brackets::QUESTION),
            Task::Addition => Some(&addition::QUESTION),
            Task::Induction | Task::Own(_) => None,
        }
    }
}
