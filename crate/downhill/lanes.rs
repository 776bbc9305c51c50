//! One energy, several geometries: how the same start comes down to the same target when "near" means something else.

use super::{
    crowd::Crowd,
    grid::{Divergence, Energy, Flow, Line, pairs},
    laws::Normal,
    target::Target,
};
use crate::math::{
    normal::normals,
    philox::{Stream, uniform, words},
};

/// What a small step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Geometry {
    /// Mass moves: W₂. The Fokker–Planck equation on a grid.
    Wasserstein,
    /// The same by particles that are pushed and shaken: dx = −V′ dt + √2 dw, steps of h.
    Langevin,
    /// The same with every step accepted or refused, so that h leaves no bias: Roberts and Tweedie, 1996.
    Adjusted,
    /// The same by particles without noise: x′ = −(ln q/p)′, q from the grid.
    Particles,
    /// Mass is born and dies where it stands: q ∝ q₀^{e^−t} p^{1 − e^−t}.
    FisherRao,
    /// Particles that see each other through a kernel: Liu and Wang, 2016.
    Stein,
    /// Heights are lifted and lowered: ∫ (q′ − q)².
    L2,
}

/// What all lanes share.
#[derive(Clone, Debug)]
pub struct Race {
    pub start: Normal,
    pub target: Target,
    pub energy: Energy,
    pub line: Line,
    /// The time of the last state, and how many there are besides the first.
    pub time: f64,
    pub states: usize,
    /// Step of the particles.
    pub h: f64,
    pub particles: usize,
    pub seed: u64,
}

/// A lane at one time.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// The density on the cells of the line; of particles, smoothed.
    pub density: Vec<f64>,
    /// Where particles stand, if there are any.
    pub particles: Vec<f64>,
}

/// Grid steps a state.
const WITHIN: usize = 8;
/// Particles of a kernel, which all see each other.
pub const SEEING: usize = 100;

impl Geometry {
    /// Whether this is a way down `energy`: noise and kernels know KL(q ‖ p) and its entropy; mass that moves knows all.
    pub fn knows(self, energy: Energy) -> bool {
        matches!(energy, Energy::Divergence(Divergence::Reverse) | Energy::Entropy)
            || matches!(self, Self::Wasserstein | Self::Particles)
            || matches!(energy, Energy::Attraction | Energy::Apart(_)) && self == Self::Langevin
    }
}

impl Race {
    /// All states of a lane.
    pub fn run(&self, geometry: Geometry) -> Vec<State> {
        match geometry {
            Geometry::Wasserstein => self.grid(),
            Geometry::Langevin => self.langevin(false),
            Geometry::Adjusted => self.langevin(true),
            Geometry::Particles => self.deterministic(),
            Geometry::FisherRao => self.fisher_rao(),
            Geometry::Stein => self.stein(),
            Geometry::L2 => self.l2(),
        }
    }

    /// V and V′ of what falls: entropy alone has none.
    fn potential(&self, x: f64) -> f64 {
        if self.energy == Energy::Entropy { 0.0 } else { self.target.potential(x) }
    }

    fn slope(&self, x: f64) -> f64 {
        if self.energy == Energy::Entropy { 0.0 } else { self.target.slopes(x)[0] }
    }

    /// p on the cells, or what stands for it where there is no target: the same everywhere.
    fn goal(&self) -> Vec<f64> {
        if self.energy == Energy::Entropy {
            self.line.scaled(vec![1.0; self.line.cells])
        } else {
            self.flow().target
        }
    }

    fn share(&self) -> f64 {
        self.time / self.states as f64
    }

    fn flow(&self) -> Flow {
        Flow::new(self.line, self.energy, &self.target)
    }

    /// Without particles.
    fn plain(density: &[f64]) -> State {
        State { density: density.to_vec(), particles: Vec::new() }
    }

