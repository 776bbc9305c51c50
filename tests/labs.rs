//! Every lab: it opens with its defaults, runs to its end, goes back exactly, and its link brings it back.

use chailou::device::Device;
use chailou::experiment::{Draft, link, packed};
use chailou::labs;
use chailou::runtime::{
    error::SessionError, fingerprint::Agreement, lab::Resources, readout::Verdict, selection::Selection,
    session::Session,
};
use pollster::block_on;

const FRAMES: [&str; 7] = ["x", "x0", "eps", "film", "picture", "schedule", "times"];

/// The files of `names`, one after another.
fn weights(names: &str) -> Vec<u8> {
    let read = |name: &str| {
        let path = format!("{}/www/models/{name}.safetensors", env!("CARGO_MANIFEST_DIR"));
        std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
    };
    names.split(' ').flat_map(read).collect()
}

fn device() -> Device {
    Device::Cpu
}

fn open(link: &str) -> Box<dyn Session> {
    let parsed = labs::parse(link);
    assert!(parsed.warnings.is_empty(), "{link}: {:?}", parsed.warnings);
    let lab = parsed.experiment.lab;
    let weights = (lab.model)(&parsed.experiment).map(|names| weights(&names));
    labs::open(&parsed.experiment, Resources { weights: weights.as_deref(), device: &device() }).unwrap()
}

fn at(link: &str, k: usize) -> Box<dyn Session> {
    let mut session = open(link);
    block_on(session.seek(k)).unwrap();
    session
}

fn values(session: &dyn Session, name: &str) -> Vec<f32> {
    session.frame(name).unwrap().data
}

fn verdict(session: &dyn Session, id: &str) -> Verdict {
    session.readouts().into_iter().find(|r| r.id == id).unwrap_or_else(|| panic!("no readout {id}")).verdict
}

#[test]
fn every_lab_runs_to_its_end_and_its_link_brings_it_back() {
    for lab in labs::CATALOGUE.labs {
        let mut session = open(&format!("v=2&lab={}", lab.id));
        let length = session.status().length;
        block_on(session.step(length + 5)).unwrap();
        assert_eq!(session.status().at, length, "{}", lab.id);
        let diffuses = session.status().word("phase").is_some_and(|phase| phase != "write");
        for name in lab.frames.iter().chain(["schedule", "times"].iter().filter(|_| diffuses)) {
            let frame = session.frame(name).unwrap();
            // SNR is infinite at t = 0 by definition; everything else is finite.
            let infinite = frame.data.iter().filter(|x| !x.is_finite()).count();
            assert_eq!(infinite, usize::from(*name == "schedule"), "{} {name}", lab.id);
        }
        let fingerprint = session.fingerprint();
        let shared = link::format(
            &labs::parse(&format!("v=2&lab={}&at={length}&check={fingerprint}", lab.id)).experiment,
        );
        let parsed = labs::parse(&shared);
        let again = at(&shared, parsed.experiment.at.unwrap());
        let comparison = again.compare(parsed.experiment.check.as_deref().unwrap());
        assert_eq!(comparison.verdict, Agreement::Exact, "{}", lab.id);
    }
}

#[test]
fn back_is_exact() {
    let mut session = open("lab=ddpm&data=digits&steps=12&samples=3");
    let mut seen = Vec::new();
    for k in 0..=24 {
        block_on(session.seek(k)).unwrap();
        seen.push(
            FRAMES
                .map(|name| values(&*session, name))
                .map(|data| data.iter().map(|x| x.to_bits()).collect::<Vec<_>>()),
        );
    }
    let calls = session.status().count("calls");
    for k in (0..=24).rev().chain([7, 20, 3]) {
        block_on(session.seek(k)).unwrap();
        for (name, seen) in FRAMES.iter().zip(&seen[k]).filter(|(name, _)| **name != "film") {
            let now: Vec<_> = values(&*session, name).iter().map(|x| x.to_bits()).collect();
            assert_eq!(now, *seen, "{name} at {k}");
        }
    }
    assert_eq!(session.status().count("calls"), calls, "going back asks the network nothing");
}

/// One pull of many steps, many pulls of one step, a seek: the same numbers.
#[test]
fn how_it_is_pulled_does_not_matter() {
    let link = "lab=ddpm&data=digits&steps=10&samples=2&sampler=ddim&eta=0.5&guidance=2";
    let mut one_by_one = open(link);
    for _ in 0..20 {
        block_on(one_by_one.step(1)).unwrap();
    }
    let sought = at(link, 20);
    assert_eq!(one_by_one.fingerprint(), sought.fingerprint());
}

