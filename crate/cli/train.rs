//! `chailou train digits`: trains the model that ships, and writes it with its card.

use super::files::{read_text, write};
use super::workers::Workers;
use crate::data::digits::Digits;
use crate::device::read;
use crate::models::unet_config::UNetConfig;
use crate::nn::parameters::count;
use crate::train::{options::TrainOptions, state, tensors::Precision, trainer::SHARD, trainer::Trainer};
use burn::tensor::{Device, Tensor};
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Steps between two looks at the loss and the clock.
const PULL: usize = 25;
/// Steps between two saves.
const SAVE: usize = 500;

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ModelName {
    Digits,
}

/// Train a model and write its weights and its card.
#[derive(Args, Debug)]
pub struct TrainArguments {
    pub model: ModelName,
    /// The table of pictures.
    #[arg(long, value_name = "PATH", default_value = "crate/data/digits.csv")]
    pub data: PathBuf,
    /// Where the weights, the card and the state go.
    #[arg(long, value_name = "DIR", default_value = "www/models")]
    pub out: PathBuf,
    #[arg(long, default_value_t = TrainOptions::default().steps)]
    pub steps: usize,
    /// Pictures a step.
    #[arg(long, default_value_t = TrainOptions::default().batch)]
    pub batch: usize,
    /// Highest learning rate.
    #[arg(long, default_value_t = TrainOptions::default().learning_rate)]
    pub lr: f64,
    /// Deviation of the random affine maps of the pictures.
    #[arg(long, default_value_t = TrainOptions::default().augment)]
    pub augment: f64,
    #[arg(long, default_value_t = TrainOptions::default().seed)]
    pub seed: u64,
    /// Channels of each level.
    #[arg(long, value_delimiter = ',', default_values_t = UNetConfig::digits().channels)]
    pub channels: Vec<usize>,
    /// Go on from the state that an earlier run with the same options left in the folder.
    #[arg(long)]
    pub resume: bool,
    /// Stop after so many minutes, leaving a state to resume from.
    #[arg(long)]
    pub minutes: Option<f64>,
    /// Write the held-out pictures as bytes to FILE, and train nothing.
    #[arg(long, value_name = "FILE")]
    pub pack: Option<PathBuf>,
}

/// Runs `chailou train`; an `Err` is one sentence for the user.
pub fn run(arguments: &TrainArguments) -> Result<(), String> {
    let ModelName::Digits = arguments.model;
    let table = read_text(&arguments.data)?;
    let (data, held_out) = Digits::parse(&table).map_err(|error| error.to_string())?.split();
    if let Some(path) = &arguments.pack {
        return write(path, &held_out.packed());
    }
    if data.is_empty() {
        return Err(format!("{} holds too few pictures to train on", arguments.data.display()));
    }
    let config = UNetConfig { channels: arguments.channels.clone(), ..UNetConfig::digits() };
    let options = options(arguments)?;
    let mut trainer =
        Trainer::new(options, config, data, Device::flex()).map_err(|error| error.to_string())?;
    std::fs::create_dir_all(&arguments.out)
        .map_err(|error| format!("cannot make {}: {error}", arguments.out.display()))?;
    let state_file = arguments.out.join("digits.state");
    if arguments.resume {
        let bytes = std::fs::read(&state_file)
            .map_err(|error| format!("cannot resume from {}: {error}", state_file.display()))?;
        state::resume(&mut trainer, &bytes)
            .map_err(|error| format!("cannot resume from {}: {error}", state_file.display()))?;
    }
    let finished = train(&mut trainer, arguments, &state_file)?;
    let (weights, card) = (arguments.out.join("digits.safetensors"), arguments.out.join("digits.json"));
    let bytes = pollster::block_on(state::shipped(&trainer, Precision::Half))?;
    write(&weights, &bytes)?;
    let card_json = describe(&trainer, bytes.len());
    write(&card, format!("{:#}\n", card_json).as_bytes())?;
    println!("{}: {} bytes, {} steps, loss {:.4}", weights.display(), bytes.len(), trainer.at, trainer.loss);
    if !finished {
        println!("stopped early; go on with --resume");
    }
    Ok(())
}

