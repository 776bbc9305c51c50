//! Properties of the link codec: every experiment survives it, and nothing in a link is obeyed blindly.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chailou::experiment::{
    Draft, Experiment,
    catalogue::About,
    inputs::{Input, Inputs, forks::ForkDraft},
    link, packed,
    parameter::{Kind, Value},
};
use chailou::labs;
use miniz_oxide::deflate::compress_to_vec;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use serde_json::{Value as Json, json};

/// A written value that the parameter allows.
fn written(kind: Kind) -> BoxedStrategy<String> {
    match kind {
        Kind::Seed { .. } => any::<u64>().prop_map(|seed| seed.to_string()).boxed(),
        Kind::Integer { min, max, .. } => (min..=max).prop_map(|n| n.to_string()).boxed(),
        Kind::Number { min, max, .. } => (min..=max).prop_map(|x| x.to_string()).boxed(),
        Kind::Choice { options, .. } => (0..options.len()).prop_map(|i| options[i].value.to_string()).boxed(),
    }
}

/// What chats, mail programs and input methods do to a link.
const DAMAGES: &[fn(&str) -> String] = &[
    |link| link.replace('&', "&amp;"),
    |link| link.replace('&', "&amp;amp;"),
    |link| link.replace('&', "&#38;"),
    |link| format!("https://example.org/x/#{}", link.replace('&', "&amp;")),
    |link| format!("https://example.org/x/%23{link}"),
    |link| link.replace('%', "%25").replace('&', "%26").replace('=', "%3D"),
    |link| format!("{link}."),
    |link| format!("{link})."),
    |link| format!("{link},"),
    |link| format!("{link}>"),
    |link| format!("{link}\""),
    |link| format!("{link}**"),
    |link| format!("{link}_"),
    |link| format!("{link}?utm_source=chat"),
    |link| format!("{link}。"),
    |link| format!("{link}）"),
    |link| format!("{link}」，"),
    |link| format!("{link}\u{200b}"),
    |link| format!("{link}%E2%80%8B"),
    |link| format!("{link}\u{feff}"),
    |link| format!("{link}\u{2060}\u{ad}"),
    |link| format!("{link} \r\n"),
    |link| format!("##{link}"),
    |link| format!("#/{link}"),
    |link| link.replace("&lab=", "\u{200b}&\u{200b}lab="),
    |link| link.replace("lab=", "lab＝"),
    |link| link.replacen("v=4&", "v=3＆", 1),
    |link| link.replace("v=4", "v=４"),
];

/// A link with a random value for every parameter of some lab, and perhaps a step, a painting and a drawing.
fn links() -> impl Strategy<Value = String> {
    proptest::sample::select(labs::CATALOGUE.labs).prop_flat_map(links_of)
}

fn links_of(lab: &'static About) -> impl Strategy<Value = String> {
    let pairs: Vec<_> = lab
        .all_parameters()
        .map(|p| written(p.kind).prop_map(|value| format!("{}={value}", p.key)))
        .collect();
    let pixels = proptest::option::of(proptest::collection::vec(0u8..=16, 64));
    let points = proptest::option::of(proptest::collection::vec([-4.0f32..4.0, -4.0f32..4.0], 1..50));
    let forks = proptest::collection::vec(forks(), 0..9);
    let written = (proptest::option::of(writing(60)), proptest::option::of(writing(300)));
    let surgery = proptest::collection::vec(interventions(), 0..6);
    let outline = proptest::collection::vec([-4.0f32..4.0, -4.0f32..4.0], 0..80);
    let paint = proptest::collection::vec([-4.0f32..4.0, -4.0f32..4.0, -9.0f32..9.0], 0..120);
    let sheet = (proptest::collection::vec("[uv0-9+*^()² ]{0,40}", 0..5), outline, paint);
    (pairs, proptest::option::of(0u32..5000), pixels, points, forks, written, surgery, sheet).prop_map(
        |(pairs, at, pixels, points, forks, (prompt, text), surgery, (expressions, outline, paint))| {
            let mut link = format!("v=4&lab={}&{}", lab.id, pairs.join("&"));
            if let Some(at) = at {
                link += &format!("&at={at}");
            }
            if let Some(prompt) = prompt {
                let escaped: String = prompt.bytes().map(|byte| format!("%{byte:02x}")).collect();
                link += &format!("&prompt={escaped}");
            }
            let packed = Draft {
                pixels,
                points,
                forks,
                text,
                surgery,
                expressions,
                r#loop: outline,
                paint,
                ..Draft::default()
            };
            if let Some(z) = packed::pack(&packed) {
                link += &format!("&z={z}");
            }
            link
        },
    )
}

