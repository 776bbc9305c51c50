//! What everything in the plane runs on: settings and denoisers; and the plane as a course for the race of samplers.

use super::{choices::DenoiserKind, denoiser::Denoiser, quality::Quality, settings::Settings};
use crate::device::Device;
use crate::diffusion::{level::Level, schedule::Schedule, timegrid::Spacing};
use crate::experiment::Experiment;
use crate::labs::race::Course;
use crate::math::{normal::normals, philox::Stream};
use crate::runtime::{error::SessionError, readout::Note};

/// Particles of a lane that are shown.
const SHOWN: usize = 1000;

pub struct Plane {
    pub settings: Settings,
    pub exact: Denoiser,
    /// The network as it is now; there from the first moment that one is needed.
    pub learned: Option<Denoiser>,
    pub quality: Quality,
}

impl Plane {
    pub fn open(experiment: &Experiment, device: &Device) -> Self {
        let settings = Settings::of(experiment);
        Self {
            exact: Denoiser::exact(&settings, device),
            learned: None,
            quality: Quality::new(&settings.truth, settings.seed, settings.particles),
            settings,
        }
    }

    /// The denoiser that the settings ask for.
    pub fn denoiser(&self) -> &Denoiser {
        match (self.settings.denoiser, &self.learned) {
            (DenoiserKind::Learned, Some(learned)) => learned,
            (DenoiserKind::Learned, None) | (DenoiserKind::Exact, _) => &self.exact,
        }
    }
}

impl Course for Plane {
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

    async fn denoise(&self, x: &[f32], at: Level) -> Result<Vec<f32>, SessionError> {
        self.denoiser().eps(x, at).await
    }

    fn quality(&self, samples: &[f32]) -> f64 {
        self.quality.distance(samples)
    }

    fn floor(&self) -> f64 {
        self.quality.floor()
    }

    fn scored(&self) -> Note {
        let count = self.quality.count();
        Note {
            en: format!(
                "Sliced Wasserstein distance of {count} points to as many fresh ones; the dotted line is that of two fresh sets."
            ),
            zh: format!(
                "{count} 个点与同样多新抽的点的切片 Wasserstein 距离；点线是两组新抽的点之间的距离。"
            ),
        }
    }
}