/// Samples, journey halves and settings that do not concern a number leave its noise alone.
#[test]
fn a_change_moves_only_what_it_concerns() {
    let few = at("lab=ddpm&data=digits&steps=8&samples=1&at=5", 5);
    let many = at("lab=ddpm&data=digits&steps=8&samples=4&at=5", 5);
    assert_eq!(values(&*few, "x"), values(&*many, "x")[..64]);
    let short = at("lab=ddpm&data=digits&steps=8&journey=demolish", 8);
    let both = at("lab=ddpm&data=digits&steps=8&journey=both", 8);
    assert_eq!(values(&*short, "x"), values(&*both, "x"));
    let other_label = at("lab=ddpm&data=digits&steps=8&label=3", 8);
    assert_eq!(values(&*other_label, "x"), values(&*both, "x"), "the order does not change the rubble");
    let other_seed = at("lab=ddpm&data=digits&steps=8&seed=8", 8);
    assert_ne!(values(&*other_seed, "x"), values(&*both, "x"));
}

#[test]
fn guidance_one_is_the_plain_label_and_zero_is_none() {
    let run = |settings: &str| at(&format!("lab=ddpm&data=digits&steps=6&samples=2&{settings}"), 12);
    assert_eq!(run("label=any").fingerprint(), run("label=4&guidance=0").fingerprint());
    assert_ne!(run("label=4&guidance=1").fingerprint(), run("label=any").fingerprint());
    let near_one = run("label=4&guidance=1.000001");
    let gap = near_one.compare(&run("label=4&guidance=1").fingerprint());
    assert!(gap.rms.unwrap() < 1e-4, "guidance is continuous at 1: {gap:?}");
    let calls = |session: &dyn Session| session.status().count("calls").unwrap();
    assert_eq!(calls(&*near_one), 2 * calls(&*run("label=4&guidance=1")));
}

#[test]
fn a_handed_over_trajectory_goes_on_as_if_nothing_happened() {
    let link = "lab=ddpm&data=digits&steps=9&samples=2";
    let mut first = at(link, 13);
    let snapshot = first.snapshot();
    let mut second = open(link);
    second.adopt(&snapshot).unwrap();
    let calls = |session: &dyn Session| session.status().count("calls").unwrap();
    assert_eq!((second.status().at, calls(&*second)), (13, calls(&*first)));
    for session in [&mut first, &mut second] {
        block_on(session.step(5)).unwrap();
    }
    assert_eq!(first.fingerprint(), second.fingerprint());

    let mut foreign = open("lab=ddpm&data=digits&steps=9&samples=2&seed=8");
    assert!(matches!(foreign.adopt(&snapshot), Err(SessionError::ForeignSnapshot)));
    for end in [0, 3, 40, snapshot.len() - 1] {
        assert!(second.adopt(&snapshot[..end]).is_err(), "cut at {end}");
    }
    let mut viewed = open("lab=ddpm&data=digits&steps=9&samples=2&selected=1&lang=zh&theme=dark");
    viewed.adopt(&snapshot).expect("what is looked at does not change what was computed");
}

#[test]
fn selecting_a_sample_computes_nothing() {
    let mut session = at("lab=ddpm&data=digits&steps=5&samples=3", 10);
    let (calls, first) = (session.status().count("calls"), session.fingerprint());
    session.select(&Selection::of("select", 2));
    assert_eq!(session.status().count("calls"), calls);
    assert_ne!(session.fingerprint(), first);
    assert_eq!(values(&*session, "film")[10 * 64..], values(&*session, "x")[2 * 64..]);
    session.select(&Selection::of("select", 99));
    assert_eq!(values(&*session, "film")[10 * 64..], values(&*session, "x")[2 * 64..]);
}

#[test]
fn a_painted_picture_is_the_one_that_falls() {
    let pixels: Vec<u8> = (0..64).map(|i| i % 17).collect();
    let painted = Draft { pixels: Some(pixels.clone()), ..Draft::default() };
    let link = format!("lab=ddpm&data=digits&z={}", packed::pack(&painted).unwrap());
    let expected: Vec<f32> = pixels.iter().map(|p| f32::from(*p) / 8.0 - 1.0).collect();
    assert_eq!(values(&*open(&link), "x")[..64], expected);
}

