//! Lanes of the plane: one energy F = ∫ f q + τ ∫ q ln q, one start, several geometries; each is a cloud of particles or a density on cells.

use crate::math::statistics::Moments;

use super::{
    cloud,
    entropic::Grid,
    landscape::{Landscape, Place},
    laws::Normal,
    sheet::{Flow, Sheet},
    unshaken::{self, Estimate, SEEING, Walk},
};

/// What a small step is in a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Geometry {
    Walk(Walk),
    /// Wasserstein: the Fokker–Planck equation on cells.
    Grid,
    /// L2, on cells.
    Lifted,
}

impl Geometry {
    /// Whether it is a density and no cloud.
    pub fn is_on_cells(self) -> bool {
        matches!(self, Self::Grid | Self::Lifted)
    }
}

/// Where particles without noise have ∇ ln q from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Score {
    /// A blurred count of the particles themselves.
    Kernel,
    /// The density on cells, which runs beside them.
    Grid,
    /// The closed form of a normal law in a bowl; see [`Arena::law`].
    Exact,
}

/// What is asked of all lanes.
#[derive(Clone, Debug)]
pub struct Given {
    pub land: Landscape,
    /// Where it begins, as N(start, spread²).
    pub start: Place,
    pub spread: f64,
    pub particles: usize,
    pub h: f64,
    pub tau: f64,
    pub seed: u64,
    pub score: Score,
    /// The bend of f along each axis, where it is a bowl around 0.
    pub bends: Option<[f64; 2]>,
}

/// What all lanes share.
pub struct Arena {
    pub given: Given,
    pub sheet: Sheet,
    /// A part of a step of h on the sheet, and how many make one.
    part: (Flow, usize),
    rest: Option<Vec<f64>>,
}

/// A lane at one time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// None of a density.
    pub places: Vec<Place>,
    /// In each cell of the sheet: of a density, and of what runs beside particles without noise.
    pub mass: Vec<f64>,
}

/// What is read of a lane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    pub energy: f64,
    /// The standard error of that, where it is one of a sample; else 0.
    pub energy_error: f64,
    /// √(Σ W₂² along the axes): W₂ from rest where f is a sum of one of x and one of y, else no more than it. NaN without rest.
    pub w2: f64,
    /// Of a density, its sum; of particles, the share that is left.
    pub mass: f64,
    /// The least mass of a cell; of particles 0.
    pub least: f64,
    pub mean: Place,
    pub variance: Place,
}

/// Particles that an energy is read from at most, and cells a side of what they are counted on.
const READ: usize = 4000;
const COUNTED: usize = 64;

impl Arena {
    /// With `side` by `side` cells over `window`.
    pub fn of(given: Given, window: [f64; 4], side: usize) -> Self {
        let sheet = Sheet::of(&given.land, window, side, given.tau);
        let (part, rest) = (sheet.part(given.h), sheet.rest());
        Self { given, sheet, part, rest }
    }

    /// The law along each axis after so many steps, as if they were of time alone: of a normal start in a bowl.
    pub fn law(&self, steps: u32) -> Option<[Normal; 2]> {
        let (bends, time) = (self.given.bends?, self.given.h * f64::from(steps));
        Some([0, 1].map(|axis| {
            let left = libm::exp(-bends[axis] * time);
            let rest = self.given.tau / bends[axis];
            let variance = rest + (self.given.spread * self.given.spread - rest) * left * left;
            Normal { mean: self.given.start[axis] * left, sd: libm::sqrt(variance) }
        }))
    }

    /// The law along each axis after so many steps as implicit parts of steps have it, but for the width of cells: over a bowl.
    pub fn stepped(&self, steps: u32) -> Option<[Normal; 2]> {
        let bends = self.given.bends?;
        Some([0, 1].map(|axis| {
            // x is solved in halves.
            let parts = self.part.1 as u32 * if axis == 0 { 2 } else { 1 };
            let time = self.given.h / f64::from(parts);
            let keep = 1.0 / (1.0 + bends[axis] * time);
            let (mut mean, mut square) =
                (self.given.start[axis], self.given.start[axis].powi(2) + self.given.spread.powi(2));
            for _ in 0..steps * parts {
                mean *= keep;
                square = (square + 2.0 * self.given.tau * time) / (1.0 + 2.0 * bends[axis] * time);
            }
            Normal { mean, sd: libm::sqrt(square - mean * mean) }
        }))
    }

