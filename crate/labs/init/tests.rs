//! Frames of every view, what is held, what is typed.

use super::{
    frames::{frame, proof},
    lab::Newborn,
    lanes::{self, LANES, Lane},
    parameters,
    settings::held,
    state::Born,
    sweep::{RUNS, Sweep},
};
use crate::labs;
use crate::runtime::{
    lab::{Giver, Lab, Resources},
    readout::{Readout, Verdict},
    selection::Selection,
};
use crate::train::widths::Parametrisation;
use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

const ALL: [(&str, &[&str]); 4] = [
    ("signal", &["layers", "histogram"]),
    ("truncation", &["ruler", "cuts", "activation", "tuned"]),
    ("attention", &["rows", "curve", "heads"]),
    ("residual", &["rungs", "shares"]),
];

fn lab(link: &str) -> Born {
    let parsed = labs::parse(&format!("v=2&lab=init&{link}"));
    assert!(parsed.warnings.is_empty(), "{link}: {:?}", parsed.warnings);
    Born::open(&parsed.experiment)
}

#[test]
fn every_view_has_its_frames_and_nothing_is_computed_for_others() {
    for (view, own) in ALL {
        let lab = lab(&format!("view={view}&width=16&depth=6&n=20&d=4"));
        for at in [0, lab.settings.length()] {
            for name in ALL.iter().flat_map(|(_, names)| *names) {
                let frame = frame(&lab, at, name).unwrap();
                assert_eq!(frame.shape[0] == 0, !own.contains(name), "{view} {name}");
                assert!(frame.data.iter().all(|x| x.is_finite()), "{view} {name}");
            }
        }
        assert!(frame(&lab, 0, "nothing").is_err());
    }
}

#[test]
fn what_is_held_is_what_its_link_opens() {
    let size = "width=24&depth=9&n=30";
    let links = [
        ("view=signal&rule=truncated", "gain=1.3&truncate=1.5&scale=2&shift=0.25"),
        ("view=truncation&activation=elu", "bend=1.5&truncate=0.7"),
        ("view=attention", "d=9"),
        ("view=residual&norm=pre", "alpha=0.5"),
    ];
    for (link, change) in links {
        let mut lab_held = lab(&format!("{link}&{size}"));
        proof(&lab_held, 0);
        let selection = change.split('&').fold(Selection::default(), |all, pair| {
            let (key, value) = pair.split_once('=').unwrap();
            all.and(key, value.parse::<f64>().unwrap())
        });
        lab_held.hold(&held(&selection), None);
        let opened = lab(&format!("{link}&{size}&{change}"));
        assert_eq!(proof(&lab_held, 0), proof(&opened, 0), "{link} {change}");
    }
    // Beyond its bounds a hand holds nothing.
    let far = held(&Selection::of("gain", 99.0).and("activation", 3.0));
    assert_eq!(far.into_iter().collect::<Vec<_>>(), [("gain", 4.0)]);
}

#[test]
fn a_typed_activation_is_one_as_any_other_and_a_wrong_one_leaves_the_one_before() {
    let size = "view=signal&width=24&depth=5";
    let typed = lab(&format!("{size}&activation=typed&z=tanh(x)"));
    let known = lab(&format!("{size}&activation=tanh"));
    let (one, other) = (proof(&typed, 0), proof(&known, 0));
    assert!(one.iter().zip(&other).all(|(a, b)| (a - b).abs() <= 1e-5 * b.abs() + 1e-6), "{one:?} {other:?}");
    let mut lab = typed;
    for wrong in ["tanh(", "x + y", "1/x", "sqrt(x)", "ln(x)"] {
        lab.hold(&held(&Selection::default()), Some(vec![wrong.to_owned()]));
        assert!(lab.settings.misread.is_some(), "{wrong}");
        assert_eq!(proof(&lab, 0), one, "{wrong}");
    }
    lab.hold(&held(&Selection::default()), Some(vec!["abs(x)".to_owned()]));
    assert!(lab.settings.misread.is_none());
    let other = labs::parse("v=2&lab=init&activation=relu&z=tanh(x)").experiment;
    assert_eq!(Born::open(&other).settings.warnings.len(), 1);
}