    fn grid(&self) -> Vec<State> {
        let flow = self.flow();
        let mut q = self.line.normal(self.start);
        let mut all = vec![Self::plain(&q)];
        for _ in 0..self.states {
            for _ in 0..WITHIN {
                flow.step(&mut q, self.share() / WITHIN as f64);
            }
            all.push(Self::plain(&q));
        }
        all
    }

    /// Where the particles of a seed begin.
    fn cloud(&self, count: usize) -> Vec<f64> {
        let z = normals(self.seed, Stream::Langevin, 0, count);
        z.iter().map(|z| self.start.mean + self.start.sd * f64::from(*z)).collect()
    }

    fn langevin(&self, adjusted: bool) -> Vec<State> {
        let mut x = self.cloud(self.particles);
        let mut all = vec![self.smoothed(&x)];
        let mut taken = 0;
        for state in 1..=self.states {
            let goal = (self.share() * state as f64 / self.h).round() as u32;
            while taken < goal {
                taken += 1;
                self.shake(&mut x, taken, adjusted);
            }
            all.push(self.smoothed(&x));
        }
        all
    }

    /// The `number`-th step of all particles.
    fn shake(&self, x: &mut [f64], number: u32, adjusted: bool) {
        let (h, wide) = (self.h, libm::sqrt(2.0 * self.h));
        let middle = (self.energy == Energy::Attraction).then(|| x.iter().sum::<f64>() / x.len() as f64);
        let crowd = match self.energy {
            Energy::Apart(apart) => {
                let mass = 1.0 / x.len() as f64;
                Some((Crowd::of(x.iter().map(|x| (mass, *x))), apart))
            }
            Energy::Divergence(_) | Energy::Entropy | Energy::Square | Energy::Attraction => None,
        };
        let noise = normals(self.seed, Stream::Langevin, number, x.len());
        for (i, (x, z)) in x.iter_mut().zip(&noise).enumerate() {
            let slope = match (middle, crowd) {
                (_, Some((crowd, apart))) => crowd.slope(*x, apart),
                (Some(middle), None) => *x - middle,
                (None, None) => self.slope(*x),
            };
            let next = *x - h * slope + wide * f64::from(*z);
            if !adjusted {
                *x = next;
                continue;
            }
            let back = self.slope(next);
            let away = |from: f64, slope: f64, to: f64| (to - from + h * slope).powi(2) / (4.0 * h);
            let gain =
                self.potential(*x) - self.potential(next) + away(*x, slope, next) - away(next, back, *x);
            let [one, ..] = words(self.seed, Stream::Accept, number, i as u64);
            if gain >= 0.0 || uniform(one) < libm::exp(gain) {
                *x = next;
            }
        }
    }

    /// x′ = −w (ln q/p)′ with q from the grid, stepped together with it.
    fn deterministic(&self) -> Vec<State> {
        let flow = self.flow();
        let mut q = self.line.normal(self.start);
        let mut x = spread(self.start, self.particles.min(400));
        let mut all = vec![self.smoothed(&x)];
        let dt = self.share() / WITHIN as f64;
        for _ in 0..self.states {
            for _ in 0..WITHIN {
                // Midpoint rule: half a step with the velocity of now, a whole one with that of the middle.
                let now = self.velocity(&q);
                let middle: Vec<f64> = x.iter().map(|x| x + dt / 2.0 * self.read(&now, *x)).collect();
                let (mut half, mut whole) = (q.clone(), q);
                flow.step(&mut half, dt / 2.0);
                flow.step(&mut whole, dt);
                let mut twice = half.clone();
                flow.step(&mut twice, dt / 2.0);
                // What two halves do better than a whole is done once more, in logarithms, so that nothing turns negative.
                let better = |(two, one): (&f64, &f64)| if *one > 0.0 { two * (two / one) } else { *two };
                q = self.line.scaled(twice.iter().zip(&whole).map(better).collect());
                let then = self.velocity(&half);
                for (x, middle) in x.iter_mut().zip(middle) {
                    *x += dt * self.read(&then, middle);
                }
            }
            all.push(self.smoothed(&x));
        }
        all
    }