    pub fn begin(&self, geometry: Geometry) -> State {
        let count =
            |walk| if walk == Walk::Seeing { self.given.particles.min(SEEING) } else { self.given.particles };
        let cloud = |walk| cloud::around(self.given.seed, self.given.start, self.given.spread, count(walk));
        let mass = || self.sheet.normal(self.given.start, self.given.spread);
        match geometry {
            Geometry::Walk(Walk::Smooth) => State { places: cloud(Walk::Smooth), mass: mass() },
            Geometry::Walk(walk) => State { places: cloud(walk), mass: Vec::new() },
            Geometry::Grid | Geometry::Lifted => State { places: Vec::new(), mass: mass() },
        }
    }

    /// The `number`-th step, counted from 1.
    pub fn step(&self, geometry: Geometry, state: &mut State, number: u32) {
        match geometry {
            Geometry::Grid => self.flow(&mut state.mass),
            Geometry::Lifted => self.sheet.lift(&mut state.mass, self.given.h),
            Geometry::Walk(Walk::Smooth) => {
                match self.given.score {
                    Score::Kernel => {
                        let Given { ref land, h, tau, .. } = self.given;
                        unshaken::step(Walk::Smooth, land, &mut state.places, h, tau, 0, 0);
                    }
                    // Part by part, with the density that an implicit part comes to: there its fluxes are what moves it.
                    Score::Grid => {
                        for _ in 0..self.part.1 {
                            self.part.0.apply(&mut state.mass);
                            let velocity = self.sheet.velocity(&state.mass);
                            let time = self.given.h / self.part.1 as f64;
                            push(&mut state.places, time, |place| Some(velocity.at(place)));
                        }
                        return;
                    }
                    Score::Exact => {
                        let law = self.law(number - 1);
                        push(&mut state.places, self.given.h, |place| {
                            let [slope, score] = [self.given.land.slope(place)?, against(law?, place)];
                            Some([0, 1].map(|i| -slope[i] - self.given.tau * score[i]))
                        });
                    }
                }
                self.flow(&mut state.mass);
            }
            Geometry::Walk(walk) => {
                unshaken::step(
                    walk,
                    &self.given.land,
                    &mut state.places,
                    self.given.h,
                    self.given.tau,
                    self.given.seed,
                    number,
                );
            }
        }
    }

    fn flow(&self, mass: &mut [f64]) {
        (0..self.part.1).for_each(|_| self.part.0.apply(mass));
    }

    /// How far the score that particles are pushed by after `number` steps is from the one that is known best (the closed form, else that
    /// of the cells), over the cloud, in parts of the latter.
    pub fn score_gap(&self, state: &State, number: u32) -> Option<f64> {
        let velocity = self.sheet.velocity(&state.mass);
        let law = self.law(number);
        let estimate = Estimate::of(&state.places, unshaken::SIDE);
        let slope = |place: Place| self.given.land.slope(place);
        // Of the cells only the whole velocity is known.
        let cells = |place: Place| {
            let (v, slope) = (velocity.at(place), slope(place)?);
            Some([0, 1].map(|i| -(v[i] + slope[i]) / self.given.tau))
        };
        let best = |place: Place| law.map(|law| against(law, place)).or_else(|| cells(place));
        let used = |place: Place| match self.given.score {
            Score::Kernel => estimate.as_ref()?.at(place).map(|[_, x, y]| [x, y]),
            Score::Grid => cells(place),
            Score::Exact => law.map(|law| against(law, place)),
        };
        let (mut gap, mut size) = (0.0, 0.0);
        for place in state.places.iter().take(READ).filter(|place| place[0].is_finite()) {
            let (Some(used), Some(best)) = (used(*place), best(*place)) else { continue };
            for axis in 0..2 {
                gap += (used[axis] - best[axis]).powi(2);
                size += best[axis].powi(2);
            }
        }
        (self.given.tau > 0.0 && size > 0.0).then(|| libm::sqrt(gap / size))
    }

