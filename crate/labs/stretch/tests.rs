//! What the page is shown: frames of every view, and that what is held is what a link of it opens.

use super::{
    frames::{frame, proof},
    lab::Stretching,
    measured::Part,
    state::Stretch,
};
use crate::runtime::{
    error::SessionError,
    lab::{Giver, Lab, Resources},
    readout::{Readout, Verdict},
    selection::Selection,
};
use crate::{experiment::Experiment, labs};

const ALL: [(&str, &[&str]); 6] = [
    ("terms", &["terms", "spread", "gaze", "profile"]),
    ("window", &["shares", "growth"]),
    ("cancel", &["rows", "lift", "effect"]),
    ("family", &["family", "family_shares", "family_mass"]),
    ("tricks", &["tricks", "angles", "trick_entropy"]),
    ("table", &[]),
];

fn lab(link: &str) -> Stretch {
    let parsed = labs::parse(&format!("v=2&lab=stretch&{link}"));
    assert!(parsed.warnings.is_empty(), "{link}: {:?}", parsed.warnings);
    Stretch::open(&parsed.experiment)
}

#[test]
fn every_view_has_its_frames_and_nothing_is_computed_for_others() {
    for (view, own) in ALL {
        for more in
            ["length=700", "length=2&train_length=16", "d=16&base=10&length=300&angle=90&trick=rerope"]
        {
            let lab = lab(&format!("view={view}&{more}"));
            for at in [0, lab.settings.last()] {
                for name in ALL.iter().flat_map(|(_, names)| *names) {
                    let frame = frame(&lab, at, name).unwrap();
                    assert_eq!(frame.shape[0] == 0, !own.contains(name), "{view} {name} {more}");
                }
            }
        }
    }
    assert!(frame(&lab(""), 0, "nothing").is_err());
}

#[test]
fn shares_that_are_drawn_sum_to_one() {
    let drawn = frame(&lab("view=cancel&length=1000"), 3, "rows").unwrap();
    for column in 1..5 {
        let sum: f32 = drawn.data.iter().skip(column).step_by(drawn.shape[1]).sum();
        assert!((sum - 1.0).abs() < 1e-5, "{column}: {sum}");
    }
    let drawn = frame(&lab("length=1000&trick=logn"), 3, "gaze").unwrap();
    for column in 1..3 {
        let inside: Vec<f32> = drawn.data.iter().skip(column).step_by(drawn.shape[1]).copied().collect();
        assert!(inside.windows(2).all(|pair| pair[0] <= pair[1]), "{column}: {inside:?}");
        assert!((inside[inside.len() - 1] - 1.0).abs() < 1e-5, "{column}: {inside:?}");
    }
}

#[test]
fn what_is_held_is_what_its_link_opens() {
    let mut held = lab("length=600&d=32");
    held.stacked(1);
    held.rows(1);
    held.hold(
        &Selection::of("c", 99.0).and("angle", 30.0).and("a", 3.5).and("isotropy", 0.25).and("base", 500.0),
    );
    let opened = lab("length=600&d=32&c=32&angle=30&a=3.5&isotropy=0.25&base=500");
    assert_eq!(proof(&held, 1), proof(&opened, 1));
}

fn experiment(link: &str) -> Experiment {
    let parsed = labs::parse(&format!("v=2&lab=stretch&{link}"));
    assert!(parsed.warnings.is_empty(), "{link}: {:?}", parsed.warnings);
    parsed.experiment
}

fn resources(weights: Option<&[u8]>) -> Resources<'_> {
    Resources {
        weights,
        #[cfg(feature = "networks")]
        device: &crate::device::Device::Cpu,
    }
}

/// The lab of a link with the files that it asks for.
fn opened(link: &str) -> Stretching {
    let experiment = experiment(link);
    let read = |name: &str| {
        let path = format!("{}/www/models/{name}.safetensors", env!("CARGO_MANIFEST_DIR"));
        std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
    };
    let names = (experiment.lab.model)(&experiment).expect("files");
    let bytes: Vec<u8> = names.split(' ').flat_map(read).collect();
    Stretching::open(&experiment, resources(Some(&bytes))).unwrap()
}

fn work(lab: &mut Stretching, task: &str, n: usize) {
    pollster::block_on(lab.work(0, task, n)).unwrap();
}

fn value(all: &[Readout], id: &str) -> f64 {
    all.iter().find(|one| one.id == id).and_then(|one| one.value).unwrap_or_else(|| panic!("no {id}"))
}

#[test]
fn only_what_is_looked_at_is_fetched() {
    let names = |link: &str| {
        let experiment = experiment(link);
        (experiment.lab.model)(&experiment).map(std::borrow::Cow::into_owned)
    };
    for view in ["terms", "window", "cancel", "family", "tricks", "table"] {
        assert_eq!(names(&format!("view={view}&lane1=alibi")), None);
    }
    assert_eq!(names("view=train").as_deref(), Some("stretch/text"));
    let two = "view=measured&lane1=alibi&lane2=none&lane3=nope&seeds=2";
    let known = "stretch/alibi-1 stretch/alibi-2 stretch/nope-1 stretch/nope-2 stretch/text";
    assert_eq!(names(two).as_deref(), Some(known));
    let refused = |weights| Stretching::open(&experiment(two), resources(weights)).err().unwrap();
    assert!(matches!(refused(None), SessionError::NoWeights("stretch")));
    assert!(matches!(refused(Some(&[1, 2, 3])), SessionError::BadWeights(_)));
}

