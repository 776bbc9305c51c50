//! The step of Jordan, Kinderlehrer and Otto in the plane, by entropic transport: of all plans γ that take mass from q, the one that makes
//! ∬ |x − y|²/(2a) γ + ε ∬ γ ln γ + F(p) least, where p is what arrives and F(p) = ∫ f p + τ ∫ p ln p.
//!
//! Peyré, "Entropic approximation of Wasserstein gradient flows", 2015, <https://arxiv.org/abs/1502.06216>: γ = A e^{−|x−y|²/(2aε)} B,
//! and A and B are put right in turn. The kernel is one along rows and one along columns, so a sum over the plane is two over lines. The
//! price is a blur: mass that leaves one place arrives with a variance of the order of aε, and p is wider by about that.

use super::landscape::Place;

/// Cells over a part of the plane, as many up as across.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// x from, to, y from, to.
    pub window: [f64; 4],
    pub side: usize,
}

impl Grid {
    /// The width and the height of a cell.
    pub fn cell(&self) -> [f64; 2] {
        let [x0, x1, y0, y1] = self.window;
        [(x1 - x0) / self.side as f64, (y1 - y0) / self.side as f64]
    }

    /// The middle of cell `i`: rows from below, each from the left.
    pub fn place(&self, i: usize) -> Place {
        let [wide, high] = self.cell();
        let at = |from: f64, k: usize, size: f64| from + (k as f64 + 0.5) * size;
        [at(self.window[0], i % self.side, wide), at(self.window[2], i / self.side, high)]
    }

    /// ln of the mass in each cell, 1 in all, of N(middle, sd²).
    pub fn normal(&self, middle: Place, sd: f64) -> Vec<f64> {
        let log = |i: usize| {
            let [x, y] = self.place(i);
            -((x - middle[0]).powi(2) + (y - middle[1]).powi(2)) / (2.0 * sd * sd)
        };
        let logs: Vec<f64> = (0..self.side * self.side).map(log).collect();
        let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let whole = most + libm::log(logs.iter().map(|one| libm::exp(one - most)).sum());
        logs.into_iter().map(|one| one - whole).collect()
    }

    /// Mean and variance along each axis.
    pub fn moments(&self, mass: &[f64]) -> [[f64; 2]; 2] {
        let sum = |f: &dyn Fn(Place) -> f64| {
            mass.iter().enumerate().map(|(i, m)| m * f(self.place(i))).sum::<f64>()
        };
        [0, 1].map(|axis| {
            let mean = sum(&|place| place[axis]);
            [mean, sum(&|place| (place[axis] - mean).powi(2))]
        })
    }
}

/// What is to be made least.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    pub grid: Grid,
    pub a: f64,
    pub epsilon: f64,
    pub tau: f64,
}

/// The best plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The mass in each cell that leaves and that arrives.
    pub before: Vec<f64>,
    pub after: Vec<f64>,
    /// Where the mass of each cell arrives, in the mean.
    pub arrives: Vec<Place>,
    /// Σ |mass that leaves − mass that was there| before the last correction.
    pub error: f64,
    /// What was made least; and what it is of a plan that stays where it is but for the blur.
    pub value: f64,
    pub stays: f64,
}

/// Corrections at most, how small the last may be, and after how many what is left is guessed.
const ROUNDS: usize = 600;
const CLOSE: f64 = 1e-11;
const LEAP: usize = 8;
/// Below this a sum of products may have lost parts that count.
const SAFE: f64 = 1e-250;

impl Step {
    /// `logs` are of the mass that leaves each cell; `heights` f there, where it has no value a wall. `None` if there is nowhere to go, or
    /// it takes too long.
    pub fn plan(&self, logs: &[f64], heights: &[f64]) -> Option<Plan> {
        let kernel = self.kernel();
        let heights: Vec<f64> =
            heights.iter().map(|f| if f.is_finite() { *f } else { f64::INFINITY }).collect();
        if heights.iter().all(|f| f.is_infinite()) {
            return None;
        }
        let before: Vec<f64> = logs.iter().map(|log| libm::exp(*log)).collect();
        // ln A and ln B.
        let mut leave = vec![0.0; logs.len()];
        let mut come = Vec::new();
        let (mut error, mut moved): (f64, Vec<f64>) = (f64::INFINITY, Vec::new());
        for round in 1..=ROUNDS {
            come = self.answer(&kernel.sums(&leave), &heights);
            let seen = kernel.sums(&come);
            error = (0..logs.len()).map(|i| (before[i] - libm::exp(leave[i] + seen[i])).abs()).sum();
            let next: Vec<f64> = logs.iter().zip(&seen).map(|(log, seen)| log - seen).collect();
            let last = std::mem::replace(&mut moved, next.iter().zip(&leave).map(|(a, b)| a - b).collect());
            leave = next;
            if error < CLOSE {
                break;
            }
            if round % LEAP == 0 {
                leap(&mut leave, &before, &last, &moved);
            }
        }
        if error.is_nan() || error > 1e-6 {
            return None;
        }
        let seen = kernel.sums(&leave);
        let after: Vec<f64> = come.iter().zip(&seen).map(|(come, seen)| libm::exp(come + seen)).collect();
        let arrives = self.arrives(&kernel, &come);
        let held = |masses: &[f64], logs: &[f64]| product(masses, logs);
        let value =
            self.epsilon * (held(&before, &leave) + held(&after, &come)) + self.height(&after, &heights);
        Some(Plan {
            stays: self.stays(&kernel, logs, &before, &heights),
            before,
            after,
            arrives,
            error,
            value,
        })
    }

