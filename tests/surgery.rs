//! Surgery on a transformer: each intervention against a second transformer, in f64 and without tensors.

use burn::tensor::Device;
use chailou::attention::intervention::{Intervention, Part};
use chailou::attention::surgery::{Patterns, Surgery};
use chailou::math::{normal::normals, philox::Stream};
use chailou::models::{gpt::Gpt, gpt_config::GptConfig};
use chailou::models::{gpt_reading::Cache, reading::ReadingHost};
use chailou::nn::{mixers::softmax::Softmax, parameters::fill, positions::rope::Rope};
use std::collections::BTreeMap;

const LENGTH: usize = 12;
/// Sums of at most forty products of size one through three layers in f32; 2e-6 was seen, and an intervention that is
/// left out moves a logit by more than 1e-2.
const TOLERANCE: f64 = 1e-5;

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

type Weights = BTreeMap<String, Vec<f32>>;

/// A network and its weights by name.
fn network() -> (Gpt, Weights) {
    let (mut weights, mut step) = (Weights::new(), 0);
    let gpt = fill(Gpt::new(&config(), &Rope, &Softmax, &Device::flex()).unwrap(), |name, shape| {
        step += 1;
        let draws = normals(3, Stream::Check, step, shape.iter().product());
        let (mean, deviation) = match shape {
            [_, fan_in] => (0.0, 1.0 / (*fan_in as f32).sqrt()),
            _ => (if name.ends_with(".weight") { 1.0 } else { 0.0 }, 0.1),
        };
        let values: Vec<f32> = draws.into_iter().map(|z| mean + deviation * z).collect();
        weights.insert(name.to_owned(), values.clone());
        values
    });
    (gpt, weights)
}

fn text() -> Vec<usize> {
    (0..LENGTH).map(|i| (3 * i * i + i + 1) % 11).collect()
}

/// Changes row q of (layer, head): what the softmax normalises, or the weights themselves.
type Rule = Box<dyn Fn(usize, usize, usize, &mut [f64])>;

/// What an intervention means, said directly.
struct Meaning {
    /// Acts on e^score, before it is divided by its sum.
    before: Rule,
    /// Acts on the weights.
    after: Rule,
    /// Whether (layer, head) speaks.
    speaks: Box<dyn Fn(usize, usize) -> bool>,
    /// Whether (attention, small network) of a layer add to the stream.
    adds: Box<dyn Fn(usize) -> (bool, bool)>,
}

impl Default for Meaning {
    fn default() -> Self {
        Self {
            before: Box::new(|_, _, _, _| {}),
            after: Box::new(|_, _, _, _| {}),
            speaks: Box::new(|_, _| true),
            adds: Box::new(|_| (true, true)),
        }
    }
}

/// Logits [T · V] and maps by (layer, head, query).
struct Truth {
    logits: Vec<f64>,
    rows: BTreeMap<(usize, usize, usize), Vec<f64>>,
}

fn linear(w: &Weights, name: &str, x: &[f64]) -> Vec<f64> {
    let (rows, bias) = (&w[&format!("{name}.weight")], w.get(&format!("{name}.bias")));
    let dot = |row: &[f32]| row.iter().zip(x).map(|(a, b)| f64::from(*a) * b).sum::<f64>();
    let bias = |i: usize| bias.map_or(0.0, |bias| f64::from(bias[i]));
    rows.chunks_exact(x.len()).enumerate().map(|(i, row)| dot(row) + bias(i)).collect()
}

fn norm(w: &Weights, name: &str, x: &[f64]) -> Vec<f64> {
    let n = x.len() as f64;
    let mean = x.iter().sum::<f64>() / n;
    let deviation = (x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n + 1e-5).sqrt();
    let (scale, shift) = (&w[&format!("{name}.weight")], &w[&format!("{name}.bias")]);
    let one = |i: usize| (x[i] - mean) / deviation * f64::from(scale[i]) + f64::from(shift[i]);
    (0..x.len()).map(one).collect()
}

fn turned(x: &[f64], position: usize) -> Vec<f64> {
    let half = x.len() / 2;
    let angle = |i: usize| position as f64 / 10_000f64.powf((i % half) as f64 / half as f64);
    let partner = |i: usize| if i < half { -x[i + half] } else { x[i - half] };
    (0..x.len()).map(|i| x[i] * angle(i).cos() + partner(i) * angle(i).sin()).collect()
}

fn add(x: &mut [f64], y: &[f64]) {
    x.iter_mut().zip(y).for_each(|(x, y)| *x += y);
}

