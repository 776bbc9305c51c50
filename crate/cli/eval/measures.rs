//! Three measures of samples: are they as varied as the real thing, readable, and not learnt by heart.

use crate::math::frechet::Components;

/// Pictures with labels, at least one, all of one size.
pub struct Pictures {
    values: Vec<f64>,
    labels: Vec<u8>,
}

impl Pictures {
    /// `values` of one picture after another.
    pub fn new(values: &[f32], labels: Vec<u8>) -> Self {
        Self { values: values.iter().map(|&v| f64::from(v)).collect(), labels }
    }

    pub fn count(&self) -> usize {
        self.labels.len()
    }

    /// Numbers a picture.
    fn size(&self) -> usize {
        self.values.len() / self.labels.len()
    }

    fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.values.chunks_exact(self.size())
    }

    /// What is left of the pictures on the axes of `space`.
    pub fn seen_in(&self, space: &Space) -> Self {
        Self { values: space.0.places(&self.values), labels: self.labels.clone() }
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
    pub fn fit(pictures: &Pictures, components: usize) -> Self {
        Self(Components::fit(&pictures.values, pictures.size(), components))
    }

    /// The variance of `pictures` along all axes together.
    pub fn variance(&self, pictures: &Pictures) -> f64 {
        self.0.gaussian(&pictures.values).covariance.trace()
    }

    /// The Fréchet distance on these components.
    pub fn frechet(&self, a: &Pictures, b: &Pictures) -> f64 {
        self.0.gaussian(&a.values).distance(&self.0.gaussian(&b.values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::digits::Digits;

    fn halves() -> (Pictures, Pictures) {
        let (training, held_out) = Digits::parse(include_str!("../../data/digits.csv")).unwrap().split();
        let pictures = |digits: Digits| Pictures::new(&digits.pixels(), digits.labels);
        (pictures(training), pictures(held_out))
    }

    /// Computed independently with numpy (SVD for the components).
    #[test]
    fn real_digits_have_the_known_distances() {
        let (training, held_out) = halves();
        let space = Space::fit(&training, 20);
        assert!((space.frechet(&training, &held_out) - 0.631_355_218).abs() < 1e-8);
        assert!(space.frechet(&training, &training).abs() < 1e-9);
        let (right, distance) = held_out.read_by(&training);
        assert!((distance - 2.311_309_910).abs() < 1e-8 && (right - 0.955_555_556).abs() < 1e-8);
        assert!((training.nearest_other() - 2.069_290_013).abs() < 1e-8);
    }

    /// 40 pictures of 64 pixels: the short way to the components (by products of pictures) and the long one
    /// (by products of pixels, on the same pictures twice over, which changes no direction) agree.
    #[test]
    fn both_ways_to_the_components_agree() {
        let (training, held_out) = halves();
        let few = Pictures { values: training.values[..40 * 64].to_vec(), labels: vec![0; 40] };
        let twice = Pictures { values: few.values.repeat(2), labels: vec![0; 80] };
        let (short, long) = (Space::fit(&few, 10), Space::fit(&twice, 10));
        let (a, b) = (held_out.seen_in(&short), held_out.seen_in(&long));
        assert_eq!(a.values.len(), 360 * 10);
        // An axis may point either way.
        assert!(a.values.iter().zip(&b.values).all(|(a, b)| (a.abs() - b.abs()).abs() < 1e-8));
    }
}
