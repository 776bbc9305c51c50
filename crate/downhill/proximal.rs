//! The step of Jordan, Kinderlehrer and Otto on the line, exactly through quantiles: argmin W₂²(·, q)/(2a) + KL(· ‖ p).
//!
//! A density is the place x(z) of what stands at z in N(0, 1); W₂ is the mean of (x − x₀)², and −∫ ln x′ is its entropy.

use super::{laws::Normal, spectrum::refined, target::Target};

/// As far as N(0, 1) is looked at.
const EDGE: f64 = 8.0;

/// Places x of evenly spread z.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantiles {
    pub places: Vec<f64>,
}

/// Weights of N(0, 1) at the nodes and between them.
struct Weights {
    node: Vec<f64>,
    gap: Vec<f64>,
    width: f64,
}

fn weights(n: usize) -> Weights {
    let width = 2.0 * EDGE / n as f64;
    let density = |z: f64| libm::exp(-z * z / 2.0);
    let at = |k: f64| -EDGE + k * width;
    let scaled = |all: Vec<f64>| {
        let whole: f64 = all.iter().sum();
        all.into_iter().map(|one| one / whole).collect()
    };
    Weights {
        node: scaled((0..=n).map(|k| density(at(k as f64))).collect()),
        gap: scaled((0..n).map(|k| density(at(k as f64 + 0.5))).collect()),
        width,
    }
}

impl Quantiles {
    /// n + 1 places.
    pub fn of(Normal { mean, sd }: Normal, n: usize) -> Self {
        let z = |k: usize| -EDGE + 2.0 * EDGE * k as f64 / n as f64;
        Self { places: (0..=n).map(|k| mean + sd * z(k)).collect() }
    }

    /// Mean and standard deviation.
    pub fn moments(&self) -> Normal {
        let Weights { node, .. } = weights(self.places.len() - 1);
        let mean: f64 = node.iter().zip(&self.places).map(|(w, x)| w * x).sum();
        let variance: f64 = node.iter().zip(&self.places).map(|(w, x)| w * (x - mean) * (x - mean)).sum();
        Normal { mean, sd: libm::sqrt(variance) }
    }

    /// The density at each place, as far as neighbours tell it.
    pub fn density(&self) -> Vec<f64> {
        let n = self.places.len() - 1;
        let width = 2.0 * EDGE / n as f64;
        let normal = |k: usize| {
            let z = -EDGE + k as f64 * width;
            libm::exp(-z * z / 2.0) / libm::sqrt(std::f64::consts::TAU)
        };
        let slope = |k: usize| {
            let (a, b) = (k.saturating_sub(1), (k + 1).min(n));
            (self.places[b] - self.places[a]) / ((b - a) as f64 * width)
        };
        (0..=n).map(|k| normal(k) / slope(k)).collect()
    }

    /// KL from `target`.
    pub fn kl(&self, target: &Target) -> f64 {
        let n = self.places.len() - 1;
        let Weights { node, gap, width } = weights(n);
        let z = |k: f64| -EDGE + k * width;
        let held: f64 =
            (0..=n).map(|k| node[k] * (target.potential(self.places[k]) - z(k as f64).powi(2) / 2.0)).sum();
        let spread: f64 =
            (0..n).map(|k| gap[k] * libm::log((self.places[k + 1] - self.places[k]) / width)).sum();
        held - spread - libm::log(libm::sqrt(std::f64::consts::TAU))
    }

