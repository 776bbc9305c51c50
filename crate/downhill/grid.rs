//! A density on a line of cells, and the fluxes that move it downhill.
//!
//! q_t = (w (q′ + q V′))′ with fluxes that know how q lies between two cells when nothing flows (Scharfetter and Gummel, 1969;
//! Chang and Cooper, 1970), implicit in time: the matrix of a step is an M-matrix whose columns add up to 1, so that every step,
//! however long, keeps mass and positivity.

use super::{crowd::Crowd, laws::Normal, target::Target};

/// Cells of equal width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    pub left: f64,
    pub width: f64,
    pub cells: usize,
}

impl Line {
    pub fn over([left, right]: [f64; 2], cells: usize) -> Self {
        Self { left, width: (right - left) / cells as f64, cells }
    }

    pub fn centre(&self, i: usize) -> f64 {
        self.left + (i as f64 + 0.5) * self.width
    }

    /// The density of `normal`, with mass 1 on these cells.
    pub fn normal(&self, Normal { mean, sd }: Normal) -> Vec<f64> {
        let z = |i: usize| (self.centre(i) - mean) / sd;
        self.scaled((0..self.cells).map(|i| libm::exp(-z(i) * z(i) / 2.0)).collect())
    }

    /// `density` with mass 1.
    pub fn scaled(&self, density: Vec<f64>) -> Vec<f64> {
        let mass = self.mass(&density);
        density.into_iter().map(|q| q / mass).collect()
    }

    pub fn mass(&self, density: &[f64]) -> f64 {
        density.iter().sum::<f64>() * self.width
    }

    /// Mean and variance.
    pub fn moments(&self, density: &[f64]) -> [f64; 2] {
        let sum = |f: &dyn Fn(f64) -> f64| {
            density.iter().enumerate().map(|(i, q)| q * f(self.centre(i))).sum::<f64>() * self.width
        };
        let mean = sum(&|x| x);
        [mean, sum(&|x| (x - mean) * (x - mean))]
    }

    /// The Wasserstein-2 distance of two densities of mass 1, constant on each cell: exact, by their quantiles. NaN if one has no mass.
    pub fn w2(&self, a: &[f64], b: &[f64]) -> f64 {
        let (mut i, mut j) = (0, 0);
        // How much of each cell is used up.
        let (mut used_a, mut used_b, mut sum) = (0.0, 0.0, 0.0);
        let (mass_a, mass_b) = (self.mass(a), self.mass(b));
        let there = mass_a > 0.0 && mass_b > 0.0;
        if !there {
            return f64::NAN;
        }
        while i < self.cells && j < self.cells {
            let (cell_a, cell_b) = (a[i] * self.width / mass_a, b[j] * self.width / mass_b);
            let (left_a, left_b) = (cell_a - used_a, cell_b - used_b);
            let step = left_a.min(left_b);
            if step > 0.0 {
                let at = |cell: usize, used: f64, whole: f64| {
                    self.left + (cell as f64 + (used / whole).min(1.0)) * self.width
                };
                let first = at(i, used_a, cell_a) - at(j, used_b, cell_b);
                let last = at(i, used_a + step, cell_a) - at(j, used_b + step, cell_b);
                sum += step * (first * first + first * last + last * last) / 3.0;
            }
            // Both may end together.
            if left_a <= left_b {
                (i, used_a) = (i + 1, 0.0);
            } else {
                used_a += step;
            }
            if left_b <= left_a {
                (j, used_b) = (j + 1, 0.0);
            } else {
                used_b += step;
            }
        }
        libm::sqrt(sum)
    }
}

/// What flows downhill on the way of a Wasserstein flow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Energy {
    /// ∫ p f(q …): a divergence from the target.
    Divergence(Divergence),
    /// ∫ q ln q: heat.
    Entropy,
    /// ∫ q²: a porous medium.
    Square,
    /// ∫ q ln q + ½ ∬ ½(x − y)² q q: every pair is held by a spring, and all are shaken (McKean and Vlasov).
    Attraction,
    /// ∫ q ln q + ½ ∬ W(x − y) q q: every pair would stand that far apart (see `crowd.rs`), and all are shaken.
    Apart(f64),
}

