//! The two runs beside each other: the model as it is, and the model after surgery.

use super::{run::Run, settings::Settings, untouched::Untouched};

/// What was read and written so far.
pub struct Runs {
    pub untouched: Untouched,
    /// Where there is any surgery.
    pub operated: Option<Operated>,
    /// Forward passes that the runs took.
    pub calls: usize,
}

/// What the edited model has read.
#[derive(Default)]
pub struct Operated {
    /// The text that it writes itself.
    pub edited: Run,
    /// The text that the untouched model writes: what surgery costs on one and the same text.
    pub edited_on_base_text: Run,
}

impl Runs {
    /// Nothing was read; `calls` forward passes were made before.
    pub fn new(settings: &Settings, calls: usize) -> Self {
        let operated = (!settings.surgery.is_empty()).then(Operated::default);
        Self { untouched: Untouched::new(settings), operated, calls }
    }

    /// The run of the untouched model.
    pub fn base(&self) -> &Run {
        &self.untouched.base
    }

    /// The run that the visitor's surgery leads to.
    pub fn edited(&self) -> &Run {
        self.operated.as_ref().map_or(self.base(), |operated| &operated.edited)
    }

    /// The untouched run, and the edited one if there is any.
    pub fn different(&self) -> Vec<&Run> {
        let edited = self.operated.as_ref().map(|operated| &operated.edited);
        [Some(self.base()), edited].into_iter().flatten().collect()
    }

    /// The edited model on the text of the untouched run; without surgery that run itself.
    /// `None` as long as fewer than `sight` characters were read so.
    pub fn edited_on_base_text(&self, sight: usize) -> Option<&Run> {
        let run = self.operated.as_ref().map_or(self.base(), |operated| &operated.edited_on_base_text);
        Some(run).filter(|run| run.len() >= sight)
    }

    /// Characters that both runs have read.
    pub fn read(&self) -> usize {
        self.base().len().min(self.edited().len())
    }
}
