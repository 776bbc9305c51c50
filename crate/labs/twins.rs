//! Twins that are trained within a session, as a task of it: what a lab shows of them, hands over and says.

use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

use serde_json::Value as Json;

use crate::labs::told::Told;
use crate::math::student::Paired;
use crate::runtime::{
    error::SessionError,
    frame::Frame,
    lab::{Giver, Key},
    pool::{self, Pool},
    status::Progress,
};
use crate::train::{
    safe::Broken,
    small::{
        Lesson, Plan, Small,
        transformer::{Options, Pupil},
    },
    twins::{Stint, Twins, TwinsState, done},
};

/// Twins on their way, and what decides on them. The first number of a look is a loss, for exercises the surprise at what is held out.
pub struct Schooling<L: Lesson = Pupil> {
    /// Equal keys, equal twins.
    pub key: Key,
    /// How many differ.
    pub count: usize,
    pub plan: Plan,
    pub seeds: usize,
    /// Steps that the twins of the link were trained.
    promised: usize,
    twins: RefCell<Twins<L>>,
    /// Among whom they are cut.
    pool: Rc<Pool>,
}

impl Schooling<Pupil> {
    /// `options` says what twin `i` of seed number `k` is; `promised` how far the link says that all were trained.
    pub fn new(
        key: &str,
        count: usize,
        seeds: usize,
        promised: usize,
        options: impl Fn(usize, usize) -> Options + 'static,
    ) -> Self {
        let plan = options(0, 0).plan;
        Self::of(key, count, seeds, promised, plan, move |i, k| Pupil::new(options(i, k)))
    }
}

impl<L: Lesson> Schooling<L> {
    /// `lesson` says what twin `i` of seed number `k` learns; `promised` how far the link says that all were trained.
    pub fn of(
        key: &str,
        count: usize,
        seeds: usize,
        promised: usize,
        plan: Plan,
        lesson: impl Fn(usize, usize) -> L + 'static,
    ) -> Self {
        let twins = Twins::new(count, seeds, plan, lesson);
        let promised = promised.min(twins.total());
        Self {
            key: key.into(),
            count,
            plan,
            seeds,
            promised,
            twins: RefCell::new(twins),
            pool: Rc::default(),
        }
    }

    /// As the page has it: how far they are, of what the link promised.
    pub fn progress(&self) -> Progress {
        let done = self.done();
        Progress { done, total: self.promised.max(done) }
    }

    pub fn done(&self) -> usize {
        self.twins.borrow().done()
    }

    /// Steps of all that are planned.
    pub fn planned(&self) -> usize {
        self.twins.borrow().total()
    }

    /// At most `n` steps more, each twin by itself as far as nothing runs away; where something does, step by step together.
    pub async fn train(&mut self, n: usize) -> Result<(), SessionError> {
        let (twins, mut left) = (self.twins.get_mut(), n);
        loop {
            let stints = twins.stints(left);
            if stints.is_empty() {
                return Ok(());
            }
            let here = async |run| {
                let run: &[Stint] = &stints[run];
                Ok::<_, Infallible>(run.iter().map(|stint| twins.make(stint)).collect())
            };
            let Ok(made) = self.pool.map(stints.len(), |run| &stints[run], here).await;
            let Some(made) = made.into_iter().collect::<Option<Vec<_>>>() else {
                return twins.advance(left).map_err(|error| SessionError::Training(error.into()));
            };
            left -= twins.put(&stints, made);
        }
    }

    pub fn share(&mut self, pool: Rc<Pool>) {
        self.pool = pool;
    }

    /// Makes the stints that another worker asks for.
    pub async fn assist(&self, job: &[u8]) -> Option<Vec<u8>> {
        let make = |stints: Vec<Stint>| stints.iter().map(|stint| self.twins.borrow().make(stint)).collect();
        pool::answer(job, async |stints| Ok::<Vec<_>, Infallible>(make(stints))).await
    }

    /// What broke when the last pull failed, as the page has it: which twin of which seed, and the first of its numbers that was not finite.
    /// `repairs` are settings under which it may go better, with what they are called; `cause` what is likely to have done it.
    pub fn broke(&self, told: impl FnOnce(usize, Option<&Broken>) -> Told) -> Option<Json> {
        let twins = self.twins.borrow();
        let ([twin, seed], broken) = twins.fell()?;
        Some(told(twin, broken).json(Some([twin, seed]), broken))
    }

    /// The same where nothing is known but the rate, which the setting `rate` says.
    pub fn broke_at_rate(&self) -> Option<Json> {
        self.broke(|_, _| Told::of_rate("rate", self.plan.rate))
    }

    pub fn state(&self) -> TwinsState {
        self.twins.borrow().state()
    }

    /// Whether `state` could be theirs. Twins that were trained longer than an edited link says cannot be trained back.
    pub fn fits(&self, state: &TwinsState, giver: Giver) -> bool {
        (giver == Giver::Engine || done(state) <= self.promised) && self.twins.borrow().fits(state)
    }

    /// Goes on from `state`, which fits.
    pub fn take(&mut self, state: TwinsState) {
        self.twins.borrow_mut().take_over(state).expect("a state that fits");
    }

