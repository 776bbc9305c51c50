//! Γ and its kin against values of high precision made apart from them, and against the laws that they obey.

use std::f64::consts::PI;

use chailou::math::{
    complex::{Complex, complex},
    gamma::{Pole, digamma, euler, fourier, gamma, ln_gamma, quick, reciprocal},
};
use proptest::prelude::*;
use serde_json::Value as Json;

/// Relative to the size of the complex number. The project promises 1e-13; measured here are 1.4e-15 for Γ and 1/Γ and 8e-15 for
/// the others, and a tenfold slip in any term shows.
const PROMISE: f64 = 1e-14;

fn golden() -> Json {
    serde_json::from_str(include_str!("golden/gamma.json")).unwrap()
}

fn pair(json: &Json) -> Option<Complex> {
    Some(complex(json.get(0)?.as_f64()?, json.get(1)?.as_f64()?))
}

fn off(value: Complex, exact: Complex) -> f64 {
    (value - exact).abs() / exact.abs().max(f64::MIN_POSITIVE)
}

/// The largest error of `value` against the column `name`, and that a hundred rows have one.
fn worst(name: &str, value: impl Fn(Complex) -> Complex, error: impl Fn(Complex, Complex) -> f64) {
    let (mut worst, mut count) = ((0.0, Complex::ZERO), 0);
    for row in golden()["points"].as_array().unwrap() {
        let part = |i: usize| row["z"][i].as_str().unwrap().parse::<f64>().unwrap();
        let z = complex(part(0), part(1));
        let Some(exact) = pair(&row[name]) else { continue };
        count += 1;
        let error = error(value(z), exact);
        assert!(error <= PROMISE, "{name}({z:?}) = {:?}, not {exact:?}: off by {error:e}", value(z));
        if error > worst.0 {
            worst = (error, z);
        }
    }
    println!("{name}: {count} values, off by {:e} at most, at {:?}", worst.0, worst.1);
    assert!(count > 100, "{name}: only {count} values");
}

#[test]
fn the_golden_values_of_mpmath() {
    worst("gamma", |z| gamma(z).unwrap(), off);
    worst("reciprocal", reciprocal, off);
    // Where ln Γ crosses 0 its error is that of the numbers it is made of.
    let absolute = |value: Complex, exact: Complex| (value - exact).abs() / exact.abs().max(1.0);
    worst("ln", ln_gamma, absolute);
    worst("psi", |z| digamma(z).unwrap(), absolute);
}

#[test]
fn a_picture_is_exact_to_a_billionth() {
    for row in golden()["points"].as_array().unwrap() {
        let part = |i: usize| row["z"][i].as_str().unwrap().parse::<f64>().unwrap();
        let (z, Some(exact)) = (complex(part(0), part(1)), pair(&row["gamma"])) else { continue };
        if z.abs() < 1e-100 {
            continue; // Its square is no double, and no picture is that fine.
        }
        let quick = quick::ln_gamma(z);
        assert!((quick.re - exact.ln().re).abs() <= 1e-9 * exact.ln().re.abs().max(1.0), "{z:?}: {quick:?}");
        let turned = libm::remainder(quick.im - exact.arg(), 2.0 * PI);
        assert!(turned.abs() <= 1e-9 * quick.im.abs().max(1.0), "{z:?}: {turned}");
    }
}

#[test]
fn poles_are_named_and_have_their_residues() {
    for n in 0..30 {
        let z = complex(-f64::from(n), 0.0);
        assert_eq!(gamma(z), Err(Pole { n: f64::from(n) }));
        assert_eq!(digamma(z), Err(Pole { n: f64::from(n) }));
        assert_eq!(reciprocal(z), Complex::ZERO);
        // Γ(−n + δ) δ is the residue up to δ.
        let near = gamma(complex(-f64::from(n), 1e-9)).unwrap() * complex(0.0, 1e-9);
        let residue = Pole { n: f64::from(n) }.residue();
        assert!((near.re / residue - 1.0).abs() < 1e-7, "{n}: {near:?}, {residue}");
    }
    assert_eq!(Pole::at(complex(-1.0, 1e-300)), None);
    assert_eq!(gamma(complex(-1e17, 0.0)), Err(Pole { n: 1e17 }));
}

#[test]
fn factorials_that_are_doubles_are_exact() {
    let mut factorial = 1.0;
    for n in 1..=22 {
        assert_eq!(gamma(complex(f64::from(n), 0.0)), Ok(complex(factorial, 0.0)));
        factorial *= f64::from(n);
    }
}

