//! The lab as a whole: its closed forms are true, its claims hold on every surface, what cannot be is said.

use super::{presets::ALL, settings::Settings, state::Riemann};
use crate::experiment::Experiment;
use crate::geometry::expression::Expression;
use crate::labs;
use crate::runtime::{
    lab::Lab,
    readout::{Readout, Verdict},
    selection::Selection,
};

fn opened(link: &str) -> Riemann {
    let parsed = labs::parse(&format!("lab=riemann&{link}"));
    assert!(parsed.warnings.is_empty(), "{link}: {:?}", parsed.warnings);
    Riemann::open(&parsed.experiment)
}

/// Settings that suit a surface, with a tool.
fn at_start(id: &str, tool: &str) -> Riemann {
    let surface = ALL.iter().find(|surface| surface.id == id).unwrap();
    let values: String = surface.start.iter().map(|(key, value)| format!("&{key}={value}")).collect();
    opened(&format!("surface={id}&tool={tool}{values}"))
}

fn readout(lab: &Riemann, id: &str) -> Readout {
    lab.readouts(0).into_iter().find(|one| one.id == id).unwrap_or_else(|| panic!("no {id}"))
}

#[test]
fn closed_forms_of_the_list_are_those_of_the_metric() {
    for surface in ALL {
        let lab = at_start(surface.id, "geodesic");
        let Settings { field, ant, .. } = &lab.settings;
        let metric = field.metric(*ant, 2).unwrap_or_else(|trouble| panic!("{}: {trouble:?}", surface.id));
        let near = |formula: &str, value: f64| {
            let known = Expression::known(formula).at(*ant, field.sliders);
            let gap = (known - value).abs();
            assert!(gap < 1e-11 * (1.0 + value.abs()), "{}: {formula} = {known}, {value}", surface.id);
        };
        if let Some(formula) = surface.curvature {
            near(formula, metric.curvature());
        }
        for (formula, value) in surface.christoffel.iter().flatten().zip(metric.christoffel().concat()) {
            near(if formula.is_empty() { "0" } else { formula }, value);
        }
        // The picture in space has the lengths of the metric.
        if let Some(space) = surface.space {
            use crate::geometry::field::{Field, Source};
            let picture = Field::new(Source::Embedding(space.map(Expression::known)), field.sliders);
            let shown = picture.metric(*ant, 0).unwrap().g;
            let same = shown.iter().zip(metric.g).all(|(a, b)| (a - b).abs() < 1e-12 * (1.0 + b.abs()));
            assert!(same, "{}: {shown:?} {:?}", surface.id, metric.g);
        }
    }
}

#[test]
fn on_every_surface_every_claim_holds() {
    for surface in ALL {
        for tool in ["geodesic", "fan", "loop", "triangle", "circle", "orbit", "region", "gradient"] {
            let mut lab = at_start(surface.id, tool);
            lab.measured = 9;
            for one in lab.readouts(0) {
                assert!(
                    one.verdict == Verdict::Holds,
                    "{} with {tool}: {} is {:?}, not {:?}: {}",
                    surface.id,
                    one.id,
                    one.value,
                    one.expected,
                    one.note.en
                );
            }
            assert!(lab.walk().unwrap().stop.is_none(), "{}", surface.id);
            if tool != "geodesic" {
                break;
            }
        }
    }
}

#[test]
fn every_frame_is_there_on_every_surface() {
    let names = [
        "chart",
        "ant",
        "path",
        "sheet",
        "rulers",
        "surface",
        "fan",
        "way",
        "ways",
        "round",
        "triangle",
        "circle",
        "region",
        "hole",
        "natural",
        "ordinary",
        "logarithmic",
        "compared",
        "orbit",
        "path:10000",
    ];
    for surface in ALL {
        let lab = at_start(surface.id, "geodesic");
        for name in names {
            let frame = lab.frame(40, name).unwrap();
            assert_eq!(frame.data.len(), frame.shape.iter().product::<usize>());
            let some = ["orbit", "ways", "hole", "natural", "ordinary", "logarithmic"].contains(&name);
            assert!(!frame.data.is_empty() || some, "{}: {name}", surface.id);
        }
    }
    assert!(at_start("sphere", "fan").frame(0, "path:10000000").is_err());
}

