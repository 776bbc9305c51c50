//! `chailou eval digits`: how good the shipped model is, measured against digits it never saw.

mod measures;
mod sample;

use super::files::{read_text, write};
use crate::data::digits::{Digits, PIXELS};
use crate::train::checkpoint::load;
use burn::tensor::Device;
use clap::{Args, ValueEnum};
use measures::{Pictures, Space};
use serde::Serialize;
use std::path::PathBuf;

pub use sample::SamplerName;

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ModelName {
    Digits,
}

/// Draw samples with labels and measure them. The sampler's defaults are those of the page.
#[derive(Args, Debug)]
pub struct EvalArguments {
    pub model: ModelName,
    /// The file of weights; its card lies beside it.
    #[arg(long, value_name = "FILE", default_value = "www/models/digits.safetensors")]
    pub weights: PathBuf,
    /// The table of pictures.
    #[arg(long, value_name = "PATH", default_value = "crate/data/digits.csv")]
    pub data: PathBuf,
    #[arg(long, default_value_t = 1000)]
    pub samples: usize,
    #[arg(long, value_enum, default_value_t = SamplerName::Ddpm)]
    pub sampler: SamplerName,
    #[arg(long, default_value_t = 50)]
    pub steps: usize,
    #[arg(long, default_value_t = 1.3)]
    pub guidance: f64,
    #[arg(long, default_value_t = 7)]
    pub seed: u64,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
    /// Write the metrics into the model's card.
    #[arg(long)]
    pub write_card: bool,
}

/// What was measured, and what it should be.
#[derive(Debug, Serialize)]
struct Metrics {
    samples: usize,
    sampler: &'static str,
    steps: usize,
    guidance: f64,
    seed: u64,
    /// Fréchet distance of samples to held-out digits on 20 principal components.
    frechet: f64,
    /// The same of the training digits.
    frechet_of_training: f64,
    /// Their ratio; at most 1.3 wanted.
    frechet_ratio: f64,
    /// Share of samples whose nearest training digit has their label; at least 0.97 wanted.
    read_as_label: f64,
    /// The same of held-out digits, for comparison.
    held_out_read_as_label: f64,
    /// Mean distance to the nearest training digit over that of held-out digits; at least 0.9 wanted.
    nearest_ratio: f64,
    /// The same of each training digit to the nearest other one, for comparison.
    training_nearest_ratio: f64,
}

/// Runs `chailou eval`; an `Err` is one sentence for the user.
pub fn run(arguments: &EvalArguments) -> Result<(), String> {
    let ModelName::Digits = arguments.model;
    let metrics = measure(arguments)?;
    let json = serde_json::to_value(&metrics).expect("numbers are JSON");
    if arguments.write_card {
        let path = arguments.weights.with_extension("json");
        let mut card: serde_json::Value = serde_json::from_str(&read_text(&path)?)
            .map_err(|error| format!("{} is no card: {error}", path.display()))?;
        card["metrics"] = json.clone();
        write(&path, format!("{card:#}\n").as_bytes())?;
    }
    if arguments.json {
        println!("{json:#}");
        return Ok(());
    }
    let verdict = |good: bool| if good { "holds" } else { "fails" };
    let Metrics { frechet_ratio, read_as_label, nearest_ratio, .. } = metrics;
    println!("Frechet ratio      {frechet_ratio:.3}  (at most 1.3)    {}", verdict(frechet_ratio <= 1.3));
    println!("read as its label  {read_as_label:.3}  (at least 0.97)  {}", verdict(read_as_label >= 0.97));
    println!("nearest ratio      {nearest_ratio:.3}  (at least 0.9)   {}", verdict(nearest_ratio >= 0.9));
    Ok(())
}

fn measure(arguments: &EvalArguments) -> Result<Metrics, String> {
    let bytes = std::fs::read(&arguments.weights)
        .map_err(|error| format!("cannot read {}: {error}", arguments.weights.display()))?;
    let (config, unet) = load(&bytes, &Device::flex())
        .map_err(|error| format!("cannot use {}: {error}", arguments.weights.display()))?;
    if config.image_size * config.image_size * config.image_channels != PIXELS || config.classes != Some(10) {
        return Err(format!("{} is no model of digits", arguments.weights.display()));
    }
    let table = read_text(&arguments.data)?;
    let (training, held_out) = Digits::parse(&table).map_err(|error| error.to_string())?.split();
    if training.len() < 2 || arguments.samples < 2 {
        return Err("at least two pictures and two samples are needed".to_owned());
    }
    let samples = sample::draw(&unet, &config, arguments)?;
    let (training, held_out) = (Pictures::from(&training), Pictures::from(&held_out));
    let space = Space::fit(&training);
    let frechet = space.frechet(&samples, &held_out);
    let frechet_of_training = space.frechet(&training, &held_out);
    let (read_as_label, distance) = samples.read_by(&training);
    let (held_out_read_as_label, held_out_distance) = held_out.read_by(&training);
    let training_distance = training.nearest_other();
    Ok(Metrics {
        samples: arguments.samples,
        sampler: arguments.sampler.describe(),
        steps: arguments.steps,
        guidance: arguments.guidance,
        seed: arguments.seed,
        frechet,
        frechet_of_training,
        frechet_ratio: frechet / frechet_of_training,
        read_as_label,
        held_out_read_as_label,
        nearest_ratio: distance / held_out_distance,
        training_nearest_ratio: training_distance / held_out_distance,
    })
}
