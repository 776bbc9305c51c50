//! `chailou train`: trains a model that ships, and writes it with its card.

use super::card::{data, describe};
use super::eval::letters::mean_over;
use super::files::{read_text, write, write_or_put_aside};
use super::say::{complain, say};
use super::stretch::{self, Changes};
use super::workers::Workers;
use crate::data::buildings::{self, Building};
use crate::data::{digits::Digits, letters::Letters};
use crate::math::digest::sha256;
use crate::models::unet_config::UNetConfig;
use crate::nn::host::{self, numbers};
use crate::train::shipped::letters::{CONTEXT, Part, sizes, tang_sizes};
use crate::train::shipped::recipe::{Recipe, SHARD};
use crate::train::shipped::trainer::Trainer;
use crate::train::shipped::{examples::Examples, options::TrainOptions, state};
use crate::train::tensors::Precision;
use burn::tensor::Tensor;
use clap::{Args, ValueEnum, builder::PossibleValue};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Where the table of digits lies in the repository.
pub const DIGITS: &str = "crate/data/digits.csv";
/// Steps between two looks at the loss and the clock.
const PULL: usize = 25;
/// Steps between two saves.
const SAVE: usize = 500;

/// What trains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DeviceChoice {
    Cpu,
    Webgpu,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ModelName {
    Digits,
    Buildings,
    Shakespeare,
    Tang,
}

impl ModelName {
    /// The name of its files.
    pub fn name(self) -> &'static str {
        match self {
            ModelName::Digits => "digits",
            ModelName::Buildings => "buildings",
            ModelName::Shakespeare => "shakespeare",
            ModelName::Tang => "tang",
        }
    }

    /// Where its weights lie in the repository.
    pub fn weights(self) -> PathBuf {
        Path::new("www/models").join(self.name()).with_extension("safetensors")
    }

    fn options(self) -> TrainOptions {
        match self {
            ModelName::Digits => TrainOptions::digits(),
            ModelName::Buildings => TrainOptions::buildings(),
            ModelName::Shakespeare => TrainOptions::shakespeare(),
            ModelName::Tang => TrainOptions::tang(),
        }
    }
}

/// What can be trained: a model, or all that differ in what tells places apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taught {
    One(ModelName),
    Stretch,
}

impl ValueEnum for Taught {
    fn value_variants<'a>() -> &'a [Self] {
        &[
            Self::One(ModelName::Digits),
            Self::One(ModelName::Buildings),
            Self::One(ModelName::Shakespeare),
            Self::One(ModelName::Tang),
            Self::Stretch,
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Self::One(model) => model.to_possible_value(),
            Self::Stretch => Some(PossibleValue::new(stretch::FOLDER)),
        }
    }
}

/// Train a model and write its weights and its card. What is not said is as it was for the model that ships.
#[derive(Args, Debug)]
pub struct TrainArguments {
    pub model: Taught,
    /// The table of digits, the text of Shakespeare or the poems, one a line; the digits lie in the repository.
    #[arg(long, value_name = "PATH")]
    pub data: Option<PathBuf>,
    /// Where the weights, the card and the state go.
    #[arg(long, value_name = "DIR", default_value = "www/models")]
    pub out: PathBuf,
    /// What computes.
    #[arg(long, value_enum, default_value_t = DeviceChoice::Cpu)]
    pub device: DeviceChoice,
    #[arg(long)]
    pub steps: Option<usize>,
    /// Examples a step.
    #[arg(long)]
    pub batch: Option<usize>,
    /// Highest learning rate.
    #[arg(long)]
    pub lr: Option<f64>,
    /// Steps in which the learning rate rises.
    #[arg(long, value_name = "STEPS")]
    pub warm_up: Option<usize>,
    /// Share of the averaged weights that a step keeps.
    #[arg(long)]
    pub ema: Option<f64>,
    /// Deviation of the random affine maps of the digits.
    #[arg(long)]
    pub augment: Option<f64>,
    #[arg(long)]
    pub seed: Option<u64>,
    /// Channels of each level.
    #[arg(long, value_delimiter = ',')]
    pub channels: Option<Vec<usize>>,
    /// Go on from the state that an earlier run with the same options left in the folder.
    #[arg(long)]
    pub resume: bool,
    /// Of networks to compare: how many seeds of each.
    #[arg(long, default_value_t = 3)]
    pub seeds: u64,
    /// Of networks to compare: how many are trained at a time; as many as there are cores, unless said.
    #[arg(long)]
    pub threads: Option<usize>,
    /// Stop after so many minutes, leaving a state to resume from.
    #[arg(long)]
    pub minutes: Option<f64>,
    /// Write pictures as bytes to FILE, and train nothing: the held-out digits, or buildings to train on
    /// elsewhere (a label and 3·32·32 bytes each).
    #[arg(long, value_name = "FILE")]
    pub pack: Option<PathBuf>,
    /// How many buildings to write.
    #[arg(long, default_value_t = 200_000, value_parser = clap::value_parser!(u32).range(1..=4_000_000))]
    pub pictures: u32,
    /// Index of the first building to write; below the usual one they are held out.
    #[arg(long, default_value_t = buildings::HELD_OUT)]
    pub from: u32,
}

