//! What to expect of n keys, exactly: a ratio of sums becomes an integral over one number.
//!
//! With Q = Σ a², Q^{−1/2} = π^{−1/2} ∫ s^{−1/2} e^{−sQ} ds, so E S = √(n/π) ∫ s^{−1/2} E[a e^{−sa²}] (E e^{−sa²})^{n−1} ds:
//! a Gaussian integral within an integral, for every kernel and every n. Effective tokens, entropy, the largest weight and the
//! weight of a needle follow in the same way. Where all weights may be zero, the mean is over the rows where they are not.

use super::{
    kernel::Kernel,
    nodes::{density, graded},
};

/// Beyond this many deviations there is no key of 65,536.
const WIDE: f64 = 9.0;
/// The step in u = ln s; the rule is wrong by e^{−π²/step} of a smooth integrand.
const STEP: f64 = 0.5;
/// Terms below this share of the sum are left out.
const LEFT_OUT: f64 = 1e-11;

/// Means over draws of n keys.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    pub concentration: f64,
    pub tokens: f64,
    pub entropy: f64,
    pub largest: f64,
}

/// The law of one weight: probabilities and sizes, the smallest first.
pub struct Law {
    atoms: Vec<(f64, f64)>,
    /// How likely a weight is zero.
    zero: f64,
    kernel: Kernel,
    beta: f64,
}

impl Law {
    /// Of |f(β + γe)|.
    pub fn of(kernel: Kernel, beta: f64, gamma: f64) -> Self {
        // A factor that all share.
        let beta = if kernel == Kernel::Exp { 0.0 } else { beta };
        let kink = (kernel.has_kink() && gamma > 0.0).then(|| -beta / gamma);
        let width = 0.75f64.min(2.5 / gamma.max(1e-9));
        let mut atoms: Vec<(f64, f64)> = graded(-WIDE, WIDE, width, kink)
            .into_iter()
            .map(|(x, w)| (w * density(x), kernel.at(beta + gamma * x).abs()))
            .collect();
        atoms.sort_unstable_by(|a, b| a.1.total_cmp(&b.1));
        let whole: f64 = atoms.iter().map(|(q, _)| q).sum();
        atoms.iter_mut().for_each(|(q, _)| *q /= whole);
        let zero = atoms.iter().filter(|(_, a)| *a == 0.0).map(|(q, _)| q).sum();
        Self { atoms, zero, kernel, beta }
    }

    /// A weight that one of n keys reaches: what all are measured by.
    fn unit(&self, n: f64) -> f64 {
        let mut above = 0.0;
        let reached = self.atoms.iter().rev().find(|(q, _)| {
            above += q;
            above > 0.5 / n
        });
        let smallest = || self.atoms.iter().find(|(_, a)| *a > 0.0);
        reached.filter(|(_, a)| *a > 0.0).or_else(smallest).map_or(1.0, |(_, a)| *a)
    }

    fn common_unit(&self, counts: &[f64]) -> f64 {
        self.unit(counts.iter().copied().fold(1.0, f64::max))
    }

    /// How likely not all n weights are zero.
    fn seen(&self, n: f64) -> f64 {
        1.0 - libm::pow(self.zero, n)
    }

    /// ln s up to which even the smallest weight, measured by `unit` to the `power`, still changes something.
    fn end(&self, unit: f64, power: f64) -> f64 {
        let smallest = self.atoms.iter().find(|(_, a)| *a > 0.0).map_or(1.0, |(_, a)| a / unit);
        4.0 - power * libm::log(smallest)
    }

    /// E S of n keys, for each n; NaN where all weights are zero.
    pub fn concentrations(&self, counts: &[f64]) -> Vec<f64> {
        let unit = self.common_unit(counts);
        let sums = integrals(counts.len(), self.end(unit, 2.0), |u, terms| {
            let (mean, left) = self.squared(u, unit);
            let share = libm::exp(u / 2.0) * mean;
            terms.iter_mut().zip(counts).for_each(|(term, n)| *term = share * power(left, n - 1.0));
        });
        let root = |n: f64| (n / std::f64::consts::PI).sqrt();
        sums.iter().zip(counts).map(|(sum, n)| root(*n) * sum / self.seen(*n)).collect()
    }

    /// E n S², for each n.
    pub fn tokens(&self, counts: &[f64]) -> Vec<f64> {
        let unit = self.common_unit(counts);
        let sums = integrals(counts.len(), self.end(unit, 2.0), |u, terms| {
            let (mean, left) = self.squared(u, unit);
            let pair = libm::exp(u) * mean * mean;
            terms.iter_mut().zip(counts).for_each(|(term, n)| *term = pair * power(left, (n - 2.0).max(0.0)));
        });
        sums.iter().zip(counts).map(|(sum, n)| 1.0 + n * (n - 1.0) * sum / self.seen(*n)).collect()
    }

    /// E[a e^{−sa²}] and E e^{−sa²} at s = e^u.
    fn squared(&self, u: f64, unit: f64) -> (f64, f64) {
        let s = libm::exp(u);
        self.atoms.iter().fold((0.0, 0.0), |(mean, left), (q, a)| {
            let a = a / unit;
            let e = q * libm::exp(-s * a * a);
            (mean + e * a, left + e)
        })
    }

