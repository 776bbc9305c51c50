//! Masks, kernels, spectra, towers, order and cost of attention maps: against numpy, against closed forms, and against their laws.

use chailou::maps::{
    cost::{Design, Task},
    kernel::{Head, Kernel, layer},
    mask::Mask,
    order::{backwards, changes},
    shape::{Shape, exact_rank, least_of_triangle, spectrum},
    tower::{self, Floor, spread, to_first, uniform_tail},
};
use chailou::math::{
    normal::normals,
    philox::Stream,
    spectrum::{EffectiveRanks, singular_values},
    splitmix::SplitMix64,
};
use nalgebra::DMatrix;
use proptest::prelude::*;
use serde_json::Value as Json;

const KERNELS: [Kernel; 6] =
    [Kernel::Softmax, Kernel::Elu1, Kernel::Relu, Kernel::Identity, Kernel::Exp, Kernel::Uniform];

fn masks(prefix: usize) -> [Mask; 5] {
    [Mask::TwoWay, Mask::Prefix(prefix), Mask::Causal, Mask::AntiCausal, Mask::Mixed]
}

/// Numbers of `tests/golden/rank.py`.
fn golden(name: &str) -> Vec<Json> {
    let all: Json = serde_json::from_str(include_str!("golden/rank.json")).unwrap();
    all[name].as_array().unwrap().clone()
}

fn kernel(name: &Json) -> Kernel {
    match name.as_str().unwrap() {
        "softmax" => Kernel::Softmax,
        "elu1" => Kernel::Elu1,
        "relu" => Kernel::Relu,
        "identity" => Kernel::Identity,
        "exp" => Kernel::Exp,
        "uniform" => Kernel::Uniform,
        other => panic!("{other}"),
    }
}

fn mask(name: &Json, prefix: usize) -> Mask {
    let names = ["two-way", "prefix", "causal", "anti-causal", "mixed"];
    masks(prefix)[names.iter().position(|one| *one == name.as_str().unwrap()).unwrap()]
}

fn matrix(random: &mut SplitMix64, rows: usize, columns: usize) -> DMatrix<f64> {
    let numbers: Vec<f64> = (0..rows * columns).map(|_| random.normal()).collect();
    DMatrix::from_row_slice(rows, columns, &numbers)
}

fn heads(random: &mut SplitMix64, n: usize, d: usize, mask: Mask) -> Vec<Head> {
    let mut head = |_| Head { queries: matrix(random, n, d), keys: matrix(random, n, d) };
    (0..mask.heads()).map(&mut head).collect()
}

/// One head drawn by address.
fn drawn(seed: u64, n: usize, d: usize) -> Head {
    let draw = |step: u32| {
        let numbers = normals(seed, Stream::Heads, step, n * d);
        DMatrix::from_row_iterator(n, d, numbers.into_iter().map(f64::from))
    };
    Head { queries: draw(0), keys: draw(1) }
}

fn number(json: &Json) -> f64 {
    json.as_f64().unwrap()
}

#[track_caller]
fn close(value: f64, expected: f64, tolerance: f64) {
    assert!((value - expected).abs() <= tolerance, "{value}, not {expected} ± {tolerance}");
}

#[track_caller]
fn agrees(shape: &Shape, row: &Json) {
    for (value, name) in [
        (shape.ranks.nuclear, "nuclear"),
        (shape.ranks.stable, "stable"),
        (shape.ranks.entropy, "entropy"),
        (shape.ranks.participation, "participation"),
    ] {
        close(value, number(&row[name]), 1e-10 * number(&row[name]));
    }
    assert_eq!(Json::from(shape.rank(1e-6)), row["rank_1e6"], "{row}");
    assert_eq!(Json::from(shape.rank(1e-2)), row["rank_1e2"], "{row}");
}

