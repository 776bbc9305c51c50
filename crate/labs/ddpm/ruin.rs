//! "How much ruin is too much?": the picture demolished to ten depths, and rebuilt from each of them.

use burn::tensor::Tensor;

use super::{belief::Denoiser, rule::Rule, settings::Settings, walk::read_all};
use crate::data::gallery::Gallery;
use crate::diffusion::{level::Level, solver::Solver, timegrid::levels_from};
use crate::math::{normal::normals, philox::Stream, statistics::rms_gap};
use crate::runtime::{error::SessionError, error::finite, frame::Frame, status::Progress};

/// Depths, evenly apart in time.
pub const DEPTHS: usize = 10;
/// Steps from the deepest; the others take their share.
const MOST_STEPS: usize = 50;

/// One depth.
struct Site {
    /// The levels of its way back, rising.
    levels: Vec<Level>,
    ruin: Vec<f32>,
    /// The picture as it stands.
    x: Vec<f32>,
}

impl Site {
    fn steps(&self) -> usize {
        self.levels.len() - 1
    }
}

/// Ten ruins on their way back. A unit of work is a step of one group of depths, whose networks run as one batch.
pub struct Ruins {
    sites: Vec<Site>,
    group: usize,
    done: usize,
    /// The group under way, on the device.
    under_way: Vec<(Solver<Tensor<4>>, Tensor<4>)>,
}

impl Ruins {
    pub fn new(settings: &Settings) -> Self {
        let group = match settings.gallery {
            Gallery::Digits => DEPTHS,
            Gallery::Buildings => 2,
        };
        let sites = (1..=DEPTHS).map(|j| site(settings, j)).collect();
        Self { sites, group, done: 0, under_way: Vec::new() }
    }

    /// Steps of group `g`: those of its deepest ruin.
    fn steps(&self, g: usize) -> usize {
        self.sites[g * self.group..][..self.group].iter().map(Site::steps).max().expect("a group has ruins")
    }

    pub fn progress(&self) -> Progress {
        let total = (0..DEPTHS / self.group).map(|g| self.steps(g)).sum();
        Progress { done: self.done, total }
    }

    /// The group that the next unit belongs to, and its steps that are done.
    fn place(&self) -> (usize, usize) {
        let (mut g, mut step) = (0, self.done);
        while g < DEPTHS / self.group && step >= self.steps(g) {
            step -= self.steps(g);
            g += 1;
        }
        (g, step)
    }

    /// At most `n` units more, with one readback for each group.
    pub async fn advance(
        &mut self,
        n: usize,
        denoiser: &Denoiser,
        settings: &Settings,
    ) -> Result<(), SessionError> {
        let mut left = n.min(self.progress().total - self.done);
        while left > 0 {
            let (g, step) = self.place();
            let count = left.min(self.steps(g) - step);
            for step in step..step + count {
                self.step(g, step, denoiser, settings);
            }
            let x = read_all(self.under_way.iter().map(|(_, x)| x.clone()).collect()).await?;
            finite("the rebuilt picture", &x, 0)?;
            let sites = &mut self.sites[g * self.group..][..self.group];
            for (site, x) in sites.iter_mut().zip(x.chunks_exact(settings.picture.len())) {
                site.x = x.to_vec();
            }
            self.done += count;
            left -= count;
        }
        Ok(())
    }

    /// Step `step` of all ruins of group `g` that are not finished.
    fn step(&mut self, g: usize, step: usize, denoiser: &Denoiser, settings: &Settings) {
        let rule = &settings.rule;
        let sites = &self.sites[g * self.group..][..self.group];
        if step == 0 {
            let begin = |site: &Site| (Solver::new(rule.method), denoiser.upload(&site.ruin));
            self.under_way = sites.iter().map(begin).collect();
        }
        let working: Vec<_> = (0..self.group).filter(|&i| step < sites[i].steps()).collect();
        let level = |i: usize| sites[i].levels[sites[i].steps() - step];
        let asked: Vec<_> = working.iter().map(|&i| (self.under_way[i].1.clone(), level(i))).collect();
        let predicted = denoiser.predict_each(rule, &asked); // [1, C, H, W] each
        for ((&i, (x, from)), eps) in working.iter().zip(asked).zip(predicted) {
            let to = sites[i].levels[sites[i].steps() - step - 1];
            let z = (rule.method.is_random() && to.b > 0.0).then(|| {
                let time = from.address();
                denoiser.upload(&normals(settings.seed, Stream::Rebuild, time, settings.picture.len()))
            });
            let denoise = &mut |x: &Tensor<4>, level| denoiser.predict(rule, x.clone(), level);
            let (solver, place) = &mut self.under_way[i];
            *place = solver.advance(&x, &eps, from, to, z.as_ref(), denoise);
        }
    }

    /// Whether ruin `i` is rebuilt.
    fn finished(&self, i: usize) -> bool {
        let (g, step) = self.place();
        i / self.group < g || (i / self.group == g && step >= self.sites[i].steps())
    }

    /// What another engine needs to go on: the units of finished groups, and where all ruins stand.
    pub fn parts(&self) -> (usize, Vec<f32>) {
        let (_, step) = self.place();
        (self.done - step, self.sites.iter().flat_map(|site| &site.x).copied().collect())
    }

    /// Goes on from another engine's [`parts`](Self::parts), if they fit.
    pub fn take_over(&mut self, done: usize, x: &[f32]) {
        let size = self.sites[0].x.len();
        if done > self.progress().total || x.len() != DEPTHS * size {
            return;
        }
        self.done = done;
        self.done -= self.place().1;
        for (site, x) in self.sites.iter_mut().zip(x.chunks_exact(size)) {
            site.x = x.to_vec();
        }
    }

    /// [10, 2, C, H, W]: each ruin, and what has become of it.
    pub fn frame(&self, shape: [usize; 3]) -> Frame {
        let values = self.sites.iter().flat_map(|site| site.ruin.iter().chain(&site.x));
        Frame::new("ruin", [&[DEPTHS, 2][..], &shape].concat(), values.copied().collect())
    }

    /// The time of each depth, [10].
    pub fn times(&self) -> Frame {
        let last = |site: &Site| site.levels[site.steps()].t as f32;
        Frame::new("ruin_t", [DEPTHS], self.sites.iter().map(last).collect())
    }

    /// The root mean square distance of each rebuilt picture to `picture`, −1 while it is not finished. [10]
    pub fn distances(&self, picture: &[f32]) -> Frame {
        let distance = |i: usize| match self.finished(i) {
            true => rms_gap(&self.sites[i].x, picture) as f32,
            false => -1.0,
        };
        Frame::new("ruin_distance", [DEPTHS], (0..DEPTHS).map(distance).collect())
    }
}

/// Depth `j` of ten: one jump down, and the levels of the way back.
fn site(settings: &Settings, j: usize) -> Site {
    let Rule { schedule, spacing, .. } = &settings.rule;
    let level = schedule.level((schedule.steps() * j).div_ceil(DEPTHS) as f64);
    let steps = (settings.steps.min(MOST_STEPS) * j).div_ceil(DEPTHS);
    let time = level.address();
    let noise = normals(settings.seed, Stream::Demolish, time, settings.picture.len());
    let ruin = settings.picture.iter().zip(noise);
    let ruin = ruin.map(|(x, e)| (level.a * f64::from(*x) + level.b * f64::from(e)) as f32);
    let ruin: Vec<_> = ruin.collect();
    Site { levels: levels_from(schedule, *spacing, level, steps), x: ruin.clone(), ruin }
}