fn newborn(link: &str) -> Newborn {
    let parsed = labs::parse(&format!("v=3&lab=init&{link}"));
    assert!(parsed.warnings.is_empty(), "{link}: {:?}", parsed.warnings);
    let resources = Resources {
        weights: None,
        #[cfg(feature = "networks")]
        device: &crate::device::Device::Cpu,
    };
    Newborn::open(&parsed.experiment, resources).unwrap()
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

/// Every word of a lane names a network of its own, and what it differs in from the first is nothing else.
#[test]
fn every_lane_is_a_network() {
    let words = crate::labs::chosen::words(parameters::ALL, "lane1");
    assert_eq!(words, crate::labs::chosen::words(parameters::ALL, "lane4"));
    let experiment = labs::parse("v=3&lab=init&view=train&depth=6").experiment;
    let mut all: Vec<Lane> = words.iter().filter_map(|word| Lane::named(word)).collect();
    assert_eq!((words.len(), all.len()), (17, 16));
    let first = lanes::options(&experiment, all[0], 2);
    for lane in all.clone() {
        let mut options = lanes::options(&experiment, lane, 2);
        options.residual = first.residual;
        options.division = first.division;
        options.warms_up = first.warms_up;
        assert_eq!(options, first);
    }
    all.dedup();
    assert_eq!(all.len(), 16);
    let empty = LANES.map(|key| format!("&{key}=off")).concat();
    let none = labs::parse(&format!("v=3&lab=init&view=train{empty}")).experiment;
    assert_eq!(lanes::lanes(&none), [all[0]]);
    let deep = |depth: usize| {
        let experiment = labs::parse(&format!("v=3&lab=init&view=train&depth={depth}")).experiment;
        lanes::options(&experiment, all[0], 0).depth
    };
    assert_eq!([1, 2, 13, 24, 100].map(deep), [2, 2, 13, 24, 24]);
}

/// However it was pulled, through whichever sessions, it is the same run; what is drawn of it has numbers as far as it came.
#[test]
fn networks_go_on_where_another_session_left_them() {
    let link = "view=train&depth=2&steps=20&seeds=2&lane1=post&lane2=post-plain&lane3=off";
    let mut whole = newborn(link);
    assert_eq!(whole.tasks(0)[0].0, "train");
    done(whole.work(0, "train", 100)).unwrap();
    assert_eq!((whole.tasks(0)[0].1.done, whole.facts(0)["planned"].as_u64()), (40, Some(40)));
    let mut part = newborn(link);
    done(part.work(0, "train", 13)).unwrap();
    let updates = part.frame(0, "twin_updates").unwrap();
    assert_eq!(updates.shape, [2, 20]);
    assert!(updates.data[..13].iter().all(|x| x.is_finite()) && updates.data[13].is_nan());
    let mut next = newborn(&format!("{link}&trained=13"));
    for (key, part) in part.parts() {
        assert!(next.fits(&key, &part, Giver::Edit));
        next.take(&key, part, Giver::Edit);
    }
    done(next.work(0, "train", 27)).unwrap();
    for name in ["twin_losses", "twin_logits", "twin_gradients", "twin_pairs"] {
        let bits = |lab: &Newborn| {
            lab.frame(0, name).unwrap().data.into_iter().map(f32::to_bits).collect::<Vec<_>>()
        };
        assert_eq!(bits(&next), bits(&whole), "{name}");
    }
    let all = whole.readouts(0);
    assert_eq!(find(&all, "train_logit_ratio").verdict, Verdict::Holds);
    assert!(
        (find(&all, "train_logit_ratio").value.unwrap() - 8.0).abs() < 1e-3,
        "one sub-layer of attention"
    );
    assert_eq!(find(&all, "update_rms").verdict, Verdict::Holds);
    assert!(find(&all, "held_out_loss_2").value.is_some() && find(&all, "division_gain").value.is_none());
    // Another rate, depth or lane is another run; what is not looked at is empty.
    let key = |more: &str| newborn(&format!("{link}{more}")).learned();
    assert!(key("&rate=0.004") != whole.learned() && key("&lane4=pre") != whole.learned());
    assert!(newborn(&link.replace("seeds=2", "seeds=5")).learned() == whole.learned());
    assert!(newborn("view=signal&width=16&depth=3").frame(0, "twin_losses").unwrap().data.is_empty());
}

/// A network that nothing normalises bursts at a rate that is far too high; where it broke is told, and what is offered mends it.
#[test]
fn what_breaks_is_told_and_mended() {
    let link = "view=train&depth=12&steps=20&seeds=1&lane1=rezero-cold&lane2=off&lane3=off";
    let mut lab = newborn(&format!("{link}&rate=1"));
    let error = done(lab.work(0, "train", 60)).unwrap_err().to_string();
    assert!(error.contains("ran away"), "{error}");
    let broke = lab.facts(0)["broke"].clone();
    assert_eq!((broke["twin"].as_u64(), broke["seed"].as_u64()), (Some(0), Some(0)));
    assert!(broke["backward"].is_boolean() && broke["step"].as_u64().unwrap() > 1, "{broke}");
    assert!(broke["place"]["en"].as_str().unwrap().contains("sub-layer"), "{broke}");
    assert!(["inf", "-inf", "NaN"].contains(&broke["value"].as_str().unwrap()), "{broke}");
    assert!(broke["cause"]["zh"].as_str().unwrap().len() > 10);
    let repairs = broke["repairs"].as_array().unwrap();
    assert_eq!(repairs.len(), 3);
    assert_eq!(repairs[0]["values"], serde_json::json!({ "lane1": "pre-cold" }));
    assert_eq!(repairs[1]["values"], serde_json::json!({ "rate": 0.1 }));
    assert_eq!(repairs[2]["values"], serde_json::json!({ "lane1": "rezero", "rate": 0.1 }));
    // The network is the same as one that never came so far, and forgets its fall when it goes on.
    assert_eq!(lab.tasks(0)[0].1.done, 0);
    done(lab.work(0, "train", 1)).unwrap();
    assert!(!lab.facts(0).contains_key("broke"));
    for repair in repairs {
        let set = |key: &str, otherwise: &str| match &repair["values"][key] {
            serde_json::Value::Null => otherwise.to_owned(),
            serde_json::Value::String(word) => word.clone(),
            value => value.to_string(),
        };
        let changed = link.replace("rezero-cold", &set("lane1", "rezero-cold"));
        let mut mended = newborn(&format!("{changed}&rate={}", set("rate", "1")));
        done(mended.work(0, "train", 20)).unwrap_or_else(|error| panic!("{repair}: {error}"));
    }
}

/// Runs go on where another session left them, and what is found does not depend on how they were pulled.
#[test]
fn a_sweep_goes_on_where_another_session_left_it() {
    let link = "view=transfer&steps=20";
    let mut whole = newborn(link);
    assert_eq!((whole.tasks(0)[0].0, whole.tasks(0)[0].1.total), ("sweep", RUNS));
    done(whole.work(0, "sweep", 30)).unwrap();
    let mut part = newborn(link);
    done(part.work(0, "sweep", 11)).unwrap();
    let mut next = newborn(&format!("{link}&parametrisation=mup"));
    for (key, part) in part.parts() {
        assert!(next.fits(&key, &part, Giver::Edit));
        next.take(&key, part, Giver::Edit);
    }
    done(next.work(0, "sweep", 19)).unwrap();
    let bits =
        |lab: &Newborn| lab.frame(0, "sweep").unwrap().data.into_iter().map(f32::to_bits).collect::<Vec<_>>();
    assert_eq!(bits(&next), bits(&whole));
    assert_eq!(next.frame(0, "best_rates").unwrap().shape, [3, 4]);
    let all = whole.readouts(0);
    assert_eq!(find(&all, "rate_shift").value, None);
    for id in ["change_growth_standard", "change_growth_ntk", "change_growth_mup"] {
        assert_eq!(find(&all, id).verdict, Verdict::Holds, "{id}: {:?}", find(&all, id).value);
    }
}

/// The whole sweep with fewer steps than the page takes: under muP the best rate of the narrow network is that of the wide one.
#[test]
fn the_best_rate_moves_under_standard_and_stays_under_mup() {
    let mut sweep = Sweep::of(&labs::parse("v=3&lab=init&view=transfer&steps=40").experiment);
    done(sweep.run(RUNS));
    let [standard, _, mup] = [0, 1, 2].map(|p| sweep.shift(p).unwrap());
    assert!(standard < -1.0, "{standard}");
    assert!(mup.abs() < 0.75 && mup.abs() < 0.5 * standard.abs(), "{mup} {standard}");
    assert_eq!(Parametrisation::ALL.len() * 4, sweep.changes().len() / 20);
}
