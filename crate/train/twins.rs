//! Networks that differ in one thing, trained side by side, seed after seed: what they learn from and where they begin is the same.

use std::{cell::RefCell, rc::Rc};

use serde::{Deserialize, Serialize};

use super::{
    safe::{Broken, TrainingError},
    small::{Lesson, Plan, Small, SmallState},
};

/// Their runs, seed after seed, and within a seed in their order. Cloning it is cheap.
pub type TwinsState = Vec<Vec<SmallState>>;

/// Steps that one of them makes by itself: number `twin` under seed number `seed`, from a state up to a step.
#[derive(Clone, Serialize, Deserialize)]
pub struct Stint {
    twin: usize,
    seed: usize,
    from: SmallState,
    to: usize,
}

/// A lesson, and how many weights it has.
type Known<L> = Rc<(L, usize)>;

/// Twins of several seeds on their way.
pub struct Twins<L: Lesson> {
    /// The lesson of twin `i` under seed number `k`.
    lesson: Box<dyn Fn(usize, usize) -> L>,
    /// How many differ from each other.
    count: usize,
    /// How many seeds.
    seeds: usize,
    plan: Plan,
    /// Seeds that were begun.
    runs: Vec<Vec<Small<L>>>,
    /// The twin and the seed that fell when the last pull failed.
    fell: Option<[usize; 2]>,
    /// Lessons of stints, those of one seed.
    known: RefCell<Vec<([usize; 2], Known<L>)>>,
}

impl<L: Lesson> Twins<L> {
    pub fn new(count: usize, seeds: usize, plan: Plan, lesson: impl Fn(usize, usize) -> L + 'static) -> Self {
        Self {
            lesson: Box::new(lesson),
            count,
            seeds,
            plan,
            runs: Vec::new(),
            fell: None,
            known: RefCell::default(),
        }
    }

    /// Steps of all that are planned.
    pub fn total(&self) -> usize {
        self.seeds * self.plan.steps
    }

    /// Steps that all twins of their seed have made, of all seeds together.
    pub fn done(&self) -> usize {
        self.runs.iter().map(|twins| least(twins)).sum()
    }