    /// The velocity at each inner face.
    pub fn velocity(&self, q: &[f64]) -> Vec<f64> {
        let mean = self.line.moments(q)[0];
        let pairs = pairs(self.energy, self.line, q);
        let v = |i: usize| match self.energy {
            Energy::Apart(_) => pairs[i],
            Energy::Attraction => (self.line.centre(i) - mean) * (self.line.centre(i) - mean) / 2.0,
            _ => self.target.potential(self.line.centre(i)),
        };
        (0..self.line.cells - 1)
            .map(|i| {
                let (rise, drop) = (libm::log(q[i]) - libm::log(q[i + 1]), v(i) - v(i + 1));
                let per = 1.0 / self.line.width;
                let log = match self.energy {
                    Energy::Square => return 2.0 * (q[i] - q[i + 1]) * per,
                    Energy::Entropy => return rise * per,
                    Energy::Divergence(Divergence::Reverse) | Energy::Attraction | Energy::Apart(_) => {
                        return (rise + drop) * per;
                    }
                    Energy::Divergence(_) => -(v(i) + v(i + 1) + libm::log(q[i]) + libm::log(q[i + 1])) / 2.0,
                };
                let Energy::Divergence(divergence) = self.energy else { unreachable!("answered above") };
                divergence.weight(libm::exp(log.clamp(-18.0, 18.0))) * (rise + drop) * per
            })
            .map(|one| if one.is_finite() { one } else { 0.0 })
            .collect()
    }

    /// The velocity at x, from that at the faces: between them it goes over in a straight line.
    pub fn read(&self, faces: &[f64], x: f64) -> f64 {
        let place = ((x - self.line.left) / self.line.width - 1.0).clamp(0.0, faces.len() as f64 - 1.0);
        let i = (place as usize).min(faces.len() - 2);
        let share = place - i as f64;
        faces[i] * (1.0 - share) + faces[i + 1] * share
    }

    fn fisher_rao(&self) -> Vec<State> {
        let goal = self.goal();
        let q = self.line.normal(self.start);
        let at = |k: usize| {
            let left = libm::exp(-self.share() * k as f64);
            let log = |i: usize| left * libm::log(q[i]) + (1.0 - left) * libm::log(goal[i]);
            let logs: Vec<f64> = (0..self.line.cells).map(log).collect();
            let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            Self::plain(&self.line.scaled(logs.iter().map(|one| libm::exp(one - most)).collect()))
        };
        (0..=self.states).map(at).collect()
    }

    fn stein(&self) -> Vec<State> {
        let mut x = spread(self.start, SEEING);
        let mut all = vec![self.smoothed(&x)];
        let dt = self.share() / WITHIN as f64;
        for _ in 0..self.states {
            for _ in 0..WITHIN {
                let by = stein_velocity(|x| self.slope(x), &x);
                x.iter_mut().zip(by).for_each(|(x, by)| *x += dt * by);
            }
            all.push(self.smoothed(&x));
        }
        all
    }

    /// Steps argmin ∫ (q′ − q)²/(2 dt) + KL(q′ ‖ p) at equal mass: cell by cell, with one number that keeps the mass.
    fn l2(&self) -> Vec<State> {
        let p = self.goal();
        let mut q = self.line.normal(self.start);
        let mut all = vec![Self::plain(&q)];
        let dt = self.share() / WITHIN as f64;
        for _ in 0..self.states {
            for _ in 0..WITHIN {
                q = lifted(&self.line, &q, &p, dt);
            }
            all.push(Self::plain(&q));
        }
        all
    }

