//! `chailou bench trained --link LINK`: how far a readout is from what is wanted, after how many steps of training.
//!
//! The start noise alone may scatter it: the distance of particles to fresh data, with the exact denoiser of 1,000
//! moons, went from 0.5 to 1.3 of what is accepted over twelve seeds, 0.76 on the average. Judge a change by several
//! seeds.

use std::time::Instant;

use super::BenchArguments;
use crate::cli::say::say;
use crate::device::Device;
use crate::labs;
use crate::runtime::{error::SessionError, lab::Resources, session::Session};

/// The task of a lab that trains.
const TASK: &str = "train";

pub fn run(arguments: &BenchArguments) -> Result<(), String> {
    let link = arguments.link.as_deref().unwrap_or_default();
    let mut sums = vec![0.0; arguments.steps.len()];
    let mut runs = 0.0;
    say(format!("{} over what is expected of it", arguments.readout))?;
    for value in &arguments.over {
        for &seed in &arguments.seeds {
            let link = format!("{link}&{value}&seed={seed}");
            let (ratios, rate) = pollster::block_on(train(&link, arguments))?;
            let list = arguments.steps.iter().zip(&ratios).map(|(n, ratio)| format!("{n}: {ratio:.2}"));
            say(format!(
                "{value:>20} seed {seed}  {}  {rate:.0} steps/s",
                list.collect::<Vec<_>>().join("  ")
            ))?;
            sums.iter_mut().zip(ratios).for_each(|(sum, ratio)| *sum += ratio);
            runs += 1.0;
        }
    }
    let list = arguments.steps.iter().zip(sums).map(|(n, sum)| format!("{n}: {:.2}", sum / runs));
    say(format!("                mean         {}", list.collect::<Vec<_>>().join("  ")))?;
    Ok(())
}

/// The ratio after each of the steps, and training steps a second.
async fn train(link: &str, arguments: &BenchArguments) -> Result<(Vec<f64>, f64), String> {
    let parsed = labs::parse(link);
    if let Some(warning) = parsed.warnings.first() {
        return Err(warning.en.clone());
    }
    let sentence = |error: SessionError| error.to_string();
    let mut session = labs::open(&parsed.experiment, Resources { weights: None, device: &Device::Cpu })
        .map_err(sentence)?;
    let (mut ratios, mut seconds) = (Vec::new(), 0.0);
    for &steps in &arguments.steps {
        let begin = Instant::now();
        let done = trained(&*session)?;
        session.work(TASK, steps.saturating_sub(done)).await.map_err(sentence)?;
        seconds += begin.elapsed().as_secs_f64();
        let length = session.status().length;
        session.seek(length).await.map_err(sentence)?;
        let readout = session.readouts().into_iter().find(|readout| readout.id == arguments.readout);
        let readout = readout.ok_or_else(|| format!("there is no readout \"{}\"", arguments.readout))?;
        ratios.push(readout.value.unwrap_or(f64::NAN) / readout.expected.unwrap_or(f64::NAN));
    }
    let rate = trained(&*session)? as f64 / seconds;
    Ok((ratios, rate))
}

fn trained(session: &dyn Session) -> Result<usize, String> {
    let tasks = session.status().tasks;
    tasks.get(TASK).map(|progress| progress.done).ok_or_else(|| "this link trains nothing".to_owned())
}
