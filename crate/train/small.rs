//! Trains a small network without tensors by being pulled: Adam over fused operators, on batches that belong to their steps, so that n
//! steps are the same steps however they were pulled.

pub mod file;
pub mod reader;
pub mod sublayers;
pub mod transformer;

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::safe::{Broken, Safe, TrainingError, ran_away};
use crate::fused::adam;

/// The share of a run in which the rate rises.
const WARM_UP: f64 = 0.05;

/// How long a run is, and how fast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Steps of the whole run.
    pub steps: usize,
    /// The highest learning rate.
    pub rate: f64,
    /// How many times it is measured on the way, besides the beginning.
    pub looks: usize,
}

impl Plan {
    /// The rate of step `step`, counted from 1: it rises at first, then falls in a straight line, to nothing after the last step.
    pub fn rate_at(&self, step: usize) -> f64 {
        let share = step as f64 / (self.steps + 1) as f64;
        self.rate * (share / WARM_UP).min((1.0 - share) / (1.0 - WARM_UP))
    }

    /// The steps after which it is measured, the beginning and the end among them.
    pub fn looks_at(&self) -> impl Iterator<Item = usize> {
        let Self { steps, looks, .. } = *self;
        (0..=looks).map(move |k| k * steps / looks.max(1))
    }
}

/// What a network learns: where it begins, what a step is, what is measured of it.
pub trait Lesson {
    fn plan(&self) -> Plan;

    /// The weights before the first step.
    fn initial(&self) -> Vec<f32>;

    /// The loss at step `step`, counted from 1, and its gradient by `weights`. What is learnt from is a function of the step.
    fn slope(&self, weights: &[f32], step: usize) -> (f32, Vec<f32>);

    /// How many numbers a [`measure`](Self::measure) has.
    const MEASURES: usize;

    /// What is measured of `weights` on what is never learnt from.
    fn measure(&self, weights: &[f32]) -> Vec<f32>;

    /// The learning rate of step `step`, counted from 1.
    fn rate_at(&self, step: usize) -> f64 {
        self.plan().rate_at(step)
    }

    /// The first number that is not finite when `weights`, which all are, make step `step`; `None` where the lesson cannot tell.
    fn broken(&self, _weights: &[f32], _step: usize) -> Option<Broken> {
        None
    }

    /// What weight number `at` belongs to, in English and in Chinese.
    fn called(&self, _at: usize) -> [String; 2] {
        ["the weights".to_owned(), "权重".to_owned()]
    }

    /// The network of `weights` after `steps` steps, as a file to be taken along; `None` where a lesson has no network of its own.
    fn file(&self, _weights: &[f32], _steps: usize) -> Option<Vec<u8>> {
        None
    }

    /// How many numbers a [`watch`](Self::watch) has.
    const WATCHED: usize = 0;

    /// What is watched of a step that turned the weights `before` into `after` at the learning rate `rate`.
    fn watch(&self, _before: &[f32], _after: &[f32], _gradient: &[f32], _rate: f64) -> Vec<f32> {
        Vec::new()
    }
}

/// A run between two pulls: all that the next step depends on. Cloning it is cheap.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SmallState {
    /// Steps made.
    pub at: usize,
    /// The loss of each step.
    pub losses: Vec<f32>,
    /// What was measured at each look that was come to, one after another.
    pub measured: Vec<f32>,
    /// What was watched of each step, one after another.
    pub watched: Vec<f32>,
    /// Weights, and Adam's m and v, which a run that has ended no longer needs.
    numbers: Rc<Vec<f32>>,
}

impl SmallState {
    /// Where a run of `lesson` begins.
    pub fn new<L: Lesson>(lesson: &L) -> Self {
        let mut numbers = lesson.initial();
        let measured = lesson.measure(&numbers);
        numbers.resize(3 * numbers.len(), 0.0);
        Self { at: 0, losses: Vec::new(), measured, watched: Vec::new(), numbers: Rc::new(numbers) }
    }

    /// The weights, of which there are `count`.
    pub fn weights(&self, count: usize) -> &[f32] {
        &self.numbers[..count]
    }

    /// Whether this could be a run of a lesson `L` with `plan` and `count` weights.
    pub fn fits<L: Lesson>(&self, plan: Plan, count: usize) -> bool {
        let Self { at, losses, measured, watched, numbers } = self;
        let looks = plan.looks_at().filter(|look| look <= at).count();
        *at <= plan.steps
            && losses.len() == *at
            && measured.len() == looks * L::MEASURES
            && watched.len() == at * L::WATCHED
            && numbers.len() == if *at == plan.steps { count } else { 3 * count }
            && [&losses[..], measured, watched, numbers]
                .into_iter()
                .flatten()
                .all(|number| number.is_finite())
    }

