//! What a visitor chooses to look at in a running session: nothing of the experiment changes by it.

use std::collections::BTreeMap;

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value as Json;

/// Choices by name; a lab reads those that it knows.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Selection(BTreeMap<String, Json>);

impl Selection {
    /// One choice.
    pub fn of(name: &str, value: impl Into<Json>) -> Self {
        Self::default().and(name, value)
    }

    /// This and one choice more.
    pub fn and(mut self, name: &str, value: impl Into<Json>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// The choice called `name`, if it was made and is of that type.
    pub fn get<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        serde_json::from_value(self.0.get(name)?.clone()).ok()
    }
}