/// A fork as anybody might write it: of a track or a state that is there or not, with allowed and other settings.
fn forks() -> impl Strategy<Value = ForkDraft> {
    let allowed = labs::CATALOGUE.default.changeable();
    let settings: Vec<_> =
        allowed.into_iter().map(|p| proptest::option::of(written(p.kind)).prop_map(|v| (p.key, v))).collect();
    let paint = proptest::collection::vec((0u32..4000, -9.0f32..9.0), 0..20);
    let noise = proptest::option::of(any::<u64>());
    (0usize..9, 0usize..300, settings, noise, paint, 0usize..20).prop_map(
        |(parent, at, settings, noise, paint, sample)| {
            let set = settings.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?.into())));
            ForkDraft {
                parent,
                at,
                set: set.collect(),
                noise: noise.map(|seed| seed.to_string()),
                paint,
                sample,
            }
        },
    )
}

/// What somebody may type: letters, line ends, Chinese, Hebrew, emoji, control characters.
fn writing(most: usize) -> impl Strategy<Value = String> {
    let letter = prop_oneof![
        4 => proptest::char::range(' ', '~'),
        1 => proptest::sample::select(vec!['\n', '\r', '\0', '\u{7f}', '\u{202e}', '\u{200d}', '’', '&', '%', '#']),
        1 => proptest::char::range('一', '龥'),
        1 => proptest::char::range('א', 'ת'),
        1 => proptest::char::range('😀', '😿'),
    ];
    proptest::collection::vec(letter, 0..most).prop_map(|letters| letters.into_iter().collect())
}

/// An intervention as anybody might write it: of heads and positions that are there or not.
fn interventions() -> impl Strategy<Value = Json> {
    let place = 0u32..6;
    let cell = [0u32..300, 0u32..300];
    let cells = proptest::collection::vec(cell.clone(), 0..20);
    let parts = ["attention", "mlp", "both", "roof"];
    (place.clone(), place, (cell, cells), -0.2f64..1.2, writing(20), 0usize..9).prop_map(
        move |(layer, head, (cell, cells), value, prompt, kind)| match kind {
            0 => json!({"op": "head", "layer": layer, "head": head}),
            1 => json!({"op": "layer", "layer": layer, "part": parts[head as usize % parts.len()]}),
            2 => json!({"op": "token", "token": cell[0]}),
            3 => json!({"op": "cut", "layer": layer, "head": head, "cells": cells}),
            4 => json!({"op": "window", "layer": layer, "head": head, "width": cell[0]}),
            5 => json!({"op": "set", "layer": layer, "head": head, "cell": cell, "value": value}),
            6 => json!({"op": "freeze", "layer": layer, "head": head}),
            7 => json!({"op": "patch", "layer": layer, "head": head, "prompt": prompt}),
            _ => json!({"op": prompt, "layer": value}),
        },
    )
}