    /// [seeds, twins, looks]: what is measured at every look; no number where it has not come to.
    pub fn looks(&self, name: &'static str, measure: usize) -> Frame {
        let looks = self.plan.looks + 1;
        let twins = self.twins.borrow();
        let row = |k: usize, i: usize| {
            let twin = twins.runs().get(k).map(|twins| twins[i].state().measured.as_slice());
            let known = twin.unwrap_or(&[]).chunks_exact(L::MEASURES).map(move |look| look[measure]);
            known.chain(std::iter::repeat(f32::NAN)).take(looks).collect::<Vec<_>>()
        };
        let data = (0..self.seeds).flat_map(|k| (0..self.count).flat_map(move |i| row(k, i))).collect();
        Frame::new(name, [self.seeds, self.count, looks], data)
    }

    /// [twins, steps]: a number that was watched at every step of the newest seed that was begun; no number where it has not come to.
    pub fn watched(&self, name: &'static str, which: usize) -> Frame {
        let steps = self.plan.steps;
        let twins = self.twins.borrow();
        let newest = twins.runs().last();
        let row = |i: usize| {
            let all = newest.map_or(&[][..], |twins| &twins[i].state().watched);
            let known = all.chunks_exact(L::WATCHED).map(move |step| step[which]);
            known.chain(std::iter::repeat(f32::NAN)).take(steps).collect::<Vec<_>>()
        };
        Frame::new(name, [self.count, steps], (0..self.count).flat_map(row).collect())
    }

    /// What twin `i` of every seed that has ended was measured to have at last.
    pub fn ends(&self, i: usize, measure: usize) -> Vec<f64> {
        let of = |twins: &Vec<_>| last(&twins[i], measure);
        self.twins.borrow().ended().map(of).collect()
    }

    /// By how much twin `b` has more than twin `a` at last, seed by seed: what the paired test says; `None` of fewer than two seeds.
    pub fn paired(&self, a: usize, b: usize, measure: usize) -> Option<Paired> {
        let [a, b] = [a, b].map(|i| self.ends(i, measure));
        Paired::of(&b.iter().zip(&a).map(|(b, a)| b - a).collect::<Vec<_>>())
    }

    /// [seeds, twins, `measures`]: what was measured at the last look that was come to; no number where nothing was begun.
    pub fn latest(&self, name: &'static str, measures: std::ops::Range<usize>) -> Frame {
        let twins = self.twins.borrow();
        let row = |k: usize, i: usize| match twins.runs().get(k) {
            None => vec![f32::NAN; measures.len()],
            Some(twins) => {
                let all = &twins[i].state().measured;
                all[all.len() - L::MEASURES..][measures.clone()].to_vec()
            }
        };
        let data = (0..self.seeds).flat_map(|k| (0..self.count).flat_map(move |i| row(k, i))).collect();
        Frame::new(name, [self.seeds, self.count, measures.len()], data)
    }

    /// [twins − 1, 4]: by how much each has more held-out loss than the first at last: mean, half of the interval that holds it with
    /// chance 0.95, p and the number of pairs; no numbers of fewer than two pairs.
    pub fn pairs(&self) -> Frame {
        let row = |i: usize| match self.paired(0, i, 0) {
            Some(Paired { mean, half, p, count, .. }) => [mean, half, p, count as f64].map(|x| x as f32),
            None => [f32::NAN, f32::NAN, f32::NAN, self.ends(0, 0).len() as f32],
        };
        Frame::new("twin_pairs", [self.count - 1, 4], (1..self.count).flat_map(row).collect())
    }

    /// Steps that twin `i` of seed number `k` has made; `None` where that seed was not begun.
    pub fn steps_of(&self, k: usize, i: usize) -> Option<usize> {
        self.twins.borrow().runs().get(k).map(|twins| twins[i].state().at)
    }

    /// Every network that has learnt something, as a file, under the number of its seed and its own.
    pub fn networks(&self) -> Vec<(String, Vec<u8>)> {
        let twins = self.twins.borrow();
        let each = twins
            .runs()
            .iter()
            .enumerate()
            .flat_map(|(k, all)| all.iter().enumerate().map(move |(i, twin)| (k, i, twin)));
        each.filter(|(_, _, twin)| twin.state().at > 0)
            .filter_map(|(k, i, twin)| {
                let file = twin.lesson.file(twin.weights(), twin.state().at)?;
                Some((format!("network{}-seed{}", i + 1, k + 1), file))
            })
            .collect()
    }

    /// Asks twin `i` of seed number `k`, which was begun, with its weights.
    pub fn ask<T>(&self, i: usize, k: usize, ask: impl FnOnce(&L, &[f32]) -> T) -> T {
        let twins = self.twins.borrow();
        let twin = &twins.runs()[k][i];
        ask(&twin.lesson, twin.weights())
    }
}

fn last<L: Lesson>(twin: &Small<L>, measure: usize) -> f64 {
    let all = &twin.state().measured;
    f64::from(all[all.len() - L::MEASURES + measure])
}