#[test]
fn the_example_of_the_command_line_is_a_great_circle() {
    let lab = opened("surface=sphere&u=1.5707963&v=0&heading=0.785&length=1");
    for id in ["end_u", "end_v", "speed_drift", "jacobi_width", "gauss_curvature", "christoffel_1_22"] {
        assert_eq!(readout(&lab, id).verdict, Verdict::Holds, "{id}");
    }
    assert!((readout(&lab, "jacobi_width").value.unwrap() - 1.0_f64.sin()).abs() < 1e-10);
}

#[test]
fn a_typed_metric_is_used_and_a_wrong_one_is_named_and_changes_nothing() {
    let mut lab = opened("surface=metric&u=0.3&v=0.2");
    let before = readout(&lab, "gauss_curvature").value;
    let typed = |all: [&str; 3]| Selection::of("expressions", all.map(str::to_owned).to_vec());
    lab.select(&typed(["1", "0", "sin(u"]));
    let wrong = lab.facts(0)["misread"].clone();
    assert_eq!((wrong[0]["letter"].as_str(), wrong[0]["at"].as_u64()), (Some("G"), Some(3)));
    assert_eq!(readout(&lab, "gauss_curvature").value, before);
    lab.select(&typed(["1", "0", "sin²u"]));
    assert!((readout(&lab, "gauss_curvature").value.unwrap() - 1.0).abs() < 1e-12);
    assert!(lab.facts(0)["misread"].as_array().unwrap().is_empty());
    // Parsed, but no metric: said with its place.
    lab.select(&typed(["-1", "0", "1"]));
    let stop = lab.facts(0)["stop"]["en"].as_str().unwrap().to_owned();
    assert!(stop.contains("not positive at (0.300, 0.200)"), "{stop}");
    lab.select(&typed(["1/u", "0", "1"]).and("u", 0.0));
    assert!(lab.facts(0)["stop"]["en"].as_str().unwrap().contains("finite"));
    assert!(readout(&lab, "gauss_curvature").value.is_none());
}

#[test]
fn a_link_with_formulas_is_the_same_again_and_names_what_is_wrong() {
    let parsed = labs::parse("lab=riemann&surface=conformal");
    let mut draft = parsed.experiment.to_draft();
    draft.expressions = vec!["2 + sin u".into()];
    let (experiment, _) = labs::from_draft(&draft);
    let again = labs::parse(&crate::experiment::link::format(&experiment)).experiment;
    assert_eq!(again, experiment);
    draft.expressions = vec!["2 + sin (".into()];
    let lab = Riemann::open(&labs::from_draft(&draft).0);
    assert!(lab.warnings()[0].en.contains("f, character"), "{:?}", lab.warnings());
    draft.values.insert("surface".into(), "torus".into());
    assert_eq!(Riemann::open(&labs::from_draft(&draft).0).warnings().len(), 1);
}

#[test]
fn heat_bends_straight_lines_at_once() {
    let mut lab = at_start("hotplate", "geodesic");
    let before = lab.frame(100, "path").unwrap();
    lab.select(&Selection::of("paint", vec![[0.3_f32, 0.0, 0.5]]));
    let after = lab.frame(100, "path").unwrap();
    assert_ne!(before, after);
    assert_eq!(readout(&lab, "gauss_curvature").verdict, Verdict::Holds);
    assert_eq!(readout(&lab, "end_u").verdict, Verdict::Holds);
    // Only a plate can be heated.
    let mut globe = at_start("sphere", "geodesic");
    globe.select(&Selection::of("paint", vec![[0.3_f32, 0.0, 0.5]]));
    assert!(globe.settings.is_plain());
}

#[test]
fn the_ant_stops_where_its_chart_ends_and_says_how_far_it_came() {
    let lab = opened("surface=halfplane&u=0&v=1&heading=-1.5707963&length=40");
    let stop = lab.facts(100)["stop"]["en"].as_str().unwrap_or_default().to_owned();
    // The edge is infinitely far: it only ends where numbers do.
    assert!(stop.is_empty() || stop.contains("s = "), "{stop}");
    let lab = opened("surface=polar&u=1&v=0&heading=3.141592653589793&length=3");
    let facts = lab.facts(100);
    assert!(facts["stop"]["en"].as_str().unwrap().contains("s = 1.0"), "{facts:?}");
    assert!((facts["s"].as_f64().unwrap() - 1.0).abs() < 1e-3);
    let lab = opened("surface=halfplane&u=0&v=-1");
    assert!(lab.facts(0)["stop"]["en"].as_str().unwrap().contains("beyond the edge"));
}

