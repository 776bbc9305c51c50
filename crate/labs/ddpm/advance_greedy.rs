//! The walks of "greedy collapses", on a device.

use std::{ops::Range, rc::Rc};

use burn::tensor::Tensor;

use super::{climb::read_all, denoiser::Denoiser, greedy::Greedy, settings::Settings};
use crate::diffusion::sampler::{Sigma, ancestral};
use crate::math::{normal::normals, philox::Stream};
use crate::runtime::error::{SessionError, finite};

/// Some steps of one group.
#[derive(Clone, Copy)]
struct Walk {
    group: usize,
    /// Counted from the rubble.
    step: usize,
    count: usize,
}

impl Greedy {
    /// At most `n` units more, with one readback.
    pub async fn advance(
        &mut self,
        n: usize,
        denoiser: &Denoiser,
        settings: &Settings,
    ) -> Result<(), SessionError> {
        let mut walks = Vec::new();
        let (mut done, end) = (self.done, self.progress().total.min(self.done.saturating_add(n)));
        while done < end {
            let (group, step) = (done / self.steps(), done % self.steps());
            let count = (end - done).min(self.steps() - step);
            walks.push(Walk { group, step, count });
            done += count;
        }
        let Some(last) = walks.last() else { return Ok(()) };
        self.begin(settings);
        let reached = self.levels[self.steps() - last.step - last.count];
        let lanes = walks.iter().flat_map(|walk| self.walk(*walk, denoiser, settings)).collect();
        let x = read_all(lanes).await?;
        finite("the measured picture", &x, reached.t.round() as usize)?;
        let places = walks.iter().flat_map(|walk| self.places(walk.group, settings));
        let places: Vec<_> = places.collect();
        let mine = Rc::make_mut(&mut self.x);
        for (place, values) in places.iter().zip(x.chunks_exact(places[0].len())) {
            mine[place.clone()].copy_from_slice(values);
        }
        self.done = done;
        Ok(())
    }

    /// The same rubble in both lanes, unless they are under way: drawn when it is first needed, for no picture waits for it.
    fn begin(&mut self, settings: &Settings) {
        if self.x.is_empty() {
            self.x = normals(settings.seed, Stream::Rubble, 0, self.numbers / 2).repeat(2).into();
        }
    }

    /// Where the numbers of group `group` stand in each lane.
    fn places(&self, group: usize, settings: &Settings) -> [Range<usize>; 2] {
        let size = self.size.group * settings.picture.len();
        [0, self.x.len() / 2].map(|lane| lane + group * size..lane + (group + 1) * size)
    }

    /// Both lanes of a group, [group, C, H, W] each, after the steps of `walk`.
    fn walk(&self, walk: Walk, denoiser: &Denoiser, settings: &Settings) -> [Tensor<4>; 2] {
        let places = self.places(walk.group, settings);
        let mut lanes = places.clone().map(|place| denoiser.upload(&self.x[place]));
        for step in walk.step..walk.step + walk.count {
            let (from, to) = (self.levels[self.steps() - step], self.levels[self.steps() - step - 1]);
            let both = Tensor::cat(lanes.to_vec(), 0); // [2 group, C, H, W]
            let eps = denoiser.predict_noise(&settings.config, both, from);
            let noise = normals(settings.seed, Stream::Rebuild, from.address(), self.x.len() / 2);
            let noise = denoiser.upload(&noise[places[0].clone()]);
            let mut eps = eps.chunk(2, 0).into_iter();
            let mut sigmas = [Sigma::Zero, Sigma::Beta].into_iter();
            lanes = lanes.map(|x| {
                let (eps, sigma) = (eps.next().expect("two lanes"), sigmas.next().expect("two lanes"));
                ancestral(from, to, sigma).apply(&x, &eps, Some(&noise))
            });
        }
        lanes
    }
}
