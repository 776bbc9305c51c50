//! A race under way: lanes at one budget after the other.

use super::{course::Course, lane::Lane, readout};
use crate::device::answer;
use crate::diffusion::{
    schedule::Schedule,
    solver::Method,
    timegrid::{Spacing, levels},
};
use crate::experiment::Experiment;
use crate::labs::{lanes::KEYS, samplers};
use crate::runtime::{error::SessionError, frame::Frame, readout::Readout, status::Progress};

/// Network calls that are raced at, as far as the experiment's `budget` goes; `budget` itself is the last.
const BUDGETS: [usize; 12] = [4, 6, 8, 10, 15, 20, 30, 50, 75, 100, 150, 200];
/// Parts that the samples are cut into: a quality without one of them tells how much of a lead is luck.
const PARTS: usize = 10;
/// Numbers of a lane at a budget: calls made, quality, and the quality without each part.
const NUMBERS: usize = 2 + PARTS;
/// A lead must be this many of its standard errors.
const BEYOND: f64 = 2.0;
/// A budget that has not been raced yet, in frames.
const OPEN: f32 = -1.0;

/// A race under way.
pub struct Race {
    methods: Vec<Method>,
    budgets: Vec<usize>,
    /// Rounds that each budget takes: the calls of the lane that makes most.
    rounds: Vec<usize>,
    /// What is known of each lane at each budget, [L, K, NUMBERS]; −1 while open.
    results: Vec<f32>,
    /// The budget that is being raced.
    current: usize,
    /// Rounds done of it.
    round: usize,
    /// The lanes of the current budget once it has begun, and of the last one after its end.
    lanes: Vec<Lane>,
    /// The finished samples that the lanes predicted when they were last read, [L, shown, numbers a sample].
    predicted: Vec<f32>,
}

