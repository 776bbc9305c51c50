//! The transformer: against an independent implementation, and laws that hold for any weights.

use burn::tensor::{Device, Int, Tensor, TensorData};
use chailou::attention::surgery::Surgery;
use chailou::math::attention_measures::{above_diagonal, row_gap};
use chailou::math::{normal::normals, philox::Stream};
use chailou::models::{gpt::Gpt, gpt_config::GptConfig};
use chailou::models::{gpt_reading::Cache, reading::ReadingHost};
use chailou::nn::mixers::softmax::Softmax;
use chailou::nn::parameters::{count, fill, shapes};
use chailou::nn::positions::rope::{Rope, Rotary};
use chailou::train::shipped::initial::arbitrary;
use serde::Deserialize;
use std::collections::BTreeMap;

/// No hidden layer, more heads than layers, a head of two pairs.
fn attention_only() -> GptConfig {
    let vocabulary = ('a'..='g').collect();
    GptConfig { vocabulary, context: 9, width: 12, layers: 2, heads: 3, mlp: 0, tied: false }
}

fn gpt(config: &GptConfig, seed: u64) -> Gpt {
    arbitrary(Gpt::new(config, &Rope, &Softmax, &Device::flex()).expect("a possible network"), seed)
}

fn numbers<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    chailou::nn::host::numbers(tensor)
}

