//! A density in the plane, on cells, and two of its ways down F = ∫ f q + τ ∫ q ln q: mass that moves (W₂), and heights that are lifted
//! and lowered where they are (L2).
//!
//! Mass moves by the fluxes of `grid.rs` through the faces of cells, implicit in time and one axis after the other (x half a step, y a
//! whole one, x half): each part is one solve along lines that keeps mass and sign at any step, and each leaves e^{−f/τ} as it is. Nothing
//! leaves: around the cells stand walls.

use super::{
    entropic::Grid,
    grid::{Line, bernoulli},
    landscape::{Landscape, Place},
};

/// Cells a side.
pub const SIDE: usize = 96;
/// Solves within a step.
const WITHIN: usize = 4;
/// How far above the bottom, in units of τ, f must have risen at the edge, and no further than where the edge may be.
const RISEN: f64 = 12.0;
const FURTHEST: f64 = 12.0;
/// Least mass of a cell that has a logarithm.
const LEAST: f64 = 1e-300;

#[derive(Clone, Debug)]
pub struct Sheet {
    pub grid: Grid,
    pub tau: f64,
    /// f in each cell; not finite where there is none, which is a wall.
    heights: Vec<f64>,
    /// ln of the mass in each cell at rest; −∞ where there is none. Empty where τ is 0: then all mass ends in the hollows.
    ln_rest: Vec<f64>,
    across: Axis,
    up: Axis,
}

/// Lines of cells along one axis.
#[derive(Clone, Debug)]
struct Axis {
    /// From a cell to the next one, and from a line to the next one.
    next: usize,
    beside: usize,
    /// The rates at which mass goes on and back through the face behind each cell; 0 behind the last.
    rates: Vec<[f64; 2]>,
}

/// One implicit step along an axis, solved once for all densities: `q + carried · before`, and back, `/ pivot + come · after`.
#[derive(Clone, Debug)]
pub struct Sweep {
    next: usize,
    beside: usize,
    side: usize,
    carried: Vec<f64>,
    per_pivot: Vec<f64>,
    come: Vec<f64>,
}

/// A step of time of the Fokker–Planck equation.
#[derive(Clone, Debug)]
pub struct Flow {
    half: Sweep,
    whole: Sweep,
}

impl Axis {
    fn of(grid: Grid, heights: &[f64], tau: f64, axis: usize) -> Self {
        let side = grid.side;
        let (next, beside) = if axis == 0 { (1, side) } else { (side, 1) };
        let per = 1.0 / (grid.cell()[axis] * grid.cell()[axis]);
        let rate = |i: usize| {
            let last = (i / next) % side == side - 1;
            if last || !heights[i].is_finite() || !heights[i + next].is_finite() {
                return [0.0; 2];
            }
            let rise = heights[i + next] - heights[i];
            // Without heat mass only falls.
            let to = |rise: f64| if tau > 0.0 { tau * bernoulli(rise / tau) } else { (-rise).max(0.0) };
            [per * to(rise), per * to(-rise)]
        };
        Self { next, beside, rates: (0..side * side).map(rate).collect() }
    }

    /// (1 − time A)⁻¹ by elimination without a subtraction, as in `grid.rs`.
    fn sweep(&self, side: usize, time: f64) -> Sweep {
        let n = side * side;
        let (mut carried, mut per_pivot, mut come) = (vec![0.0; n], vec![1.0; n], vec![0.0; n]);
        for line in 0..side {
            let mut beyond = 1.0;
            for k in 0..side {
                let i = line * self.beside + k * self.next;
                let [on, _] = self.rates[i];
                if k > 0 {
                    let before = i - self.next;
                    let [come_on, go_back] = self.rates[before];
                    beyond = 1.0 + time * go_back * beyond * per_pivot[before];
                    carried[i] = time * come_on * per_pivot[before];
                    come[before] = time * go_back * per_pivot[before];
                }
                per_pivot[i] = 1.0 / (beyond + time * on);
            }
        }
        Sweep { next: self.next, beside: self.beside, side, carried, per_pivot, come }
    }
}

impl Sweep {
    fn apply(&self, q: &mut [f64]) {
        let at = |k: usize, line: usize| k * self.next + line * self.beside;
        for k in 1..self.side {
            for line in 0..self.side {
                let i = at(k, line);
                q[i] += self.carried[i] * q[i - self.next];
            }
        }
        for line in 0..self.side {
            let i = at(self.side - 1, line);
            q[i] *= self.per_pivot[i];
        }
        for k in (0..self.side - 1).rev() {
            for line in 0..self.side {
                let i = at(k, line);
                q[i] = q[i] * self.per_pivot[i] + self.come[i] * q[i + self.next];
            }
        }
    }
}

