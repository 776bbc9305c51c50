//! The attention lab: the same link writes the same text, and surgery changes what it touches and nothing else.

mod common;

use chailou::device::readbacks;
use chailou::experiment::{Draft, packed};
use chailou::labs;
use chailou::runtime::{
    error::SessionError, fingerprint::Agreement, lab::Resources, readout::Verdict, selection::Selection,
    session::Session,
};
use chailou::train::tab::PROBE_EVERY;
use common::{at, device, open, opened, readout, values, weights};
use pollster::block_on;
use serde_json::{Value as Json, json};

/// Short, so that a test takes a tenth of a second.
const LINK: &str = "lab=attention&tokens=24";
/// Layers, heads and characters of the model that ships.
const SIZES: [usize; 3] = [4, 4, 65];

/// `link` with these interventions.
fn operated(link: &str, surgery: Json) -> String {
    let Json::Array(surgery) = surgery else { panic!("a list of interventions") };
    let packed = Draft { surgery, ..Draft::default() };
    packed::pack(&packed).map_or(link.to_owned(), |z| format!("{link}&z={z}"))
}

fn bits(values: &[f32]) -> Vec<u32> {
    values.iter().map(|x| x.to_bits()).collect()
}

/// The untouched run's half of a frame that has two.
fn original(session: &dyn Session, name: &str) -> Vec<f32> {
    let all = values(session, name);
    all[..all.len() / 2].to_vec()
}

fn edited(session: &dyn Session, name: &str) -> Vec<f32> {
    let all = values(session, name);
    all[all.len() / 2..].to_vec()
}

/// Row t of head (layer, head), from 0, of frame `name`.
fn row(session: &dyn Session, name: &str, [layer, head, t]: [usize; 3]) -> Vec<f32> {
    let frame = session.frame(name).unwrap();
    let sight = frame.shape[3];
    let start = ((layer * SIZES[1] + head) * sight + t) * sight;
    frame.data[start..start + sight].to_vec()
}

/// A number of the lab's own, which its status has.
fn count(session: &dyn Session, fact: &str) -> usize {
    session.status().count(fact).unwrap()
}

fn text(session: &dyn Session) -> String {
    session.text().unwrap()
}

#[test]
fn the_same_link_writes_the_same_text_however_it_is_pulled() {
    let mut one_by_one = open(LINK);
    for _ in 0..24 {
        block_on(one_by_one.step(1)).unwrap();
    }
    let sought = at(LINK, 24);
    assert_eq!(one_by_one.fingerprint(), sought.fingerprint());
    assert_eq!(text(&*one_by_one), text(&*sought));
    assert!(text(&*sought).starts_with("ROMEO:\n"), "{}", text(&*sought));
    assert_eq!(text(&*sought).chars().count(), 31);
    // Another length writes the same beginning, another seed another text.
    assert!(text(&*at("lab=attention&tokens=40", 40)).starts_with(&text(&*sought)));
    assert_ne!(text(&*at("lab=attention&tokens=24&seed=8", 24)), text(&*sought));
    // Nothing but the likeliest: chance has no say.
    let greedy = |seed: u32| text(&*at(&format!("{LINK}&temperature=0&seed={seed}"), 24));
    assert_eq!(greedy(1), greedy(2));
    assert_eq!(greedy(1), text(&*at(&format!("{LINK}&temperature=2&top_k=1"), 24)));
}

#[test]
fn back_is_exact_and_computes_nothing() {
    const FRAMES: [&str; 9] =
        ["tokens", "maps", "maps_original", "next", "lens", "surprisal", "stages", "stage_out", "measures"];
    let mut session = open(LINK);
    let mut seen = Vec::new();
    for k in 0..=24 {
        block_on(session.seek(k)).unwrap();
        seen.push(FRAMES.map(|name| bits(&values(&*session, name))));
    }
    let calls = count(&*session, "calls");
    assert_eq!(calls, 25, "the prompt, and one pass a character");
    for k in (0..=24).rev().chain([7, 20, 3]) {
        block_on(session.seek(k)).unwrap();
        for (name, seen) in FRAMES.iter().zip(&seen[k]) {
            assert_eq!(bits(&values(&*session, name)), *seen, "{name} at {k}");
        }
    }
    assert_eq!(count(&*session, "calls"), calls);
}

