//! How good a model of letters is: by text that it learnt from, by text that it never saw, and by what it writes.

use super::EvalArguments;
use super::poems::{self, Poems};
use crate::cli::{
    train::{self, ModelName},
    workers::Workers,
};
use crate::models::gpt::Gpt;
use crate::nn::host;
use crate::train::checkpoint::load_gpt;
use crate::train::shipped::letters::{Part, Windows, mean_surprise};
use burn::tensor::Device;
use serde::Serialize;

/// What the numbers of a card mean.
const WINDOWS: &str =
    "nats per character, windows of the context that follow each other, every position counted";
const LINES: &str =
    "nats per character of poems, each read by itself after a line feed; the line feed that ends it counts";

/// What was measured.
#[derive(Debug, Serialize)]
pub struct Losses {
    pub validation_loss: f64,
    pub training_loss: f64,
    pub unit: String,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub poems: Option<Poems>,
}

/// Measures both parts of the text, or the first so many characters of each, and what a model of poems writes.
pub fn measure(arguments: &EvalArguments) -> Result<(Losses, Vec<String>), String> {
    let path = super::weights(arguments);
    let bytes = std::fs::read(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let device = host::device(false)?;
    let (config, network) =
        load_gpt(&bytes, &device).map_err(|error| format!("the weights in {}: {error}", path.display()))?;
    let text = train::text(arguments.model, arguments.data.as_deref())?;
    let letters = train::letters(arguments.model, &text, Some(config.vocabulary.clone()), config.context)?;
    let workers = Workers::new()?;
    let loss = |part: Part| {
        let mut portions = letters.portions(part, config.context);
        if let Some(wanted) = arguments.characters {
            shorten(&mut portions, wanted);
        }
        mean_over(&workers, &portions, &network, &device)
    };
    let first = |n| format!("; the first {n} characters of each part alone");
    let (validation_loss, training_loss) = (loss(Part::HeldOut), loss(Part::Training));
    let written = match arguments.model {
        ModelName::Tang => {
            Some(poems::measure((arguments.samples, arguments.seed), &config, &network, &letters, &workers)?)
        }
        _ => None,
    };
    let (poems, texts) = written.map_or((None, Vec::new()), |(poems, texts)| (Some(poems), texts));
    let unit = if letters.lines.is_some() { LINES } else { WINDOWS };
    let unit = unit.to_owned() + &arguments.characters.map(first).unwrap_or_default();
    Ok((Losses { validation_loss, training_loss, unit, poems }, texts))
}

/// Keeps as many whole windows as `wanted` characters fill, at least one.
fn shorten(portions: &mut Vec<Windows>, wanted: usize) {
    let mut left = wanted;
    for windows in portions.iter_mut() {
        let length = windows.tokens.len() / windows.count;
        let first = usize::from(left == wanted);
        windows.count = windows.count.min((left / (length - 1)).max(first));
        windows.tokens.truncate(windows.count * length);
        left = left.saturating_sub(windows.count * (length - 1));
    }
    portions.retain(|windows| windows.count > 0);
}

/// The mean surprise over portions of windows, on all cores, every character counted alike; there must be a window.
pub fn mean_over(workers: &Workers, portions: &[Windows], network: &Gpt, device: &Device) -> f64 {
    let means = workers.run(portions.len(), &|i: usize| mean_surprise(network, &portions[i], device));
    let guessed = |windows: &Windows| (windows.tokens.len() - windows.count) as f64;
    let count: f64 = portions.iter().map(guessed).sum();
    let sum: f64 = means.iter().zip(portions).map(|(mean, windows)| mean * guessed(windows)).sum();
    sum / count
}
