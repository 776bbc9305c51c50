//! The learner of points: its row of weights is the network, and a step goes against the gradient.

use chailou::math::{normal::normals, philox::Stream};
use chailou::models::fused_mlp::{COUNT, FusedMlp, SIZES};
use chailou::train::learner::Learner;

fn weights() -> Vec<f32> {
    normals(1, Stream::Weights, 0, COUNT).into_iter().map(|z| 0.1 * z).collect()
}

/// Adam's first step moves every weight by the rate against its gradient's sign, whatever its size.
#[test]
fn the_first_step_goes_against_the_gradient() {
    let mut learner = Learner::new(weights());
    let (seen, target) = (normals(1, Stream::Check, 0, 64 * SIZES[0]), normals(1, Stream::Check, 2, 64 * 2));
    let loss = |weights: &[f32]| {
        let answer = FusedMlp::new(&SIZES, weights).answer(seen.clone());
        let gaps = answer.iter().zip(&target).map(|(a, t)| f64::from(a - t).powi(2));
        gaps.sum::<f64>() / target.len() as f64
    };
    let before = weights();
    let told = learner.learn(&seen, &target, 1e-3);
    assert!((f64::from(told) - loss(&before)).abs() < 1e-6);
    assert_eq!(learner.steps, 1);
    let mut found = 0;
    for i in (0..before.len()).step_by(997) {
        let nudged = |by: f32| {
            let mut weights = before.clone();
            weights[i] += by;
            loss(&weights)
        };
        let slope = (nudged(1e-2) - nudged(-1e-2)) / 2e-2;
        // Rounding of the loss is about 1e-7, so that of the slope 1e-5.
        if slope.abs() > 1e-4 {
            found += 1;
            let moved = f64::from(learner.weights[i] - before[i]);
            assert!((moved + 1e-3 * slope.signum()).abs() < 2e-5, "{i}: slope {slope}, moved {moved}");
        }
    }
    assert!(found > 15, "{found}");
}