#[test]
fn the_frames_have_the_shapes_that_are_promised_and_agree() {
    let [layers, heads, v] = SIZES;
    let mut session = at(LINK, 5);
    let (t, width) = (12, 32);
    for (name, shape) in [
        ("letters", vec![v]),
        ("replaced", vec![7]),
        ("tokens", vec![2, t]),
        ("maps", vec![layers, heads, t, t]),
        ("maps_original", vec![layers, heads, t, t]),
        ("next", vec![2, v]),
        ("lens", vec![2, layers + 1, v]),
        ("surprisal", vec![2, t]),
        ("stage_q", vec![t, width]),
        ("stage_k", vec![t, width]),
        ("stage_v", vec![t, width]),
        ("stage_out", vec![t, width]),
        ("stages", vec![4, t, t]),
        ("measures", vec![2, layers, heads, 9]),
        ("losses", vec![0, 3]),
    ] {
        let frame = session.frame(name).unwrap();
        assert_eq!(frame.shape, shape, "{name}");
        assert!(frame.data.iter().all(|x| x.is_finite()), "{name}");
    }
    assert!(matches!(session.frame("x0"), Err(SessionError::UnknownFrame(_))));

    session.select(&Selection::of("head", serde_json::json!([3, 2])).and("token", 4));
    let stages = values(&*session, "stages");
    let [products, scaled, masked, after]: [&[f32]; 4] =
        std::array::from_fn(|i| &stages[i * t * t..(i + 1) * t * t]);
    let (q, k) = (values(&*session, "stage_q"), values(&*session, "stage_k"));
    let (weights, said) = (values(&*session, "stage_v"), values(&*session, "stage_out"));
    for i in 0..t {
        assert_eq!(after[i * t..(i + 1) * t], row(&*session, "maps", [2, 1, i]));
        for j in 0..t {
            let dot: f64 =
                (0..width).map(|c| f64::from(q[i * width + c]) * f64::from(k[j * width + c])).sum();
            let cell = i * t + j;
            // Sums of 32 products of numbers around one.
            assert!((f64::from(products[cell]) - dot).abs() < 1e-4);
            assert!((f64::from(scaled[cell]) - dot / 32f64.sqrt()).abs() < 1e-4);
            let seen = if j <= i { scaled[cell] } else { -1e30 };
            assert!((masked[cell] - seen).abs() <= 1e-4 * seen.abs().max(1.0), "{i} {j}");
        }
        for c in 0..width {
            let mix: f32 = (0..=i).map(|j| after[i * t + j] * weights[j * width + c]).sum();
            assert!((mix - said[i * width + c]).abs() < 1e-4);
        }
    }
    // The lens at a position ends in what the model says there.
    let last = values(&*session, "lens")[layers * v..(layers + 1) * v].to_vec();
    let there = at("lab=attention&tokens=1&prompt=ROME", 0);
    let gap = last.iter().zip(original(&*there, "next")).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(gap < 1e-4, "{gap}");
}

/// A long prompt read at once, and the same text written: the same model.
#[test]
fn a_text_that_was_written_is_read_the_same_way() {
    let wrote = at(LINK, 24);
    let whole = text(&*wrote);
    let mut experiment = labs::parse(LINK).experiment;
    experiment.inputs.prompt = Some(whole.clone());
    let mut read = opened(&experiment);
    block_on(read.seek(0)).unwrap();
    assert_eq!(text(&*read), whole);
    let gap = |name: &str| {
        let pairs = values(&*wrote, name).into_iter().zip(values(&*read, name));
        pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
    };
    assert!(gap("next") < 1e-3 && gap("maps") < 1e-4 && gap("surprisal") < 1e-3);
}

#[test]
fn the_default_run_shows_its_claims_holding() {
    let mut session = at("lab=attention", 80);
    block_on(session.work("checks", 1000)).unwrap();
    let progress = session.status().tasks["checks"];
    assert_eq!(progress.done, progress.total);
    for readout in session.readouts() {
        assert_eq!(readout.verdict, Verdict::Holds, "{}: {readout:?}", readout.id);
    }
    assert_eq!(readout(&*session, "causality"), Some(0.0));
    block_on(session.seek(79)).unwrap();
    assert_eq!(session.status().tasks["checks"].done, 0, "another text, other maps");
    assert_eq!(readout(&*session, "rows"), None);
}

#[test]
fn a_check_tells_the_same_text_from_another() {
    let session = at(LINK, 24);
    let check = session.fingerprint();
    assert_eq!(at(LINK, 24).compare(&check).verdict, Agreement::Exact);
    for other in [at(LINK, 23), at("lab=attention&tokens=24&seed=3", 24)] {
        let comparison = other.compare(&check);
        assert_eq!(comparison.verdict, Agreement::Differs);
        assert!(!comparison.message.en.contains("picture"), "{}", comparison.message.en);
    }
}