    /// One step more. After a failure, which is told as far as the lesson can, its numbers are of no use.
    pub fn step<L: Lesson>(&mut self, lesson: &L, plan: Plan, count: usize) -> Result<(), Option<Broken>> {
        let step = self.at + 1;
        let (loss, gradient) = lesson.slope(self.weights(count), step);
        if ran_away(step - 1, &[loss], 1, &gradient).is_some() {
            return Err(lesson.broken(self.weights(count), step));
        }
        let rate = lesson.rate_at(step);
        // Only whoever watches needs what was there before.
        let before = if L::WATCHED > 0 { self.weights(count).to_vec() } else { Vec::new() };
        let numbers = Rc::make_mut(&mut self.numbers);
        let (weights, moments) = numbers.split_at_mut(count);
        let (m, v) = moments.split_at_mut(count);
        adam::step(weights, m, v, &gradient, rate, step);
        let watched = lesson.watch(&before, weights, &gradient, rate);
        if ran_away(step - 1, &[loss], 1, numbers).is_some() {
            // The gradient is finite, its square is not; on the way back the last weights come first.
            let at = numbers.iter().rposition(|x| !x.is_finite()).unwrap_or(0) % count;
            let [en, zh] = lesson.called(at);
            let place =
                [format!("Adam’s mean of squared gradients, {en}"), format!("Adam 的梯度平方均值，{zh}")];
            return Err(Broken::of(step, true, [&place[0], &place[1]], numbers));
        }
        if step == plan.steps {
            numbers.truncate(count);
        }
        self.at = step;
        self.losses.push(loss);
        self.watched.extend(watched);
        if plan.looks_at().any(|look| look == step) {
            let measured = lesson.measure(self.weights(count));
            self.measured.extend(measured);
        }
        Ok(())
    }
}

/// A network on its way.
pub struct Small<L: Lesson> {
    pub lesson: L,
    count: usize,
    state: SmallState,
    safe: Safe<SmallState>,
    broken: Option<Broken>,
}

impl<L: Lesson> Small<L> {
    pub fn new(lesson: L) -> Self {
        let state = SmallState::new(&lesson);
        Self { count: state.numbers.len() / 3, safe: Safe::new(0, &state), state, broken: None, lesson }
    }

    /// Goes on from `state`; `None` if it is not one of such a run.
    pub fn resume(lesson: L, state: SmallState) -> Option<Self> {
        let count = lesson.initial().len();
        state.fits::<L>(lesson.plan(), count).then(|| Self {
            safe: Safe::new(state.at, &state),
            count,
            state,
            broken: None,
            lesson,
        })
    }

    pub fn state(&self) -> &SmallState {
        &self.state
    }

    pub fn weights(&self) -> &[f32] {
        self.state.weights(self.count)
    }

    /// What broke when the last pull failed.
    pub fn broken(&self) -> Option<&Broken> {
        self.broken.as_ref()
    }

    /// At most `n` steps more, to the end of the plan. If a number ran away, the network goes back to where it was well.
    pub fn advance(&mut self, n: usize) -> Result<(), TrainingError> {
        let plan = self.lesson.plan();
        let end = plan.steps.min(self.state.at.saturating_add(n));
        self.broken = None;
        while self.state.at < end {
            self.step(plan)?;
        }
        Ok(())
    }

    fn step(&mut self, plan: Plan) -> Result<(), TrainingError> {
        match self.state.step(&self.lesson, plan, self.count) {
            Ok(()) => {
                self.safe.keep(self.state.at, &self.state);
                Ok(())
            }
            Err(broken) => {
                self.broken = broken;
                Err(self.go_back(self.state.at + 1, plan))
            }
        }
    }

    /// The step at which it next keeps where it is well: up to there one may go without it.
    pub fn keeps_at(&self) -> usize {
        self.safe.next()
    }

    /// Goes on from `state`, which it would have come to itself.
    pub fn put(&mut self, state: SmallState) {
        self.state = state;
        self.broken = None;
        self.safe.keep(self.state.at, &self.state);
    }