fn options(arguments: &TrainArguments) -> Result<TrainOptions, String> {
    let options = TrainOptions {
        steps: arguments.steps,
        batch: arguments.batch,
        learning_rate: arguments.lr,
        augment: arguments.augment,
        seed: arguments.seed,
        ..TrainOptions::default()
    };
    let numbers = [options.learning_rate, options.augment];
    let batch_fits = (SHARD..=65_536).contains(&options.batch) && options.batch.is_multiple_of(SHARD);
    if !batch_fits || options.steps > 10_000_000 {
        return Err(format!("a batch is a multiple of {SHARD} up to 65536, a run at most ten million steps"));
    }
    if numbers.iter().any(|v| !(0.0..=1.0).contains(v)) {
        return Err("the learning rate and the augmentation are numbers from 0 to 1".to_owned());
    }
    Ok(options)
}

/// Pulls until the last step or the time limit; whether the last step was reached.
fn train(trainer: &mut Trainer, arguments: &TrainArguments, state_file: &Path) -> Result<bool, String> {
    let begin = Instant::now();
    let limit = arguments.minutes.map(|m| Duration::from_secs_f64(60.0 * m.clamp(0.0, 1e6)));
    let before = trainer.seconds;
    let workers = Workers::new()?;
    let bar = progress(trainer);
    while trainer.at < trainer.options.steps {
        let pull = PULL.min(trainer.options.steps - trainer.at);
        let losses = workers
            .at_home(|| (0..pull).map(|_| trainer.step(|shards, work| workers.run(shards, work))).collect());
        let loss = pollster::block_on(read(Tensor::cat(losses, 0).mean()))?[0];
        trainer.seconds = before + begin.elapsed().as_secs_f64();
        if !loss.is_finite() {
            let advice = "try a lower --lr, or --resume from the last good state";
            return Err(format!("the loss is not finite any more at step {}: {advice}", trainer.at));
        }
        trainer.loss = if trainer.loss == 0.0 { loss } else { 0.9 * trainer.loss + 0.1 * loss };
        bar.set_position(trainer.at as u64);
        bar.set_message(format!("loss {:.4}", trainer.loss));
        if bar.is_hidden() && trainer.at.is_multiple_of(SAVE) {
            println!("step {} loss {:.4} {:.0} s", trainer.at, trainer.loss, trainer.seconds);
        }
        let late = limit.is_some_and(|limit| begin.elapsed() > limit);
        if late || trainer.at.is_multiple_of(SAVE) || trainer.at == trainer.options.steps {
            write(state_file, &pollster::block_on(state::save(trainer))?)?;
        }
        if late {
            break;
        }
    }
    bar.finish();
    Ok(trainer.at == trainer.options.steps)
}

fn progress(trainer: &Trainer) -> ProgressBar {
    let bar = ProgressBar::new(trainer.options.steps as u64).with_position(trainer.at as u64);
    let style = "{wide_bar} {pos}/{len} steps, {msg}, {per_sec}, {eta} left";
    bar.set_style(ProgressStyle::with_template(style).expect("a fixed template"));
    bar
}

/// The model's card; `chailou eval digits --write-card` fills in the metrics.
fn describe(trainer: &Trainer, bytes: usize) -> serde_json::Value {
    let options = &trainer.options;
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
    let channels: Vec<String> = trainer.config.channels.iter().map(|c| c.to_string()).collect();
    json!({
        "name": "digits",
        "what": "Predicts the noise in 8x8 pictures of handwritten digits, by label",
        "command": format!(
            "chailou train digits --steps {} --batch {} --lr {} --augment {} --seed {} --channels {}",
            options.steps, options.batch, options.learning_rate, options.augment, options.seed,
            channels.join(","),
        ),
        "seed": options.seed,
        "steps": trainer.at,
        "seconds": trainer.seconds.round(),
        "machine": format!("{cores} CPU cores, {}", std::env::consts::ARCH),
        "loss": trainer.loss,
        "data": {
            "name": "Optical Recognition of Handwritten Digits (E. Alpaydin, C. Kaynak, UCI, 1998)",
            "licence": "CC BY 4.0",
            "source": "https://doi.org/10.24432/C50P49",
            "pictures": "the first 1437; the last 360 are held out",
        },
        "licence": "MIT OR Apache-2.0",
        "parameters": count(&trainer.model),
        "bytes": bytes,
        "config": trainer.config,
        "options": options,
        "schedule": "a_t = sqrt(1 - 0.02 t/1000), t = 1..1000; predicts eps",
        "metrics": null,
    })
}
