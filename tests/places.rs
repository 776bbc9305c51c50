//! Transformers that differ in what tells places apart: against an independent implementation, and laws that hold for any weights.
#![cfg(feature = "weights")]

use chailou::attention::{
    intervention::Intervention,
    mixing::{Kernel, Mixing, Sight},
    position::Position,
    surgery::Surgery,
};
use chailou::math::{
    normal::normals,
    philox::Stream,
    rotary::turning::{Training, Trick, Turning},
};
use chailou::models::{
    fused_gpt::{
        FusedGpt,
        gradient::{Layout, Texts, answer, layout, placed, surprise},
    },
    gpt_config::GptConfig,
};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Numbers of `tests/golden/places.py`.
#[derive(Deserialize)]
struct Golden {
    seed: u64,
    tokens: Vec<usize>,
    trained: usize,
    stretch: f64,
    window: usize,
    logits: BTreeMap<String, Vec<f64>>,
}

fn golden() -> Golden {
    serde_json::from_str(include_str!("golden/places.json")).unwrap()
}

fn config(context: usize) -> GptConfig {
    let vocabulary = "abcdefg".chars().collect();
    GptConfig { vocabulary, context, width: 16, layers: 2, heads: 2, mlp: 12, tied: false }
}

/// All weights that any of the positions asks for, drawn as the script draws them.
fn weights(seed: u64, trained: usize) -> (Layout, Vec<f32>) {
    let config = config(trained);
    let mut shapes: BTreeMap<_, _> = config.parameters().into_iter().collect();
    let (mut layout, mut all) = (Layout::new(), Vec::new());
    let mut place = |name: String, values: Vec<f32>| {
        layout.insert(name, all.len()..all.len() + values.len());
        all.extend(values);
    };
    for (step, (name, shape)) in std::mem::take(&mut shapes).into_iter().enumerate() {
        let z = normals(seed, Stream::Weights, step as u32, shape.iter().product());
        let of = |z: &f32| match shape[..] {
            [_, fan_in] => f64::from(*z) / (fan_in as f64).sqrt(),
            _ => f64::from(u8::from(name.ends_with(".weight"))) + 0.1 * f64::from(*z),
        };
        let values = z.iter().map(|z| of(z) as f32).collect();
        place(name, values);
    }
    let learnt = [Position::Kerple, Position::Learned].into_iter().flat_map(|one| placed(&config, &one));
    for (i, (name, shape)) in learnt.enumerate() {
        place(name, normals(seed, Stream::Weights, 100 + i as u32, shape.iter().product()));
    }
    (layout, all)
}

fn stretched(trick: Trick, trained: usize, stretch: f64, width: usize) -> Position {
    let training = Training { pairs: 4, base: 10_000.0, length: trained, stretch, width };
    Position::Stretched(Rc::new(Turning::of(trick, &training)))
}

struct Case {
    layout: Layout,
    weights: Vec<f32>,
}

impl Case {
    fn new(seed: u64) -> Self {
        let (layout, weights) = weights(seed, 8);
        Self { layout, weights }
    }

    fn logits(&self, position: &Position, sight: Sight, text: &[usize]) -> Vec<f32> {
        let mixing = Mixing { kernel: Kernel::Softmax, sights: vec![sight], position: position.clone() };
        answer(&config(text.len()), &mixing, &self.layout, &self.weights, text, text.len()).logits
    }
}

