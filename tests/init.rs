//! The lab of beginnings: its reference values, its laws, and that what is measured meets what is expected of it.
#![cfg(feature = "maths")]

use chailou::labs::{
    self,
    init::{claims, settings::Parametrisation, state::Born},
};
use chailou::runtime::readout::{Readout, Verdict};
use chailou::signal::{
    activation::{Activation, SELU, Shape, bent},
    attention::{self, Scaling},
    ladder::{self, Kind, Plan},
    law::{Law, cut_variance, kept},
    moments::{self, Evening},
    stack::{self, Batch, Factor, Size, Stack, Weights, moment},
};
use serde_json::Value as Json;
use std::rc::Rc;

#[track_caller]
fn close(value: f64, known: f64, open: f64) {
    assert!((value - known).abs() <= open, "{value}, not {known} ± {open}");
}

fn lab(link: &str) -> Born {
    let parsed = labs::parse(&format!("v=2&lab=init&{link}"));
    assert!(parsed.warnings.is_empty(), "{link}: {:?}", parsed.warnings);
    Born::open(&parsed.experiment)
}

/// The claims of the view of a link, at the state that it names.
fn claims_of(link: &str) -> Vec<Readout> {
    let lab = lab(link);
    let parsed = labs::parse(&format!("v=2&lab=init&{link}"));
    let at = parsed.experiment.at.unwrap_or(0).min(lab.settings.length());
    claims::all(&lab, at, 0)
}

fn claim(link: &str, id: &str) -> Readout {
    claims_of(link).into_iter().find(|one| one.id == id).unwrap_or_else(|| panic!("there is no {id}"))
}

fn value(link: &str, id: &str) -> f64 {
    claim(link, id).value.unwrap_or_else(|| panic!("{id} has no value at {link}"))
}

/// Numbers of `tests/golden/init.py`.
fn golden(name: &str) -> Vec<Json> {
    let all: Json = serde_json::from_str(include_str!("golden/init.json")).unwrap();
    all[name].as_array().unwrap().clone()
}

fn number(json: &Json, key: &str) -> f64 {
    json[key].as_f64().unwrap()
}