/// The head of seed 7 under every kernel and mask: every singular value, every rank, the determinants.
#[test]
fn the_head_of_seed_7_is_numpys_digit_by_digit() {
    for row in golden("heads") {
        let (kernel, mask, gain) = (kernel(&row["kernel"]), mask(&row["mask"], 32), number(&row["gain"]));
        let heads = heads(&mut SplitMix64::new(7), 64, 8, mask);
        let shape = Shape::of(&layer(&heads, kernel, gain, mask), mask);
        for (value, expected) in shape.singular.iter().zip(row["singular"].as_array().unwrap()) {
            close(*value, number(expected), 1e-13 * shape.most());
        }
        agrees(&shape, &row);
        if let Some(expected) = row["log10_det"].as_f64() {
            close(shape.log10_det.unwrap(), expected, 1e-9 * expected.abs());
        }
    }
}

/// The printed table: count above a millionth, above a hundredth, entropy rank, stable rank, for gain 1 and 2.
#[test]
fn the_table_of_random_heads_comes_out() {
    type Row = (usize, usize, f64, f64);
    let table: [(Kernel, Mask, [Row; 2]); 6] = [
        (Kernel::Softmax, Mask::TwoWay, [(64, 47, 27.3272, 2.2767), (64, 55, 33.0797, 5.5860)]),
        (Kernel::Softmax, Mask::Causal, [(61, 49, 29.2925, 2.9339), (59, 48, 31.5056, 6.1594)]),
        (Kernel::Softmax, Mask::AntiCausal, [(62, 50, 29.2824, 2.9144), (60, 47, 30.8585, 4.6994)]),
        (Kernel::Softmax, Mask::Prefix(32), [(62, 50, 29.5125, 2.5748), (60, 50, 31.3939, 6.0860)]),
        (Kernel::Elu1, Mask::TwoWay, [(8, 8, 3.1195, 1.0233); 2]),
        (Kernel::Elu1, Mask::Causal, [(64, 45, 20.7540, 1.9296); 2]),
    ];
    let head = heads(&mut SplitMix64::new(7), 64, 8, Mask::Causal);
    for (kernel, mask, rows) in table {
        for (gain, (fine, coarse, entropy, stable)) in [1.0, 2.0].into_iter().zip(rows) {
            let shape = Shape::of(&head[0].map(kernel, gain, mask), mask);
            assert_eq!((shape.rank(1e-6), shape.rank(1e-2)), (fine, coarse), "{kernel:?} {mask:?}");
            close(shape.ranks.entropy, entropy, 5.1e-5);
            close(shape.ranks.stable, stable, 5.1e-5);
        }
    }
    let raw = EffectiveRanks::of(&head[0].spectrum_of_logits());
    close(raw.entropy, 7.7704, 5.1e-5);
    close(raw.stable, 4.4648, 5.1e-5);
    for (gain, causal, both) in [(1.0, -99.0950, -96.2099), (2.0, -129.2158, -68.7859)] {
        let det = |mask| Shape::of(&head[0].map(Kernel::Softmax, gain, mask), mask).log10_det.unwrap();
        close(det(Mask::Causal), causal, 5.1e-5);
        close(det(Mask::TwoWay), both, 5.1e-5);
    }
}

/// The logits' spectrum by their factors is that of the logits.
#[test]
fn logits_have_the_spectrum_of_their_factors() {
    for (n, d) in [(64, 8), (12, 12), (5, 9)] {
        let head = drawn(3, n, d);
        let (by_factors, whole) = (head.spectrum_of_logits(), spectrum(&head.logits(1.0)));
        for (i, value) in whole.iter().enumerate() {
            close(by_factors.get(i).copied().unwrap_or(0.0), *value, 1e-13 * whole[0]);
        }
        assert_eq!(whole.iter().filter(|s| **s > 1e-10 * whole[0]).count(), n.min(d));
    }
}

