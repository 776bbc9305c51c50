//! The heads of a network, as it reads a text: queries and keys of every head, and the map that it makes of them itself.

use nalgebra::DMatrix;
use serde::Deserialize;

use crate::attention::surgery::Surgery;
use crate::experiment::{Experiment, Message, inputs::Input};
use crate::labs::{chosen::chosen, letters::Letters};
use crate::maps::{kernel::Head, mask::Mask};
use crate::models::{fused_gpt::gradient::Answer, gpt_config::GptConfig, reading::HeadsHost};
use crate::runtime::error::SessionError;
use crate::train::fused::load_gpt;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Model {
    Shakespeare,
    Tang,
}

impl Model {
    /// What it reads where the visitor wrote nothing.
    fn text(self) -> &'static str {
        match self {
            Self::Shakespeare => {
                "To be, or not to be: that is the question:\nWhether 'tis nobler in the mind to suffer\n"
            }
            Self::Tang => "床前明月光，疑是地上霜。举头望明月，低头思故乡。",
        }
    }
}

/// A text as a model read it.
pub struct Read {
    /// The text, in the characters that the model knows.
    pub letters: Vec<char>,
    /// Heads of a layer.
    pub heads: usize,
    pub layers: usize,
    /// d, numbers of a query.
    pub width: usize,
    /// Of all layers, one after the other.
    all: Vec<Head>,
    /// The model's own maps, [n, n] each, row by row.
    maps: Vec<Vec<f32>>,
    /// What its heads see, the first again after the last.
    masks: Vec<Mask>,
    /// Steps that it was trained, if it was trained in this page.
    pub steps: Option<usize>,
    pub warnings: Vec<Message>,
}

impl Read {
    /// What the model of the link reads, from the file of its weights.
    pub fn of(experiment: &Experiment, weights: Option<&[u8]>) -> Result<Self, SessionError> {
        let model: Model = chosen(experiment, "model");
        let weights = weights.ok_or(SessionError::NoWeights(experiment.choice("model")))?;
        let (config, network) =
            load_gpt(weights).map_err(|error| SessionError::BadWeights(Box::new(error)))?;
        let written = experiment.inputs.prompt.as_deref();
        let (letters, warnings) = letters(written, model.text(), &config.vocabulary, config.context);
        let n = letters.tokens.len();
        let reading = network.read(&letters.tokens, &mut network.cache(), &Surgery::none());
        let (mut all, mut maps) = (Vec::new(), Vec::new());
        for HeadsHost { q, k, weights, .. } in reading.layers {
            let dh = config.head_width();
            let matrix = |numbers: &[f32], h: usize| {
                let part = &numbers[h * n * dh..(h + 1) * n * dh];
                DMatrix::from_row_iterator(n, dh, part.iter().copied().map(f64::from))
            };
            all.extend((0..config.heads).map(|h| Head { queries: matrix(&q, h), keys: matrix(&k, h) }));
            maps.extend(weights.chunks_exact(n * n).map(<[f32]>::to_vec));
        }
        finite(&maps, n)?;
        Ok(Self {
            letters: letters.tokens.iter().map(|token| config.vocabulary[*token]).collect(),
            heads: config.heads,
            layers: config.layers,
            width: config.head_width(),
            all,
            maps,
            masks: vec![Mask::Causal],
            steps: None,
            warnings,
        })
    }

    /// Head `number` of all, counted on from the first when there are no more.
    pub fn head(&self, number: usize) -> &Head {
        &self.all[number % self.all.len()]
    }

    /// The map that the model itself made of head `number`. [n, n]
    pub fn map(&self, number: usize) -> &[f32] {
        &self.maps[number]
    }

    /// The mask behind which head `number` learnt.
    pub fn mask(&self, number: usize) -> Mask {
        self.masks[number % self.heads % self.masks.len()]
    }
}

/// A network that was trained in this page.
pub struct Network<'a> {
    pub config: &'a GptConfig,
    /// What it reads where the visitor wrote nothing.
    pub default: &'a str,
    /// What the heads of a layer see, the first again after the last.
    pub masks: &'a [Mask],
    /// Steps that it was trained.
    pub steps: usize,
}

impl Network<'_> {
    /// What its heads make of the text of the link; `answer` is what it says of tokens.
    pub fn reads(
        &self,
        experiment: &Experiment,
        answer: impl FnOnce(&[usize]) -> Answer,
    ) -> Result<Read, SessionError> {
        let config = self.config;
        let written = experiment.inputs.prompt.as_deref();
        let (letters, warnings) = letters(written, self.default, &config.vocabulary, config.context);
        let (n, d, dh) = (letters.tokens.len(), config.width, config.head_width());
        let Answer { maps, heads, .. } = answer(&letters.tokens);
        let maps: Vec<_> =
            maps.iter().flat_map(|layer| layer.chunks_exact(n * n)).map(<[f32]>::to_vec).collect();
        finite(&maps, n)?;
        // A row has the queries of all heads, then their keys, then their values.
        let matrix =
            |rows: &[f32], from: usize| DMatrix::from_fn(n, dh, |i, j| f64::from(rows[3 * d * i + from + j]));
        let of_layer = |rows: &Vec<f32>| {
            (0..config.heads)
                .map(|h| Head { queries: matrix(rows, h * dh), keys: matrix(rows, d + h * dh) })
                .collect::<Vec<_>>()
        };
        Ok(Read {
            letters: letters.tokens.iter().map(|token| config.vocabulary[*token]).collect(),
            heads: config.heads,
            layers: config.layers,
            width: dh,
            all: heads.iter().flat_map(of_layer).collect(),
            maps,
            masks: self.masks.to_vec(),
            steps: Some(self.steps),
            warnings,
        })
    }
}

/// A network that was trained too fast may have no numbers to show.
fn finite(maps: &[Vec<f32>], n: usize) -> Result<(), SessionError> {
    match maps.iter().flatten().copied().find(|weight| !weight.is_finite()) {
        Some(value) => Err(SessionError::Unreadable { value, position: n }),
        None => Ok(()),
    }
}

/// What is read: what was written, or `default`; the end of it, if it is too long.
fn letters(
    written: Option<&str>,
    default: &str,
    vocabulary: &[char],
    context: usize,
) -> (Letters, Vec<Message>) {
    let mut warnings = Vec::new();
    let key = Input::Prompt.key();
    let text = written.filter(|text| !text.is_empty()).unwrap_or(default);
    let mut letters = Letters::of(text, vocabulary);
    let count = letters.tokens.len();
    if count > context {
        letters.keep_last(context);
        warnings.push(Message::new(
            key,
            format!("The model holds {context} characters in mind; of the text's {count} it reads the last {context}."),
            format!("模型最多记得 {context} 个字符；文字有 {count} 个，只读最后 {context} 个。"),
        ));
    }
    warnings.extend(letters.warning(key));
    (letters, warnings)
}
