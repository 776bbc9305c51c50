//! Partial noising: noise mixed into the picture to ten depths, and the picture rebuilt from each of them.

use std::rc::Rc;

use super::{sampler_config::SamplerConfig, settings::Settings};
use crate::data::gallery::Gallery;
use crate::diffusion::{level::Level, timegrid::levels_from};
use crate::math::{normal::normals, philox::Stream, statistics::rms_gap};
use crate::runtime::{all_finite, frame::Frame, status::Progress};

/// Depths, evenly apart in time.
pub const DEPTHS: usize = 10;
/// Steps from the deepest; the others take their share.
const MOST_STEPS: usize = 50;

/// One depth.
pub(super) struct Depth {
    /// The levels of its way back, rising.
    pub levels: Vec<Level>,
    /// The picture with its noise.
    pub noised: Vec<f32>,
}

impl Depth {
    /// Depth `j` of ten: one jump up, and the levels of the way back.
    fn new(settings: &Settings, j: usize) -> Self {
        let SamplerConfig { schedule, spacing, .. } = &settings.config;
        let level = schedule.level((schedule.steps() * j).div_ceil(DEPTHS) as f64);
        let steps = (settings.steps.min(MOST_STEPS) * j).div_ceil(DEPTHS);
        let noise = normals(settings.seed, Stream::Demolish, level.address(), settings.picture.len());
        let noised = settings.picture.iter().zip(noise);
        let noised = noised.map(|(x, e)| (level.a * f64::from(*x) + level.b * f64::from(e)) as f32);
        Self { levels: levels_from(schedule, *spacing, level, steps), noised: noised.collect() }
    }

    pub fn steps(&self) -> usize {
        self.levels.len() - 1
    }
}

/// Ten pictures on their way back. A unit of work is a step of one group of depths, whose networks run as one batch.
pub struct PartialNoising {
    pub(super) depths: Vec<Depth>,
    /// Depths of a group.
    pub(super) group: usize,
    pub(super) done: usize,
    /// The pictures as they stand, [10, C, H, W]. Also held by whoever keeps what a pull left.
    pub(super) x: Rc<Vec<f32>>,
}

impl PartialNoising {
    pub fn new(settings: &Settings) -> Self {
        let group = match settings.gallery {
            Gallery::Digits => DEPTHS,
            Gallery::Buildings => 2,
        };
        let depths: Vec<_> = (1..=DEPTHS).map(|j| Depth::new(settings, j)).collect();
        let x = depths.iter().flat_map(|depth| &depth.noised).copied().collect::<Vec<_>>();
        Self { depths, group, done: 0, x: x.into() }
    }

    /// The depths of group `g`.
    pub(super) fn members(&self, g: usize) -> &[Depth] {
        &self.depths[g * self.group..][..self.group]
    }

    /// Steps of group `g`: those of its deepest.
    pub(super) fn steps(&self, g: usize) -> usize {
        self.members(g).iter().map(Depth::steps).max().expect("a group has depths")
    }

    pub fn progress(&self) -> Progress {
        let total = (0..DEPTHS / self.group).map(|g| self.steps(g)).sum();
        Progress { done: self.done, total }
    }

    /// The group that unit `unit` belongs to, and the steps of it that come before.
    pub(super) fn place(&self, unit: usize) -> (usize, usize) {
        let (mut g, mut step) = (0, unit);
        while g < DEPTHS / self.group && step >= self.steps(g) {
            step -= self.steps(g);
            g += 1;
        }
        (g, step)
    }

    /// Begins the group under way again: what its samplers remember is gone.
    pub(super) fn rewind(&mut self) {
        self.done -= self.place(self.done).1;
    }

    /// Picture `i` as it stands.
    fn picture(&self, i: usize) -> &[f32] {
        let size = self.x.len() / DEPTHS;
        &self.x[i * size..][..size]
    }

    /// Whether picture `i` is rebuilt.
    fn finished(&self, i: usize) -> bool {
        let (g, step) = self.place(self.done);
        i / self.group < g || (i / self.group == g && step >= self.depths[i].steps())
    }

    /// The units of finished groups, and where all pictures stand; no numbers before the first unit.
    pub fn part(&self) -> (usize, Rc<Vec<f32>>) {
        let finished = self.done - self.place(self.done).1;
        (finished, if self.done == 0 { Rc::default() } else { self.x.clone() })
    }

    /// Whether a [`part`](Self::part) could be this one's.
    pub fn fits(&self, done: usize, x: &[f32]) -> bool {
        let begun = done <= self.progress().total && x.len() == self.x.len() && all_finite(x);
        begun || (done == 0 && x.is_empty())
    }

    /// Goes on from a part that fits.
    pub fn take(&mut self, done: usize, x: Rc<Vec<f32>>) {
        if !x.is_empty() {
            (self.done, self.x) = (done, x);
            self.rewind();
        }
    }

    /// [10, 2, C, H, W]: each picture with its noise, and what has become of it.
    pub fn frame(&self, shape: [usize; 3]) -> Frame {
        let pairs = self.depths.iter().enumerate();
        let values = pairs.flat_map(|(i, depth)| depth.noised.iter().chain(self.picture(i)));
        Frame::new("partial_noising", [&[DEPTHS, 2][..], &shape].concat(), values.copied().collect())
    }

    /// The time of each depth, [10].
    pub fn times(&self) -> Frame {
        let last = |depth: &Depth| depth.levels[depth.steps()].t as f32;
        Frame::new("partial_noising_t", [DEPTHS], self.depths.iter().map(last).collect())
    }

    /// The root mean square distance of each rebuilt picture to `picture`, −1 while it is not finished. [10]
    pub fn distances(&self, picture: &[f32]) -> Frame {
        let distance = |i: usize| match self.finished(i) {
            true => rms_gap(self.picture(i), picture) as f32,
            false => -1.0,
        };
        Frame::new("partial_noising_distance", [DEPTHS], (0..DEPTHS).map(distance).collect())
    }
}
