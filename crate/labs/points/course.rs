//! What runs in the plane: settings, a denoiser, a device; and the plane as a course for the race of samplers.

use burn::tensor::{Device, Tensor};

use super::{
    denoiser::Denoiser,
    quality::Quality,
    settings::{DenoiserKind, Settings},
};
use crate::diffusion::{level::Level, schedule::Schedule, timegrid::Spacing};
use crate::labs::race::Course;
use crate::math::{normal::normals, philox::Stream};

/// Particles of a lane that are shown.
const SHOWN: usize = 1000;

/// Everything that a way down needs.
pub struct Plane<'a> {
    pub settings: &'a Settings,
    pub denoiser: &'a Denoiser,
    pub quality: &'a Quality,
    pub device: &'a Device,
}

impl<'a> Plane<'a> {
    /// The plane with the denoiser that the settings ask for.
    pub fn new(
        settings: &'a Settings,
        exact: &'a Denoiser,
        learned: &'a Option<Denoiser>,
        quality: &'a Quality,
        device: &'a Device,
    ) -> Self {
        let denoiser = match (settings.denoiser, learned) {
            (DenoiserKind::Learned, Some(learned)) => learned,
            _ => exact,
        };
        Self { settings, denoiser, quality, device }
    }
}

impl Course for Plane<'_> {
    fn device(&self) -> &Device {
        self.device
    }

    fn schedule(&self) -> &Schedule {
        &self.settings.schedule
    }

    fn spacing(&self) -> Spacing {
        self.settings.spacing
    }

    fn shape(&self) -> Vec<usize> {
        vec![self.quality.count(), 2]
    }

    fn shown(&self) -> usize {
        self.quality.count().min(SHOWN)
    }

    fn start(&self) -> Vec<f32> {
        normals(self.settings.seed, Stream::Rubble, 0, 2 * self.quality.count())
    }

    fn noise(&self, from: Level) -> Vec<f32> {
        normals(self.settings.seed, Stream::Rebuild, from.address(), 2 * self.quality.count())
    }

    fn denoise(&self, x: Tensor<2>, at: Level) -> Tensor<2> {
        self.denoiser.eps(x, at)
    }

    fn quality(&self, samples: &[f32]) -> f64 {
        self.quality.distance(samples)
    }

    fn floor(&self) -> f64 {
        self.quality.floor()
    }
}