fn gap(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

/// Logits are of size one, after sums of up to 24 products in f32: 2e-6 was seen.
#[test]
fn every_scheme_says_what_an_independent_implementation_says() {
    let Golden { seed, tokens, trained, stretch, window, logits } = golden();
    let case = Case::new(seed);
    let of = |trick| stretched(trick, trained, stretch, window);
    for (name, known) in &logits {
        let (position, sight) = match name.as_str() {
            "none" => (Position::None, Sight::Past),
            "rope" => (Position::Rotary, Sight::Past),
            "window" => (Position::Rotary, Sight::Near(window)),
            "learned" => (Position::Learned, Sight::Past),
            "alibi" => (Position::Alibi, Sight::Past),
            "kerple" => (Position::Kerple, Sight::Past),
            "sandwich" => (Position::Sandwich, Sight::Past),
            "pi" => (of(Trick::Interpolation), Sight::Past),
            "ntk" => (of(Trick::Ntk), Sight::Past),
            "yarn" => (of(Trick::Yarn), Sight::Past),
            "rerope" => (of(Trick::Rerope), Sight::Past),
            "logn" => (of(Trick::Logn), Sight::Past),
            other => panic!("{other} is none of the schemes"),
        };
        let ours = case.logits(&position, sight, &tokens);
        let known: Vec<f32> = known.iter().map(|x| *x as f32).collect();
        assert!(gap(&ours, &known) < 2e-5, "{name}: {}", gap(&ours, &known));
        // They are different networks.
        let others = logits.iter().filter(|(other, _)| *other != name);
        for (other, theirs) in others {
            let theirs: Vec<f32> = theirs.iter().map(|x| *x as f32).collect();
            assert!(gap(&known, &theirs) > 1e-3, "{name} and {other}");
        }
    }
}

/// By differences of the loss in f32: of a third of the network, and of all that is learnt of places.
#[test]
fn gradients_are_differences_of_the_loss() {
    for (case, position) in [
        Position::None,
        Position::Rotary,
        Position::Learned,
        Position::Alibi,
        Position::Kerple,
        Position::Sandwich,
    ]
    .into_iter()
    .enumerate()
    {
        let vocabulary = "abcdefg".chars().collect();
        let mlp = if case % 2 == 1 { 0 } else { 12 };
        let config = GptConfig { vocabulary, context: 20, width: 8, layers: 2, heads: 2, mlp, tied: false };
        let mut layout = layout(&config);
        let network = layout.values().map(|range| range.end).max().unwrap();
        let mut count = network;
        for (name, shape) in placed(&config, &position) {
            let size = shape.iter().product::<usize>();
            layout.insert(name, count..count + size);
            count += size;
        }
        let weights: Vec<f32> = (0..count).map(|i| ((i * 7919 + 13) % 1009) as f32 / 504.5 - 1.0).collect();
        let counts: Vec<f32> = (0..40).map(|i| 0.02 + 0.03 * f32::from(i % 3 == 0)).collect();
        let [read, next] = [0, 2].map(|shift| text(40, shift));
        let texts = Texts { read: &read, next: &next, counts: &counts, length: 20 };
        for sight in [Sight::Past, Sight::Near(5)] {
            let mixing = Mixing { kernel: Kernel::Softmax, sights: vec![sight], position: position.clone() };
            let loss = |weights: &[f32]| -> f64 {
                let (surprise, _) = surprise(&config, &mixing, &layout, weights, &texts);
                surprise.iter().zip(&counts).map(|(s, c)| f64::from(*s) * f64::from(*c)).sum()
            };
            let (_, gradients) = surprise(&config, &mixing, &layout, &weights, &texts);
            for i in (0..network).step_by(3).chain(network..count) {
                let at = |by: f32| {
                    let mut moved = weights.clone();
                    moved[i] += by;
                    loss(&moved)
                };
                let slope = (at(4e-3) - at(-4e-3)) / 8e-3;
                let gap = (slope - f64::from(gradients[i])).abs();
                assert!(gap < 1e-3, "{position:?} {sight:?} {i}: {} for {slope}", gradients[i]);
            }
            let learnt = gradients[network..].iter().filter(|g| g.abs() > 1e-3).count();
            assert!(learnt > 0 || network == count, "{position:?}");
        }
    }
}

fn text(length: usize, shift: usize) -> Vec<usize> {
    (0..length).map(|i| (i * i + 3 * i + shift) % 7).collect()
}

/// Two layers that see five characters each know nothing further back than nine: whatever stood before, and however much, a relative scheme
/// says the same; a table of places does not.
#[test]
fn relative_schemes_say_the_same_wherever_a_text_begins() {
    let case = Case::new(3);
    let relative = [
        Position::None,
        Position::Rotary,
        Position::Alibi,
        Position::Kerple,
        Position::Sandwich,
        stretched(Trick::Interpolation, 8, 4.0, 3),
        stretched(Trick::Ntk, 8, 4.0, 3),
        stretched(Trick::Yarn, 8, 4.0, 3),
        stretched(Trick::Rerope, 8, 4.0, 3),
    ];
    let here = text(24, 1);
    let later: Vec<usize> = text(7, 5).into_iter().chain(here.iter().copied()).collect();
    let shifted = |position: &Position| {
        let [a, b] = [&here, &later].map(|text| case.logits(position, Sight::Near(5), text));
        gap(&a[8 * 7..], &b[(8 + 7) * 7..])
    };
    for position in relative {
        assert!(shifted(&position) < 2e-5, "{position:?}: {}", shifted(&position));
    }
    // Within its table the learned one does not.
    let [a, b] = [&here[..8], &later[1..8]].map(|text| case.logits(&Position::Learned, Sight::Near(1), text));
    let again: Vec<usize> = here[1..8].to_vec();
    let moved = case.logits(&Position::Learned, Sight::Near(1), &again);
    assert!(gap(&a[7..], &moved) > 0.1 && a.len() > b.len());
    let still = case.logits(&Position::None, Sight::Near(1), &again);
    assert!(gap(&case.logits(&Position::None, Sight::Near(1), &here[..8])[7..], &still) < 1e-6);
}

/// What stretches nothing changes nothing.
#[test]
fn tricks_that_stretch_nothing_are_plain_rotary_positions() {
    let (case, text) = (Case::new(4), text(24, 2));
    let plain = case.logits(&Position::Rotary, Sight::Past, &text);
    let of = |trick, stretch, width| case.logits(&stretched(trick, 8, stretch, width), Sight::Past, &text);
    for trick in [Trick::Plain, Trick::Interpolation, Trick::Ntk, Trick::Yarn] {
        assert!(gap(&of(trick, 1.0, 3), &plain) < 1e-5, "{trick:?}");
    }
    for trick in [Trick::Interpolation, Trick::Ntk, Trick::Yarn] {
        assert!(gap(&of(trick, 4.0, 3), &plain) > 1e-3, "{trick:?}");
    }
    assert!(gap(&of(Trick::Rerope, 4.0, 24), &plain) < 1e-5);
    let held = of(Trick::Rerope, 4.0, 6);
    assert!(gap(&held[..7 * 7], &plain[..7 * 7]) < 1e-5 && gap(&held, &plain) > 1e-3);
    let grown = of(Trick::Logn, 4.0, 3);
    assert!(gap(&grown[..8 * 7], &plain[..8 * 7]) < 1e-5 && gap(&grown, &plain) > 1e-3);
}

/// A logarithm that is multiplied by next to nothing tells nothing.
#[test]
fn a_logarithm_of_no_strength_is_no_scheme() {
    let (mut case, text) = (Case::new(5), text(24, 3));
    let none = case.logits(&Position::None, Sight::Past, &text);
    assert!(gap(&case.logits(&Position::Kerple, Sight::Past, &text), &none) > 1e-3);
    let ranges: Vec<_> =
        case.layout.iter().filter(|(name, _)| name.contains(".places.")).map(|(_, r)| r.clone()).collect();
    ranges.into_iter().for_each(|range| case.weights[range.start..range.start + 2].fill(-80.0));
    assert!(gap(&case.logits(&Position::Kerple, Sight::Past, &text), &none) < 1e-6);
}

/// A network that reads token by token, remembering, for every scheme: the same scores and weights as one that reads all at once, also
/// beyond the length of its training.
#[test]
fn cached_reading_equals_the_full_pass_for_every_scheme() {
    let Golden { seed, tokens, trained, .. } = golden();
    let (layout, weights) = weights(seed, trained);
    let length = tokens.len();
    assert!(length > trained, "it reads on beyond its training");
    let config = GptConfig { context: length, ..config(trained) };
    let positions = [
        Position::None,
        Position::Rotary,
        Position::Learned,
        Position::Alibi,
        Position::Kerple,
        Position::Sandwich,
    ];
    for position in positions {
        for sight in [Sight::Past, Sight::Near(3)] {
            let mixing = Mixing { kernel: Kernel::Softmax, sights: vec![sight], position: position.clone() };
            let whole = answer(&config, &mixing, &layout, &weights, &tokens, length);
            let take = &mut |name: &str, _: &[usize]| {
                Ok::<_, chailou::models::size::SizeError>(weights[layout[name].clone()].to_vec())
            };
            let network = FusedGpt::new(&config, take).unwrap().placed(&mixing, &layout, &weights);
            let mut cache = network.cache();
            let (mut logits, mut maps) = (Vec::new(), vec![vec![0.0f32; length * length]; 4]);
            let mut at = 0;
            for part in [1, 2, length - 4, 1] {
                let pass = network.pass(&tokens[at..at + part], &mut cache, &Surgery::none(), false);
                logits.extend(pass.logits);
                for (head, map) in maps.iter_mut().enumerate() {
                    let sight = at + part;
                    let rows =
                        pass.weights[head / 2][head % 2 * part * sight..][..part * sight].chunks(sight);
                    for (i, row) in rows.enumerate() {
                        map[(at + i) * length..][..sight].copy_from_slice(row);
                    }
                }
                at += part;
            }
            let gap = |a: &[f32], b: &[f32]| {
                assert_eq!(a.len(), b.len());
                a.iter().zip(b).fold(0.0f32, |most, (a, b)| most.max((a - b).abs()))
            };
            let size = whole.logits.iter().fold(0.0f32, |most, x| most.max(x.abs()));
            assert!(gap(&logits, &whole.logits) < 1e-5 * size, "{mixing:?}: {}", gap(&logits, &whole.logits));
            let all: Vec<f32> = maps.concat();
            let full: Vec<f32> = whole.maps.concat();
            assert!(gap(&all, &full) < 1e-5, "{mixing:?}: {}", gap(&all, &full));
        }
    }
}

/// Where surgery hides all that a head with a window sees, the row reads itself, not what lies beyond the window.
#[test]
fn a_window_stays_closed_where_all_in_it_is_hidden() {
    let Golden { seed, tokens, trained, .. } = golden();
    let (layout, weights) = weights(seed, trained);
    let config = GptConfig { context: tokens.len(), ..config(trained) };
    let mixing = Mixing { kernel: Kernel::Softmax, sights: vec![Sight::Near(2)], position: Position::Rotary };
    let take = &mut |name: &str, _: &[usize]| {
        Ok::<_, chailou::models::size::SizeError>(weights[layout[name].clone()].to_vec())
    };
    let network = FusedGpt::new(&config, take).unwrap().placed(&mixing, &layout, &weights);
    // Of row 5 the window is 4 and 5.
    let cut = Intervention::Cut { layer: None, head: None, cells: vec![(5, 4), (5, 5)] };
    let surgery = Surgery::of(&[cut], BTreeMap::new());
    let pass = network.pass(&tokens[..8], &mut network.cache(), &surgery, false);
    for map in pass.weights.iter().flat_map(|layer| layer.chunks(64)) {
        assert_eq!(map[5 * 8..6 * 8], [0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
        assert!(map[4 * 8 + 3] > 0.0 && map[4 * 8 + 2] == 0.0);
    }
}
