//! Patterns that heads take over: from another text, or from the untouched model on the same text.

use super::{
    growth::{Reader, catch_up},
    letters::Letters,
    run::{Record, Run},
    settings::Settings,
};
use crate::attention::{
    intervention::Intervention,
    surgery::{Patterns, Surgery},
};
use crate::runtime::error::SessionError;

/// What the heads that are not their own master look at.
#[derive(Default)]
pub struct Borrowed {
    /// The other text of each [`Intervention::Patch`], as the untouched model reads it.
    patches: Option<Vec<Run>>,
}

impl Borrowed {
    /// Whether `surgery` needs the untouched model on the text of the edited run.
    pub fn follows(surgery: &[Intervention]) -> bool {
        surgery.iter().any(|one| matches!(one, Intervention::Freeze { .. }))
    }

    /// Has the other texts read, once; gives the forward passes that it took.
    pub async fn prepare(&mut self, reader: Reader<'_>) -> Result<usize, SessionError> {
        if self.patches.is_some() {
            return Ok(0);
        }
        let config = &reader.settings.config;
        let texts: Vec<Vec<usize>> = patches(reader.settings)
            .map(|prompt| {
                let mut letters = Letters::of(prompt, &config.vocabulary);
                letters.keep_last(config.context);
                letters.tokens
            })
            .collect();
        let mut runs: Vec<Run> = texts.iter().map(|_| Run::default()).collect();
        let untouched = Surgery::none();
        let mut work: Vec<_> =
            runs.iter_mut().zip(&texts).map(|(run, tokens)| (run, &tokens[..], &untouched)).collect();
        catch_up(&mut work, reader).await?;
        self.patches = Some(runs);
        Ok(texts.len())
    }

    /// The settings' surgery with the patterns that it needs for the positions from `start` on, as far as `shadow`,
    /// the untouched model on the same text, has come.
    pub fn surgery(&self, settings: &Settings, start: usize, shadow: Option<&Run>) -> Surgery {
        let mut patterns = Patterns::new();
        let mut texts = self.patches.iter().flatten();
        let heads = settings.config.heads;
        for one in &settings.surgery {
            let (layer, head, run) = match one {
                Intervention::Freeze { layer, head } => (layer, head, shadow),
                Intervention::Patch { layer, head, .. } => (layer, head, texts.next()),
                _ => continue,
            };
            let rows = run.iter().flat_map(|run| run.records.iter().enumerate()).skip(start);
            for (t, record) in rows {
                let row = Record::of_head(&record.weights, layer * heads + head, settings.heads());
                patterns.insert((*layer, *head, t), row.to_vec());
            }
        }
        Surgery::of(&settings.surgery, patterns)
    }
}

/// The other text of each patch, in order.
fn patches(settings: &Settings) -> impl Iterator<Item = &str> {
    settings.surgery.iter().filter_map(|one| match one {
        Intervention::Patch { prompt, .. } => Some(prompt.as_str()),
        _ => None,
    })
}
