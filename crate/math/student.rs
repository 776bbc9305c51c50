//! Student's t: what a mean of few numbers says. Student 1908, <https://doi.org/10.1093/biomet/6.1.1>.

use super::statistics::Moments;

/// The chance that |t| with `freedom` degrees of freedom is larger than `t`: the regularised incomplete beta function
/// I_x(ν/2, 1/2) at x = ν/(ν + t²), by its continued fraction (Lentz; Abramowitz & Stegun 26.5.8).
pub fn two_sided(t: f64, freedom: f64) -> f64 {
    let x = freedom / (freedom + t * t);
    let (a, b) = (freedom / 2.0, 0.5);
    if x >= 1.0 {
        return 1.0;
    }
    let front = |a: f64, b: f64, x: f64| {
        let logs = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b);
        libm::exp(logs + a * libm::log(x) + b * libm::log1p(-x)) / a
    };
    if x < (a + 1.0) / (a + b + 2.0) {
        front(a, b, x) * fraction(a, b, x)
    } else {
        1.0 - front(b, a, 1.0 - x) * fraction(b, a, 1.0 - x)
    }
}

fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let guard = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let (mut c, mut d) = (1.0, 1.0 / guard(1.0 - (a + b) * x / (a + 1.0)));
    let mut all = d;
    for m in 1..400 {
        let k = f64::from(m);
        let even = k * (b - k) * x / ((a + 2.0 * k - 1.0) * (a + 2.0 * k));
        let odd = -(a + k) * (a + b + k) * x / ((a + 2.0 * k) * (a + 2.0 * k + 1.0));
        let mut by = 1.0;
        for term in [even, odd] {
            d = 1.0 / guard(1.0 + term * d);
            c = guard(1.0 + term / c);
            by = c * d;
            all *= by;
        }
        if (by - 1.0).abs() < 1e-15 {
            break;
        }
    }
    all
}

/// The t that |t| stays below with chance `share`, by halving.
pub fn within(share: f64, freedom: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    while two_sided(high, freedom) > 1.0 - share {
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if two_sided(middle, freedom) > 1.0 - share {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low + high) / 2.0
}

/// What paired differences say of their mean: the paired t test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paired {
    pub count: usize,
    pub mean: f64,
    /// The deviation of a single difference.
    pub spread: f64,
    /// Half of the interval that holds the mean with chance 0.95, were the differences normal.
    pub half: f64,
    /// The chance of a mean as far from 0, were there no difference.
    pub p: f64,
}

impl Paired {
    /// `None` of fewer than two differences.
    pub fn of(differences: &[f64]) -> Option<Self> {
        let moments = Moments::of(differences.iter().copied());
        let count = moments.count;
        (count > 1).then(|| {
            let freedom = (count - 1) as f64;
            let spread = (moments.variance * count as f64 / freedom).sqrt();
            let error = spread / (count as f64).sqrt();
            let p = match (error > 0.0, moments.mean == 0.0) {
                (true, _) => two_sided(moments.mean.abs() / error, freedom),
                (false, none) => f64::from(none),
            };
            Self { count, mean: moments.mean, spread, half: within(0.95, freedom) * error, p }
        })
    }

    /// Whether the interval leaves out 0.
    pub fn is_seen(&self) -> bool {
        self.mean.abs() > self.half
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tables of the t distribution, and its closed forms for one and two degrees of freedom.
    #[test]
    fn quantiles_are_those_of_the_tables() {
        for (freedom, t) in [(1.0, 12.7062047), (2.0, 4.30265273), (4.0, 2.77644511), (9.0, 2.26215716)] {
            assert!((within(0.95, freedom) - t).abs() < 1e-7, "{freedom}: {}", within(0.95, freedom));
        }
        assert!((within(0.95, 1e6) - 1.959966).abs() < 1e-5);
        for t in [0.0, 0.1, 1.0, 3.0, 40.0] {
            let one = 1.0 - 2.0 / std::f64::consts::PI * libm::atan(t);
            let two = 1.0 - t / (2.0 + t * t).sqrt();
            assert!(
                (two_sided(t, 1.0) - one).abs() < 1e-13 && (two_sided(t, 2.0) - two).abs() < 1e-13,
                "{t}"
            );
        }
    }

    /// Student's own example (1908, p. 20): hours of sleep gained by ten patients; t = 4.0621, p = 0.00283.
    #[test]
    fn students_sleepers_slept_longer() {
        let first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
        let second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        let differences: Vec<f64> = second.iter().zip(first).map(|(b, a)| b - a).collect();
        let paired = Paired::of(&differences).unwrap();
        assert!((paired.mean - 1.58).abs() < 1e-12 && (paired.p - 0.002832890).abs() < 1e-8, "{paired:?}");
        assert!((paired.mean - paired.half - 0.7001142).abs() < 1e-6 && paired.is_seen());
        assert!(!Paired::of(&[0.3, -0.2, 0.1]).unwrap().is_seen());
        assert_eq!(Paired::of(&[1.0]), None);
        assert_eq!(Paired::of(&[0.0, 0.0]).map(|paired| (paired.p, paired.is_seen())), Some((1.0, false)));
    }
}
