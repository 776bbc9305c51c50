//! What the page is shown: frames of every question, and that what is held is what a link of it opens.

use super::{
    exam,
    frames::{frame, proof},
    haystack::{Haystack, SIZES},
    lab::Concentrating,
    state::{Focus, Measure},
    twins::{self, KERNELS},
};
use crate::{
    attention::mixing::Kernel,
    labs,
    runtime::{lab::Lab, pool::tests::done, selection::Selection},
    train::small::{Lesson, transformer::Pupil},
};

const ALL: [&str; 22] = [
    "tokens", "laws", "bench", "rows", "sorted", "limits", "sizes", "phase", "dots", "scores", "map",
    "reach", "shapes", "query", "dims", "linear", "fall", "span", "blind", "keep", "drift", "found",
];

fn lab(link: &str) -> Focus {
    let parsed = labs::parse(&format!("v=2&lab=focus&{link}"));
    assert!(parsed.warnings.is_empty(), "{link}: {:?}", parsed.warnings);
    Focus::open(&parsed.experiment)
}

fn concentrating(link: &str) -> Concentrating {
    let experiment = labs::parse(&format!("v=2&lab=focus&{link}")).experiment;
    Concentrating::of(Focus::open(&experiment), &experiment)
}

fn own(part: &str) -> &'static [&'static str] {
    match part {
        "bench" => &["bench", "rows", "laws", "sorted", "limits"],
        "phase" => &["bench", "sizes", "phase", "dots"],
        "needle" => &["bench", "scores", "map", "reach"],
        "shape" => &["shapes", "query", "dims", "linear"],
        "decay" => &["fall", "tokens", "span", "blind"],
        "twins" => &[],
        _ => &["keep", "drift", "found"],
    }
}

#[test]
fn every_question_has_its_frames_and_nothing_is_computed_for_others() {
    for part in ["bench", "phase", "needle", "shape", "decay", "scaling", "twins"] {
        let lab = lab(&format!("part={part}&n=300"));
        for at in [0, 4, lab.settings.whole()] {
            for name in ALL {
                let frame = frame(&lab, at, name).unwrap();
                assert_eq!(frame.shape[0] == 0, !own(part).contains(&name), "{part} {name}");
            }
        }
    }
    assert!(frame(&lab(""), 0, "nothing").is_err());
}

/// A share of attention is one, wherever a picture shows it.
#[test]
fn what_is_drawn_are_shares() {
    for kernel in ["exp", "relu2", "decay", "logn"] {
        let lab = lab(&format!("part=needle&kernel={kernel}&gamma=3&beta=-1&margin=12"));
        for name in ["map", "reach"] {
            let frame = frame(&lab, 11, name).unwrap();
            let width = frame.shape[1];
            let shares = frame.data.iter().enumerate().filter(|(i, _)| name == "map" || i % width > 0);
            for (_, share) in shares.filter(|(_, share)| share.is_finite()) {
                assert!((-1e-6..=1.0 + 1e-6).contains(share), "{kernel} {name}: {share}");
            }
        }
    }
    // Sorted weights fall, and start with the largest share that is measured.
    let lab = lab("gamma=3&beta=0.5");
    let (sorted, bench) = (frame(&lab, 9, "sorted").unwrap(), frame(&lab, 9, "bench").unwrap());
    for kernel in 0..10 {
        let column: Vec<f32> = sorted.data.iter().skip(1 + kernel).step_by(11).copied().collect();
        assert!(column.windows(2).all(|pair| pair[0] >= pair[1]), "{kernel}: {column:?}");
        assert!((column[0] - bench.data[6 * kernel + 3]).abs() <= 1e-6 * column[0], "{kernel}");
    }
}

