//! What the lab holds: the settings of now, and what was computed of them, each thing once and only when somebody asks.

use std::{cell::RefCell, rc::Rc};

use super::{places, settings::Settings};
use crate::experiment::Experiment;
use crate::math::rotary::{
    cancel::Row,
    scheme::Scheme,
    stack::{Terms, Text, stack},
    terms::spread,
    turning::Trick,
    window::{Window, growth},
};
use crate::runtime::selection::Selection;

/// Waves of a trick at a phase.
type Waves = (Trick, f64, Rc<Vec<f64>>);
/// The terms, and how many keys they are of.
type Stacked = (usize, Rc<Vec<Terms>>);
/// Rows without rotations and with them, and how many keys they have.
type Rows = (usize, Rc<[Row; 2]>);

pub struct Stretch {
    pub settings: Settings,
    waves: RefCell<Vec<Waves>>,
    stacked: RefCell<Option<Stacked>>,
    rows: RefCell<Option<Rows>>,
}

impl Stretch {
    pub fn open(experiment: &Experiment) -> Self {
        Self {
            settings: Settings::of(experiment),
            waves: RefCell::default(),
            stacked: RefCell::default(),
            rows: RefCell::default(),
        }
    }

    pub fn hold(&mut self, selection: &Selection) {
        let turned = |settings: &Settings| (settings.training(), settings.angle);
        let before = turned(&self.settings);
        if !self.settings.hold(selection) {
            return;
        }
        if turned(&self.settings) != before {
            self.waves.take();
        }
        self.stacked.take();
        self.rows.take();
    }

    /// (2/d) Σ cos(k θ − φ) at every distance of the longest text.
    pub fn waves(&self, trick: Trick, phase: f64) -> Rc<Vec<f64>> {
        let known = self
            .waves
            .borrow()
            .iter()
            .find(|(of, at, _)| *of == trick && *at == phase)
            .map(|one| one.2.clone());
        known.unwrap_or_else(|| {
            let count = self.settings.length.max(self.settings.train_length) + 1;
            let waves = Rc::new(self.settings.turning(trick).waves(phase, count));
            self.waves.borrow_mut().push((trick, phase, waves.clone()));
            waves
        })
    }

    /// What `scheme` adds to scores by distance, with `trick` where it turns, before anything that depends on the length of the text.
    pub fn scores(&self, scheme: Scheme, trick: Trick) -> Vec<f64> {
        let Settings { c, angle, length, train_length, .. } = self.settings;
        match scheme {
            Scheme::Bias => self.waves(trick, angle).iter().map(|wave| c * wave).collect(),
            Scheme::Sandwich => self.waves(Trick::Plain, 0.0).iter().map(|wave| c * wave).collect(),
            Scheme::Alibi | Scheme::Kerple | Scheme::Window | Scheme::Nope => {
                let (turning, training) = (self.settings.turning(trick), self.settings.training());
                self.settings.strength().by_distance(scheme, &turning, &training, length.max(train_length))
            }
        }
    }

    /// What scores of `scheme` are multiplied by in a text of `n` tokens.
    pub fn scale(&self, scheme: Scheme, trick: Trick, n: usize) -> f64 {
        match scheme {
            Scheme::Bias => self.settings.turning(trick).scale(n),
            Scheme::Alibi | Scheme::Kerple | Scheme::Sandwich | Scheme::Window | Scheme::Nope => 1.0,
        }
    }

    /// The window for each of `lengths`, which rise.
    pub fn windows(&self, scheme: Scheme, trick: Trick, lengths: &[usize]) -> Vec<Window> {
        let scaled: Vec<(usize, f64)> = lengths.iter().map(|n| (*n, self.scale(scheme, trick, *n))).collect();
        growth(&self.scores(scheme, trick), self.settings.train_length, &scaled)
    }

    /// Biases a and b of the four terms.
    pub fn biases(&self) -> [Vec<f64>; 2] {
        let Settings { a, b, angle, d, .. } = self.settings;
        [spread(a, 0.0, d), spread(b, angle, d)]
    }

    /// The mean of every number of a query or a key, and the spread around it.
    pub fn drawn(&self) -> [f64; 2] {
        let isotropy = self.settings.isotropy;
        [(1.0 - isotropy).sqrt(), isotropy.sqrt()]
    }

    /// Does something with the drawn text at state `at`.
    pub fn text<T>(&self, at: usize, read: impl FnOnce(&Text<'_>) -> T) -> T {
        let Settings { d, seed, .. } = self.settings;
        let n = self.settings.tokens(at);
        let (queries, keys) = (places::queries(seed, d), places::keys(seed, d, n));
        let [mean, spread] = self.drawn();
        read(&Text { d, mean, spread, queries: &queries, keys: &keys[..n * d] })
    }

    /// The terms at every distance, the newest key first, as softmax sees them.
    pub fn stacked(&self, at: usize) -> Rc<Vec<Terms>> {
        let n = self.settings.tokens(at);
        let known = self.stacked.borrow().as_ref().filter(|(of, _)| *of == n).map(|(_, all)| all.clone());
        known.unwrap_or_else(|| {
            let [a, b] = self.biases();
            let turning = self.settings.turning(self.settings.trick);
            let scale = turning.scale(n);
            let mut all = self.text(at, |text| stack(&turning, text, &a, &b));
            if scale != 1.0 {
                for terms in &mut all {
                    terms.first.iter_mut().chain(&mut terms.mean).for_each(|x| *x *= scale);
                    terms.squares.iter_mut().for_each(|x| *x *= scale * scale);
                }
            }
            let all = Rc::new(all);
            *self.stacked.borrow_mut() = Some((n, all.clone()));
            all
        })
    }

    /// What a key's bias does to one row, without rotations and with them.
    pub fn rows(&self, at: usize) -> Rc<[Row; 2]> {
        let n = self.settings.tokens(at);
        let known = self.rows.borrow().as_ref().filter(|(of, _)| *of == n).map(|(_, rows)| rows.clone());
        known.unwrap_or_else(|| {
            let rows = Rc::new(self.lifts(at, &spread(self.settings.b, 0.0, self.settings.d)));
            *self.rows.borrow_mut() = Some((n, rows.clone()));
            rows
        })
    }

    /// The same for the bias `b`.
    pub fn lifts(&self, at: usize, b: &[f64]) -> [Row; 2] {
        let Settings { d, seed, .. } = self.settings;
        let n = self.settings.tokens(at);
        let numbers = |drawn: &[f32]| drawn.iter().map(|z| f64::from(*z)).collect::<Vec<f64>>();
        let keys = numbers(&places::keys(seed, d, n)[..n * d]);
        let query = numbers(&places::queries(seed, d)[..d]);
        let turning = self.settings.turning(Trick::Plain);
        let of =
            |frequencies: &[f64]| Row::of(frequencies, &query, keys.chunks_exact(d), b, (d as f64).sqrt());
        [of(&vec![0.0; d / 2]), of(&turning.frequencies)]
    }
}