fn numbers(json: &Json) -> Vec<f64> {
    json.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

fn shape(word: &str) -> Shape {
    match word {
        "linear" => Shape::Linear,
        "relu" => Shape::Relu,
        "leaky" => Shape::Leaky,
        "elu" => Shape::Elu(1.0),
        "selu" => Shape::Selu,
        "gelu" => Shape::Gelu,
        "gelutanh" => Shape::GeluTanh,
        "silu" => Shape::Silu,
        "tanh" => Shape::Tanh,
        "sigmoid" => Shape::Sigmoid,
        "softplus" => Shape::Softplus,
        "relu2" => Shape::Relu2,
        "mish" => Shape::Mish,
        other => panic!("{other}"),
    }
}

const SMALL: &str = "width=16&depth=3";

#[test]
fn activations_have_the_moments_of_the_article() {
    for (word, moment, mean, gain) in [
        ("relu", 0.5, Some(0.3989423), Some(std::f64::consts::SQRT_2)),
        ("tanh", 0.394_294_490_4, Some(0.0), Some(1.5925374)),
        ("sigmoid", 0.293_379_035_9, Some(0.5), Some(1.8462285)),
        ("gelu", 0.425_221_482_6, Some(0.2820948), Some(1.5335304)),
        ("gelutanh", 0.425_193_711_0, None, None),
        ("silu", 0.355_775_519_8, Some(0.2066210), Some(1.6765325)),
        ("elu", 0.644_945_417_5, Some(0.1605206), Some(1.2451983)),
        ("softplus", 0.921_245_908_9, Some(0.8060592), None),
        ("relu2", 1.5, Some(0.5), None),
        ("leaky", 0.52, None, None),
        ("mish", 0.452_342_192_4, Some(0.2404039), None),
        ("selu", 1.0, Some(0.0), Some(1.0)),
    ] {
        let link = format!("view=truncation&activation={word}");
        close(value(&link, "activation_moment"), moment, 1e-9);
        if let Some(mean) = mean {
            close(value(&link, "activation_mean"), mean, 0.51e-7);
        }
        if let Some(gain) = gain {
            close(value(&link, "activation_gain"), gain, 0.51e-7);
        }
    }
    for one in golden("moments") {
        let passed = Activation::plain(shape(one["activation"].as_str().unwrap())).passed(1.0);
        close(passed.moment, number(&one, "moment"), 1e-9);
        close(passed.mean, number(&one, "mean"), 1e-9);
    }
}

#[test]
fn a_cut_leaves_the_variance_of_its_closed_form() {
    let link = "view=truncation&truncate=2";
    close(value(link, "truncation_variance"), 0.773_741_303_5, 1e-9);
    close(value(link, "truncation_deviation"), 0.879_625_661_0, 1e-9);
    close(value(link, "truncation_correction"), 1.136_847_234_3, 1e-9);
    close(value(link, "truncation_kept"), 0.954_499_736_1, 1e-9);
    for one in golden("cuts") {
        let (cut, variance) = (number(&one, "cut"), number(&one, "variance"));
        close(cut_variance(cut), variance, 1e-9);
        assert!(kept(cut) <= 1.0);
    }
    // Article 8747: BERT's 0.02 is 0.0175925, about half of 1/√768.
    close(0.02 * cut_variance(2.0).sqrt(), 0.0175925, 0.51e-7);
    close(0.02 * cut_variance(2.0).sqrt() * 768f64.sqrt(), 0.487_538, 0.51e-6);
}

#[test]
fn selu_appears_where_elu_is_bent_and_every_activation_can_be_tuned() {
    let [alpha, scale] = bent();
    close(scale, 1.050_700_987_355, 1e-12);
    close(alpha, 1.673_263_242_354, 1e-12);
    close(alpha, SELU[1], 1e-13);
    let bent = Activation { shape: Shape::Elu(alpha), scale, shift: 0.0 }.passed(1.0);
    close(bent.mean, 0.0, 1e-12);
    close(bent.moment, 1.0, 1e-12);
    for word in ["relu", "elu", "gelu", "sigmoid", "mish", "relu2"] {
        let [shift, scale] = Activation::plain(shape(word)).tuned().unwrap();
        let tuned = Activation { shape: shape(word), scale, shift }.passed(1.0);
        close(tuned.mean, 0.0, 1e-12);
        close(tuned.moment, 1.0, 1e-12);
        let link = format!("view=truncation&activation={word}");
        close(value(&link, "tuned_shift"), shift, 1e-12);
        close(value(&link, "tuned_scale"), scale, 1e-12);
    }
    let typed = "view=truncation&activation=typed&z=1.050700987355*(x%2Babs(x))/2";
    close(value(typed, "activation_moment"), 1.050_700_987_355f64.powi(2) / 2.0, 1e-9);
}

#[test]
fn the_variance_map_has_the_values_of_the_article() {
    for (link, at, known) in [
        ("activation=linear&rule=truncated", 5, 0.2773185),
        ("activation=linear&rule=truncated", 10, 0.0769056),
        ("activation=linear&rule=truncated", 20, 0.0059145),
        ("activation=linear&rule=truncated", 50, 2.690e-6),
        ("activation=relu", 20, 9.537e-7),
        ("activation=gelu", 5, 3.363e-3),
        ("activation=gelu", 10, 3.313e-6),
        ("activation=gelu", 20, 3.159e-12),
        ("activation=tanh", 5, 0.1034406),
        ("activation=tanh", 10, 0.0522001),
        ("activation=tanh", 20, 0.0259020),
        ("activation=tanh", 50, 0.0102193),
        ("activation=sigmoid", 50, 0.264_686_875_2),
    ] {
        let found = value(&format!("width=8&{link}&at={at}"), "second_moment_theory");
        // Quoted to so many digits.
        let digits = if known > 1e-2 { 1e-7 } else { known * 2e-4 };
        close(found, known, digits);
    }
    close(value("width=8&activation=relu&at=20", "second_moment_theory"), libm::exp2(-20.0), 1e-12);
    close(
        value("width=8&activation=linear&rule=truncated&at=10", "second_moment_theory"),
        cut_variance(2.0).powi(10),
        1e-9,
    );
    close(value("width=8&activation=relu&rule=he&at=50", "second_moment_theory"), 1.0, 1e-9);
    close(
        value("width=8&activation=linear&rule=corrected&truncate=1&at=50", "second_moment_theory"),
        1.0,
        1e-9,
    );
    for one in golden("depths") {
        let activation = Activation::plain(shape(one["activation"].as_str().unwrap()));
        let known = numbers(&one["moments"]);
        let map = moments::map(&activation, Evening::None, &vec![number(&one, "gain"); known.len()], 64);
        for (layer, known) in map.iter().zip(known) {
            close(layer.passed.moment, known, 1e-9 * known.max(1e-3));
        }
    }
    // No gain makes sigmoid or tanh keep one; relu asks for √2, on He's rule for nothing.
    assert_eq!(claim("activation=sigmoid&width=8", "flat_gain").value, None);
    assert_eq!(claim("activation=tanh&width=8", "flat_gain").value, None);
    close(value("activation=relu&width=8", "flat_gain"), 2f64.sqrt(), 1e-9);
    close(value("activation=relu&rule=he&width=8", "flat_gain"), 1.0, 1e-9);
    close(value("activation=sigmoid&scale=1.846228472&width=8", "flat_gain"), 1.0, 1e-6);
}

/// Everything measured lies within five deviations of what is expected, whatever the rule, the norm and the seed.
#[test]
fn what_is_measured_is_what_is_expected() {
    let links = [
        "activation=relu&at=10&width=128&depth=12",
        "activation=relu&rule=he&at=20&width=256&depth=20",
        "activation=linear&rule=truncated&at=10&width=128&depth=12",
        "activation=linear&rule=orthogonal&at=12&width=64&depth=12",
        "activation=gelu&rule=corrected&truncate=1&gain=1.4&at=9&width=128&depth=12",
        "activation=tanh&rule=glorot&gain=2&at=12&width=128&depth=12",
        "activation=sigmoid&at=5&width=64&depth=12",
        "activation=silu&normalise=rms&at=12&width=128&depth=12",
        "activation=gelu&normalise=layer&at=3&width=128&depth=12",
        "activation=selu&parametrisation=ntk&at=12&width=128&depth=12",
        "activation=relu&rule=he&parametrisation=mup&at=12&width=128&depth=12",
        "activation=elu&scale=1.2&shift=0.16&at=7&width=128&depth=12",
        "view=truncation&truncate=0.7&activation=softplus",
        "view=truncation&truncate=3&activation=leaky&scale=0.5&shift=0.3",
        "view=attention&d=64&n=64",
        "view=attention&d=16&n=200&scaling=root",
        "view=attention&d=100&n=64&scaling=inside",
        "view=attention&d=1&n=10",
        "view=residual&norm=post&at=12&depth=12&width=128",
        "view=residual&norm=post&at=20&depth=24&width=256&alpha=0.5&activation=gelu",
        "view=residual&norm=pre&at=12&depth=12&width=128",
        "view=residual&norm=rezero&alpha=0.3&at=12&depth=12&width=128&activation=silu",
        "view=residual&norm=deepnorm&at=18&depth=18&width=128",
        "view=residual&norm=sandwich&at=9&depth=12&width=128&activation=tanh",
    ];
    for link in links {
        for seed in [1, 2, 3] {
            for one in claims_of(&format!("{link}&seed={seed}")) {
                if one.value.is_some() {
                    assert_eq!(one.verdict, Verdict::Holds, "{link} seed {seed}: {one:?}");
                }
            }
        }
    }
}

#[test]
fn other_views_are_measured_when_asked_and_nothing_is_said_twice() {
    let lab = lab(&format!("{SMALL}&n=16&d=4"));
    assert!(claims::all(&lab, 0, 0).iter().all(|one| one.id != "logit_sd"));
    let mut ids: Vec<_> = claims::all(&lab, 0, 4).iter().map(|one| one.id).collect();
    for id in ["logit_sd", "truncation_variance", "postnorm_weight", "second_moment", "identity_at_start"] {
        assert!(ids.contains(&id), "{id}");
    }
    ids.sort_unstable();
    assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{ids:?}");
}

/// A stack of settings of one's own.
struct Own {
    size: Size,
    words: Rc<Vec<Vec<u16>>>,
    activation: Activation,
    evening: Evening,
    weights: Weights,
    factor: Factor,
}

impl Own {
    fn new(activation: Shape, evening: Evening, orthogonal: bool, [width, layers]: [usize; 2]) -> Self {
        let size = Size { width, layers, seed: 5 };
        let table = Rc::new(Law::Normal.table());
        let weights = if orthogonal { Weights::Orthogonal(table) } else { Weights::Each(table) };
        let factor = Factor { inside: 1.2 / (width as f64).sqrt(), outside: 1.0 };
        Self {
            size,
            words: stack::drawn(size),
            activation: Activation::plain(activation),
            evening,
            weights,
            factor,
        }
    }

    fn stack(&self) -> Stack<'_> {
        Stack {
            size: self.size,
            words: &self.words,
            weights: self.weights.clone(),
            factors: vec![self.factor; self.size.layers],
            activation: &self.activation,
            evening: self.evening,
        }
    }
}