/// One text is enough to tell RoPE, which was never turned so far, from KERPLE's logarithm; the readouts are open before.
#[test]
fn networks_that_ship_are_measured_live() {
    let link = "view=measured&seeds=1&texts=1";
    let mut lab = opened(link);
    assert!(lab.readouts(0).iter().all(|one| one.verdict == Verdict::Open));
    assert_eq!(lab.frame(0, "places").unwrap().shape[0], 0);
    work(&mut lab, "read", 3);
    let all = lab.readouts(0);
    assert!(value(&all, "loss_beyond") > value(&all, "loss_within") + 0.5);
    assert!(value(&all, "loss_beyond_3") < value(&all, "loss_within_3") + 0.3);
    assert!(value(&all, "retained_3") > value(&all, "retained") + 0.2);
    assert!(value(&all, "accuracy_at_8x_3") > 0.35);
    // One seed is no verdict.
    let gain = all.iter().find(|one| one.id == "bias_gain").unwrap();
    assert_eq!((gain.value, gain.verdict), (None, Verdict::Open));
    for layer in 1..=3 {
        assert!(value(&all, &format!("fourth_term_{layer}")).is_finite());
    }
    for (name, width) in [("places", 4), ("lengths", 4), ("read_to", 4), ("looks", 4), ("four", 6)] {
        let frame = lab.frame(3, name).unwrap();
        assert!(frame.shape[0] > 1 && frame.shape[1] == width, "{name} {:?}", frame.shape);
        assert!(frame.data.iter().all(|x| x.is_finite()), "{name}");
    }
    // What is read once is read the same again, and handed over.
    let mut again = opened(link);
    for (key, part) in lab.parts() {
        assert!(again.fits(&key, &part, Giver::Edit));
        again.take(&key, part, Giver::Edit);
    }
    assert_eq!(again.frame(0, "looks").unwrap().data, lab.frame(0, "looks").unwrap().data);
    assert_eq!(again.tasks(0)[0].1.done, 3);
    let mut more = opened("view=measured&seeds=1&texts=2");
    work(&mut more, "read", 6);
    let (key, part) = more.parts().remove(0);
    assert!(matches!(&part, Part::Reading(reading) if reading.texts == 2));
    assert!(!again.fits(&key, &part, Giver::Edit), "it has read more than the link says");
}

/// A trick is for what is turned: it changes RoPE's loss and not KERPLE's; stretched to once the length it changes nothing.
#[test]
fn tricks_are_for_what_is_turned() {
    let losses = |more: &str| {
        let mut lab = opened(&format!("view=measured&seeds=1&texts=1&lane2=none&{more}"));
        work(&mut lab, "read", 2);
        let all = lab.readouts(0);
        ["loss_within", "loss_beyond", "loss_beyond_2"].map(|id| value(&all, id))
    };
    let plain = losses("");
    for trick in ["pi", "ntk", "yarn", "rerope", "logn"] {
        let [_, beyond, other] = losses(&format!("trick={trick}"));
        assert!((beyond - plain[1]).abs() > 1e-3 && other == plain[2], "{trick}");
    }
    for trick in ["pi", "ntk", "yarn"] {
        let [within, beyond, _] = losses(&format!("trick={trick}&stretch=1"));
        assert!((within - plain[0]).abs() < 1e-4 && (beyond - plain[1]).abs() < 1e-3, "{trick}");
    }
}

#[test]
fn schemes_are_trained_on_the_same_texts() {
    let link = "view=train&short=16&steps=50&seeds=1&lane1=nope&lane2=kerple&lane3=learned&trained=20";
    let mut lab = opened(link);
    work(&mut lab, "train", 20);
    for (name, shape) in [
        ("twin_losses", vec![1, 3, 17]),
        ("twin_rights", vec![1, 3, 17]),
        ("twin_pairs", vec![2, 4]),
        ("twin_places", vec![1, 3, 32]),
    ] {
        assert_eq!(lab.frame(0, name).unwrap().shape, shape, "{name}");
    }
    let losses = lab.frame(0, "twin_losses").unwrap().data;
    let last = |i: usize| losses[i * 17..(i + 1) * 17].iter().copied().rfind(|x| x.is_finite()).unwrap();
    assert!((0..3).all(|i| last(i) < losses[i * 17] - 0.2), "{losses:?}");
    let mut again = opened(link);
    let (key, part) = lab.parts().remove(0);
    assert!(again.fits(&key, &part, Giver::Edit));
    again.take(&key, part, Giver::Edit);
    assert_eq!(again.frame(0, "twin_places").unwrap().data, lab.frame(0, "twin_places").unwrap().data);
    assert_ne!(lab.learned(), opened(&link.replace("nope", "rope")).learned());
}
