//! Samples with labels 0, 1, …, 9, 0, 1, …, by the samplers of the page.

use super::{EvalArguments, measures::Pictures};
use crate::data::digits::{PIXELS, SIZE};
use crate::diffusion::{guidance::guide, sampler, schedule::Schedule, timegrid};
use crate::math::{normal::normals, philox::Stream};
use crate::models::{unet::UNet, unet_config::UNetConfig};
use crate::train::trainer::{TRAINING_LAW, TRAINING_STEPS};
use burn::tensor::{Device, Tensor, TensorData};
use clap::ValueEnum;

/// Pictures that are sampled at a time.
const CHUNK: usize = 250;

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum SamplerName {
    /// Ancestral sampling with sigma = beta-tilde.
    Ddpm,
    /// DDIM without noise.
    Ddim,
}

impl SamplerName {
    pub fn describe(self) -> &'static str {
        match self {
            SamplerName::Ddpm => "ddpm, sigma = beta-tilde",
            SamplerName::Ddim => "ddim, eta = 0",
        }
    }
}

pub fn draw(unet: &UNet, config: &UNetConfig, arguments: &EvalArguments) -> Result<Pictures, String> {
    let labels: Vec<u8> = (0..arguments.samples).map(|i| (i % 10) as u8).collect();
    let mut values = Vec::with_capacity(labels.len() * PIXELS);
    for (index, chunk) in labels.chunks(CHUNK).enumerate() {
        let rows: Vec<usize> = chunk.iter().map(|&label| usize::from(label)).collect();
        let x = chain(unet, config, arguments, &rows, index as u64);
        values.extend(pollster::block_on(crate::device::read(x))?);
    }
    Ok(Pictures { values: values.into_iter().map(f64::from).collect(), labels })
}

/// x_T to x_0, [B, 1, 8, 8].
fn chain(
    unet: &UNet,
    config: &UNetConfig,
    arguments: &EvalArguments,
    rows: &[usize],
    chunk: u64,
) -> Tensor<4> {
    let device = Device::flex();
    let count = rows.len();
    let seed = arguments.seed ^ (chunk << 32);
    let noise = |stream, step| {
        let data = TensorData::new(normals(seed, stream, step, count * PIXELS), [count, 1, SIZE, SIZE]);
        Tensor::<4>::from_data(data, &device)
    };
    let schedule = Schedule::new(TRAINING_LAW, TRAINING_STEPS);
    let no_label = vec![config.no_label().expect("a model with labels"); count];
    let mut x = noise(Stream::Rubble, 0);
    for pair in timegrid::uniform(TRAINING_STEPS, arguments.steps).windows(2).rev() {
        let (s, t) = (pair[0], pair[1]);
        let (from, to) = (schedule.level(t as f64), schedule.level(s as f64));
        let times = vec![t as f32; count];
        let mut eps = unet.forward(x.clone(), &times, rows);
        if arguments.guidance != 1.0 {
            eps = guide(unet.forward(x.clone(), &times, &no_label), eps, arguments.guidance);
        }
        let step = match arguments.sampler {
            SamplerName::Ddpm => sampler::ancestral(from, to, sampler::Sigma::BetaTilde),
            SamplerName::Ddim => sampler::ddim(from, to, 0.0),
        };
        let z = (step.fresh != 0.0).then(|| noise(Stream::Rebuild, t as u32));
        x = step.apply(&x, &eps, z.as_ref());
    }
    x
}