#[test]
fn what_is_held_is_what_its_link_opens() {
    let mut held = lab("n=1000&kernel=relu2");
    held.bench(9);
    held.mean(9, Measure::Entropy);
    held.hold(&Selection::of("gamma", 2.5).and("beta", -1.0).and("shape", 0.25).and("margin", 99.0));
    let opened = lab("n=1000&kernel=relu2&gamma=2.5&beta=-1&shape=0.25&margin=30");
    assert_eq!(proof(&held, 9), proof(&opened, 9));
    let entropy = |lab: &Focus| lab.mean(9, Measure::Entropy).unwrap().value;
    assert_eq!(entropy(&held), entropy(&opened));
}

/// The timeline is how the text is read; what is claimed is of all of it.
#[test]
fn claims_are_of_the_whole_text_wherever_one_looks() {
    let values = |lab: &Concentrating, at: usize| {
        let all = lab.readouts(at).into_iter();
        all.map(|one| (one.id, one.value.map(f64::to_bits))).collect::<Vec<_>>()
    };
    let mut session = concentrating("n=512&gamma=2");
    let first = values(&session, 0);
    assert_eq!(first, values(&session, session.length()));
    session.select(&Selection::of("gamma", 3.0));
    let held = values(&session, 4);
    assert_ne!(first, held);
    assert_eq!(held, values(&concentrating("n=512&gamma=3"), 0));
}

/// The four begin alike and read alike; their kernels differ and nothing else.
#[test]
fn twins_differ_in_their_kernels_alone() {
    for task in ["recall", "induction"] {
        let link = labs::parse(&format!("v=2&lab=focus&part=twins&task={task}")).experiment;
        let first = twins::options(&link, 0, 1);
        let pupil = Pupil::new(first.clone());
        for (i, kernel) in KERNELS.into_iter().enumerate() {
            let mut twin = twins::options(&link, i, 1);
            assert_eq!(twin.mixing.kernel, kernel);
            let other = Pupil::new(twin.clone());
            assert_eq!(pupil.initial(), other.initial());
            assert_eq!(pupil.lesson(3), other.lesson(3));
            twin.mixing.kernel = first.mixing.kernel;
            assert_eq!(twin, first);
        }
        assert_ne!(twins::options(&link, 0, 2).seed, first.seed);
    }
}

/// More margin is never less weight, more keys never more; what does not read keys gives what theory says.
#[test]
fn a_needle_is_found_by_its_margin_and_lost_among_many() {
    let link = labs::parse("v=2&lab=focus&part=twins&pairs=3&steps=50&rate=0.005").experiment;
    for (i, kernel) in KERNELS.into_iter().enumerate() {
        let pupil = Pupil::new(twins::options(&link, i, 0));
        let haystack = Haystack::of(&pupil, &pupil.initial(), 1, 1);
        for size in 0..SIZES {
            let weights: Vec<[f64; 2]> = (0..31).map(|m| haystack.weight(size, f64::from(m))).collect();
            assert!(weights.iter().flatten().all(|w| (0.0..=1.0).contains(w)), "{kernel:?}: {weights:?}");
            // Features of a key along the query may fall where the query is negative: that is theirs to do.
            let rises = weights.windows(2).all(|pair| pair[1][0] >= pair[0][0]);
            assert!(rises || matches!(kernel, Kernel::Elu1), "{kernel:?}");
        }
        for m in [0.0, 3.0, 12.0] {
            let falls = (1..SIZES).all(|n| haystack.weight(n, m)[0] <= haystack.weight(n - 1, m)[0]);
            assert!(falls, "{kernel:?} {m}");
            if let Kernel::Decay(_) = kernel {
                let [measured, theory] = haystack.weight(5, m);
                assert!((measured - theory).abs() < 1e-12);
            }
        }
    }
}

