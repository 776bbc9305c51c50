//! Residual sub-layers one after another: what each branch weighs in the output, how alike neighbours are, what reaches layer 1.

use super::{
    activation::Activation,
    law,
    stack::{Batch, Factor, Size, Weights, moment},
};
use crate::math::philox::Stream;

/// Where the norm stands, or what stands in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// N(x + αF(x)).
    Post,
    /// x + αF(N(x)), and a norm at the end.
    Pre,
    /// x + αF(x) with α = 0 at the start.
    Rezero,
    /// N(ax + αF(x)), a = (2N)^¼, weights of a branch times (8N)^−¼; N layers of two sub-layers.
    Deepnorm,
    /// x + αN(F(N(x))), and a norm at the end.
    Sandwich,
}

impl Kind {
    /// What x is multiplied by, and each of the two matrices of a branch.
    fn deep(self, depth: usize) -> [f64; 2] {
        let layers = depth as f64 / 2.0;
        match self {
            Self::Deepnorm => [libm::pow(2.0 * layers, 0.25), libm::pow(8.0 * layers, -0.25)],
            Self::Post | Self::Pre | Self::Rezero | Self::Sandwich => [1.0, 1.0],
        }
    }

    /// Whether each sum is made even.
    pub fn after(self) -> bool {
        matches!(self, Self::Post | Self::Deepnorm)
    }

    /// Whether a branch reads what was made even.
    pub fn ahead(self) -> bool {
        matches!(self, Self::Pre | Self::Sandwich)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub kind: Kind,
    pub alpha: f64,
    pub activation: Activation,
    pub depth: usize,
    pub size: Size,
}

/// The words of both matrices of each of `layers` branches.
pub fn drawn(size: Size) -> Vec<[Vec<u16>; 2]> {
    let words = |l: usize, part: u32| {
        law::drawn(size.seed, Stream::Layers, (1 << 16) + 2 * l as u32 + part, size.width * size.width)
    };
    (0..size.layers).map(|l| [words(l, 0), words(l, 1)]).collect()
}

/// One state of the ladder as endlessly wide branches have it: x_l before sub-layer l.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rung {
    /// E x_l².
    pub moment: f64,
    /// E (αF_l)², as it is added.
    pub branch: f64,
    /// What x_l is multiplied by on its way to x_{l+1}.
    pub keep: f64,
    /// What the branch is multiplied by besides.
    pub divide: f64,
    /// cos(x_l, x_{l+1}).
    pub cosine: f64,
    /// Mean square of a small change of x_1 when it has come to x_l (from x_l, for l = 0), as what the output is read from has it.
    pub reached: f64,
}

/// The ladder as endlessly wide branches have it, x_0 first.
pub fn expected(plan: &Plan, rungs: usize) -> Vec<Rung> {
    let [a, beta] = plan.kind.deep(plan.depth);
    let even = plan.activation.passed(1.0).moment;
    let (mut q, mut carried) = (1.0f64, 1.0f64);
    (0..rungs)
        .map(|l| {
            let read = if plan.kind.ahead() { 1.0 } else { q };
            let passed = plan.activation.passed(beta * beta * read);
            let out = beta * beta * passed.moment / even;
            let steep = beta.powi(4) * passed.slope / even / if plan.kind.ahead() { q } else { 1.0 };
            let (added, steep) = match plan.kind {
                Kind::Sandwich => (1.0, steep / out),
                Kind::Post | Kind::Pre | Kind::Rezero | Kind::Deepnorm => (out, steep),
            };
            let branch = plan.alpha * plan.alpha * added;
            let sum = a * a * q + branch;
            let divide = if plan.kind.after() { sum.sqrt() } else { 1.0 };
            let read_out = if plan.kind.ahead() { q } else { 1.0 };
            let rung = Rung {
                moment: q,
                branch,
                keep: a / divide,
                divide,
                cosine: a * q.sqrt() / sum.sqrt(),
                reached: carried / read_out,
            };
            if l > 0 {
                carried *= (a * a + plan.alpha * plan.alpha * steep) / (divide * divide);
            }
            q = sum / (divide * divide);
            rung
        })
        .collect()
}

/// The weight of x_0 and of each branch in x_at, over the size of x_at: their squares sum to one where branches are unlike.
pub fn shares(rungs: &[Rung], at: usize) -> Vec<f64> {
    let size = rungs[at].moment.sqrt();
    let mut path = 1.0 / size;
    let mut all = vec![0.0; at + 1];
    for l in (0..at).rev() {
        all[l + 1] = path * rungs[l].branch.sqrt() / rungs[l].divide;
        path *= rungs[l].keep;
    }
    all[0] = path * rungs[0].moment.sqrt();
    all
}

/// How much of x_0 itself there is in x_at: the way through no branch.
pub fn direct(rungs: &[Rung], at: usize) -> f64 {
    rungs[..at].iter().map(|rung| rung.keep).product()
}

