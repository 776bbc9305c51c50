//! With the exact score every sampler has to reach the exact law: mean, covariance and shape.

use chailou::diffusion::{
    sampler::Sigma,
    schedule::{Schedule, ScheduleKind},
    solver::Method,
    timegrid::{Spacing, levels},
};
use chailou::math::wasserstein::sliced_w2;

use crate::law::{Gaussian, Mixture, advance, descend, measured, noise};

const POINTS: usize = 4000;
/// Pairs of sets of real data that the floor is measured on.
const PAIRS: u32 = 24;

fn samples(method: Method, data: &Mixture, spacing: Spacing, steps: usize) -> Vec<f64> {
    let schedule = Schedule::new(ScheduleKind::Linear, 1000);
    let levels = levels(&schedule, spacing, steps);
    let start = noise(0, 2 * POINTS);
    let fresh = &mut |from: chailou::diffusion::level::Level| Some(noise(1 + from.t as u32, 2 * POINTS));
    descend(method, &levels, start, fresh, |x, at| data.denoise(x, at))
}

/// Steps enough for the bias of the discretisation to be small beside the band of the draws: as many as there are
/// times for the methods of order one, a tenth of them for the others.
fn cases() -> Vec<(Method, Spacing, usize)> {
    let first = [Method::Ddpm(Sigma::Beta), Method::Ddpm(Sigma::BetaTilde), Method::Ddim(0.0), Method::Euler];
    let first = first.into_iter().chain([Method::Ddim(0.5), Method::Ddim(1.0)]);
    let second = [Method::Heun, Method::DpmPp2M, Method::DpmPp2S, Method::UniPc2, Method::Deis2].into_iter();
    first.map(|m| (m, Spacing::Uniform, 1000)).chain(second.map(|m| (m, Spacing::Karras, 100))).collect()
}

/// Sliced W2 of the points left of the middle, and of those right of it, in the mean: how many lie on which side is
/// the mean's affair and would blur the shape.
fn distance(a: &[f64], b: &[f64]) -> f64 {
    let side = |points: &[f64], right: bool| -> Vec<f64> {
        points.chunks_exact(2).filter(|p| (p[0] > 0.0) == right).flatten().copied().collect()
    };
    [false, true].map(|right| sliced_w2(&side(a, right), &side(b, right))).iter().sum::<f64>() / 2.0
}

#[test]
fn every_sampler_reaches_the_exact_law() {
    let laws = [
        ("round", Mixture(vec![Gaussian::ROUND])),
        ("long", Mixture(vec![Gaussian::LONG])),
        ("two", Mixture::two()),
    ];
    for (name, data) in laws {
        let expected = data.moments();
        let fresh = data.draw(5000, POINTS);
        // What two sets of real data lie apart: mean and deviation over pairs.
        let pair = |i| distance(&data.draw(5000 + 2 * i, POINTS), &data.draw(5001 + 2 * i, POINTS));
        let apart: Vec<f64> = (1..=PAIRS).map(pair).collect();
        let mean = apart.iter().sum::<f64>() / f64::from(PAIRS);
        let squares: f64 = apart.iter().map(|w| (w - mean).powi(2)).sum();
        let deviation = (squares / f64::from(PAIRS - 1)).sqrt();
        for (method, spacing, steps) in cases() {
            let points = samples(method, &data, spacing, steps);
            let (found, error) = measured(&points);
            let what = format!("{method:?} on {name}");
            for i in 0..2 {
                let gap = (found.mean[i] - expected.mean[i]) / error.mean[i];
                assert!(gap.abs() < 5.0, "{what}: mean {i} is {gap:.1} standard errors off");
            }
            for i in 0..3 {
                let gap = (found.covariance[i] - expected.covariance[i]) / error.covariance[i];
                assert!(gap.abs() < 5.0, "{what}: covariance {i} is {gap:.1} standard errors off");
            }
            let w2 = distance(&points, &fresh);
            println!("{what}: W2 {w2:.4}, floor {mean:.4} ± {deviation:.4}");
            assert!(w2 < mean + 5.0 * deviation, "{what}: W2 {w2:.4}, real data {mean:.4} ± {deviation:.4}");
        }
    }
}

/// What the random and the fixed ways have in common: the same arguments give the same bits.
#[test]
fn the_same_noise_gives_the_same_samples() {
    let data = Mixture::two();
    for (method, spacing, _) in cases() {
        assert_eq!(samples(method, &data, spacing, 7), samples(method, &data, spacing, 7), "{method:?}");
    }
}

/// A memory that was stored and put back goes on as if nothing had happened, and a fresh one does not.
#[test]
fn a_memory_can_be_handed_over() {
    use chailou::diffusion::solver::Solver;
    let (data, schedule) = (Mixture::two(), Schedule::new(ScheduleKind::Linear, 1000));
    let levels = levels(&schedule, Spacing::Uniform, 10);
    let denoise = |x: &Vec<f64>, at| data.denoise(x, at);
    for id in Method::IDS {
        let method = Method::named(id, Sigma::Zero, 0.0).unwrap();
        let run = |renew: fn(Solver<Vec<f64>>) -> Solver<Vec<f64>>| {
            let (mut solver, mut x) = (Solver::new(method), vec![1.0, -0.4]);
            for pair in levels.windows(2).rev() {
                let eps = denoise(&x, pair[1]);
                x = advance(&mut solver, &x, &eps, [pair[1], pair[0]], None, denoise);
                solver = renew(solver);
            }
            x
        };
        let (straight, stored) = (run(|s| s), run(|s| Solver { method: s.method, memory: s.memory.clone() }));
        assert_eq!(straight, stored, "{id}");
        let remembers = ["dpmpp2m", "dpmpp2s", "unipc", "deis"].contains(&id);
        assert_eq!(run(|s| Solver::new(s.method)) != straight, remembers, "{id}");
    }
}