    pub fn measure(&self, geometry: Geometry, state: &State) -> Measured {
        let grid: Grid = self.sheet.grid;
        if geometry.is_on_cells() {
            let [x, y] = grid.moments(&state.mass);
            return Measured {
                energy: self.sheet.energy(&state.mass),
                energy_error: 0.0,
                w2: self.distance([0, 1].map(|axis| self.sheet.along(&state.mass, axis).1)),
                mass: state.mass.iter().sum(),
                least: state.mass.iter().copied().fold(f64::INFINITY, f64::min),
                mean: [x[0], y[0]],
                variance: [x[1], y[1]],
            };
        }
        let alive = || state.places.iter().filter(|place| place[0].is_finite());
        let n = alive().count() as f64;
        let mean = [0, 1].map(|axis| alive().map(|p| p[axis]).sum::<f64>() / n);
        let variance = [0, 1].map(|axis| alive().map(|p| (p[axis] - mean[axis]).powi(2)).sum::<f64>() / n);
        let counted = |axis: usize| {
            let [from, to] = [grid.window[2 * axis], grid.window[2 * axis + 1]];
            let cell = (to - from) / grid.side as f64;
            let mut density = vec![0.0; grid.side];
            for place in alive() {
                // Who stands beyond the cells counts at their edge.
                let i = ((place[axis] - from) / cell).clamp(0.0, grid.side as f64 - 1.0);
                density[i as usize] += 1.0 / (n * cell);
            }
            density
        };
        let [energy, energy_error] = self.energy(&state.places);
        Measured {
            energy,
            energy_error,
            w2: self.distance([0, 1].map(counted)),
            mass: n / state.places.len() as f64,
            least: 0.0,
            mean,
            variance,
        }
    }

    fn distance(&self, along: [Vec<f64>; 2]) -> f64 {
        let Some(rest) = &self.rest else { return f64::NAN };
        let squares = [0, 1].map(|axis| {
            let (line, goal) = self.sheet.along(rest, axis);
            line.w2(&along[axis], &goal).powi(2)
        });
        libm::sqrt(squares.iter().sum())
    }

    /// F of a cloud, with ln q as a blurred count of it has it, and its standard error. NaN of a single place, whose entropy has no bottom.
    fn energy(&self, places: &[Place]) -> [f64; 2] {
        let seen = &places[..places.len().min(READ)];
        let estimate = if self.given.tau > 0.0 { Estimate::of(seen, COUNTED) } else { None };
        if self.given.tau > 0.0 && estimate.is_none() {
            return [f64::NAN; 2];
        }
        let cost = |place: &Place| {
            let heat = estimate.as_ref().map_or(Some(0.0), |one| one.at(*place).map(|[ln, ..]| ln))?;
            Some(self.given.land.height(*place) + self.given.tau * heat)
        };
        let all = seen.iter().filter(|place| place[0].is_finite()).filter_map(cost);
        let moments = Moments::of(all.filter(|cost| cost.is_finite()));
        [moments.mean, moments.deviation() / libm::sqrt(moments.count as f64)]
    }
}

/// Moves all for `time`; who has no velocity is lost.
fn push(places: &mut [Place], time: f64, by: impl Fn(Place) -> Option<Place>) {
    for place in places {
        *place = by(*place).map_or([f64::NAN; 2], |by| unshaken::moved(*place, by, time));
    }
}

/// ∇ ln q of independent normal laws; 0 of one that has no width.
fn against(law: [Normal; 2], place: Place) -> Place {
    [0, 1].map(|i| if law[i].sd > 0.0 { -(place[i] - law[i].mean) / (law[i].sd * law[i].sd) } else { 0.0 })
}