#[test]
fn the_logarithm_does_not_jump() {
    // Along vertical lines left of 0 the principal logarithm of Γ would jump many times.
    for x in [-9.5, -3.25, 0.1, 4.0] {
        let step = 0.01;
        let line = (50..4000).map(|k| ln_gamma(complex(x, step * f64::from(k))));
        for (k, (one, next)) in line.clone().zip(line.skip(1)).enumerate() {
            assert!((next - one).abs() < 0.1, "at {x} + {} i", step * k as f64);
        }
    }
}

#[test]
fn the_error_of_the_trapezoid_rule_is_seen_far_below_the_last_place_of_gamma() {
    for rule in golden()["trapezoid"].as_array().unwrap() {
        let [z, h, exact] = [0, 1, 2].map(|i| rule[i].as_f64().unwrap());
        let size = gamma(complex(z, 0.0)).unwrap().re;
        let measured = euler::RuleErrors::of(z).at(h);
        assert!(
            (measured - exact).abs() <= 1e-12 * exact.abs() + 1e-28 * size,
            "{z}, {h}: {measured}, {exact}"
        );
        let predicted = euler::predicted(complex(z, 0.0), h).re;
        assert!((predicted - exact).abs() <= 1e-11 * exact.abs(), "{z}, {h}: {predicted}, {exact}");
    }
}

#[test]
fn the_real_road_returns_residues() {
    for n in 0..12 {
        let residue = fourier::residue(f64::from(n));
        assert!((fourier::one_period(-f64::from(n)) - residue).abs() < 1e-15, "{n}");
        assert!(fourier::one_period(f64::from(n + 1)).abs() < 1e-15, "{n}");
    }
    // Between the poles odd N give ±0.9311530215 at ½ and ±0.2657367764 at 2½, in turns, and even N nothing.
    for (x, odd) in [(0.5, 0.9311530215), (2.5, 0.2657367764)] {
        for periods in 1..8 {
            let expected = [0.0, odd, 0.0, -odd][periods % 4];
            assert!((fourier::partial(x, periods) - expected).abs() < 1e-10, "{x}, {periods}");
        }
    }
    assert!(
        (fourier::partial(-1.0, 5) + 5.0).abs() < 1e-12 && (fourier::partial(-2.0, 5) - 2.5).abs() < 1e-12
    );
}

#[test]
fn the_imaginary_road_arrives() {
    let table = [(0.0, 1.0, 2.3114547), (1.0, 0.5, 0.6835847), (1.0, 2.0, 3.0636139), (-1.0, 0.5, 2.6379382)];
    for (omega, c, known) in table {
        let along = fourier::along(c, omega).unwrap();
        assert!((along - known).abs() < 1e-7, "{omega}, {c}: {along}");
    }
    // Also left of poles, which then lack in the series.
    for (c, omega) in [(-0.5, 0.3), (-1.5, -0.7), (-2.25, 1.2), (3.0, -2.0), (0.05, 0.0), (9.5, 2.5)] {
        let (along, exact) = (fourier::along(c, omega).unwrap(), fourier::along_exactly(c, omega));
        let size = gamma(complex(c, 0.0)).unwrap().abs();
        assert!(
            (along - exact).abs() < 1e-13 * size.max(exact.abs()) * 8.0,
            "{c}, {omega}: {along}, {exact}"
        );
    }
    assert_eq!(fourier::along(-1.0, 0.0), Err(Pole { n: 1.0 }));
}

fn places() -> impl Strategy<Value = Complex> {
    (-30.0..60.0f64, -40.0..40.0f64).prop_map(|(re, im)| complex(re, im))
}

/// Off the lattice of poles: Γ is as ill to a change of its argument as the nearest one is near.
fn far(z: Complex) -> bool {
    complex(z.re - libm::rint(z.re), z.im).abs() > 1e-2
}