    /// E of the entropy, for each n: E ln Σa − n E[a ln a/Σa].
    pub fn entropies(&self, counts: &[f64]) -> Vec<f64> {
        let unit = self.common_unit(counts);
        let logs: Vec<f64> =
            self.atoms.iter().map(|(_, a)| if *a > 0.0 { libm::log(a / unit) } else { 0.0 }).collect();
        let sums = integrals(counts.len(), self.end(unit, 1.0), |u, terms| {
            let t = libm::exp(u);
            let (mut product, mut left) = (0.0, 0.0);
            for ((q, a), ln) in self.atoms.iter().zip(&logs) {
                let a = a / unit;
                let e = q * libm::exp(-t * a);
                left += e;
                product += e * a * ln;
            }
            let gone = libm::exp(-t);
            for (term, n) in terms.iter_mut().zip(counts) {
                let others = power(left, n - 1.0);
                let ln_sum = gone * self.seen(*n) - (others * left - libm::pow(self.zero, *n));
                *term = ln_sum - n * t * product * others;
            }
        });
        sums.iter().zip(counts).map(|(sum, n)| (sum / self.seen(*n)).max(0.0)).collect()
    }

    /// E of the largest share. Of n weights the largest is an atom as often as n are at most that, but not n below it.
    pub fn largest(&self, n: f64) -> f64 {
        let unit = self.unit(n);
        let sum = integral(self.end(unit, 1.0), |u| {
            let t = libm::exp(u);
            let (mut below, mut before, mut sum) = (0.0, 0.0, 0.0);
            for (q, a) in &self.atoms {
                let a = a / unit;
                below += q * libm::exp(-t * a);
                let now = power(below, n);
                sum += a * (now - before);
                before = now;
            }
            t * sum
        });
        sum / self.seen(n)
    }

    /// E of the share that a key of score β + `margin` has among n others.
    pub fn needle(&self, n: f64, margin: f64) -> f64 {
        let unit = self.unit(n);
        let own = self.kernel.at(self.beta + margin).abs() / unit;
        if own == 0.0 {
            return 0.0;
        }
        integral(-libm::log(own) + 4.0, |u| {
            let t = libm::exp(u);
            let left: f64 = self.atoms.iter().map(|(q, a)| q * libm::exp(-t * a / unit)).sum();
            t * own * libm::exp(-t * own) * power(left, n)
        })
    }

    /// [`Law::needle`] for many n and margins at once, a row for each n: what the others say is asked once.
    pub fn needles(&self, counts: &[f64], margins: &[f64]) -> Vec<f64> {
        let unit = self.common_unit(counts);
        let own: Vec<f64> = margins.iter().map(|m| self.kernel.at(self.beta + m).abs() / unit).collect();
        let positive = || own.iter().copied().filter(|a| *a > 0.0);
        let (least, largest) = (positive().fold(1.0, f64::min), positive().fold(1.0, f64::max));
        let mut shares = vec![0.0; counts.len() * margins.len()];
        let (from, to) = (-libm::log(largest) - 32.0, -libm::log(least) + 4.0);
        for k in 0..=((to - from) / STEP) as usize {
            let t = libm::exp(from + k as f64 * STEP);
            let left: f64 = self.atoms.iter().map(|(q, a)| q * libm::exp(-t * a / unit)).sum();
            let terms: Vec<f64> = own.iter().map(|a| STEP * t * a * libm::exp(-t * a)).collect();
            for (row, n) in shares.chunks_exact_mut(margins.len()).zip(counts) {
                let others = power(left, *n);
                row.iter_mut().zip(&terms).for_each(|(share, term)| *share += term * others);
            }
        }
        shares
    }

    /// f(β + m)/(f(β + m) + n E f): what is left when the sum of the others is its mean.
    pub fn needle_formula(&self, n: f64, margin: f64, gamma: f64) -> f64 {
        let own = self.kernel.at(self.beta + margin).abs();
        let mean = match self.kernel {
            // The atoms end before the mean of e^{γe} does.
            Kernel::Exp => libm::exp(gamma * gamma / 2.0),
            Kernel::Relu2 | Kernel::Relu | Kernel::Identity | Kernel::Elu1 | Kernel::Softplus => {
                self.atoms.iter().map(|(q, a)| q * a).sum()
            }
        };
        own / (own + n * mean)
    }

    pub fn expected(&self, n: f64) -> Expected {
        Expected {
            concentration: self.concentrations(&[n])[0],
            tokens: self.tokens(&[n])[0],
            entropy: self.entropies(&[n])[0],
            largest: self.largest(n),
        }
    }
}

fn power(base: f64, exponent: f64) -> f64 {
    if exponent == 0.0 { 1.0 } else { libm::exp(exponent * libm::log(base)) }
}

/// ∫ f(u) du over all u by the trapezoid rule; to the right at least to `end`.
fn integral(end: f64, f: impl Fn(f64) -> f64) -> f64 {
    integrals(1, end, |u, terms| terms[0] = f(u))[0]
}

/// Several integrals at once: outwards from 0 both ways, until nothing comes any more to any of them.
fn integrals(count: usize, end: f64, mut f: impl FnMut(f64, &mut [f64])) -> Vec<f64> {
    let (mut sums, mut sizes, mut terms) = (vec![0.0; count], vec![0.0; count], vec![0.0; count]);
    let mut add = |u: f64, sums: &mut [f64]| {
        f(u, &mut terms);
        let mut small = true;
        for ((sum, size), term) in sums.iter_mut().zip(&mut sizes).zip(&terms) {
            *sum += term;
            *size += f64::abs(*term);
            // Where nothing has come yet, something may.
            small &= term.is_nan() || *size > 0.0 && term.abs() <= LEFT_OUT * *size;
        }
        small
    };
    add(0.0, &mut sums);
    for way in [1.0, -1.0] {
        let (mut quiet, mut k) = (0, 1.0);
        while quiet < 12 && k < 600.0 {
            let u = way * k * STEP;
            quiet = if add(u, &mut sums) && (way < 0.0 || u > end) { quiet + 1 } else { 0 };
            k += 1.0;
        }
    }
    sums.iter().map(|sum| sum * STEP).collect()
}