#[test]
fn a_handed_over_session_goes_on_as_if_nothing_happened() {
    for link in [
        LINK.to_owned(),
        operated(LINK, json!([{"op": "head", "layer": 1, "head": 1}])),
        operated(LINK, json!([{"op": "freeze", "layer": 2, "head": 3}, {"op": "token", "token": 2}])),
    ] {
        let mut first = at(&link, 13);
        let snapshot = first.snapshot();
        let mut second = open(&link);
        second.adopt(&snapshot).unwrap();
        assert_eq!((second.status().at, count(&*second, "calls")), (13, count(&*first, "calls")));
        assert_eq!(bits(&values(&*second, "maps")), bits(&values(&*first, "maps")));
        for session in [&mut first, &mut second] {
            block_on(session.step(5)).unwrap();
        }
        assert_eq!(first.fingerprint(), second.fingerprint());
        let mut foreign = open("lab=attention&tokens=24&prompt=x");
        assert!(matches!(foreign.adopt(&snapshot), Err(SessionError::ForeignSnapshot)));
        for end in [0, 3, 40, 1000, snapshot.len() - 1] {
            assert!(second.adopt(&snapshot[..end]).is_err(), "cut at {end}");
        }
        assert_eq!(second.status().at, 18, "a damaged snapshot changes nothing");
    }
}

/// What is shown needs nothing more from the engine that takes over, the weighing of surgery included.
#[test]
fn a_handed_over_session_shows_all_that_was_shown() {
    let surgery = json!([{"op": "head", "layer": 1, "head": 4}, {"op": "freeze", "layer": 2, "head": 1}]);
    let link = operated(LINK, surgery);
    let first = at(&link, 24);
    let mut second = open(&link);
    second.adopt(&first.snapshot()).unwrap();
    let before = readbacks();
    for name in [
        "tokens",
        "next",
        "maps",
        "maps_original",
        "surprisal",
        "edited_on_base_text",
        "edited_on_base_text_next",
    ] {
        assert_eq!(bits(&values(&*second, name)), bits(&values(&*first, name)), "{name}");
    }
    block_on(second.seek(24)).unwrap();
    assert_eq!((readbacks() - before, count(&*second, "calls")), (0, count(&*first, "calls")));
}

/// Each character depends on the one before it: a readback each. Whatever else is to be read travels along.
#[test]
fn a_pull_reads_back_once_a_character() {
    let reads = |session: &mut dyn Session, k: usize| {
        let before = readbacks();
        block_on(session.seek(k)).unwrap();
        readbacks() - before
    };
    let patch = json!({"op": "patch", "layer": 2, "head": 1, "prompt": "JULIET:"});
    let freeze = json!({"op": "freeze", "layer": 3, "head": 2});
    let head = json!({"op": "head", "layer": 1, "head": 1});
    // The patterns of frozen and patched heads have to be known before the edited model reads.
    for (surgery, prompt, character) in [
        (json!([]), 1, 1),
        (json!([head]), 1, 1),
        (json!([head, patch]), 2, 1),
        (json!([head, freeze]), 2, 2),
        (json!([head, freeze, patch]), 2, 2),
    ] {
        let mut session = open(&operated(LINK, surgery.clone()));
        assert_eq!(reads(&mut *session, 0), prompt, "the prompt under {surgery}");
        assert_eq!(reads(&mut *session, 1), character, "a character under {surgery}");
        assert_eq!(reads(&mut *session, 24), 23 * character, "23 characters under {surgery}");
        assert_eq!(reads(&mut *session, 3), 0, "back");
        let before = readbacks();
        session.readouts();
        session.snapshot();
        for name in ["maps", "stages", "measures", "next", "edited_on_base_text"] {
            values(&*session, name);
        }
        assert_eq!(readbacks() - before, 0, "what is looked at is there");
        block_on(session.work("checks", 1000)).unwrap();
        assert_eq!(readbacks() - before, 1, "all checks under {surgery}");
    }
    // A long prompt is read at once.
    let mut long = open(&format!("{LINK}&prompt={}", "e".repeat(200)));
    assert_eq!(reads(&mut *long, 0), 1);
    let mut small = open("lab=attention&model=toy&trained=20&tokens=4");
    let before = readbacks();
    block_on(small.work("train", 20)).unwrap();
    assert_eq!(readbacks() - before, 1, "20 training steps");
    block_on(small.work("checks", 1000)).unwrap();
    assert_eq!(readbacks() - before, 3, "the prompt, and the checks with the text that repeats itself");
}