impl Flow {
    pub fn apply(&self, q: &mut [f64]) {
        self.half.apply(q);
        self.whole.apply(q);
        self.half.apply(q);
    }
}

/// The lowest f on each edge and the lowest anywhere within; NaN counts as a wall.
fn edges(land: &Landscape, window: [f64; 4]) -> ([f64; 4], f64) {
    const LOOKS: usize = 40;
    let [x0, x1, y0, y1] = window;
    let at = |a: f64, b: f64, k: usize| a + (b - a) * k as f64 / LOOKS as f64;
    let height = |place: Place| {
        let f = land.height(place);
        if f.is_nan() { f64::INFINITY } else { f }
    };
    let least = |places: &dyn Fn(usize) -> Place| {
        (0..=LOOKS).map(|k| height(places(k))).fold(f64::INFINITY, f64::min)
    };
    let sides = [
        least(&|k| [x0, at(y0, y1, k)]),
        least(&|k| [x1, at(y0, y1, k)]),
        least(&|k| [at(x0, x1, k), y0]),
        least(&|k| [at(x0, x1, k), y1]),
    ];
    let inside = (0..=LOOKS)
        .map(|j| least(&|k| [at(x0, x1, k), at(y0, y1, j)]))
        .fold(sides.into_iter().fold(f64::INFINITY, f64::min), f64::min);
    (sides, inside)
}

