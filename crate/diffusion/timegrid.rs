//! Which of the T times a sampler visits.

/// S + 1 times 0 = t_0 < t_1 < … < t_S = T, evenly spaced and rounded; S is at most T.
pub fn uniform(last: usize, steps: usize) -> Vec<usize> {
    let steps = steps.clamp(1, last);
    (0..=steps).map(|j| (2 * j * last + steps) / (2 * steps)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_rises_from_nothing_to_the_end() {
        for (last, steps) in [(1000, 50), (1000, 1000), (7, 7), (10, 3), (4000, 999), (5, 9), (1, 1)] {
            let times = uniform(last, steps);
            assert_eq!(times.len(), steps.min(last) + 1);
            assert_eq!((times[0], *times.last().unwrap()), (0, last));
            assert!(times.windows(2).all(|w| w[0] < w[1]));
        }
    }
}