/// The second transformer: one position, one head, one number at a time.
fn truth(w: &Weights, tokens: &[usize], meaning: &Meaning) -> Truth {
    let (d, heads) = (config().width, config().heads);
    let dh = d / heads;
    let mut stream: Vec<Vec<f64>> = tokens
        .iter()
        .map(|t| w["emb.weight"][t * d..][..d].iter().map(|x| f64::from(*x)).collect())
        .collect();
    let mut rows = BTreeMap::new();
    for layer in 0..config().layers {
        let qkv: Vec<Vec<f64>> = stream
            .iter()
            .map(|x| linear(w, &format!("l{layer}.qkv"), &norm(w, &format!("l{layer}.ln1"), x)))
            .collect();
        let (attention, mlp) = (meaning.adds)(layer);
        for (q, x) in stream.iter_mut().enumerate() {
            let mut said = vec![0.0; d];
            for head in 0..heads {
                let part = |at: usize, which: usize| &qkv[at][which * d + head * dh..][..dh];
                let query = turned(part(q, 0), q);
                let score = |k: usize| {
                    let key = turned(part(k, 1), k);
                    query.iter().zip(&key).map(|(a, b)| a * b).sum::<f64>() / (dh as f64).sqrt()
                };
                let mut row: Vec<f64> = (0..=q).map(|k| score(k).exp()).collect();
                (meaning.before)(layer, head, q, &mut row);
                let sum: f64 = row.iter().sum();
                row.iter_mut().for_each(|e| *e /= sum);
                (meaning.after)(layer, head, q, &mut row);
                if (meaning.speaks)(layer, head) {
                    for (k, weight) in row.iter().enumerate() {
                        let v: Vec<f64> = part(k, 2).iter().map(|v| v * weight).collect();
                        add(&mut said[head * dh..][..dh], &v);
                    }
                }
                rows.insert((layer, head, q), row);
            }
            if attention {
                add(x, &linear(w, &format!("l{layer}.proj"), &said));
            }
            if mlp {
                let mut hidden = linear(w, &format!("l{layer}.fc1"), &norm(w, &format!("l{layer}.ln2"), x));
                for y in &mut hidden {
                    let u = (2.0 / std::f64::consts::PI).sqrt() * (*y + 0.044715 * y.powi(3));
                    *y *= 0.5 * (1.0 + u.tanh());
                }
                add(x, &linear(w, &format!("l{layer}.fc2"), &hidden));
            }
        }
    }
    let logits = stream.iter().flat_map(|x| linear(w, "head", &norm(w, "lnf", x))).collect();
    Truth { logits, rows }
}

/// Reads `tokens` in pieces of these lengths.
fn read(gpt: &Gpt, tokens: &[usize], pieces: &[usize], surgery: &Surgery) -> Vec<ReadingHost> {
    let (mut cache, mut at) = (Cache::new(gpt), 0);
    let one = |piece: &usize| {
        let reading = gpt.read(&tokens[at..at + piece], &mut cache, surgery);
        at += piece;
        reading.host()
    };
    pieces.iter().map(one).collect()
}

fn gap<'a>(ours: impl IntoIterator<Item = &'a f32>, truth: &[f64]) -> f64 {
    let ours: Vec<_> = ours.into_iter().collect();
    assert_eq!(ours.len(), truth.len());
    ours.iter().zip(truth).map(|(a, b)| (f64::from(**a) - b).abs()).fold(0.0, f64::max)
}

/// Asserts that the network under `surgery` is the second transformer under `meaning`, read at once or in pieces.
fn agree(what: &str, surgery: &Surgery, meaning: &Meaning) {
    let ((gpt, weights), tokens) = (network(), text());
    let truth = truth(&weights, &tokens, meaning);
    for pieces in [vec![LENGTH], vec![1; LENGTH], vec![5, 1, 4, 2]] {
        let parts = read(&gpt, &tokens, &pieces, surgery);
        let off = gap(parts.iter().flat_map(|part| &part.logits), &truth.logits);
        assert!(off < TOLERANCE, "{what} in {pieces:?}: logits are off by {off}");
        for part in parts {
            let sight = part.shape.sight;
            for (layer, heads) in part.layers.iter().enumerate() {
                for (i, row) in heads.weights.chunks_exact(sight).enumerate() {
                    let (head, q) =
                        (i / part.shape.tokens, sight - part.shape.tokens + i % part.shape.tokens);
                    let off = gap(&row[..=q], &truth.rows[&(layer, head, q)]);
                    assert!(off < TOLERANCE, "{what}: layer {layer}, head {head}, row {q} is off by {off}");
                    assert!(row[q + 1..].iter().all(|w| *w == 0.0), "{what}: row {q} sees what comes");
                    assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-6, "{what}: row {q} sums to one");
                }
            }
        }
    }
}

fn of(list: &[Intervention]) -> Surgery {
    Surgery::of(list, Patterns::new())
}

