//! The race of samplers on pictures: what all lanes run on, and how far their samples are from real ones.

use std::cell::OnceCell;

use super::{denoiser::Denoiser, settings::Settings};
use crate::data::gallery::{CLASSES, COUNT, Gallery};
use crate::diffusion::{level::Level, schedule::Schedule, timegrid::Spacing};
use crate::labs::race::Course;
use crate::math::{
    frechet::{Components, Gaussian},
    normal::normals,
    philox::Stream,
};
use crate::runtime::{error::SessionError, readout::Note};

/// Samples that the page sees of each lane: one of each label.
const SHOWN: usize = CLASSES;

/// How many samples run in each lane, and on how many principal components they are compared with real pictures.
///
/// A Fréchet distance from few samples is too large: of N samples in d components by about d (d + 1)/(2 N) of their
/// mean variance. It is so for every lane alike, and for the real pictures that give the floor.
fn size(gallery: Gallery) -> (usize, usize) {
    match gallery {
        Gallery::Digits => (6 * CLASSES, 16),
        // A browser's processor spends some 10 ms on each at every call.
        Gallery::Buildings => (2 * CLASSES, 8),
    }
}

/// Real pictures as a measure of samples.
struct Yardstick {
    components: Components,
    real: Gaussian,
    /// What as many real pictures as there are samples score.
    floor: f64,
}

impl Yardstick {
    /// Some held-out pictures, scattered, stand for samples; the others are the measure.
    fn new(gallery: Gallery) -> Self {
        let ((samples, components), size, pixels) = (self::size(gallery), gallery.size(), gallery.pixels());
        let (mut chosen, mut others) = (Vec::new(), Vec::new());
        for (i, picture) in pixels.chunks_exact(size).enumerate() {
            // Seven has no factor in common with 360, so that buildings' labels come equally often.
            let sample = (7 * i) % COUNT < samples;
            (if sample { &mut chosen } else { &mut others }).extend_from_slice(picture);
        }
        let components = Components::fit(&others, size, components);
        let mut yardstick = Self { real: components.gaussian(&others), components, floor: 0.0 };
        yardstick.floor = yardstick.distance(&chosen);
        yardstick
    }

    /// The Fréchet distance of `samples` to real pictures on the first components.
    fn distance(&self, samples: &[f32]) -> f64 {
        self.components.gaussian(samples).distance(&self.real).max(0.0)
    }
}

/// The yardstick of a session, made at first use: it takes a second in a browser.
#[derive(Default)]
pub struct Measure(OnceCell<Yardstick>);

/// A course on the original's schedule. The model is asked for all labels in turn and without guidance: one network
/// call is one call.
pub struct Pictures<'a> {
    pub denoiser: &'a Denoiser,
    pub settings: &'a Settings,
    pub measure: &'a Measure,
}

impl Pictures<'_> {
    fn count(&self) -> usize {
        size(self.settings.gallery).0
    }

    fn yardstick(&self) -> &Yardstick {
        self.measure.0.get_or_init(|| Yardstick::new(self.settings.gallery))
    }

    fn draw(&self, stream: Stream, step: u32) -> Vec<f32> {
        normals(self.settings.seed, stream, step, self.count() * self.settings.picture.len())
    }
}

impl Course for Pictures<'_> {
    fn schedule(&self) -> &Schedule {
        &self.settings.config.schedule
    }

    fn spacing(&self) -> Spacing {
        self.settings.config.spacing
    }

    fn shape(&self) -> Vec<usize> {
        [&[self.count()][..], &self.settings.gallery.shape()].concat()
    }

    fn shown(&self) -> usize {
        SHOWN
    }

    fn start(&self) -> Vec<f32> {
        self.draw(Stream::Rubble, 0)
    }

    fn noise(&self, from: Level) -> Vec<f32> {
        self.draw(Stream::Rebuild, from.address())
    }

    async fn denoise(&self, x: &[f32], at: Level) -> Result<Vec<f32>, SessionError> {
        let labels = (0..x.len() / self.settings.gallery.size()).map(|i| i % CLASSES).collect();
        self.denoiser.predict_noise_by_label(x, at, labels).await
    }

    fn quality(&self, samples: &[f32]) -> f64 {
        self.yardstick().distance(samples)
    }

    fn floor(&self) -> f64 {
        self.yardstick().floor
    }

    /// The Fréchet distance is a square: half as far again.
    fn good(&self) -> f64 {
        1.5 * 1.5
    }

    fn scored(&self) -> Note {
        let (samples, components) = size(self.settings.gallery);
        let others = COUNT - samples;
        Note {
            en: format!(
                "Fréchet distance of {samples} samples to {others} real pictures on {components} principal components; the dotted line is that of {samples} other real ones."
            ),
            zh: format!(
                "{samples} 个样本与 {others} 张真实图片的 Fréchet 距离，取前 {components} 个主成分；点线是另外 {samples} 张真实图片的同一距离。"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_yardstick_tells_real_pictures_from_noise() {
        for gallery in Gallery::ALL {
            let yardstick = Yardstick::new(gallery);
            let noise = normals(3, Stream::Check, 0, size(gallery).0 * gallery.size());
            let far = yardstick.distance(&noise);
            assert!(yardstick.floor > 0.0 && far > 2.0 * yardstick.floor, "{far} {}", yardstick.floor);
        }
    }
}
