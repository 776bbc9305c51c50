//! Which learning rate is best at which width, run by run; and how far numbers move in the first steps.

use std::{cell::OnceCell, convert::Infallible, ops::Range, rc::Rc};

use crate::experiment::Experiment;
use crate::labs::chosen::chosen;
use crate::runtime::{
    pool::{self, Pool},
    status::Progress,
};
use crate::train::widths::{Parametrisation, WIDTHS, best, changes, learns};

use super::settings;

/// log₂ of the rates that are tried, an octave apart.
pub const FIRST: i32 = -12;
pub const RATES: usize = 11;
/// Steps that a change is looked at after.
pub const STEPS: usize = 20;
/// Weights and examples that every run is made with.
const DRAWS: usize = 2;
/// Runs in all.
pub const RUNS: usize = 3 * WIDTHS.len() * RATES * DRAWS;

pub struct Sweep {
    pub chosen: Parametrisation,
    pub rate: f64,
    steps: usize,
    seed: u64,
    /// The loss of every run that was made, in the order in which they are made. Cloning it is cheap.
    pub losses: Rc<Vec<f32>>,
    changes: OnceCell<Vec<[f64; 3]>>,
    /// Among whom runs are cut.
    pool: Rc<Pool>,
}

impl Sweep {
    pub fn of(experiment: &Experiment) -> Self {
        let chosen = match chosen(experiment, "parametrisation") {
            settings::Parametrisation::Standard => Parametrisation::Standard,
            settings::Parametrisation::Ntk => Parametrisation::Ntk,
            settings::Parametrisation::Mup => Parametrisation::Mup,
        };
        let (steps, seed) = (experiment.integer("steps"), experiment.seed("seed"));
        let rate = experiment.number("rate");
        Self {
            chosen,
            rate,
            steps,
            seed,
            losses: Rc::default(),
            changes: OnceCell::new(),
            pool: Rc::default(),
        }
    }

    /// Equal keys, equal runs.
    pub fn key(&self) -> String {
        format!("sweep {} {}", self.steps, self.seed)
    }

    pub fn progress(&self) -> Progress {
        Progress { done: self.losses.len(), total: RUNS }
    }

    pub fn rates() -> Vec<f64> {
        (0..RATES as i32).map(|k| f64::from(FIRST + k)).collect()
    }

    /// The next `n` runs: widths within rates within parametrisations within draws, so that curves grow together.
    pub async fn run(&mut self, n: usize) {
        let done = self.losses.len();
        let runs: Vec<usize> = (done..RUNS.min(done + n)).collect();
        let here = async |run: Range<usize>| Ok::<_, Infallible>(self.losses_of(&runs[run]));
        let Ok(losses) = self.pool.map(runs.len(), |run| &runs[run], here).await;
        Rc::make_mut(&mut self.losses).extend(losses);
    }

    fn losses_of(&self, runs: &[usize]) -> Vec<f32> {
        let loss = |&at: &usize| {
            let (width, rest) = (WIDTHS[at % WIDTHS.len()], at / WIDTHS.len());
            let (rate, rest) = (rest % RATES, rest / RATES);
            let (parametrisation, draw) = (Parametrisation::ALL[rest % 3], rest / 3);
            let rate = libm::exp2(f64::from(FIRST + rate as i32));
            learns(width, parametrisation, self.seed.wrapping_add(draw as u64), rate, self.steps) as f32
        };
        runs.iter().map(loss).collect()
    }

    pub fn share(&mut self, pool: Rc<Pool>) {
        self.pool = pool;
    }

    /// Makes the runs that another worker asks for.
    pub async fn assist(&self, job: &[u8]) -> Option<Vec<u8>> {
        pool::answer(job, async |runs: Vec<usize>| {
            if runs.iter().all(|run| *run < RUNS) { Ok(self.losses_of(&runs)) } else { Err(()) }
        })
        .await
    }

    /// Draws with which all runs of a parametrisation were made.
    fn whole(&self, parametrisation: usize) -> usize {
        let each = RATES * WIDTHS.len();
        (0..DRAWS).take_while(|draw| self.losses.len() >= (3 * draw + parametrisation + 1) * each).count()
    }

    /// The geometric mean of a loss over the draws with which all runs were made, or of the first one as far as it came; no number of none.
    pub fn loss(&self, parametrisation: usize, width: usize, rate: usize) -> f64 {
        let at = |draw: usize| {
            let run = ((3 * draw + parametrisation) * RATES + rate) * WIDTHS.len() + width;
            self.losses.get(run).map(|loss| libm::log(f64::from(*loss)))
        };
        let known: Vec<f64> = (0..self.whole(parametrisation).max(1)).map_while(at).collect();
        if known.is_empty() { f64::NAN } else { libm::exp(known.iter().sum::<f64>() / known.len() as f64) }
    }

    /// log₂ of the best rate, once all runs of a parametrisation were made and if it lies among those that were tried.
    pub fn best(&self, parametrisation: usize, width: usize) -> Option<f64> {
        if self.whole(parametrisation) == 0 {
            return None;
        }
        let losses: Vec<f64> = (0..RATES).map(|rate| self.loss(parametrisation, width, rate)).collect();
        best(&Self::rates(), &losses)
    }

    /// Octaves from the best rate at the least width to that at the greatest.
    pub fn shift(&self, parametrisation: usize) -> Option<f64> {
        Some(self.best(parametrisation, WIDTHS.len() - 1)? - self.best(parametrisation, 0)?)
    }

    /// By how much each layer of each width under each parametrisation gives another number after each step. [3 · 4 · steps][3]
    pub fn changes(&self) -> &[[f64; 3]] {
        self.changes.get_or_init(|| {
            let of = |p: Parametrisation| {
                WIDTHS.into_iter().flat_map(move |width| changes(width, p, self.seed, self.rate, STEPS))
            };
            Parametrisation::ALL.into_iter().flat_map(of).collect()
        })
    }

    /// The power of the width that the change of layer `layer` after `step` steps goes by, from the least width to the greatest.
    pub fn grows(&self, parametrisation: usize, layer: usize, step: usize) -> f64 {
        let at =
            |width: usize| self.changes()[(parametrisation * WIDTHS.len() + width) * STEPS + step - 1][layer];
        let last = WIDTHS.len() - 1;
        libm::log(at(last) / at(0)) / libm::log(WIDTHS[last] as f64 / WIDTHS[0] as f64)
    }
}
