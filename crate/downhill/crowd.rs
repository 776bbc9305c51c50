//! Pairs that push apart when they are near and pull together when they are far: W(z) = z⁴/4 − R² z²/2, least where two stand R apart.
//!
//! W is a polynomial, so what all the others do to one is told by their first moments: no sum over pairs is needed.

/// Mean and central moments of a crowd.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crowd {
    pub mean: f64,
    /// Of (x − mean)², (x − mean)³ and (x − mean)⁴.
    pub moments: [f64; 3],
}

impl Crowd {
    /// Of masses, 1 in all, and where they are.
    pub fn of(all: impl Iterator<Item = (f64, f64)> + Clone) -> Self {
        let mean = all.clone().map(|(mass, x)| mass * x).sum();
        let mut moments = [0.0; 3];
        for (mass, x) in all {
            let away = x - mean;
            let square = away * away;
            for (sum, power) in moments.iter_mut().zip([square, square * away, square * square]) {
                *sum += mass * power;
            }
        }
        Self { mean, moments }
    }

    /// ∫ W(x − y) q(y) dy, less what is the same for all x.
    pub fn potential(&self, x: f64, apart: f64) -> f64 {
        let (d, [second, third, _]) = (x - self.mean, self.moments);
        let square = d * d;
        (square * square + 6.0 * square * second - 4.0 * d * third) / 4.0 - apart * apart * square / 2.0
    }

    /// Its slope.
    pub fn slope(&self, x: f64, apart: f64) -> f64 {
        let (d, [second, third, _]) = (x - self.mean, self.moments);
        d * d * d + (3.0 * second - apart * apart) * d - third
    }

    /// ½ ∬ W(x − y) q(x) q(y).
    pub fn energy(&self, apart: f64) -> f64 {
        let [second, _, fourth] = self.moments;
        (fourth + 3.0 * second * second) / 4.0 - apart * apart * second / 2.0
    }
}