/// A change of settings keeps what is still true: nothing is read twice, and nothing else is shown than alone.
#[test]
fn what_is_still_true_is_reused() {
    let before = at(LINK, 24);
    let operated = operated(LINK, json!([{"op": "layer", "layer": 1, "part": "attention"}]));
    for (link, expected) in [
        ("lab=attention&tokens=24&layer=3&view=difference".to_owned(), 0),
        // The longer text begins with the shorter one.
        ("lab=attention&tokens=30".to_owned(), 6),
        // Only the edited run is new, and the untouched text as the edited model reads it.
        (operated.clone(), 26),
        ("lab=attention&tokens=24&prompt=JULIET".to_owned(), 25),
    ] {
        let mut next = open(&link);
        next.reuse(&*before.keeper());
        let length = next.status().length;
        block_on(next.seek(length)).unwrap();
        assert_eq!(count(&*next, "calls"), expected, "{link}");
        assert_eq!(next.fingerprint(), at(&link, length).fingerprint(), "{link}");
    }
    // A little less heat leaves the first choices as they were.
    let link = "lab=attention&tokens=24&temperature=0.75";
    let mut next = open(link);
    next.reuse(&*before.keeper());
    block_on(next.seek(24)).unwrap();
    let calls = count(&*next, "calls");
    assert!(calls < 24, "{calls}");
    assert_eq!(next.fingerprint(), at(link, 24).fingerprint());
    let mut other = open(LINK);
    assert!(matches!(other.adopt(b"nonsense"), Err(SessionError::ForeignSnapshot)));
    assert_eq!(other.status().computed, 0);
}

/// The text up to the first character that differs.
fn common_start(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

#[test]
fn surgery_leaves_the_untouched_run_alone() {
    let plain = at(LINK, 24);
    let surgery = json!([
        {"op": "head", "layer": 1, "head": 2},
        {"op": "layer", "layer": 3, "part": "mlp"},
        {"op": "token", "token": 2},
        {"op": "cut", "layer": 0, "head": 1, "cells": [[6, 1], [6, 2]]},
        {"op": "window", "layer": 2, "head": 0, "width": 3},
        {"op": "set", "layer": 4, "head": 4, "cell": [7, 3], "value": 0.9},
        {"op": "freeze", "layer": 2, "head": 1},
        {"op": "patch", "layer": 3, "head": 3, "prompt": "JULIET"},
    ]);
    let session = at(&operated(LINK, surgery), 24);
    assert!(session.status().warnings.is_empty(), "{:?}", session.status().warnings);
    for name in ["tokens", "next", "lens", "surprisal"] {
        assert_eq!(bits(&original(&*session, name)), bits(&original(&*plain, name)), "{name}");
    }
    assert_eq!(bits(&values(&*session, "maps_original")), bits(&values(&*plain, "maps_original")));
    assert_ne!(text(&*session), text(&*plain));
    // Without surgery the two runs are one.
    for name in ["tokens", "next", "lens", "surprisal"] {
        assert_eq!(original(&*plain, name), edited(&*plain, name), "{name}");
    }
}

/// The edited model on the untouched run's text is the edited model that was given this text as its prompt.
#[test]
fn surgery_is_weighed_on_one_and_the_same_text() {
    let surgery = json!([{"op": "head", "layer": 1, "head": 4}, {"op": "freeze", "layer": 2, "head": 1}]);
    let both = at(&operated(LINK, surgery.clone()), 24);
    let untouched = at(LINK, 24);
    assert_ne!(text(&*both), text(&*untouched), "or there is nothing to weigh");
    let prompt: String = text(&*untouched);
    let written = prompt.replace('\n', "%0A").replace(' ', "%20");
    let told = at(&operated(&format!("{LINK}&prompt={written}"), surgery), 0);
    // One pass or several: sums in another order.
    let close =
        |a: &[f32], b: &[f32]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-4) && a.len() == b.len();
    assert!(close(&values(&*both, "edited_on_base_text"), &edited(&*told, "surprisal")));
    assert!(close(&values(&*both, "edited_on_base_text_next"), &edited(&*told, "next")));
    assert_eq!(values(&*untouched, "edited_on_base_text"), original(&*untouched, "surprisal"));
    let mean = |nats: &[f32]| nats[1..].iter().sum::<f32>() / (nats.len() - 1) as f32;
    let [cost, before] = [mean(&values(&*both, "edited_on_base_text")), mean(&original(&*both, "surprisal"))];
    assert!(cost > before + 0.1, "{cost} after {before}");
}