/// Where cells must be for mass that begins around `middle`: the window that is shown, what `sd` reaches, and as far as f goes on rising
/// until e^{−f/τ} is next to nothing. Beside it whether it is so at every edge: else the walls hold it together.
pub fn reach(land: &Landscape, shown: [f64; 4], middle: Place, sd: f64, tau: f64) -> ([f64; 4], bool) {
    let mut window = shown;
    for axis in 0..2 {
        window[2 * axis] = window[2 * axis].min(middle[axis] - 5.0 * sd);
        window[2 * axis + 1] = window[2 * axis + 1].max(middle[axis] + 5.0 * sd);
    }
    for _ in 0..24 {
        let (sides, inside) = edges(land, window);
        let moved_by = |share: f64| {
            [0, 1, 2, 3].map(|i| {
                let size = window[2 * (i / 2) + 1] - window[2 * (i / 2)];
                window[i] + if i % 2 == 0 { -share } else { share } * size
            })
        };
        // Whether it rises is asked of further out: near the edge it may go up and down.
        let further = moved_by(0.06);
        let (beyond, _) = edges(land, moved_by(0.2));
        let mut moved = false;
        for i in 0..4 {
            let low = sides[i] - inside < RISEN * tau;
            if low && beyond[i] > sides[i] && beyond[i].is_finite() && further[i].abs() < FURTHEST {
                window[i] = further[i];
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    let (sides, inside) = edges(land, window);
    (window, sides.iter().all(|side| side - inside >= RISEN * tau))
}

impl Sheet {
    pub fn of(land: &Landscape, window: [f64; 4], side: usize, tau: f64) -> Self {
        let grid = Grid { window, side };
        let heights: Vec<f64> = (0..side * side).map(|i| land.height(grid.place(i))).collect();
        let lowest = heights.iter().copied().filter(|f| f.is_finite()).fold(f64::INFINITY, f64::min);
        let ln_rest = if tau > 0.0 && lowest.is_finite() {
            let logs = |f: &f64| if f.is_finite() { (lowest - f) / tau } else { f64::NEG_INFINITY };
            let whole = libm::log(heights.iter().map(|f| libm::exp(logs(f))).sum());
            heights.iter().map(|f| logs(f) - whole).collect()
        } else {
            Vec::new()
        };
        let [across, up] = [0, 1].map(|axis| Axis::of(grid, &heights, tau, axis));
        Self { grid, tau, heights, ln_rest, across, up }
    }

    /// The mass in each cell at rest, where there is rest.
    pub fn rest(&self) -> Option<Vec<f64>> {
        (!self.ln_rest.is_empty()).then(|| self.ln_rest.iter().map(|log| libm::exp(*log)).collect())
    }

    /// The mass in each cell of N(middle, sd²), though no narrower than a cell; none where f has no value. All 0 if it has none anywhere.
    pub fn normal(&self, middle: Place, sd: f64) -> Vec<f64> {
        let [wide, high] = self.grid.cell();
        let logs = self.grid.normal(middle, sd.max(wide.max(high)));
        let here = |(log, f): (&f64, &f64)| if f.is_finite() { libm::exp(*log) } else { 0.0 };
        let mass: Vec<f64> = logs.iter().zip(&self.heights).map(here).collect();
        let whole: f64 = mass.iter().sum();
        mass.into_iter().map(|m| if whole > 0.0 { m / whole } else { 0.0 }).collect()
    }

    /// A step of `time`, to be applied as often as is liked.
    pub fn flow(&self, time: f64) -> Flow {
        let side = self.grid.side;
        Flow { half: self.across.sweep(side, time / 2.0), whole: self.up.sweep(side, time) }
    }

    /// The same in parts, for a step of particles.
    pub fn part(&self, time: f64) -> (Flow, usize) {
        (self.flow(time / WITHIN as f64), WITHIN)
    }

    /// argmin over q′ ≥ 0 of the same mass of ∫ (q′ − q)²/(2 time) + F(q′): q′ + time (f + τ ln q′) = q + c in every cell, with one c.
    /// The logarithm holds q′ above 0; without heat there is none, and what would fall below 0 is set to 0.
    pub fn lift(&self, mass: &mut [f64], time: f64) {
        let [wide, high] = self.grid.cell();
        let (area, heat) = (wide * high, time * self.tau);
        let whole: f64 = mass.iter().sum();
        let right: Vec<f64> = mass.iter().zip(&self.heights).map(|(m, f)| m / area - time * f).collect();
        // In s = ln q′: e^s + heat s, which is convex; from above Newton's steps never pass.
        let solve = |right: f64| {
            if !right.is_finite() {
                return [0.0; 2];
            }
            if heat == 0.0 {
                return if right > 0.0 { [right, 1.0] } else { [0.0; 2] };
            }
            let mut s = if right > heat { libm::log(right) } else { right / heat };
            for _ in 0..60 {
                let e = libm::exp(s);
                let step = (e + heat * s - right) / (e + heat);
                s -= step;
                if step.abs() < 1e-13 * (1.0 + s.abs()) {
                    break;
                }
            }
            let q = libm::exp(s);
            [q, q / (q + heat)]
        };
        let with = |c: f64| {
            right
                .iter()
                .map(|right| solve(right + c))
                .fold([0.0; 2], |sum, one| [sum[0] + one[0] * area, sum[1] + one[1] * area])
        };
        // The mass is convex in c, too: Newton's method within what is known to hold it.
        let most = right.iter().copied().filter(|x| x.is_finite()).fold(f64::NEG_INFINITY, f64::max);
        if !most.is_finite() || whole <= 0.0 {
            return;
        }
        let (mut low, mut high, mut c) = (f64::NEG_INFINITY, f64::INFINITY, 0.0);
        for _ in 0..200 {
            let [there, slope] = with(c);
            let miss = there - whole;
            if miss > 0.0 {
                high = c
            } else {
                low = c
            }
            let newton = c - miss / slope;
            let inside = newton.is_finite() && newton > low && newton < high;
            let next = match (inside, low.is_finite(), high.is_finite()) {
                (true, ..) => newton,
                (false, true, true) => (low + high) / 2.0,
                // Far on the flat side: to where the fullest cell alone would hold all of it.
                (false, true, false) => (whole / area + heat * libm::log(whole / area) - most).max(c + 1.0),
                (false, ..) => c - 1.0 - c.abs(),
            };
            // What is left below that is rounding of the sum.
            if (next - c).abs() <= 1e-15 * (1.0 + c.abs()) || miss.abs() <= 1e-13 * whole {
                break;
            }
            c = next;
        }
        mass.iter_mut().zip(&right).for_each(|(m, right)| *m = solve(right + c)[0] * area);
        // What rounding has left of the one number.
        let now: f64 = mass.iter().sum();
        mass.iter_mut().for_each(|m| *m *= whole / now);
    }

    /// The same step made explicitly, as it is not used: q − time (f + τ ln q − mean), which turns negative.
    pub fn lift_explicitly(&self, mass: &mut [f64], time: f64) {
        let [wide, high] = self.grid.cell();
        let area = wide * high;
        let price = |m: f64, f: f64| f + self.tau * libm::log(m.max(LEAST) / area);
        let prices: Vec<f64> = mass.iter().zip(&self.heights).map(|(m, f)| price(*m, *f)).collect();
        let here = || prices.iter().filter(|price| price.is_finite());
        let mean = here().sum::<f64>() / here().count() as f64;
        for (m, price) in mass.iter_mut().zip(&prices).filter(|(_, price)| price.is_finite()) {
            *m -= time * area * (price - mean);
        }
    }

    /// F.
    pub fn energy(&self, mass: &[f64]) -> f64 {
        let [wide, high] = self.grid.cell();
        let area = wide * high;
        let one = |(m, f): (&f64, &f64)| m * (f + self.tau * libm::log(m / area));
        mass.iter().zip(&self.heights).filter(|(m, _)| **m > 0.0).map(one).sum()
    }

    /// The least F that there is: that of rest. NaN where there is none.
    pub fn lowest(&self) -> f64 {
        self.rest().map_or(f64::NAN, |rest| self.energy(&rest))
    }

    /// KL(q ‖ e^{−f/τ}/Z), where there is rest.
    pub fn kl(&self, mass: &[f64]) -> Option<f64> {
        let one = |(m, log): (&f64, &f64)| if *m > 0.0 { m * (libm::log(*m) - log) } else { 0.0 };
        (!self.ln_rest.is_empty()).then(|| mass.iter().zip(&self.ln_rest).map(one).sum())
    }

    /// The mass along an axis, as a density on its line.
    pub fn along(&self, mass: &[f64], axis: usize) -> (Line, Vec<f64>) {
        let (side, window) = (self.grid.side, self.grid.window);
        let line = Line::over([window[2 * axis], window[2 * axis + 1]], side);
        let mut density = vec![0.0; side];
        for (i, m) in mass.iter().enumerate() {
            density[if axis == 0 { i % side } else { i / side }] += m / line.width;
        }
        (line, density)
    }

    /// −∇(f + τ ln q), at the faces behind each cell along both axes.
    pub fn velocity(&self, mass: &[f64]) -> Velocity {
        let cell = self.grid.cell();
        let ln: Vec<f64> = mass.iter().map(|m| libm::log(m.max(LEAST))).collect();
        let faces = [&self.across, &self.up].map(|axis| {
            let per = 1.0 / cell[usize::from(axis.next != 1)];
            let one = |(i, rates): (usize, &[f64; 2])| {
                let [on, back] = *rates;
                // Where nothing may pass nothing pushes.
                if on == 0.0 && back == 0.0 {
                    return 0.0;
                }
                let j = i + axis.next;
                (self.heights[i] - self.heights[j] + self.tau * (ln[i] - ln[j])) * per
            };
            axis.rates.iter().enumerate().map(one).collect()
        });
        Velocity { grid: self.grid, faces }
    }

    /// The walk of mass through the faces, from u = q/p: Σ p rate (u′ − u)(v′ − v), and the weights of its cells.
    pub(super) fn form(&self) -> Option<Form<'_>> {
        Some(Form { sheet: self, rest: self.rest()? })
    }
}

/// Velocities that are read anywhere.
pub struct Velocity {
    grid: Grid,
    faces: [Vec<f64>; 2],
}

impl Velocity {
    /// Between faces it goes over in straight lines; beyond the cells it is that of the edge.
    pub fn at(&self, place: Place) -> Place {
        let side = self.grid.side;
        let cell = self.grid.cell();
        let spot = [0, 1].map(|axis| (place[axis] - self.grid.window[2 * axis]) / cell[axis] - 0.5);
        [0, 1].map(|axis| {
            // Faces stand half a cell behind the middles.
            let mut where_ = spot;
            where_[axis] -= 0.5;
            let most = [0, 1].map(|other| (side - if other == axis { 2 } else { 1 }) as f64);
            let near: [(usize, f64); 2] = [0, 1].map(|other| {
                let x = where_[other].clamp(0.0, most[other]);
                let i = (x as usize).min(most[other] as usize - 1);
                (i, x - i as f64)
            });
            let [(i, s), (j, t)] = near;
            let face = |i: usize, j: usize| self.faces[axis][j * side + i];
            let low = face(i, j) * (1.0 - s) + face(i + 1, j) * s;
            let high = face(i, j + 1) * (1.0 - s) + face(i + 1, j + 1) * s;
            low * (1.0 - t) + high * t
        })
    }
}

/// The operator of the flow on functions u = q/p, in the product that weighs by p: there it is symmetric.
pub(super) struct Form<'a> {
    pub sheet: &'a Sheet,
    pub rest: Vec<f64>,
}

impl Form<'_> {
    pub fn product(&self, u: &[f64], v: &[f64]) -> f64 {
        u.iter().zip(v).zip(&self.rest).map(|((u, v), p)| u * v * p).sum()
    }

    /// −A(p u), as mass.
    pub fn falls(&self, u: &[f64]) -> Vec<f64> {
        let mut out = vec![0.0; u.len()];
        for axis in [&self.sheet.across, &self.sheet.up] {
            for (i, [on, _]) in axis.rates.iter().enumerate() {
                let through = on * self.rest[i];
                if through > 0.0 {
                    let flux = through * (u[i] - u[i + axis.next]);
                    out[i] += flux;
                    out[i + axis.next] -= flux;
                }
            }
        }
        out
    }

    /// What a mass is as a function; 0 where there is next to nothing at rest.
    pub fn per_rest(&self, mass: &[f64]) -> Vec<f64> {
        mass.iter().zip(&self.rest).map(|(m, p)| if *p > LEAST { m / p } else { 0.0 }).collect()
    }
}