proptest! {
    #[test]
    fn it_solves_the_functional_equation(z in places()) {
        prop_assume!(far(z));
        let [here, next] = [z, z + Complex::ONE].map(|z| gamma(z).unwrap());
        // z + 1 is rounded: the slope of ln Γ carries that on.
        prop_assert!(off(next, z * here) < 2e-13, "{z:?}");
    }

    #[test]
    fn the_conjugate_of_the_argument_gives_the_conjugate(z in places()) {
        prop_assume!(far(z));
        prop_assert_eq!(gamma(z.conj()).unwrap(), gamma(z).unwrap().conj());
        prop_assert_eq!(ln_gamma(z.conj()), ln_gamma(z).conj());
    }

    #[test]
    fn reflection(z in places()) {
        prop_assume!(far(z) && z.im.abs() < 30.0);
        let product = gamma(z).unwrap() * gamma(Complex::ONE - z).unwrap() * z.sin_pi();
        prop_assert!(off(product, complex(PI, 0.0)) < 1e-12, "{z:?}: {product:?}");
    }

    #[test]
    fn duplication(z in places()) {
        prop_assume!(far(z.scale(2.0)));
        let whole = [z, z + complex(0.5, 0.0)].map(ln_gamma);
        let rest = (complex(1.0, 0.0) - z.scale(2.0)).scale(std::f64::consts::LN_2);
        let left = whole[0] + whole[1];
        let right = rest + complex(0.5 * libm::log(PI), 0.0) + ln_gamma(z.scale(2.0));
        // Each side may have gone round another number of times.
        let gap = left - right;
        let turns = libm::rint(gap.im / (2.0 * PI));
        let size = left.abs().max(10.0);
        prop_assert!(complex(gap.re, gap.im - 2.0 * PI * turns).abs() < 1e-13 * size, "{z:?}: {gap:?}");
    }

    #[test]
    fn the_reciprocal_is_the_reciprocal_and_the_logarithm_the_logarithm(z in places()) {
        prop_assume!(far(z));
        let value = gamma(z).unwrap();
        prop_assert!(off(value * reciprocal(z), Complex::ONE) < 1e-13);
        prop_assert!(off(ln_gamma(z).exp(), value) < 1e-12, "{z:?}");
    }

    #[test]
    fn euler_s_integral_is_gamma(re in 0.01..60.0f64, im in -60.0..60.0f64) {
        let z = complex(re, im);
        let value = gamma(z).unwrap();
        let size = gamma(complex(re, 0.0)).unwrap().re;
        prop_assert!((euler::integral(z) - value).abs() < 1e-12 * size, "{z:?}");
    }

    #[test]
    fn psi_is_the_slope_of_the_logarithm(z in places()) {
        prop_assume!(far(z) && complex(z.re - libm::rint(z.re), z.im).abs() > 0.1);
        let d = 1e-5;
        let slope = (ln_gamma(z + complex(d, 0.0)) - ln_gamma(z - complex(d, 0.0))).scale(0.5 / d);
        prop_assert!((slope - digamma(z).unwrap()).abs() < 1e-6 * z.abs().max(1.0), "{z:?}");
    }

    #[test]
    fn both_roads_sum_as_their_series_say(x in -12.0..6.0f64, periods in 1usize..30) {
        let gap = fourier::partial(x, periods) - fourier::partial_series(x, periods);
        prop_assert!(gap.abs() < 1e-11 * periods as f64, "{x}, {periods}: {gap}");
    }
}

#[test]
fn nothing_anywhere_is_no_number() {
    for re in [-1e300, -1e5, -171.5, -0.5, 0.5, 3.0, 180.0, 1e6, 1e300] {
        for im in [0.0, 1e-300, 1.0, 700.0, 1e6] {
            let z = complex(re, im);
            let value = gamma(z).unwrap_or(Complex::ZERO);
            assert!(!value.re.is_nan() && !value.im.is_nan(), "Γ({z:?}) = {value:?}");
        }
    }
}

/// Where 1 − z is no double, what it lacks counts: here 7e-14 of Γ. By mpmath, at these very doubles.
#[test]
fn what_one_minus_z_loses_is_not_lost() {
    for (z, exact) in [(-127.3, 3.009_092_618_274_591_5e-214), (-127.7, 4.320_670_983_862_612_7e-215)] {
        let value = gamma(complex(z, 0.0)).unwrap().re;
        assert!((value / exact - 1.0).abs() < PROMISE, "Γ({z}) = {value:e}, not {exact:e}");
    }
}

#[test]
fn beyond_all_doubles_gamma_is_infinite_to_the_right_and_nothing_elsewhere() {
    assert_eq!(gamma(complex(1e120, 0.0)).unwrap().re, f64::INFINITY);
    assert_eq!(reciprocal(complex(1e120, 0.0)).re, 0.0);
    assert_eq!(gamma(complex(0.5, 1e120)).unwrap().abs(), 0.0);
}

/// The impostor solves the same equation because its factor has period 1, and is seen half-way between two whole numbers.
#[test]
fn the_impostors_factor_has_period_one() {
    for (z, factor) in [(0.25, 1.1), (0.5, 1.0), (0.75, 0.9), (3.0, 1.0)] {
        for shift in [0.0, 1.0, -7.0] {
            let found = fourier::impostor_factor(complex(z + shift, 0.0), 0.1);
            assert!((found.re - factor).abs() < 1e-14 && found.im == 0.0, "{z} + {shift}: {found:?}");
        }
    }
}
