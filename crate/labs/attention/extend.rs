//! Writing, character by character: what both models read next, and in which order.
//!
//! A character depends on the one before it, so each costs a readback where the device does not choose [several](super::ahead);
//! whatever else is to be read travels with it. Where heads are frozen or patched, the untouched model is read first: its patterns
//! have to be known.

use super::{
    reading::{Reader, Work, read},
    run::Run,
    runs::{Operated, Runs},
    settings::Settings,
};
use crate::attention::surgery::Surgery;
use crate::math::{
    decoding::{chosen, gumbel},
    philox::{Stream, uniforms},
};
use crate::runtime::error::SessionError;

/// How far the runs are to come by the next readings.
struct Texts {
    base: Vec<usize>,
    edited: Vec<usize>,
    /// So much of the untouched run's text is to be read by the edited model, too.
    shared: usize,
}

impl Runs {
    /// Reads and writes until `length` characters, at least the prompt, were read in both runs, and the edited model has
    /// read as much of the untouched run's text.
    pub async fn extend(&mut self, length: usize, reader: Reader<'_>) -> Result<(), SessionError> {
        while self.read() < length || self.edited_on_base_text(length).is_none() {
            match self.at_once(length, reader) {
                n @ 2.. => self.write(n, reader).await?,
                _ => self.advance(length, reader).await?,
            }
        }
        Ok(())
    }

    /// One piece more of the runs that are behind: the prompt, or one character.
    async fn advance(&mut self, length: usize, reader: Reader<'_>) -> Result<(), SessionError> {
        let none = Surgery::none();
        let texts = self.next(length, reader.settings);
        let Self { untouched, operated, calls } = self;
        if operated.is_some() && untouched.is_awaited(&texts.base, &texts.edited) {
            *calls += read(untouched.work(&texts.base, &texts.edited, &none), reader).await?;
        }
        let surgeries = operated.as_ref().map(|Operated { edited, edited_on_base_text }| {
            let own = (edited.len()..texts.edited.len(), &untouched.base_on_edited_text);
            let shared = (edited_on_base_text.len()..texts.shared, &untouched.base);
            [own, shared].map(|(positions, text)| untouched.surgery(reader.settings, positions, text))
        });
        let mut work = untouched.work(&texts.base, &texts.edited, &none);
        if let (Some(operated), Some([own, shared])) = (operated, &surgeries) {
            let Operated { edited, edited_on_base_text } = operated;
            work.extend(Work::up_to(&texts.edited, edited, own));
            work.extend(Work::up_to(&texts.base[..texts.shared], edited_on_base_text, shared));
        }
        *calls += read(work, reader).await?;
        Ok(())
    }

    /// The texts up to `length` at most, one piece further where a run is behind. The untouched run's text is left to the
    /// edited model until it is long enough: it needs one forward pass for all of it.
    fn next(&self, length: usize, settings: &Settings) -> Texts {
        let read = self.read();
        let text = |run: &Run| match run.len() == read && read < length {
            true => [run.tokens.clone(), next(run, settings)].concat(),
            false => run.tokens.clone(),
        };
        let [base, edited] = [self.base(), self.edited()].map(text);
        let shared = if base.len().min(edited.len()) >= length { length } else { 0 };
        Texts { base, edited, shared }
    }
}

/// What `run` reads next: the prompt, or the character that its scores and the noise of that place lead to.
pub fn next(run: &Run, settings: &Settings) -> Vec<usize> {
    match run.records.last() {
        None => settings.prompt.tokens.clone(),
        Some(record) => {
            let logits = record.logits(settings.config.vocabulary.len());
            vec![choice(settings, run.len() - settings.prompt.tokens.len(), logits)]
        }
    }
}

/// The `k`-th character written (from 0), after scores `logits`.
pub fn choice(settings: &Settings, k: usize, logits: &[f32]) -> usize {
    chosen(logits, &noise(settings, k), &settings.decoding)
}

/// What chance says of the `k`-th character written. [V]
pub fn noise(settings: &Settings, k: usize) -> Vec<f64> {
    gumbel(&uniforms(settings.seed, Stream::Letters, k as u32, settings.config.vocabulary.len()))
}
