//! `chailou train stretch`: small transformers that differ in what tells places apart, each on one thread, seed by seed on the same texts.

use super::files::{read_text, write_or_put_aside};
use super::say::say;
use crate::data::letters::Letters;
use crate::math::digest::sha256;
use crate::train::small::{
    Plan, Small,
    file::{load, pack, pack_text},
    reader::{Options, Reader, STRETCH, Scheme, mean},
};
use crate::train::tensors::Precision;
use serde_json::{Value as Json, json};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// Where the weights of these networks lie among those that ship.
pub const FOLDER: &str = "stretch";
/// Characters of what is learnt from that a page gets to learn from, besides all that is held out.
const LENT: usize = 65_536;
/// Steps between two lines of a run.
const LINES: usize = 250;

/// What of the usual run is another.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    pub steps: Option<usize>,
    pub batch: Option<usize>,
    pub rate: Option<f64>,
    /// The first seed.
    pub seed: Option<u64>,
}

/// Trains every scheme under `seeds` seeds on the text of `data`, `threads` at a time, into `out`.
pub fn run(
    data: &Path,
    out: &Path,
    seeds: u64,
    threads: Option<usize>,
    changes: &Changes,
) -> Result<(), String> {
    let first = Options::shipped(Scheme::Rope, changes.seed.unwrap_or(1));
    let steps = changes.steps.unwrap_or(first.plan.steps);
    let plan = Plan { steps, rate: changes.rate.unwrap_or(first.plan.rate), ..first.plan };
    let batch = changes.batch.unwrap_or(first.batch);
    if steps == 0 || batch == 0 || seeds == 0 || !(plan.rate > 0.0 && plan.rate <= 1.0) {
        return Err(
            "steps, examples and seeds are at least 1, a learning rate is above 0 and at most 1".to_owned()
        );
    }
    let text = read_text(data)?;
    let letters = Letters::parse(&text, STRETCH * first.length).map_err(|error| error.to_string())?;
    let source = Source { sha256: sha256(&text), characters: text.chars().count() };
    let folder = out.join(FOLDER);
    std::fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    let text = pack_text(&letters, LENT).write(Precision::Half);
    write_or_put_aside(&file(&folder, "text", "safetensors"), &text)?;
    let jobs: Vec<Options> = (0..seeds)
        .flat_map(|k| Scheme::ALL.map(|scheme| Options::shipped(scheme, first.seed.wrapping_add(k))))
        .map(|options| Options { plan, batch, ..options })
        .collect();
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
    let threads = threads.unwrap_or(cores).clamp(1, jobs.len());
    say(format!(
        "{} networks, {threads} at a time on {cores} cores, {steps} steps of {batch} texts each",
        jobs.len()
    ))?;
    let (next, failed) = (AtomicUsize::new(0), Mutex::new(None));
    let work = || {
        while let Some(options) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
            if let Err(sentence) = teach(options, &letters, &source, &folder, (jobs.len(), threads)) {
                *failed.lock().expect("no thread failed") = Some(sentence);
                return;
            }
        }
    };
    std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    failed.into_inner().expect("no thread failed").map_or(Ok(()), Err)
}

struct Source {
    sha256: String,
    characters: usize,
}

