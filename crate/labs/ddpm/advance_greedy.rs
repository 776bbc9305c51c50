//! The walks of "greedy collapses", with the network.

use std::{ops::Range, rc::Rc};

use super::{denoiser::Denoiser, greedy::Greedy, settings::Settings};
use crate::device::answer;
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
    /// At most `n` units more, waiting once for the device.
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
        let mut x = Vec::new();
        for walk in &walks {
            x.extend(self.walk(*walk, denoiser, settings).await?.concat());
        }
        answer().await.map_err(SessionError::Device)?;
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
    async fn walk(
        &self,
        walk: Walk,
        denoiser: &Denoiser,
        settings: &Settings,
    ) -> Result<[Vec<f32>; 2], SessionError> {
        let places = self.places(walk.group, settings);
        let mut lanes = places.clone().map(|place| self.x[place].to_vec());
        for step in walk.step..walk.step + walk.count {
            let (from, to) = (self.levels[self.steps() - step], self.levels[self.steps() - step - 1]);
            // [2 group, C, H, W]
            let eps = denoiser.predict_noise(&settings.config, &lanes.concat(), from).await?;
            let noise = normals(settings.seed, Stream::Rebuild, from.address(), self.x.len() / 2);
            let noise = noise[places[0].clone()].to_vec();
            let size = noise.len();
            for (i, (x, sigma)) in lanes.iter_mut().zip([Sigma::Zero, Sigma::Beta]).enumerate() {
                let eps = eps[i * size..(i + 1) * size].to_vec();
                *x = ancestral(from, to, sigma).apply(x, &eps, Some(&noise));
            }
        }
        Ok(lanes)
    }
}