fn gap(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

/// Some tokens below `vocabulary`.
fn text(length: usize, vocabulary: usize) -> Vec<usize> {
    (0..length).map(|i| (i.pow(3) + 5 * i + 2) % vocabulary).collect()
}

fn read(gpt: &Gpt, tokens: &[usize], cache: &mut Cache) -> ReadingHost {
    gpt.read(tokens, cache, &Surgery::none()).host()
}

/// All at once.
fn whole(gpt: &Gpt, tokens: &[usize]) -> ReadingHost {
    read(gpt, tokens, &mut Cache::new(gpt))
}

fn trained(gpt: &Gpt, tokens: &[usize]) -> Vec<f32> {
    let tokens: Vec<i32> = tokens.iter().map(|&token| token as i32).collect();
    let shape = [1, tokens.len()];
    numbers(gpt.forward(Tensor::<2, Int>::from_data(TensorData::new(tokens, shape), &gpt.device())))
}

#[derive(Deserialize)]
struct Case {
    seed: u64,
    tokens: Vec<usize>,
    /// The positions whose logits and weights are given.
    rows: Vec<usize>,
    logits: Vec<f32>,
    /// Layer by layer, head by head, row by row: the weights up to the diagonal.
    maps: Vec<Vec<f32>>,
}

/// `golden/gpt.py` is a second implementation in float64 that draws the same weights by itself.
///
/// Logits are of size one and weights at most one, after sums of up to 512 products in f32: 2e-6 was seen. 2e-5
/// leaves room for another order of summation, not for a mistake.
#[test]
fn the_network_is_that_of_the_reference() {
    let cases: BTreeMap<String, Case> = serde_json::from_str(include_str!("golden/gpt.json")).unwrap();
    assert_eq!(cases.len(), 2);
    for (name, case) in cases {
        let config = if name == "w2" { GptConfig::w2() } else { attention_only() };
        let reading = whole(&gpt(&config, case.seed), &case.tokens);
        let (n, v) = (case.tokens.len(), config.vocabulary.len());
        let logits: Vec<f32> =
            case.rows.iter().flat_map(|i| &reading.logits[i * v..(i + 1) * v]).copied().collect();
        assert!(gap(&logits, &case.logits) < 2e-5, "{name}: {}", gap(&logits, &case.logits));
        let maps = reading.layers.iter().flat_map(|layer| layer.weights.chunks_exact(n * n));
        let rows = maps.flat_map(|map| case.rows.iter().map(|&i| &map[i * n..i * n + i + 1]));
        assert_eq!(rows.clone().count(), case.maps.len());
        for (ours, theirs) in rows.zip(&case.maps) {
            assert!(gap(ours, theirs) < 2e-5, "{name}: {}", gap(ours, theirs));
        }
    }
}

#[test]
fn the_workloads_have_the_parameters_of_their_specification() {
    for (config, parameters) in [(GptConfig::w2(), 817_920), (GptConfig::w4(), 112_384)] {
        assert_eq!(count(&Gpt::new(&config, &Rope, &Softmax, &Device::flex()).unwrap()), parameters);
    }
}

#[test]
fn no_token_feels_a_later_one() {
    for config in [GptConfig::w4(), attention_only()] {
        let (gpt, v) = (gpt(&config, 3), config.vocabulary.len());
        let before = text(9, v);
        let mut after = before.clone();
        (after[6], after[8]) = ((after[6] + 1) % v, (after[8] + 2) % v);
        let bits = |values: &[f32]| values[..6 * v].iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        let [a, b] = [&before, &after].map(|tokens| whole(&gpt, tokens));
        assert_eq!(bits(&a.logits), bits(&b.logits));
        assert_ne!(a.logits[6 * v..], b.logits[6 * v..]);
        assert_eq!(bits(&trained(&gpt, &before)), bits(&trained(&gpt, &after)));
    }
}

#[test]
fn maps_are_causal_and_their_rows_sum_to_one() {
    for config in [GptConfig::w4(), attention_only()] {
        let reading = whole(&gpt(&config, 4), &text(9, config.vocabulary.len()));
        let maps: Vec<&[f32]> =
            reading.layers.iter().flat_map(|layer| layer.weights.chunks_exact(81)).collect();
        assert_eq!(maps.len(), config.layers * config.heads);
        for map in maps {
            // Nine roundings of f32.
            assert!(row_gap(map) < 1e-6 && above_diagonal(map) == 0.0);
        }
    }
}

/// Pieces of any length: the matrix products are blocked by it, so not bit for bit.
#[test]
fn reading_on_is_reading_at_once() {
    for config in [GptConfig::w4(), attention_only()] {
        let (gpt, v) = (gpt(&config, 5), config.vocabulary.len());
        let tokens = text(9, v);
        let all = whole(&gpt, &tokens);
        for pieces in [vec![1; 9], vec![4, 1, 1, 3]] {
            let (mut cache, mut at) = (Cache::new(&gpt), 0);
            for piece in pieces {
                let part = read(&gpt, &tokens[at..at + piece], &mut cache);
                assert!(gap(&part.logits, &all.logits[at * v..(at + piece) * v]) < 1e-5);
                at += piece;
                let sees: Vec<f32> = part.layers[1].weights[..at].to_vec();
                let row = (at - piece) * 9;
                assert!(gap(&sees, &all.layers[1].weights[row..row + at]) < 1e-6);
            }
            assert_eq!(cache.len(), 9);
        }
    }
}

#[test]
fn training_and_the_last_lens_see_the_same_network() {
    for config in [GptConfig::w4(), attention_only()] {
        let gpt = gpt(&config, 6);
        let tokens = text(9, config.vocabulary.len());
        let reading = whole(&gpt, &tokens);
        assert_eq!(reading.lens.len(), config.layers + 1);
        assert_eq!(reading.lens[config.layers], reading.logits);
        assert!(gap(&trained(&gpt, &tokens), &reading.logits) < 1e-5);
    }
}

/// The score of a query and a key depends on how far apart they stand, not on where.
#[test]
fn rotary_positions_are_relative() {
    let device = Device::flex();
    let drawn = |step| {
        let values = normals(9, Stream::Check, step, 6 * 32);
        Tensor::<2>::from_data(TensorData::new(values, [6, 32]), &device)
    };
    let (q, k) = (drawn(0), drawn(1));
    let scores = |start: usize| {
        let rotary = Rotary::new(start..start + 6, 32, &device);
        numbers(rotary.turn(q.clone()).matmul(rotary.turn(k.clone()).transpose()))
    };
    let (here, there) = (scores(0), scores(200));
    // Sums of 32 products of size one in f32.
    assert!(gap(&here, &there) < 2e-5, "{}", gap(&here, &there));
    let unturned = numbers(q.clone().matmul(k.clone().transpose()));
    assert!(gap(&here, &unturned) > 1.0, "positions do something");
    assert!((0..6).all(|i| (here[i * 7] - unturned[i * 7]).abs() < 2e-5), "nothing at distance zero");
}

/// Heads stand in any order: permuted with their weights they say the same.
#[test]
fn the_order_of_heads_means_nothing() {
    let config = GptConfig::w4();
    let (before, d, dh) = (gpt(&config, 7), config.width, config.head_width());
    // Number i of the new order is number `from(i)` of the old: heads 0 1 2 3 become 2 0 3 1.
    let from = |i: usize| [2, 0, 3, 1][i / dh] * dh + i % dh;
    let old: BTreeMap<String, Vec<f32>> =
        shapes(&before).into_iter().map(|(name, _)| name).zip(values(&before)).collect();
    let after = fill(before.clone(), |name, shape| {
        let old = &old[name];
        let row = |i: usize| i / d * d + from(i % d); // within q, k and v
        if name.contains("qkv") {
            let width = old.len() / shape[0];
            (0..old.len()).map(|c| old[row(c / width) * width + c % width]).collect()
        } else if name.contains("proj.weight") {
            (0..old.len()).map(|c| old[c / d * d + from(c % d)]).collect()
        } else {
            old.clone()
        }
    });
    let tokens = text(40, 96);
    let [a, b] = [&before, &after].map(|gpt| whole(gpt, &tokens));
    assert!(gap(&a.logits, &b.logits) < 2e-5, "{}", gap(&a.logits, &b.logits));
    let map = |reading: &ReadingHost, head: usize| {
        reading.layers[1].weights[head * 1600..(head + 1) * 1600].to_vec()
    };
    assert!(gap(&map(&a, 2), &map(&b, 0)) < 1e-5);
    assert!(gap(&map(&a, 0), &map(&b, 0)) > 1e-2);
}

/// The numbers of each parameter in the order of the fields.
fn values(gpt: &Gpt) -> Vec<Vec<f32>> {
    use burn::module::{Module, ModuleVisitor, Param};
    #[derive(Default)]
    struct All(Vec<Vec<f32>>);
    impl ModuleVisitor for All {
        fn visit_float<const D: usize>(&mut self, parameter: &Param<Tensor<D>>) {
            self.0.push(numbers(parameter.val()));
        }
    }
    let mut all = All::default();
    gpt.visit(&mut all);
    all.0
}
