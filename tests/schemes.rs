//! Other positional schemes and another way to mix, in the same layers: what holds for the transformer holds for all.

use std::{ops::Range, sync::Arc};

use burn::tensor::{Device, Int, Tensor, TensorData, activation::relu};
use chailou::attention::{
    intervention::Intervention,
    surgery::{Patterns, Surgery},
};
use chailou::math::{normal::normals, philox::Stream};
use chailou::models::{gpt::Gpt, gpt_config::GptConfig, gpt_reading::Cache, reading::ReadingHost};
use chailou::nn::{
    causal::MASKED,
    cross_entropy::cross_entropy,
    head_edit::HeadEdit,
    host::numbers,
    mixers::{Attended, Mixer, added, softmax::Softmax},
    parameters::{count, shapes},
    positions::{Placement, Positions, Sizes, rope::Rope},
};
use chailou::train::{
    gradients::{cut, flat, lifted},
    shipped::initial::arbitrary,
};

/// Nobody says where a token stands: only the mask does.
#[derive(Clone, Copy, Debug)]
struct Nowhere;

impl Positions for Nowhere {
    fn shared(&self) -> Arc<dyn Positions> {
        Arc::new(*self)
    }

    fn at(&self, _: Range<usize>, _: &Sizes, _: &[Tensor<2>], _: &Device) -> Box<dyn Placement> {
        Box::new(*self)
    }
}

impl Placement for Nowhere {}

/// A table with a row a position, added to the embeddings.
#[derive(Clone, Copy, Debug)]
struct Table;
struct Rows(Tensor<2>);

impl Positions for Table {
    fn shared(&self) -> Arc<dyn Positions> {
        Arc::new(*self)
    }

    fn tables(&self, sizes: &Sizes) -> Vec<[usize; 2]> {
        vec![[sizes.context, sizes.width]]
    }

    fn at(&self, range: Range<usize>, _: &Sizes, tables: &[Tensor<2>], _: &Device) -> Box<dyn Placement> {
        Box::new(Rows(tables[0].clone().narrow(0, range.start, range.len())))
    }
}

impl Placement for Rows {
    fn embed(&self, x: Tensor<2>) -> Tensor<2> {
        let ([rows, width], [n, _]) = (x.dims(), self.0.dims());
        (x.reshape([rows / n, n, width]) + self.0.clone().unsqueeze()).reshape([rows, width])
    }
}

/// The farther, the less: −distance/2^(1 + head + layer) on the scores.
#[derive(Clone, Copy, Debug)]
struct Slope;
struct Distances(Vec<Tensor<3>>);

impl Positions for Slope {
    fn shared(&self) -> Arc<dyn Positions> {
        Arc::new(*self)
    }

    fn at(&self, range: Range<usize>, sizes: &Sizes, _: &[Tensor<2>], device: &Device) -> Box<dyn Placement> {
        let (n, sight) = (range.len(), range.end);
        let layer = |layer: usize| {
            let heads = (0..sizes.heads).flat_map(|head| {
                let slope = 0.5f32.powi((1 + head + layer) as i32);
                let cells = range.clone().flat_map(|q| (0..sight).map(move |k| (q, k)));
                cells.map(move |(q, k)| -slope * (q as f32 - k as f32))
            });
            Tensor::from_data(TensorData::new(heads.collect(), [sizes.heads, n, sight]), device)
        };
        Box::new(Distances((0..sizes.layers).map(layer).collect()))
    }
}

impl Placement for Distances {
    fn bias(&self, layer: usize, mask: Option<Tensor<3>>) -> Option<Tensor<3>> {
        Some(added(self.0[layer].clone(), mask))
    }
}

/// Weights in proportion to φ(q) · φ(k), φ = relu + 1/10: attention without an exponential.
#[derive(Clone, Copy, Debug)]
struct Kernel;

impl Kernel {
    fn similar<const D: usize>(q: Tensor<D>, k: Tensor<D>) -> Tensor<D> {
        (relu(q) + 0.1).matmul((relu(k) + 0.1).transpose())
    }