#[test]
fn a_great_circle_beyond_half_of_it_is_no_shortest_way() {
    let lab = opened("surface=sphere&u=1.5707963&v=0&heading=1&length=4");
    let conjugate = lab.facts(0)["conjugate"].as_f64().unwrap();
    assert!((conjugate - std::f64::consts::PI).abs() < 1e-6, "{conjugate}");
}

/// What a hand drags is the same as what a link says.
#[test]
fn a_choice_of_the_moment_is_what_a_link_would_open() {
    let mut dragged = at_start("torus", "circle");
    dragged.select(&Selection::of("u", 0.25).and("heading", -0.5).and("a", 2.5).and("radius", 0.4));
    let linked = opened(
        "surface=torus&tool=circle&a=2.5&b=1&u=0.25&v=-1.2&heading=-0.5&length=6&u2=-0.9&v2=0.6&radius=0.4",
    );
    for name in ["path", "circle", "sheet", "way"] {
        assert_eq!(dragged.frame(30, name).unwrap(), linked.frame(30, name).unwrap(), "{name}");
    }
    assert_eq!(Experiment::of(&super::about::ABOUT).choice("surface"), "sphere");
}

#[test]
fn a_region_with_a_hole_adds_up_to_nothing() {
    for surface in ALL {
        let values: String = surface.start.iter().map(|(key, value)| format!("&{key}={value}")).collect();
        let lab = opened(&format!("surface={}&tool=region&hole=0.4{values}", surface.id));
        let sum = readout(&lab, "gauss_bonnet");
        assert_eq!(
            (sum.verdict, sum.expected),
            (Verdict::Holds, Some(0.0)),
            "{}: {:?}",
            surface.id,
            sum.value
        );
        assert_eq!(lab.frame(0, "hole").unwrap().shape, [5, 2]);
    }
}

#[test]
fn both_ways_to_a_gaussian_are_measured_and_drawn() {
    let lab = at_start("fisher", "gradient");
    for id in ["natural_gradient", "natural_gradient_charts", "natural_gradient_length"] {
        assert_eq!(readout(&lab, id).verdict, Verdict::Holds, "{id}");
    }
    for name in ["natural", "ordinary", "logarithmic"] {
        let rows = lab.frame(0, name).unwrap();
        assert_eq!(rows.shape, [121, 3]);
        let last = &rows.data[360..];
        assert!((last[0] - 1.4).abs() < 2e-3 && (last[1] - 0.9).abs() < 2e-3, "{name} arrives: {last:?}");
    }
    assert!(
        lab.flow(
            crate::geometry::gradient::Gradient::Natural,
            crate::geometry::gradient::Coordinates::Deviation
        )
        .is_some()
    );
    assert!(at_start("sphere", "gradient").frame(0, "natural").unwrap().data.is_empty());
}

#[test]
fn an_ant_that_is_held_in_the_middle_of_its_walk_stays_under_the_hand() {
    for (id, to) in [("sphere", [1.1, 0.4]), ("halfplane", [0.2, 1.4]), ("metric", [0.3, -0.2])] {
        let mut lab = at_start(id, "geodesic");
        lab.select(&Selection::of("held", serde_json::json!([to[0], to[1], 0.4])));
        let ant = lab.frame(40, "ant").unwrap().data;
        assert!(
            (ant[1] - to[0] as f32).abs() < 1e-5 && (ant[2] - to[1] as f32).abs() < 1e-5,
            "{id}: {ant:?}"
        );
        let start = lab.facts(40)["start"].clone();
        assert!((start[0].as_f64().unwrap() - lab.settings.ant[0]).abs() < 1e-15);
    }
}

#[test]
fn formulas_of_a_typed_metric_stand_in_letters_where_they_are_short() {
    let mut lab = at_start("metric", "geodesic");
    let typed = serde_json::json!(["1", "0", "sin(u)^2"]);
    lab.select(&Selection::of("expressions", typed));
    let said = lab.facts(0)["formulas"].clone();
    assert_eq!(said["curvature"], "1");
    assert_eq!(said["christoffel"][2], "-cos(u) sin(u)");
    // One that cannot be read leaves those of before.
    lab.select(&Selection::of("expressions", serde_json::json!(["1", "0", "sin(u"])));
    assert_eq!(lab.facts(0)["formulas"], said);
    assert!(at_start("sphere", "geodesic").facts(0)["formulas"].is_null());
}