/// 512 positions; without full rank; rows over twelve decades.
#[test]
fn large_spectra_are_numpys() {
    let (n, d) = (512, 64);
    let mut random = SplitMix64::new(5);
    let head = Head { queries: matrix(&mut random, n, d), keys: matrix(&mut random, n, d) };
    let softmax = head.map(Kernel::Softmax, 1.0, Mask::TwoWay);
    let mut scaled = softmax.clone();
    for (i, mut row) in scaled.row_iter_mut().enumerate() {
        row *= libm::exp10(-12.0 * i as f64 / (n - 1) as f64);
    }
    let cases = [
        ("uniform", head.map(Kernel::Uniform, 1.0, Mask::Causal), Mask::Causal),
        ("softmax", softmax, Mask::TwoWay),
        ("causal", head.map(Kernel::Softmax, 2.0, Mask::Causal), Mask::Causal),
        ("deficient", head.map(Kernel::Elu1, 1.0, Mask::TwoWay), Mask::TwoWay),
        ("scaled", scaled, Mask::TwoWay),
    ];
    let places = [0, 1, 2, 3, 7, 31, 63, 64, 127, 255, 383, 479, 510, 511];
    for row in golden("large") {
        let (name, map, mask) = cases.iter().find(|(name, ..)| row["name"] == *name).unwrap();
        let shape = Shape::of(map, *mask);
        for (i, expected) in places.iter().zip(row["singular"].as_array().unwrap()) {
            let (value, expected) = (shape.singular[*i], number(expected));
            assert!(
                (value - expected).abs() < 1e-13 * shape.most(),
                "{name} {i}: {value:e}, not {expected:e}"
            );
        }
        agrees(&shape, &row);
    }
    // 64 features, 64 directions, and then nothing: ten decades between.
    let deficient = spectrum(&cases[3].1);
    assert!(deficient[63] > 1e-4 * deficient[0] && deficient[64] < 1e-14 * deficient[0]);
}

/// What substitution finds where a spectrum of the whole is rounding, with eighty digits as the judge.
#[test]
fn the_smallest_singular_value_of_a_triangle_is_found_below_rounding() {
    for row in golden("least") {
        let map = drawn_by_splitmix(7).map(Kernel::Softmax, number(&row["gain"]), Mask::Causal);
        let (least, expected) = (least_of_triangle(&map).unwrap(), number(&row["least"]));
        close(least, expected, 1e-6 * expected);
    }
    // The spectrum of the whole has not one digit of it.
    let whole = *spectrum(&drawn_by_splitmix(7).map(Kernel::Softmax, 2.0, Mask::Causal)).last().unwrap();
    assert!((whole / number(&golden("least")[1]["least"]) - 1.0).abs() > 0.5, "{whole:e}");
    assert_eq!(least_of_triangle(&DMatrix::zeros(3, 3)), None);
}

fn drawn_by_splitmix(seed: u64) -> Head {
    heads(&mut SplitMix64::new(seed), 64, 8, Mask::Causal).remove(0)
}

/// Uniform causal attention: eigenvalues 1/k, so the determinant is 1/n!; the printed ranks and ends; Hardy's bound; and the smallest
/// singular value from the inverse, which has two diagonals.
#[test]
fn uniform_causal_attention_has_its_closed_forms() {
    let map = |n: usize| drawn(1, n, 1).map(Kernel::Uniform, 1.0, Mask::Causal);
    for n in [4, 16, 64, 128, 512] {
        let det: f64 = (1..=n).map(|k| -libm::log10(k as f64)).sum();
        let shape = Shape::of(&map(n), Mask::Causal);
        close(shape.log10_det.unwrap(), det, 1e-9 * det.abs());
        assert!(shape.most() < 2.0 && shape.rank(1e-6) == n);
    }
    for (n, det) in [(4, -1.3802), (16, -13.3206), (64, -89.1034), (128, -215.586), (512, -1166.54)] {
        close(Shape::of(&map(n), Mask::Causal).log10_det.unwrap(), det, 6e-5 * f64::max(1.0, -det / 13.0));
    }
    for (n, nuclear, stable, entropy, participation, least, most) in [
        (16, 2.9971, 1.5694, 8.5837, 5.7236, 0.036711, 1.467709),
        (64, 4.4558, 1.8581, 21.0641, 10.6856, 0.0083514, 1.597855),
        (256, 6.2106, 2.1534, 47.8210, 17.9120, 0.0020072, 1.686427),
    ] {
        let shape = Shape::of(&map(n), Mask::Causal);
        let ranks = shape.ranks;
        close(ranks.nuclear, nuclear, 5.1e-5);
        close(ranks.stable, stable, 5.1e-5);
        close(ranks.entropy, entropy, 5.1e-5);
        close(ranks.participation, participation, 5.1e-5);
        close(shape.least.unwrap(), least, 1e-4 * least);
        close(shape.most(), most, 5.1e-7);
        // C⁻¹ has i on its diagonal and −(i − 1) beside it.
        let inverse = DMatrix::from_fn(n, n, |i, j| match i.checked_sub(j) {
            Some(0) => (i + 1) as f64,
            Some(1) => -(i as f64),
            _ => 0.0,
        });
        close(shape.least.unwrap() * spectrum(&inverse)[0], 1.0, 1e-9);
    }
}

