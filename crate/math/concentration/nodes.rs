//! The standard normal law as places and weights: Gauss–Legendre on panels that end where a formula changes.

/// Places in [−1, 1] and weights of the rule of eight.
const RULE: [(f64, f64); 4] = [
    (0.183_434_642_495_649_8, 0.362_683_783_378_362),
    (0.525_532_409_916_329, 0.313_706_645_877_887_3),
    (0.796_666_477_413_626_7, 0.222_381_034_453_374_5),
    (0.960_289_856_497_536_2, 0.101_228_536_290_376_3),
];

/// ∫ from `low` to `high` as places and weights, on panels no wider than `width`.
pub fn panels(low: f64, high: f64, width: f64) -> Vec<(f64, f64)> {
    let count = ((high - low) / width).ceil().max(1.0) as usize;
    let half = (high - low) / (2.0 * count as f64);
    let panel = |k: usize| {
        let middle = low + (2 * k + 1) as f64 * half;
        RULE.into_iter()
            .flat_map(move |(x, w)| [(middle - half * x, half * w), (middle + half * x, half * w)])
    };
    (0..count).flat_map(panel).collect()
}

/// [`panels`] that end at `kink` too, if it lies between.
pub fn split(low: f64, high: f64, width: f64, kink: Option<f64>) -> Vec<(f64, f64)> {
    match kink.filter(|kink| low < *kink && *kink < high) {
        Some(kink) => [panels(low, kink, width), panels(kink, high, width)].concat(),
        None => panels(low, high, width),
    }
}

/// [`split`], with ever smaller panels towards the kink: right also for what changes over small distances there.
pub fn graded(low: f64, high: f64, width: f64, kink: Option<f64>) -> Vec<(f64, f64)> {
    let Some(kink) = kink.filter(|kink| low < *kink && *kink < high) else { return panels(low, high, width) };
    let near = [0.0, 1.0 / 256.0, 1.0 / 64.0, 1.0 / 16.0, 1.0 / 4.0].map(|share| share * width);
    let mut ends: Vec<f64> = near.iter().flat_map(|far| [kink - far, kink + far]).collect();
    ends.retain(|end| low < *end && *end < high);
    ends.extend([low, high]);
    ends.sort_unstable_by(f64::total_cmp);
    ends.dedup();
    ends.windows(2).flat_map(|pair| panels(pair[0], pair[1], width)).collect()
}

/// The density of N(0, 1).
pub fn density(x: f64) -> f64 {
    libm::exp(-x * x / 2.0) / (2.0 * std::f64::consts::PI).sqrt()
}

/// How much of N(0, 1) lies below x.
pub fn below(x: f64) -> f64 {
    libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_law_has_its_moments_with_and_without_a_kink() {
        for kink in [None, Some(0.3), Some(40.0)] {
            for all in [split(-10.0, 10.0, 0.75, kink), graded(-10.0, 10.0, 0.75, kink)] {
                for (power, known) in [(0, 1.0), (1, 0.0), (2, 1.0), (4, 3.0), (6, 15.0)] {
                    let moment: f64 = all.iter().map(|(x, w)| w * density(*x) * x.powi(power)).sum();
                    assert!((moment - known).abs() < 1e-12, "{kink:?} x^{power}: {moment}");
                }
                let part: f64 = all.iter().filter(|(x, _)| *x < 0.3).map(|(x, w)| w * density(*x)).sum();
                assert!(kink != Some(0.3) || (part - below(0.3)).abs() < 1e-14);
            }
        }
    }
}