    /// One step of all twins of a seed, `n` times; then the next seed's. If a number ran away, that network goes back to where it was well.
    pub fn advance(&mut self, n: usize) -> Result<(), TrainingError> {
        self.fell = None;
        for _ in 0..n.min(self.total() - self.done()) {
            self.begin();
            let twins = self.runs.last_mut().expect("there are some");
            let next = least(twins) + 1;
            for (i, twin) in twins.iter_mut().enumerate().filter(|(_, twin)| twin.state().at < next) {
                if let Err(error) = twin.advance(1) {
                    self.fell = Some([i, self.runs.len() - 1]);
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    /// Begins with the next seed if the last one is at its end.
    fn begin(&mut self) {
        if self.runs.last().is_none_or(|twins| least(twins) == self.plan.steps) {
            let seed = self.runs.len();
            self.runs.push((0..self.count).map(|i| Small::new((self.lesson)(i, seed))).collect());
        }
    }

    /// The next stints that lead all twins of a seed at most `n` steps on, each a matter of one of them alone; none at the end.
    pub fn stints(&mut self, n: usize) -> Vec<Stint> {
        let n = n.min(self.total() - self.done());
        if n == 0 {
            return Vec::new();
        }
        self.begin();
        let (seed, twins) = (self.runs.len() - 1, self.runs.last().expect("there are some"));
        let keeps = twins.iter().map(Small::keeps_at).min().unwrap_or(usize::MAX);
        let to = (least(twins) + n).min(self.plan.steps).min(keeps.max(least(twins) + 1));
        let behind = twins.iter().enumerate().filter(|(_, twin)| twin.state().at < to);
        behind.map(|(twin, small)| Stint { twin, seed, from: small.state().clone(), to }).collect()
    }

    /// Where a stint leads; `None` if it is none of theirs, or a number runs away on it.
    pub fn make(&self, stint: &Stint) -> Option<SmallState> {
        let Stint { twin, seed, from, to } = stint;
        if *twin >= self.count || *seed >= self.seeds || *to > self.plan.steps {
            return None;
        }
        let lesson = self.known(*twin, *seed);
        let (lesson, count) = &*lesson;
        let mut state = from.clone();
        if !state.fits::<L>(self.plan, *count) {
            return None;
        }
        while state.at < *to {
            state.step(lesson, self.plan, *count).ok()?;
        }
        Some(state)
    }

    fn known(&self, twin: usize, seed: usize) -> Known<L> {
        let mut known = self.known.borrow_mut();
        known.retain(|([_, of], _)| *of == seed);
        if let Some((_, lesson)) = known.iter().find(|([one, _], _)| *one == twin) {
            return lesson.clone();
        }
        let lesson = (self.lesson)(twin, seed);
        let count = lesson.initial().len();
        let lesson = Rc::new((lesson, count));
        known.push(([twin, seed], lesson.clone()));
        lesson
    }

    /// Goes on from where all of `stints` have led. Answers with the steps that all twins of the seed have made by it.
    pub fn put(&mut self, stints: &[Stint], states: Vec<SmallState>) -> usize {
        self.fell = None;
        let before = self.done();
        for (stint, state) in stints.iter().zip(states) {
            self.runs[stint.seed][stint.twin].put(state);
        }
        self.done() - before
    }

    /// Which twin of which seed fell when the last pull failed, and the first of its numbers that was not finite, where that is known.
    pub fn fell(&self) -> Option<([usize; 2], Option<&Broken>)> {
        self.fell.map(|[i, k]| ([i, k], self.runs[k][i].broken()))
    }

    /// The twins of each seed that was begun.
    pub fn runs(&self) -> &[Vec<Small<L>>] {
        &self.runs
    }

    /// Those that have come to the end.
    pub fn ended(&self) -> impl Iterator<Item = &Vec<Small<L>>> {
        self.runs.iter().filter(|twins| least(twins) == self.plan.steps)
    }

    pub fn state(&self) -> TwinsState {
        self.runs.iter().map(|twins| twins.iter().map(|twin| twin.state().clone()).collect()).collect()
    }

    /// Whether `state` could be theirs: every seed but the last at its end. There may be more seeds than are asked for.
    pub fn fits(&self, state: &TwinsState) -> bool {
        let ended = |twins: &Vec<SmallState>| twins.iter().all(|twin| twin.at == self.plan.steps);
        // They may have as many weights as they like, each of them its own.
        let twins = if state.is_empty() { 0 } else { self.count };
        let weights: Vec<usize> = (0..twins).map(|i| (self.lesson)(i, 0).initial().len()).collect();
        state.iter().all(|twins| {
            twins.len() == self.count
                && twins.iter().zip(&weights).all(|(twin, weights)| twin.fits::<L>(self.plan, *weights))
        }) && state.iter().take(state.len().saturating_sub(1)).all(ended)
    }

    /// Goes on from `state`, if it fits.
    pub fn take_over(&mut self, mut state: TwinsState) -> Option<()> {
        if !self.fits(&state) {
            return None;
        }
        state.truncate(self.seeds);
        let twin = |i: usize, k: usize, state: SmallState| Small::resume((self.lesson)(i, k), state);
        self.runs = state
            .into_iter()
            .enumerate()
            .map(|(k, twins)| twins.into_iter().enumerate().map(|(i, state)| twin(i, k, state)).collect())
            .collect::<Option<_>>()?;
        Some(())
    }
}

/// Steps that all of them have made.
fn least<L: Lesson>(twins: &[Small<L>]) -> usize {
    twins.iter().map(|twin| twin.state().at).min().unwrap_or(0)
}

/// Steps that `state` has made, as [`Twins::done`] counts.
pub fn done(state: &TwinsState) -> usize {
    state.iter().map(|twins| twins.iter().map(|twin| twin.at).min().unwrap_or(0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{cell::RefCell, rc::Rc};

    /// Who asked for which step under which seed.
    type Log = Rc<RefCell<Vec<(usize, usize, usize)>>>;

    const PLAN: Plan = Plan { steps: 5, rate: 0.1, looks: 5 };

    struct Counts {
        which: (usize, usize),
        log: Log,
        cliff: usize,
    }

    impl Lesson for Counts {
        const MEASURES: usize = 1;

        fn plan(&self) -> Plan {
            PLAN
        }

        fn initial(&self) -> Vec<f32> {
            vec![1.0; 2]
        }

        fn slope(&self, weights: &[f32], step: usize) -> (f32, Vec<f32>) {
            self.log.borrow_mut().push((self.which.1, step, self.which.0));
            let falls = self.which == (1, 0) && step == self.cliff;
            (if falls { f32::NAN } else { 1.0 }, weights.to_vec())
        }

        fn measure(&self, weights: &[f32]) -> Vec<f32> {
            vec![weights[0]]
        }
    }

    fn twins(log: &Log, cliff: usize) -> Twins<Counts> {
        let log = log.clone();
        Twins::new(2, 3, PLAN, move |i, k| Counts { which: (i, k), log: log.clone(), cliff })
    }

    #[test]
    fn twins_go_step_by_step_together_and_seed_by_seed() {
        let log = Log::default();
        let mut whole = twins(&log, 0);
        assert_eq!((whole.total(), whole.done()), (15, 0));
        whole.advance(7).unwrap();
        assert_eq!((whole.done(), whole.runs().len(), whole.ended().count()), (7, 2, 1));
        whole.advance(100).unwrap();
        assert_eq!((whole.done(), whole.ended().count()), (15, 3));
        let expected: Vec<_> =
            (0..3).flat_map(|k| (1..=5).flat_map(move |step| [(k, step, 0), (k, step, 1)])).collect();
        assert_eq!(*log.borrow(), expected);
        let mut parts = twins(&Log::default(), 0);
        for n in [1, 3, 4, 0, 7] {
            parts.advance(n).unwrap();
            let mut next = twins(&Log::default(), 0);
            next.take_over(parts.state()).unwrap();
            assert_eq!(done(&parts.state()), next.done());
            parts = next;
        }
        assert_eq!(parts.state(), whole.state());
    }

    #[test]
    fn after_a_fall_the_twin_that_fell_catches_up() {
        let mut run = twins(&Log::default(), 3);
        let error = run.advance(5).unwrap_err();
        assert!(matches!(error, TrainingError::RanAway { step: 3, back: 0, .. }));
        assert_eq!(run.done(), 0);
        assert_eq!(run.fell(), Some(([1, 0], None)));
        let at = |run: &Twins<Counts>| [0, 1].map(|i| run.runs()[0][i].state().at);
        assert_eq!(at(&run), [3, 0]);
        run.advance(2).unwrap();
        assert_eq!(at(&run), [3, 2]);
        // Such a state can be handed over, too.
        assert!(twins(&Log::default(), 3).take_over(run.state()).is_some());
    }

    #[test]
    fn what_is_not_theirs_is_refused() {
        let mut run = twins(&Log::default(), 0);
        run.advance(8).unwrap();
        let good = run.state();
        let fits = |state: &TwinsState| twins(&Log::default(), 0).fits(state);
        assert!(fits(&good) && fits(&Vec::new()));
        assert!(!fits(&vec![good[1].clone(), good[0].clone()]), "the second one had not ended");
        assert!(!fits(&vec![good[0][..1].to_vec()]));
        let mut few = twins(&Log::default(), 0);
        few.take_over(vec![good[0].clone(); 4]).unwrap();
        assert_eq!((few.done(), few.runs().len()), (15, 3));
    }
}
