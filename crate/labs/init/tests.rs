//! Frames of every view, what is held, what is typed.

use super::{
    frames::{frame, proof},
    settings::held,
    state::Born,
};
use crate::labs;
use crate::runtime::selection::Selection;

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
