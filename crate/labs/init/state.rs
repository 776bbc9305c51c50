//! What the lab holds: the settings of now, and what was computed of them, each thing once and only when somebody asks.

use std::{cell::RefCell, rc::Rc};

use super::settings::{Held, Parametrisation, Rule, Settings, WIDEST_BRANCH};
use crate::experiment::Experiment;
use crate::math::{
    normal::normals,
    philox::{self, Stream},
    statistics::Moments,
};
use crate::signal::{
    attention::{self, DRAWS, Scaling},
    ladder::{self, Climb, Plan, Rung},
    law::Law,
    moments,
    stack::{self, Factor, Layer, Measured, Size, Stack, Weights},
};

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

thread_local! {
    // What does not change while numbers are dragged outlives a session.
    static STACK: Last<Size, Rc<Vec<Vec<u16>>>> = const { RefCell::new(None) };
    static LADDER: Last<Size, Rc<Vec<[Vec<u16>; 2]>>> = const { RefCell::new(None) };
    static TABLE: Last<Law, Rc<Vec<f32>>> = const { RefCell::new(None) };
    static NORMAL: Last<(), Rc<Vec<f32>>> = const { RefCell::new(None) };
    static CURVE: Last<usize, Rc<Vec<[f64; 5]>>> = const { RefCell::new(None) };
}

fn table(law: Law) -> Rc<Vec<f32>> {
    match law {
        Law::Normal => NORMAL.with(|last| once(last, (), || Rc::new(law.table()))),
        Law::Uniform | Law::Cut { .. } => TABLE.with(|last| once(last, law, || Rc::new(law.table()))),
    }
}

/// The stack as it ran.
pub struct Ran {
    pub layers: Vec<Layer>,
    pub measured: Vec<Measured>,
    pub map: Vec<moments::Layer>,
}

/// Softmax over real products.
#[derive(Clone, Debug)]
pub struct Heads {
    /// By draw: deviation of the logits, mean of the largest weight, mean of 1 − Σp², mean of the largest logit in deviations.
    pub draws: Vec<[f64; 4]>,
    /// What is exact for these queries.
    pub expected: attention::Expected,
    /// What the logits' deviation is for these queries.
    pub deviation: f64,
    /// The first rows of the first draw.
    pub rows: Vec<Vec<f64>>,
}

impl Heads {
    pub fn moments(&self, what: usize) -> Moments {
        Moments::of(self.draws.iter().map(|draw| draw[what]))
    }
}

/// Draws of the cut law, and of the normal law that activations are tried on.
pub const DRAWN: usize = 1 << 15;
/// Addresses of their numbers, beyond those of layers and heads.
const CUTS: u32 = 1 << 20;
const TRIED: u32 = CUTS + 1;

/// d at which curves over d are drawn.
pub const SIZES: [usize; 13] = [1, 2, 4, 8, 12, 16, 32, 48, 64, 96, 128, 256, 512];

pub struct Born {
    pub settings: Settings,
    experiment: Experiment,
    ran: Last<(), Rc<Ran>>,
    climbed: Last<(), Rc<(Climb, Vec<Rung>)>>,
    heads: RefCell<Vec<(Scaling, Rc<Heads>)>>,
    cut: Last<f64, Rc<Vec<f64>>>,
    tried: Last<(), Rc<Vec<f32>>>,
}

impl Born {
    pub fn open(experiment: &Experiment) -> Self {
        Self {
            settings: Settings::of(experiment, &Held::new()),
            experiment: experiment.clone(),
            ran: RefCell::default(),
            climbed: RefCell::default(),
            heads: RefCell::default(),
            cut: RefCell::default(),
            tried: RefCell::default(),
        }
    }

    pub fn experiment(&self) -> &Experiment {
        &self.experiment
    }

