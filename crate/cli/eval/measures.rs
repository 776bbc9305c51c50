//! Three measures of samples: are they as varied as the real thing, readable, and not learnt by heart.

use crate::data::digits::{Digits, PIXELS};
use crate::math::frechet::Components;

/// Principal components that the Fréchet distance looks at.
const COMPONENTS: usize = 20;

/// Pictures with labels; 64 numbers each.
pub struct Pictures {
    pub values: Vec<f64>,
    pub labels: Vec<u8>,
}

impl From<&Digits> for Pictures {
    fn from(digits: &Digits) -> Self {
        let values = digits.pixels().into_iter().map(f64::from).collect();
        Self { values, labels: digits.labels.clone() }
    }
}

impl Pictures {
    fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.values.chunks_exact(PIXELS)
    }

    /// The share whose nearest picture among `known` has the same label, and the mean distance to it.
    pub fn read_by(&self, known: &Pictures) -> (f64, f64) {
        let (mut right, mut sum) = (0, 0.0);
        for (row, label) in self.rows().zip(&self.labels) {
            let distances = known.rows().map(|other| distance(row, other));
            let (nearest, d) =
                distances.enumerate().min_by(|a, b| a.1.total_cmp(&b.1)).expect("there are known pictures");
            right += usize::from(known.labels[nearest] == *label);
            sum += d;
        }
        let count = self.labels.len() as f64;
        (right as f64 / count, sum / count)
    }

    /// Mean distance of each picture to the nearest other one.
    pub fn nearest_other(&self) -> f64 {
        let nearest = self.rows().enumerate().map(|(i, row)| {
            let others = self.rows().enumerate().filter(|(j, _)| *j != i);
            others.map(|(_, other)| distance(row, other)).fold(f64::INFINITY, f64::min)
        });
        nearest.sum::<f64>() / self.labels.len() as f64
    }
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

/// The first principal components of some pictures.
pub struct Space(Components);

impl Space {
    pub fn fit(pictures: &Pictures) -> Self {
        Self(Components::fit(&pictures.values, PIXELS, COMPONENTS))
    }

    /// The squared Fréchet distance on these components.
    pub fn frechet(&self, a: &Pictures, b: &Pictures) -> f64 {
        self.0.gaussian(&a.values).distance_squared(&self.0.gaussian(&b.values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn halves() -> (Pictures, Pictures) {
        let (training, held_out) = Digits::parse(include_str!("../../data/digits.csv")).unwrap().split();
        (Pictures::from(&training), Pictures::from(&held_out))
    }

    /// Computed independently with numpy (SVD for the components).
    #[test]
    fn real_digits_have_the_known_distances() {
        let (training, held_out) = halves();
        let space = Space::fit(&training);
        assert!((space.frechet(&training, &held_out) - 0.631_355_218).abs() < 1e-8);
        assert!(space.frechet(&training, &training).abs() < 1e-9);
        let (right, distance) = held_out.read_by(&training);
        assert!((distance - 2.311_309_910).abs() < 1e-8 && (right - 0.955_555_556).abs() < 1e-8);
        assert!((training.nearest_other() - 2.069_290_013).abs() < 1e-8);
    }
}
