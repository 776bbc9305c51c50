//! What is known of real pictures; measured once, when it is asked for.

use std::cell::OnceCell;

use super::{greedy::spread, sampler_config::Condition, settings::Settings};
use crate::data::gallery::COUNT;
use crate::math::statistics::rms_gap;

#[derive(Default)]
pub struct Real {
    spread: OnceCell<f64>,
    nearest: OnceCell<f64>,
}

impl Real {
    /// How far real pictures of what the original asks for lie apart.
    pub fn spread(&self, settings: &Settings) -> f64 {
        *self.spread.get_or_init(|| {
            let (gallery, labels) = (settings.gallery, settings.gallery.labels());
            let wanted = |i: &usize| match settings.config.condition {
                Condition::Any => true,
                Condition::Label(label) => usize::from(labels[*i]) == label,
            };
            let chosen: Vec<_> = (0..COUNT).filter(wanted).collect();
            let values: Vec<_> = chosen.iter().flat_map(|&i| gallery.picture(i)).collect();
            spread(&values, chosen.len())
        })
    }

    /// The distance from the picture to the nearest other real one.
    pub fn nearest(&self, settings: &Settings) -> f64 {
        *self.nearest.get_or_init(|| {
            let pixels = settings.gallery.pixels();
            let gaps =
                pixels.chunks_exact(settings.picture.len()).map(|real| rms_gap(real, &settings.picture));
            gaps.filter(|gap| *gap > 0.0).fold(f64::INFINITY, f64::min)
        })
    }
}