/// D_f = ∫ q f(p/q). The velocity is r² f″(r) ∇ ln r with r = p/q.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Divergence {
    /// f = −ln r: KL(q ‖ p).
    Reverse,
    /// f = r ln r: KL(p ‖ q).
    Forward,
    /// f = (r − 1)².
    Square,
    /// f = (1 − √r)².
    Hellinger,
    /// ½ KL(q ‖ m) + ½ KL(p ‖ m), m = (p + q)/2.
    JensenShannon,
}

impl Divergence {
    /// r² f″(r).
    pub fn weight(self, r: f64) -> f64 {
        match self {
            Self::Reverse => 1.0,
            Self::Forward => r,
            Self::Square => 2.0 * r * r,
            Self::Hellinger => libm::sqrt(r) / 2.0,
            Self::JensenShannon => r / (2.0 * (1.0 + r)),
        }
    }

    /// f(r).
    pub fn generator(self, r: f64) -> f64 {
        match self {
            Self::Reverse => -libm::log(r),
            Self::Forward => r * libm::log(r),
            Self::Square => (r - 1.0) * (r - 1.0),
            Self::Hellinger => (1.0 - libm::sqrt(r)) * (1.0 - libm::sqrt(r)),
            // f″ = 1/(2r(1 + r)).
            Self::JensenShannon => (r * libm::log(r) - (1.0 + r) * libm::log((1.0 + r) / 2.0)) / 2.0,
        }
    }
}

impl Divergence {
    /// f(r) − r f′(r): what mass costs where it stands, of which the velocity is the slope. Less a constant.
    pub fn price(self, r: f64) -> f64 {
        match self {
            Self::Reverse => -libm::log(r),
            Self::Forward => -r,
            Self::Square => -r * r,
            Self::Hellinger => -libm::sqrt(r),
            Self::JensenShannon => -libm::log1p(r) / 2.0,
        }
    }
}

/// How often a step that would rise is halved.
const HALVINGS: usize = 16;

/// ln of the largest ratio p/q that a flux is weighed with.
const STEEPEST: f64 = 18.0;

/// The crowd that q is.
fn crowd(line: Line, q: &[f64]) -> Crowd {
    Crowd::of(q.iter().enumerate().map(|(i, q)| (q * line.width, line.centre(i))))
}

/// What pairs cost one more in each cell, where pairs cost anything that a mean does not tell; else nothing.
pub fn pairs(energy: Energy, line: Line, q: &[f64]) -> Vec<f64> {
    let Energy::Apart(apart) = energy else { return Vec::new() };
    let crowd = crowd(line, q);
    (0..line.cells).map(|i| crowd.potential(line.centre(i), apart)).collect()
}

/// z/(e^z − 1).
pub(super) fn bernoulli(z: f64) -> f64 {
    if z.abs() < 1e-9 { 1.0 - z / 2.0 } else { z / libm::expm1(z) }
}

/// A flow on a line.
#[derive(Clone, Debug)]
pub struct Flow {
    pub line: Line,
    energy: Energy,
    /// V at each cell; 0 where the energy has none.
    potential: Vec<f64>,
    /// The target with mass 1, and its logarithm, which there is also where it is less than a double.
    pub target: Vec<f64>,
    log_target: Vec<f64>,
}

impl Flow {
    pub fn new(line: Line, energy: Energy, target: &Target) -> Self {
        let potential: Vec<f64> = (0..line.cells).map(|i| target.potential(line.centre(i))).collect();
        let least = potential.iter().copied().fold(f64::INFINITY, f64::min);
        let shares: Vec<f64> = potential.iter().map(|v| libm::exp(least - v)).collect();
        let mass = libm::log(line.mass(&shares));
        let log_target = potential.iter().map(|v| least - v - mass).collect();
        let density = line.scaled(shares);
        let drives = matches!(energy, Energy::Divergence(_));
        let potential = if drives { potential } else { vec![0.0; line.cells] };
        Self { line, energy, potential, target: density, log_target }
    }