/// Whatever came in, what goes out is valid, canonical and stable.
fn is_sound(experiment: &Experiment) -> Result<(), TestCaseError> {
    for parameter in experiment.lab.all_parameters() {
        match (parameter.kind, &experiment.values()[parameter.key]) {
            (Kind::Integer { min, max, .. }, Value::Integer(n)) => prop_assert!((min..=max).contains(n)),
            (Kind::Number { min, max, .. }, Value::Number(x)) => prop_assert!((min..=max).contains(x)),
            (Kind::Choice { options, .. }, Value::Choice(c)) => {
                prop_assert!(options.iter().any(|o| o.value == *c))
            }
            (Kind::Seed { .. }, Value::Seed(_)) => {}
            (kind, value) => prop_assert!(false, "{} is {value:?}, not {kind:?}", parameter.key),
        }
    }
    let written = link::format(experiment);
    let again = labs::parse(&written);
    prop_assert_eq!(&again.experiment, experiment);
    prop_assert_eq!(link::format(&again.experiment), written);
    prop_assert!(again.warnings.is_empty(), "{:?}", again.warnings);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_experiment_survives_its_link(link in links()) {
        let parsed = labs::parse(&link);
        is_sound(&parsed.experiment)?;
    }

    /// The page writes drafts: what the engine makes of one is what its link brings back.
    #[test]
    fn a_draft_and_its_link_are_the_same_experiment(link in links_of(&labs::attention::about::ABOUT)) {
        let experiment = labs::parse(&link).experiment;
        let (again, warnings) = labs::from_draft(&experiment.to_draft());
        prop_assert_eq!(&again, &experiment);
        prop_assert!(warnings.is_empty(), "{:?}", warnings);
    }

    #[test]
    fn the_order_and_the_escapes_of_a_link_do_not_matter(link in links()) {
        let mut pairs: Vec<_> = link.split('&').collect();
        pairs.reverse();
        let escaped = format!("#{}", pairs.join("&").replace('.', "%2E").replace('-', "%2d"));
        prop_assert_eq!(labs::parse(&escaped).experiment, labs::parse(&link).experiment);
    }

    #[test]
    fn a_mutated_link_gives_an_answer(link in links(), place in any::<prop::sample::Index>(), junk in "[ -~]{0,6}") {
        let at = place.index(link.len());
        let end = (at + 3).min(link.len());
        let mutated = format!("{}{junk}{}", &link[..at], &link[end..]);
        is_sound(&labs::parse(&mutated).experiment)?;
    }

    /// What a chat puts behind a link, or an autolinker leaves behind, can be told from the link.
    #[test]
    fn a_link_ends_in_a_letter_or_a_digit_and_never_in_a_text(link in links()) {
        let written = link::format(&labs::parse(&link).experiment);
        prop_assert!(written.ends_with(|last: char| last.is_ascii_alphanumeric()), "{}", written);
        let (_, last) = written.rsplit_once('&').unwrap();
        prop_assert!(!last.starts_with("prompt="), "{}", written);
        let bare = |sign: char| sign.is_ascii_alphanumeric() || "=&%-_.".contains(sign);
        prop_assert!(written.chars().all(bare), "{}", written);
    }

    /// Ways that links really go: each opens the same experiment, and says what was done to it.
    #[test]
    fn a_damaged_link_opens_the_same_with_a_note(link in links(), which in 0..DAMAGES.len()) {
        let experiment = labs::parse(&link).experiment;
        let written = link::format(&experiment);
        let damaged = DAMAGES[which](&written);
        let parsed = labs::parse(&damaged);
        prop_assert_eq!(&parsed.experiment, &experiment, "{}", damaged);
        // Not every link holds what is damaged here. Behind what is packed, which says itself where it ends, an underscore may go unnoticed.
        let unnoticed = damaged == written || damaged.ends_with('_') && experiment.inputs != Inputs::default();
        prop_assert!(unnoticed || !parsed.warnings.is_empty(), "{}", damaged);
    }

    #[test]
    fn any_text_gives_an_answer(text in "\\PC{0,300}") {
        is_sound(&labs::parse(&text).experiment)?;
    }

    #[test]
    fn any_bytes_in_z_give_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let raw = BASE64_URL_SAFE_NO_PAD.encode(&bytes);
        let deflated = BASE64_URL_SAFE_NO_PAD.encode(compress_to_vec(&bytes, 6));
        for z in [raw, deflated] {
            let parsed = labs::parse(&format!("v=1&z={z}"));
            let read = parsed.experiment.inputs != Inputs::default();
            let named = ["z", "points", "forks", "surgery", "text"];
            prop_assert!(read || parsed.warnings.iter().any(|w| named.contains(&w.key.as_str())) || z.is_empty());
            is_sound(&parsed.experiment)?;
        }
    }
}

fn warned(link: &str, key: &str) -> String {
    let parsed = labs::parse(link);
    let warning = parsed.warnings.iter().find(|w| w.key == key);
    let warning =
        warning.unwrap_or_else(|| panic!("{link}: no warning about {key} in {:?}", parsed.warnings));
    assert!(!warning.zh.is_empty());
    warning.en.clone()
}