/// A lane that has come in.
struct Arrival {
    /// Where its result stands.
    place: usize,
    calls: usize,
    /// [N, numbers a sample]
    samples: Vec<f32>,
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
        let results = vec![OPEN; methods.len() * budgets.len() * NUMBERS];
        Self { methods, budgets, rounds, results, current: 0, round: 0, lanes: vec![], predicted: vec![] }
    }

    /// Rounds done and rounds in all; in a round every lane that still runs makes one network call.
    pub fn progress(&self) -> Progress {
        let done = self.rounds[..self.current].iter().sum::<usize>() + self.round;
        Progress { done, total: self.rounds.iter().sum() }
    }

    /// At most `n` rounds more, waiting once for the device. If it fails, the first budget that is not judged begins again.
    pub async fn advance(&mut self, n: usize, course: &impl Course) -> Result<(), SessionError> {
        let Progress { done, total } = self.progress();
        if n == 0 || done == total {
            return Ok(());
        }
        let outcome = self.run(n.min(total - done), course).await;
        if outcome.is_err() {
            self.take_over(self.results.clone());
        }
        outcome
    }

    async fn run(&mut self, n: usize, course: &impl Course) -> Result<(), SessionError> {
        let mut arrived = Vec::new();
        for _ in 0..n {
            if self.round == 0 {
                self.line_up(course);
            }
            arrived.extend(self.call(course).await?);
            self.round += 1;
            if self.round == self.rounds[self.current] {
                (self.current, self.round) = (self.current + 1, 0);
            }
        }
        answer().await.map_err(SessionError::Device)?;
        self.judge(&arrived, course);
        Ok(())
    }

    fn line_up(&mut self, course: &impl Course) {
        let x = course.start();
        let budget = self.budgets[self.current];
        self.lanes =
            self.methods.iter().map(|method| Lane::new(*method, budget, x.clone(), course)).collect();
    }

    /// One network call of every lane that still runs, and who came in by it.
    async fn call(&mut self, course: &impl Course) -> Result<Vec<Arrival>, SessionError> {
        let (current, budgets) = (self.current, self.budgets.len());
        let mut arrived = Vec::new();
        for (i, lane) in self.lanes.iter_mut().enumerate().filter(|(_, lane)| !lane.finished()) {
            lane.call(course).await?;
            if lane.finished() {
                let place = NUMBERS * (i * budgets + current);
                arrived.push(Arrival { place, calls: lane.calls, samples: lane.x.clone() });
            }
        }
        Ok(arrived)
    }

    /// Measures what has arrived, and keeps what every lane predicts now.
    fn judge(&mut self, arrived: &[Arrival], course: &impl Course) {
        let count = course.shape()[0];
        for Arrival { place, calls, samples } in arrived {
            let result = &mut self.results[*place..][..NUMBERS];
            result[..2].copy_from_slice(&[*calls as f32, judged(course, samples)]);
            for (part, quality) in result[2..].iter_mut().enumerate() {
                *quality = judged(course, &without(part, samples, count));
            }
        }
        let predicted = self.lanes.iter().flat_map(|lane| lane.predicted(course.shown(), count));
        self.predicted = predicted.copied().collect();
    }

    /// The frame `name`, if it is one of the race's.
    ///
    /// "race_level" [L, K]: 1 for the best of a budget that all lanes have finished, and for whoever it does not lead by more
    /// than the error of that lead.
    /// "race" [L, K, 2]: network calls made and quality by lane and budget, −1 while open, +∞ for samples that are
    /// no numbers. "race_lanes" [L, shown, …]: the finished samples that each lane predicts now. "race_now"
    /// [L + 1]: the budget raced, then each lane's calls at it. "race_floor" [1], open before the first budget is done.
    pub fn frame(&self, name: &str, course: &impl Course) -> Option<Frame> {
        let lanes = self.methods.len();
        Some(match name {
            "race" => {
                let told = self.results.chunks_exact(NUMBERS).flat_map(|result| &result[..2]);
                Frame::new("race", [lanes, self.budgets.len(), 2], told.copied().collect())
            }
            "race_level" => {
                let level = |i: usize, k: usize| f32::from(u8::from(k < self.current && self.is_level(i, k)));
                let all = (0..lanes).flat_map(|i| (0..self.budgets.len()).map(move |k| level(i, k)));
                Frame::new("race_level", [lanes, self.budgets.len()], all.collect())
            }
            "race_lanes" => {
                let mut shape = course.shape();
                let shown = course.shown();
                let numbers = shape[1..].iter().product::<usize>() * shown;
                shape[0] = shown;
                shape.insert(0, lanes);
                let predicted = if self.predicted.is_empty() {
                    course.start()[..numbers].repeat(lanes)
                } else {
                    self.predicted.clone()
                };
                Frame::new("race_lanes", shape, predicted)
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
        readout::winner(&self.winners(), last.and_then(|k| self.best(k)).map(|(_, q)| q), course)
    }

    /// (budget, the best and whoever is level with it) of every budget that all lanes have finished.
    pub fn winners(&self) -> Vec<(usize, Vec<Method>)> {
        let done = self.budgets[..self.current].iter().enumerate();
        let leaders = |k: usize| {
            self.best(k)?;
            let level = (0..self.methods.len()).filter(|&i| self.is_level(i, k));
            Some(level.map(|i| self.methods[i]).collect())
        };
        done.filter_map(|(k, &budget)| Some((budget, leaders(k)?))).collect()
    }

    /// Whether the lane is the best at the `k`-th budget, or not led by more than the error of the lead: the jackknife over
    /// parts of the samples, which all lanes share the noise of (Efron & Stein 1981, eq. 1.4).
    fn is_level(&self, lane: usize, k: usize) -> bool {
        let Some((best, _)) = self.best(k) else { return false };
        let (own, other) = (self.result(lane, k), self.result(best, k));
        let lead: Vec<f64> = own.iter().zip(other).skip(1).map(|(a, b)| f64::from(a - b)).collect();
        let mean = lead[1..].iter().sum::<f64>() / PARTS as f64;
        let squares: f64 = lead[1..].iter().map(|part| (part - mean).powi(2)).sum();
        let error = ((PARTS - 1) as f64 / PARTS as f64 * squares).sqrt();
        lane == best || (lead[0].is_finite() && lead[0] <= BEYOND * error)
    }

    fn result(&self, lane: usize, k: usize) -> &[f32] {
        &self.results[NUMBERS * (lane * self.budgets.len() + k)..][..NUMBERS]
    }

    fn quality(&self, lane: usize, k: usize) -> f64 {
        f64::from(self.result(lane, k)[1])
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
        let whole = |k: usize| (0..self.methods.len()).all(|i| results[NUMBERS * (i * count + k)] != OPEN);
        self.current = (0..count).take_while(|&k| !self.methods.is_empty() && whole(k)).count();
        self.results = results;
        for k in self.current..count {
            for i in 0..self.methods.len() {
                self.results[NUMBERS * (i * count + k)..][..NUMBERS].fill(OPEN);
            }
        }
        (self.round, self.lanes, self.predicted) = (0, vec![], vec![]);
        Some(())
    }
}

/// All of the `count` samples but those of one part.
fn without(part: usize, samples: &[f32], count: usize) -> Vec<f32> {
    let edge = |part: usize| part * count / PARTS * (samples.len() / count);
    [&samples[..edge(part)], &samples[edge(part + 1)..]].concat()
}

/// The quality of `samples`; +∞ if a lane ran away to what is no number.
fn judged(course: &impl Course, samples: &[f32]) -> f32 {
    let quality = if samples.iter().all(|x| x.is_finite()) { course.quality(samples) } else { f64::INFINITY };
    if quality.is_nan() { f32::INFINITY } else { quality as f32 }
}