    /// The rates at which mass goes to the right and to the left through each inner face, where `q` lies.
    fn rates(&self, q: &[f64]) -> Vec<[f64; 2]> {
        let per = 1.0 / (self.line.width * self.line.width);
        let mean = self.middle(q);
        let pairs = pairs(self.energy, self.line, q);
        let ln_r = |i: usize| self.log_target[i] - libm::log(q[i]);
        let weight = |i: usize| match self.energy {
            Energy::Divergence(Divergence::Reverse)
            | Energy::Entropy
            | Energy::Attraction
            | Energy::Apart(_) => 1.0,
            Energy::Divergence(other) => {
                let log = (ln_r(i) + ln_r(i + 1)) / 2.0;
                // Where both have vanished nothing moves anyway.
                let log = if log.is_finite() { log.clamp(-STEEPEST, STEEPEST) } else { 0.0 };
                other.weight(libm::exp(log))
            }
            Energy::Square => q[i] + q[i + 1],
        };
        // Springs to all pull as one to the middle of them.
        let pull = |i: usize| match self.energy {
            Energy::Attraction => {
                self.line.width * ((self.line.centre(i) + self.line.centre(i + 1)) / 2.0 - mean)
            }
            Energy::Apart(_) => pairs[i + 1] - pairs[i],
            _ => self.potential[i + 1] - self.potential[i],
        };
        (0..self.line.cells - 1)
            .map(|i| {
                let rise = pull(i);
                let w = weight(i) * per;
                [w * bernoulli(rise), w * bernoulli(-rise)]
            })
            .collect()
    }

    /// The mean of q, where the energy asks for it.
    fn middle(&self, q: &[f64]) -> f64 {
        if self.energy == Energy::Attraction { self.line.moments(q)[0] } else { 0.0 }
    }

    /// One implicit step of `time`. Where rates depend on q they are those of the middle, found by going twice.
    pub fn step(&self, q: &mut Vec<f64>, time: f64) {
        match self.energy {
            Energy::Divergence(Divergence::Reverse) | Energy::Entropy => {
                *q = self.solve(q, &self.rates(q), time);
            }
            Energy::Divergence(_) | Energy::Square | Energy::Attraction => *q = self.twice(q, time),
            Energy::Apart(_) => self.falling(q, time, HALVINGS),
        }
    }

    fn twice(&self, q: &[f64], time: f64) -> Vec<f64> {
        let next = self.solve(q, &self.rates(q), time);
        self.solve(q, &self.rates(&next), time)
    }

    /// Where what is pushed away pushes back, a step may be too long to know where it leads: then two of half the time.
    fn falling(&self, q: &mut Vec<f64>, time: f64, halvings: usize) {
        let (next, before) = (self.twice(q, time), self.energy(q));
        if halvings == 0 || self.energy(&next) <= before + 1e-13 * (1.0 + before.abs()) {
            *q = next;
            return;
        }
        self.falling(q, time / 2.0, halvings - 1);
        self.falling(q, time / 2.0, halvings - 1);
    }

    /// (1 − time A) next = q.
    fn solve(&self, q: &[f64], rates: &[[f64; 2]], time: f64) -> Vec<f64> {
        let n = self.line.cells;
        let right = |i: usize| if i + 1 < n { time * rates[i][0] } else { 0.0 };
        let left = |i: usize| if i > 0 { time * rates[i - 1][1] } else { 0.0 };
        // Elimination without a subtraction (Grassmann, Taksar and Heyman, 1985): what a column has beyond its neighbours is carried
        // along, so that every number keeps its sign and its digits, however stiff the step is.
        let (mut pivot, mut value) = (vec![0.0; n], vec![0.0; n]);
        let mut beyond = 1.0;
        for i in 0..n {
            let mut come = q[i];
            if i > 0 {
                beyond = 1.0 + left(i) * beyond / pivot[i - 1];
                come += right(i - 1) * value[i - 1] / pivot[i - 1];
            }
            (pivot[i], value[i]) = (beyond + right(i), come);
        }
        value[n - 1] /= pivot[n - 1];
        for i in (0..n - 1).rev() {
            value[i] = (value[i] + left(i + 1) * value[i + 1]) / pivot[i];
        }
        value
    }

    /// The same step made explicitly, as it is not used: it breaks when `time` is more than the cells allow.
    pub fn explicit(&self, q: &mut Vec<f64>, time: f64) {
        let rates = self.rates(q);
        let flux = |i: usize| rates[i][0] * q[i] - rates[i][1] * q[i + 1];
        let n = q.len();
        let next = (0..n)
            .map(|i| {
                let (out, into) =
                    (if i + 1 < n { flux(i) } else { 0.0 }, if i > 0 { flux(i - 1) } else { 0.0 });
                q[i] + time * (into - out)
            })
            .collect();
        *q = next;
    }