#[test]
fn what_is_wrong_is_named() {
    assert!(warned("v=1&colour=red", "colour").contains("colour"));
    assert!(warned("steps=5000", "steps").contains("1000"));
    assert!(warned("guidance=NaN", "guidance").contains("NaN"));
    assert!(warned("guidance=inf", "guidance").contains("inf"));
    assert!(warned("steps=2.5", "steps").contains("2.5"));
    assert!(warned("sampler=magic", "sampler").contains("ddim"));
    assert!(warned("seed=-1", "seed").contains("2^64"));
    assert!(warned("seed=18446744073709551616", "seed").contains("2^64"));
    assert!(warned("v=5", "v").contains("newer"));
    assert!(warned("v=0", "v").contains("version 4"));
    assert!(warned("lab=pottery", "lab").contains("ddpm"));
    assert!(warned("seed=1&seed=2", "seed").contains("twice"));
    assert!(warned("at=-3", "at").contains("-3"));
    assert!(warned("at=1e999", "at").contains("1e999"));
    assert!(warned("T=10&steps=50", "steps").contains("10"));
    assert!(warned("samples=4&selected=9", "selected").contains("3 is shown"));
    assert!(warned("T=4000&c=0.9", "c").contains("0.03"));
    assert!(warned(&"x".repeat(70_000), "link").contains("65536"));
}

/// The version goes first; where a lab has a setting of its name, any other v is that.
#[test]
fn a_setting_may_be_called_v() {
    for (link, v, warnings) in [
        ("lab=riemann&u=1&v=0.25", 0.25, 0),
        ("v=2&lab=riemann&v=-1", -1.0, 0),
        ("v=2&lab=riemann", 0.0, 0),
        ("v=1&lab=riemann&v=1", 1.0, 0),
        ("v=9&lab=riemann&v=1", 1.0, 1),
        ("lab=riemann&v=1&v=2", 1.0, 1),
        ("lab=riemann&v=x", 0.0, 1),
    ] {
        let parsed = labs::parse(link);
        assert_eq!((parsed.experiment.number("v"), parsed.warnings.len()), (v, warnings), "{link}");
    }
    assert!(link::format(&labs::parse("lab=riemann&v=0.5").experiment).contains("&v=0.5"));
    assert!(warned("lab=points&v=0.5", "v").contains("version"));
}

/// Of each correction the key, what was given and what is used instead, for every kind of value.
#[test]
fn every_correction_names_what_was_given_and_what_is_used() {
    let cases = [
        ("seed", "-1", "7"),
        ("seed", "1e6", "1000000"),
        ("seed", "3.7", "7"),
        ("seed", "18446744073709551616", "7"),
        ("seed", "1e99", "7"),
        ("seed", "７", "7"),
        ("seed", "abc", "7"),
        ("steps", "-1", "1"),
        ("steps", "1e6", "1000"),
        ("steps", "3.7", "100"),
        ("steps", "1e2", "100"),
        ("steps", "18446744073709551616", "1000"),
        ("steps", "5.", "5"),
        ("steps", "ten", "100"),
        ("guidance", "99", "8"),
        ("guidance", "-1", "0"),
        ("guidance", "1.5)", "1.5"),
        ("guidance", "２．５", "2.5"),
        ("guidance", "1e999", "1.3"),
        ("sampler", "ddim.", "ddim"),
        ("sampler", "magic", "ddpm"),
    ];
    for (key, given, used) in cases {
        let link = format!("lab=ddpm&{key}={given}");
        let parsed = labs::parse(&link);
        assert_eq!(parsed.experiment.values()[key].written(), used, "{link}");
        let said = &parsed.warnings;
        assert_eq!(said.len(), 1, "{link}: {said:?}");
        for text in [&said[0].en, &said[0].zh] {
            assert!(said[0].key == key && text.starts_with(key), "{link}: {text}");
            assert!(text.contains(given) && text.contains(used), "{link}: {text}");
        }
        // A page or a program that writes a draft is told the same.
        let draft =
            Draft { lab: "ddpm".into(), values: [(key.to_owned(), given.into())].into(), ..Draft::default() };
        assert_eq!(&labs::from_draft(&draft).1, said);
    }
    let number =
        Draft { values: [("seed".to_owned(), json!(3.7))].into(), lab: "ddpm".into(), ..Draft::default() };
    assert!(labs::from_draft(&number).1[0].en.contains("3.7"));
    for (at, used) in [(3.7, Some(4)), (-1.0, None), (f64::NAN, None), (5.0, Some(5))] {
        let (experiment, said) =
            labs::from_draft(&Draft { at: Some(at), lab: "ddpm".into(), ..Draft::default() });
        assert_eq!((experiment.at, said.len()), (used, usize::from(at != 5.0)), "{at}");
    }
}

