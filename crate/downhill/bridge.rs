//! Back to diffusion: a target that changes with time. Demolition x_t = A_t x_0 + B_t ε is the flow of KL towards N(0, I), run
//! for the time τ = −ln A_t; its reverse follows ∇ ln p_t, which is known exactly where the data are a mixture.
//!
//! Three ways back from the same noise: the probability-flow equation (as DDIM steps it, Song et al. 2021, eq. 12), the reverse
//! stochastic equation (as DDPM steps it, Ho et al. 2020, algorithm 2), and Langevin steps at each level (Song & Ermon 2019,
//! algorithm 1, <https://arxiv.org/abs/1907.05600>).

use crate::diffusion::{
    exact::Mixture,
    level::Level,
    sampler::{Sigma, Step, ancestral, ddim},
};
use crate::math::{
    normal::normals,
    philox::{Stream, words},
};

/// A Langevin step's size over the variance of the noise at its level.
pub const LANGEVIN_SHARE: f64 = 0.25;

/// Where particles are, x and y in turn.
pub type Cloud = Vec<f64>;

/// The ways back, in the order of [`Bridge::clouds`].
pub const WAYS: usize = 3;

#[derive(Clone, Debug)]
pub struct Bridge {
    pub known: Mixture<2>,
    /// Rising, from the untouched to the noise that all begin with.
    pub levels: Vec<Level>,
    pub seed: u64,
    pub particles: usize,
    /// Langevin steps a level.
    pub shakes: usize,
}

impl Bridge {
    /// The level of state `k`: state 0 is noise.
    pub fn level(&self, k: usize) -> Level {
        self.levels[self.levels.len() - 1 - k]
    }

    pub fn start(&self) -> [Cloud; WAYS] {
        let noise: Cloud =
            normals(self.seed, Stream::Rubble, 0, 2 * self.particles).into_iter().map(f64::from).collect();
        [noise.clone(), noise.clone(), noise]
    }

    /// State `k` + 1 from state `k`, of all ways.
    pub fn next(&self, k: usize, [flow, reverse, annealed]: &[Cloud; WAYS]) -> [Cloud; WAYS] {
        let (from, to) = (self.level(k), self.level(k + 1));
        let z: Cloud = normals(self.seed, Stream::Rebuild, from.address(), flow.len())
            .into_iter()
            .map(f64::from)
            .collect();
        [
            self.stepped(flow, from, ddim(from, to, 0.0), None),
            self.stepped(reverse, from, ancestral(from, to, Sigma::BetaTilde), Some(&z)),
            self.shaken(annealed, k, from, to),
        ]
    }

    fn stepped(&self, x: &Cloud, from: Level, step: Step, z: Option<&Cloud>) -> Cloud {
        let eps: Cloud = x.as_chunks().0.iter().flat_map(|x| self.known.eps(*x, from)).collect();
        step.apply(x, &eps, z)
    }

    /// Langevin steps towards p at `to`; at the end, where it has no slope, the mean of what the particle may have been.
    fn shaken(&self, x: &Cloud, k: usize, from: Level, to: Level) -> Cloud {
        if to.b == 0.0 {
            return x.as_chunks().0.iter().flat_map(|x| self.known.mean(*x, from)).collect();
        }
        let h = LANGEVIN_SHARE * to.b * to.b;
        let wide = libm::sqrt(2.0 * h);
        let mut x = x.clone();
        for shake in 0..self.shakes {
            let number = (k * self.shakes + shake) as u32;
            let z = normals(self.seed, Stream::Langevin, number, x.len());
            for (x, z) in x.as_chunks_mut::<2>().0.iter_mut().zip(z.as_chunks::<2>().0) {
                let score = self.known.score(*x, to);
                *x = std::array::from_fn(|i| x[i] + h * score[i] + wide * f64::from(z[i]));
            }
        }
        x
    }

    /// −ε = B ∇ ln p over `side` by `side` places from −3 to 3, x and y in turn, the lowest row first.
    pub fn field(&self, k: usize, side: usize) -> Vec<f32> {
        let level = self.level(k);
        let level = if level.b > 0.0 { level } else { self.levels[1] };
        let place = |i: usize| -3.0 + 6.0 * i as f64 / (side - 1) as f64;
        let arrow = |i: usize| self.known.eps([place(i % side), place(i / side)], level);
        (0..side * side).flat_map(arrow).map(|eps| -eps as f32).collect()
    }

