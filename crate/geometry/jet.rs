//! A function of u and v near a place: its Taylor polynomial, up to degree 3. Arithmetic on these gives exact derivatives.

/// Coefficients of 1, u, v, u², uv, v², u³, u²v, uv², v³; factorials are divided out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jet(pub [f64; TERMS]);

const TERMS: usize = 10;
/// Coefficients up to each degree.
const UP_TO: [usize; 4] = [1, 3, 6, 10];

/// Where coefficients of degree d begin: the i-th of them has v to the power i.
const fn first(degree: usize) -> usize {
    degree * (degree + 1) / 2
}

impl Jet {
    pub const fn constant(value: f64) -> Self {
        let mut terms = [0.0; TERMS];
        terms[0] = value;
        Self(terms)
    }

    /// The coordinate `axis` (0: u, 1: v) at `value`.
    pub const fn coordinate(axis: usize, value: f64) -> Self {
        let mut jet = Self::constant(value);
        jet.0[1 + axis] = 1.0;
        jet
    }

    pub fn value(&self) -> f64 {
        self.0[0]
    }

    /// The derivative `times` by u and by v; at most three in all.
    pub fn derivative(&self, [by_u, by_v]: [usize; 2]) -> f64 {
        const FACTORIAL: [f64; 4] = [1.0, 1.0, 2.0, 6.0];
        self.0[first(by_u + by_v) + by_v] * FACTORIAL[by_u] * FACTORIAL[by_v]
    }

    /// The derivative by a coordinate, as a jet of one degree less.
    pub fn slope(&self, axis: usize) -> Self {
        let mut slope = [0.0; TERMS];
        for d in 0..3 {
            for i in 0..=d {
                let power = if axis == 0 { d - i + 1 } else { i + 1 };
                slope[first(d) + i] = power as f64 * self.0[first(d + 1) + i + axis];
            }
        }
        Self(slope)
    }

    pub fn plus(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] + other.0[i]))
    }

    pub fn minus(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] - other.0[i]))
    }

    pub fn scaled(&self, by: f64) -> Self {
        Self(self.0.map(|term| by * term))
    }

    /// The product up to `degree`.
    pub fn times(&self, other: &Self, degree: usize) -> Self {
        let ([a, b], mut product) = ([&self.0, &other.0], [0.0; TERMS]);
        product[0] = a[0] * b[0];
        if degree > 0 {
            product[1] = a[0] * b[1] + a[1] * b[0];
            product[2] = a[0] * b[2] + a[2] * b[0];
        }
        if degree > 1 {
            product[3] = a[0] * b[3] + a[1] * b[1] + a[3] * b[0];
            product[4] = a[0] * b[4] + a[1] * b[2] + a[2] * b[1] + a[4] * b[0];
            product[5] = a[0] * b[5] + a[2] * b[2] + a[5] * b[0];
        }
        if degree > 2 {
            product[6] = a[0] * b[6] + a[1] * b[3] + a[3] * b[1] + a[6] * b[0];
            product[7] = a[0] * b[7] + a[1] * b[4] + a[2] * b[3] + a[3] * b[2] + a[4] * b[1] + a[7] * b[0];
            product[8] = a[0] * b[8] + a[1] * b[5] + a[2] * b[4] + a[4] * b[2] + a[5] * b[1] + a[8] * b[0];
            product[9] = a[0] * b[9] + a[2] * b[5] + a[5] * b[2] + a[9] * b[0];
        }
        Self(product)
    }

    /// f of this up to `degree`, where `taylor` are f, f′, f″/2 and f‴/6 at its value.
    pub fn through(&self, taylor: [f64; 4], degree: usize) -> Self {
        let mut step = *self;
        step.0[0] = 0.0;
        let mut sum = Self::constant(taylor[degree]);
        for k in (0..degree).rev() {
            sum = sum.times(&step, degree);
            sum.0[0] += taylor[k];
        }
        sum
    }

    /// 1/f.
    pub fn inverse(&self, degree: usize) -> Self {
        let r = 1.0 / self.value();
        self.through([r, -r * r, r * r * r, -r * r * r * r], degree)
    }

    /// This to a whole power.
    pub fn whole_power(&self, power: i32, degree: usize) -> Self {
        let (mut base, mut left) = (*self, power.unsigned_abs());
        let mut product = Self::constant(1.0);
        while left > 0 {
            if left % 2 == 1 {
                product = product.times(&base, degree);
            }
            base = base.times(&base, degree);
            left /= 2;
        }
        if power < 0 { product.inverse(degree) } else { product }
    }

    /// This to the power `c`, for a positive value.
    pub fn power(&self, c: f64, degree: usize) -> Self {
        let x = self.value();
        let p = |k: f64| libm::pow(x, c - k);
        let second = c * (c - 1.0) / 2.0;
        self.through([p(0.0), c * p(1.0), second * p(2.0), second * (c - 2.0) / 3.0 * p(3.0)], degree)
    }

    pub fn sqrt(&self, degree: usize) -> Self {
        let r = libm::sqrt(self.value());
        let x = self.value();
        self.through([r, 0.5 / r, -0.125 / (r * x), 0.0625 / (r * x * x)], degree)
    }

    /// Whether nothing depends on u or v, up to `degree`.
    pub fn is_constant(&self, degree: usize) -> bool {
        self.0[1..UP_TO[degree]].iter().all(|term| *term == 0.0)
    }

    pub fn is_finite(&self, degree: usize) -> bool {
        self.0[..UP_TO[degree]].iter().all(|term| term.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// (1 + u + 2v)³ has known coefficients.
    #[test]
    fn a_cube_has_its_binomials() {
        let base = Jet([1.0, 1.0, 2.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
        let cube = base.times(&base, 3).times(&base, 3);
        assert_eq!(cube.0, [1.0, 3.0, 6.0, 3.0, 12.0, 12.0, 1.0, 6.0, 12.0, 8.0]);
        assert_eq!(base.whole_power(3, 3), cube);
        assert_eq!(base.times(&base.inverse(3), 3).0, Jet::constant(1.0).0);
        assert_eq!(cube.slope(0).0[..6], base.times(&base, 3).scaled(3.0).0[..6]);
        assert_eq!(cube.slope(1).0[..6], base.times(&base, 3).scaled(6.0).0[..6]);
        let root = cube.times(&cube, 3).sqrt(3);
        assert!(root.minus(&cube).0.iter().all(|t| t.abs() < 1e-13), "{root:?}");
        assert!(cube.power(1.0 / 3.0, 3).minus(&base).0.iter().all(|t| t.abs() < 1e-14));
        assert_eq!((cube.derivative([1, 2]), cube.derivative([3, 0])), (24.0, 6.0));
    }
}