/// Each intervention does what it says, to the maps of the head that it names.
#[test]
fn an_intervention_does_what_it_says() {
    let on = |surgery: Json| at(&operated(LINK, surgery), 10);
    let plain = at(LINK, 10);
    let t = 17;
    // Hidden from all that come later; it still sees itself.
    let hidden = on(json!([{"op": "token", "token": 3}]));
    for layer in 0..4 {
        for head in 0..4 {
            for i in 0..t {
                let row = row(&*hidden, "maps", [layer, head, i]);
                assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-5);
                assert_eq!(row[2] > 0.0, i == 2, "layer {layer}, head {head}, row {i}");
            }
        }
    }
    let window = on(json!([{"op": "window", "layer": 0, "head": 0, "width": 2}]));
    let cut = on(json!([{"op": "cut", "layer": 2, "head": 3, "cells": [[6, 2], [6, 6]]}]));
    let set = on(json!([{"op": "set", "layer": 1, "head": 1, "cell": [5, 2], "value": 0.75}]));
    for i in 2..t {
        assert!(row(&*window, "maps", [3, 2, i])[..i - 1].iter().all(|w| *w == 0.0));
    }
    let row_cut = row(&*cut, "maps", [1, 2, 5]);
    assert_eq!((row_cut[1], row_cut[5]), (0.0, 0.0));
    assert!((row_cut.iter().sum::<f32>() - 1.0).abs() < 1e-5);
    let (row_set, before) = (row(&*set, "maps", [0, 0, 4]), row(&*plain, "maps", [0, 0, 4]));
    assert!((row_set[1] - 0.75).abs() < 1e-6 && (row_set.iter().sum::<f32>() - 1.0).abs() < 1e-5);
    // The others keep their proportions.
    assert!((row_set[0] / row_set[3] - before[0] / before[3]).abs() < 1e-3 * before[0] / before[3]);
    // The rows before are not touched, bit for bit.
    for session in [&cut, &set] {
        for i in 0..4 {
            assert_eq!(row(&**session, "maps", [2, 2, i]), row(&*plain, "maps", [2, 2, i]));
        }
    }
    let patched = on(json!([{"op": "patch", "layer": 2, "head": 1, "prompt": "JULIET:"}]));
    let other = at("lab=attention&tokens=1&prompt=JULIET:", 0);
    for i in 0..7 {
        let (ours, theirs) = (row(&*patched, "maps", [1, 0, i]), row(&*other, "maps", [1, 0, i]));
        let gap = ours.iter().zip(&theirs).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(gap < 1e-5, "row {i}: {gap}");
    }
    assert!((row(&*patched, "maps", [1, 0, 12]).iter().sum::<f32>() - 1.0).abs() < 1e-5);
}

/// A frozen head keeps the untouched model's pattern on the text that is there, also after the texts have parted.
#[test]
fn a_frozen_head_goes_by_the_untouched_model_on_the_same_text() {
    let surgery = json!([{"op": "head", "layer": 1, "head": 1}, {"op": "head", "layer": 1, "head": 2}, {"op": "freeze", "layer": 3, "head": 2}]);
    let session = at(&operated(LINK, surgery), 24);
    let written = text(&*session);
    assert!(common_start(&written, &text(&*at(LINK, 24))) < 31, "the texts part");
    let mut experiment = labs::parse(LINK).experiment;
    experiment.inputs.prompt = Some(written);
    let mut untouched = opened(&experiment);
    block_on(untouched.seek(0)).unwrap();
    let loose = at(
        &operated(
            LINK,
            json!([{"op": "head", "layer": 1, "head": 1}, {"op": "head", "layer": 1, "head": 2}]),
        ),
        24,
    );
    let mut moved = 0.0f32;
    for i in 0..31 {
        let [frozen, theirs] = [&session, &untouched].map(|s| row(&**s, "maps", [2, 1, i]));
        let gap = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(gap(&frozen, &theirs) < 1e-4, "row {i}");
        if i < 7 {
            moved = moved.max(gap(&row(&*loose, "maps", [2, 1, i]), &theirs));
        }
    }
    assert!(moved > 1e-2, "without freezing the head would have moved: {moved}");
}

/// A head without a voice: what it looks at stays, what it says is nothing, and what the layer before it knew stays.
#[test]
fn a_head_switched_off_says_nothing() {
    let off = at(&operated(LINK, json!([{"op": "head", "layer": 2, "head": 3}])), 0);
    let plain = at(LINK, 0);
    let mut off = off;
    off.select(&Selection::of("head", serde_json::json!([2, 3])));
    assert!(values(&*off, "stage_out").iter().all(|x| *x == 0.0));
    for i in 0..7 {
        assert_eq!(
            row(&*off, "maps", [1, 2, i]),
            row(&*plain, "maps", [1, 2, i]),
            "its own map is what it was"
        );
    }
    let v = SIZES[2];
    let (with, without) = (edited(&*plain, "lens"), edited(&*off, "lens"));
    assert_eq!(bits(&with[..2 * v]), bits(&without[..2 * v]), "layers before it know nothing of it");
    assert_ne!(with[2 * v..], without[2 * v..]);
    // All heads of a layer off is the layer's attention off.
    let all = |layer: usize| {
        json!((1..=4).map(|head| json!({"op": "head", "layer": layer, "head": head})).collect::<Vec<_>>())
    };
    let layer = at(&operated(LINK, json!([{"op": "layer", "layer": 2, "part": "attention"}])), 24);
    let heads = at(&operated(LINK, all(2)), 24);
    let part = common_start(&text(&*layer), &text(&*heads));
    // Zeroed heads still add the projection's bias, which the layer without attention does not.
    assert!(part >= 7);
}