    /// Set `number` of independent points of p at `level`: data, each chosen by an address of its own, and noise.
    pub fn fresh(&self, level: Level, number: u32, count: usize) -> Cloud {
        let z = normals(self.seed, Stream::Check, 2 * number, 2 * count);
        let more = normals(self.seed, Stream::Check, 2 * number + 1, 2 * count);
        let (centres, spread) = (self.known.centres(), self.known.spread());
        (0..count)
            .flat_map(|i| {
                let [word, ..] = words(self.seed, Stream::Points, u32::MAX / 2 + number, i as u64);
                let centre = centres[word as usize % centres.len()];
                [0, 1].map(|axis| {
                    let clean = centre[axis] + spread * f64::from(more[2 * i + axis]);
                    level.a * clean + level.b * f64::from(z[2 * i + axis])
                })
            })
            .collect()
    }
}

/// p at `level` beside N(0, I), by the trapezoidal rule on a grid that is fine against the width of each of its Gaussians, where
/// that rule is exact to rounding.
pub struct Against {
    /// KL(p ‖ N(0, I)).
    pub kl: f64,
    /// ∫ p |∇ ln p + x|², at which KL falls with τ.
    pub fisher: f64,
}

/// Grid places a width of a Gaussian, and how many widths are summed.
const FINE: f64 = 1.6;
const WIDE: f64 = 8.5;
/// Places of a grid's side at most.
const MOST: usize = 1600;

/// The width of each of p's Gaussians at `level`.
fn width(known: &Mixture<2>, level: Level) -> f64 {
    libm::hypot(level.a * known.spread(), level.b)
}

/// Whether the grid can hold p at `level`, which has noise.
pub fn holds(known: &Mixture<2>, level: Level) -> bool {
    let v = width(known, level);
    level.b > 0.0 && 2.0 * reach(known, level) / v * FINE < MOST as f64
}

fn reach(known: &Mixture<2>, level: Level) -> f64 {
    let far = known.centres().iter().flatten().fold(0.0, |far: f64, y| far.max(y.abs()));
    level.a * far + WIDE * width(known, level)
}

pub fn against(known: &Mixture<2>, level: Level) -> Against {
    let sd = width(known, level);
    let (far, unit) = (reach(known, level), sd / FINE);
    let side = 2 * libm::ceil(far / unit) as usize + 1;
    let place = |i: usize| (i as f64 - (side / 2) as f64) * unit;
    // p, and its slopes by x and y.
    let mut sums = vec![[0.0f64; 3]; side * side];
    let peak = 1.0 / (known.centres().len() as f64 * std::f64::consts::TAU * sd * sd);
    let window = libm::ceil(WIDE * FINE) as usize;
    for centre in known.centres() {
        let middle = centre.map(|y| level.a * y);
        let bells: [Vec<(usize, f64, f64)>; 2] = [0, 1].map(|axis| {
            let nearest = (libm::round(middle[axis] / unit) + (side / 2) as f64) as usize;
            (nearest.saturating_sub(window)..(nearest + window + 1).min(side))
                .map(|i| {
                    let z = (place(i) - middle[axis]) / sd;
                    (i, libm::exp(-z * z / 2.0), -z / sd)
                })
                .collect()
        });
        for (j, bell_y, slope_y) in &bells[1] {
            let row = &mut sums[j * side..(j + 1) * side];
            for (i, bell_x, slope_x) in &bells[0] {
                let p = peak * bell_x * bell_y;
                let [sum, by_x, by_y] = &mut row[*i];
                *sum += p;
                *by_x += p * slope_x;
                *by_y += p * slope_y;
            }
        }
    }
    let mut found = Against { kl: 0.0, fisher: 0.0 };
    for (k, [p, by_x, by_y]) in sums.into_iter().enumerate().filter(|(_, [p, ..])| *p > 0.0) {
        let [x, y] = [place(k % side), place(k / side)];
        let normal = -(x * x + y * y) / 2.0 - libm::log(std::f64::consts::TAU);
        found.kl += p * (libm::log(p) - normal) * unit * unit;
        let (u, v) = (by_x / p + x, by_y / p + y);
        found.fisher += p * (u * u + v * v) * unit * unit;
    }
    found
}

/// The level that demolition comes to `time` after `level`, in the time τ = −ln A in which dx = −x dτ + √2 dw.
pub fn later(level: Level, time: f64) -> Level {
    let a = level.a * libm::exp(-time);
    // 1 − A² as B² e^{−2τ} + (1 − e^{−2τ}): near the data, 1 − A² would lose its digits.
    let b = libm::sqrt(level.b * level.b * libm::exp(-2.0 * time) - libm::expm1(-2.0 * time));
    Level { t: level.t, a, b }
}

/// −dKL/dτ at `level` by five differences: to be compared with the Fisher information.
pub fn kl_rate(known: &Mixture<2>, level: Level) -> f64 {
    let sd = width(known, level);
    // Short against the time in which p changes, and no further back than to the data.
    let h = (0.01 * sd * sd).min(0.1 * level.b * level.b);
    let kl = |k: f64| against(known, later(level, k * h)).kl;
    (kl(2.0) - kl(-2.0) + 8.0 * (kl(-1.0) - kl(1.0))) / (12.0 * h)
}