/// Runs `chailou train`; an `Err` is one sentence for the user.
pub fn run(arguments: &TrainArguments) -> Result<(), String> {
    let model = match arguments.model {
        Taught::One(model) => model,
        Taught::Stretch => return compare(arguments),
    };
    if let Some(path) = &arguments.pack {
        return match model {
            ModelName::Digits => write(path, &digits(arguments.data.as_deref())?.1.packed()),
            ModelName::Buildings => write(path, &packed_buildings(arguments.from, arguments.pictures)),
            model => Err(format!("--pack writes pictures, and {} has none", model.name())),
        };
    }
    match model {
        ModelName::Shakespeare | ModelName::Tang => {
            let text = text(model, arguments.data.as_deref())?;
            let letters = letters(model, &text, None, CONTEXT)?;
            let vocabulary = letters.vocabulary.clone();
            let config = if model == ModelName::Tang { tang_sizes(vocabulary) } else { sizes(vocabulary) };
            let windows = letters.portions(Part::HeldOut, config.context);
            let mut source = data(model);
            source["sha256"] = sha256(&text).into();
            source["characters"] = text.chars().count().into();
            teach((model, arguments), config, letters, &source, |trainer, workers| {
                let network = state::averaged(trainer);
                Ok(Some(mean_over(workers, &windows, &network, &trainer.device())))
            })
        }
        ModelName::Digits | ModelName::Buildings => {
            let mut config = match model {
                ModelName::Buildings => UNetConfig::buildings(),
                _ => UNetConfig::digits(),
            };
            if let Some(channels) = &arguments.channels {
                config.channels.clone_from(channels);
            }
            teach((model, arguments), config, pictures(model, arguments)?, &data(model), |_, _| Ok(None))
        }
    }
}

/// Trains all networks that differ in what tells places apart.
fn compare(arguments: &TrainArguments) -> Result<(), String> {
    let TrainArguments { steps, batch, lr: rate, seed, seeds, threads, .. } = *arguments;
    if arguments.resume || arguments.minutes.is_some() || arguments.pack.is_some() {
        return Err(
            "networks to compare are trained to their end: no --resume, --minutes or --pack".to_owned()
        );
    }
    let data =
        arguments.data.as_deref().ok_or("name the text with --data (the README says where to get it)")?;
    stretch::run(data, &arguments.out, seeds, threads, &Changes { steps, batch, rate, seed })
}