    fn weights<const D: usize>(masked: Tensor<D>) -> Tensor<D> {
        let hidden = masked.clone().lower_equal_elem(MASKED / 2.0);
        let seen = masked.mask_fill(hidden, 0.0);
        seen.clone() / seen.sum_dim(D - 1)
    }
}

impl Mixer for Kernel {
    fn shared(&self) -> Arc<dyn Mixer> {
        Arc::new(*self)
    }

    fn attend(&self, [q, k, v]: [Tensor<3>; 3], [keys, values]: [Tensor<3>; 2], edit: &HeadEdit) -> Attended {
        let scores = Self::similar(q.clone(), keys);
        let masked = added(scores.clone(), edit.mask.clone());
        let weights = edit.weights(Self::weights(masked.clone()));
        let out = edit.output(weights.clone().matmul(values));
        Attended { q, k, v, scores, masked, weights, out }
    }

    fn attend_all(&self, [q, k, v]: [Tensor<4>; 3], mask: Option<Tensor<3>>) -> Tensor<4> {
        Self::weights(added(Self::similar(q, k), mask)).matmul(v)
    }
}

fn config() -> GptConfig {
    GptConfig {
        vocabulary: ('a'..='k').collect(),
        context: 16,
        width: 24,
        layers: 3,
        heads: 3,
        mlp: 40,
        tied: false,
    }
}

fn text() -> Vec<usize> {
    (0..12).map(|i| (3 * i * i + i + 1) % 11).collect()
}

fn networks() -> Vec<(String, Gpt)> {
    // A bias is added before an exponential; a kernel has none.
    let all: [(&dyn Positions, &dyn Mixer); 7] = [
        (&Rope, &Softmax),
        (&Nowhere, &Softmax),
        (&Table, &Softmax),
        (&Slope, &Softmax),
        (&Rope, &Kernel),
        (&Nowhere, &Kernel),
        (&Table, &Kernel),
    ];
    let network = |(positions, mixer): (&dyn Positions, &dyn Mixer)| {
        let gpt = Gpt::new(&config(), positions, mixer, &Device::flex()).expect("a possible network");
        (format!("{positions:?} and {mixer:?}"), arbitrary(gpt, 3))
    };
    all.into_iter().map(network).collect()
}

fn reading(gpt: &Gpt, tokens: &[usize], cache: &mut Cache, surgery: &Surgery) -> ReadingHost {
    gpt.read(tokens, cache, surgery).host()
}

fn whole(gpt: &Gpt, surgery: &Surgery) -> ReadingHost {
    reading(gpt, &text(), &mut Cache::new(gpt), surgery)
}

fn gap(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

#[test]
fn reading_on_is_reading_at_once_and_training_reads_the_same() {
    for (name, gpt) in networks() {
        let (all, v) = (whole(&gpt, &Surgery::none()), config().vocabulary.len());
        for pieces in [vec![1; 12], vec![5, 1, 4, 2]] {
            let (mut cache, mut at) = (Cache::new(&gpt), 0);
            for piece in pieces {
                let part = reading(&gpt, &text()[at..at + piece], &mut cache, &Surgery::none());
                let off = gap(&part.logits, &all.logits[at * v..(at + piece) * v]);
                assert!(off < 1e-5, "{name}: {off} at {at}");
                at += piece;
            }
        }
        let tokens: Vec<i32> = text().iter().map(|&token| token as i32).collect();
        // Twice the same text, since texts stand one after another there.
        let tokens = Tensor::<2, Int>::from_data(TensorData::new(tokens.repeat(2), [2, 12]), &Device::flex());
        let trained = numbers(gpt.forward(tokens));
        assert!(
            gap(&trained, &all.logits.repeat(2)) < 1e-5,
            "{name}: {}",
            gap(&trained, &all.logits.repeat(2))
        );
    }
}

#[test]
fn rows_sum_to_one_and_see_nothing_that_comes() {
    for (name, gpt) in networks() {
        for layer in whole(&gpt, &Surgery::none()).layers {
            for (i, row) in layer.weights.chunks_exact(12).enumerate() {
                assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-6, "{name}: {row:?}");
                assert!(row[i % 12 + 1..].iter().all(|weight| *weight == 0.0), "{name}: {row:?}");
            }
        }
    }
}

