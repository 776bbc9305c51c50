//! Where a session stands.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;

use crate::experiment::Message;

/// What a lab has to say of a state that others need not know: diffusion time, network calls, a context's size …
///
/// A lab without such things writes none.
pub type Facts = BTreeMap<&'static str, Json>;

/// Units done of a task, and how many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Progress {
    pub done: usize,
    pub total: usize,
}

#[derive(Clone, Debug, Serialize)]
pub struct Status {
    /// The state shown, 0..=length.
    pub at: usize,
    pub length: usize,
    /// The furthest state that can be computed with what the engine has: less than `length` while a network is missing.
    pub limit: usize,
    /// The furthest state that exists already.
    pub computed: usize,
    pub warnings: Vec<Message>,
    /// What is worked on beside the timeline, by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub tasks: BTreeMap<&'static str, Progress>,
    #[serde(flatten)]
    pub facts: Facts,
}

impl Status {
    /// The fact called `name` as a whole number; `None` where the lab has none.
    pub fn count(&self, name: &str) -> Option<usize> {
        self.facts.get(name)?.as_u64().map(|n| n as usize)
    }

    /// The fact called `name` as a word; `None` where the lab has none.
    pub fn word(&self, name: &str) -> Option<&str> {
        self.facts.get(name)?.as_str()
    }
}

/// What to say when a link asks for a state that there is not.
pub fn beyond_the_end(at: Option<usize>, length: usize) -> Option<Message> {
    let at = at.filter(|at| *at > length)?;
    Some(Message::new(
        "at",
        format!("There are {length} steps, not {at}; the last one is shown."),
        format!("共有 {length} 步而非 {at} 步，显示最后一步。"),
    ))
}