/// Trains what `recipe` says; `examine` gives the loss on what is held out, if the recipe has one.
fn teach<R: Recipe>(
    (model, arguments): (ModelName, &TrainArguments),
    config: R::Config,
    recipe: R,
    source: &serde_json::Value,
    examine: impl Fn(&Trainer<R>, &Workers) -> Result<Option<f64>, String>,
) -> Result<(), String> {
    let device = host::device(arguments.device == DeviceChoice::Webgpu)?;
    let trainer = Trainer::new(options(model, arguments)?, config, recipe, device);
    let mut trainer = trainer.map_err(|error| error.to_string())?;
    std::fs::create_dir_all(&arguments.out)
        .map_err(|error| format!("cannot make {}: {error}", arguments.out.display()))?;
    let file = |ending: &str| arguments.out.join(model.name()).with_extension(ending);
    let state_file = file("state");
    if arguments.resume {
        let bytes = std::fs::read(&state_file)
            .map_err(|error| format!("cannot resume from {}: {error}", state_file.display()))?;
        state::resume(&mut trainer, &bytes)
            .map_err(|error| format!("cannot resume from {}: {error}", state_file.display()))?;
    }
    let finished = train(&mut trainer, arguments, &state_file, examine)?;
    let bytes = state::shipped(&trainer, Precision::Half);
    let weights = file("safetensors");
    let card = describe(model, &trainer, arguments.device, bytes.len(), source);
    // Each is written whatever became of the other.
    let kept = write_or_put_aside(&weights, &bytes);
    kept.and(write_or_put_aside(&file("json"), format!("{card:#}\n").as_bytes()))?;
    say(format!(
        "{}: {} bytes, {} steps, loss {:.4}",
        weights.display(),
        bytes.len(),
        trainer.at,
        trainer.loss
    ))?;
    if finished { Ok(()) } else { say("stopped early; go on with --resume") }
}

/// The label and the bytes 0..=255 of `count` pictures from index `from` on.
fn packed_buildings(from: u32, count: u32) -> Vec<u8> {
    let pack = |index| {
        let Building { pixels, label } = buildings::picture(buildings::SEED, from.wrapping_add(index));
        let bytes = pixels.into_iter().map(|v| (127.5 * (v + 1.0)).round() as u8);
        std::iter::once(label).chain(bytes).collect::<Vec<_>>()
    };
    (0..count).into_par_iter().flat_map_iter(pack).collect()
}

/// (what is trained on, what is held out)
fn digits(table: Option<&Path>) -> Result<(Digits, Digits), String> {
    let table = table.unwrap_or(Path::new(DIGITS));
    Ok(Digits::parse(&read_text(table)?).map_err(|error| error.to_string())?.split())
}

fn pictures(model: ModelName, arguments: &TrainArguments) -> Result<Examples, String> {
    if model == ModelName::Buildings {
        return Ok(Examples::Buildings);
    }
    let (training, _) = digits(arguments.data.as_deref())?;
    if training.is_empty() {
        let table = arguments.data.as_deref().unwrap_or(Path::new(DIGITS));
        return Err(format!("{} holds too few pictures to train on", table.display()));
    }
    Ok(Examples::Digits(training))
}

/// The text that `model` learns from, which the repository does not hold.
pub fn text(model: ModelName, path: Option<&Path>) -> Result<String, String> {
    let advice = || {
        let name = model.name();
        format!("{name} learns from a text: name its file with --data (the README says where to get it)")
    };
    read_text(path.ok_or_else(advice)?)
}

/// The text as `model` reads it, in the characters of a network that there is, or in its own.
pub fn letters(
    model: ModelName,
    text: &str,
    vocabulary: Option<Vec<char>>,
    context: usize,
) -> Result<Letters, String> {
    match (model, vocabulary) {
        (ModelName::Tang, vocabulary) => Letters::of_lines(text, vocabulary, context),
        (_, Some(vocabulary)) => Letters::with(text, vocabulary, context),
        (_, None) => Letters::parse(text, context),
    }
    .map_err(|error| error.to_string())
}

fn options(model: ModelName, arguments: &TrainArguments) -> Result<TrainOptions, String> {
    let usual = model.options();
    let options = TrainOptions {
        steps: arguments.steps.unwrap_or(usual.steps),
        batch: arguments.batch.unwrap_or(usual.batch),
        learning_rate: arguments.lr.unwrap_or(usual.learning_rate),
        warm_up: arguments.warm_up.unwrap_or(usual.warm_up),
        ema: arguments.ema.unwrap_or(usual.ema),
        augment: arguments.augment.unwrap_or(usual.augment),
        seed: arguments.seed.unwrap_or(usual.seed),
        ..usual
    };
    let numbers = [options.learning_rate, options.augment, options.ema];
    let batch_fits = (SHARD..=65_536).contains(&options.batch) && options.batch.is_multiple_of(SHARD);
    if !batch_fits || options.steps > 10_000_000 {
        return Err(format!("a batch is a multiple of {SHARD} up to 65536, a run at most ten million steps"));
    }
    if numbers.iter().any(|v| !(0.0..=1.0).contains(v)) {
        return Err("the learning rate, the average and the augmentation are numbers from 0 to 1".to_owned());
    }
    Ok(options)
}

