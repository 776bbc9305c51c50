//! Orders of convergence on a Gaussian, where the way of a point is known: how fast errors fall as steps multiply.

use chailou::diffusion::{
    level::Level,
    sampler::Sigma,
    schedule::{Schedule, ScheduleKind},
    solver::{Method, Solver},
    timegrid::{self, Spacing},
};

use crate::law::{Gaussian, Mixture, advance, descend};

/// From T to here, where noise is left, so that no method drops to order one for the step to 0.
const END: f64 = 20.0;

/// `steps` steps of equal ln σ.
fn grid(schedule: &Schedule, steps: usize) -> Vec<Level> {
    let (low, high) = (schedule.level(END).sigma().ln(), schedule.level(1000.0).sigma().ln());
    let sigma = |j: usize| (low + (high - low) * j as f64 / steps as f64).exp();
    (0..=steps).map(|j| schedule.level_of_sigma(sigma(j))).collect()
}

/// Where the probability flow takes `x`: along a coordinate axis it keeps (x − A m)/√D, D = A² s² + B².
fn exact(data: &Gaussian, x: &[f64], from: Level, to: Level) -> Vec<f64> {
    let (before, after) = (data.at(from), data.at(to));
    let spread = |g: &Gaussian, i: usize| g.covariance[2 * i].sqrt();
    (0..2).map(|i| after.mean[i] + (x[i] - before.mean[i]) / spread(&before, i) * spread(&after, i)).collect()
}

fn error(method: Method, schedule: &Schedule, steps: usize) -> f64 {
    let data = Gaussian { mean: [0.4, -0.2], covariance: [0.8, 0.0, 0.1] };
    let (levels, x, mixture) = (grid(schedule, steps), vec![1.3, -0.7], Mixture(vec![data]));
    let expected = exact(&data, &x, levels[steps], levels[0]);
    let found = descend(method, &levels, x, &mut |_| None, |x, at| mixture.denoise(x, at));
    found.iter().zip(expected).map(|(f, e)| (f - e).powi(2)).sum::<f64>().sqrt()
}

/// The slope between 256 and 1024 steps. UniPC's corrector raises the order of its predictor by one (Zhao et al.
/// 2023, theorem 3.1); its last step is not corrected, which costs no order.
#[test]
fn each_method_has_its_order() {
    let schedule = Schedule::new(ScheduleKind::Linear, 1000);
    for (id, order) in [
        ("ddim", 1.0),
        ("euler", 1.0),
        ("heun", 2.0),
        ("dpmpp2m", 2.0),
        ("dpmpp2s", 2.0),
        ("unipc", 3.0),
        ("deis", 2.0),
    ] {
        let method = Method::named(id, Sigma::Zero, 0.0).unwrap();
        let [few, many] = [256, 1024].map(|steps| error(method, &schedule, steps));
        let slope = (few / many).log2() / 2.0;
        println!("{id:8} error {few:.2e} -> {many:.2e}, order {slope:.3}");
        assert!((slope - order).abs() < 0.1, "{id}: order {slope:.3} instead of {order}");
    }
}

#[test]
fn euler_in_sigma_is_ddim_without_noise() {
    let schedule = Schedule::new(ScheduleKind::Su { c: 0.02 }, 1000);
    let mixture = Mixture::two();
    let levels = grid(&schedule, 12);
    let run = |method| {
        let start = vec![1.3, -0.7, 0.1, 0.2];
        descend(method, &levels, start, &mut |_| None, |x, at| mixture.denoise(x, at))
    };
    for (e, d) in run(Method::Euler).iter().zip(run(Method::Ddim(0.0))) {
        assert!((e - d).abs() < 1e-12, "{e} {d}");
    }
}

/// Inversion: up to the noise and down again. What is lost is the error of order one, so it halves with the step.
#[test]
fn euler_goes_up_as_well() {
    let schedule = Schedule::new(ScheduleKind::Linear, 1000);
    let mixture = Mixture::two();
    let there_and_back = |steps| {
        let levels = grid(&schedule, steps);
        let (start, mut solver) = (vec![0.8, -0.4, -1.0, 0.1], Solver::new(Method::Euler));
        let down = levels.windows(2).rev().map(|pair| (pair[1], pair[0]));
        let ways = levels.windows(2).map(|pair| (pair[0], pair[1])).chain(down);
        let end = ways.fold(start.clone(), |x, (from, to)| {
            let eps = mixture.denoise(&x, from);
            advance(&mut solver, &x, &eps, [from, to], None, |x, at| mixture.denoise(x, at))
        });
        end.iter().zip(start).map(|(e, s)| (e - s).powi(2)).sum::<f64>().sqrt()
    };
    let ratio = there_and_back(1000) / there_and_back(2000);
    assert!((ratio - 2.0).abs() < 0.1, "{ratio}");
}

#[test]
fn calls_are_counted_where_they_are_made() {
    let schedule = Schedule::new(ScheduleKind::Linear, 1000);
    let mixture = Mixture::two();
    for id in Method::IDS {
        let method = Method::named(id, Sigma::BetaTilde, 0.5).unwrap();
        assert_eq!((method.id(), method.is_random()), (id, id == "ddpm" || id == "ddim"));
        for budget in [1, 4, 7, 10] {
            let levels = timegrid::levels(&schedule, Spacing::Karras, method.steps_for(budget));
            let mut made = 0;
            descend(method, &levels, vec![0.5, 0.5], &mut |_| Some(vec![0.1, 0.2]), |x, at| {
                made += 1;
                mixture.denoise(x, at)
            });
            let claimed: usize = levels[..levels.len() - 1].iter().map(|to| method.calls(*to)).sum();
            assert_eq!(made, claimed, "{id}");
            // Heun's calls are odd: two a step but for the last.
            let unused = usize::from(id == "heun" && budget % 2 == 0);
            assert_eq!(made, budget - unused, "{id}");
        }
    }
}
