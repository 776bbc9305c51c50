//! `chailou bench`: the standard workloads on the CPU, checked against their references and timed; and training.

mod trained;

use super::say::say;
use crate::device::Device;
use crate::workloads::{self, Spec, files::Files};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// No workload is timed for longer.
const LONGEST: Duration = Duration::from_secs(20);

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Workload {
    /// A U-Net: forward and twenty steps of DDIM, one picture and sixteen.
    W1,
    /// A transformer: forward with all maps, and writing with a cache and without.
    W2,
    /// Training the network of points.
    W3,
    /// Training a transformer.
    W4,
    /// Every standard workload.
    All,
    /// Training of a link: how good after how many steps.
    Trained,
}

/// Time a standard workload and compare it with its reference.
#[derive(Args, Debug)]
pub struct BenchArguments {
    pub workload: Workload,
    /// The folder of the files of the standard workloads.
    #[arg(long, value_name = "DIR", required_if_eq_any(["all", "w1", "w2", "w3", "w4"].map(|id| ("workload", id))))]
    pub workloads: Option<PathBuf>,
    /// What is trained.
    #[arg(long, required_if_eq("workload", "trained"))]
    pub link: Option<String>,
    /// Settings to try one after another, as in a link: `data=moons,data=spiral`.
    #[arg(long, value_delimiter = ',', default_value = "")]
    pub over: Vec<String>,
    /// Seeds to train with.
    #[arg(long, value_delimiter = ',', default_value = "7")]
    pub seeds: Vec<u64>,
    /// Steps of training after which the readout is looked at.
    #[arg(long, value_delimiter = ',', default_value = "700,1400,2800,4000")]
    pub steps: Vec<usize>,
    /// The readout that says how good it is.
    #[arg(long, default_value = "w2")]
    pub readout: String,
    /// Timed calls after three to warm up; at most 20 seconds of them.
    #[arg(long, default_value_t = 20)]
    pub runs: usize,
}

/// Runs `chailou bench`; an `Err` is one sentence for the user.
pub fn run(arguments: &BenchArguments) -> Result<(), String> {
    let folder = arguments.workloads.as_deref().unwrap_or(Path::new("."));
    let family = match arguments.workload {
        Workload::Trained => return trained::run(arguments),
        Workload::All => "w",
        Workload::W1 => "w1",
        Workload::W2 => "w2",
        Workload::W3 => "w3",
        Workload::W4 => "w4",
    };
    workloads::ALL
        .iter()
        .filter(|spec| spec.id.starts_with(family))
        .try_for_each(|spec| bench(spec, folder, arguments.runs.max(1)))
}

/// Prints one line: the error of the calls that have a reference, and the times.
fn bench(spec: &Spec, folder: &Path, runs: usize) -> Result<(), String> {
    let mut files = Files::default();
    for name in spec.files {
        let path = folder.join(name);
        let bytes =
            std::fs::read(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        files.insert(name, bytes);
    }
    let mut workload = workloads::open(spec.id, &files, &Device::Cpu)?;
    let (mut error, mut times, began) = (0.0f64, Vec::new(), Instant::now());
    for call in 0.. {
        if times.len() >= runs || (!times.is_empty() && began.elapsed() > LONGEST) {
            break;
        }
        let (mut input, mut answers) = (workload.input(call), Vec::new());
        let begin = Instant::now();
        for part in 0..spec.parts {
            input = pollster::block_on(workload.part(part, &input))?;
            answers.extend_from_slice(&input);
        }
        let ms = 1e3 * begin.elapsed().as_secs_f64() / spec.units as f64;
        if call >= 3 {
            times.push(ms);
        }
        error = workload.error(call, &answers).map_or(error, |gap| gap.max(error));
    }
    times.sort_by(f64::total_cmp);
    let [least, median, most] = [times[0], times[times.len() / 2], times[times.len() - 1]];
    let Spec { id, unit, error: measure, tolerance, .. } = spec;
    say(format!(
        "{id}: error {error:.2e} ({measure}); ms a {unit} min {least:.3} median {median:.3} max {most:.3}, {} calls",
        times.len()
    ))?;
    if error < *tolerance {
        Ok(())
    } else {
        Err(format!("{id} is off by {error:.1e}, more than {tolerance:e}"))
    }
}