#[test]
fn a_prompt_that_cannot_be_read_as_it_stands_is_named() {
    let run = |prompt: &str| {
        let draft = Draft { lab: "attention".into(), prompt: Some(prompt.into()), ..Draft::default() };
        let (experiment, mut said) = labs::from_draft(&draft);
        let mut session = opened(&experiment);
        said.extend(session.status().warnings);
        block_on(session.seek(3)).unwrap();
        assert!(session.status().at >= 1 && values(&*session, "maps").iter().all(|x| x.is_finite()));
        (session, said.into_iter().map(|message| message.en).collect::<Vec<_>>().join(" "))
    };
    let (empty, said) = run("");
    assert!(said.contains("empty") && text(&*empty).starts_with('\n'), "{said}");
    let (long, said) = run(&"to be ".repeat(20_000));
    assert!(said.contains("120000") && said.contains("last 1024") && said.contains("last 176"), "{said}");
    assert_eq!((count(&*long, "prompt"), long.status().length, count(&*long, "context")), (176, 80, 256));
    let (strange, said) = run("“Déjà” 🎭\u{202e}שלום\0\r\n");
    assert!(said.contains("é → e") && said.contains("🎭 → a space") && said.contains("U+202E"), "{said}");
    assert!(text(&*strange).starts_with("'Deja'        \n"), "{:?}", text(&*strange));
    let replaced = values(&*strange, "replaced");
    assert_eq!(
        replaced.iter().map(|x| *x as usize).collect::<Vec<_>>(),
        [1, 0, 1, 0, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 0]
    );
    // A context full of one character.
    let (full, _) = run(&"e".repeat(255));
    assert_eq!((full.status().length, full.status().at), (1, 1));
}

#[test]
fn interventions_on_what_is_not_there_are_left_out_and_named() {
    let session = open_with_warnings(json!([
        {"op": "head", "layer": 9, "head": 1},
        {"op": "head", "layer": 1, "head": 7},
        {"op": "token", "token": 300},
        {"op": "patch", "layer": 5, "head": 1, "prompt": "x"},
    ]));
    let said: Vec<_> = session.status().warnings.into_iter().map(|w| w.en).collect();
    assert_eq!(said.len(), 4, "{said:?}");
    assert!(said.iter().zip(1..).all(|(said, number)| said.starts_with(&format!("Intervention {number}:"))));
}

fn open_with_warnings(surgery: Json) -> Box<dyn Session> {
    opened(&labs::parse(&operated(LINK, surgery)).experiment)
}

#[test]
fn a_model_of_another_kind_is_refused() {
    let experiment = labs::parse(LINK).experiment;
    let open = |weights: Option<&[u8]>| labs::open(&experiment, Resources { weights, device: &device() });
    assert!(matches!(open(None), Err(SessionError::NoWeights("shakespeare"))));
    assert!(matches!(open(Some(b"nonsense")), Err(SessionError::BadWeights(_))));
    assert!(open(Some(&weights("digits"))).is_err());
}

/// The induction network, trained to where its link says.
const TOY: &str = "lab=attention&model=toy&trained=300";

fn trained(link: &str) -> Box<dyn Session> {
    let mut session = open(link);
    let progress = |session: &dyn Session| session.status().tasks["train"];
    while progress(&*session).done < progress(&*session).total {
        let left = progress(&*session).total - progress(&*session).done;
        block_on(session.work("train", left.min(50))).unwrap();
    }
    block_on(session.seek(session.status().length)).unwrap();
    session
}

