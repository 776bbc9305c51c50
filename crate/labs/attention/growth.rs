//! The two runs beside each other, character by character: the model as it is, and the model after surgery.

use burn::tensor::{Device, Tensor};

use super::{
    borrowed::Borrowed,
    decoding::{chosen, gumbel},
    run::Run,
    settings::Settings,
};
use crate::attention::surgery::Surgery;
use crate::device;
use crate::math::philox::{Stream, uniforms};
use crate::models::{gpt::Gpt, gpt_reading::ReadingHost};
use crate::runtime::error::SessionError;

/// What was written so far.
#[derive(Default)]
pub struct Growth {
    pub original: Run,
    /// The run under surgery, where there is any.
    pub edited: Option<Run>,
    /// The untouched model on the text of the edited run: what a frozen head goes by.
    pub(super) shadow: Option<Run>,
    /// The edited model on the text of the untouched run: what surgery costs on one and the same text.
    retold: Option<Run>,
    borrowed: Borrowed,
    /// Forward passes that the runs took.
    pub calls: usize,
}

/// Who reads, and by which settings.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    pub gpt: &'a Gpt,
    pub settings: &'a Settings,
    pub device: &'a Device,
}

impl Growth {
    pub fn new(settings: &Settings) -> Self {
        let edited = (!settings.surgery.is_empty()).then(Run::default);
        let shadow = Borrowed::follows(&settings.surgery).then(Run::default);
        Self { edited, shadow, ..Self::default() }
    }

    /// The run that the visitor's surgery leads to.
    pub fn shown(&self) -> &Run {
        self.edited.as_ref().unwrap_or(&self.original)
    }

    /// The untouched run, and the edited one if there is any.
    pub fn runs(&self) -> Vec<&Run> {
        [Some(&self.original), self.edited.as_ref()].into_iter().flatten().collect()
    }

    /// Puts another untouched run in the place of this one.
    pub(super) fn replace_original(&mut self, run: Run) {
        (self.original, self.retold) = (run, None);
    }

    /// The edited model on the text of the untouched run; without surgery that run itself.
    /// `None` as long as fewer than `sight` characters were read so.
    pub fn retold(&self, sight: usize) -> Option<&Run> {
        let run = if self.edited.is_some() { self.retold.as_ref() } else { Some(&self.original) };
        run.filter(|run| run.len() >= sight)
    }

    /// Characters that both runs have read.
    pub fn read(&self) -> usize {
        self.original.len().min(self.shown().len())
    }

    /// Reads and writes until `length` characters, at least the prompt, were read in both runs.
    pub async fn reach(&mut self, length: usize, reader: Reader<'_>) -> Result<(), SessionError> {
        if self.edited.is_some() {
            self.calls += self.borrowed.prepare(reader).await?;
        }
        while self.read() < length {
            self.advance(reader).await?;
        }
        if self.edited.is_some() { self.retell(length, reader).await } else { Ok(()) }
    }

    /// Has the edited model read the untouched run's text up to `length`.
    async fn retell(&mut self, length: usize, reader: Reader<'_>) -> Result<(), SessionError> {
        let start = self.retold.as_ref().map_or(0, Run::len);
        if start < length {
            // A reading that fails leaves none.
            let mut run = self.retold.take().unwrap_or_default();
            let surgery = self.borrowed.surgery(reader.settings, start, Some(&self.original));
            let tokens = &self.original.tokens[start..length];
            catch_up(&mut [(&mut run, tokens, &surgery)], reader).await?;
            self.retold = Some(run);
            self.calls += 1;
        }
        Ok(())
    }

    /// One chunk more of the runs that are behind: the prompt, or one character.
    async fn advance(&mut self, reader: Reader<'_>) -> Result<(), SessionError> {
        let length = self.read();
        let behind = |run: &Run| run.len() == length;
        let original = behind(&self.original).then(|| next(&self.original, reader));
        let edited = self.edited.as_ref().filter(|run| behind(run)).map(|run| next(run, reader));
        let shadow = self.shadow.as_ref().filter(|run| behind(run)).and(edited.clone());
        let untouched = Surgery::none();
        if let (Some(run), Some(tokens)) = (&mut self.shadow, &shadow) {
            catch_up(&mut [(&mut *run, &tokens[..], &untouched)], reader).await?;
        }
        let surgery = match &edited {
            Some(_) => self.borrowed.surgery(reader.settings, length, self.shadow.as_ref()),
            None => Surgery::none(),
        };
        let mut work = Vec::new();
        if let Some(tokens) = &original {
            work.push((&mut self.original, &tokens[..], &untouched));
        }
        if let (Some(run), Some(tokens)) = (&mut self.edited, &edited) {
            work.push((run, &tokens[..], &surgery));
        }
        catch_up(&mut work, reader).await?;
        self.calls +=
            usize::from(original.is_some()) + usize::from(edited.is_some()) + usize::from(shadow.is_some());
        Ok(())
    }
}

/// What `run` reads next: the prompt, or the character that its scores and the noise of that place lead to.
fn next(run: &Run, Reader { settings, .. }: Reader<'_>) -> Vec<usize> {
    match run.records.last() {
        None => settings.prompt.tokens.clone(),
        Some(record) => {
            let vocabulary = settings.config.vocabulary.len();
            vec![choice(settings, run.len() - settings.prompt.tokens.len(), record.logits(vocabulary))]
        }
    }
}

/// The `k`-th character written (from 0), after scores `logits`.
pub fn choice(settings: &Settings, k: usize, logits: &[f32]) -> usize {
    let noise = gumbel(&uniforms(settings.seed, Stream::Letters, k as u32, logits.len()));
    chosen(logits, &noise, &settings.decoding)
}

/// Has each run read its tokens, with one readback for all.
pub(super) async fn catch_up(
    work: &mut [(&mut Run, &[usize], &Surgery)],
    reader: Reader<'_>,
) -> Result<(), SessionError> {
    let readings: Vec<_> = work
        .iter_mut()
        .map(|(run, tokens, surgery)| reader.gpt.read(tokens, run.cache(reader.gpt, reader.device), surgery))
        .collect();
    let shapes: Vec<_> = readings.iter().map(|reading| reading.shape()).collect();
    let flat: Vec<Tensor<1>> = readings.into_iter().map(|reading| reading.flat()).collect();
    if flat.is_empty() {
        return Ok(());
    }
    let numbers = device::read(Tensor::cat(flat, 0)).await.map_err(SessionError::Device)?;
    let mut rest = &numbers[..];
    for ((run, tokens, _), shape) in work.iter_mut().zip(shapes) {
        let (part, others) = rest.split_at(shape.count());
        rest = others;
        let said: ReadingHost = shape.cut(part);
        run.add(tokens, &said)?;
    }
    Ok(())
}