/// Σ g·x_L in doubles.
fn loss(stack: &Stack<'_>, x: &Batch, g: &Batch) -> f64 {
    let layers = stack.forward(x);
    let last = &layers[layers.len() - 1].after;
    last.iter().zip(g.iter()).map(|(x, g)| f64::from(*x) * f64::from(*g)).sum()
}

#[test]
fn gradients_are_those_of_finite_differences() {
    for (activation, evening, orthogonal) in [
        (Shape::Tanh, Evening::None, false),
        (Shape::Gelu, Evening::None, true),
        (Shape::Silu, Evening::Rms, false),
        (Shape::Tanh, Evening::Layer, true),
    ] {
        let own = Own::new(activation, evening, orthogonal, [24, 4]);
        let stack = own.stack();
        let (x, g) = (stack::normal_batch(own.size, 0, true), stack::normal_batch(own.size, 1, false));
        let gradient = stack.gradient(&stack.forward(&x), &g);
        let way = stack::normal_batch(own.size, 2, false);
        let slope: f64 = gradient.iter().zip(way.iter()).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum();
        let step = 2e-3f32;
        let apart = loss(&stack, &(&x + &way * step), &g) - loss(&stack, &(&x - &way * step), &g);
        close(
            apart / (2.0 * f64::from(step)),
            slope,
            5e-3 * gradient.norm() as f64 * way.norm() as f64 / 24.0,
        );
        // What is measured at layer 0 is the size of this gradient.
        let measured = stack.measure(&x, &stack.forward(&x), &g);
        close(measured[0].gradient, moment(&gradient).sqrt(), 1e-6);
    }
}