/// The small network learns to repeat, by a head that looks for what followed; switched off, it cannot any more.
#[test]
fn a_network_learns_in_the_session_and_its_induction_head_is_why() {
    let mut session = trained(TOY);
    assert_eq!(
        (count(&*session, "prompt"), session.status().length, count(&*session, "context")),
        (18, 30, 48)
    );
    let block = "qhxmzbtkwfrv";
    assert_eq!(text(&*session), block.repeat(4));
    let probes = session.frame("probes").unwrap();
    assert_eq!(probes.shape, [1 + 300 / PROBE_EVERY, 5], "2 layers of 2 heads");
    let (first, last) = (&probes.data[..5], &probes.data[probes.data.len() - 5..]);
    let best = |scores: &[f32]| scores[1..].iter().copied().fold(0.0, f32::max);
    assert!((last[0] - 300.0).abs() < 0.5 && best(first) < 0.2 && best(last) > 0.8, "{first:?} {last:?}");
    let losses = session.frame("losses").unwrap();
    assert_eq!(losses.shape, [300, 3]);
    block_on(session.work("checks", 1000)).unwrap();
    for id in ["induction", "halves", "rows", "future", "causality", "cache", "surprisal"] {
        let claim = session.readouts().into_iter().find(|r| r.id == id).unwrap();
        assert_eq!(claim.verdict, Verdict::Holds, "{id}: {claim:?}");
    }

    // Which head it is, by its score; without it the repetition is hard, and without its layer as hard as at first.
    let (number, _) = last[1..].iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).unwrap();
    let off = |head: usize| json!({"op": "head", "layer": 1 + head / 2, "head": 1 + head % 2});
    let without = |heads: &[usize]| {
        let mut next = open(&operated(TOY, heads.iter().map(|head| off(*head)).collect()));
        next.reuse(&*session.keeper());
        assert_eq!(next.status().tasks["train"].done, 300, "surgery needs no new training");
        block_on(next.seek(0)).unwrap();
        let told = edited(&*next, "surprisal");
        told[13..18].iter().sum::<f32>() / 5.0
    };
    let with = original(&*session, "surprisal")[13..18].iter().sum::<f32>() / 5.0;
    assert!(number >= 2, "it reads what the layer before it wrote");
    let (one, both) = (without(&[number]), without(&[2, 3]));
    assert!(with < 0.2 && one > 0.5 && both > 2.0, "{with} {one} {both}");
}

#[test]
fn what_another_network_wrote_is_written_anew() {
    let mut session = open("lab=attention&model=toy&trained=40&tokens=10");
    assert_eq!(session.status().tasks["train"].total, 40);
    block_on(session.seek(10)).unwrap();
    let untrained = session.fingerprint();
    block_on(session.work("train", 40)).unwrap();
    // What was written stays until a state is asked for; then the network of now writes it.
    assert_eq!(session.fingerprint(), untrained);
    block_on(session.seek(10)).unwrap();
    assert_ne!(session.fingerprint(), untrained);
    assert_eq!(session.fingerprint(), trained("lab=attention&model=toy&trained=40&tokens=10").fingerprint());

    // Another engine goes on with the same network; another rate starts from the beginning.
    let (snapshot, link) = (session.snapshot(), "lab=attention&model=toy&trained=40&tokens=10");
    let mut second = open(link);
    second.adopt(&snapshot).unwrap();
    assert_eq!((second.status().tasks["train"].done, second.fingerprint()), (40, session.fingerprint()));
    for session in [&mut session, &mut second] {
        block_on(session.work("train", 20)).unwrap();
        block_on(session.seek(3)).unwrap();
    }
    assert_eq!(second.fingerprint(), session.fingerprint());
    let mut before = open(link);
    before.adopt(&snapshot).unwrap();
    let keeper = before.keeper();
    let mut other = open(&format!("{link}&rate=0.004"));
    other.reuse(&*keeper);
    assert_eq!(other.status().tasks["train"].done, 0);
    let mut earlier = open("lab=attention&model=toy&trained=20&tokens=10");
    earlier.reuse(&*keeper);
    assert_eq!(earlier.status().tasks["train"].done, 0, "it cannot be trained back");
    for end in [0, 5, 70, 1000, snapshot.len() - 1] {
        assert!(open(link).adopt(&snapshot[..end]).is_err(), "cut at {end}");
    }
}

/// A visitor flicks to and fro, and more than one session is still open. What two networks read is not mixed.
#[test]
fn of_several_sessions_the_furthest_is_gone_on_with() {
    let toy = "lab=attention&model=toy&trained=40&tokens=10";
    let off = |head: usize| operated(toy, json!([{"op": "head", "layer": 1, "head": head}]));
    let arrived = |link: &str, steps: usize, k: usize| {
        let mut session = open(link);
        block_on(session.work("train", steps)).unwrap();
        block_on(session.seek(k)).unwrap();
        session
    };
    let link = off(1);
    let (far, near, fresh) = (arrived(&link, 40, 10), arrived(&link, 20, 5), open(&link));
    for order in [[&far, &near, &fresh], [&fresh, &near, &far], [&near, &far, &fresh]] {
        let mut session = open(&link);
        order.iter().for_each(|other| session.reuse(&*other.keeper()));
        assert_eq!((session.status().computed, session.status().tasks["train"].done), (10, 40));
        block_on(session.seek(10)).unwrap();
        assert_eq!(session.fingerprint(), far.fingerprint());
    }
    // One has read with this surgery, the other has trained further under another.
    let mut session = open(&link);
    session.reuse(&*near.keeper());
    session.reuse(&*arrived(&off(2), 40, 10).keeper());
    assert_eq!(session.status().tasks["train"].done, 40);
    block_on(session.seek(10)).unwrap();
    assert_eq!(session.fingerprint(), far.fingerprint());
}