/// The step, the lab, the version and the fingerprint, each as a chat may leave it.
#[test]
fn what_was_plainly_meant_is_taken_and_said() {
    for at in ["5.", "5)", "5\u{200b}", "5。", "５", "(5)", "5\"", "5\">here</a>", "%205", "5e0."] {
        let link = format!("v=2&lab=points&at={at}");
        let parsed = labs::parse(&link);
        assert_eq!((parsed.experiment.at, parsed.experiment.lab.id), (Some(5), "points"), "{link}");
        assert_eq!(parsed.warnings.len(), 1, "{link}: {:?}", parsed.warnings);
        assert!(parsed.warnings[0].en.contains("read as 5"), "{:?}", parsed.warnings);
    }
    for (link, key) in [
        ("v=2.&lab=points", "v"),
        ("lab=points)", "lab"),
        ("lab=points&check=0a.Bc-_9.", "check"),
        ("&amp;lab=points", "link"),
    ] {
        let parsed = labs::parse(link);
        assert_eq!((parsed.experiment.lab.id, parsed.warnings.len()), ("points", 1), "{link}");
        assert_eq!(parsed.warnings[0].key, key);
        assert_eq!(parsed.experiment.check.is_some(), key == "check");
    }
}

/// A sign that means something in an address is content where a text stands, whoever wrote it.
#[test]
fn a_number_sign_within_a_text_is_content() {
    for link in [
        "lab=attention&tokens=3&prompt=C#",
        "#lab=attention&tokens=3&prompt=C#",
        "https://example.org/a?b=c#lab=attention&tokens=3&prompt=C#",
        "prompt=C#&lab=attention&tokens=3",
        "v=2&lab=attention&tokens=3&prompt=C%23",
    ] {
        let parsed = labs::parse(link);
        assert_eq!(parsed.experiment.inputs.prompt.as_deref(), Some("C#"), "{link}");
        assert_eq!((parsed.experiment.lab.id, parsed.warnings.len()), ("attention", 0), "{link}");
    }
    let text = "#a&amp;b＆at＝3 1.5).";
    let draft = Draft { lab: "attention".into(), prompt: Some(text.into()), ..Draft::default() };
    let written = link::format(&labs::from_draft(&draft).0);
    assert_eq!(
        written,
        "lab=attention&model=shakespeare&prompt=%23a%26amp%3Bb%EF%BC%86at%EF%BC%9D3%201%2E5%29%2E&v=4"
    );
    assert_eq!(labs::parse(&written).experiment.inputs.prompt.as_deref(), Some(text));
    // As links were written before, a text could stand at their end; a bare bracket was never part of it.
    let before = labs::parse("v=2&lab=attention&prompt=To%20be...");
    assert_eq!((before.experiment.inputs.prompt.as_deref(), before.warnings.len()), (Some("To be..."), 0));
    let more = labs::parse("v=2&lab=attention&prompt=To%20be...),");
    assert_eq!((more.experiment.inputs.prompt.as_deref(), more.warnings.len()), (Some("To be..."), 1));
}

/// Links used to end in the two signs of base64url that autolinkers leave behind.
#[test]
fn a_drawing_that_lost_its_last_sign_is_mended() {
    let mut mended = 0;
    for level in 0..200u8 {
        let pixels = (0..64u8).map(|i| (i.wrapping_mul(level) ^ level) % 17).collect();
        let z = packed::pack(&Draft { pixels: Some(pixels), ..Draft::default() }).unwrap();
        let whole = labs::parse(&format!("v=1&lab=ddpm&z={z}"));
        assert!(whole.warnings.is_empty());
        assert!(!link::format(&whole.experiment).ends_with(['-', '_']));
        for damaged in [format!("{z}."), format!("{z})"), format!("{}\n{}", &z[..9], &z[9..]), cut(&z)] {
            let parsed = labs::parse(&format!("v=1&lab=ddpm&z={damaged}"));
            assert_eq!(parsed.warnings.is_empty(), damaged == z, "{:?}", parsed.warnings);
            // Of some both ends would do: then it is left out rather than guessed.
            if !parsed.warnings.iter().any(|said| said.en.contains("left out")) {
                assert_eq!(parsed.experiment, whole.experiment, "{damaged}");
                mended += usize::from(damaged == cut(&z) && damaged != z);
            } else {
                assert_eq!(damaged, cut(&z));
            }
        }
    }
    assert!(mended > 0, "no drawing ends in one of them");
}

