//! `chailou bench`: the standard workloads W1 and W3 on the CPU, checked against their references and timed; and the plane.

mod points;

use super::files::{floats, read_text};
use crate::device::read;
use crate::models::mlp::{FREQUENCIES, Mlp};
use crate::models::{unet::UNet, unet_config::UNetConfig};
use crate::nn::{parameters::shapes, time::sinusoids};
use crate::train::{checkpoint::place, learner::Learner, tensors::Tensors, workload};
use burn::tensor::{Device, Tensor, TensorData};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use std::time::Instant;

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Workload {
    W1,
    W3,
    /// Training in the plane: how good after how many steps, on every law.
    Points,
}

/// Time a standard workload and compare it with its reference.
#[derive(Args, Debug)]
pub struct BenchArguments {
    pub workload: Workload,
    /// The folder of the files of w1 and w3.
    #[arg(long, value_name = "DIR", required_if_eq_any([("workload", "w1"), ("workload", "w3")]))]
    pub workloads: Option<PathBuf>,
    /// Training steps after which points looks.
    #[arg(long, value_delimiter = ',', default_value = "700,1400,2800,4000")]
    pub steps: Vec<usize>,
    /// Seeds that points trains with.
    #[arg(long, value_delimiter = ',', default_value = "7")]
    pub seeds: Vec<u64>,
    /// Further settings for points, as in a link.
    #[arg(long, default_value = "")]
    pub settings: String,
    /// Timed runs after three to warm up.
    #[arg(long, default_value_t = 20)]
    pub runs: usize,
}

/// Runs `chailou bench`; an `Err` is one sentence for the user.
pub fn run(arguments: &BenchArguments) -> Result<(), String> {
    let folder = arguments.workloads.as_deref().unwrap_or(Path::new("."));
    match arguments.workload {
        Workload::W1 => forward(arguments, folder),
        Workload::W3 => training(arguments, folder),
        Workload::Points => points::run(arguments),
    }
}

/// The weights `name`.json and `name`.bin.
fn weights(folder: &Path, name: &str) -> Result<Tensors, String> {
    let file = format!("{name}.bin");
    let bytes = std::fs::read(folder.join(&file))
        .map_err(|error| format!("cannot read {file} in {}: {error}", folder.display()))?;
    let manifest = read_text(&folder.join(format!("{name}.json")))?;
    workload::read(&manifest, &bytes).map_err(|error| error.to_string())
}

/// W1: the U-Net's answer to one picture and to sixteen.
fn forward(arguments: &BenchArguments, folder: &Path) -> Result<(), String> {
    let device = Device::flex();
    let unet = UNet::new(&UNetConfig::w1(), &device).map_err(|error| error.to_string())?;
    let mut weights = weights(folder, "w1")?;
    let unet = place(unet, &mut weights).map_err(|error| error.to_string())?;
    weights.expect_empty().map_err(|error| error.to_string())?;
    let [x, t, y] = ["w1_x.bin", "w1_t.bin", "w1_y.bin"].map(|file| floats(&folder.join(file)));
    let (x, t, y) = (x?, t?, y?);
    for batch in [1, 16] {
        let pixels = batch * 32 * 32;
        if x.len() < pixels || t.len() < batch || y.len() < pixels {
            return Err(format!("the workload's inputs hold fewer than {batch} pictures"));
        }
        let forward = || {
            let data = TensorData::new(x[..pixels].to_vec(), [batch, 1, 32, 32]);
            let eps = unet.forward(Tensor::from_data(data, &device), &t[..batch], &[]);
            pollster::block_on(read(eps))
        };
        let error = forward()?.iter().zip(&y).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        let [least, median, most] = time(arguments.runs.max(1), || drop(forward()));
        println!(
            "w1 batch {batch:2}: max abs error {error:.2e}; ms min {least:.2} median {median:.2} max {most:.2}"
        );
    }
    Ok(())
}

/// Points in a step of W3.
const BATCH: usize = 512;
/// Steps between two readbacks of W3.
const PULL: usize = 10;

/// W3: fifty steps of Adam on the network of points, loss by loss.
fn training(arguments: &BenchArguments, folder: &Path) -> Result<(), String> {
    let device = Device::flex();
    let mut weights = weights(folder, "w3")?;
    let mut flat = Vec::new();
    for (name, shape) in shapes(&Mlp::new(&device)) {
        flat.extend(weights.take(&name, &shape).map_err(|error| error.to_string())?);
    }
    weights.expect_empty().map_err(|error| error.to_string())?;
    let [x0, t, eps, ab, expected] =
        ["w3_x0", "w3_t", "w3_eps", "ab", "w3_loss"].map(|name| floats(&folder.join(format!("{name}.bin"))));
    let (x0, t, eps, ab, expected) = (x0?, t?, eps?, ab?, expected?);
    // Times are whole numbers in the file.
    let t: Vec<usize> = t.iter().map(|t| t.to_bits() as usize).collect();
    let batches = t.len() / BATCH;
    if batches == 0 || [x0.len(), eps.len()] != [2 * t.len(); 2] || t.iter().any(|&t| t >= ab.len()) {
        return Err("the files of w3 do not fit together".into());
    }
    let mut learner = Learner::new(flat, &device);
    let mut step = 0;
    let mut pull = || {
        let losses: Vec<Tensor<1>> = (0..PULL)
            .map(|_| {
                let rows = step % batches * BATCH..(step % batches + 1) * BATCH;
                step += 1;
                let points = 2 * rows.start..2 * rows.end;
                let noisy = points.clone().map(|i| {
                    let a = ab[t[i / 2]];
                    a.sqrt() * x0[i] + (1.0 - a).sqrt() * eps[i]
                });
                let tensor = |v: Vec<f32>| {
                    let columns = v.len() / BATCH;
                    Tensor::<2>::from_data(TensorData::new(v, [BATCH, columns]), &device)
                };
                let times: Vec<f32> = t[rows].iter().map(|&t| t as f32).collect();
                let time = tensor(sinusoids(&times, FREQUENCIES));
                learner.learn(tensor(noisy.collect()), time, tensor(eps[points].to_vec()), 1e-3)
            })
            .collect();
        pollster::block_on(read(Tensor::cat(losses, 0)))
    };
    let mut losses = Vec::new();
    while losses.len() < expected.len() {
        losses.extend(pull()?);
    }
    let gap = |(a, b): (&f32, &f32)| ((a - b) / b).abs();
    let error = losses.iter().zip(&expected).map(gap).fold(0.0, f32::max);
    let times = time(arguments.runs.max(1), || drop(pull()));
    let [least, median, most] = times.map(|ms| ms / PULL as f64);
    println!(
        "w3: max relative error of {} losses {error:.2e}; ms a step min {least:.2} median {median:.2} max {most:.2}",
        expected.len()
    );
    if error < 1e-3 { Ok(()) } else { Err(format!("w3's losses are off by {error:.1e}, more than 1e-3")) }
}

/// [least, median, most] milliseconds of `runs` runs.
fn time(runs: usize, mut work: impl FnMut()) -> [f64; 3] {
    (0..3).for_each(|_| work());
    let mut times: Vec<f64> = (0..runs)
        .map(|_| {
            let begin = Instant::now();
            work();
            1e3 * begin.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    [times[0], times[runs / 2], times[runs - 1]]
}
