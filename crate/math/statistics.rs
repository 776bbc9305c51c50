//! Means, variances, correlations and medians of plain numbers.

/// Mean and population variance, by Welford's one-pass recurrence.
#[derive(Clone, Copy, Debug, Default)]
pub struct Moments {
    pub count: usize,
    pub mean: f64,
    pub variance: f64,
}

impl Moments {
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let (mut count, mut mean, mut squares) = (0usize, 0.0, 0.0);
        for value in values {
            count += 1;
            let delta = value - mean;
            mean += delta / count as f64;
            squares += delta * (value - mean);
        }
        let variance = if count == 0 { 0.0 } else { squares / count as f64 };
        Self { count, mean, variance }
    }

    pub fn deviation(&self) -> f64 {
        self.variance.sqrt()
    }
}

/// Mean of x·y; for centred variables this is their covariance.
pub fn mean_product(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>() / x.len() as f64
}

/// Root mean square of a difference.
pub fn rms_gap(x: &[f32], y: &[f32]) -> f64 {
    let sum: f64 = x.iter().zip(y).map(|(x, y)| f64::from(x - y).powi(2)).sum();
    (sum / x.len() as f64).sqrt()
}

/// The middle of `values`, `None` if there are none.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => None,
        n if n % 2 == 1 => Some(sorted[n / 2]),
        n => Some((sorted[n / 2 - 1] + sorted[n / 2]) / 2.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_one_to_five() {
        let moments = Moments::of([1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!((moments.count, moments.mean, moments.variance), (5, 3.0, 2.0));
    }

    #[test]
    fn the_median_of_an_even_number_lies_between_the_middle_two() {
        assert_eq!(median(&[4.0, 1.0, 3.0, 2.0]), Some(2.5));
        assert_eq!(median(&[]), None);
    }
}