/// How much of a change of x_1 comes to x_at through no branch, as what the output is read from has it.
pub fn straight(rungs: &[Rung], at: usize, kind: Kind) -> f64 {
    let path: f64 = rungs[..at].iter().skip(1).map(|rung| rung.keep).product();
    if kind.ahead() { path / rungs[at].moment.sqrt() } else { path }
}

/// What a ladder of real random branches did.
pub struct Climb {
    /// As [`expected`], measured.
    pub rungs: Vec<Rung>,
    pub first: Batch,
    /// x of the last rung.
    pub last: Batch,
}

/// N(x) and the roots that its columns were divided by.
fn even(x: &Batch) -> (Batch, Vec<f32>) {
    let roots: Vec<f32> = x
        .column_iter()
        .map(|c| (c.norm_squared() / x.nrows() as f32).sqrt().max(f32::MIN_POSITIVE))
        .collect();
    let mut y = x.clone();
    y.column_iter_mut().zip(&roots).for_each(|(mut column, root)| column /= *root);
    (y, roots)
}

/// What a small change `t` of x becomes behind N, which made `y` of it.
fn even_moved(t: &Batch, y: &Batch, roots: &[f32]) -> Batch {
    let mut moved = t.clone();
    for ((mut t, y), root) in moved.column_iter_mut().zip(y.column_iter()).zip(roots) {
        let along = t.dot(&y) / y.nrows() as f32;
        t.zip_apply(&y, |t, y| *t = (*t - along * y) / root);
    }
    moved
}

/// Runs inputs up the ladder, and small changes of x_1 with them.
pub fn climb(plan: &Plan, words: &[[Vec<u16>; 2]], table: &Weights, x: &Batch, changes: &Batch) -> Climb {
    let [a, beta] = plan.kind.deep(plan.depth);
    let even_moment = plan.activation.passed(1.0).moment;
    let width = x.nrows() as f64;
    let inner = Factor { inside: beta / width.sqrt(), outside: 1.0 };
    let outer = Factor { inside: beta / (width * even_moment).sqrt(), outside: 1.0 };
    let (mut now, mut moved) = (x.clone(), changes.clone());
    let start = moment(&moved);
    let mut rungs = Vec::with_capacity(words.len());
    let mut last = x.clone();
    for (l, [first, second]) in words.iter().enumerate() {
        let (read, roots) = even(&now);
        let (seen, seen_moved) = if plan.kind.ahead() {
            let seen_moved = even_moved(&moved, &read, &roots);
            (&read, seen_moved)
        } else {
            (&now, moved.clone())
        };
        let before = table.times(first, inner, seen, false);
        let steep = before.map(|x| plan.activation.at(f64::from(x))[1] as f32);
        let after = before.map(|x| plan.activation.at(f64::from(x))[0] as f32);
        let mut branch = table.times(second, outer, &after, false);
        let mut branch_moved = table.times(
            second,
            outer,
            &table.times(first, inner, &seen_moved, false).component_mul(&steep),
            false,
        );
        if plan.kind == Kind::Sandwich {
            let (y, roots) = even(&branch);
            branch_moved = even_moved(&branch_moved, &y, &roots);
            branch = y;
        }
        let alpha = plan.alpha as f32;
        branch *= alpha;
        let sum = &now * a as f32 + &branch;
        let sum_moved = &moved * a as f32 + branch_moved * alpha;
        let (y, divided) = even(&sum);
        let (next, next_moved) = if plan.kind.after() {
            let next_moved = even_moved(&sum_moved, &y, &divided);
            (y, next_moved)
        } else {
            (sum, sum_moved)
        };
        let divide = if plan.kind.after() { mean_square(&divided).sqrt() } else { 1.0 };
        let alike = now.column_iter().zip(next.column_iter()).map(|(x, y)| {
            f64::from(x.dot(&y)) / (f64::from(x.norm()) * f64::from(y.norm())).max(f64::MIN_POSITIVE)
        });
        let read_out =
            if plan.kind.ahead() { moment(&even_moved(&moved, &read, &roots)) } else { moment(&moved) };
        rungs.push(Rung {
            moment: moment(&now),
            branch: moment(&branch),
            keep: a / divide,
            divide,
            cosine: alike.sum::<f64>() / now.ncols() as f64,
            reached: read_out / start,
        });
        last = std::mem::replace(&mut now, next);
        // What is followed is a change of x_1.
        if l > 0 {
            moved = next_moved;
        }
    }
    Climb { rungs, first: x.clone(), last }
}

fn mean_square(all: &[f32]) -> f64 {
    all.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>() / all.len() as f64
}

/// |x_L − x_0|² / |x_0|², as endlessly wide branches have it.
pub fn expected_away(rungs: &[Rung], depth: usize) -> f64 {
    rungs[depth].moment + 1.0 - 2.0 * direct(rungs, depth)
}

/// |x_L − x_0|² / |x_0|².
pub fn away(first: &Batch, last: &Batch) -> f64 {
    moment(&(last - first)) / moment(first)
}