fn cut(z: &str) -> String {
    z.strip_suffix(['-', '_']).unwrap_or(z).to_owned()
}

/// A text typed where accents are letters of their own reads as it does elsewhere.
#[test]
fn decomposed_text_is_composed() {
    let apart = "Fiance\u{301} nai\u{308}ve";
    let draft = Draft {
        lab: "attention".into(),
        prompt: Some(apart.into()),
        text: Some(apart.into()),
        surgery: vec![json!({"op": "patch", "layer": 1, "head": 1, "prompt": apart})],
        ..Draft::default()
    };
    let (experiment, said) = labs::from_draft(&draft);
    let whole = "Fiancé naïve".to_owned();
    assert_eq!(
        (&experiment.inputs.prompt, &experiment.inputs.text),
        (&Some(whole.clone()), &Some(whole.clone()))
    );
    assert_eq!(experiment.to_draft().surgery[0]["prompt"], whole);
    assert!(said.is_empty());
}

/// A link is never longer than what is read of one.
#[test]
fn what_no_link_can_hold_is_cut() {
    // Characters that do not deflate, from a generator that any would do for.
    let mut state = 1u64;
    let mut random = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from_u32(0x1_0000 + ((state >> 33) as u32 % 0xf_0000)).unwrap()
    };
    let mut writing = |count: usize| (0..count).map(|_| random()).collect::<String>();
    let mut draft = Experiment::of(&labs::attention::about::ABOUT).to_draft();
    draft.prompt = Some(writing(100_000));
    draft.text = Some(writing(100_000));
    let patch = |prompt: String| json!({"op": "patch", "layer": 1, "head": 1, "prompt": prompt});
    draft.surgery = (0..32).map(|_| patch(writing(256))).collect();
    let (experiment, warnings) = labs::from_draft(&draft);
    let keys: std::collections::BTreeSet<_> = warnings.iter().map(|w| w.key.as_str()).collect();
    assert_eq!(keys.into_iter().collect::<Vec<_>>(), ["prompt", "surgery", "text"]);
    assert_eq!(experiment.inputs.prompt.as_ref().unwrap().chars().count(), 1024);
    assert!(!experiment.inputs.surgery.is_empty());
    let written = link::format(&experiment);
    assert!(written.len() < link::MAX_LENGTH, "{}", written.len());
    let again = labs::parse(&written);
    assert!(again.experiment == experiment && again.warnings.is_empty(), "{:?}", again.warnings);
}

#[test]
fn what_a_lab_does_not_take_is_named() {
    let draft = chailou::experiment::Draft {
        lab: "points".into(),
        prompt: Some("ROMEO:".into()),
        text: Some("To be".into()),
        surgery: vec![json!({"op": "head", "layer": 1, "head": 1})],
        ..Default::default()
    };
    let (experiment, warnings) = labs::from_draft(&draft);
    let keys: Vec<_> = warnings.iter().map(|w| w.key.as_str()).collect();
    assert_eq!(keys, ["prompt", "text", "surgery"]);
    assert_eq!(experiment, Experiment::of(&labs::points::about::ABOUT));
    assert!(warned("lab=ddpm&prompt=x", "prompt").contains("not a setting"));
}

/// Of everything that can be given, a lab keeps what it takes and names the rest.
#[test]
fn every_lab_keeps_what_it_takes_and_names_the_rest() {
    let all = Draft {
        pixels: Some(vec![3; 64]),
        points: Some(vec![[0.5, 0.5]]),
        forks: vec![ForkDraft::default()],
        prompt: Some("ROMEO:".into()),
        text: Some("To be".into()),
        surgery: vec![json!({"op": "head", "layer": 1, "head": 1})],
        expressions: vec!["1 + u^2".into()],
        r#loop: vec![[0.5, 0.25]],
        paint: vec![[0.5, 0.25, 1.0]],
        ..Draft::default()
    };
    assert_eq!(all.given().len(), Input::ALL.len());
    let z = packed::pack(&all).unwrap();
    for lab in labs::CATALOGUE.labs {
        let link = format!("lab={}&prompt=ROMEO%3A&z={z}", lab.id);
        let parsed = labs::parse(&link);
        let named: Vec<_> = parsed.warnings.iter().map(|w| w.key.as_str()).collect();
        let foreign = Input::ALL.iter().filter(|input| lab.takes(**input).is_none());
        assert_eq!(named, foreign.map(|input| input.key()).collect::<Vec<_>>(), "{}", lab.id);
        let kept: Vec<_> = parsed.experiment.to_draft().given().into_iter().map(|(input, _)| input).collect();
        assert_eq!(kept.len() + named.len(), Input::ALL.len(), "{}", lab.id);
        assert!(kept.iter().all(|input| lab.takes(*input).is_some()), "{}", lab.id);
    }
}

