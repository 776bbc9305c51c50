//! How slowly a density forgets where it came from: the smallest eigenvalues of the Fokker–Planck operator, of a target on the line, and
//! of a landscape in the plane.

use super::{
    entropic::Grid,
    grid::{Line, bernoulli},
    landscape::{Landscape, Place},
    sheet::{Form, Sheet},
    target::Target,
};

/// −A of the fluxes of `grid.rs`, made symmetric: its diagonal, and the squares beside it.
fn symmetric(line: Line, target: &Target) -> (Vec<f64>, Vec<f64>) {
    let per = 1.0 / (line.width * line.width);
    let v: Vec<f64> = (0..line.cells).map(|i| target.potential(line.centre(i))).collect();
    let (mut diagonal, mut beside) = (vec![0.0; line.cells], Vec::new());
    for i in 0..line.cells - 1 {
        let (right, left) = (bernoulli(v[i + 1] - v[i]) * per, bernoulli(v[i] - v[i + 1]) * per);
        diagonal[i] += right;
        diagonal[i + 1] += left;
        beside.push(right * left);
    }
    (diagonal, beside)
}

/// How many eigenvalues lie below `x`: Sturm's sequence.
fn below((diagonal, beside): &(Vec<f64>, Vec<f64>), x: f64) -> usize {
    let (mut pivot, mut count) = (1.0, 0);
    for i in 0..diagonal.len() {
        let square = if i > 0 { beside[i - 1] } else { 0.0 };
        pivot = diagonal[i] - x - if square > 0.0 { square / pivot } else { 0.0 };
        if pivot == 0.0 {
            pivot = 1e-300;
        }
        count += usize::from(pivot < 0.0);
    }
    count
}

/// The k-th eigenvalue, counted from 0, which is 0 itself.
fn eigenvalue(matrix: &(Vec<f64>, Vec<f64>), k: usize) -> f64 {
    let (mut low, mut high) = (-1e-6, 1.0);
    while below(matrix, high) <= k {
        high *= 2.0;
    }
    while high - low > 1e-13 * high.max(1e-3) {
        let middle = (low + high) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if below(matrix, middle) > k {
            high = middle;
        } else {
            low = middle;
        }
    }
    (low + high) / 2.0
}

/// The two smallest eigenvalues above 0. The cells' error is of even powers of their width: three widths leave the sixth.
pub fn slowest(target: &Target) -> [f64; 2] {
    let range = target.range(8.5);
    let each = [300, 600, 1200].map(|cells| {
        let matrix = symmetric(Line::over(range, cells), target);
        [1, 2].map(|k| eigenvalue(&matrix, k))
    });
    [0, 1].map(|k| refined([each[0][k], each[1][k], each[2][k]]))
}

/// The slowest rate of a landscape, and what fades with it.
#[derive(Clone, Debug)]
pub struct Slowest {
    /// Of cells of two sizes, without the error that falls as their square.
    pub rate: f64,
    /// What the finer cells alone say.
    pub finest: f64,
    grid: Grid,
    /// Of mean 0 and variance 1 at rest: its mean over the law at time t is e^{−λt} times that at the start.
    shape: Vec<f64>,
}

/// Cells a side, and rounds at most.
const SIDES: [usize; 2] = [48, 96];
const ROUNDS: usize = 80;

/// `None` where there is no rest, or next to nothing falls.
pub fn in_plane(land: &Landscape, window: [f64; 4], tau: f64) -> Option<Slowest> {
    let [few, many] = SIDES.map(|side| Sheet::of(land, window, side, tau));
    let (coarse, shape) = on_cells(&few, None)?;
    // Every cell becomes four.
    let side = many.grid.side;
    let half = |i: usize| shape[i / side / 2 * (side / 2) + i % side / 2];
    let (fine, shape) = on_cells(&many, Some((0..side * side).map(half).collect()))?;
    Some(Slowest { rate: fine + (fine - coarse) / 3.0, finest: fine, grid: many.grid, shape })
}

/// The smallest eigenvalue above 0 on the cells of a sheet, and its function q/p, of length 1 at rest.
pub fn on_cells(sheet: &Sheet, start: Option<Vec<f64>>) -> Option<(f64, Vec<f64>)> {
    let form = sheet.form()?;
    let tilted = || {
        // Neither axis alone, that nothing is missed for its symmetry.
        let [[mx, vx], [my, vy]] = sheet.grid.moments(&form.rest);
        let one = |i: usize| {
            let [x, y] = sheet.grid.place(i);
            let (x, y) = ((x - mx) / libm::sqrt(vx), (y - my) / libm::sqrt(vy));
            x + 0.6 * y + 0.05 * x * y
        };
        (0..sheet.grid.side * sheet.grid.side).map(one).collect()
    };
    form.slowest(start.unwrap_or_else(tilted))
}

impl Slowest {
    /// The shape at a place: between the middles of cells in straight lines, beyond them as at the edge.
    pub fn at(&self, place: Place) -> f64 {
        let side = self.grid.side;
        let cell = self.grid.cell();
        let near = [0, 1].map(|axis| {
            let x = (place[axis] - self.grid.window[2 * axis]) / cell[axis] - 0.5;
            let x = x.clamp(0.0, (side - 1) as f64);
            let i = (x as usize).min(side - 2);
            (i, x - i as f64)
        });
        let [(i, s), (j, t)] = near;
        let row = |j: usize| self.shape[j * side + i] * (1.0 - s) + self.shape[j * side + i + 1] * s;
        row(j) * (1.0 - t) + row(j + 1) * t
    }

