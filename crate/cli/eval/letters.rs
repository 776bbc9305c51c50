//! How surprised the transformer of letters is: by text that it learnt from, and by text that it never saw.

use super::EvalArguments;
use crate::cli::{train, workers::Workers};
use crate::data::letters::Letters;
use crate::device::{self, Device, DeviceKind};
use crate::models::gpt::Gpt;
use crate::train::checkpoint::load_gpt;
use crate::train::shipped::letters::{Windows, following, mean_surprise};
use serde::Serialize;

/// What the numbers of a card mean.
const UNIT: &str =
    "nats per character, windows of the context that follow each other, every position counted";

/// What was measured.
#[derive(Debug, Serialize)]
pub struct Losses {
    pub validation_loss: f64,
    pub training_loss: f64,
    pub unit: String,
}

/// Measures both parts of the text, or the first so many characters of each.
pub fn measure(arguments: &EvalArguments) -> Result<Losses, String> {
    let path = super::weights(arguments);
    let bytes = std::fs::read(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let device = pollster::block_on(device::open(DeviceKind::Cpu))?;
    let (config, network) =
        load_gpt(&bytes, &device).map_err(|error| format!("the weights in {}: {error}", path.display()))?;
    let text = train::text(arguments.data.as_deref())?;
    let letters =
        Letters::with(&text, config.vocabulary, config.context).map_err(|error| error.to_string())?;
    let workers = Workers::new()?;
    let loss = |tokens: &[usize]| {
        // A character more: the last one of a window is only guessed.
        let length =
            arguments.characters.map_or(tokens.len(), |n| tokens.len().min(n.max(config.context) + 1));
        mean_over(&workers, &following(&tokens[..length], config.context), &network, &device)
    };
    let first = |n| format!("; the first {n} characters of each part alone");
    Ok(Losses {
        validation_loss: loss(&letters.held_out)?,
        training_loss: loss(&letters.training)?,
        unit: UNIT.to_owned() + &arguments.characters.map(first).unwrap_or_default(),
    })
}

/// The mean surprise over portions of windows, on all cores; there must be a window.
pub fn mean_over(
    workers: &Workers,
    portions: &[Windows],
    network: &Gpt,
    device: &Device,
) -> Result<f64, String> {
    let mean = |i: usize| pollster::block_on(mean_surprise(network, &portions[i], device));
    let means: Vec<f64> = workers.run(portions.len(), &mean).into_iter().collect::<Result<_, _>>()?;
    let count: usize = portions.iter().map(|windows| windows.count).sum();
    let sum: f64 = means.iter().zip(portions).map(|(mean, windows)| mean * windows.count as f64).sum();
    Ok(sum / count as f64)
}