    /// Something is held or typed. A formula that cannot be read leaves the one before.
    pub fn hold(&mut self, held: &Held, typed: Option<Vec<String>>) {
        if let Some(typed) = typed {
            self.experiment.inputs.expressions = typed;
        }
        let fresh = Settings::of(&self.experiment, held);
        let before = std::mem::replace(&mut self.settings, fresh);
        if self.settings.misread.is_some() {
            self.settings.activation.shape = before.activation.shape.clone();
        }
        self.ran.take();
        self.climbed.take();
        let apart = |settings: &Settings| (settings.d, settings.n);
        if apart(&before) != apart(&self.settings) {
            self.heads.take();
        }
    }

    fn size(&self) -> Size {
        let Settings { width, depth, seed, .. } = self.settings;
        Size { width, layers: depth, seed }
    }

    fn weights(&self) -> Weights {
        let table = table(self.settings.law());
        if self.settings.rule == Rule::Orthogonal { Weights::Orthogonal(table) } else { Weights::Each(table) }
    }

    /// The factors of each layer under `parametrisation`.
    fn factors(&self, parametrisation: Parametrisation) -> Vec<Factor> {
        let m = self.settings.width as f64;
        let each = (self.settings.asked() / m).sqrt();
        let (inside, outside) = match parametrisation {
            Parametrisation::Standard | Parametrisation::Mup => (each, 1.0),
            Parametrisation::Ntk => (1.0, each),
        };
        let mut all = vec![Factor { inside, outside }; self.settings.depth];
        if let (Parametrisation::Mup, Some(last)) = (parametrisation, all.last_mut()) {
            last.inside /= m.sqrt();
        }
        all
    }