/// Hides from row q of these places what `hides` says; a row that sees nothing sees itself.
fn hiding(hides: impl Fn(usize, usize, usize, usize) -> bool + 'static) -> Meaning {
    let before: Rule = Box::new(move |layer, head, q, row| {
        let own = row[q];
        (0..=q).filter(|&k| hides(layer, head, q, k)).for_each(|k| row[k] = 0.0);
        if row.iter().all(|e| *e == 0.0) {
            row[q] = own;
        }
    });
    Meaning { before, ..Meaning::default() }
}

#[test]
fn nothing_done_is_the_model_itself() {
    agree("nothing", &Surgery::none(), &Meaning::default());
    agree("an empty list", &of(&[]), &Meaning::default());
}

#[test]
fn a_head_is_silent() {
    let speaks = Box::new(|layer, head| (layer, head) != (1, 2));
    agree(
        "head",
        &of(&[Intervention::Head { layer: 1, head: 2 }]),
        &Meaning { speaks, ..Meaning::default() },
    );
}

#[test]
fn a_part_of_a_layer_adds_nothing() {
    for (part, adds) in
        [(Part::Attention, (false, true)), (Part::Mlp, (true, false)), (Part::Both, (false, false))]
    {
        let adds = Box::new(move |layer| if layer == 1 { adds } else { (true, true) });
        agree(
            "layer",
            &of(&[Intervention::Layer { layer: 1, part }]),
            &Meaning { adds, ..Meaning::default() },
        );
    }
}

#[test]
fn a_token_is_hidden_from_later_ones() {
    let meaning = hiding(|_, _, q, k| k == 4 && q > 4);
    agree("token", &of(&[Intervention::Token { token: 4 }]), &meaning);
}

#[test]
fn cells_are_cut_where_they_are_named() {
    let cells = vec![(7, 2), (7, 3), (9, 9), (0, 0)];
    let cut = |layer, head| of(&[Intervention::Cut { layer, head, cells: cells.clone() }]);
    let cuts = |q, k| [(7, 2), (7, 3), (9, 9), (0, 0)].contains(&(q, k));
    agree(
        "cut in one head",
        &cut(Some(1), Some(0)),
        &hiding(move |l, h, q, k| (l, h) == (1, 0) && cuts(q, k)),
    );
    agree("cut in a layer", &cut(Some(2), None), &hiding(move |l, _, q, k| l == 2 && cuts(q, k)));
    agree(
        "cut in a head of each layer",
        &cut(None, Some(1)),
        &hiding(move |_, h, q, k| h == 1 && cuts(q, k)),
    );
    agree("cut everywhere", &cut(None, None), &hiding(move |_, _, q, k| cuts(q, k)));
    let row: Vec<_> = (0..=8).map(|k| (8, k)).collect();
    let all = of(&[Intervention::Cut { layer: None, head: None, cells: row }]);
    agree("a row that sees nothing", &all, &hiding(|_, _, q, _| q == 8));
}

#[test]
fn a_window_shows_the_last_positions() {
    let window = |layer, head, width| of(&[Intervention::Window { layer, head, width }]);
    agree("window", &window(None, None, 3), &hiding(|_, _, q, k| k + 3 <= q));
    agree(
        "window of one head",
        &window(Some(0), Some(2), 2),
        &hiding(|l, h, q, k| (l, h) == (0, 2) && k + 2 <= q),
    );
    agree("window of one", &window(None, None, 1), &hiding(|_, _, q, k| k < q));
}

#[test]
fn a_weight_is_set_and_the_others_share_the_rest() {
    for value in [0.0, 0.3, 1.0] {
        let after: Rule = Box::new(move |layer, head, q, row| {
            if (layer, head, q) == (1, 1, 6) {
                let others = 1.0 - row[2];
                row.iter_mut().for_each(|w| *w *= (1.0 - value) / others);
                row[2] = value;
            }
        });
        let set = Intervention::Set { layer: 1, head: 1, cell: (6, 2), value };
        agree("set", &of(&[set]), &Meaning { after, ..Meaning::default() });
    }
    // The first position has only itself.
    let first = Intervention::Set { layer: 0, head: 0, cell: (0, 0), value: 0.2 };
    agree("set where nothing else is", &of(&[first]), &Meaning::default());
}

/// A frozen head keeps the pattern it had before another head was switched off under it.
#[test]
fn a_frozen_head_keeps_its_pattern() {
    let (_, weights) = network();
    let before = truth(&weights, &text(), &Meaning::default()).rows;
    let patterns: Patterns = (0..LENGTH).map(|q| ((2, 1, q), narrow(&before[&(2, 1, q)]))).collect();
    let after: Rule = Box::new(move |layer, head, q, row| {
        if (layer, head) == (2, 1) {
            row.copy_from_slice(&before[&(2, 1, q)]);
        }
    });
    let speaks = Box::new(|layer, head| (layer, head) != (0, 0));
    let list = [Intervention::Head { layer: 0, head: 0 }, Intervention::Freeze { layer: 2, head: 1 }];
    agree("freeze", &Surgery::of(&list, patterns), &Meaning { after, speaks, ..Meaning::default() });
}

