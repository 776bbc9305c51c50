//! All interventions together, in the form in which a network applies them.

use super::intervention::Intervention;

#[derive(Clone, Debug, Default)]
pub struct Surgery {
    interventions: Vec<Intervention>,
}

impl Surgery {
    /// Nothing is done.
    pub fn none() -> Self {
        Self::default()
    }

    pub fn is_none(&self) -> bool {
        self.interventions.is_empty()
    }
}