    /// The longest explicit step that cannot turn negative.
    pub fn longest_explicit(&self, q: &[f64]) -> f64 {
        let rates = self.rates(q);
        let n = q.len();
        let out = |i: usize| {
            (if i + 1 < n { rates[i][0] } else { 0.0 }) + (if i > 0 { rates[i - 1][1] } else { 0.0 })
        };
        1.0 / (0..n).map(out).fold(0.0, f64::max)
    }

    /// What flows downhill.
    pub fn energy(&self, q: &[f64]) -> f64 {
        let sum = |f: &dyn Fn(f64, f64) -> f64| {
            q.iter().zip(&self.target).map(|(q, p)| f(*q, *p)).sum::<f64>() * self.line.width
        };
        match self.energy {
            Energy::Divergence(divergence) => {
                sum(&|q, p| if q > 0.0 && p > 0.0 { q * divergence.generator(p / q) } else { 0.0 })
            }
            Energy::Entropy => sum(&|q, _| if q > 0.0 { q * libm::log(q) } else { 0.0 }),
            Energy::Square => sum(&|q, _| q * q),
            // ½ ∬ ½(x − y)² q q is half the variance.
            Energy::Attraction => {
                sum(&|q, _| if q > 0.0 { q * libm::log(q) } else { 0.0 }) + self.line.moments(q)[1] / 2.0
            }
            Energy::Apart(apart) => {
                sum(&|q, _| if q > 0.0 { q * libm::log(q) } else { 0.0 }) + crowd(self.line, q).energy(apart)
            }
        }
    }

    /// KL(q ‖ p).
    pub fn kl(&self, q: &[f64]) -> f64 {
        let one = |(q, log_p): (&f64, &f64)| if *q > 0.0 { q * (libm::log(*q) - log_p) } else { 0.0 };
        q.iter().zip(&self.log_target).map(one).sum::<f64>() * self.line.width
    }

    /// What the energy loses a unit of time: the fluxes, each down the slope of dF/dq.
    pub fn loss(&self, q: &[f64]) -> f64 {
        let mean = self.middle(q);
        let pairs = pairs(self.energy, self.line, q);
        self.carried(q, |i| match self.energy {
            Energy::Divergence(Divergence::Reverse) => libm::log(q[i]) - self.log_target[i],
            Energy::Divergence(divergence) => {
                divergence.price(libm::exp(self.log_target[i] - libm::log(q[i])))
            }
            Energy::Entropy => libm::log(q[i]),
            Energy::Square => 2.0 * q[i],
            Energy::Attraction => {
                let away = self.line.centre(i) - mean;
                libm::log(q[i]) + away * away / 2.0
            }
            Energy::Apart(_) => libm::log(q[i]) + pairs[i],
        })
    }

    /// What KL(q ‖ p) loses a unit of time, whatever flows downhill.
    pub fn kl_loss(&self, q: &[f64]) -> f64 {
        self.carried(q, |i| libm::log(q[i]) - self.log_target[i])
    }

    /// Σ of the fluxes of mass, each times how much `price` falls on its way.
    fn carried(&self, q: &[f64], price: impl Fn(usize) -> f64) -> f64 {
        let rates = self.rates(q);
        let face = |i: usize| (rates[i][0] * q[i] - rates[i][1] * q[i + 1]) * (price(i) - price(i + 1));
        let all = (0..self.line.cells - 1).filter(|i| q[*i] > 0.0 && q[i + 1] > 0.0).map(face);
        all.sum::<f64>() * self.line.width
    }

    /// ∫ q |∇ ln(q/p)|²: what KL loses a unit of time, as these fluxes have it.
    pub fn fisher(&self, q: &[f64]) -> f64 {
        let per = 1.0 / self.line.width;
        let log = |i: usize| libm::log(q[i]) - self.log_target[i];
        (0..self.line.cells - 1)
            .filter(|i| q[*i] > 0.0 && q[i + 1] > 0.0)
            .map(|i| {
                // Reverse rates of the target, whatever the energy of this flow is.
                let rise = self.log_target[i] - self.log_target[i + 1];
                let flux = bernoulli(rise) * q[i] - bernoulli(-rise) * q[i + 1];
                flux * (log(i) - log(i + 1)) * per
            })
            .sum()
    }
}