    /// Its mean over masses in the cells of `grid`.
    pub fn mean(&self, grid: Grid, mass: &[f64]) -> f64 {
        mass.iter().enumerate().map(|(i, m)| m * self.at(grid.place(i))).sum()
    }
}

impl Form<'_> {
    /// The smallest eigenvalue above 0 and its function, by Rayleigh's quotient over what is there, what is missing, and the last way
    /// (Knyazev, 2001), with steps of the flow of several lengths to even out what is missing.
    fn slowest(&self, first: Vec<f64>) -> Option<(f64, Vec<f64>)> {
        let one = vec![1.0; first.len()];
        let less = |u: &mut Vec<f64>, v: &[f64]| {
            let share = self.product(u, v);
            u.iter_mut().zip(v).for_each(|(u, v)| *u -= share * v);
        };
        // Of length 1 and square to the others; `None` if nothing is left.
        let squared = |mut u: Vec<f64>, to: &[&Vec<f64>]| {
            let before = libm::sqrt(self.product(&u, &u));
            for _ in 0..2 {
                to.iter().for_each(|v| less(&mut u, v));
            }
            let left = libm::sqrt(self.product(&u, &u));
            (left > 1e-10 * before && left.is_finite())
                .then(|| u.iter().map(|x| x / left).collect::<Vec<_>>())
        };
        let mut u = squared(first, &[&one])?;
        let mut way: Option<Vec<f64>> = None;
        let mut falls = self.falls(&u);
        let mut rate = dot(&u, &falls);
        let [[_, vx], [_, vy]] = self.sheet.grid.moments(&self.rest);
        let scale = vx.max(vy) / self.sheet.tau;
        let flows = [0.01, 0.1, 1.0].map(|time| self.sheet.flow(time * scale));
        for round in 0..ROUNDS {
            let missing: Vec<f64> =
                falls.iter().zip(&u).zip(&self.rest).map(|((a, u), p)| a - rate * p * u).collect();
            let mut evened = missing;
            flows[round % flows.len()].apply(&mut evened);
            let mut basis = vec![u.clone()];
            for more in [Some(self.per_rest(&evened)), way.take()].into_iter().flatten() {
                let all: Vec<&Vec<f64>> = std::iter::once(&one).chain(&basis).collect();
                if let Some(more) = squared(more, &all) {
                    basis.push(more);
                }
            }
            let fallen: Vec<Vec<f64>> = basis.iter().map(|v| self.falls(v)).collect();
            let n = basis.len();
            let mut small = [[0.0; 3]; 3];
            for i in 0..n {
                for j in 0..n {
                    small[i][j] = dot(&basis[i], &fallen[j]);
                }
            }
            let shares = lowest(small, n);
            let mix = |all: &[Vec<f64>], from: usize| -> Vec<f64> {
                (0..u.len()).map(|k| (from..n).map(|i| shares[i] * all[i][k]).sum()).collect()
            };
            let (next, on) = (mix(&basis, 0), mix(&basis, 1));
            falls = mix(&fallen, 0);
            u = next;
            way = Some(on);
            let before = std::mem::replace(&mut rate, dot(&u, &falls));
            if n == 1 || (round > 5 && (before - rate).abs() <= 1e-11 * rate.abs()) {
                break;
            }
        }
        let sign = if u.last().is_some_and(|x| *x < 0.0) { -1.0 } else { 1.0 };
        (rate > 0.0 && rate.is_finite()).then(|| (rate, u.into_iter().map(|x| sign * x).collect()))
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The eigenvector of the smallest eigenvalue of a symmetric matrix of `n` rows, by Jacobi's rotations.
fn lowest(mut a: [[f64; 3]; 3], n: usize) -> [f64; 3] {
    let mut turned = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    for _ in 0..30 {
        for i in 0..n {
            for j in i + 1..n {
                if a[i][j].abs() < 1e-300 {
                    continue;
                }
                let angle = libm::atan2(2.0 * a[i][j], a[j][j] - a[i][i]) / 2.0;
                let (s, c) = (libm::sin(angle), libm::cos(angle));
                for row in &mut a {
                    (row[i], row[j]) = (c * row[i] - s * row[j], s * row[i] + c * row[j]);
                }
                let (mut first, mut second) = (a[i], a[j]);
                for k in 0..3 {
                    (first[k], second[k]) = (c * a[i][k] - s * a[j][k], s * a[i][k] + c * a[j][k]);
                }
                (a[i], a[j]) = (first, second);
                for row in &mut turned {
                    (row[i], row[j]) = (c * row[i] - s * row[j], s * row[i] + c * row[j]);
                }
            }
        }
    }
    let least = (0..n).min_by(|i, j| a[*i][*i].total_cmp(&a[*j][*j])).unwrap_or(0);
    [0, 1, 2].map(|k| turned[k][least])
}

/// What a number is without its error, when it was had with a width, half of it and a quarter, and the error is even.
pub fn refined([coarse, middle, fine]: [f64; 3]) -> f64 {
    let (first, second) = (middle + (middle - coarse) / 3.0, fine + (fine - middle) / 3.0);
    second + (second - first) / 15.0
}
