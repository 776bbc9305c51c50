//! What people type as a formula: every tree that is written is read as it was meant, and nothing at all breaks the reader.

use chailou::geometry::{
    abreast::ABREAST,
    expression::{Expression, LONGEST},
};
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

/// How a tree is written, with all parentheses, what it is worth, and how far rounding may have carried that: to first
/// order, every operation passes on the errors of its arguments times its slopes and adds half a unit in the last place.
#[derive(Clone, Debug)]
struct Tree {
    text: String,
    worth: f64,
    error: f64,
}

impl Tree {
    fn leaf(text: &str, worth: f64) -> Self {
        Self { text: text.to_owned(), worth, error: 0.0 }
    }

    fn new(text: String, worth: f64, inherited: f64) -> Self {
        Self { text, worth, error: inherited + f64::EPSILON * worth.abs() }
    }

    fn sum(x: &Self, y: &Self) -> Self {
        Self::new(format!("({} + {})", x.text, y.text), x.worth + y.worth, x.error + y.error)
    }

    fn difference(x: &Self, y: &Self) -> Self {
        Self::new(format!("({}−{})", x.text, y.text), x.worth - y.worth, x.error + y.error)
    }

    fn product(x: &Self, y: &Self) -> Self {
        let inherited = x.error * y.worth.abs() + y.error * x.worth.abs() + x.error * y.error;
        Self::new(format!("(({})({}))", x.text, y.text), x.worth * y.worth, inherited)
    }

    fn quotient(x: &Self, y: &Self) -> Self {
        let worth = x.worth / y.worth;
        Self::new(
            format!("({}/{})", x.text, y.text),
            worth,
            (x.error + worth.abs() * y.error) / y.worth.abs(),
        )
    }

    fn square(&self) -> Self {
        Self::new(
            format!("({})^2", self.text),
            self.worth * self.worth,
            self.error * (2.0 * self.worth.abs() + self.error),
        )
    }

    fn sin(&self) -> Self {
        Self::new(format!("sin({})", self.text), self.worth.sin(), self.error)
    }

    fn bell(&self) -> Self {
        let (square, worth) = (self.square(), (-self.worth * self.worth).exp());
        Self::new(format!("exp(-({})²)", self.text), worth, square.error * worth)
    }

    fn negative(&self) -> Self {
        Self { text: format!("(-{})", self.text), worth: -self.worth, error: self.error }
    }
}

fn trees() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        Just(Tree::leaf("u", 0.8)),
        Just(Tree::leaf("v", 1.3)),
        Just(Tree::leaf("a", 1.5)),
        Just(Tree::leaf("b", 0.7)),
        (0u32..1000).prop_map(|n| Tree::leaf(&format!("{}", f64::from(n) / 100.0), f64::from(n) / 100.0)),
    ];
    leaf.prop_recursive(5, 40, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(x, y)| Tree::sum(&x, &y)),
            (inner.clone(), inner.clone()).prop_map(|(x, y)| Tree::difference(&x, &y)),
            (inner.clone(), inner.clone()).prop_map(|(x, y)| Tree::product(&x, &y)),
            (inner.clone(), inner.clone()).prop_map(|(x, y)| Tree::quotient(&x, &y)),
            inner.clone().prop_map(|x| x.square()),
            inner.clone().prop_map(|x| x.sin()),
            inner.clone().prop_map(|x| x.bell()),
            inner.prop_map(|x| x.negative()),
        ]
    })
}

proptest! {
    #[test]
    fn every_tree_is_worth_what_it_says(tree in trees()) {
        let Tree { text, worth, error } = tree;
        prop_assume!(text.chars().count() <= LONGEST && worth.abs() < 1e6 && error.is_finite());
        let read = value(&text);
        prop_assert!((read - worth).abs() <= 4.0 * error, "{} {} {} {}", text, read, worth, error);
    }

    /// Exact derivatives against central differences, whose error is near 1e-8 of the third derivative, on trees that
    /// rounding leaves alone: it enters the second difference 10⁸-fold.
    #[test]
    fn derivatives_are_those_of_the_function(tree in trees()) {
        let Tree { text, worth, error } = tree;
        prop_assume!(text.chars().count() <= LONGEST && worth.abs() < 1e3 && error < 1e-12);
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

    /// Many places at once are what each is by itself, slopes too.
    #[test]
    fn abreast_is_one_by_one(tree in trees(), spread in 0.0..2.0f64, count in 1..=ABREAST) {
        prop_assume!(tree.text.chars().count() <= LONGEST && tree.error.is_finite());
        let e = Expression::known(&tree.text);
        let places: Vec<[f64; 2]> = (0..count).map(|i| [0.8 + spread * i as f64, 1.3 - spread * i as f64]).collect();
        let rows = e.abreast(&places, SLIDERS);
        for (i, place) in places.iter().enumerate() {
            let jet = e.near(*place, SLIDERS, 1);
            let (all, most) = ([rows[0][i], rows[1][i], rows[2][i]], jet.0.iter().fold(1.0f64, |most, x| most.max(x.abs())));
            // Where a number is not finite or a power too large for sums to agree, both say so.
            prop_assert_eq!(all.iter().all(|x| x.is_finite()), jet.is_finite(1), "{} at {:?}: {:?} {:?}", tree.text, place, all, jet);
            if jet.is_finite(1) && most < 1e6 && tree.error < 1e-9 {
                for (row, one) in all.into_iter().zip(jet.0) {
                    prop_assert!((row - one).abs() <= 1e-9 * most * most, "{} at {:?}: {row} {one}", tree.text, place);
                }
            }
        }
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