/// What older versions packed must be read, and packed the same way, for ever.
#[test]
fn the_bytes_of_z_stay_as_they_are() {
    let fork = ForkDraft {
        parent: 0,
        at: 3,
        set: [("eta".to_owned(), json!(0.25)), ("sampler".to_owned(), json!("ddim"))].into(),
        noise: Some("9".into()),
        paint: vec![(5, -1.5)],
        sample: 1,
    };
    let draft = Draft {
        pixels: Some((0..64).map(|i| i % 17).collect()),
        points: Some(vec![[0.5, -1.25]]),
        forks: vec![fork],
        text: Some("房".into()),
        surgery: vec![json!({"op": "token", "token": 7})],
        expressions: vec!["1".into(), "0".into(), "u²".into()],
        r#loop: vec![[0.5, -1.25]],
        paint: vec![[1.0, 0.0, -2.0]],
        ..Draft::default()
    };
    let forks = br#"[{"parent":0,"at":3,"set":{"eta":"0.25","sampler":"ddim"},"noise":"9","paint":[[5,-1.5]],"sample":1}]"#;
    let contents: [&[u8]; 8] = [
        &(0..64).map(|i| i % 17).collect::<Vec<u8>>(),
        &[0x00, 0x10, 0x00, 0xd8],
        forks,
        br#"[{"op":"token","token":7}]"#,
        "房".as_bytes(),
        "1\n0\nu²".as_bytes(),
        &[0, 0, 0, 0x3f, 0, 0, 0xa0, 0xbf],
        &[0, 0, 0x80, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0xc0],
    ];
    let mut bytes = Vec::new();
    for (tag, content) in (1u8..).zip(contents) {
        bytes.push(tag);
        bytes.extend((content.len() as u32).to_le_bytes());
        bytes.extend(content);
    }
    let z = BASE64_URL_SAFE_NO_PAD.encode(compress_to_vec(&bytes, 9));
    assert_eq!(packed::pack(&draft), Some(z.clone()));
    let mut read = Draft::default();
    packed::unpack(&z, &mut read).unwrap();
    assert_eq!(packed::pack(&read), Some(z));
}

#[test]
fn a_bomb_is_refused_before_it_fills_the_memory() {
    let bomb = BASE64_URL_SAFE_NO_PAD.encode(compress_to_vec(&vec![0; 16 << 20], 9));
    assert!(bomb.len() < packed::MAX_ENCODED, "the bomb is small: {}", bomb.len());
    assert!(warned(&format!("z={bomb}"), "z").contains("262144"));
    let long = "A".repeat(packed::MAX_ENCODED + 1);
    assert!(warned(&format!("z={long}"), "z").contains("at most"));
    let whole = packed::pack(&Draft { pixels: Some(vec![3; 64]), ..Draft::default() }).unwrap();
    assert!(warned(&format!("z={}", &whole[..whole.len() - 4]), "z").contains("cut off"));
    let dark =
        BASE64_URL_SAFE_NO_PAD.encode(compress_to_vec(&[&[1, 64, 0, 0, 0][..], &[17; 64]].concat(), 9));
    assert!(warned(&format!("z={dark}"), "z").contains("17"));
}

