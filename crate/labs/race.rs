//! The race of samplers: the same noise, the same number of network calls, whose samples are best?

mod lane;
mod readout;

use burn::tensor::Tensor;

pub use super::lanes::KEYS;

use crate::device::{self, Device};
use crate::diffusion::{
    level::Level,
    schedule::Schedule,
    solver::Method,
    timegrid::{Spacing, levels},
};
use crate::experiment::Experiment;
use crate::labs::{
    frame::Frame,
    readout::Readout,
    samplers,
    session::{Progress, SessionError},
};
use lane::Lane;

/// Network calls that are raced at, as far as the experiment's `budget` goes; `budget` itself is the last.
const BUDGETS: [usize; 12] = [4, 6, 8, 10, 15, 20, 30, 50, 75, 100, 150, 200];
/// Qualities up to this many times the best are level with it: they differ by less than the samples can tell.
const LEVEL: f64 = 1.02;
/// A budget that has not been raced yet, in frames.
const OPEN: f32 = -1.0;

/// What a lab's race is run on.
pub trait Course {
    fn device(&self) -> &Device;
    fn schedule(&self) -> &Schedule;
    fn spacing(&self) -> Spacing;
    /// [N, …]: N samples of any shape.
    fn shape(&self) -> Vec<usize>;
    /// How many of the N samples the page sees while they run, at least one.
    fn shown(&self) -> usize;
    /// x_T of every lane, N samples.
    fn start(&self) -> Vec<f32>;
    /// The fresh noise of a step that leaves `from`, for N samples; [`Level::address`] tells levels apart.
    fn noise(&self, from: Level) -> Vec<f32>;
    /// ε in `x` [N, numbers a sample] at `at`: one network call.
    fn denoise(&self, x: Tensor<2>, at: Level) -> Tensor<2>;
    /// How far N finished samples are from real data; less is better.
    fn quality(&self, samples: &[f32]) -> f64;
    /// The quality of real data as a sampler's.
    fn floor(&self) -> f64;
}

/// A race under way.
pub struct Race {
    methods: Vec<Method>,
    budgets: Vec<usize>,
    /// Rounds that each budget takes: the calls of the lane that makes most.
    rounds: Vec<usize>,
    /// (calls made, quality) of each lane at each budget, [L, K, 2]; −1 while open.
    results: Vec<f32>,
    /// The budget that is being raced.
    current: usize,
    /// Rounds done of it.
    round: usize,
    /// The lanes of the current budget once it has begun, and of the last one after its end.
    lanes: Vec<Lane>,
    /// What the lanes believed when they were last read, [L, shown, numbers a sample].
    beliefs: Vec<f32>,
}

impl Race {
    /// The race of `experiment`'s lanes and budget over `schedule`.
    pub fn new(experiment: &Experiment, schedule: &Schedule) -> Self {
        let methods = KEYS[..KEYS.len() - 1]
            .iter()
            .filter_map(|key| samplers::method(experiment, experiment.choice(key)));
        Self::of(methods.collect(), experiment.integer("budget"), schedule, samplers::spacing(experiment))
    }

    /// The race of `methods` at budgets up to `budget`.
    pub fn of(methods: Vec<Method>, budget: usize, schedule: &Schedule, spacing: Spacing) -> Self {
        let mut budgets: Vec<usize> = BUDGETS.into_iter().filter(|calls| *calls < budget).collect();
        budgets.push(budget);
        let calls = |method: &Method, budget| -> usize {
            let levels = levels(schedule, spacing, method.steps_for(budget));
            levels[..levels.len() - 1].iter().map(|to| method.calls(*to)).sum()
        };
        let rounds =
            budgets.iter().map(|&b| methods.iter().map(|m| calls(m, b)).max().unwrap_or(0)).collect();
        let results = vec![OPEN; methods.len() * budgets.len() * 2];
        Self { methods, budgets, rounds, results, current: 0, round: 0, lanes: vec![], beliefs: vec![] }
    }

    /// Rounds done and rounds in all; in a round every lane that still runs makes one network call.
    pub fn progress(&self) -> Progress {
        let done = self.rounds[..self.current].iter().sum::<usize>() + self.round;
        Progress { done, total: self.rounds.iter().sum() }
    }

    /// At most `n` rounds more.
    pub async fn advance(&mut self, n: usize, course: &impl Course) -> Result<(), SessionError> {
        let Progress { done, total } = self.progress();
        let n = n.min(total - done);
        for _ in 0..n {
            if self.round == 0 {
                self.line_up(course);
            }
            self.lanes.iter_mut().for_each(|lane| lane.call(course));
            self.round += 1;
            self.judge(course).await?;
            if self.round == self.rounds[self.current] {
                (self.current, self.round) = (self.current + 1, 0);
            }
        }
        if n > 0 {
            let beliefs = self.lanes.iter().map(|lane| lane.belief(course.shown())).collect();
            self.beliefs = device::read(Tensor::cat(beliefs, 0)).await.map_err(SessionError::Device)?;
        }
        Ok(())
    }