    /// Particles as a density: a normal distribution on each, as wide as Silverman says.
    fn smoothed(&self, x: &[f64]) -> State {
        let n = x.len() as f64;
        let mean = x.iter().sum::<f64>() / n;
        let sd = libm::sqrt(x.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n);
        let mut sorted = x.to_vec();
        sorted.sort_by(f64::total_cmp);
        let quartile = |share: f64| sorted[(share * (n - 1.0)) as usize];
        // Two heaps are not one wide one.
        let spread = sd.min((quartile(0.75) - quartile(0.25)) / 1.34).max(1e-6);
        let width = (0.9 * spread * libm::pow(n, -0.2)).max(self.line.width);
        let mut density = vec![0.0; self.line.cells];
        for x in x.iter().filter(|x| x.is_finite()) {
            let cell = |x: f64| ((x - self.line.left) / self.line.width).clamp(0.0, self.line.cells as f64);
            let seen = cell(x - 4.0 * width) as usize..cell(x + 4.0 * width) as usize;
            for (i, q) in seen.clone().zip(&mut density[seen]) {
                let z = (self.line.centre(i) - x) / width;
                *q += libm::exp(-z * z / 2.0) / (width * n * libm::sqrt(std::f64::consts::TAU));
            }
        }
        State { density, particles: x.to_vec() }
    }
}

/// `count` places that stand for N(mean, sd²): its quantiles.
pub fn spread(Normal { mean, sd }: Normal, count: usize) -> Vec<f64> {
    (0..count).map(|i| mean + sd * quantile((i as f64 + 0.5) / count as f64)).collect()
}

/// Where N(0, 1) has `share` to its left: Newton's method on the error function.
fn quantile(share: f64) -> f64 {
    let mut z = 0.0;
    for _ in 0..80 {
        let miss = libm::erfc(-z / std::f64::consts::SQRT_2) / 2.0 - share;
        let slope = libm::exp(-z * z / 2.0) / libm::sqrt(std::f64::consts::TAU);
        let step = (miss / slope).clamp(-0.5, 0.5);
        z -= step;
        if step.abs() < 1e-15 {
            break;
        }
    }
    z
}

/// φ(x) = mean over y of −k(y, x) V′(y) + ∂k/∂y, k = e^{−(y−x)²/w} with w = median²/ln n.
pub fn stein_velocity(slope: impl Fn(f64) -> f64, x: &[f64]) -> Vec<f64> {
    let n = x.len();
    let mut gaps: Vec<f64> = (0..n).flat_map(|i| (0..i).map(move |j| (x[i] - x[j]).abs())).collect();
    gaps.sort_by(f64::total_cmp);
    let median = gaps.get(gaps.len() / 2).copied().unwrap_or(1.0);
    let wide = (median * median / libm::log(n.max(2) as f64)).max(1e-12);
    let slopes: Vec<f64> = x.iter().map(|x| slope(*x)).collect();
    let one = |i: usize| {
        (0..n)
            .map(|j| {
                let gap = x[j] - x[i];
                libm::exp(-gap * gap / wide) * (-slopes[j] - 2.0 * gap / wide)
            })
            .sum::<f64>()
            / n as f64
    };
    (0..n).map(one).collect()
}

/// q′ with q′ + dt ln(q′/p) = q + c in every cell, and c such that mass stays.
fn lifted(line: &Line, q: &[f64], p: &[f64], dt: f64) -> Vec<f64> {
    // In s = ln q′: e^s + dt s = right, which is steep on either side: Newton from where it is safe.
    let solve = |right: f64| {
        let mut s = if right > dt { libm::log(right) } else { right / dt };
        for _ in 0..60 {
            let e = libm::exp(s);
            let step = (e + dt * s - right) / (e + dt);
            s -= step;
            if step.abs() < 1e-14 * (1.0 + s.abs()) {
                break;
            }
        }
        libm::exp(s)
    };
    let with = |c: f64| -> Vec<f64> {
        q.iter().zip(p).map(|(q, p)| solve(q + dt * libm::log(p.max(1e-300)) + c)).collect()
    };
    let (mut low, mut high) = (-1.0, 1.0);
    while line.mass(&with(low)) > 1.0 {
        low *= 2.0;
    }
    while line.mass(&with(high)) < 1.0 {
        high *= 2.0;
    }
    for _ in 0..52 {
        let middle = (low + high) / 2.0;
        if line.mass(&with(middle)) > 1.0 { high = middle } else { low = middle }
    }
    line.scaled(with((low + high) / 2.0))
}
