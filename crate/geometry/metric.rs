//! A metric at one place, ds² = E du² + 2F du dv + G dv², with its derivatives: angles, connection, curvature.

use super::jet::Jet;

/// Γ^m_11, Γ^m_12, Γ^m_22 for m = 1, 2.
pub type Christoffel = [[f64; 3]; 2];

/// E, F, G and what they change by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metric {
    pub g: [f64; 3],
    /// By u, by v.
    pub d: [[f64; 3]; 2],
    /// By uu, uv, vv.
    pub dd: [[f64; 3]; 3],
}

impl Metric {
    pub fn of(jets: &[Jet; 3]) -> Self {
        let all = |by: [usize; 2]| std::array::from_fn(|i| jets[i].derivative(by));
        Self { g: all([0, 0]), d: [all([1, 0]), all([0, 1])], dd: [all([2, 0]), all([1, 1]), all([0, 2])] }
    }

    /// E G − F².
    pub fn determinant(&self) -> f64 {
        let [e, f, g] = self.g;
        e * g - f * f
    }

    pub fn area(&self) -> f64 {
        libm::sqrt(self.determinant())
    }

    pub fn inner(&self, a: [f64; 2], b: [f64; 2]) -> f64 {
        let [e, f, g] = self.g;
        e * a[0] * b[0] + f * (a[0] * b[1] + a[1] * b[0]) + g * a[1] * b[1]
    }

    pub fn length(&self, a: [f64; 2]) -> f64 {
        libm::sqrt(self.inner(a, a))
    }

    /// `a` turned left by a right angle, from ∂_u towards ∂_v.
    pub fn turned(&self, a: [f64; 2]) -> [f64; 2] {
        let ([e, f, g], root) = (self.g, self.area());
        [-(f * a[0] + g * a[1]) / root, (e * a[0] + f * a[1]) / root]
    }

    /// The unit vector at `angle` from ∂_u.
    pub fn direction(&self, angle: f64) -> [f64; 2] {
        let first = [1.0 / libm::sqrt(self.g[0]), 0.0];
        let second = self.turned(first);
        let (s, c) = (libm::sin(angle), libm::cos(angle));
        [c * first[0] + s * second[0], s * second[1]]
    }

    /// The angle of `a` from ∂_u, in (−π, π].
    pub fn angle(&self, a: [f64; 2]) -> f64 {
        let first = [1.0 / libm::sqrt(self.g[0]), 0.0];
        libm::atan2(self.inner(a, self.turned(first)), self.inner(a, first))
    }

    /// ½ g^{mn} (∂_b g_an + ∂_a g_nb − ∂_n g_ab).
    pub fn christoffel(&self) -> Christoffel {
        let ([e, f, g], [u, v]) = (self.g, self.d);
        let first = [u[0] / 2.0, v[0] / 2.0, v[1] - u[2] / 2.0];
        let second = [u[1] - v[0] / 2.0, u[2] / 2.0, v[2] / 2.0];
        let determinant = self.determinant();
        [
            std::array::from_fn(|i| (g * first[i] - f * second[i]) / determinant),
            std::array::from_fn(|i| (e * second[i] - f * first[i]) / determinant),
        ]
    }

    /// Γ^m_ab x^a y^b.
    pub fn bent(&self, x: [f64; 2], y: [f64; 2]) -> [f64; 2] {
        self.christoffel()
            .map(|c| c[0] * x[0] * y[0] + c[1] * (x[0] * y[1] + x[1] * y[0]) + c[2] * x[1] * y[1])
    }

    /// By how much the frame (∂_u, ∂_u turned left) turns along `x`: what is carried turns against it.
    pub fn connection(&self, x: [f64; 2]) -> f64 {
        let [_, second] = self.christoffel();
        self.area() / self.g[0] * (second[0] * x[0] + second[1] * x[1])
    }

    /// K from the metric alone (Brioschi's two determinants).
    pub fn curvature(&self) -> f64 {
        let ([e, f, g], [u, v], [uu, uv, vv]) = (self.g, self.d, self.dd);
        let top = -vv[0] / 2.0 + uv[1] - uu[2] / 2.0;
        let first = determinant([
            [top, u[0] / 2.0, u[1] - v[0] / 2.0],
            [v[1] - u[2] / 2.0, e, f],
            [v[2] / 2.0, f, g],
        ]);
        let second = determinant([[0.0, v[0] / 2.0, u[2] / 2.0], [v[0] / 2.0, e, f], [u[2] / 2.0, f, g]]);
        let area = self.determinant();
        (first - second) / (area * area)
    }
}

fn determinant([a, b, c]: [[f64; 3]; 3]) -> f64 {
    a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0])
        + a[2] * (b[0] * c[1] - b[1] * c[0])
}

/// R^m_a12 as the article defines it, from derivatives of the Christoffel symbols: for m = 1, 2 and in it for a = 1, 2.
/// `jets` are E, F, G to degree 2. R^m_abc = ∂_b Γ^m_ac − ∂_c Γ^m_ab + Γ^m_nb Γ^n_ac − Γ^m_nc Γ^n_ab.
pub fn riemann(jets: &[Jet; 3]) -> [[f64; 2]; 2] {
    // Γ^m_ab stands at a + b, counted from 0.
    let gamma = christoffel_jets(jets);
    let value = |m: usize, i: usize| gamma[m][i].value();
    let slope = |m: usize, i: usize, axis: usize| gamma[m][i].0[1 + axis];
    let product =
        |m: usize, n: usize, a: usize| value(m, n) * value(n, a + 1) - value(m, n + 1) * value(n, a);
    [0, 1].map(|m| [0, 1].map(|a| slope(m, a + 1, 0) - slope(m, a, 1) + product(m, 0, a) + product(m, 1, a)))
}

fn christoffel_jets([e, f, g]: &[Jet; 3]) -> [[Jet; 3]; 2] {
    let [u, v] = [0, 1].map(|axis| [e, f, g].map(|jet| jet.slope(axis)));
    let first = [u[0].scaled(0.5), v[0].scaled(0.5), v[1].minus(&u[2].scaled(0.5))];
    let second = [u[1].minus(&v[0].scaled(0.5)), u[2].scaled(0.5), v[2].scaled(0.5)];
    let one = e.times(g, 1).minus(&f.times(f, 1)).inverse(1);
    let solve = |p: &Jet, q: &Jet, x: &Jet, y: &Jet| p.times(x, 1).minus(&q.times(y, 1)).times(&one, 1);
    [
        std::array::from_fn(|i| solve(g, f, &first[i], &second[i])),
        std::array::from_fn(|i| solve(e, f, &second[i], &first[i])),
    ]
}
