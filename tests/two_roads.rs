//! The lab of Γ through its links: the reference values that are known apart from it, and that no claim fails anywhere.
#![cfg(feature = "maths")]

use chailou::labs::{
    self,
    gamma::{claims, settings::Settings},
};
use chailou::runtime::readout::{Readout, Verdict};
use proptest::prelude::*;

fn claims_of(link: &str) -> Vec<Readout> {
    let parsed = labs::parse(&format!("v=2&lab=gamma&{link}"));
    assert!(parsed.warnings.is_empty(), "{link}: {:?}", parsed.warnings);
    claims::all(&Settings::of(&parsed.experiment))
}

fn claim(link: &str, id: &str) -> Readout {
    claims_of(link).into_iter().find(|one| one.id == id).unwrap_or_else(|| panic!("there is no {id}"))
}

fn value(link: &str, id: &str) -> f64 {
    claim(link, id).value.unwrap_or_else(|| panic!("{id} has no value at {link}"))
}

/// Quoted to so many digits: half a unit of the last one is allowed, and the project's own 1e-13.
fn is(link: &str, id: &str, known: f64, digits: i32) {
    let value = value(link, id);
    let allowed = known.abs().max(1e-300) * 0.5 * 10f64.powi(1 - digits) + (known.abs() * 1e-9).min(1e-15);
    assert!((value - known).abs() <= allowed, "{id} at {link}: {value}, not {known}");
}

#[test]
fn gamma_at_known_places() {
    for (z, re, im) in [
        ("re=0.5&im=0", 1.772453850906, 0.0),
        ("re=5.5&im=0", 52.342777784554, 0.0),
        ("re=1.461632144968&im=0", 0.885603194411, 0.0),
        ("re=0&im=1", -0.1549498283, -0.4980156681),
        ("re=1&im=1", 0.4980156681, -0.1549498283),
        ("re=0.5&im=1", 0.3006946173, -0.4249678794),
        ("re=0&im=2", 0.0099024401, -0.0759520013),
    ] {
        is(z, "gamma_re", re, 9);
        is(z, "gamma_im", im, 8);
    }
    is("re=-20.5&im=0", "gamma_re", -2.834656574391e-19, 12);
    is("re=170.6&im=0", "gamma_re", 9.295995953509e305, 12);
    is("re=1e-300&im=0", "gamma_re", 1e300, 12);
    let pole = claim("re=-3&im=0", "gamma_re");
    assert_eq!(pole.verdict, Verdict::Open);
    assert!(
        pole.note.en.contains("pole at −3") && pole.note.en.contains("−0.1666666667"),
        "{}",
        pole.note.en
    );
}

#[test]
fn the_two_roads() {
    for n in 1..9 {
        let sign = if n % 2 == 0 { 1.0 } else { -1.0 };
        let factorial: f64 = (1..=n).map(f64::from).product();
        is(&format!("n={n}"), "one_period_integral", sign / factorial, 12);
    }
    is("x=-1&n=7", "real_axis_sum", -7.0, 12);
    is("x=-2&n=7", "real_axis_sum", 3.5, 12);
    is("x=0.5&n=1", "real_axis_sum", 0.9311530215, 10);
    is("x=0.5&n=9", "real_axis_sum", 0.9311530215, 10);
    is("x=2.5&n=5", "real_axis_sum", 0.2657367764, 9);
    assert!(value("x=0.5&n=8", "real_axis_sum").abs() < 1e-12);
    for (omega, c, known) in
        [(0.0, 2.0, 2.3114547), (1.0, 0.5, 0.6835847), (1.0, 1.0, 1.1270406), (1.0, 2.0, 3.0636139)]
    {
        is(&format!("omega={omega}&c={c}"), "fourier_pair", known, 7);
    }
    is("omega=-1&c=1", "fourier_pair", 1.5999904, 7);
    is("", "constant", std::f64::consts::TAU, 13);
}

#[test]
fn the_rule_the_impostor_and_stirling() {
    for (link, known) in [
        ("re=1&im=0&h=1", 6.3034e-4),
        ("re=1&im=0&h=0.5", 1.8609e-8),
        ("re=1&im=0&h=0.25", 1.7829e-16),
        ("re=5&im=0&h=1", -0.215845),
        ("re=5&im=0&h=0.5", 1.20235e-3),
        ("re=5&im=0&h=0.25", 7.0954e-11),
    ] {
        is(link, "trapezoid_error", known, 5);
        is(link, "trapezoid_predicted", known, 5);
    }
    for (z, known) in [(2, 0.9595022), (5, 0.9834931), (10, 0.9917040)] {
        is(&format!("re={z}&im=0"), "stirling_ratio", known, 7);
    }
    is("re=0.75&im=0", "impostor_growth", 0.9, 13);
    is("re=1&im=1", "impostor_growth", 13.974 / 0.5215641, 4);
    is("re=1&im=3", "impostor_growth", 2.994e5 / 0.0390, 3);
    // f(1 + 3i) is one of the places of the strip.
    assert!(value("", "wielandt_bound") >= 2.9935e5);
    is("eps=0", "wielandt_bound", 1.0, 8);
    assert!(value("eps=0", "bohr_mollerup") > 0.0 && value("eps=0.02", "bohr_mollerup") < 0.0);
}

#[test]
fn only_the_two_solutions_solve_the_equation() {
    for function in ["gamma", "impostor"] {
        assert!(value(&format!("function={function}"), "functional_equation") < 1e-13);
    }
    for function in ["reciprocal", "ln", "psi"] {
        let claim = claim(&format!("function={function}"), "functional_equation");
        assert!(claim.value.unwrap() > 1e-3 && claim.verdict == Verdict::Holds, "{claim:?}");
    }
}

fn links() -> impl Strategy<Value = String> {
    let z = prop_oneof![
        (-8.0..8.0f64, -8.0..8.0f64),
        (-150.0..150.0f64, -150.0..150.0f64),
        (-9i32..20).prop_map(|n| (f64::from(n), 0.0)),
        (-1e-3..1e-3f64, -1e-3..1e-3f64),
    ];
    let rest = (1usize..61, -12.0..6.0f64, -4.0..8.0f64, -6.0..6.0f64, 0.1..2.0f64, -1.0..1.0f64, 0usize..5);
    (z, rest).prop_map(|((re, im), (n, x, c, omega, h, eps, function))| {
        let function = ["gamma", "reciprocal", "ln", "psi", "impostor"][function];
        format!("re={re}&im={im}&n={n}&x={x}&c={c}&omega={omega}&h={h}&eps={eps}&function={function}")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn no_claim_fails_anywhere(link in links()) {
        for claim in claims_of(&link) {
            let small = ["wielandt_bound", "bohr_mollerup", "functional_equation"].contains(&claim.id);
            // A lie too small to be seen on the part searched is not found out.
            prop_assert!(small || claim.verdict != Verdict::Fails, "{link}\n{claim:#?}");
            prop_assert!(claim.value.is_none_or(f64::is_finite), "{link}\n{claim:#?}");
        }
    }
}
