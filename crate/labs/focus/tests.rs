//! What the page is shown: frames of every question, and that what is held is what a link of it opens.

use super::{
    exam,
    frames::{frame, proof},
    lab::Concentrating,
    state::{Focus, Measure},
    twins::{self, KERNELS},
};
use crate::{
    labs,
    runtime::{lab::Lab, selection::Selection},
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
        for at in [0, 4, lab.settings.length()] {
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

/// Trained to the end, all that is shown of them has numbers, and a state of constant size answers as the quadratic form.
#[test]
fn trained_twins_are_examined() {
    let link = labs::parse("v=2&lab=focus&part=twins&pairs=2&steps=60&seeds=3&rate=0.005").experiment;
    let mut schooling = twins::schooling(&link);
    let mut exams = Vec::new();
    exam::sit(&schooling, &mut exams);
    assert!(exams.is_empty() && exam::lengths(&exams).iter().all(|right| right.is_nan()));
    schooling.train(70).unwrap();
    exam::sit(&schooling, &mut exams);
    assert_eq!(exams.len(), 1, "the second seed is on its way");
    schooling.train(1000).unwrap();
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
                crate::fused::mixing::Kernel::Elu1 | crate::fused::mixing::Kernel::Decay(_) => {
                    assert!(gap.unwrap() < 1e-4, "{kernel:?}: {gap:?}");
                }
                crate::fused::mixing::Kernel::Softmax | crate::fused::mixing::Kernel::Relu2 => {
                    assert_eq!(gap, None);
                }
            }
        }
        // What only forgets looks as theory says, whatever it has learnt.
        let decay = four[3].sharpest;
        assert!((decay.concentration - decay.concentration_theory).abs() < 1e-6);
        assert!((decay.entropy - decay.entropy_theory).abs() < 1e-6);
    }
    let claims = super::claims::twins::all(&schooling, &exams);
    let find = |id: &str| claims.iter().find(|claim| claim.id == id).unwrap();
    for id in ["softmax", "elu1", "relu2", "decay"] {
        let right = find(&format!("twin_accuracy_{id}")).value.unwrap();
        assert!((0.0..=1.0).contains(&right));
    }
    assert_eq!(find("twin_recurrent").verdict, crate::runtime::readout::Verdict::Holds);
    assert!(find("twin_difference").value.is_some() && find("twin_concentration").value.is_some());
}
