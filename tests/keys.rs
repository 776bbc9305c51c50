//! What a part of a session depends on: the keys of an experiment tell apart what makes other numbers, and nothing else.

use chailou::experiment::{
    Experiment,
    inputs::Input,
    parameter::{
        Affects::{self, Network, Page, Race, Reach, Run, View},
        Kind, Parameter,
    },
};
use chailou::labs;
use serde_json::json;

const ALL: [Affects; 6] = [Page, View, Run, Network, Race, Reach];

/// The experiment with another value of `parameter` alone, whatever rules tie it to others.
fn changed(experiment: &Experiment, parameter: &Parameter) -> Experiment {
    let written = match parameter.kind {
        Kind::Seed { default } => (default + 1).to_string(),
        Kind::Integer { min, max, default } => (if default == max { min } else { default + 1 }).to_string(),
        Kind::Number { min, max, default, .. } => (if default == max { min } else { max }).to_string(),
        Kind::Choice { options, default } => {
            options.iter().find(|option| option.value != default).unwrap().value.to_owned()
        }
    };
    let mut values = experiment.values().clone();
    values.insert(parameter.key, parameter.kind.read(parameter.key, &written).unwrap().0);
    experiment.with_values(values)
}

/// The keys of the parameters of lab `id` that change the key of `parts`, and those that do not.
fn split(id: &str, parts: &[Affects]) -> [Vec<&'static str>; 2] {
    let lab = labs::CATALOGUE.find(id).unwrap();
    let experiment = Experiment::of(lab);
    let tells = |parameter: &&Parameter| changed(&experiment, parameter).key(parts) != experiment.key(parts);
    let keys =
        |told: bool| lab.all_parameters().filter(|p| tells(p) == told).map(|p| p.key).collect::<Vec<_>>();
    [keys(true), keys(false)]
}

fn sorted(keys: &[&'static str]) -> Vec<&'static str> {
    let mut keys = keys.to_vec();
    keys.sort_unstable();
    keys
}

const RACE: [&str; 7] = ["lane1", "lane2", "lane3", "lane4", "lane5", "lane6", "budget"];

#[test]
fn a_building_does_not_depend_on_how_it_is_looked_at() {
    let view = ["lang", "theme", "type", "device", "controls", "selected", "track"];
    let [_, ignored] = split("ddpm", &[Run, Network, Race]);
    assert_eq!(sorted(&ignored), sorted(&view));
    let [_, ignored] = split("ddpm", &[Run, Network]);
    assert_eq!(sorted(&ignored), sorted(&[&view[..], &RACE].concat()));
    assert_eq!(split("ddpm", &[Race])[0], RACE);
}

#[test]
fn particles_depend_on_the_network_only_where_one_is_asked() {
    let view =
        ["lang", "theme", "type", "device", "controls", "view", "probe_x", "probe_y", "rival", "trained"];
    let [_, ignored] = split("points", &[Run, Network]);
    assert_eq!(sorted(&ignored), sorted(&[&view[..], &RACE].concat()));
    let [_, ignored] = split("points", &[Run]);
    assert_eq!(sorted(&ignored), sorted(&[&view[..], &RACE, &["batch", "rate", "target"]].concat()));
    // Another one of these, and training begins anew.
    let trained =
        ["data", "points", "supply", "spread", "batch", "rate", "target", "seed", "schedule", "T", "c"];
    assert_eq!(sorted(&split("points", &[Network])[0]), sorted(&trained));
}

#[test]
fn a_network_of_text_depends_on_its_task_and_not_on_what_it_is_asked() {
    assert_eq!(split("attention", &[Network])[0], ["model", "scheme", "member", "task", "init", "rate"]);
    assert_eq!(split("attention", &[Run])[0], ["temperature", "top_k", "top_p", "seed"]);
}

#[test]
fn inputs_belong_to_the_keys_of_what_they_affect() {
    let with = |lab: &str, more: serde_json::Value| {
        let mut draft = Experiment::of(labs::CATALOGUE.find(lab).unwrap()).to_draft();
        for (key, value) in more.as_object().unwrap() {
            let mut json = serde_json::to_value(&draft).unwrap();
            json[key] = value.clone();
            draft = serde_json::from_value(json).unwrap();
        }
        let (experiment, warnings) = labs::from_draft(&draft);
        assert!(warnings.is_empty(), "{warnings:?}");
        experiment
    };
    let given = [
        ("ddpm", Input::Pixels, json!(vec![3; 64])),
        ("ddpm", Input::Forks, json!([{"parent": 0, "at": 3}])),
        ("points", Input::Points, json!([[0.5, 0.5]])),
        ("attention", Input::Prompt, json!("JULIET:")),
        ("attention", Input::Text, json!("To be")),
        ("attention", Input::Surgery, json!([{"op": "head", "layer": 1, "head": 1}])),
        ("riemann", Input::Expressions, json!(["1", "0", "u^2"])),
        ("riemann", Input::Outline, json!([[0.5, 0.5], [1.0, 0.5], [1.0, 1.0]])),
        ("riemann", Input::Paint, json!([[0.5, 0.5, 1.0]])),
    ];
    assert!(Input::ALL.iter().all(|input| given.iter().any(|(_, other, _)| input == other)));
    for (lab, input, value) in given {
        let (plain, given) = (with(lab, json!({})), with(lab, json!({input.key(): value})));
        let affects = plain.lab.takes(input).unwrap().affects;
        assert!(!affects.is_empty(), "{input:?}");
        for part in ALL {
            assert_eq!(
                plain.key(&[part]) != given.key(&[part]),
                affects.contains(&part),
                "{input:?} {part:?}"
            );
        }
    }
}

#[test]
fn a_key_is_that_of_a_lab_and_holds_no_step_and_no_fingerprint() {
    let mut keys: Vec<_> = labs::CATALOGUE.labs.iter().map(|lab| Experiment::of(lab).key(&[Run])).collect();
    keys.dedup();
    assert_eq!(keys.len(), labs::CATALOGUE.labs.len());
    let there = labs::parse("lab=ddpm&seed=8&at=3&check=abc").experiment;
    assert_eq!(there.key(&ALL), labs::parse("lab=ddpm&seed=8").experiment.key(&ALL));
}
