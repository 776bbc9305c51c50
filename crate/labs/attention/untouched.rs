//! What the untouched model has read: the text that it writes, and whatever patched and frozen heads go by.

use std::ops::Range;

use super::{
    reading::Work,
    run::{Record, Run},
    settings::Settings,
};
use crate::attention::{
    intervention::Intervention,
    surgery::{Patterns, Surgery},
};
use crate::labs::letters::Letters;

#[derive(Default)]
pub struct Untouched {
    /// The text that it writes itself.
    pub base: Run,
    /// The text that the edited model writes, where a frozen head goes by it.
    pub base_on_edited_text: Run,
    patched: Vec<Patched>,
    freezes: bool,
}

/// The other text that a patched head goes by, and its reading.
struct Patched {
    text: Vec<usize>,
    run: Run,
}

impl Untouched {
    pub fn new(settings: &Settings) -> Self {
        let is_freeze = |one: &Intervention| matches!(one, Intervention::Freeze { .. });
        Self {
            patched: settings.surgery.iter().filter_map(|one| Patched::of(one, settings)).collect(),
            freezes: settings.surgery.iter().any(is_freeze),
            ..Self::default()
        }
    }

    /// Whether the edited model goes by patterns of this one.
    pub fn gives_patterns(&self) -> bool {
        self.freezes || !self.patched.is_empty()
    }

    /// Whether patterns that the edited model needs to read `edited` are still to be read, while the untouched one reads
    /// `base`.
    pub fn is_awaited(&self, base: &[usize], edited: &[usize]) -> bool {
        let behind = self.base.len() < base.len() || self.base_on_edited_text.len() < edited.len();
        self.patched.iter().any(|patched| patched.run.len() < patched.text.len()) || self.freezes && behind
    }

    /// What it has to read of the texts that the two models write.
    pub fn work<'a>(
        &'a mut self,
        base: &'a [usize],
        edited: &'a [usize],
        untouched: &'a Surgery,
    ) -> Vec<Work<'a>> {
        let Self { base: run, base_on_edited_text, patched, freezes } = self;
        let followed = if *freezes { edited } else { &[] };
        let patched = patched.iter_mut().map(|Patched { text, run }| (&text[..], run));
        let all = [(base, run), (followed, base_on_edited_text)].into_iter().chain(patched);
        all.filter_map(|(text, run)| Work::up_to(text, run, untouched)).collect()
    }

    /// The settings' surgery with the patterns that it needs at `positions`, as far as `same_text`, the untouched model on
    /// the text that is read, has come.
    pub fn surgery(&self, settings: &Settings, positions: Range<usize>, same_text: &Run) -> Surgery {
        let mut patterns = Patterns::new();
        let mut patched = self.patched.iter().map(|patched| &patched.run);
        let heads = settings.config.heads;
        for one in &settings.surgery {
            let (layer, head, run) = match one {
                Intervention::Freeze { layer, head } => (layer, head, Some(same_text)),
                Intervention::Patch { layer, head, .. } => (layer, head, patched.next()),
                _ => continue,
            };
            let rows = run.iter().flat_map(|run| run.records.iter().enumerate());
            for (t, record) in rows.take(positions.end).skip(positions.start) {
                let row = Record::of_head(&record.weights, layer * heads + head, settings.heads());
                patterns.insert((*layer, *head, t), row.to_vec());
            }
        }
        Surgery::of(&settings.surgery, patterns)
    }
}

impl Patched {
    fn of(one: &Intervention, settings: &Settings) -> Option<Self> {
        let Intervention::Patch { prompt, .. } = one else { return None };
        let mut letters = Letters::of(prompt, &settings.config.vocabulary);
        letters.keep_last(settings.config.context);
        Some(Self { text: letters.tokens, run: Run::default() })
    }
}
