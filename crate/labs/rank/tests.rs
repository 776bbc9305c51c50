//! The lab by the session that a link opens: what its readouts say, and what they depend on.

use super::{
    claims, frames,
    lab::DecoderOnly,
    read::Read,
    settings::Held,
    state::Towers,
    trained::{Part, Toy},
    twins,
};
use crate::attention::{mixing::Sight, position::Position};
use crate::data::tasks::Task;
use crate::labs::{parse, twins::Schooling};
use crate::runtime::{
    lab::{Giver, Lab, Resources},
    readout::{Readout, Verdict},
};
use crate::train::{
    small::{Lesson, transformer::Pupil},
    tab::{
        lesson::Lesson as _,
        state::TabState,
        text::{TextLesson, TextOptions},
    },
};
use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

const SHAKESPEARE: &[u8] = include_bytes!("../../../www/models/shakespeare.safetensors");

fn towers(link: &str) -> Towers {
    let parsed = parse(&format!("v=2&lab=rank&{link}"));
    assert!(parsed.warnings.is_empty(), "{link}: {:?}", parsed.warnings);
    let weights = (parsed.experiment.lab.model)(&parsed.experiment).map(|model| match model.as_ref() {
        "shakespeare" => SHAKESPEARE,
        other => panic!("no weights of {other}"),
    });
    let read = weights.map(|weights| Read::of(&parsed.experiment, Some(weights)).unwrap());
    let mut towers = Towers::open(&parsed.experiment, read);
    while towers.measured < 4 {
        towers.measure();
    }
    towers
}

fn all(link: &str, at: usize) -> Vec<Readout> {
    claims::all(&towers(link), at)
}

/// What a task that waits for nobody answers.
fn done<T>(task: impl Future<Output = T>) -> T {
    match pin!(task).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => panic!("it waits"),
    }
}

fn find<'a>(all: &'a [Readout], id: &str) -> &'a Readout {
    all.iter().find(|one| one.id == id).unwrap_or_else(|| panic!("no readout {id}"))
}

fn value(all: &[Readout], id: &str) -> f64 {
    find(all, id).value.unwrap_or_else(|| panic!("{id} has no value"))
}

fn close(value: f64, expected: f64, tolerance: f64) {
    assert!((value - expected).abs() <= tolerance, "{value}, not {expected} ± {tolerance}");
}

/// The printed table of seed 7, by links alone.
#[test]
fn a_link_reproduces_the_table() {
    for (mask, kernel, gain, fine, coarse, entropy, stable, det) in [
        ("two-way", "softmax", 1.0, 64.0, 47.0, 27.3272, 2.2767, Some(-96.2099)),
        ("two-way", "softmax", 2.0, 64.0, 55.0, 33.0797, 5.5860, Some(-68.7859)),
        ("causal", "softmax", 1.0, 61.0, 49.0, 29.2925, 2.9339, Some(-99.0950)),
        ("causal", "softmax", 2.0, 59.0, 48.0, 31.5056, 6.1594, Some(-129.2158)),
        ("anti-causal", "softmax", 1.0, 62.0, 50.0, 29.2824, 2.9144, None),
        ("prefix", "softmax", 1.0, 62.0, 50.0, 29.5125, 2.5748, None),
        ("two-way", "elu1", 2.0, 8.0, 8.0, 3.1195, 1.0233, None),
        ("causal", "elu1", 1.0, 64.0, 45.0, 20.7540, 1.9296, None),
    ] {
        let link = format!("draw=splitmix&seed=7&mask={mask}&kernel={kernel}&gain={gain}");
        let all = all(&link, 0);
        assert_eq!((value(&all, "rank_1e6"), value(&all, "rank_1e2")), (fine, coarse), "{link}");
        close(value(&all, "erank_entropy"), entropy, 5.1e-5);
        close(value(&all, "erank_stable"), stable, 5.1e-5);
        if let Some(det) = det {
            close(value(&all, "log10_det"), det, 5.1e-5);
        }
    }
}