/// Pulls until the last step or the time limit; whether the last step was reached.
fn train<R: Recipe>(
    trainer: &mut Trainer<R>,
    arguments: &TrainArguments,
    state_file: &Path,
    examine: impl Fn(&Trainer<R>, &Workers) -> Result<Option<f64>, String>,
) -> Result<bool, String> {
    let begin = Instant::now();
    let limit = arguments.minutes.map(|m| Duration::from_secs_f64(60.0 * m.clamp(0.0, 1e6)));
    let (before, first) = (trainer.seconds, trainer.at);
    let workers = Workers::new()?;
    let bar = progress(trainer);
    while trainer.at < trainer.options.steps {
        let pull = PULL.min(trainer.options.steps - trainer.at);
        let pulled = Instant::now();
        let losses = match arguments.device {
            DeviceChoice::Cpu => {
                workers.at_home(|| (0..pull).map(|_| trainer.step(|n, work| workers.run(n, work))).collect())
            }
            DeviceChoice::Webgpu => at_once(trainer, &workers, pull),
        };
        let loss = numbers(Tensor::cat(losses, 0).mean())[0];
        trainer.seconds = before + begin.elapsed().as_secs_f64();
        if !loss.is_finite() {
            let advice = "try a lower --lr, or --resume from the last good state";
            return Err(format!("the loss is not finite any more at step {}: {advice}", trainer.at));
        }
        trainer.loss = if trainer.loss == 0.0 { loss } else { 0.9 * trainer.loss + 0.1 * loss };
        bar.set_position(trainer.at as u64);
        bar.set_message(format!("loss {:.4}", trainer.loss));
        if bar.is_hidden() && (trainer.at - first <= 4 * PULL || trainer.at.is_multiple_of(10 * PULL)) {
            let speed = pull as f64 / pulled.elapsed().as_secs_f64();
            let Trainer { at, loss, seconds, .. } = &*trainer;
            tell(&format!("step {at} loss {loss:.4} {seconds:.0} s, {speed:.2} steps/s"));
        }
        let late = limit.is_some_and(|limit| begin.elapsed() > limit);
        if late || trainer.at.is_multiple_of(SAVE) || trainer.at == trainer.options.steps {
            // Training goes on without a state to resume from: what it leads to is written at the end.
            if let Err(sentence) = write(state_file, &state::save(trainer)) {
                bar.suspend(|| complain(format!("chailou: {sentence}")));
            }
            if let Some(loss) = examine(trainer, &workers)? {
                bar.suspend(|| tell(&format!("step {} held out {loss:.4}", trainer.at)));
            }
        }
        if late {
            break;
        }
    }
    bar.finish();
    Ok(trainer.at == trainer.options.steps)
}

/// Prints a line on the way; if nobody can read it the work goes on.
fn tell(line: &str) {
    if let Err(sentence) = say(line) {
        complain(format!("chailou: {sentence}"));
    }
}

/// `steps` steps that hand the device whole batches. It works behind the host, which draws the next batch
/// meanwhile.
fn at_once<R: Recipe>(trainer: &mut Trainer<R>, workers: &Workers, steps: usize) -> Vec<Tensor<1>> {
    let step = |_| {
        let this = &*trainer;
        let draw = |index: usize| this.draw(this.at + 1, index);
        let shards = workers.run(this.shards(), &draw);
        trainer.step_at_once(shards)
    };
    (0..steps).map(step).collect()
}

fn progress<R: Recipe>(trainer: &Trainer<R>) -> ProgressBar {
    let bar = ProgressBar::new(trainer.options.steps as u64).with_position(trainer.at as u64);
    let style = "{wide_bar} {pos}/{len} steps, {msg}, {per_sec}, {eta} left";
    bar.set_style(ProgressStyle::with_template(style).expect("a fixed template"));
    bar
}