#[test]
fn a_gradient_by_a_weight_is_what_moving_the_weights_does() {
    // All weights of all layers grow by a share: Σ w ∂ℓ/∂w, which for a linear stack is L ℓ.
    let own = Own::new(Shape::Linear, Evening::None, false, [16, 3]);
    let stack = own.stack();
    let (x, g) = (stack::normal_batch(own.size, 0, true), stack::normal_batch(own.size, 1, false));
    let gradient = stack.gradient(&stack.forward(&x), &g);
    let through: f64 = gradient.iter().zip(x.iter()).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum();
    close(through, loss(&stack, &x, &g), 1e-4 * through.abs());
}

#[test]
fn orthogonal_layers_keep_lengths_and_turn_back() {
    let mut own = Own::new(Shape::Linear, Evening::None, true, [37, 12]);
    own.factor = Factor { inside: 1.0 / 37f64.sqrt(), outside: 1.0 };
    let stack = own.stack();
    let x = stack::normal_batch(own.size, 0, false);
    let layers = stack.forward(&x);
    for layer in &layers {
        for (a, b) in layer.after.column_iter().zip(x.column_iter()) {
            assert!((a.norm() / b.norm() - 1.0).abs() < 1e-5);
        }
    }
    // Its transpose is its inverse, so the gradient of what came out is what went in.
    let back = stack.gradient(&layers, &layers[11].after);
    assert!((&back - &x).norm() < 1e-4 * x.norm());
    // Any matrix as likely as any other: entries have mean 0 and variance 1/m, also in the last column.
    let size = Size { width: 32, layers: 60, seed: 9 };
    let table = Weights::Orthogonal(Rc::new(Law::Normal.table()));
    let one = Factor { inside: 1.0 / 32f64.sqrt(), outside: 1.0 };
    let matrices = stack::drawn(size);
    let identity = Batch::identity(32, 32);
    for (i, j) in [(0, 0), (5, 31), (31, 31), (31, 0)] {
        let entries: Vec<f64> = matrices
            .iter()
            .map(|words| f64::from(table.times(words, one, &identity, false)[(i, j)]))
            .collect();
        let mean = entries.iter().sum::<f64>() / 60.0;
        let square = entries.iter().map(|x| x * x).sum::<f64>() / 60.0;
        assert!(mean.abs() < 5.0 / (32.0f64 * 60.0).sqrt(), "{i} {j}: {mean}");
        close(square * 32.0, 1.0, 5.0 * (2.0f64 / 60.0).sqrt());
    }
}