/// A patched head has the other text's pattern as far as that reaches, and its own beyond.
#[test]
fn a_patched_head_has_another_texts_pattern() {
    let (_, weights) = network();
    let other = truth(&weights, &[5, 1, 1, 9, 0, 3, 7], &Meaning::default()).rows;
    let patterns: Patterns = (0..7).map(|q| ((1, 0, q), narrow(&other[&(1, 0, q)]))).collect();
    let after: Rule = Box::new(move |layer, head, q, row| {
        if (layer, head) == (1, 0) && q < 7 {
            row.copy_from_slice(&other[&(1, 0, q)]);
        }
    });
    let list = [Intervention::Patch { layer: 1, head: 0, prompt: "fbbjadh".into() }];
    agree("patch", &Surgery::of(&list, patterns), &Meaning { after, ..Meaning::default() });
}

#[test]
fn interventions_work_together() {
    let list = [
        Intervention::Token { token: 1 },
        Intervention::Window { layer: Some(1), head: None, width: 4 },
        Intervention::Set { layer: 1, head: 0, cell: (9, 8), value: 0.6 },
        Intervention::Head { layer: 2, head: 0 },
        Intervention::Layer { layer: 0, part: Part::Mlp },
    ];
    let after: Rule = Box::new(|layer, head, q, row| {
        if (layer, head, q) == (1, 0, 9) {
            let others = 1.0 - row[8];
            row.iter_mut().for_each(|w| *w *= 0.4 / others);
            row[8] = 0.6;
        }
    });
    let meaning = Meaning {
        after,
        speaks: Box::new(|layer, head| (layer, head) != (2, 0)),
        adds: Box::new(|layer| (true, layer != 0)),
        ..hiding(|l, _, q, k| (k == 1 && q > 1) || (l == 1 && k + 4 <= q))
    };
    agree("together", &of(&list), &meaning);
}

/// A head that is off is a head whose columns of the output projection are zero, to the last bit.
#[test]
fn a_silent_head_is_a_projection_without_it() {
    let ((gpt, weights), tokens) = (network(), text());
    let dh = config().head_width();
    let without = fill(gpt.clone(), |name, _| {
        let mut values = weights[name].clone();
        if name == "l1.proj.weight" {
            for row in values.chunks_exact_mut(config().width) {
                row[2 * dh..3 * dh].fill(0.0);
            }
        }
        values
    });
    let [off] = &read(&gpt, &tokens, &[LENGTH], &of(&[Intervention::Head { layer: 1, head: 2 }]))[..] else {
        panic!()
    };
    let [zeroed] = &read(&without, &tokens, &[LENGTH], &Surgery::none())[..] else { panic!() };
    let [whole] = &read(&gpt, &tokens, &[LENGTH], &Surgery::none())[..] else { panic!() };
    assert_eq!(off.logits, zeroed.logits);
    assert_ne!(off.logits, whole.logits);
}

/// Rows and heads that no intervention names stay what they are, to the last bit.
#[test]
fn what_is_not_named_is_not_touched() {
    let ((gpt, _), tokens) = (network(), text());
    let set = Intervention::Set { layer: 1, head: 1, cell: (6, 2), value: 0.9 };
    let [edited] = &read(&gpt, &tokens, &[LENGTH], &of(&[set]))[..] else { panic!() };
    let [whole] = &read(&gpt, &tokens, &[LENGTH], &Surgery::none())[..] else { panic!() };
    assert_eq!(edited.layers[0], whole.layers[0]);
    let row = |reading: &ReadingHost, head: usize, q: usize| {
        reading.layers[1].weights[(head * LENGTH + q) * LENGTH..][..LENGTH].to_vec()
    };
    for (head, q) in (0..3).flat_map(|head| (0..LENGTH).map(move |q| (head, q))) {
        assert_eq!(row(edited, head, q) == row(whole, head, q), (head, q) != (1, 6), "head {head}, row {q}");
    }
    // Nothing before position 6 can have heard of it.
    let v = config().vocabulary.len();
    assert_eq!(edited.logits[..6 * v], whole.logits[..6 * v]);
    assert!(edited.logits[6 * v..7 * v] != whole.logits[6 * v..7 * v]);
}

fn narrow(row: &[f64]) -> Vec<f32> {
    row.iter().map(|w| *w as f32).collect()
}