/// Trains one network and writes it with its card.
fn teach(
    options: &Options,
    letters: &Letters,
    source: &Source,
    folder: &Path,
    side: (usize, usize),
) -> Result<(), String> {
    let begin = Instant::now();
    let name = format!("{}-{}", options.scheme.name(), options.seed);
    let reader = Reader::new(options.clone(), Rc::new(letters.clone()));
    let mut run = Small::new(reader);
    while run.state().at < options.plan.steps {
        run.advance(LINES).map_err(|error| format!("{name}: {error}"))?;
        let (at, losses) = (run.state().at, &run.state().losses);
        let recent = &losses[losses.len().saturating_sub(LINES)..];
        let loss = recent.iter().sum::<f32>() / recent.len() as f32;
        say(format!("{name} step {at} loss {loss:.4} {:.0} s", begin.elapsed().as_secs_f64()))?;
    }
    let seconds = begin.elapsed().as_secs_f64();
    let losses = &run.state().losses;
    let recent = &losses[losses.len().saturating_sub(LINES)..];
    let loss = recent.iter().map(|loss| f64::from(*loss)).sum::<f64>() / recent.len() as f64;
    let bytes = pack(run.lesson.network(), run.weights()).write(Precision::Half);
    // What is measured is what ships.
    let (network, weights) = load(&bytes).map_err(|error| format!("{name}: {error}"))?;
    let long = STRETCH * options.length;
    let windows = (letters.held_out.len() - 1) / long;
    let by_place = run.lesson.by_place(&weights, windows);
    let at = |times: usize, which: usize| mean(&by_place, 0..times * options.length, which);
    let [losses_by_length, accuracy] = [0, 1].map(|which| [1, 2, 4, 8].map(|times| at(times, which)));
    let metrics = json!({
        "held_out_texts": windows,
        "length": long,
        "loss_within": mean(&by_place, 0..options.length, 0),
        "loss_beyond": mean(&by_place, options.length..long, 0),
        "accuracy": accuracy,
        "loss": losses_by_length,
        "unit": "texts of 8 times the length of training that follow each other; losses in nats a character; loss and accuracy are means over the first 1, 2, 4 and 8 lengths",
    });
    let said = format!("{name} loss by length {} accuracy {}", metrics["loss"], metrics["accuracy"]);
    let card = Card { options, network: &network, loss, seconds, bytes: bytes.len(), source, side, metrics };
    write_or_put_aside(&file(folder, &name, "safetensors"), &bytes)?;
    write_or_put_aside(&file(folder, &name, "json"), format!("{:#}\n", card.json(&name)).as_bytes())?;
    say(said)
}

fn file(folder: &Path, name: &str, ending: &str) -> PathBuf {
    folder.join(name).with_extension(ending)
}

struct Card<'a> {
    options: &'a Options,
    network: &'a crate::train::small::reader::Network,
    loss: f64,
    seconds: f64,
    bytes: usize,
    source: &'a Source,
    /// Networks that were trained, and how many at a time.
    side: (usize, usize),
    metrics: Json,
}

impl Card<'_> {
    fn json(&self, name: &str) -> Json {
        let Options { scheme, batch, seed, ref plan, length, .. } = *self.options;
        let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
        json!({
            "name": format!("{FOLDER}/{name}"),
            "what": "Continues text in the manner of Shakespeare's plays; one of several networks that differ in what tells places apart",
            "command": format!(
                "chailou train stretch --data tinyshakespeare.txt --steps {} --batch {batch} --lr {}",
                plan.steps, plan.rate,
            ),
            "seed": seed,
            "steps": plan.steps,
            "seconds": self.seconds.round(),
            "machine": format!(
                "{cores} CPU cores, {}; {} networks, {} at a time", std::env::consts::ARCH, self.side.0, self.side.1,
            ),
            "loss": self.loss,
            "data": {
                "name": "tinyshakespeare",
                "licence": "public domain",
                "source": "https://github.com/karpathy/char-rnn/blob/master/data/tinyshakespeare/input.txt",
                "held_out": "the last 10 %",
                "sha256": self.source.sha256,
                "characters": self.source.characters,
            },
            "licence": "MIT OR Apache-2.0",
            "parameters": self.network.count(),
            "bytes": self.bytes,
            "config": self.network.config,
            "scheme": scheme.name(),
            "options": { "batch": batch, "lr": plan.rate, "length": length, "seed": seed },
            "schedule": "the rate rises over the first 5 %, then falls in a straight line to 0; Adam",
            "metrics": self.metrics,
        })
    }
}