/// A network that cannot be read leaves what is shown as it is.
#[test]
fn what_is_shown_survives_a_network_that_cannot_be_read() {
    let link = "lab=attention&model=toy&trained=20&tokens=10";
    let mut session = open(link);
    block_on(session.seek(10)).unwrap();
    block_on(session.work("train", 20)).unwrap();
    let good = session.snapshot();
    let with = |value: f32, from: usize| {
        let mut bytes = good.clone();
        bytes[from..from + 20_000].as_chunks_mut::<4>().0.fill(value.to_le_bytes());
        bytes
    };
    let refused = |from: usize| open(link).adopt(&with(f32::INFINITY, from)).is_err();
    // Where in the bytes a number begins is one of four places.
    assert!((2000..2004).any(refused), "what is no number is no weight");
    let survivors = (2000..2004).filter(|from| {
        let mut next = open(link);
        if next.adopt(&with(3e38, *from)).is_err() {
            return false;
        }
        assert_eq!((next.status().tasks["train"].done, next.fingerprint()), (20, session.fingerprint()));
        let failed = matches!(block_on(next.seek(4)), Err(SessionError::Unreadable { .. }));
        assert!(!failed || next.status().at == 10 && next.fingerprint() == session.fingerprint());
        failed
    });
    assert!(survivors.count() > 0, "huge weights are numbers, what they lead to is none");
}

#[test]
fn a_text_in_any_script_can_be_learnt() {
    let own = |text: &str| {
        let mut experiment = labs::parse("lab=attention&model=toy&task=own&trained=2&tokens=5").experiment;
        experiment.inputs.text = Some(text.into());
        let mut session = opened(&experiment);
        block_on(session.work("train", 2)).unwrap();
        block_on(session.seek(5)).unwrap();
        session
    };
    let poem = "床前明月光，疑是地上霜。\n举头望明月，低头思故乡。\n";
    let session = own(poem);
    assert!(text(&*session).starts_with("床前明月光"), "{}", text(&*session));
    let letters = values(&*session, "letters");
    assert!(letters.contains(&('月' as u32 as f32)) && letters.contains(&('□' as u32 as f32)));
    // A single character, nothing but spaces, more characters than there are signs for.
    assert!(text(&*own("啊")).starts_with('啊'));
    assert!(own("  \n ").status().warnings[0].en.contains("paste"));
    let many: String = ('一'..='龥').take(5000).collect();
    assert!(
        own(&many).status().warnings[0]
            .en
            .contains("5000 different characters and the model has signs for 1023")
    );
    assert!(open("lab=attention&model=toy&task=own&trained=2").status().warnings[0].key == "text");
}

#[test]
fn every_task_opens_writes_and_comes_back_by_its_link() {
    for task in ["induction", "copy", "reverse", "sort", "brackets", "addition"] {
        let link = format!("lab=attention&model=toy&task={task}&trained=3&tokens=4");
        let session = trained(&link);
        assert!(session.status().at > 0 && session.status().at == session.status().length, "{task}");
        assert!(session.status().warnings.is_empty(), "{task}: {:?}", session.status().warnings);
        assert_eq!(trained(&link).fingerprint(), session.fingerprint(), "{task}");
        let looks = session.frame("probes").unwrap();
        assert_eq!(looks.shape[0], 1, "{task}");
    }
}

/// The highest rate that can be set teaches nothing, and leaves a network that writes.
#[test]
fn training_at_the_highest_rate_leaves_a_network_that_writes() {
    let mut session = open("lab=attention&model=toy&rate=0.02&tokens=3");
    block_on(session.seek(3)).unwrap();
    block_on(session.work("train", 200)).unwrap();
    assert_eq!(session.status().tasks["train"].done, 200);
    block_on(session.seek(3)).unwrap();
    assert!(values(&*session, "next").iter().all(|x| x.is_finite()));
    assert!(matches!(block_on(open(LINK).work("train", 1)), Err(SessionError::UnknownTask(_))));
}