#[test]
fn ntk_and_standard_parametrisation_are_the_same_function_at_another_speed() {
    let m = 64usize;
    for link in
        ["activation=gelu&rule=lecun", "activation=relu&rule=he", "activation=tanh&rule=orthogonal&gain=1.5"]
    {
        let lab = lab(&format!("{link}&width={m}&depth=6"));
        let run = |parametrisation| {
            lab.stacked(parametrisation, |stack, x| {
                let layers = stack.forward(x);
                let g = stack::normal_batch(stack.size, 1, true);
                (stack.measure(x, &layers, &g), layers[5].after.clone())
            })
        };
        let ((one, last), (other, same)) = (run(Parametrisation::Standard), run(Parametrisation::Ntk));
        assert!((&last - &same).norm() < 1e-4 * last.norm(), "{link}");
        for (a, b) in one.iter().zip(&other).skip(1) {
            close(b.gradient / a.gradient, 1.0, 1e-4);
            // A gradient by a weight is smaller by the factor that stands before the product.
            let factor = (lab.settings.asked() / m as f64).sqrt();
            close(b.weight_gradient / a.weight_gradient, factor, 1e-4 * factor);
        }
    }
    // A step of 0.01: one per cent of a weight of size one, 32 % of one of 1/√1024; here 1/√256.
    close(value("parametrisation=ntk&width=256&depth=1", "adam_step"), 0.01, 1e-12);
    close(value("width=256&depth=1", "adam_step"), 0.16, 1e-12);
    close(0.01 * 1024f64.sqrt(), 0.32, 1e-12);
    assert_eq!(claim("parametrisation=ntk&width=32&depth=9", "same_function").verdict, Verdict::Holds);
    assert_eq!(claim("parametrisation=mup&width=32&depth=9", "same_function").verdict, Verdict::Holds);
    assert_eq!(claim("width=32&depth=9", "same_function").verdict, Verdict::Open);
    // muP: the last layer is √m smaller.
    let standard = value("activation=linear&width=64&depth=4&at=4", "second_moment");
    let smaller = value("activation=linear&width=64&depth=4&at=4&parametrisation=mup", "second_moment");
    close(standard / smaller, 64.0, 1e-3);
}

#[test]
fn a_norm_makes_even() {
    let own = |evening| Own::new(Shape::Linear, evening, false, [4, 1]);
    let line = Batch::from_row_slice(1, 4, &[1.0, 2.0, 3.0, 4.0]).transpose();
    // With weights that are the identity, up to the order of nothing: the norm of [1, 2, 3, 4].
    let even = |evening| {
        let own = own(evening);
        let mut words = vec![32_768u16; 16];
        // The table is taken as it is: a one and a zero.
        let mut table = vec![0f32; 1 << 16];
        table[1] = 1.0;
        words.fill(0);
        (0..4).for_each(|i| words[5 * i] = 1);
        let stack = Stack {
            size: own.size,
            words: &[words],
            weights: Weights::Each(Rc::new(table)),
            factors: vec![Factor { inside: 1.0, outside: 1.0 }],
            activation: &own.activation,
            evening,
        };
        stack.forward(&line)[0].after.iter().map(|x| f64::from(*x)).collect::<Vec<_>>()
    };
    for (found, known) in even(Evening::Layer).iter().zip([-1.3416408, -0.4472136, 0.4472136, 1.3416408]) {
        close(*found, known, 2e-7);
    }
    for (found, known) in even(Evening::Rms).iter().zip([0.3651484, 0.7302967, 1.0954451, 1.4605935]) {
        close(*found, known, 2e-7);
    }
}