/// A^L of uniform causal attention against 1 e₁ᵀ: the printed distances, and their law.
#[test]
fn uniform_towers_come_to_the_first_token_at_the_known_rate() {
    let map = drawn(1, 16, 1).map(Kernel::Uniform, 1.0, Mask::Causal);
    let printed =
        [(1, 3.55236), (2, 2.75863), (4, 1.32632), (8, 0.153902), (16, 7.51089e-4), (32, 1.15947e-8)];
    let mut x = DMatrix::identity(16, 16);
    for layers in 1..=32 {
        x = tower::layer(&x, &map, None, Floor { residual: 0.0, norm: false });
        if let Some((_, expected)) = printed.iter().find(|(at, _)| *at == layers) {
            close(to_first(&x), *expected, 1e-5 * expected);
        }
    }
    // The second eigenvalue alone is left; the next, 1/3, is (2/3)^32 of it.
    close(to_first(&x) / uniform_tail(16, 32), 1.0, 1e-4);
    let both = drawn(1, 16, 1).map(Kernel::Uniform, 1.0, Mask::TwoWay);
    assert!(spread(&both) < 1e-15, "two-way and uniform, one layer makes all one");
}

/// The article's own sizes: entropy ranks of random heads, against means of three printed draws.
#[test]
fn at_the_articles_sizes_two_way_softmax_has_more_rank() {
    let (n, d, draws) = (512, 64, 2);
    // Each with the relative deviation of one draw, measured by numpy over eight and more.
    let check = |kernel, gain, mask, expected: f64, deviation: f64| {
        let all =
            (0..draws).map(|i| Shape::of(&drawn(100 + i, n, d).map(kernel, gain, mask), mask).ranks.entropy);
        let mean = all.sum::<f64>() / draws as f64;
        let five_sigma = 5.0 * deviation * (1.0 / draws as f64 + 1.0 / 3.0).sqrt() * expected;
        close(mean, expected, five_sigma + 0.05);
    };
    for (gain, both, causal) in [
        (0.5, (176.9, 0.008), (155.0, 0.008)),
        (1.0, (300.2, 0.004), (217.8, 0.013)),
        (2.0, (334.2, 0.012), (257.6, 0.01)),
        (4.0, (329.4, 0.014), (262.2, 0.017)),
    ] {
        check(Kernel::Softmax, gain, Mask::TwoWay, both.0, both.1);
        check(Kernel::Softmax, gain, Mask::Causal, causal.0, causal.1);
    }
    check(Kernel::Elu1, 1.0, Mask::TwoWay, 6.45, 0.004);
    check(Kernel::Elu1, 1.0, Mask::Causal, 73.7, 0.003);
}

/// Fresh heads of seed 11 in every layer.
#[test]
fn towers_are_numpys() {
    for row in golden("towers") {
        let (mask, residual) = (mask(&row["mask"], 16), number(&row["residual"]));
        let mut random = SplitMix64::new(11);
        let mut x = DMatrix::identity(32, 32);
        let mut found = Vec::new();
        for count in 1..=8 {
            let a = layer(&heads(&mut random, 32, 8, mask), Kernel::Softmax, 1.0, mask);
            x = tower::layer(&x, &a, None, Floor { residual, norm: false });
            if [1, 2, 4, 8].contains(&count) {
                found.push(spread(&x));
            }
        }
        for (value, expected) in found.iter().zip(row["spread"].as_array().unwrap()) {
            close(*value, number(expected), 1e-9 * number(expected) + 1e-15);
        }
    }
    for row in golden("dressed") {
        let mut random = SplitMix64::new(11);
        let mut x = DMatrix::identity(32, 32);
        for _ in 0..4 {
            let heads = heads(&mut random, 32, 8, Mask::Causal);
            let values = row["mixing"].as_bool().unwrap().then(|| matrix(&mut random, 32, 32) / 32f64.sqrt());
            let a = layer(&heads, Kernel::Softmax, 1.0, Mask::Causal);
            let floor = Floor { residual: 0.5, norm: row["norm"].as_bool().unwrap() };
            x = tower::layer(&x, &a, values.as_ref(), floor);
        }
        close(spread(&x), number(&row["spread"]), 1e-12);
    }
}

