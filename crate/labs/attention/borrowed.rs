//! Patterns that heads take over: from another text, or from the untouched model on the same text.

use super::{
    growth::{Reader, catch_up},
    letters::Letters,
    run::{Record, Run},
    settings::Settings,
};
use crate::attention::{intervention::Intervention, surgery::Surgery};
use crate::labs::session::SessionError;

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
            .map(|(_, prompt)| {
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

    /// The settings' surgery with the patterns that it needs; `shadow` is the untouched model on the same text.
    pub fn surgery(&self, settings: &Settings, shadow: Option<&Run>) -> Surgery {
        let _ = (settings, shadow);
        Surgery::none()
    }
}

/// Head and text of each patch.
fn patches(settings: &Settings) -> impl Iterator<Item = ([usize; 2], &str)> {
    settings.surgery.iter().filter_map(|one| match one {
        Intervention::Patch { layer, head, prompt } => Some(([*layer, *head], prompt.as_str())),
        _ => None,
    })
}
