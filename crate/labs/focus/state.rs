//! What the lab holds: the settings of now, and what was computed of them, each thing once and only when somebody asks.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use super::{
    keys,
    reader::{self, Read},
    settings::{LEAST, Reader, Settings},
};
use crate::experiment::Experiment;
use crate::math::concentration::{
    features,
    finite::{Expected, Law},
    row::Row,
};
use crate::math::statistics::Moments;
use crate::runtime::selection::Selection;

/// Keys that are read before the first look, in all draws together.
const FIRST_LOOK: usize = 1 << 19;
/// Coordinates that linear attention is measured on.
const COORDINATES: usize = 1 << 18;

/// What is measured of every draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    Concentration,
    Tokens,
    Entropy,
    Largest,
    Needle,
    /// The largest e.
    Top,
}

/// The numbers of one draw, in the order of [`Measure`].
type Drawn = [f64; 6];

/// A mean over draws.
#[derive(Clone, Copy, Debug)]
pub struct Mean {
    pub value: f64,
    /// How far it may be from what is expected, which chance exceeds as seldom as five deviations: once in 1.7 million.
    pub open: f64,
    pub count: usize,
}

impl Mean {
    /// Of the draws that have such a number; `None` where too few have.
    fn of(values: impl Iterator<Item = f64>) -> Option<Self> {
        let moments = Moments::of(values.filter(|value| value.is_finite()));
        (moments.count >= LEAST).then(|| {
            let freedom = moments.count - 1;
            let error = (moments.variance / freedom as f64).sqrt();
            Self { value: moments.mean, open: student(freedom) * error, count: moments.count }
        })
    }
}

/// How many estimated deviations Student's t stays within as surely as a normal number within five, or a little more; for
/// seven degrees of freedom and more.
fn student(freedom: usize) -> f64 {
    let freedom = freedom as f64;
    5.0 * (1.0 + 7.0 / freedom + 70.3 / (freedom * freedom))
}

/// The same text as all ten read it, and the order of its keys.
pub struct Bench {
    pub keys: Rc<Vec<f32>>,
    pub n: usize,
    pub weights: Vec<Vec<f64>>,
    pub reads: Vec<Read>,
}

impl Bench {
    pub fn keys(&self) -> &[f32] {
        &self.keys[..self.n]
    }
}

/// Linear attention: what a one-hot query reads of each key, and what all other coordinates add.
type Halves = (Vec<f64>, Vec<f64>);

/// The last thing made, and what it was made of.
type Last<K, V> = RefCell<Option<(K, V)>>;

fn once<K: PartialEq, V: Clone>(last: &Last<K, V>, key: K, make: impl FnOnce() -> V) -> V {
    let known = last.borrow().as_ref().filter(|(of, _)| *of == key).map(|(_, value)| value.clone());
    known.unwrap_or_else(|| {
        let made = make();
        *last.borrow_mut() = Some((key, made.clone()));
        made
    })
}

pub struct Focus {
    pub settings: Settings,
    /// By the state, as far as they were read.
    drawn: RefCell<BTreeMap<usize, Vec<Drawn>>>,
    bench: Last<usize, Rc<Bench>>,
    expected: Last<usize, Option<Expected>>,
    ranks: Last<usize, Rc<Vec<u32>>>,
    halves: Last<usize, Rc<Halves>>,
    /// By β.
    limits: Last<f64, Rc<Vec<f32>>>,
}

impl Focus {
    pub fn open(experiment: &Experiment) -> Self {
        Self::with(Settings::of(experiment))
    }

    fn with(settings: Settings) -> Self {
        Self {
            settings,
            drawn: RefCell::default(),
            bench: RefCell::default(),
            expected: RefCell::default(),
            ranks: RefCell::default(),
            halves: RefCell::default(),
            limits: RefCell::default(),
        }
    }

    /// Says whether anything is another than before.
    pub fn hold(&mut self, selection: &Selection) -> bool {
        let changed = self.settings.hold(selection);
        if changed {
            // Keys and what depends on them alone stay.
            self.drawn.take();
            self.bench.take();
            self.expected.take();
        }
        changed
    }

    fn keys(&self, draw: usize, n: usize) -> Rc<Vec<f32>> {
        keys::draw(self.settings.seed, draw, n)
    }

    /// Draws that were read at state `at`; at least the first look's.
    pub fn drawn(&self, at: usize) -> usize {
        self.drawn.borrow().get(&at).map_or(0, Vec::len)
    }

