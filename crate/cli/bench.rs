//! `chailou bench w1`: workload W1 on the CPU, checked against its reference and timed.

use super::files::{floats, read_text};
use crate::device::read;
use crate::models::{unet::UNet, unet_config::UNetConfig};
use crate::train::{checkpoint::place, workload};
use burn::tensor::{Device, Tensor, TensorData};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::time::Instant;

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Workload {
    W1,
}

/// Time a standard workload and compare it with its reference.
#[derive(Args, Debug)]
pub struct BenchArguments {
    pub workload: Workload,
    /// The folder of the workload's files.
    #[arg(long, value_name = "DIR")]
    pub workloads: PathBuf,
    /// Timed runs after three to warm up.
    #[arg(long, default_value_t = 20)]
    pub runs: usize,
}

/// Runs `chailou bench`; an `Err` is one sentence for the user.
pub fn run(arguments: &BenchArguments) -> Result<(), String> {
    let Workload::W1 = arguments.workload;
    let folder = &arguments.workloads;
    let bytes = std::fs::read(folder.join("w1.bin"))
        .map_err(|error| format!("cannot read w1.bin in {}: {error}", folder.display()))?;
    let device = Device::flex();
    let unet = UNet::new(&UNetConfig::w1(), &device).map_err(|error| error.to_string())?;
    let mut weights =
        workload::read(&read_text(&folder.join("w1.json"))?, &bytes).map_err(|error| error.to_string())?;
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