#[test]
fn no_two_of_them_are_the_same_network() {
    let all: Vec<_> = networks().iter().map(|(_, gpt)| whole(gpt, &Surgery::none()).logits).collect();
    for i in 0..all.len() {
        assert!((0..i).all(|j| gap(&all[i], &all[j]) > 1e-2), "{i}");
    }
}

/// The farther of two equal keys gets less, by the slope.
#[test]
fn a_bias_is_there_before_the_softmax() {
    let gpt = Gpt::new(&config(), &Slope, &Softmax, &Device::flex()).unwrap();
    // All weights zero: every score is, and the map is that of the bias alone.
    let map = &whole(&gpt, &Surgery::none()).layers[1].weights[2 * 144..];
    let ratio = (map[11 * 12 + 4] / map[11 * 12 + 5]).ln();
    assert!((ratio + 0.5f32.powi(4)).abs() < 1e-5, "{ratio}");
}

#[test]
fn an_intervention_is_the_same_whatever_mixes() {
    let list = [
        Intervention::Set { layer: 1, head: 1, cell: (6, 2), value: 0.75 },
        Intervention::Token { token: 4 },
        Intervention::Head { layer: 2, head: 0 },
    ];
    for (name, gpt) in networks() {
        let edited = whole(&gpt, &Surgery::of(&list, Patterns::new()));
        let row =
            |layer: usize, head: usize, q: usize| &edited.layers[layer].weights[(head * 12 + q) * 12..][..12];
        assert!((row(1, 1, 6)[2] - 0.75).abs() < 1e-6, "{name}");
        assert!((row(1, 1, 6).iter().sum::<f32>() - 1.0).abs() < 1e-6, "{name}");
        assert!((0..3).all(|head| row(0, head, 9)[4] == 0.0 && row(0, head, 4)[4] > 0.0), "{name}");
        assert!(edited.layers[2].out[..12 * 8].iter().all(|x| *x == 0.0), "{name}");
    }
}

#[test]
fn what_a_scheme_learns_is_part_of_the_network() {
    let size = |positions: &dyn Positions| {
        count(&Gpt::new(&config(), positions, &Softmax, &Device::flex()).unwrap())
    };
    assert_eq!(size(&Nowhere), size(&Rope));
    assert_eq!(size(&Table), size(&Rope) + 16 * 24);
    let gpt = arbitrary(Gpt::new(&config(), &Table, &Softmax, &Device::flex()).unwrap(), 3);
    let (name, shape) = shapes(&gpt).pop().expect("parameters");
    assert_eq!((name.as_str(), shape), ("pos0.weight", vec![16, 24]));

    let before = normals(1, Stream::Check, 0, count(&gpt));
    let flat_weights = Tensor::from_data(before.as_slice(), &Device::flex());
    let gpt = lifted(cut(gpt, flat_weights));
    let tokens = |skip: usize| {
        let tokens: Vec<i32> = text()[skip..skip + 11].iter().map(|&token| token as i32).collect();
        Tensor::<1, Int>::from_data(tokens.as_slice(), &Device::flex())
    };
    let logits = gpt.forward(Tensor::from_inner(tokens(0).reshape([1, 11]))).reshape([11, 11]);
    let loss = cross_entropy(logits, Tensor::from_inner(tokens(1))).mean();
    let slope = numbers(flat(&gpt, &loss.backward()));
    let table = before.len() - 16 * 24;
    let unread = table + 11 * 24;
    assert!((table..unread).all(|i| slope[i] != 0.0), "rows that were read are learnt");
    assert!(slope[unread..].iter().all(|slope| *slope == 0.0), "others are not");
}
