//! What people type as a formula: every tree that is written is read as it was meant, and nothing at all breaks the reader.

use chailou::geometry::expression::{Expression, LONGEST};
use proptest::prelude::*;

const SLIDERS: [f64; 3] = [1.5, 0.7, -0.5];

fn value(text: &str) -> f64 {
    Expression::read(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}")).at([0.8, 1.3], SLIDERS)
}

fn same(text: &str, other: &str) {
    let (a, b) = (value(text), value(other));
    assert!((a - b).abs() <= 1e-14 * (1.0 + b.abs()), "{text} is {a}, {other} is {b}");
}

#[track_caller]
fn refused(text: &str, at: usize, word: &str) {
    let fault = Expression::read(text).expect_err(text);
    assert!(fault.at == at && fault.en.contains(word) && !fault.zh.is_empty(), "{text}: {fault:?}");
}

#[test]
fn it_is_read_as_mathematics_is_written() {
    same("2u", "2*u");
    same("2 u v", "2*u*v");
    same("uv", "u*v");
    same("2uv²", "2*u*v*v");
    same("u^-1", "1/u");
    same("u^-2v", "v/u^2");
    same("-u^2", "0-(u*u)");
    same("2^3^2", "512");
    same("(2u)(3v)", "6uv");
    same("sin u", "sin(u)");
    same("sin 2u", "sin(2*u)");
    same("2sin u cos v", "2*sin(u)*cos(v)");
    same("sin^2 u + cos²u", "1");
    same("sin(u)^2", "sin(u)*sin(u)");
    same("sin u^2", "sin(u^2)");
    same("sin -u", "-sin(u)");
    same("u − v", "u - v");
    same("u·v × 2 ÷ 4", "u*v/2");
    same("1/2u", "0.5*u");
    same("a u + b", "1.5*u + 0.7");
    same("pi", "π");
    same("e^u", "exp(u)");
    same("1e-3u", "u/1000");
    same("2e", "2*e");
    same("u**2", "u^2");
    same("x^2+y^2", "u^2+v^2");
    same("+u", "u");
    same("--u", "u");
    same("u--v", "u+v");
    same("ln(e^2)", "2");
    same("arctan(1)*4", "pi");
    same("[u + (v)]", "u+v");
    same("u^(v+1)", "exp((v+1)*ln u)");
    same(".5u", "u/2");
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    refused("", 0, "no formula");
    refused("   ", 0, "no formula");
    refused("u +", 3, "missing");
    refused("u + * v", 4, "missing");
    refused("(u + v", 0, "never closed");
    refused("u + v)", 5, "closes none");
    refused("sin", 3, "missing");
    refused("u + w", 4, "\"w\"");
    refused("foo(u)", 0, "\"foo\"");
    refused("u # v", 2, "#");
    refused("1.2.3", 0, "no number");
    refused("1e999", 0, "too large");
    refused("NaN", 0, "NaN");
    refused("u^", 2, "missing");
    refused("()", 1, "missing");
    refused("u; drop", 1, ";");
    refused("θ", 0, "θ");
    refused(&"u+".repeat(5000), LONGEST, "10000");
    refused(&"(".repeat(LONGEST), 49, "nested");
    refused(&"-".repeat(LONGEST), 49, "nested");
    refused(&"u^".repeat(LONGEST / 2), 2 * 48 + 2, "nested");
    refused(&"sin ".repeat(LONGEST / 4), 4 * 48 + 4, "nested");
}

#[test]
fn what_has_no_value_is_not_finite() {
    for text in ["1/(u-u)", "ln(-1)", "sqrt(-1)", "0/0*u", "(-2)^0.5", "tan(pi/2)/0", "asin(2)", "exp(1e4)"] {
        assert!(!Expression::known(text).at([0.8, 1.3], SLIDERS).is_finite(), "{text}");
    }
    // |u| has no slope at 0, and says so.
    assert!(!Expression::known("abs u").near([0.0, 0.0], SLIDERS, 1).is_finite(1));
    assert!(Expression::known("u^2").near([0.0, 0.0], SLIDERS, 3).is_finite(3));
}

/// A tree with what it is worth and how it is written, with all parentheses.
fn trees() -> impl Strategy<Value = (String, f64)> {
    let leaf = prop_oneof![
        Just(("u".to_owned(), 0.8)),
        Just(("v".to_owned(), 1.3)),
        Just(("a".to_owned(), 1.5)),
        Just(("b".to_owned(), 0.7)),
        (0u32..1000).prop_map(|n| (format!("{}", f64::from(n) / 100.0), f64::from(n) / 100.0)),
    ];
    leaf.prop_recursive(5, 40, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|((x, p), (y, q))| (format!("({x} + {y})"), p + q)),
            (inner.clone(), inner.clone()).prop_map(|((x, p), (y, q))| (format!("({x}−{y})"), p - q)),
            (inner.clone(), inner.clone()).prop_map(|((x, p), (y, q))| (format!("(({x})({y}))"), p * q)),
            (inner.clone(), inner.clone()).prop_map(|((x, p), (y, q))| (format!("({x}/{y})"), p / q)),
            inner.clone().prop_map(|(x, p)| (format!("({x})^2"), p * p)),
            inner.clone().prop_map(|(x, p)| (format!("sin({x})"), p.sin())),
            inner.clone().prop_map(|(x, p)| (format!("exp(-({x})²)"), (-p * p).exp())),
            inner.prop_map(|(x, p)| (format!("(-{x})"), -p)),
        ]
    })
}

proptest! {
    #[test]
    fn every_tree_is_worth_what_it_says((text, worth) in trees()) {
        prop_assume!(text.chars().count() <= LONGEST && worth.abs() < 1e6);
        let read = value(&text);
        prop_assert!((read - worth).abs() <= 1e-9 * (1.0 + worth.abs()) || read.is_nan() && worth.is_nan(), "{} {} {}", text, read, worth);
    }

    /// Exact derivatives against central differences, whose error is near 1e-8 of the third derivative.
    #[test]
    fn derivatives_are_those_of_the_function((text, worth) in trees()) {
        prop_assume!(text.chars().count() <= LONGEST && worth.abs() < 1e3);
        let e = Expression::known(&text);
        let jet = e.near([0.8, 1.3], SLIDERS, 3);
        prop_assume!(jet.is_finite(3) && jet.0.iter().all(|t| t.abs() < 1e3));
        let h = 1e-4;
        let at = |u: f64, v: f64| e.at([0.8 + u, 1.3 + v], SLIDERS);
        let first = (at(h, 0.0) - at(-h, 0.0)) / (2.0 * h);
        let mixed = (at(h, h) - at(h, -h) - at(-h, h) + at(-h, -h)) / (4.0 * h * h);
        prop_assert!((first - jet.derivative([1, 0])).abs() < 1e-3, "{text}: {first} {jet:?}");
        prop_assert!((mixed - jet.derivative([1, 1])).abs() < 1e-2, "{text}: {mixed} {jet:?}");
    }

    #[test]
    fn any_text_gets_an_answer(text in "\\PC{0,80}") {
        if let Err(fault) = Expression::read(&text) {
            prop_assert!(fault.at <= text.chars().count() && !fault.en.is_empty() && !fault.zh.is_empty());
        }
    }

    #[test]
    fn any_formula_like_text_gets_an_answer(text in "[uvab0-9+*/^() .sincoexp²−-]{0,420}") {
        if let Ok(read) = Expression::read(&text) {
            let _ = read.near([0.3, 0.4], SLIDERS, 3);
        }
    }
}
