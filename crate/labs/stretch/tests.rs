//! What the page is shown: frames of every view, and that what is held is what a link of it opens.

use super::{
    frames::{frame, proof},
    state::Stretch,
};
use crate::{labs, runtime::selection::Selection};

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