/// Numbers of `tests/golden/rank.py`: the tower of seed 11.
#[test]
fn a_link_reproduces_the_tower() {
    let golden: serde_json::Value =
        serde_json::from_str(include_str!("../../../tests/golden/rank.json")).unwrap();
    for row in golden["towers"].as_array().unwrap() {
        let (mask, residual) = (row["mask"].as_str().unwrap(), row["residual"].as_f64().unwrap());
        let link = format!("draw=splitmix&seed=11&n=32&d=8&prefix=16&mask={mask}&residual={residual}");
        for (at, expected) in [1, 2, 4, 8].into_iter().zip(row["spread"].as_array().unwrap()) {
            let expected = expected.as_f64().unwrap();
            close(value(&all(&link, at), "row_spread"), expected, 1e-9 * expected + 1e-15);
        }
    }
}

#[test]
fn what_is_not_defined_has_no_value() {
    let linear = all("kernel=elu1&mask=two-way", 0);
    for id in ["log10_det", "sigma_min", "condition"] {
        assert_eq!((find(&linear, id).value, find(&linear, id).verdict), (None, Verdict::Open), "{id}");
    }
    let uniform = all("kernel=uniform&mask=two-way", 0);
    assert_eq!(value(&uniform, "rank_1e6"), 1.0);
    close(value(&uniform, "sigma_max"), 1.0, 1e-12);
}

/// Every claim that theory makes holds on every kernel and mask; what may fail is what the lab is about.
#[test]
fn claims_of_theory_hold_everywhere() {
    let may_fail = ["rank_1e6", "rank_1e2", "condition", "erank_two_way", "erank_gain", "spread_two_way"];
    let drawn = [
        "",
        "&n=24&d=3&prefix=7&layers=5&residual=0.5",
        "&n=2&d=1&prefix=1&seed=3",
        "&n=40&gain=0&d=6&prefix=39",
        "&n=40&d=6&prefix=40&layers=2",
    ];
    hold(&drawn, &may_fail);
}

/// What is known of all heads holds for those of a model, too; that a tower shrinks differences by the mean over all directions is known
/// of random heads alone.
#[test]
fn claims_of_theory_hold_for_the_heads_of_a_model() {
    let may_fail = [
        "rank_1e6",
        "rank_1e2",
        "condition",
        "erank_two_way",
        "erank_gain",
        "spread_two_way",
        "erank_drawn",
        "row_spread",
    ];
    let read = [
        "&source=model&layers=4",
        "&source=model&layer=3&head=4&layers=3&prefix=7&prompt=ROMEO%3A%0AWhat+light",
        "&source=model&layer=2&head=1&layers=2&prompt=O",
        "&source=model&layer=4&head=2&layers=2&prompt=aaaaaaaaaaaaaaaa",
    ];
    hold(&read, &may_fail);
}

