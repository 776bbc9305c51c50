//! What twins are asked once they have been trained: texts with more pairs than they learnt from, how sharply their heads look beside what
//! theory says of such scores, and whether a state of constant size answers the same.

use super::{
    haystack::{Haystack, SIZES},
    twins::KERNELS,
};
use crate::attention::mixing::Kernel;
use crate::labs::twins::Schooling;
use crate::math::concentration::{decay, features, kernel, limit, row::Row};
use crate::math::statistics::Moments;
use crate::train::small::transformer::Pupil;

/// Pairs that are asked for.
pub const LENGTHS: [usize; 5] = [2, 4, 8, 16, 32];
/// Texts of each of them.
const TEXTS: usize = 48;
/// Margins that a needle is tried with.
pub const MARGINS: usize = 31;
/// Texts that heads are looked at on.
const LOOKED_AT: usize = 12;

/// How sharply a head looks, beside what theory says of scores with its mean and deviation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sharpness {
    /// How many tokens were in sight, on the average.
    pub tokens: f64,
    pub concentration: f64,
    /// NaN where no law is known.
    pub concentration_theory: f64,
    pub entropy: f64,
    pub entropy_theory: f64,
}

/// What one network said.
#[derive(Clone, Debug)]
pub struct Exam {
    /// The share said rightly of texts with each of [`LENGTHS`].
    pub rights: [f64; 5],
    /// Of the head that looks most sharply where it counts.
    pub sharpest: Sharpness,
    /// The same head, with one key more among keys of its own.
    pub haystack: Haystack,
    /// The largest difference of a score when the text is read token by token with a state of constant size; `None` where there is none.
    pub recurrent_gap: Option<f64>,
}

/// Seed by seed, every kernel's; those that are there already stay.
pub fn sit(schooling: &Schooling, exams: &mut Vec<[Exam; 4]>) {
    let ended = schooling.ends(0, 0).len();
    exams.truncate(ended);
    for k in exams.len()..ended {
        exams.push(std::array::from_fn(|i| schooling.ask(i, k, exam)));
    }
}

fn exam(pupil: &Pupil, weights: &[f32]) -> Exam {
    let (exercise, seed) = (&pupil.options.exercise, pupil.options.seed);
    let rights = LENGTHS.map(|pairs| {
        let sheet = exercise.held_out_with(pairs, seed, TEXTS);
        f64::from(pupil.mark(weights, &sheet)[1])
    });
    let sheet = pupil.held_out();
    let text = &sheet.read[..sheet.length];
    let recurrent_gap = pupil.recurrent(weights, text).map(|scores| {
        let whole = pupil.answer(weights, text, sheet.length).logits;
        whole.iter().zip(&scores).map(|(a, b)| f64::from((a - b).abs())).fold(0.0, f64::max)
    });
    let (layer, head, sharpest) = sharpest(pupil, weights);
    Exam { rights, sharpest, haystack: Haystack::of(pupil, weights, layer, head), recurrent_gap }
}

/// The head whose S is least on the average of the places that count: its layer and number.
fn sharpest(pupil: &Pupil, weights: &[f32]) -> (usize, usize, Sharpness) {
    let (sheet, config) = (pupil.held_out(), &pupil.config);
    let (t, heads) = (sheet.length, config.heads);
    let count = LOOKED_AT.min(sheet.texts());
    let answer = pupil.answer(weights, &sheet.read[..count * t], t);
    let kernel = pupil.options.mixing.kernel;
    let mut all = Vec::new();
    for (layer, (maps, qkv)) in answer.maps.iter().zip(&answer.heads).enumerate() {
        for h in 0..heads {
            let rows = (0..count * t).filter(|at| sheet.counted[*at]).map(|at| {
                let (text, i) = (at / t, at % t);
                let map = &maps[((text * heads + h) * t + i) * t..][..i + 1];
                let scores = Scores::of(&qkv[text * t * 3 * config.width..], h, i, config.width, heads);
                looked(kernel, map, &scores)
            });
            let rows: Vec<Sharpness> = rows.collect();
            let mean = |of: fn(&Sharpness) -> f64| Moments::of(rows.iter().map(of)).mean;
            let sharpness = Sharpness {
                tokens: mean(|row| row.tokens),
                concentration: mean(|row| row.concentration),
                concentration_theory: mean(|row| row.concentration_theory),
                entropy: mean(|row| row.entropy),
                entropy_theory: mean(|row| row.entropy_theory),
            };
            all.push((layer, h, sharpness));
        }
    }
    all.into_iter()
        .min_by(|(.., a), (.., b)| a.concentration.total_cmp(&b.concentration))
        .expect("a network has heads")
}

/// The query of a place and the keys that it sees, in one head.
struct Scores<'a> {
    query: &'a [f32],
    keys: Vec<&'a [f32]>,
}

impl<'a> Scores<'a> {
    fn of(qkv: &'a [f32], head: usize, i: usize, width: usize, heads: usize) -> Self {
        let dh = width / heads;
        let part = |which: usize, at: usize| &qkv[at * 3 * width + which * width + head * dh..][..dh];
        Self { query: part(0, i), keys: (0..=i).map(|at| part(1, at)).collect() }
    }