#[test]
fn softmax_over_normal_logits_is_exact() {
    for one in golden("pairs") {
        let found = attention::expected(2, number(&one, "sd"));
        close(found.largest, number(&one, "largest"), 2e-4);
        close(found.jacobian, number(&one, "jacobian"), 2e-4);
    }
    for one in golden("softmax") {
        let found = attention::expected(number(&one, "n") as usize, number(&one, "sd"));
        close(found.largest, number(&one, "largest"), 5.0 * number(&one, "largest_error") + 2e-4);
        close(found.jacobian, number(&one, "jacobian"), 5.0 * number(&one, "jacobian_error") + 2e-4);
    }
    // The article's rows over 512 keys, which were drawn.
    let (even, plain) = (attention::expected(512, 1.0), attention::expected(512, 8.0));
    close(even.largest, 0.02668, 1e-4);
    close(even.jacobian, 0.99476, 1e-4);
    close(plain.largest, 0.7303, 1e-2);
    close(plain.jacobian, 0.3718, 1e-2);
    let wider = attention::expected(512, 128f64.sqrt());
    close(wider.largest, 0.8109, 1e-2);
    close(wider.jacobian, 0.2650, 1e-2);
    // No spread, no choice.
    let flat = attention::expected(10, 1e-6);
    close(flat.largest, 0.1, 1e-4);
    close(flat.jacobian, 0.9, 1e-4);
}

#[test]
fn the_switch_and_the_init_give_the_same_products() {
    for d in [1.0, 64.0, 128.0] {
        close(Scaling::None.deviation(d), d.sqrt(), 1e-12);
        close(Scaling::Root.deviation(d), 1.0, 1e-12);
        close(Scaling::Inside.deviation(d), 1.0, 1e-12);
    }
    for d in [3, 64, 200] {
        assert!(value(&format!("view=attention&d={d}&n=40"), "t5_gap") < 1e-5);
    }
    let row = attention::softmax(&[0.3, -1.0, 2.0, 0.0]);
    close(attention::jacobian_by_entries(&row), attention::jacobian(&row), 1e-15);
    close(row.iter().sum::<f64>(), 1.0, 1e-15);
    close(libm::exp(24.0), 2.64891e10, 1e5);
    // Rows of real products over 512 keys: the article's numbers, off by chance and by the spread of |q|.
    let link = "view=attention&d=64&n=512";
    close(value(link, "logit_sd"), 8.0, 0.4);
    close(value(link, "largest_weight_mean"), 0.73, 0.06);
    close(value(link, "jacobian_norm"), 0.37, 0.08);
    close(value(&format!("{link}&scaling=root"), "largest_weight_mean"), 0.0267, 0.003);
    close(claim(link, "logit_top").expected.unwrap(), 3.043_903, 1e-6);
}

#[test]
fn residual_formulas_have_the_values_of_the_article() {
    let at = |depth: usize, alpha: f64| format!("view=residual&width=8&depth={depth}&alpha={alpha}");
    for (depth, weight) in [(12, 0.015625), (24, 2.4414e-4), (48, 5.9605e-8), (96, 3.5527e-15)] {
        close(value(&at(depth, 1.0), "postnorm_weight"), libm::exp2(-(depth as f64) / 2.0), 1e-12 * weight);
        close(value(&at(depth, 1.0), "postnorm_weight"), weight, 1e-4 * weight);
    }
    for (depth, weight) in [(12, 0.262144), (24, 0.0687195), (48, 0.0047224), (96, 2.23e-5)] {
        close(value(&at(depth, 0.5), "postnorm_weight"), weight, 1e-3 * weight);
    }
    for (depth, cosine) in [(6, 0.935_414), (12, 0.963_624), (24, 0.980_581), (96, 0.994_885)] {
        close(value(&at(depth, 1.0), "prenorm_cosine"), cosine, 0.51e-6);
    }
    for one in golden("ladders") {
        let kind = match one["kind"].as_str().unwrap() {
            "post" => Kind::Post,
            "pre" => Kind::Pre,
            "rezero" => Kind::Rezero,
            "deepnorm" => Kind::Deepnorm,
            "sandwich" => Kind::Sandwich,
            other => panic!("{other}"),
        };
        let depth = number(&one, "depth") as usize;
        let size = Size { width: 8, layers: depth + 1, seed: 1 };
        let activation = Activation::plain(Shape::Linear);
        let plan = Plan { kind, alpha: number(&one, "alpha"), activation, depth, size };
        let rungs = ladder::expected(&plan, depth + 1);
        close(rungs[depth].moment, number(&one, "moment"), 1e-9 * number(&one, "moment"));
        let shares = ladder::shares(&rungs, depth);
        for (share, known) in shares.iter().zip(numbers(&one["shares"])) {
            close(*share, known, 1e-9);
        }
        close(shares.iter().map(|x| x * x).sum(), 1.0, 1e-12);
        for (rung, known) in rungs.iter().zip(numbers(&one["cosines"])) {
            close(rung.cosine, known, 1e-9);
        }
    }
}