    /// ln B that is best for what ln A sends, of mass 1.
    fn answer(&self, seen: &[f64], heights: &[f64]) -> Vec<f64> {
        let one = |(seen, f): (&f64, &f64)| -(self.tau * seen + f) / (self.tau + self.epsilon);
        let come: Vec<f64> = seen.iter().zip(heights).map(one).collect();
        let logs = || come.iter().zip(seen).map(|(come, seen)| come + seen);
        let most = logs().fold(f64::NEG_INFINITY, f64::max);
        let whole = most + libm::log(logs().map(|log| libm::exp(log - most)).sum());
        come.iter().map(|come| come - whole).collect()
    }

    fn kernel(&self) -> Kernel {
        let table = |size: f64| {
            let log = |k: usize| -(k as f64 * size).powi(2) / (2.0 * self.a * self.epsilon);
            (0..self.grid.side).map(|k| [log(k), libm::exp(log(k))]).collect()
        };
        Kernel { side: self.grid.side, tables: self.grid.cell().map(table) }
    }

    /// ∫ f p + τ ∫ p ln p, of masses.
    fn height(&self, mass: &[f64], heights: &[f64]) -> f64 {
        let [wide, high] = self.grid.cell();
        let one = |(m, f): (&f64, &f64)| {
            if *m > 0.0 { m * (f + self.tau * libm::log(m / (wide * high))) } else { 0.0 }
        };
        mass.iter().zip(heights).map(one).sum()
    }

    /// The mean over the plan of where each cell's mass arrives: places are measured from beyond the edge, so that they have logarithms.
    fn arrives(&self, kernel: &Kernel, come: &[f64]) -> Vec<Place> {
        let whole = kernel.sums(come);
        let (edge, cell) = ([self.grid.window[0], self.grid.window[2]], self.grid.cell());
        let [x, y] = [0, 1].map(|axis| {
            let beyond = edge[axis] - cell[axis];
            let weighed: Vec<f64> = come
                .iter()
                .enumerate()
                .map(|(i, come)| come + libm::log(self.grid.place(i)[axis] - beyond))
                .collect();
            let sums = kernel.sums(&weighed);
            sums.iter().zip(&whole).map(|(sum, whole)| beyond + libm::exp(sum - whole)).collect::<Vec<_>>()
        });
        x.into_iter().zip(y).map(|(x, y)| [x, y]).collect()
    }

    /// The value of the plan that spreads each cell by the kernel alone.
    fn stays(&self, kernel: &Kernel, logs: &[f64], before: &[f64], heights: &[f64]) -> f64 {
        let sizes = kernel.sums(&vec![0.0; logs.len()]);
        let spread: Vec<f64> = logs.iter().zip(&sizes).map(|(log, size)| log - size).collect();
        let there: Vec<f64> = kernel.sums(&spread).into_iter().map(libm::exp).collect();
        self.epsilon * product(before, &spread) + self.height(&there, heights)
    }
}

/// Corrections that shrink by the same share each time have a sum: Aitken's, where they do.
fn leap(leave: &mut [f64], mass: &[f64], last: &[f64], now: &[f64]) {
    let held = |a: &[f64], b: &[f64]| {
        (0..mass.len()).filter(|i| mass[*i] > 0.0).map(|i| mass[i] * a[i] * b[i]).sum::<f64>()
    };
    let share = held(last, now) / held(last, last);
    if (0.3..0.9999).contains(&share) {
        leave.iter_mut().zip(now).for_each(|(leave, now)| *leave += now * share / (1.0 - share));
    }
}

/// Σ m l; nothing where there is no mass.
fn product(masses: &[f64], logs: &[f64]) -> f64 {
    masses.iter().zip(logs).map(|(m, log)| if *m > 0.0 { m * log } else { 0.0 }).sum()
}

/// e^{−d²/(2aε)} along each axis: its logarithm and itself, by how many cells apart.
struct Kernel {
    side: usize,
    tables: [Vec<[f64; 2]>; 2],
}

impl Kernel {
    /// ln Σ K e^g over the plane.
    fn sums(&self, g: &[f64]) -> Vec<f64> {
        let n = self.side;
        let rows: Vec<f64> = g.chunks_exact(n).flat_map(|row| line(row, &self.tables[0])).collect();
        let mut all = vec![0.0; n * n];
        for column in 0..n {
            let values: Vec<f64> = (0..n).map(|row| rows[row * n + column]).collect();
            for (row, sum) in line(&values, &self.tables[1]).into_iter().enumerate() {
                all[row * n + column] = sum;
            }
        }
        all
    }
}

/// The same along a line.
fn line(g: &[f64], table: &[[f64; 2]]) -> Vec<f64> {
    let most = g.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if most == f64::NEG_INFINITY {
        return vec![f64::NEG_INFINITY; g.len()];
    }
    let shares: Vec<f64> = g.iter().map(|g| libm::exp(g - most)).collect();
    let one = |i: usize| {
        let sum: f64 = shares.iter().enumerate().map(|(j, share)| share * table[i.abs_diff(j)][1]).sum();
        if sum > SAFE {
            return most + libm::log(sum);
        }
        // Far from where the most is: by the largest of its own terms.
        let log = |j: usize| g[j] + table[i.abs_diff(j)][0];
        let largest = (0..g.len()).map(log).fold(f64::NEG_INFINITY, f64::max);
        largest + libm::log((0..g.len()).map(|j| libm::exp(log(j) - largest)).sum())
    };
    (0..g.len()).map(one).collect()
}