/// Where nothing depends on how much has been read there is nothing to play.
#[test]
fn what_does_not_grow_has_one_state() {
    for (part, states) in [
        ("bench", 11),
        ("phase", 11),
        ("needle", 11),
        ("shape", 11),
        ("decay", 11),
        ("scaling", 0),
        ("twins", 0),
    ] {
        let session = concentrating(&format!("part={part}&n=4096"));
        assert_eq!(session.length(), states, "{part}");
        assert_eq!(session.facts(states)["keys"], 4096, "{part}");
    }
    let drawn = |part: &str, at: usize| {
        let session = concentrating(&format!("part={part}&n=512"));
        ["keep", "drift", "found"].map(|name| {
            session.frame(at, name).unwrap().data.into_iter().map(f32::to_bits).collect::<Vec<_>>()
        })
    };
    assert_eq!(drawn("scaling", 0), drawn("scaling", 3));
}

/// Trained to the end, all that is shown of them has numbers, and a state of constant size answers as the quadratic form.
#[test]
fn trained_twins_are_examined() {
    let link = labs::parse("v=2&lab=focus&part=twins&pairs=2&steps=60&seeds=3&rate=0.005").experiment;
    let mut schooling = twins::schooling(&link);
    let mut exams = Vec::new();
    exam::sit(&schooling, &mut exams);
    assert!(exams.is_empty() && exam::lengths(&exams).iter().all(|right| right.is_nan()));
    done(schooling.train(70)).unwrap();
    exam::sit(&schooling, &mut exams);
    assert_eq!(exams.len(), 1, "the second seed is on its way");
    done(schooling.train(1000)).unwrap();
    exam::sit(&schooling, &mut exams);
    assert_eq!((schooling.done(), exams.len()), (180, 3));
    assert!(exam::lengths(&exams).iter().all(|right| (0.0..=1.0).contains(right)));
    for four in &exams {
        for (exam, kernel) in four.iter().zip(KERNELS) {
            let sharpest = exam.sharpest;
            // Between one of all and all alike.
            assert!(
                sharpest.concentration <= 1.0 && sharpest.concentration >= (1.0 / sharpest.tokens).sqrt()
            );
            let gap = exam.recurrent_gap;
            match kernel {
                Kernel::Elu1 | Kernel::Decay(_) => {
                    assert!(gap.unwrap() < 1e-4, "{kernel:?}: {gap:?}");
                }
                Kernel::Softmax | Kernel::Relu2 => {
                    assert_eq!(gap, None);
                }
            }
        }
        // What only forgets looks as theory says, whatever it has learnt.
        let decay = four[3].sharpest;
        assert!((decay.concentration - decay.concentration_theory).abs() < 1e-6);
        assert!((decay.entropy - decay.entropy_theory).abs() < 1e-6);
    }
    let claims = super::claims::twins::all(&schooling, &exams, &lab("part=twins&n=200&margin=9").settings);
    for (kernel, id) in ["softmax", "elu1", "relu2", "decay"].into_iter().enumerate() {
        let claim = claims.iter().find(|claim| claim.id == format!("twin_needle_{id}")).unwrap();
        // 200 keys are 128 of those that are tried; what is drawn is what is said.
        let drawn = exam::needle_by_size(&exams, 9.0);
        let [n, measured, theory] = drawn[3 * (10 * kernel + 6)..][..3] else { panic!("three numbers") };
        assert_eq!(
            (n, f64::from(measured), f64::from(theory)),
            (128.0, f64::from(claim.value.unwrap() as f32), f64::from(claim.expected.unwrap() as f32))
        );
        let by_margin = exam::needle_by_margin(&exams, 6);
        assert_eq!(by_margin[3 * (31 * kernel + 9)..][1], measured);
    }
    let find = |id: &str| claims.iter().find(|claim| claim.id == id).unwrap();
    for id in ["softmax", "elu1", "relu2", "decay"] {
        let right = find(&format!("twin_accuracy_{id}")).value.unwrap();
        assert!((0.0..=1.0).contains(&right));
    }
    assert_eq!(find("twin_recurrent").verdict, crate::runtime::readout::Verdict::Holds);
    assert!(find("twin_difference").value.is_some() && find("twin_concentration").value.is_some());
}