/// Links of the first version, as they were handed out: they must go on meaning the same.
#[test]
fn old_links_keep_working() {
    let parsed = labs::parse("#v=1&lab=ddpm&seed=7&sampler=ddim&steps=20&at=12");
    assert!(parsed.warnings.is_empty());
    let experiment = parsed.experiment;
    assert_eq!((experiment.seed("seed"), experiment.choice("sampler")), (7, "ddim"));
    assert_eq!((experiment.integer("steps"), experiment.at), (20, Some(12)));
    // There were only digits then, nine of them.
    assert_eq!((experiment.choice("data"), experiment.integer("samples")), ("digits", 9));
    let again = labs::parse(&link::format(&experiment));
    assert!(link::format(&experiment).starts_with("v=4&") && again.warnings.is_empty());
    assert_eq!(again.experiment, experiment);

    let painted = "v=1&lab=ddpm&samples=4&z=lchHAQAgCABAcSszEv1TQQXueeAtQR9z7XPfR2JRK0YA";
    let experiment = labs::parse(painted).experiment;
    assert_eq!((experiment.choice("data"), experiment.integer("samples")), ("digits", 4));
    assert_eq!(experiment.inputs.pixels, Some((0..64).map(|i| i % 17).collect()));

    assert_eq!(link::format(&labs::parse("").experiment), "v=4&lab=ddpm");
    assert_eq!(labs::parse("").experiment.integer("samples"), 1);

    // Up to version 3 a path had 50 steps where a link said nothing else; such a link is written with them.
    for (link, steps) in
        [("", 100), ("lab=ddpm", 100), ("v=4&lab=ddpm", 100), ("v=3&lab=ddpm", 50), ("v=1&lab=ddpm", 50)]
    {
        assert_eq!(labs::parse(link).experiment.integer("steps"), steps, "{link}");
    }
    assert_eq!(link::format(&labs::parse("v=3&lab=ddpm&at=70").experiment), "v=4&lab=ddpm&steps=50&at=70");
    assert_eq!(labs::parse("v=3&lab=points").experiment, labs::parse("v=4&lab=points").experiment);
}

/// Who comes to see a lab sees what it likes to show; a link that says anything of the experiment is taken at its word.
#[test]
fn a_visit_begins_as_the_lab_likes_best() {
    for lab in labs::CATALOGUE.labs {
        let values = |link: &str| labs::parse(&format!("{link}lab={}", lab.id)).experiment.to_draft().values;
        let (visit, plain) = (values(""), values("v=2&"));
        for page in ["lang=zh&", "theme=dark&device=cpu&"] {
            for (key, _) in lab.opening {
                assert_eq!(values(page)[*key], visit[*key], "{} {page}{key}", lab.id);
            }
        }
        for (key, value) in lab.opening {
            assert_eq!(visit[*key].to_string().trim_matches('"'), *value, "{}: {key}", lab.id);
            assert_eq!(values("at=3&")[*key], plain[*key], "{}: {key} with a step", lab.id);
            assert_eq!(values("seed=8&")[*key], plain[*key], "{}: {key} with a seed", lab.id);
        }
        // What was shown is what the address says from then on.
        let there = labs::parse(&format!("lab={}", lab.id)).experiment;
        assert_eq!(labs::parse(&chailou::experiment::link::format(&there)).experiment, there);
    }
}

/// Formulas may stand in `z` as somebody wrote them; what is packed there is never taken for one, damaged or not.
#[test]
fn formulas_are_read_as_they_are_written() {
    for (link, formulas) in [
        ("lab=flow&z=x^2+3*y^2", &["x^2+3*y^2"][..]),
        ("lab=flow&z=xy", &["xy"]),
        ("z=x%5E2%20%2B%20y&lab=flow", &["x^2 + y"]),
        ("lab=riemann&surface=metric&z=1;0;sin(u)^2", &["1", "0", "sin(u)^2"]),
    ] {
        let parsed = labs::parse(link);
        assert!(parsed.warnings.is_empty(), "{link}: {:?}", parsed.warnings);
        assert_eq!(parsed.experiment.inputs.expressions, formulas);
        let again = labs::parse(&link::format(&parsed.experiment));
        assert_eq!((again.experiment, again.warnings), (parsed.experiment, parsed.warnings));
    }
    assert_eq!(labs::parse("lab=flow&z=x^2-y").experiment.choice("landscape"), "typed");
    assert_eq!(labs::parse("lab=flow&landscape=bowl&z=x^2-y").experiment.choice("landscape"), "bowl");
    let whole = link::format(&labs::parse("lab=flow&z=x^2+3*y^2").experiment);
    let z = whole.split("z=").nth(1).unwrap();
    let damaged = labs::parse(&format!("lab=flow&z={}", &z[..z.len() - 6]));
    assert!(
        damaged.experiment.inputs.expressions.is_empty() && damaged.warnings.iter().any(|one| one.key == "z")
    );
    assert!(labs::parse("lab=ddpm&z=x^2").warnings.iter().any(|one| one.key == "z"));
}