    /// One step of size `a`; `None` if Newton's method does not come to rest.
    pub fn step(&self, target: &Target, a: f64) -> Option<Self> {
        let n = self.places.len() - 1;
        let Weights { node, gap, width } = weights(n);
        let cost = |x: &[f64]| {
            let held: f64 = (0..=n)
                .map(|k| node[k] * ((x[k] - self.places[k]).powi(2) / (2.0 * a) + target.potential(x[k])))
                .sum();
            let spread: f64 = (0..n)
                .map(|k| {
                    let step = x[k + 1] - x[k];
                    if step > 0.0 { gap[k] * libm::log(step / width) } else { f64::NEG_INFINITY }
                })
                .sum();
            held - spread
        };
        let mut x = self.places.clone();
        let (mut now, mut last) = (cost(&x), f64::INFINITY);
        for _ in 0..500 {
            // Gradient, and the three diagonals of the bend; what is not convex in it is left out.
            let (mut g, mut diagonal, mut beside) = (vec![0.0; n + 1], vec![0.0; n + 1], vec![0.0; n]);
            for k in 0..=n {
                let [slope, bend] = target.slopes(x[k]);
                g[k] = node[k] * ((x[k] - self.places[k]) / a + slope);
                diagonal[k] = node[k] * (1.0 / a + bend).max(0.1 / a);
            }
            for k in 0..n {
                let step = x[k + 1] - x[k];
                let (push, stiff) = (gap[k] / step, gap[k] / (step * step));
                g[k] += push;
                g[k + 1] -= push;
                diagonal[k] += stiff;
                diagonal[k + 1] += stiff;
                beside[k] = -stiff;
            }
            let by = tridiagonal(&diagonal, &beside, &g);
            let falls: f64 = g.iter().zip(&by).map(|(g, by)| g * by).sum();
            // As low as rounding lets it: Newton's method no longer squares what is left.
            let stays = falls > last / 4.0;
            last = falls;
            if falls <= 1e-24 || (falls < 1e-12 && stays) {
                return Some(Self { places: x });
            }
            let mut share = 1.0;
            loop {
                let next: Vec<f64> = x.iter().zip(&by).map(|(x, by)| x - share * by).collect();
                let then = cost(&next);
                if then <= now - 1e-4 * share * falls {
                    (x, now) = (next, then);
                    break;
                }
                share /= 2.0;
                if share < 1e-9 {
                    // As low as rounding lets it.
                    return (falls < 1e-10).then_some(Self { places: x });
                }
            }
        }
        None
    }
}

/// A symmetric tridiagonal system.
fn tridiagonal(diagonal: &[f64], beside: &[f64], right: &[f64]) -> Vec<f64> {
    let n = diagonal.len();
    let (mut pivot, mut value) = (diagonal.to_vec(), right.to_vec());
    for k in 1..n {
        let share = beside[k - 1] / pivot[k - 1];
        pivot[k] -= share * beside[k - 1];
        value[k] -= share * value[k - 1];
    }
    value[n - 1] /= pivot[n - 1];
    for k in (0..n - 1).rev() {
        value[k] = (value[k] - beside[k] * value[k + 1]) / pivot[k];
    }
    value
}

/// Nodes whose error is taken out.
const NODES: [usize; 3] = [80, 160, 320];

/// Mean and standard deviation after `jumps` steps of size `a`, free of the nodes' error up to its sixth order; and as the most nodes
/// alone have them: where mass is torn in two the error falls late, and the two differ.
pub fn both(start: Normal, target: &Target, a: f64, jumps: usize) -> Option<[Normal; 2]> {
    on(start, target, a, jumps, NODES)
}

/// The first of them.
pub fn after(start: Normal, target: &Target, a: f64, jumps: usize) -> Option<Normal> {
    after_on(start, target, a, jumps, NODES)
}

/// The same from other nodes, each twice as many as those before.
pub fn after_on(start: Normal, target: &Target, a: f64, jumps: usize, nodes: [usize; 3]) -> Option<Normal> {
    on(start, target, a, jumps, nodes).map(|[freed, _]| freed)
}

fn on(start: Normal, target: &Target, a: f64, jumps: usize, nodes: [usize; 3]) -> Option<[Normal; 2]> {
    let one = |n: usize| {
        let mut now = Quantiles::of(start, n);
        for _ in 0..jumps {
            now = now.step(target, a)?;
        }
        Some(now.moments())
    };
    let all = [one(nodes[0])?, one(nodes[1])?, one(nodes[2])?];
    let freed = Normal { mean: refined(all.map(|one| one.mean)), sd: refined(all.map(|one| one.sd)) };
    Some([freed, all[2]])
}