#[test]
fn the_default_run_shows_its_claims_holding() {
    for link in ["lab=ddpm", "lab=ddpm&data=digits", "lab=ddpm&data=digits&samples=9"] {
        let mut session = at(link, 100);
        block_on(session.work("greedy", 1000)).unwrap();
        for readout in session.readouts() {
            assert_eq!(readout.verdict, Verdict::Holds, "{link} {}: {:?}", readout.id, readout);
        }
    }
}

#[test]
fn a_short_schedule_fails_its_claim() {
    let session = open("lab=ddpm&data=digits&T=100");
    assert_eq!(verdict(&*session, "forgotten"), Verdict::Fails);
    assert_eq!(verdict(&*session, "abar_T"), Verdict::Holds);
    assert_eq!(verdict(&*session, "chain_mean"), Verdict::Open);
    assert_eq!(verdict(&*session, "greedy_collapses"), Verdict::Open);
}

/// Extreme but allowed settings: numbers or a sentence, never a panic or a NaN on the screen.
#[test]
fn extreme_settings_give_numbers_or_a_sentence() {
    for settings in [
        "steps=1",
        "T=2&steps=2",
        "T=4000&c=0.03",
        "T=121&c=0.99&steps=121",
        "T=202&c=0.59&steps=1",
        "T=202&c=0.59&steps=202",
        "schedule=cosine&T=4000",
        "schedule=linear&T=2",
        "guidance=8&steps=4",
        "samples=16&steps=3",
        "journey=rebuild&steps=3",
        "schedule=cosine&sigma=beta&steps=5",
        "T=10&c=0.001&sampler=ddim",
        "seed=18446744073709551615&steps=2",
    ] {
        let link = format!("lab=ddpm&data=digits&{settings}");
        let parsed = labs::parse(&link);
        let weights = weights("digits");
        let mut session =
            labs::open(&parsed.experiment, Resources { weights: Some(&weights), device: &device() }).unwrap();
        let length = session.status().length;
        for k in [1, length / 2, length] {
            match block_on(session.seek(k)) {
                Ok(()) => {
                    for name in ["x", "x0", "eps"] {
                        assert!(
                            values(&*session, name).iter().all(|x| x.is_finite()),
                            "{settings}: {name} at {k}"
                        );
                    }
                }
                Err(error) => assert!(matches!(error, SessionError::NotFinite { .. }), "{settings}: {error}"),
            }
        }
    }
}

#[test]
fn a_lab_without_its_weights_says_so() {
    let experiment = labs::parse("lab=ddpm&data=digits").experiment;
    let Err(error) = labs::open(&experiment, Resources { weights: None, device: &device() }) else {
        panic!("it opened")
    };
    assert!(error.to_string().contains("digits"));
    let Err(error) = labs::open(&experiment, Resources { weights: Some(b"not weights"), device: &device() })
    else {
        panic!("it opened")
    };
    assert!(matches!(error, SessionError::BadWeights(_)), "{error}");
}

/// Every digit of the file's header changed once: sizes that still fit together must not reach the network.
#[test]
fn a_header_with_one_wrong_digit_is_refused_or_harmless() {
    let good = weights("digits");
    let header = 8 + u64::from_le_bytes(good[..8].try_into().unwrap()) as usize;
    let (experiment, device) =
        (labs::parse("lab=ddpm&data=digits&journey=rebuild&samples=1").experiment, device());
    for place in (8..header).filter(|&i| good[i].is_ascii_digit()) {
        let mut bad = good.clone();
        bad[place] = if bad[place] == b'9' { b'1' } else { bad[place] + 1 };
        if let Ok(mut session) = labs::open(&experiment, Resources { weights: Some(&bad), device: &device }) {
            block_on(session.step(1)).unwrap();
        }
    }

    let text = std::str::from_utf8(&good[8..header]).unwrap();
    let place =
        8 + text.find("image_size").expect("the sizes are in the metadata") + r#"image_size\":"#.len();
    let mut other = good.clone();
    assert_eq!(other[place], b'8');
    other[place] = b'4';
    let Err(error) = labs::open(&experiment, Resources { weights: Some(&other), device: &device }) else {
        panic!("it opened")
    };
    assert!(matches!(error, SessionError::WrongModel("digits")), "{error}");
}