    fn line_up(&mut self, course: &impl Course) {
        let (start, count) = (course.start(), course.shape()[0]);
        let x =
            Tensor::<1>::from_data(start.as_slice(), course.device()).reshape([count, start.len() / count]);
        let budget = self.budgets[self.current];
        self.lanes =
            self.methods.iter().map(|method| Lane::new(*method, budget, x.clone(), course)).collect();
    }

    /// Measures the lanes that have just come in, with one readback each.
    async fn judge(&mut self, course: &impl Course) -> Result<(), SessionError> {
        for (i, lane) in self.lanes.iter().enumerate() {
            let place = 2 * (i * self.budgets.len() + self.current);
            if lane.finished() && self.results[place] == OPEN {
                let samples = device::read(lane.x.clone()).await.map_err(SessionError::Device)?;
                self.results[place] = lane.calls as f32;
                self.results[place + 1] = judged(course, &samples);
            }
        }
        Ok(())
    }

    /// The frame `name`, if it is one of the race's.
    ///
    /// "race" [L, K, 2]: network calls made and quality by lane and budget, −1 while open, +∞ for samples that are
    /// no numbers. "race_lanes" [L, shown, …]: the finished samples that each lane believes in now. "race_now"
    /// [L + 1]: the budget raced, then each lane's calls at it. "race_floor" [1], open before the first budget is done.
    pub fn frame(&self, name: &str, course: &impl Course) -> Option<Frame> {
        let lanes = self.methods.len();
        Some(match name {
            "race" => Frame::new("race", [lanes, self.budgets.len(), 2], self.results.clone()),
            "race_lanes" => {
                let mut shape = course.shape();
                let shown = course.shown();
                let numbers = shape[1..].iter().product::<usize>() * shown;
                shape[0] = shown;
                shape.insert(0, lanes);
                let beliefs = if self.beliefs.is_empty() {
                    course.start()[..numbers].repeat(lanes)
                } else {
                    self.beliefs.clone()
                };
                Frame::new("race_lanes", shape, beliefs)
            }
            "race_now" => {
                let last = self.budgets.len() - 1;
                let resting = self.round == 0 && self.current > 0;
                let budget = self.budgets[if resting { self.current - 1 } else { self.current }.min(last)];
                let calls = (0..lanes).map(|i| self.lanes.get(i).map_or(0, |lane| lane.calls) as f32);
                Frame::new("race_now", [lanes + 1], std::iter::once(budget as f32).chain(calls).collect())
            }
            // Dear to measure, and nobody's yardstick before there is a result.
            "race_floor" => {
                let floor = if self.current == 0 { OPEN } else { course.floor() as f32 };
                Frame::new("race_floor", [1], vec![floor])
            }
            _ => return None,
        })
    }

    /// Who won at which budget so far.
    pub fn readout(&self, course: &impl Course) -> Readout {
        let last = self.current.checked_sub(1);
        readout::winner(&self.winners(), last.and_then(|k| self.best(k)).map(|(_, q)| q), course.floor())
    }

    /// (budget, the best and whoever is level with it) of every budget that all lanes have finished.
    pub fn winners(&self) -> Vec<(usize, Vec<Method>)> {
        let done = self.budgets[..self.current].iter().enumerate();
        let leaders = |k: usize| {
            let (_, best) = self.best(k)?;
            let near = (0..self.methods.len()).filter(|&i| self.quality(i, k) <= LEVEL * best);
            Some(near.map(|i| self.methods[i]).collect())
        };
        done.filter_map(|(k, &budget)| Some((budget, leaders(k)?))).collect()
    }

    fn quality(&self, lane: usize, k: usize) -> f64 {
        f64::from(self.results[2 * (lane * self.budgets.len() + k) + 1])
    }

    /// The lane of the best quality at the `k`-th budget, the first of equals, and its quality; `None` if no lane
    /// came in with numbers.
    fn best(&self, k: usize) -> Option<(usize, f64)> {
        (0..self.methods.len())
            .map(|i| (i, self.quality(i, k)))
            .filter(|lane| lane.1.is_finite())
            .min_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// What another engine needs to go on: the results so far.
    pub fn parts(&self) -> &[f32] {
        &self.results
    }

    /// Goes on from another engine's [`parts`](Self::parts), if they fit; a budget half raced begins again.
    pub fn take_over(&mut self, results: Vec<f32>) -> Option<()> {
        if results.len() != self.results.len() {
            return None;
        }
        let count = self.budgets.len();
        let whole = |k: usize| (0..self.methods.len()).all(|i| results[2 * (i * count + k)] != OPEN);
        self.current = (0..count).take_while(|&k| !self.methods.is_empty() && whole(k)).count();
        self.results = results;
        for k in self.current..count {
            for i in 0..self.methods.len() {
                self.results[2 * (i * count + k)..][..2].fill(OPEN);
            }
        }
        (self.round, self.lanes, self.beliefs) = (0, vec![], vec![]);
        Some(())
    }
}

/// The quality of `samples`; +∞ if a lane ran away to what is no number.
fn judged(course: &impl Course, samples: &[f32]) -> f32 {
    let quality = if samples.iter().all(|x| x.is_finite()) { course.quality(samples) } else { f64::INFINITY };
    if quality.is_nan() { f32::INFINITY } else { quality as f32 }
}
