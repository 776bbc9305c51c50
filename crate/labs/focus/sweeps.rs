//! What does not depend on what is held: softmax at many γ and n at once, made once for each n.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use super::keys;
use crate::math::concentration::{finite::Law, kernel::Kernel};

/// γ of the curves: 0 to 12.
pub const CURVE: usize = 49;
pub const CURVE_STEP: f64 = 0.25;
/// γ of the dots that are measured.
pub const DOTS: usize = 25;
pub const DOT_STEP: f64 = 0.5;
/// Keys that the dots of one n are measured on.
const READ: usize = 1 << 19;
/// Lengths of texts that entropy is followed over: 2 to 65,536.
pub const LENGTHS: usize = 16;
/// γ of the table of entropies: 0 to 16.
const TABLE: usize = 65;
const TABLE_STEP: f64 = 0.25;

/// E S and E entropy of softmax over n keys, a pair for each γ.
type Curve = Rc<Vec<[f64; 2]>>;
/// S, the deviation of its mean, entropy and the largest share, for each γ.
type Dots = Rc<Vec<[f64; 4]>>;

thread_local! {
    static CURVES: RefCell<BTreeMap<usize, Curve>> = const { RefCell::new(BTreeMap::new()) };
    static MEASURED: RefCell<BTreeMap<(u64, usize), Dots>> = const { RefCell::new(BTreeMap::new()) };
    static ENTROPIES: RefCell<Option<Rc<Vec<Vec<f64>>>>> = const { RefCell::new(None) };
}

/// How many of them are kept.
const KEPT: usize = 40;

pub fn curve(n: usize) -> Curve {
    CURVES.with_borrow_mut(|known| {
        if known.len() > KEPT && !known.contains_key(&n) {
            known.clear();
        }
        known
            .entry(n)
            .or_insert_with(|| {
                let counts = [n as f64];
                let at = |k: usize| {
                    let law = Law::of(Kernel::Exp, 0.0, k as f64 * CURVE_STEP);
                    [law.concentrations(&counts)[0], law.entropies(&counts)[0]]
                };
                Rc::new((0..CURVE).map(at).collect())
            })
            .clone()
    })
}

/// Softmax measured on random keys: from one γ to the next all weights are multiplied, no exponential is taken.
pub fn dots(seed: u64, n: usize) -> Dots {
    MEASURED.with_borrow_mut(|known| {
        if known.len() > KEPT && !known.contains_key(&(seed, n)) {
            known.clear();
        }
        known.entry((seed, n)).or_insert_with(|| Rc::new(measure(seed, n))).clone()
    })
}

fn measure(seed: u64, n: usize) -> Vec<[f64; 4]> {
    let draws = (READ / n).clamp(8, 32);
    let mut sums = vec![[0.0; 4]; DOTS];
    for draw in 0..draws {
        let keys = keys::draw(seed, draw, n);
        let top = f64::from(keys[..n].iter().copied().fold(f32::NEG_INFINITY, f32::max));
        let short: Vec<f64> = keys[..n].iter().map(|e| f64::from(*e) - top).collect();
        let factors: Vec<f64> = short.iter().map(|x| libm::exp(DOT_STEP * x)).collect();
        let mut weights = vec![1.0; n];
        for (k, sums) in sums.iter_mut().enumerate() {
            let (mut sum, mut squares, mut product) = (0.0, 0.0, 0.0);
            for (a, x) in weights.iter().zip(&short) {
                sum += a;
                squares += a * a;
                product += a * x;
            }
            let s = sum / (squares * n as f64).sqrt();
            let entropy = libm::log(sum) - k as f64 * DOT_STEP * product / sum;
            for (total, value) in sums.iter_mut().zip([s, s * s, entropy, 1.0 / sum]) {
                *total += value / draws as f64;
            }
            weights.iter_mut().zip(&factors).for_each(|(a, factor)| *a *= factor);
        }
    }
    let deviation = |[s, squares, entropy, largest]: [f64; 4]| {
        [s, (squares - s * s).max(0.0).sqrt() / (draws as f64).sqrt(), entropy, largest]
    };
    sums.into_iter().map(deviation).collect()
}

/// The lengths 2, 4, …, 65,536.
pub fn lengths() -> Vec<f64> {
    (1..=LENGTHS).map(|k| f64::from(1u32 << k)).collect()
}

/// E entropy of softmax, a row for each γ of the table, a column for each length.
fn entropies() -> Rc<Vec<Vec<f64>>> {
    ENTROPIES.with_borrow_mut(|known| {
        known
            .get_or_insert_with(|| {
                let counts = lengths();
                let at = |k: usize| Law::of(Kernel::Exp, 0.0, k as f64 * TABLE_STEP).entropies(&counts);
                Rc::new((0..TABLE).map(at).collect())
            })
            .clone()
    })
}

/// E entropy at γ for the length 2^(column + 1), between the places of the table by a cubic.
pub fn entropy(gamma: f64, column: usize) -> f64 {
    let table = entropies();
    let place = (gamma / TABLE_STEP).clamp(0.0, (TABLE - 1) as f64);
    let k = (place as usize).min(TABLE - 2);
    let at = |i: isize| {
        // Entropy is even in γ; beyond the end it hardly changes.
        let i = (k as isize + i).unsigned_abs().min(TABLE - 1);
        table[i][column]
    };
    let (a, b, c, d, x) = (at(-1), at(0), at(1), at(2), place - k as f64);
    b + 0.5 * x * (c - a + x * (2.0 * a - 5.0 * b + 4.0 * c - d + x * (3.0 * (b - c) + d - a)))
}

/// γ at the length 2^(column + 1) that has that entropy; NaN where none has.
pub fn keeps(entropy_kept: f64, column: usize) -> f64 {
    let most = (TABLE - 1) as f64 * TABLE_STEP;
    let (mut low, mut high) = (0.0, most);
    if entropy(low, column) < entropy_kept || entropy(high, column) > entropy_kept {
        return f64::NAN;
    }
    for _ in 0..40 {
        let middle = (low + high) / 2.0;
        if entropy(middle, column) > entropy_kept { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}
