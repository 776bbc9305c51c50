//! The card of a model: what it is, how it was made, and later how good it is.

use super::train::DeviceChoice;
use super::train::ModelName;
use crate::nn::parameters::count;
use crate::train::shipped::{recipe::Recipe, trainer::Trainer};
use serde_json::{Value as Json, json};

/// The card of a freshly trained model, which learnt from `source`; `chailou eval --write-card` fills in the metrics.
pub fn describe<R: Recipe>(
    model: ModelName,
    trainer: &Trainer<R>,
    device: DeviceChoice,
    bytes: usize,
    source: &Json,
) -> Json {
    json!({
        "name": model.name(),
        "what": what(model),
        "command": command(model, trainer),
        "seed": trainer.options.seed,
        "steps": trainer.at,
        "seconds": trainer.seconds.round(),
        "machine": machine(device),
        "loss": trainer.loss,
        "data": source,
        "licence": "MIT OR Apache-2.0",
        "parameters": count(&trainer.model),
        "bytes": bytes,
        "config": trainer.config,
        "options": trainer.options,
        "schedule": schedule(model),
        "metrics": null,
    })
}

fn what(model: ModelName) -> &'static str {
    match model {
        ModelName::Digits => "Predicts the noise in 8x8 pictures of handwritten digits, by label",
        ModelName::Buildings => {
            "Predicts v, a mixture of noise and picture, in 32x32 colour pictures of small buildings, by class"
        }
        ModelName::Shakespeare => {
            "Continues text in the manner of Shakespeare's plays, character by character"
        }
        ModelName::Tang => "Writes regular poems in the manner of the Tang, character by character",
    }
}

fn schedule(model: ModelName) -> &'static str {
    match model {
        ModelName::Digits => "a_t = sqrt(1 - 0.02 t/1000), t = 1..1000; predicts eps",
        ModelName::Buildings => "a_t = sqrt(1 - 0.02 t/1000), t = 1..1000; predicts v",
        ModelName::Shakespeare | ModelName::Tang => {
            "warm-up, then a cosine to 2 % of the rate; the average of weights at the last step"
        }
    }
}

/// What makes it again.
fn command<R: Recipe>(model: ModelName, trainer: &Trainer<R>) -> String {
    let options = &trainer.options;
    let more = match model {
        ModelName::Digits => format!("--augment {}", options.augment),
        ModelName::Buildings => format!("--warm-up {} --ema {}", options.warm_up, options.ema),
        ModelName::Shakespeare => {
            format!("--data tinyshakespeare.txt --warm-up {} --ema {}", options.warm_up, options.ema)
        }
        ModelName::Tang => format!("--data tang.txt --warm-up {} --ema {}", options.warm_up, options.ema),
    };
    format!(
        "chailou train {} --steps {} --batch {} --lr {} {more} --seed {}{}",
        model.name(),
        options.steps,
        options.batch,
        options.learning_rate,
        options.seed,
        R::sizes(&trainer.config),
    )
}

fn machine(device: DeviceChoice) -> String {
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
    let cores = format!("{cores} CPU cores, {}", std::env::consts::ARCH);
    match device {
        DeviceChoice::Cpu => cores,
        DeviceChoice::Webgpu => format!("a GPU through WebGPU's native library, {cores}"),
    }
}

/// Where a model's examples come from.
pub fn data(model: ModelName) -> Json {
    match model {
        ModelName::Digits => json!({
            "name": "Optical Recognition of Handwritten Digits (E. Alpaydin, C. Kaynak, UCI, 1998)",
            "licence": "CC BY 4.0",
            "source": "https://doi.org/10.24432/C50P49",
            "pictures": "the first 1437; the last 360 are held out",
        }),
        ModelName::Buildings => json!({
            "name": "Buildings, drawn by crate/data/buildings.rs",
            "licence": "MIT OR Apache-2.0",
            "source": "crate/data/buildings.rs",
            "pictures": "seed 9119, index 1048576 and up, each once; those below are held out",
        }),
        ModelName::Shakespeare => json!({
            "name": "tinyshakespeare",
            "licence": "public domain",
            "source": "https://github.com/karpathy/char-rnn/blob/master/data/tinyshakespeare/input.txt",
            "held_out": "the last 10 %",
        }),
        ModelName::Tang => json!({
            "name": "16,390 regular poems of the Tang in simplified characters",
            "licence": "public domain; the digital text MIT",
            "source": "npm package chinese-poetry 2.0.1, converted with OpenCC",
            "held_out": "every tenth poem",
        }),
    }
}
