//! `chailou eval`: how good a shipped model is, measured against pictures or text it never saw.

pub mod letters;
mod measures;
mod poems;
mod real;
pub mod sample;

use super::files::{read_text, write_or_put_aside};
use super::say::say;
use super::train::ModelName;
use clap::Args;
use measures::Space;
use real::Real;
use sample::{Painter, SampleArguments};
use serde::Serialize;
use std::path::PathBuf;

/// Draw samples with labels and measure them; of shakespeare and tang, measure the loss.
#[derive(Args, Debug)]
pub struct EvalArguments {
    pub model: ModelName,
    /// The file of weights, `www/models/MODEL.safetensors` if not said; its card lies beside it.
    #[arg(long, value_name = "FILE")]
    pub weights: Option<PathBuf>,
    /// The table of digits, the text of Shakespeare or the poems, one a line; the digits lie in the repository.
    #[arg(long, value_name = "PATH")]
    pub data: Option<PathBuf>,
    /// Measure the loss on so many characters of each part of a text only: all take minutes.
    #[arg(long, value_name = "N")]
    pub characters: Option<usize>,
    #[arg(long, default_value_t = 1000)]
    pub samples: usize,
    /// Print so many of the poems that were written.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub show: usize,
    #[command(flatten)]
    pub sample: SampleArguments,
    #[arg(long, default_value_t = 7)]
    pub seed: u64,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
    /// Write the metrics into the model's card.
    #[arg(long)]
    pub write_card: bool,
}

/// What was measured, and what it should be. Distances of digits are between pixels, those of buildings
/// between principal components.
#[derive(Debug, Serialize)]
struct Metrics {
    samples: usize,
    sampler: &'static str,
    steps: usize,
    guidance: f64,
    seed: u64,
    /// How many principal components the measures look at.
    components: usize,
    /// Fréchet distance of samples to held-out pictures on the principal components, as `math/frechet.rs` defines it.
    frechet: f64,
    /// The same of real pictures: of all digits to train on, and on average of as many buildings as there are samples.
    frechet_of_real: f64,
    /// The standard deviation of that, where several sets were measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    frechet_of_real_deviation: Option<f64>,
    /// How many real pictures a set has, and how many sets were measured.
    real: usize,
    real_sets: usize,
    /// The ratio of the first to the second.
    frechet_ratio: f64,
    /// `frechet` over the variance of the held-out pictures.
    frechet_share: f64,
    /// Share of samples whose nearest training picture has their label.
    read_as_label: f64,
    /// The same of held-out pictures, for comparison.
    held_out_read_as_label: f64,
    /// Mean distance to the nearest training picture over that of held-out ones.
    nearest_ratio: f64,
    /// The same of each training picture to the nearest other one, for comparison.
    training_nearest_ratio: f64,
    wanted: Wanted,
}

/// What a model of pictures must reach.
#[derive(Debug, Serialize)]
struct Wanted {
    frechet_ratio: f64,
    read_as_label: f64,
    nearest_ratio: f64,
}

const WANTED: Wanted = Wanted { frechet_ratio: 1.3, read_as_label: 0.97, nearest_ratio: 0.9 };

/// Runs `chailou eval`; an `Err` is one sentence for the user.
pub fn run(arguments: &EvalArguments) -> Result<(), String> {
    if matches!(arguments.model, ModelName::Shakespeare | ModelName::Tang) {
        let (losses, texts) = letters::measure(arguments)?;
        let mut lines = vec![
            format!("validation loss  {:.4}", losses.validation_loss),
            format!("training loss    {:.4}", losses.training_loss),
            losses.unit.clone(),
        ];
        if let Some(poems) = &losses.poems {
            lines.extend([
                format!("keep their form  {:.3}  (at least {})", poems.keep_form, poems.wanted.keep_form),
                format!(
                    "longest shared run  {:.2} on average, {} at most; of held-out poems {:.2} and {}",
                    poems.shared_run,
                    poems.longest_shared_run,
                    poems.held_out_shared_run,
                    poems.held_out_longest_shared_run
                ),
            ]);
        }
        lines.extend(texts.into_iter().take(arguments.show));
        return tell(arguments, &losses, lines.join("\n"));
    }
    let metrics = measure(arguments)?;
    let verdict = |good: bool| if good { "holds" } else { "fails" };
    let Metrics { frechet_ratio, read_as_label, nearest_ratio, .. } = metrics;
    let lines = [
        format!(
            "Frechet ratio      {frechet_ratio:.3}  (at most {})    {}",
            WANTED.frechet_ratio,
            verdict(frechet_ratio <= WANTED.frechet_ratio)
        ),
        format!(
            "read as its label  {read_as_label:.3}  (at least {})  {}",
            WANTED.read_as_label,
            verdict(read_as_label >= WANTED.read_as_label)
        ),
        format!(
            "nearest ratio      {nearest_ratio:.3}  (at least {})   {}",
            WANTED.nearest_ratio,
            verdict(nearest_ratio >= WANTED.nearest_ratio)
        ),
    ];
    tell(arguments, &metrics, lines.join("\n"))
}