/// Depth is where the mask shows: after eight layers a two-way tower has forgotten a hundred times more, with a residual path several times.
#[test]
fn two_way_towers_forget_sooner() {
    let after = |mask: Mask, residual: f64| {
        let logs = (0..8).map(|seed| {
            let mut random = SplitMix64::new(seed);
            let x = (0..8).fold(DMatrix::identity(32, 32), |x, _| {
                let a = layer(&heads(&mut random, 32, 8, mask), Kernel::Softmax, 1.0, mask);
                tower::layer(&x, &a, None, Floor { residual, norm: false })
            });
            libm::log10(spread(&x))
        });
        logs.sum::<f64>() / 8.0
    };
    assert!(after(Mask::Causal, 0.0) - after(Mask::TwoWay, 0.0) > 2.0);
    assert!(after(Mask::Causal, 0.5) - after(Mask::TwoWay, 0.5) > 0.5);
    assert!(after(Mask::Mixed, 0.0) - after(Mask::TwoWay, 0.0) > 1.0);
}

#[test]
fn order_is_seen_by_triangles_alone() {
    for row in golden("orders") {
        let mask = mask(&row["mask"], 10);
        let mut random = SplitMix64::new(7);
        let layers: Vec<_> = (0..2).map(|_| heads(&mut random, 24, 4, mask)).collect();
        let found = changes(&layers, Kernel::Softmax, 1.0, mask, &backwards(24, 10));
        let most = |changes: &[f64]| changes.iter().copied().fold(0.0, f64::max);
        close(most(&found), number(&row["whole"]), 1e-9);
        close(most(&found[10..]), number(&row["after"]), 1e-9);
    }
    // One layer of a causal map: those after the prefix read a set.
    let layers = [heads(&mut SplitMix64::new(7), 24, 4, Mask::Causal)];
    let found = changes(&layers, Kernel::Softmax, 1.0, Mask::Causal, &backwards(24, 10));
    assert!(found[10..].iter().all(|change| *change < 1e-12) && found[3] > 0.1);
    assert_eq!(backwards(5, 3), [2, 1, 0, 3, 4]);
    assert_eq!(backwards(2, 9), [1, 0]);
}

/// exp of a product of rank one: (e − 1)(e² − 1)(e² − e).
#[test]
fn the_exponential_raises_rank() {
    let q = DMatrix::from_column_slice(3, 1, &[0.0, 1.0, 2.0]);
    let raised = Head { queries: q.clone(), keys: q }.logits(1.0).map(libm::exp);
    let e = std::f64::consts::E;
    close(raised.determinant(), (e - 1.0) * (e * e - 1.0) * (e * e - e), 1e-9);
    close(raised.determinant(), 51.27669, 5.1e-6);
}