/// Under every kernel and mask, with each of these settings more, nothing fails but what may.
fn hold(settings: &[&str], may_fail: &[&str]) {
    let mut wrong = Vec::new();
    for kernel in ["softmax", "elu1", "relu", "identity", "exp", "uniform"] {
        for mask in ["two-way", "prefix", "causal", "anti-causal", "mixed"] {
            for more in settings {
                let link = format!("kernel={kernel}&mask={mask}{more}");
                let towers = towers(&link);
                let top = towers.settings.layers;
                for at in [0, 1, top] {
                    for claim in claims::all(&towers, at) {
                        let fine = claim.verdict != Verdict::Fails || may_fail.contains(&claim.id);
                        if !fine {
                            wrong.push(format!(
                                "{link} at {at}: {} = {:?}, not {:?}",
                                claim.id, claim.value, claim.expected
                            ));
                        }
                        assert!(!claim.note.en.is_empty() && !claim.note.zh.is_empty());
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The three verdicts of the article's argument: weak for softmax, which way depends; decisive without the exponential.
#[test]
fn the_argument_depends_on_the_kernel() {
    let verdict = |link: &str| find(&all(link, 0), "erank_two_way").verdict;
    assert_eq!(verdict("kernel=softmax"), Verdict::Holds);
    assert_eq!(verdict("kernel=softmax&n=160&d=64"), Verdict::Fails);
    for kernel in ["elu1", "exp", "identity", "uniform"] {
        assert_eq!(verdict(&format!("kernel={kernel}")), Verdict::Holds, "{kernel}");
    }
    assert_eq!(find(&all("", 8), "spread_two_way").verdict, Verdict::Holds);
    let gain = |link: &str| find(&all(link, 0), "erank_gain").verdict;
    assert_eq!(gain("draw=splitmix&seed=7&mask=two-way"), Verdict::Holds);
    assert_eq!(gain("draw=splitmix&seed=7&mask=two-way&gain=8"), Verdict::Fails);
}

/// What is said of the head does not depend on the layer shown, nor on what was measured beside.
#[test]
fn the_head_is_the_same_at_every_state() {
    let ids = [
        "rank_1e6",
        "rank_1e2",
        "erank_entropy",
        "log10_det",
        "reachable_pairs",
        "prefix_permutation_change",
    ];
    let fresh = Towers::open(&parse("v=2&lab=rank&mask=prefix&n=100").experiment, None);
    let whole = towers("mask=prefix&n=100");
    for at in [0, 5, 12] {
        let (one, other) = (claims::all(&fresh, at), claims::all(&whole, at));
        for id in ids {
            assert_eq!(find(&one, id).value, find(&other, id).value, "{id}");
            assert_eq!(find(&one, id).value, find(&claims::all(&fresh, 0), id).value, "{id}");
        }
    }
    assert_eq!(find(&claims::all(&fresh, 3), "erank_two_way").value, None);
    assert!(find(&claims::all(&whole, 3), "erank_two_way").value.is_some());
}

/// A longer text begins with the shorter one, and another layer leaves the others alone.
#[test]
fn philox_draws_by_address() {
    let map = |link: &str| towers(link).now().map.clone();
    let (short, long) = (map("n=20&kernel=elu1"), map("n=40&kernel=elu1"));
    assert!((short - long.view((0, 0), (20, 20))).amax() < 1e-15);
    assert_eq!(map("layers=3"), map("layers=9"));
    assert_ne!(map("seed=7"), map("seed=8"));
    assert_ne!(map("seed=7"), map("draw=splitmix"));
}

/// While a hand holds the boundary, it is the session of the link that it will write.
#[test]
fn what_a_hand_holds_is_what_the_link_will_say() {
    let mut held = towers("mask=prefix");
    held.hold(&Held::from([("prefix", 20.0), ("gain", 2.0)]));
    let written = towers("mask=prefix&prefix=20&gain=2");
    for name in ["map", "spectra", "points", "depth", "order", "cost"] {
        let bits = |towers: &Towers| -> Vec<u32> {
            frames::frame(towers, 2, name).unwrap().data.iter().map(|x| x.to_bits()).collect()
        };
        assert_eq!(bits(&held), bits(&written), "{name}");
    }
    assert!(frames::frame(&held, 0, "nothing").is_err());
}

/// Every head of the model is its own, whatever the layer; its sizes are those of the text and of the model.
#[test]
fn a_head_of_a_model_is_the_models_own() {
    let mut ranks = Vec::new();
    for layer in 1..=4 {
        for head in 1..=4 {
            let link = format!("source=model&layer={layer}&head={head}&prompt=Now+is+the+winter&n=500&d=3");
            let all = all(&link, 0);
            assert_eq!(find(&all, "model_gap").verdict, Verdict::Holds, "{link}");
            assert!(value(&all, "model_gap") > 0.0, "doubles and singles differ somewhere");
            assert_eq!(value(&all, "reachable_pairs"), 17.0 * 18.0 / 2.0);
            assert_eq!(value(&all, "rank_logits"), 17.0);
            ranks.push(value(&all, "erank_entropy"));
        }
    }
    ranks.sort_by(f64::total_cmp);
    ranks.dedup();
    assert_eq!(ranks.len(), 16, "sixteen heads are sixteen heads");
}

/// A causal head knows nothing of what is still to come: of a longer text the beginning is the same.
#[test]
fn a_longer_text_begins_as_the_shorter_one() {
    let map = |prompt: &str| towers(&format!("source=model&layer=3&prompt={prompt}")).now().map.clone();
    let (short, long) = (map("ROMEO%3A%0AO"), map("ROMEO%3A%0AO+speak"));
    let n = short.nrows();
    assert!((&short - long.view((0, 0), (n, n))).amax() < 1e-5);
    assert_eq!((n, long.nrows()), (8, 14));
}

/// The tower is built of the heads that come next: its first layer is the chosen one, its second what the link to the next shows first.
#[test]
fn a_tower_goes_on_with_the_next_head() {
    let of = |link: &str, at: usize| {
        let towers = towers(&format!("source=model&prompt=Good+night&{link}"));
        towers.now().height(&towers.settings, at, |height| height.x.clone())
    };
    let product = of("layer=2&head=1", 1) * of("layer=1&head=4", 1);
    assert!((of("layer=1&head=4", 2) - product).amax() < 1e-12);
    let around = of("layer=1&head=1", 1) * of("layer=4&head=4", 1);
    assert!((of("layer=4&head=4", 2) - around).amax() < 1e-12);
}

#[test]
fn a_text_that_is_too_long_is_cut_and_said_so() {
    let long = towers(&format!("source=model&prompt={}", "x".repeat(300)));
    let read = long.read.as_ref().unwrap();
    assert_eq!((long.settings.n, read.letters.len(), read.warnings.len()), (256, 256, 1));
    assert!(read.warnings[0].en.contains("300") && read.warnings[0].key == "prompt");
    let link = parse("v=2&lab=rank&source=model").experiment;
    let refused = |weights| Read::of(&link, weights).err().unwrap().to_string();
    assert!(refused(None).contains("shakespeare"));
    assert!(refused(Some(&SHAKESPEARE[..5000])).contains("weights cannot be used"));
}

/// Numbers of `tests/golden/rank.py`: the same file of weights read by NumPy in double precision.
#[test]
fn a_link_measures_a_head_of_the_model() {
    let golden: serde_json::Value =
        serde_json::from_str(include_str!("../../../tests/golden/rank.json")).unwrap();
    let text = golden["model"]["text"].as_str().unwrap().replace(' ', "+");
    for row in golden["model"]["heads"].as_array().unwrap() {
        let (layer, head, mask) = (&row["layer"], &row["head"], row["mask"].as_str().unwrap());
        let link = format!("source=model&layer={layer}&head={head}&mask={mask}&prefix=9&prompt={text}");
        let all = all(&link, 0);
        for (id, name) in [
            ("erank_entropy", "entropy"),
            ("erank_stable", "stable"),
            ("erank_nuclear", "nuclear"),
            ("erank_participation", "participation"),
        ] {
            let expected = row[name].as_f64().unwrap();
            close(value(&all, id), expected, 1e-4 * expected);
        }
        assert_eq!(value(&all, "rank_1e2"), row["rank_1e2"].as_f64().unwrap(), "{link}");
    }
}

/// They begin alike and read alike; their masks differ and nothing else.
#[test]
fn twins_differ_in_their_masks_alone() {
    for task in ["sort", "addition", "copy", "reverse"] {
        for (pair, sights) in [
            ("prefix&codes=none", [vec![Sight::Past], vec![]]),
            ("gaps", [vec![Sight::Both], vec![Sight::Past, Sight::Later]]),
        ] {
            let link = parse(&format!("v=2&lab=rank&task={task}&twins={pair}")).experiment;
            let [one, mut other] = [0, 1].map(|i| twins::options(&link, i, 2));
            let [a, b] = [&one, &other].map(|options| Pupil::new(options.clone()));
            assert_eq!(a.initial(), b.initial());
            assert_eq!(a.lesson(5), b.lesson(5));
            assert_eq!(a.held_out(), b.held_out());
            assert_eq!(one.mixing.sights, sights[0]);
            let question = vec![Sight::Prefix(one.exercise.input())];
            assert_eq!(other.mixing.sights, if pair == "gaps" { sights[1].clone() } else { question });
            other.mixing.sights = one.mixing.sights.clone();
            assert_eq!(one, other);
            assert_eq!(one.mixing.position == Position::Rotary, pair == "gaps");
        }
    }
}

fn schooling(link: &str) -> Schooling {
    let parsed = parse(&format!("v=2&lab=rank&task=addition&steps=50&{link}"));
    assert!(parsed.warnings.is_empty(), "{link}: {:?}", parsed.warnings);
    twins::schooling(&parsed.experiment)
}

/// However it was pulled, through whichever sessions, it is the same run; a verdict needs three seeds, and says what the frames show.
#[test]
fn twins_go_on_where_another_session_left_them() {
    let mut whole = schooling("seeds=3&trained=150");
    done(whole.train(usize::MAX)).unwrap();
    assert_eq!((whole.done(), whole.planned()), (150, 150));
    let mut parts = schooling("seeds=2");
    done(parts.train(70)).unwrap();
    assert_eq!((parts.progress().done, parts.progress().total), (70, 70));
    // A link that says less cannot take back what was learnt; another engine takes all.
    let state = parts.state();
    assert!(!schooling("seeds=3&trained=69").fits(&state, Giver::Edit));
    assert!(schooling("seeds=3").fits(&state, Giver::Engine));
    let mut more = schooling("seeds=3&trained=70");
    assert!(more.key == parts.key && more.key != schooling("rate=0.003").key);
    assert!(more.fits(&state, Giver::Edit));
    more.take(state);
    done(more.train(1)).unwrap();
    let towers = towers("");
    let claim =
        |schooling: &Schooling| find(&claims::twins::all(&towers, schooling), "twin_difference").clone();
    assert_eq!((claim(&more).value, claim(&more).verdict), (None, Verdict::Open));
    done(more.train(79)).unwrap();
    assert_eq!(more.state(), whole.state());
    // Fewer seeds are the first of them; and no link promises more than there is.
    let mut few = schooling("seeds=1&trained=9999");
    few.take(whole.state());
    assert_eq!((few.done(), few.progress().total), (50, 50));
    let ends: Vec<Vec<f64>> = (0..2).map(|i| whole.ends(i, 0)).collect();
    let mean = (0..3).map(|k| ends[1][k] - ends[0][k]).sum::<f64>() / 3.0;
    let said = claim(&whole);
    close(said.value.unwrap(), mean, 1e-12);
    let half = said.tolerance.unwrap();
    assert_eq!(said.verdict == Verdict::Holds, mean.abs() <= half);
    let pairs = whole.pairs();
    assert_eq!((pairs.data[0], pairs.data[1], pairs.data[3]), (mean as f32, half as f32, 3.0));
    let looks = whole.looks("twin_losses", 0);
    let last = looks.data.len() - 1;
    assert_eq!(f64::from(looks.data[last]), ends[1][2]);
    assert!(looks.data.iter().all(|loss| loss.is_finite()));
    assert!(more.looks("twin_losses", 0).data == looks.data);
}

fn lab(link: &str) -> DecoderOnly {
    let parsed = parse(&format!("v=2&lab=rank&source=trained&{link}"));
    assert!(parsed.warnings.is_empty(), "{link}: {:?}", parsed.warnings);
    let resources = Resources {
        weights: None,
        #[cfg(feature = "networks")]
        device: &crate::device::Device::Cpu,
    };
    DecoderOnly::open(&parsed.experiment, resources).unwrap()
}

/// A twin's head is its own, behind its own mask, before the first step as after it; it is that of the pair and layer that were asked for.
#[test]
fn a_head_of_a_twin_is_the_twins_own_and_learns_with_it() {
    for twins in ["prefix", "gaps"] {
        let mut maps = Vec::new();
        for place in ["", "&network=second", "&head=2", "&network=second&head=2", "&layer=2", "&pair=2"] {
            let mut lab = lab(&format!("twins={twins}&task=addition&steps=50&seeds=2{place}"));
            let steps = |lab: &DecoderOnly| lab.facts(0)["head_steps"].as_u64().unwrap();
            let map = |lab: &DecoderOnly| lab.frame(0, "map").unwrap().data;
            let gap = |lab: &DecoderOnly| value(&lab.readouts(0), "model_gap");
            assert!(gap(&lab) > 0.0 && gap(&lab) < 1e-5, "{twins}{place}: {}", gap(&lab));
            let young = map(&lab);
            done(lab.work(0, "train", 70)).unwrap();
            assert!(gap(&lab) > 0.0 && gap(&lab) < 1e-5, "{twins}{place}: {}", gap(&lab));
            assert_eq!(steps(&lab), if place == "&pair=2" { 20 } else { 50 });
            assert_ne!(map(&lab), young);
            // Whoever takes the twins over shows the same head.
            let mut other =
                self::lab(&format!("twins={twins}&task=addition&steps=50&seeds=2{place}&trained=70"));
            assert_eq!(map(&other), young);
            for (key, part) in lab.parts() {
                assert!(other.fits(&key, &part, Giver::Edit));
                other.take(&key, part, Giver::Edit);
            }
            assert_eq!(map(&other), map(&lab));
            maps.push(map(&lab));
        }
        maps.dedup();
        // Behind one and the same mask twins may look alike; heads, layers and pairs do not.
        assert!(maps.len() >= 5, "{twins}");
    }
}

/// A network that learnt elsewhere is found by the settings of its training; until then it is shown as it begins, and said so.
#[test]
fn a_network_that_learnt_elsewhere_is_shown_as_far_as_it_is_remembered() {
    let link = "network=toy&toy_task=copy&toy_rate=0.002&toy_init=11";
    let mut lab = lab(&format!("{link}&toy_trained=9"));
    let options = TextOptions { task: Task::Copy, rate: 0.002, seed: 11 };
    let lent = |lab: &DecoderOnly| lab.facts(0)["lent"].clone();
    assert_eq!(lent(&lab)["key"], options.key());
    assert_eq!((lent(&lab)["done"].as_u64(), lent(&lab)["total"].as_u64()), (Some(0), Some(9)));
    let young = lab.frame(0, "map").unwrap().data;
    assert!(value(&lab.readouts(0), "model_gap") < 1e-5);
    let lesson = TextLesson::new(options).unwrap();
    let weights: Vec<f32> = lesson.initial().iter().map(|w| 2.0 * w).collect();
    let mut state = TabState {
        at: 6,
        losses: vec![1.0; 12],
        probes: lesson.probe(&weights),
        numbers: [&weights[..], &vec![0.0; 2 * weights.len()]].concat().into(),
    };
    let key = lab.parts()[0].0.clone();
    let part = |state: &TabState| Part::Network(Some(state.clone()));
    let fits = |lab: &DecoderOnly, state: &TabState| lab.fits(&key, &part(state), Giver::Edit);
    assert!(fits(&lab, &state));
    assert!(!fits(&self::lab(&format!("{link}&toy_trained=5")), &state), "further than the link says");
    lab.take(&key, part(&state), Giver::Edit);
    assert_eq!((lent(&lab)["done"].as_u64(), lab.facts(0)["head_steps"].as_u64()), (Some(6), Some(6)));
    assert_ne!(lab.frame(0, "map").unwrap().data, young);
    assert!(value(&lab.readouts(0), "model_gap") < 1e-5);
    state.losses.pop();
    assert!(!fits(&lab, &state));
    // What the twins of this lab keep is another thing.
    assert_ne!(lab.learned().unwrap(), key);
    assert!(Toy::of(&parse("v=2&lab=rank&network=toy").experiment).unwrap().is_none());
}