    /// Mean β and deviation γ of q · k/√dh.
    fn moments(&self) -> [f64; 2] {
        let scale = 1.0 / (self.query.len() as f64).sqrt();
        let score = |key: &&[f32]| {
            let product: f64 = key.iter().zip(self.query).map(|(k, q)| f64::from(*k) * f64::from(*q)).sum();
            scale * product
        };
        let moments = Moments::of(self.keys.iter().map(score));
        [moments.mean, moments.deviation()]
    }

    /// S of linear attention as the article has it: σ/μ of the keys' features, and |q̃|₂/|q̃|₁ of the query's.
    fn linear(&self, kernel: Kernel) -> f64 {
        let features = |raw: &[f32]| {
            let mut features = raw.to_vec();
            kernel.features(&mut features);
            features.into_iter().map(f64::from).collect::<Vec<_>>()
        };
        let keys = Moments::of(self.keys.iter().flat_map(|key| features(key)));
        let query = features(self.query);
        let norms = query.iter().map(|q| q * q).sum::<f64>().sqrt() / query.iter().sum::<f64>();
        features::concentration(keys.deviation() / keys.mean, norms)
    }
}

/// A row of weights, beside what theory says of a Gaussian with its scores' mean and deviation.
fn looked(kernel: Kernel, map: &[f32], scores: &Scores<'_>) -> Sharpness {
    let weights = || map.iter().map(|weight| f64::from(*weight));
    // A row without any weight looks at nothing: that is as flat as can be.
    let nothing = weights().all(|weight| weight == 0.0);
    let row = Row::of(weights().map(|weight| if nothing { 1.0 } else { weight }));
    let tokens = map.len() as f64;
    let [concentration_theory, entropy_theory] = match kernel {
        Kernel::Softmax => {
            let [_, gamma] = scores.moments();
            [libm::exp(-gamma * gamma / 2.0), (libm::log(tokens) - gamma * gamma / 2.0).max(0.0)]
        }
        Kernel::Relu2 => {
            let [beta, gamma] = scores.moments();
            [limit::known(kernel::Kernel::Relu2, beta, gamma).unwrap_or(f64::NAN), f64::NAN]
        }
        Kernel::Elu1 => [scores.linear(kernel), f64::NAN],
        Kernel::Decay(lambda) => {
            let lambda = f64::from(lambda);
            let row = Row::of(decay::weights(lambda).take(map.len()));
            [decay::concentration(lambda, tokens), row.entropy]
        }
    };
    Sharpness {
        tokens,
        concentration: row.concentration,
        concentration_theory,
        entropy: row.entropy,
        entropy_theory,
    }
}

/// The mean over seeds of a number of kernel `i`'s exams; NaN of none.
pub fn mean(exams: &[[Exam; 4]], i: usize, of: impl Fn(&Exam) -> f64) -> f64 {
    if exams.is_empty() { f64::NAN } else { Moments::of(exams.iter().map(|four| of(&four[i]))).mean }
}

/// [4, 5]: the share said rightly by each kernel with 2, 4, 8, 16 and 32 pairs.
pub fn lengths(exams: &[[Exam; 4]]) -> Vec<f32> {
    let row = |i: usize| (0..LENGTHS.len()).map(move |l| mean(exams, i, |exam| exam.rights[l]) as f32);
    (0..KERNELS.len()).flat_map(row).collect()
}

/// Weight of one key more of margin `margin` among n number `i`, and what theory says, in kernel `kernel`'s sharpest head.
pub fn needle(exams: &[[Exam; 4]], kernel: usize, i: usize, margin: f64) -> [f64; 2] {
    [0, 1].map(|which| mean(exams, kernel, |exam| exam.haystack.weight(i, margin)[which]))
}

/// [4, 10, 3]: n, the weight of one key more of margin `margin` among n in each kernel's sharpest head, and by theory.
pub fn needle_by_size(exams: &[[Exam; 4]], margin: f64) -> Vec<f32> {
    let row = |kernel: usize, i: usize| {
        let [measured, theory] = needle(exams, kernel, i, margin);
        [Haystack::size(i) as f64, measured, theory]
    };
    (0..KERNELS.len()).flat_map(|k| (0..SIZES).flat_map(move |i| row(k, i))).map(|x| x as f32).collect()
}

/// [4, 31, 3]: the same for n number `i`, by margins of 0, 1, … 30.
pub fn needle_by_margin(exams: &[[Exam; 4]], i: usize) -> Vec<f32> {
    let row = |kernel: usize, margin: usize| {
        let [measured, theory] = needle(exams, kernel, i, margin as f64);
        [margin as f64, measured, theory]
    };
    (0..KERNELS.len()).flat_map(|k| (0..MARGINS).flat_map(move |m| row(k, m))).map(|x| x as f32).collect()
}

/// [4, 5]: of each kernel's sharpest head the tokens in sight, S, S by theory, entropy and entropy by theory.
pub fn sharpness(exams: &[[Exam; 4]]) -> Vec<f32> {
    let row = |i: usize| {
        [
            mean(exams, i, |exam| exam.sharpest.tokens),
            mean(exams, i, |exam| exam.sharpest.concentration),
            mean(exams, i, |exam| exam.sharpest.concentration_theory),
            mean(exams, i, |exam| exam.sharpest.entropy),
            mean(exams, i, |exam| exam.sharpest.entropy_theory),
        ]
    };
    (0..KERNELS.len()).flat_map(row).map(|x| x as f32).collect()
}