/// Counted one by one.
#[test]
fn costs_are_the_sums_of_their_parts() {
    let task = Task { input: 7, output: 5, layers: 3, width: 16 };
    let (square, pair) = (16.0 * 16.0, 2.0 * 16.0);
    let pairs = |sees: &dyn Fn(usize, usize) -> bool, rows: usize, columns: usize| -> f64 {
        (0..rows).flat_map(|i| (0..columns).map(move |j| (i, j))).filter(|(i, j)| sees(*i, *j)).count() as f64
    };
    let gpt = task.cost(Design::Gpt);
    assert_eq!(gpt.parameters, 3.0 * (4.0 + 8.0) * square);
    assert_eq!(gpt.by_weights, 3.0 * 12.0 * square * 12.0);
    assert_eq!(gpt.by_pairs, 3.0 * pair * pairs(&|i, j| j <= i, 12, 12));
    let unilm = task.cost(Design::UniLm);
    assert_eq!((unilm.parameters, unilm.by_weights), (gpt.parameters, gpt.by_weights));
    assert_eq!(unilm.by_pairs, 3.0 * pair * pairs(&|i, j| j <= i || (i < 7 && j < 7), 12, 12));
    let t5 = task.cost(Design::T5);
    assert_eq!(t5.parameters, 3.0 * (12.0 + 16.0) * square);
    // Twelve of its own for every token; queries and outputs across for five, keys and values across for seven.
    assert_eq!(t5.by_weights, 3.0 * square * (12.0 * 12.0 + 2.0 * 5.0 + 2.0 * 7.0));
    let across = pairs(&|_, _| true, 5, 7);
    let own = pairs(&|_, _| true, 7, 7) + pairs(&|i, j| j <= i, 5, 5);
    assert_eq!(t5.by_pairs, 3.0 * pair * (own + across));
    // GPT-2 small has 124,439,808 parameters, 39,383,808 of them embeddings; the rest is ours and 0.15 % of biases and norms.
    let small = Task { input: 0, output: 1, layers: 12, width: 768 }.cost(Design::Gpt);
    close(small.parameters / (124_439_808.0 - 39_383_808.0), 1.0, 0.0015);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Rows sum to one, nothing lies where a mask does not see, positive kernels make weights from 0 to 1, and pairs are counted.
    #[test]
    fn maps_keep_their_laws(seed in any::<u64>(), n in 1..20usize, d in 1..6usize, prefix in 0..24usize, which in 0..6usize, gain in 0.0..6.0f64) {
        let head = drawn(seed, n, d);
        let kernel = KERNELS[which];
        for mask in masks(prefix) {
            let both = [head.clone(), drawn(seed ^ 1, n, d)];
            let map = layer(&both[..mask.heads()], kernel, gain, mask);
            for i in 0..n {
                let size = 1.0 + map.row(i).abs().sum();
                prop_assert!((map.row(i).sum() - 1.0).abs() < 1e-11 * size, "{kernel:?} {mask:?} row {i}");
                for j in 0..n {
                    prop_assert!(mask.sees(i, j) || map[(i, j)] == 0.0);
                    if kernel != Kernel::Identity {
                        prop_assert!((0.0..=1.0 + 1e-12).contains(&map[(i, j)]));
                    }
                }
            }
            let seen = (0..n * n).filter(|k| mask.sees(k / n, k % n)).count();
            prop_assert_eq!(seen, mask.pairs(n));
            let ranks = EffectiveRanks::of(&spectrum(&map));
            let chain = [ranks.stable, ranks.nuclear, ranks.participation, ranks.entropy, n as f64];
            prop_assert!(chain.windows(2).all(|pair| pair[0] <= pair[1] * (1.0 + 1e-9)), "{chain:?}");
        }
        // The anti-causal map is the causal one of the text read backwards.
        let turned: Vec<usize> = (0..n).rev().collect();
        let mirrored = head.reordered(&turned).map(kernel, gain, Mask::Causal);
        let anti = head.map(kernel, gain, Mask::AntiCausal);
        for i in 0..n {
            for j in 0..n {
                prop_assert!((anti[(i, j)] - mirrored[(n - 1 - i, n - 1 - j)]).abs() < 1e-9 * (1.0 + anti.amax()));
            }
        }
        prop_assert_eq!(head.map(kernel, gain, Mask::Prefix(n)), head.map(kernel, gain, Mask::TwoWay));
        prop_assert_eq!(head.map(kernel, gain, Mask::Prefix(1)), head.map(kernel, gain, Mask::Causal));
    }

    /// A kernel of degree one divides the scale of keys out again; softmax, elu + 1 and exp do not. Gain is the scale of keys to softmax.
    #[test]
    fn scale_is_seen_by_some(seed in any::<u64>(), n in 3..16usize, scale in 1.5..4.0f64) {
        let head = drawn(seed, n, 5);
        let larger = Head { queries: head.queries.clone(), keys: &head.keys * scale };
        for mask in masks(n / 2).into_iter().filter(|mask| mask.heads() == 1) {
            for kernel in KERNELS {
                let (one, other) = (head.map(kernel, 1.0, mask), larger.map(kernel, 1.0, mask));
                let change = (&one - other).amax() / one.amax();
                let invariant = matches!(kernel, Kernel::Relu | Kernel::Identity | Kernel::Uniform);
                prop_assert!(if invariant { change < 1e-7 } else { change > 1e-6 }, "{kernel:?} {mask:?} {change}");
            }
            let sharper = head.map(Kernel::Softmax, scale, mask);
            prop_assert!((sharper - larger.map(Kernel::Softmax, 1.0, mask)).amax() < 1e-12);
        }
    }

    /// Two-way linear attention has d directions and no more, a causal one all, and a prefix what both give together.
    #[test]
    fn rank_is_what_theory_counts(seed in any::<u64>(), n in 4..14usize, d in 1..4usize, prefix in 0..14usize) {
        for kernel in [Kernel::Elu1, Kernel::Exp, Kernel::Uniform] {
            for mask in [Mask::TwoWay, Mask::Prefix(prefix), Mask::Causal, Mask::AntiCausal] {
                let singular = spectrum(&drawn(seed, n, d).map(kernel, 1.0, mask));
                let exact = exact_rank(kernel, mask, n, d);
                let beyond = singular.get(exact).copied().unwrap_or(0.0);
                prop_assert!(beyond < 1e-13 * singular[0], "{kernel:?} {mask:?} has more than {exact}");
                prop_assert!(singular[exact - 1] > 1e-13 * singular[0], "{kernel:?} {mask:?} has less than {exact}");
            }
        }
    }

    /// The bound from below that a triangle gives its tower, whatever the kernel.
    #[test]
    fn a_triangle_keeps_what_theory_says(seed in any::<u64>(), n in 3..14usize, prefix in 0..14usize, residual in 0.0..0.9f64, which in 0..6usize) {
        for mask in [Mask::Prefix(prefix), Mask::Causal, Mask::AntiCausal] {
            let Some(token) = tower::keeper(mask, n) else { continue };
            let mut x = DMatrix::identity(n, n);
            let mut least = tower::least_apart(mask);
            for step in 0..6 {
                let a = drawn(seed.wrapping_add(step), n, 3).map(KERNELS[which], 1.0, mask);
                least *= tower::kept(&a, token, residual).abs();
                x = tower::layer(&x, &a, None, Floor { residual, norm: false });
                prop_assert!(tower::parts(&x)[0] >= least * (1.0 - 1e-9) - 1e-12 * x.norm(), "{mask:?}: {} < {least}", tower::parts(&x)[0]);
            }
        }
    }

    /// Singular values do not change with order, transposition or turns, and their squares sum to those of the entries.
    #[test]
    fn singular_values_keep_their_laws(seed in any::<u64>(), rows in 1..24usize, columns in 1..24usize, decades in 0.0..12.0f64) {
        let numbers = normals(seed, Stream::Check, 9, rows * columns);
        let scaled: Vec<f64> = numbers.iter().enumerate().map(|(k, x)| f64::from(*x) * libm::exp10(-decades * (k % columns) as f64 / columns as f64)).collect();
        let singular = singular_values(&scaled, rows, columns);
        let turned: Vec<f64> = (0..rows * columns).map(|k| scaled[(k % rows) * columns + k / rows]).collect();
        let again = singular_values(&turned, columns, rows);
        prop_assert_eq!(singular.len(), rows.min(columns));
        for (one, other) in singular.iter().zip(&again) {
            prop_assert!((one - other).abs() < 1e-13 * singular[0]);
        }
        let squares: f64 = scaled.iter().map(|x| x * x).sum();
        prop_assert!((singular.iter().map(|s| s * s).sum::<f64>() / squares - 1.0).abs() < 1e-12);
        prop_assert!(singular.windows(2).all(|pair| pair[0] >= pair[1]));
    }
}