    /// To where it was well.
    fn go_back(&mut self, step: usize, plan: Plan) -> TrainingError {
        let (back, old) = self.safe.back().clone();
        self.state = old;
        TrainingError::RanAway { step, back, rate: plan.rate / 4.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Down to the point (1, −2, 3), which is told with an error that belongs to the step.
    struct Valley {
        rate: f64,
        cliff: usize,
    }

    const STEPS: usize = 900;

    impl Lesson for Valley {
        const MEASURES: usize = 1;

        fn plan(&self) -> Plan {
            Plan { steps: STEPS, rate: self.rate, looks: 7 }
        }

        fn initial(&self) -> Vec<f32> {
            vec![0.0; 3]
        }

        fn slope(&self, weights: &[f32], step: usize) -> (f32, Vec<f32>) {
            let noise = ((step * 7919 % 101) as f32 - 50.0) / 100.0;
            let gaps: Vec<f32> = weights.iter().zip([1.0, -2.0, 3.0]).map(|(w, p)| w - p + noise).collect();
            let loss = gaps.iter().map(|g| g * g).sum();
            (if step == self.cliff { f32::NAN } else { loss }, gaps)
        }

        fn measure(&self, weights: &[f32]) -> Vec<f32> {
            vec![weights.iter().zip([1.0, -2.0, 3.0]).map(|(w, p)| (w - p).abs()).sum()]
        }
    }

    fn valley() -> Small<Valley> {
        Small::new(Valley { rate: 0.05, cliff: 0 })
    }

    #[test]
    fn it_learns_and_is_measured_where_the_plan_says() {
        let mut run = valley();
        run.advance(usize::MAX).unwrap();
        let looks: Vec<usize> = run.lesson.plan().looks_at().collect();
        assert_eq!((looks[0], looks[7], looks.len()), (0, STEPS, 8));
        assert_eq!((run.state().at, run.state().losses.len(), run.state().measured.len()), (STEPS, STEPS, 8));
        assert_eq!(run.state().measured[0], 6.0);
        assert!(run.state().measured[7] < 0.1, "{:?}", run.state().measured);
    }

    #[test]
    fn the_rate_rises_then_falls_to_nothing() {
        let plan = Plan { steps: 999, rate: 2.0, looks: 1 };
        assert!((plan.rate_at(50) - 2.0).abs() < 1e-12 && (plan.rate_at(25) - 1.0).abs() < 1e-12);
        assert!(plan.rate_at(999) > 0.0 && plan.rate_at(1000).abs() < 1e-12);
        assert!((51..999).all(|step| plan.rate_at(step) > plan.rate_at(step + 1)));
    }

    #[test]
    fn n_steps_are_the_same_steps_however_they_were_pulled() {
        let mut whole = valley();
        whole.advance(500).unwrap();
        let mut parts = valley();
        for n in [1, 0, 99, 150, 3, 247] {
            parts.advance(n).unwrap();
            // Also by way of another session, as bytes.
            let bytes = postcard::to_allocvec(parts.state()).unwrap();
            parts = Small::resume(parts.lesson, postcard::from_bytes(&bytes).unwrap()).unwrap();
        }
        assert_eq!(whole.state(), parts.state());
    }

    #[test]
    fn what_runs_away_goes_back_and_says_so() {
        let mut run = Small::new(Valley { rate: 0.05, cliff: 650 });
        run.advance(300).unwrap();
        let well = run.state().clone();
        let error = run.advance(400).unwrap_err();
        // The last two states that were kept, every 200 steps, are those of 400 and 600.
        assert!(matches!(error, TrainingError::RanAway { step: 650, back: 400, rate } if rate == 0.0125));
        assert_eq!(run.state().at, 400);
        let mut other = valley();
        other.advance(400).unwrap();
        assert_eq!(run.state(), other.state());
        assert_ne!(run.state(), &well);
        let text = error.to_string();
        assert!(text.contains("650") && text.contains("0.0125"), "{text}");
    }

    #[test]
    fn a_foreign_state_is_refused() {
        let mut run = valley();
        run.advance(300).unwrap();
        let good = run.state().clone();
        let with = |change: fn(&mut SmallState)| {
            let mut state = good.clone();
            change(&mut state);
            Small::resume(Valley { rate: 0.05, cliff: 0 }, state).is_some()
        };
        assert!(with(|_| {}));
        assert!(!with(|state| state.at = 301));
        assert!(!with(|state| _ = state.measured.pop()));
        assert!(!with(|state| state.losses[0] = f32::INFINITY));
        assert!(!with(|state| Rc::make_mut(&mut state.numbers).truncate(3)));
    }
}
