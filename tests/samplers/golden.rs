//! Every step of every sampler against tests/golden/samplers.json, which diffusers confirms.

use chailou::diffusion::{
    level::Level,
    prediction::Prediction,
    sampler::Sigma,
    schedule::{Schedule, ScheduleKind},
    solver::{Method, Solver},
    timegrid::{Spacing, levels},
};
use serde_json::Value;

use crate::law::advance;

/// Both sides compute in double precision; x̂_0 divides by A_T = 0.006, which costs two digits.
const TOLERANCE: f64 = 1e-10;

fn golden() -> Value {
    serde_json::from_str(include_str!("../golden/samplers.json")).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

fn assert_close(value: &[f64], expected: &[f64], what: &str) {
    assert_eq!(value.len(), expected.len(), "{what}");
    for (v, e) in value.iter().zip(expected) {
        assert!((v - e).abs() <= TOLERANCE * e.abs().max(1.0), "{what}: {value:?} is not {expected:?}");
    }
}

/// ε in `x` when the data are N(1, 0.3²) or N(−1, 0.3²), each half of the time.
fn denoise(x: &[f64], Level { a, b, .. }: Level) -> Vec<f64> {
    let variance = 0.3f64.powi(2);
    let d = a * a * variance + b * b;
    let clean = |x: f64| (a * variance * x + b * b * (a * x / d).tanh()) / d;
    x.iter().map(|&x| (x - a * clean(x)) / b).collect()
}

fn method(case: &Value) -> Method {
    let sigma = match case["sigma"].as_str() {
        Some("beta") => Sigma::Beta,
        Some("zero") => Sigma::Zero,
        _ => Sigma::BetaTilde,
    };
    Method::named(case["method"].as_str().unwrap(), sigma, case["eta"].as_f64().unwrap_or(0.0)).unwrap()
}

#[test]
fn every_step_has_the_numbers_of_diffusers() {
    let golden = golden();
    let schedule = Schedule::new(ScheduleKind::Linear, 1000);
    let mut seen = std::collections::BTreeSet::new();
    for case in golden["cases"].as_array().unwrap() {
        let method = method(case);
        seen.insert(method.id());
        let levels: Vec<Level> = numbers(&case["times"]).into_iter().map(|t| schedule.level(t)).collect();
        let (mut solver, mut x) = (Solver::new(method), numbers(&golden["start"]));
        for (j, pair) in levels.windows(2).enumerate() {
            let z = numbers(&golden["noise"][j]);
            let eps = denoise(&x, pair[0]);
            x = advance(&mut solver, &x, &eps, [pair[0], pair[1]], Some(&z), |x, at| denoise(x, at));
            assert_close(&x, &numbers(&case["states"][j]), &format!("{method:?} step {j}"));
        }
    }
    assert_eq!(seen.len(), Method::IDS.len());
}

#[test]
fn the_grids_are_those_of_diffusers() {
    let grids = &golden()["grids"];
    let schedule = Schedule::new(ScheduleKind::Linear, 1000);
    for spacing in [Spacing::Trailing, Spacing::Linspace] {
        for (steps, expected) in grids[spacing.id()].as_object().unwrap() {
            let levels = levels(&schedule, spacing, steps.parse().unwrap());
            let times: Vec<f64> = levels.iter().rev().map(|level| level.t).collect();
            assert_eq!(times, numbers(expected), "{spacing:?} {steps}");
        }
    }
    let levels = levels(&schedule, Spacing::Karras, 10);
    let row = |of: fn(&Level) -> f64| levels[1..].iter().rev().map(of).collect::<Vec<_>>();
    assert_close(&row(Level::sigma), &numbers(&grids["karras"]["sigmas"]), "sigmas");
    assert_close(&row(|level| level.t), &numbers(&grids["karras"]["times"]), "times");
}

#[test]
fn the_predictions_are_those_of_diffusers() {
    let golden = golden();
    let schedule = Schedule::new(ScheduleKind::Linear, 1000);
    let (x, eps) = (numbers(&golden["start"]), numbers(&golden["noise"][0]));
    for row in golden["predictions"].as_array().unwrap() {
        let level = schedule.level(row["t"].as_f64().unwrap());
        for (prediction, name) in [(Prediction::Sample, "sample"), (Prediction::Velocity, "velocity")] {
            let expected = numbers(&row[name]);
            assert_close(&prediction.from_eps(&eps, &x, level), &expected, name);
            assert_close(&prediction.to_eps(&expected, &x, level), &eps, name);
        }
    }
}
