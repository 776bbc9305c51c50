//! Data whose law is known: mixtures of Gaussians in the plane, and the exact ε of them.

use std::convert::Infallible;

use chailou::diffusion::{
    level::Level,
    solver::{self, Method, Solver},
};
use chailou::math::{normal::normals, philox::Stream};
use pollster::block_on;

/// Seed of every draw here.
const SEED: u64 = 11;

/// N(mean, covariance), the covariance as (xx, xy, yy).
#[derive(Clone, Copy)]
pub struct Gaussian {
    pub mean: [f64; 2],
    pub covariance: [f64; 3],
}

/// One Gaussian, or two of equal weight.
pub struct Mixture(pub Vec<Gaussian>);

/// `count` standard normal numbers.
pub fn noise(step: u32, count: usize) -> Vec<f64> {
    normals(SEED, Stream::Check, step, count).into_iter().map(f64::from).collect()
}

impl Gaussian {
    pub const ROUND: Self = Self { mean: [0.4, -0.2], covariance: [0.25, 0.0, 0.25] };
    pub const LONG: Self = Self { mean: [0.4, -0.2], covariance: [1.0, 0.45, 0.3] };

    /// The law of x at `at`: N(A m, A² C + B²).
    pub fn at(&self, Level { a, b, .. }: Level) -> Self {
        let [xx, xy, yy] = self.covariance.map(|c| a * a * c);
        Self { mean: self.mean.map(|m| a * m), covariance: [xx + b * b, xy, yy + b * b] }
    }

    fn determinant(&self) -> f64 {
        let [xx, xy, yy] = self.covariance;
        xx * yy - xy * xy
    }

    /// Σ^-1 (x − mean).
    fn pull(&self, x: &[f64]) -> [f64; 2] {
        let [xx, xy, yy] = self.covariance;
        let (u, v) = (x[0] - self.mean[0], x[1] - self.mean[1]);
        [(yy * u - xy * v) / self.determinant(), (xx * v - xy * u) / self.determinant()]
    }

    /// x = mean + L z with L Lᵀ = Σ, L lower triangular.
    pub fn place(&self, z: &[f64]) -> [f64; 2] {
        let [xx, xy, yy] = self.covariance;
        let (l, m) = (xx.sqrt(), xy / xx.sqrt());
        [self.mean[0] + l * z[0], self.mean[1] + m * z[0] + (yy - m * m).sqrt() * z[1]]
    }
}

impl Mixture {
    pub fn two() -> Self {
        let component = |x, covariance| Gaussian { mean: [x, -0.3 * x], covariance };
        Self(vec![component(0.9, [0.09, 0.03, 0.06]), component(-0.9, [0.04, -0.02, 0.16])])
    }

    /// ε = −B ∇ ln p at points [N, 2], flat.
    pub fn denoise(&self, x: &[f64], at: Level) -> Vec<f64> {
        let parts: Vec<Gaussian> = self.0.iter().map(|part| part.at(at)).collect();
        x.chunks_exact(2)
            .flat_map(|x| {
                let terms: Vec<_> = parts
                    .iter()
                    .map(|part| {
                        let pull = part.pull(x);
                        let half = 0.5 * (pull[0] * (x[0] - part.mean[0]) + pull[1] * (x[1] - part.mean[1]));
                        (-half - 0.5 * part.determinant().ln(), pull)
                    })
                    .collect();
                let top = terms.iter().map(|term| term.0).fold(f64::NEG_INFINITY, f64::max);
                let total: f64 = terms.iter().map(|term| (term.0 - top).exp()).sum();
                let mean = |i: usize| -> f64 {
                    terms.iter().map(|(log, pull)| (log - top).exp() * pull[i]).sum::<f64>() / total
                };
                [at.b * mean(0), at.b * mean(1)]
            })
            .collect()
    }

    /// `count` fresh points; the sign of a number of its own picks the part.
    pub fn draw(&self, step: u32, count: usize) -> Vec<f64> {
        let part = |z: &[f64]| self.0[if z[2] < 0.0 { 0 } else { self.0.len() - 1 }];
        noise(step, 3 * count).chunks_exact(3).flat_map(|z| part(z).place(z)).collect()
    }

    /// Mean and covariance of the whole.
    pub fn moments(&self) -> Gaussian {
        let count = self.0.len() as f64;
        let mean: [f64; 2] = [0, 1].map(|i| self.0.iter().map(|part| part.mean[i]).sum::<f64>() / count);
        let covariance = [(0, 0), (0, 1), (1, 1)].map(|(i, j)| {
            let index = i + j;
            let term = |part: &Gaussian| {
                part.covariance[index] + (part.mean[i] - mean[i]) * (part.mean[j] - mean[j])
            };
            self.0.iter().map(term).sum::<f64>() / count
        });
        Gaussian { mean, covariance }
    }
}

/// Mean and covariance of points [N, 2], and the standard errors of both.
pub fn measured(points: &[f64]) -> (Gaussian, Gaussian) {
    let count = points.len() as f64 / 2.0;
    let average = |f: &dyn Fn(&[f64]) -> f64| points.chunks_exact(2).map(f).sum::<f64>() / count;
    let mean = [average(&|p| p[0]), average(&|p| p[1])];
    let pairs = [(0, 0), (0, 1), (1, 1)];
    let product = |p: &[f64], (i, j): (usize, usize)| (p[i] - mean[i]) * (p[j] - mean[j]);
    let covariance = pairs.map(|pair| average(&|p| product(p, pair)));
    let errors = Gaussian {
        mean: [(covariance[0] / count).sqrt(), (covariance[2] / count).sqrt()],
        covariance: [0, 1, 2].map(|k| {
            let square = average(&|p| product(p, pairs[k]).powi(2));
            ((square - covariance[k].powi(2)) / count).sqrt()
        }),
    };
    (Gaussian { mean, covariance }, errors)
}

/// [`descend`](solver::descend) with a denoiser that waits for nothing.
pub fn descend(
    method: Method,
    levels: &[Level],
    x: Vec<f64>,
    noise: &mut dyn FnMut(Level) -> Option<Vec<f64>>,
    denoise: impl FnMut(&Vec<f64>, Level) -> Vec<f64>,
) -> Vec<f64> {
    let mut denoise = denoise;
    let Ok(x) = block_on(solver::descend(method, levels, x, noise, &mut async |x, at| {
        Ok::<_, Infallible>(denoise(x, at))
    }));
    x
}

/// [`Solver::advance`], likewise.
pub fn advance(
    solver: &mut Solver<Vec<f64>>,
    x: &Vec<f64>,
    eps: &Vec<f64>,
    [from, to]: [Level; 2],
    z: Option<&Vec<f64>>,
    denoise: impl Fn(&Vec<f64>, Level) -> Vec<f64>,
) -> Vec<f64> {
    let Ok(x) = block_on(
        solver
            .advance(x, eps, from, to, z, &mut async |x: &Vec<f64>, at| Ok::<_, Infallible>(denoise(x, at))),
    );
    x
}
