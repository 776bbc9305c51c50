//! The fast exact denoiser says what the exact one says, in one piece or in many.

use chailou::diffusion::{
    exact::Mixture,
    exact_denoiser::ExactDenoiser,
    schedule::{Schedule, ScheduleKind},
};

fn su() -> Schedule {
    Schedule::new(ScheduleKind::Su { c: 0.02 }, 1000)
}

/// f32 against f64, at the levels where each part dominates.
#[test]
fn the_fast_one_says_what_the_exact_one_says() {
    let centres: Vec<[f32; 2]> =
        (0..40).map(|i| [(f64::from(i) * 0.7).sin(), (f64::from(i) * 1.3).cos()].map(|x| x as f32)).collect();
    let points: Vec<[f32; 2]> =
        (0..90).map(|i| [(i % 10) as f32 * 0.4 - 1.8, (i / 10) as f32 * 0.4 - 1.6]).collect();
    for spread in [0.0, 0.15] {
        let exact = ExactDenoiser::new(&centres, spread);
        let host = Mixture::new(centres.iter().map(|c| c.map(f64::from)).collect(), spread);
        for t in [1.0, 12.0, 150.0, 600.0, 1000.0] {
            let level = su().level(t);
            let eps = exact.eps(&points.concat(), level);
            for (x, eps) in points.iter().zip(eps.chunks_exact(2)) {
                let expected = host.eps(x.map(f64::from), level);
                // |d| ≤ 4 is known to 3e-7, so ln p_i to 4 · 3e-7/v, which moves the mean by less than
                // two points' distance times that, and ε by that over B; halfway between two points the
                // f32 answer may choose otherwise, which the bound allows for.
                let v = (level.a * spread).powi(2) + level.b.powi(2);
                let band = 2e-6 + 4e-6 / v.powf(1.5);
                for k in 0..2 {
                    let gap = (f64::from(eps[k]) - expected[k]).abs();
                    assert!(gap < band.min(0.05 / level.b), "t {t} s {spread} {x:?}: {gap}");
                }
            }
        }
    }
}

#[test]
fn chunks_are_one_answer() {
    let centres: Vec<[f32; 2]> = (0..1 << 21).map(|i| [i as f32 * 1e-6, 1.0]).collect();
    let exact = ExactDenoiser::new(&centres, 0.0);
    let level = su().level(500.0);
    let rows = [[0.1, 0.2], [-0.3, 1.0], [0.7, 0.5]];
    let together = exact.eps(&rows.concat(), level);
    let alone = exact.eps(&rows[2..].concat(), level);
    assert_eq!(together[4..], alone[..]);
}