    /// Reads at least `count` draws at state `at`, or all.
    pub fn read_to(&self, at: usize, count: usize) {
        let n = self.settings.keys(at);
        let first = (FIRST_LOOK / n).max(LEAST);
        let count = count.max(first).min(self.settings.draws);
        let mut all = self.drawn.borrow_mut();
        let drawn = all.entry(at).or_default();
        let mut weights = Vec::new();
        for draw in drawn.len()..count {
            let keys = self.keys(draw, n);
            let keys = &keys[..n];
            let Read { row, needle } = reader::read(&self.settings, self.settings.reader, keys, &mut weights);
            let top = keys.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let Row { concentration, tokens, entropy, largest, .. } = row;
            drawn.push([concentration, tokens, entropy, largest, needle, f64::from(top)]);
        }
    }

    /// The mean of what was read at state `at`; `None` where there is no such number.
    pub fn mean(&self, at: usize, what: Measure) -> Option<Mean> {
        self.read_to(at, 0);
        let all = self.drawn.borrow();
        Mean::of(all[&at].iter().map(|drawn| drawn[what as usize]))
    }

    /// The first draw as all ten read it.
    pub fn bench(&self, at: usize) -> Rc<Bench> {
        once(&self.bench, at, || {
            let n = self.settings.keys(at);
            let keys = self.keys(0, n);
            let read = |reader: &Reader| {
                let mut weights = Vec::with_capacity(n);
                let read = reader::read(&self.settings, *reader, &keys[..n], &mut weights);
                (weights, read)
            };
            let (weights, reads) = Reader::ALL.iter().map(read).unzip();
            Rc::new(Bench { keys, n, weights, reads })
        })
    }

    /// The keys of the first draw, the largest first.
    pub fn ranks(&self, at: usize) -> Rc<Vec<u32>> {
        once(&self.ranks, at, || {
            let n = self.settings.keys(at);
            let keys = self.keys(0, n);
            let mut order: Vec<u32> = (0..n as u32).collect();
            order.sort_unstable_by(|a, b| keys[*b as usize].total_cmp(&keys[*a as usize]));
            Rc::new(order)
        })
    }

    /// The curves for endless texts, which are made once for a β.
    pub fn limits(&self, make: impl FnOnce() -> Vec<f32>) -> Rc<Vec<f32>> {
        once(&self.limits, self.settings.beta, || Rc::new(make()))
    }

    /// γ and the needle's margin as reader `reader` has them of n keys.
    pub fn scaled(&self, reader: Reader, n: f64) -> (f64, f64) {
        let scale = reader.scale(n);
        (self.settings.gamma * scale, self.settings.margin * scale)
    }

    /// The law of one weight of `reader` among n; `None` where it does not weigh key by key.
    pub fn law(&self, reader: Reader, n: f64) -> Option<Law> {
        Some(Law::of(reader.kernel()?, self.settings.beta, self.scaled(reader, n).0))
    }

    /// What is to be expected of the chosen reader at state `at`; `None` where no law is known.
    pub fn expected(&self, at: usize) -> Option<Expected> {
        once(&self.expected, at, || {
            let n = self.settings.keys(at) as f64;
            Some(self.law(self.settings.reader, n)?.expected(n))
        })
    }

    /// How many keys linear attention is measured on at state `at`.
    pub fn linear_keys(&self, at: usize) -> usize {
        self.settings.keys(at).min(COORDINATES / self.settings.d).max(64)
    }

    fn halves(&self, at: usize) -> Rc<Halves> {
        let Settings { d, seed, features, .. } = self.settings;
        let count = self.linear_keys(at);
        once(&self.halves, count, || {
            let all = keys::coordinates(seed, count * d);
            let of = |key: &[f32]| {
                let mut each = key.iter().map(|z| features.at(f64::from(*z)));
                (each.next().unwrap_or_default(), each.sum::<f64>())
            };
            Rc::new(all.chunks_exact(d).map(of).unzip())
        })
    }

    /// S of linear attention, measured, and how far it may be from what is expected.
    pub fn linear(&self, at: usize) -> (f64, f64) {
        let halves = self.halves(at);
        let mut query = features::query(self.settings.d, self.settings.shape);
        let (first, rest) = (query.next().unwrap_or(1.0), query.next().unwrap_or(0.0));
        let weights: Vec<f64> =
            halves.0.iter().zip(&halves.1).map(|(one, others)| first * one + rest * others).collect();
        let count = weights.len() as f64;
        let mean = weights.iter().sum::<f64>() / count;
        let squares = weights.iter().map(|a| a * a).sum::<f64>() / count;
        let s = mean / squares.sqrt();
        // How much each key moves a ratio of means.
        let moved = Moments::of(weights.iter().map(|a| s * (a / mean - a * a / (2.0 * squares) - 0.5)));
        let error = moved.deviation() / count.sqrt();
        // To second order the ratio is off by about the square of that, relative to itself.
        (s, 5.0 * error + 5.0 * error * error / s + 1e-9)
    }

    /// S of linear attention as the article has it, by its features' σ/μ.
    pub fn linear_formula(&self, d: usize, shape: f64) -> f64 {
        features::concentration(self.settings.features.ratio(), features::norm_ratio(d, shape))
    }
}