#[test]
fn rezero_starts_as_the_identity_and_nothing_else_does() {
    for link in ["view=residual&norm=rezero&alpha=1", "view=residual&norm=rezero&alpha=0.2&activation=gelu"] {
        assert_eq!(value(&format!("{link}&width=32&depth=20"), "identity_at_start"), 0.0);
    }
    for norm in ["post", "pre", "deepnorm", "sandwich"] {
        let link = format!("view=residual&norm={norm}&width=32&depth=20");
        assert!(value(&link, "identity_at_start") > 0.1, "{norm}");
        // Without branches all are, since x is even already.
        close(value(&format!("{link}&alpha=0"), "identity_at_start"), 0.0, 1e-5);
    }
}

/// What small changes become on the ladder is what a step of that size does.
#[test]
fn changes_on_the_ladder_are_those_of_finite_differences() {
    let table = Weights::Each(Rc::new(Law::Normal.table()));
    for kind in [Kind::Post, Kind::Pre, Kind::Rezero, Kind::Deepnorm, Kind::Sandwich] {
        let size = Size { width: 24, layers: 5, seed: 3 };
        let activation = Activation::plain(Shape::Tanh);
        let plan = Plan { kind, alpha: 0.8, activation, depth: 4, size };
        let words = ladder::drawn(size);
        let x = stack::normal_batch(size, 0, true);
        let way = stack::normal_batch(size, 1, true);
        // Without the first sub-layer, x is x₁.
        let climb = |x: &Batch| ladder::climb(&plan, &words, &table, x, &way);
        let whole = climb(&x);
        // The first rung is not gone through, so the ladder of the others begins where it ended.
        let second = |x: &Batch| ladder::climb(&plan, &words[1..], &table, x, &way);
        let start = ladder::climb(&plan, &words[..2], &table, &x, &way).last;
        // With norms ahead of branches there is one more at the end.
        let read = |x: Batch| {
            let mut y = x;
            for mut column in y.column_iter_mut().filter(|_| kind.ahead()) {
                let root = (column.norm_squared() / 24.0).sqrt();
                column /= root;
            }
            y
        };
        let step = 1e-3f32;
        let moved = |step: f32| read(second(&(&start + &way * step)).last);
        let apart = moved(step) - moved(-step);
        let grown = moment(&(apart / (2.0 * step))) / moment(&way);
        close(whole.rungs[4].reached / grown, 1.0, 0.01);
    }
}

#[test]
fn what_bursts_is_said() {
    let burst = claim("activation=relu2&gain=4&depth=20&width=32&at=20", "second_moment");
    assert_eq!(burst.value, None);
    assert!(burst.note.en.contains("smaller gain"), "{}", burst.note.en);
    for one in claims_of("activation=relu2&gain=4&depth=20&width=32&at=20") {
        assert!(one.value.is_none_or(f64::is_finite) && one.expected.is_none_or(f64::is_finite), "{one:?}");
        assert!(one.tolerance.is_none_or(f64::is_finite), "{one:?}");
    }
    for link in ["z=x+%2B+y", "z=1/x", "z=tanh(x"] {
        let parsed = labs::parse(&format!("v=2&lab=init&activation=typed&{link}"));
        let lab = Born::open(&parsed.experiment);
        assert_eq!(lab.settings.warnings.len(), 1, "{link}");
    }
}
