//! Samples with labels 0, 1, 2, …, 0, 1, …, by the samplers of the page.

use crate::cli::workers::Workers;
use crate::device::Device;
use crate::diffusion::schedule::{TRAINING, TRAINING_STEPS};
use crate::diffusion::{guidance::guide, sampler, timegrid};
use crate::math::{normal::normals, philox::Stream};
use crate::models::unet_config::UNetConfig;
use crate::networks::noise_network::NoiseNetwork;
use crate::train::fused::load_noise_network;
use clap::{Args, ValueEnum};
use std::path::Path;

/// Numbers that are sampled at a time: 250 digits or 20 pictures of buildings.
const CHUNK: usize = 64_000;

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

/// How samples are drawn. The defaults are those of the page.
#[derive(Args, Debug)]
pub struct SampleArguments {
    #[arg(long, value_enum, default_value_t = SamplerName::Ddpm)]
    pub sampler: SamplerName,
    #[arg(long, default_value_t = 100)]
    pub steps: usize,
    #[arg(long, default_value_t = 1.3)]
    pub guidance: f64,
}

/// A model.
pub struct Painter<'a> {
    pub config: UNetConfig,
    network: NoiseNetwork,
    arguments: &'a SampleArguments,
}

impl<'a> Painter<'a> {
    /// The model in `weights`, which must paint pictures of `shape` [C, H, W] by `classes` labels.
    pub fn open(
        weights: &Path,
        shape: [usize; 3],
        classes: usize,
        arguments: &'a SampleArguments,
    ) -> Result<Self, String> {
        let bytes =
            std::fs::read(weights).map_err(|error| format!("cannot read {}: {error}", weights.display()))?;
        let (config, network) = load_noise_network(&bytes, &Device::Cpu)
            .map_err(|error| format!("cannot use {}: {error}", weights.display()))?;
        let found = [config.image_channels, config.image_size, config.image_size];
        if found != shape || config.classes != Some(classes) {
            return Err(format!("{} is a model of other pictures or labels", weights.display()));
        }
        if arguments.steps == 0 || arguments.steps > TRAINING_STEPS {
            return Err(format!("a sampler makes 1 to {TRAINING_STEPS} steps"));
        }
        Ok(Self { config, network, arguments })
    }

    /// One picture a label, one after another, [n · C · H · W].
    pub fn paint(&self, seed: u64, labels: &[u8]) -> Result<Vec<f32>, String> {
        let chunks: Vec<&[u8]> = labels.chunks(self.at_once()).collect();
        let work = |index: usize| {
            let rows: Vec<usize> = chunks[index].iter().map(|&label| usize::from(label)).collect();
            pollster::block_on(self.chain(seed ^ ((index as u64) << 32), &rows))
        };
        let painted = Workers::new()?.run(chunks.len(), &work);
        Ok(painted.into_iter().collect::<Result<Vec<_>, _>>()?.concat())
    }

    fn at_once(&self) -> usize {
        let pixels = self.config.image_channels * self.config.image_size.pow(2);
        (CHUNK / pixels).clamp(1, 250)
    }

    /// x_T to x_0, [B, C, H, W].
    async fn chain(&self, seed: u64, rows: &[usize]) -> Result<Vec<f32>, String> {
        let (count, size) = (rows.len(), self.config.image_size);
        let numbers = count * self.config.image_channels * size * size;
        let noise = |stream, step| normals(seed, stream, step, numbers);
        let no_label = vec![self.config.no_label().expect("a model with labels"); count];
        let guidance = self.arguments.guidance;
        let mut x = noise(Stream::Rubble, 0);
        for pair in timegrid::uniform(TRAINING_STEPS, self.arguments.steps).windows(2).rev() {
            let (s, t) = (pair[0], pair[1]);
            let times = vec![t as f32; count];
            let mut eps = self.network.forward(&x, &times, rows).await?;
            if guidance != 1.0 {
                eps = guide(&self.network.forward(&x, &times, &no_label).await?, &eps, guidance);
            }
            let (from, to) = (TRAINING.level(t as f64), TRAINING.level(s as f64));
            let step = match self.arguments.sampler {
                SamplerName::Ddpm => sampler::ancestral(from, to, sampler::Sigma::BetaTilde),
                SamplerName::Ddim => sampler::ddim(from, to, 0.0),
            };
            let z = (step.fresh != 0.0).then(|| noise(Stream::Rebuild, t as u32));
            x = step.apply(&x, &eps, z.as_ref());
        }
        Ok(x)
    }
}