    /// Runs `with` on the stack under `parametrisation`, and what goes in.
    pub fn stacked<T>(
        &self,
        parametrisation: Parametrisation,
        with: impl FnOnce(&Stack<'_>, &stack::Batch) -> T,
    ) -> T {
        let size = self.size();
        let words = STACK.with(|last| once(last, size, || stack::drawn(size)));
        let stack = Stack {
            size,
            words: &words,
            weights: self.weights(),
            factors: self.factors(parametrisation),
            activation: &self.settings.activation,
            evening: self.settings.evening,
        };
        with(&stack, &stack::normal_batch(size, 0, true))
    }

    pub fn ran(&self) -> Rc<Ran> {
        once(&self.ran, (), || {
            let Settings { width, evening, .. } = self.settings;
            let map = moments::map(&self.settings.activation, evening, &self.settings.gains(), width);
            self.stacked(self.settings.parametrisation, |stack, x| {
                let layers = stack.forward(x);
                let measured = stack.measure(x, &layers, &stack::normal_batch(stack.size, 1, true));
                Rc::new(Ran { layers, measured, map })
            })
        })
    }

    /// What goes into the stack.
    pub fn input(&self) -> stack::Batch {
        stack::normal_batch(self.size(), 0, true)
    }

    /// Root mean square of the gradient by what comes out of each layer as the map has it, the input first.
    pub fn gradients(&self) -> Vec<f64> {
        let mut all = vec![1.0; self.settings.depth + 1];
        for (l, layer) in self.ran().map.iter().enumerate().rev() {
            all[l] = all[l + 1] * layer.back.sqrt();
        }
        all
    }

    /// Root mean square of the weights of the first layer, without the factor before their product.
    pub fn weight_size(&self) -> f64 {
        let inside = self.factors(self.settings.parametrisation)[0].inside;
        if self.settings.rule == Rule::Orthogonal {
            return inside;
        }
        let size = self.size();
        let words = STACK.with(|last| once(last, size, || stack::drawn(size)));
        let table = table(self.settings.law());
        let squares = words[0].iter().map(|word| f64::from(table[usize::from(*word)]).powi(2));
        inside * (squares.sum::<f64>() / words[0].len() as f64).sqrt()
    }

    /// Draws of the normal law cut where the settings say.
    pub fn cut_draws(&self) -> Rc<Vec<f64>> {
        let Settings { cut, seed, .. } = self.settings;
        once(&self.cut, cut, || {
            let law = Law::Cut { cut, corrected: false };
            let shares = philox::uniforms(seed, Stream::Inputs, CUTS, DRAWN);
            Rc::new(shares.into_iter().map(|p| law.quantile(p)).collect())
        })
    }

    /// Normal numbers that activations are tried on.
    pub fn tried(&self) -> Rc<Vec<f32>> {
        once(&self.tried, (), || Rc::new(normals(self.settings.seed, Stream::Inputs, TRIED, DRAWN)))
    }

    pub fn plan(&self) -> Plan {
        let Settings { width, depth, seed, kind, alpha, .. } = self.settings;
        let size = Size { width: width.min(WIDEST_BRANCH), layers: depth + 1, seed };
        Plan { kind, alpha, activation: self.settings.activation.clone(), depth, size }
    }

    /// Real branches on the ladder of `plan`; a rung more than its depth.
    pub fn climb(&self, plan: &Plan) -> Climb {
        let size = plan.size;
        let words = LADDER.with(|last| once(last, size, || Rc::new(ladder::drawn(size))));
        let x = stack::normal_batch(size, 0, true).columns(0, 4).into_owned();
        let changes = stack::normal_batch(size, 2, true).columns(0, 4).into_owned();
        ladder::climb(plan, &words, &Weights::Each(table(Law::Normal)), &x, &changes)
    }

    /// The ladder measured, and as endlessly wide branches have it.
    pub fn climbed(&self) -> Rc<(Climb, Vec<Rung>)> {
        once(&self.climbed, (), || {
            let plan = self.plan();
            Rc::new((self.climb(&plan), ladder::expected(&plan, plan.depth + 1)))
        })
    }

    /// Rows of attention with `scaling`.
    pub fn heads(&self, scaling: Scaling) -> Rc<Heads> {
        let known = self.heads.borrow().iter().find(|(of, _)| *of == scaling).map(|(_, heads)| heads.clone());
        known.unwrap_or_else(|| {
            let heads = Rc::new(self.attend(scaling));
            self.heads.borrow_mut().push((scaling, heads.clone()));
            heads
        })
    }

    fn attend(&self, scaling: Scaling) -> Heads {
        let Settings { n, d, seed, .. } = self.settings;
        let table = table(Law::Normal);
        let (mut draws, mut deviations, mut first) = (Vec::new(), Vec::new(), Vec::new());
        for draw in 0..DRAWS {
            let (logits, lengths) = attention::logits(seed, draw, [n, d], scaling, &table);
            let rows: Vec<Vec<f64>> =
                logits.column_iter().map(|row| attention::softmax(row.as_slice())).collect();
            let count = rows.len() as f64;
            let square = logits.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>() / logits.len() as f64;
            let largest: f64 = rows.iter().map(|row| row.iter().copied().fold(0.0, f64::max)).sum();
            let jacobian: f64 = rows.iter().map(|row| attention::jacobian(row)).sum();
            let tops = logits.column_iter().zip(&lengths).map(|(row, sd)| f64::from(row.max()) / sd);
            draws.push([square.sqrt(), largest / count, jacobian / count, tops.sum::<f64>() / count]);
            deviations.extend(lengths);
            if draw == 0 {
                first = rows;
            }
        }
        let deviation = (deviations.iter().map(|sd| sd * sd).sum::<f64>() / deviations.len() as f64).sqrt();
        Heads { draws, expected: attention::expected_of(n, &deviations), deviation, rows: first }
    }

    /// The logits of the first draw.
    pub fn first_logits(&self, scaling: Scaling) -> Vec<f32> {
        let Settings { n, d, seed, .. } = self.settings;
        attention::logits(seed, 0, [n, d], scaling, &table(Law::Normal)).0.as_slice().to_vec()
    }

    /// Rows of d, and the largest weight and 1 − Σp² to be expected without the division, and with it.
    pub fn curve(&self) -> Rc<Vec<[f64; 5]>> {
        let n = self.settings.n;
        CURVE.with(|last| {
            once(last, n, || {
                let even = attention::expected(n, 1.0);
                let of = |d: &usize| {
                    let plain = attention::expected(n, (*d as f64).sqrt());
                    [*d as f64, plain.largest, plain.jacobian, even.largest, even.jacobian]
                };
                Rc::new(SIZES.iter().map(of).collect())
            })
        })
    }
}