/// Prints the metrics, as JSON or `in_words`, and writes them into the card if they are wanted there: a card that
/// cannot be written must not lose what took minutes to measure.
fn tell(arguments: &EvalArguments, metrics: &impl Serialize, in_words: String) -> Result<(), String> {
    let json = serde_json::to_value(metrics).expect("numbers are JSON");
    say(if arguments.json { format!("{json:#}") } else { in_words })?;
    if arguments.write_card {
        let path = weights(arguments).with_extension("json");
        let mut card: serde_json::Value = serde_json::from_str(&read_text(&path)?)
            .map_err(|error| format!("{} is no card: {error}", path.display()))?;
        card["metrics"] = json;
        write_or_put_aside(&path, format!("{card:#}\n").as_bytes())?;
    }
    Ok(())
}

fn weights(arguments: &EvalArguments) -> PathBuf {
    arguments.weights.clone().unwrap_or_else(|| arguments.model.weights())
}

fn measure(arguments: &EvalArguments) -> Result<Metrics, String> {
    if !(2..=100_000).contains(&arguments.samples) {
        return Err("2 to 100000 samples can be measured".to_owned());
    }
    let Real { shape, classes, components, training, held_out, sets } = real::pictures(arguments)?;
    let painter = Painter::open(&weights(arguments), shape, classes, &arguments.sample)?;
    let labels: Vec<u8> = (0..arguments.samples).map(|i| (i % classes) as u8).collect();
    let samples = measures::Pictures::new(&painter.paint(arguments.seed, &labels)?, labels);
    let fitted = match arguments.model {
        ModelName::Buildings => &held_out,
        _ => &training,
    };
    let space = Space::fit(fitted, components);
    let frechet = space.frechet(&samples, &held_out);
    let of_real: Vec<f64> = sets.iter().map(|set| space.frechet(set, &held_out)).collect();
    let frechet_of_real = of_real.iter().sum::<f64>() / of_real.len() as f64;
    let spread = of_real.iter().map(|one| (one - frechet_of_real).powi(2)).sum::<f64>();
    let frechet_of_real_deviation = (of_real.len() > 1).then(|| (spread / (of_real.len() - 1) as f64).sqrt());
    let real = sets[0].count();
    let frechet_share = frechet / space.variance(&held_out);
    let [samples, training, held_out] = match arguments.model {
        ModelName::Buildings => [samples, training, held_out].map(|pictures| pictures.seen_in(&space)),
        _ => [samples, training, held_out],
    };
    let (read_as_label, distance) = samples.read_by(&training);
    let (held_out_read_as_label, held_out_distance) = held_out.read_by(&training);
    Ok(Metrics {
        samples: arguments.samples,
        sampler: arguments.sample.sampler.describe(),
        steps: arguments.sample.steps,
        guidance: arguments.sample.guidance,
        seed: arguments.seed,
        components,
        frechet,
        frechet_of_real,
        frechet_of_real_deviation,
        real,
        real_sets: of_real.len(),
        frechet_ratio: frechet / frechet_of_real,
        frechet_share,
        read_as_label,
        held_out_read_as_label,
        nearest_ratio: distance / held_out_distance,
        training_nearest_ratio: training.nearest_other() / held_out_distance,
        wanted: WANTED,
    })
}
