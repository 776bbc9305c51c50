//! "Greedy collapses", measured: the same rubble rebuilt once with σ = 0 and once with σ = β.

use burn::tensor::Tensor;

use super::{belief::Denoiser, session::read_all, settings::Settings};
use crate::diffusion::{
    sampler::{Sigma, ancestral},
    timegrid,
};
use crate::labs::session::{Progress, SessionError, finite};
use crate::math::{normal::normals, philox::Stream, statistics::Moments};

/// Samples in each lane.
const LANE: usize = 16;
/// Steps of the measurement; more would take longer and change little.
const MOST_STEPS: usize = 50;

/// Two lanes of samples on their way from rubble to pictures.
pub struct Greedy {
    times: Vec<usize>,
    done: usize,
    /// [greedy lane, β lane], each LANE pictures.
    x: Vec<f32>,
}

/// How far samples lie apart: root mean over pixels of the variance across samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spreads {
    pub greedy: f64,
    pub beta: f64,
}

impl Greedy {
    pub fn new(settings: &Settings) -> Self {
        let steps = settings.steps().min(MOST_STEPS);
        let lane = normals(settings.seed, Stream::Rubble, 0, LANE * settings.picture.len());
        Self { times: timegrid::uniform(settings.schedule.steps(), steps), done: 0, x: lane.repeat(2) }
    }

    pub fn progress(&self) -> Progress {
        Progress { done: self.done, total: self.times.len() - 1 }
    }

    /// At most `n` steps more, with one readback.
    pub async fn advance(
        &mut self,
        n: usize,
        denoiser: &Denoiser,
        settings: &Settings,
    ) -> Result<(), SessionError> {
        let Progress { done, total } = self.progress();
        let n = n.min(total - done);
        if n == 0 {
            return Ok(());
        }
        let half = self.x.len() / 2;
        let mut lanes = [&self.x[..half], &self.x[half..]].map(|lane| denoiser.upload(lane)); // [LANE, C, H, W]
        for j in done..done + n {
            let (t, s) = (self.times[total - j], self.times[total - j - 1]);
            let eps = denoiser.predict(settings, Tensor::cat(lanes.to_vec(), 0), t); // [2 LANE, C, H, W]
            let noise = denoiser.upload(&normals(settings.seed, Stream::Rebuild, t as u32, half));
            let mut eps = eps.chunk(2, 0).into_iter();
            lanes = lanes
                .map(|x| (x, eps.next().expect("two lanes")))
                .into_iter()
                .zip([Sigma::Zero, Sigma::Beta])
                .map(|((x, eps), sigma)| {
                    let level = |t| settings.schedule.level(t as f64);
                    ancestral(level(t), level(s), sigma).apply(&x, &eps, Some(&noise))
                })
                .collect::<Vec<_>>()
                .try_into()
                .expect("two lanes");
        }
        let x = read_all(lanes.to_vec()).await?;
        finite("the measured picture", &x, self.times[total - done - n])?;
        (self.x, self.done) = (x, done + n);
        Ok(())
    }

    /// What another engine needs to go on: steps done and where both lanes stand.
    pub fn parts(&self) -> (usize, &[f32]) {
        (self.done, &self.x)
    }

    /// Goes on from another engine's [`parts`](Self::parts), if they fit.
    pub fn take_over(&mut self, done: usize, x: Vec<f32>) -> Option<()> {
        let fits = done <= self.progress().total && x.len() == self.x.len();
        fits.then(|| (self.done, self.x) = (done, x))
    }

    /// `None` until both lanes are finished.
    pub fn spreads(&self) -> Option<Spreads> {
        let Progress { done, total } = self.progress();
        let half = self.x.len() / 2;
        (done == total)
            .then(|| Spreads { greedy: spread(&self.x[..half], LANE), beta: spread(&self.x[half..], LANE) })
    }
}

/// √(mean over pixels of the variance across the `count` pictures in `values`).
pub fn spread(values: &[f32], count: usize) -> f64 {
    let size = values.len() / count;
    let variances =
        (0..size).map(|pixel| Moments::of((0..count).map(|i| f64::from(values[i * size + pixel]))).variance);
    (variances.sum::<f64>() / size as f64).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_pictures_have_no_spread() {
        assert_eq!(spread(&[0.5, -1.0, 0.5, -1.0], 2), 0.0);
        // Two pictures ±1 in one of two pixels: variances 1 and 0.
        assert!((spread(&[1.0, 0.0, -1.0, 0.0], 2) - 0.5f64.sqrt()).abs() < 1e-12);
    }
}
