//! The lab as a whole: the article's tables by link, its claims at other settings, what cannot be is said.

use super::{claims, frames, lab::Downhill, state::Flowing};
use crate::labs;
use crate::runtime::{
    lab::Lab,
    readout::{Readout, Verdict},
    selection::Selection,
};

fn opened(link: &str) -> Downhill {
    let parsed = labs::parse(&format!("lab=flow&{link}"));
    assert!(parsed.warnings.is_empty(), "{link}: {:?}", parsed.warnings);
    Downhill::of(&parsed.experiment)
}

fn value(lab: &Downhill, id: &str) -> f64 {
    let all: Vec<Readout> = lab.readouts(0);
    let one = all.iter().find(|one| one.id == id).unwrap_or_else(|| panic!("no {id}"));
    one.value.unwrap_or_else(|| panic!("{id} has no value"))
}

fn is(link: &str, id: &str, expected: f64, tolerance: f64) {
    let found = value(&opened(link), id);
    assert!(
        (found - expected).abs() <= tolerance * (1.0 + expected.abs()),
        "{link}: {id} is {found}, not {expected}"
    );
}

#[test]
fn the_articles_tables_by_link() {
    for (t, mean, variance, kl, w2, rate) in [
        ("0", 3.0, 0.25, 4.8181472, 3.0413813, 11.25),
        ("0.25", 2.3364023, 0.5451020, 2.8053301, 2.3510120, 5.8383970),
        ("1", 1.1036383, 0.8984985, 0.6117731, 1.1048678, 1.2294840),
        ("4", 0.0549469, 0.9997484, 0.0015096, 0.0549471, 0.0030192),
    ] {
        let lab = opened(&format!("part=line&t={t}"));
        for (id, expected) in
            [("mean", mean), ("variance", variance), ("kl", kl), ("w2", w2), ("fisher_information", rate)]
        {
            let found = value(&lab, id);
            assert!(
                (found - expected).abs() <= 2e-5 * (1.0 + expected),
                "t={t}: {id} is {found}, not {expected}"
            );
        }
        assert!((value(&lab, "kl_rate") - rate).abs() <= 1e-4 * (1.0 + rate));
    }
    is("t=1", "mean", 1.1036383, 2e-5);
    for (a, mean, sd) in [("0.05", 2.8571429, 0.5610633), ("1", 1.5, 0.8430703)] {
        is(&format!("a={a}"), "jko_mean", mean, 1e-6);
        is(&format!("a={a}"), "jko_sd", sd, 1e-6);
    }
    is("a=0.1&jumps=10", "jko_sd", 0.9341890, 1e-6);
    for (h, variance) in [("0.01", 1.0050251), ("0.5", 1.3333333), ("1", 2.0)] {
        is(&format!("h={h}"), "ula_variance", variance, 1e-7);
    }
    for (mu, gap) in [("1", 0.4762586), ("1.5", 0.0572676), ("2", 0.0024804)] {
        is(&format!("target=wells&mu={mu}&s=0.5"), "gap", gap, 1e-6);
    }
    for (norm, x, y, decrease) in [
        ("l2", -0.9486833, -0.3162278, 3.1622777),
        ("linf", -1.0, -1.0, 4.0),
        ("l1", -1.0, 0.0, 3.0),
        ("ellipse", -0.4160251, -0.5547002, 1.8027756),
    ] {
        let link = format!("landscape=bowl&x=3&y=1&norm={norm}");
        is(&link, "direction_x", x, 1e-7);
        is(&link, "direction_y", y, 1e-7);
        is(&link, "decrease", decrease, 1e-7);
    }
    for (alpha, gradient, flow, proximal) in
        [("0.1", 0.3486784, 0.3678794, 0.3855433), ("2.5", 57.665039, 1.3888e-11, 3.6249e-6)]
    {
        for (method, end) in [("gradient", gradient), ("flow", flow), ("proximal", proximal)] {
            is(&format!("landscape=bowl&x=1&y=0&steps=10&alpha={alpha}&method={method}"), "end_x", end, 1e-7);
        }
    }
    for (divergence, weight) in
        [("reverse", 1.0), ("forward", 4.0), ("chi2", 32.0), ("hellinger", 1.0), ("js", 0.4)]
    {
        is(&format!("divergence={divergence}&r=4"), "divergence_weight", weight, 1e-12);
    }
}

#[test]
fn claims_hold_wherever_one_looks() {
    for link in [
        "part=point&landscape=ravine&x=-3.4&y=2.2&alpha=0.1",
        "part=point&landscape=himmelblau&x=-0.4&y=-1.2&alpha=0.01&method=adam&norm=linf",
        "part=point&landscape=wells&x=0.4&y=2.2&alpha=0.15&method=momentum&norm=fisher",
        "part=point&landscape=fit&x=2&y=1.2&alpha=0.1&norm=fisher&method=steepest&chart=0",
        "part=point&landscape=bowl&x=1.5&y=1&alpha=0.1&chart=-2&lean=0.8",
        "part=point&landscape=himmelblau&x=-0.4&y=1.2&alpha=0.01&lean=-1.3",
        "part=point&landscape=saddle&x=3&y=0.05&alpha=0.2&method=proximal&norm=l1",
        "part=line&target=wells&mu=1.5&s=0.5&t=2",
        "part=line&target=gaussian&mu=-1&s=0.6&m0=1.2&s0=1.4&t=0.35&a=0.2&jumps=3",
        "part=line&target=skyline&t=0.7&a=0.05",
        "part=line&target=skyline&t=0.7&a=2",
        "part=line&energy=entropy&t=2",
        "part=line&energy=porous&t=0.9",
        "part=line&divergence=forward&t=0.5",
        "part=line&energy=apart&m0=0.5&s0=0.6&t=1.5",
        "part=line&energy=apart&reach=1&m0=-1&s0=2&t=0.8",
        "part=line&divergence=chi2&m0=0.5&s0=0.8&t=0.3",
        "part=plane&landscape=bowl",
        "part=plane&landscape=ellipse&particles=900&seed=8",
        "part=plane&landscape=bowl&plan=strings&a=0.5&particles=400",
        "part=plane&landscape=ellipse&plan=strings&kappa=4&a=1.5&x=-4&y=2&spread=0.9&tau=1.2&particles=400",
        "part=plane&landscape=ellipse&plan=strings&kappa=30&spread=0&alpha=0.02&particles=400",
        "part=plane&landscape=bowl&geometry=wasserstein&geometry2=langevin&geometry3=particles&geometry4=l2",
        "part=plane&landscape=ellipse&kappa=3&geometry=particles&score=exact&geometry2=fisherrao&geometry3=stein",
        "part=plane&landscape=bowl&geometry=particles&score=grid&particles=2000&x=2&y=-1",
        "part=plane&landscape=barrier&x=-2.4&y=1.2&alpha=0.1&barrier=1.2&spread=0.4&geometry2=wasserstein&geometry3=particles",
        "part=plane&landscape=barrier&x=-2.4&y=1.2&alpha=0.1&barrier=4&geometry=wasserstein&geometry2=l2&geometry3=fisherrao",
        "part=plane&landscape=ring&x=3.2&y=1.2&alpha=0.08&h=0.01&geometry2=l2&geometry3=particles&score=grid",
        "part=plane&landscape=wells&alpha=0.05&tau=0&geometry=l2&geometry2=wasserstein&geometry3=langevin&particles=500",
        "part=plane&landscape=wells&alpha=0.05&plan=strings&tau=0&a=0.3&particles=400",
        "part=plane&landscape=himmelblau&x=-0.4&y=-1.2&alpha=0.01&plan=strings&tau=2&a=0.05&h=0.001&particles=400",
        "part=plane&landscape=rosenbrock&x=-1.2&y=1&h=0.001&alpha=0.001&plan=strings&a=4&tau=4&spread=0.1&particles=400",
    ] {
        let mut lab = opened(link);
        at_once(lab.reach(0, 25));
        for one in lab.readouts(25) {
            // Where f does not rise at every edge there is no gap to be had, and that is said.
            let walls = one.id == "plane_gap" && one.note.en.contains("walls") && link.contains("rosenbrock");
            assert_eq!(
                one.verdict,
                if walls { Verdict::Open } else { Verdict::Holds },
                "{link}: {} is {:?}, not {:?} ± {:?}",
                one.id,
                one.value,
                one.expected,
                one.tolerance
            );
        }
        for name in [
            "window", "map", "paths", "heights", "charted", "compass", "section", "grid", "target", "lanes",
            "dots", "falls", "arrows", "jump", "cloud", "cloud2", "cloud3", "cloud4", "heap1", "heap2",
            "heap3", "heap4", "sheet", "read",
        ] {
            lab.frame(25, name).unwrap();
        }
        assert!(lab.frame(0, "nothing").is_err());
    }
}

/// Nothing here waits for anything, or fails.
fn at_once<T, E: std::fmt::Debug>(future: impl Future<Output = Result<T, E>>) -> T {
    let mut future = Box::pin(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match future.as_mut().poll(&mut context) {
        std::task::Poll::Ready(value) => value.unwrap(),
        std::task::Poll::Pending => panic!("nothing to wait for"),
    }
}

#[test]
fn too_long_a_step_is_told() {
    let lab = opened("part=point&landscape=bowl&alpha=2.5&steps=400");
    let failed =
        |id: &str| lab.readouts(0).into_iter().any(|one| one.id == id && one.verdict == Verdict::Fails);
    assert!(failed("stability") && failed("f_value"));
    let mut lab = opened("part=plane&landscape=himmelblau&h=0.2&particles=200");
    at_once(lab.reach(0, 40));
    let here = lab.readouts(40).into_iter().find(|one| one.id == "cloud_here").unwrap();
    assert_eq!(here.verdict, Verdict::Fails, "{:?}", here.value);
}

#[test]
fn a_cloud_that_goes_back_is_the_cloud_it_was() {
    let mut lab = opened("part=plane&landscape=wells&particles=70000&tau=0.5");
    at_once(lab.reach(0, 11));
    let there = lab.frame(11, "cloud").unwrap();
    at_once(lab.reach(11, 14));
    at_once(lab.reach(14, 9));
    at_once(lab.reach(9, 11));
    assert_eq!(lab.frame(11, "cloud").unwrap(), there);
}

/// Lanes of the plane go back to what they were, densities too; a link of one geometry has one lane, and its cloud is the one it always had.
#[test]
fn lanes_of_the_plane_side_by_side() {
    let lanes = "geometry2=l2&geometry3=particles&score=grid&geometry4=wasserstein";
    let mut lab = opened(&format!("part=plane&landscape=wells&particles=20000&{lanes}"));
    let names = ["cloud", "cloud3", "heap2", "heap4", "read"];
    let shown = |lab: &Downhill| names.map(|name| lab.frame(6, name).unwrap().data);
    let shape = |lab: &Downhill, name: &str| lab.frame(6, name).unwrap().shape;
    at_once(lab.reach(0, 6));
    let there = shown(&lab);
    for (name, expected) in
        [("heap2", [96, 96]), ("cloud2", [0, 2]), ("heap1", [0, 1]), ("cloud3", [20_000, 2])]
    {
        assert_eq!(shape(&lab, name), expected, "{name}");
    }
    at_once(lab.reach(6, 8));
    at_once(lab.reach(8, 1));
    at_once(lab.reach(1, 6));
    let again = shown(&lab);
    for k in 0..4 {
        assert_eq!(again[k], there[k], "{}", names[k]);
    }
    // F, W₂, mass and moments of four lanes at 301 states.
    assert_eq!(shape(&lab, "read"), [4, 301, 7]);
    let row = |lane: usize, state: usize| again[4][(301 * lane + state) * 7..][..7].to_vec();
    assert!((0..4).all(|lane| row(lane, 8).iter().all(|x| x.is_finite()) && row(lane, 9)[0].is_nan()));
    assert!((0..4).all(|lane| row(lane, 8)[0] < row(lane, 0)[0]));
    let mut alone = opened("part=plane&landscape=wells&particles=20000&geometry=langevin");
    at_once(alone.reach(0, 6));
    assert_eq!(shape(&alone, "read"), [1, 301, 7]);
    assert_eq!(alone.frame(6, "cloud").unwrap().data, there[0]);
}

/// A closed form where there is none is told, and the grid stands in.
#[test]
fn a_score_that_cannot_be_is_told() {
    let parsed =
        labs::parse("lab=flow&part=plane&landscape=ring&geometry=particles&score=exact&particles=200");
    let lab = Downhill::of(&parsed.experiment);
    assert!(lab.warnings().iter().any(|one| one.en.contains("two bowls")));
    assert_eq!(lab.frame(0, "cloud").unwrap().shape, [200, 2]);
}

/// Raised, the barrier makes the gap die; where f holds nothing together that is said; one particle, steps far too long and landscapes
/// without a bottom or a value break nothing.
#[test]
fn the_barrier_and_bad_input_in_the_plane() {
    let gap = |link: &str| {
        let all = opened(link).readouts(0);
        all.into_iter().find(|one| one.id == "plane_gap").unwrap()
    };
    let mut last = f64::INFINITY;
    for barrier in ["0.2", "1", "2", "4", "6"] {
        let one = gap(&format!(
            "part=plane&landscape=barrier&x=-2.4&y=1.2&alpha=0.1&particles=50&barrier={barrier}"
        ));
        assert_eq!(one.verdict, Verdict::Holds, "{barrier}: {one:?}");
        assert!(one.value.unwrap() < last);
        last = one.value.unwrap();
    }
    assert_eq!(gap("part=plane&landscape=saddle&particles=50&y=0.05&alpha=0.2").verdict, Verdict::Open);
    for lanes in [
        "geometry=langevin&geometry2=l2&geometry3=stein&geometry4=fisherrao",
        "geometry=particles&geometry2=wasserstein&score=grid",
    ] {
        for bad in [
            "particles=1&spread=0&tau=0",
            "particles=1&tau=4",
            "particles=30&h=2.5",
            "landscape=typed&z=sqrt(-1-x^2)&particles=20",
            "landscape=typed&z=ln(x)&particles=20&h=1",
            "landscape=typed&z=-x^2-y^4&particles=20&h=1",
            "landscape=typed&z=1/(x-x)&particles=20",
        ] {
            let parsed = labs::parse(&format!("lab=flow&part=plane&{lanes}&{bad}"));
            let mut lab = Downhill::of(&parsed.experiment);
            at_once(lab.reach(0, 12));
            lab.readouts(12);
            for name in ["cloud", "cloud2", "heap1", "heap2", "read", "sheet"] {
                lab.frame(12, name).unwrap();
            }
        }
    }
}

#[test]
fn a_formula_that_cannot_be_read_leaves_the_one_before() {
    let mut lab = opened("part=point&landscape=typed");
    let before = lab.frame(0, "map").unwrap();
    lab.select(&Selection::of("expressions", vec!["x^2 + y^"]));
    assert_eq!(lab.frame(0, "map").unwrap(), before);
    assert_eq!(lab.facts(0)["misread"][0]["letter"], "f");
    lab.select(&Selection::of("expressions", vec!["x^2 + 3 y^2"]));
    assert_ne!(lab.frame(0, "map").unwrap(), before);
    lab.select(&Selection::of("x", 2.0).and("y", 1.0));
    assert!((value(&lab, "decrease") - libm::hypot(4.0, 6.0)).abs() < 1e-12);
    // Where f has no value there is nothing to say, and nothing breaks.
    lab.select(&Selection::of("expressions", vec!["ln(x - 4)"]));
    assert!(lab.readouts(0).iter().any(|one| one.verdict == Verdict::Fails));
    lab.frame(0, "section").unwrap();
}

/// Wherever the point is, at rest too, the section is a cut along a line of unit speed: in the round bowl it shows s²/2 and no other.
#[test]
fn at_rest_a_section_is_still_a_section() {
    for (x, y) in [("0", "0"), ("2e-162", "2e-162"), ("1e-11", "0"), ("-1e-7", "2e-7"), ("0.3", "-2")] {
        let lab = opened(&format!("landscape=bowl&alpha=1.5&steps=60&x={x}&y={y}"));
        for at in [0, 1, 20, 60] {
            let rows = lab.frame(at, "section").unwrap().data;
            let rows: Vec<&[f32]> = rows.chunks_exact(4).collect();
            let [first, middle, last] = [0, rows.len() / 2, rows.len() - 1].map(|i| rows[i]);
            // f = a + b s + s²/2: its second difference is the square of the step.
            let half = middle[0] - first[0];
            let bend = (first[1] - middle[1]) + (last[1] - middle[1]);
            assert!(
                half >= 0.25 && (bend - half * half).abs() < 1e-5 * half * half,
                "({x}, {y}) at {at}: {bend} {half}"
            );
        }
    }
}

/// A step of time that is too long for explicit steps is told, with what they come to, on the line and of L2 in the plane.
#[test]
fn explicit_steps_break_and_say_why() {
    for (h, word, breaks) in
        [("0.001", "short enough", false), ("0.02", "too long", true), ("2.5", "too long", true)]
    {
        let lab = opened(&format!("part=line&h={h}"));
        let one = lab.readouts(0).into_iter().find(|one| one.id == "long_step").unwrap();
        assert_eq!((one.verdict, one.note.en.contains(word)), (Verdict::Holds, true), "{one:?}");
        assert_eq!(lab.flowing().long().explicit < 0.0, breaks, "{h}");
    }
    let mut lab = opened("part=plane&landscape=ring&x=1&geometry=l2&h=0.3");
    at_once(lab.reach(0, 3));
    let one = lab.readouts(3).into_iter().find(|one| one.id == "lane1_mass").unwrap();
    assert_eq!((one.verdict, one.note.en.contains("−")), (Verdict::Holds, true), "{one:?}");
    assert!(lab.flowing().lifted() < 0.0);
}

/// Another chart is told of by its two claims; below its edge they stay open and say so; without one nothing is measured.
#[test]
fn parameters_of_another_name() {
    let fit = "landscape=fit&x=2&y=1.2&alpha=0.1";
    for chart in ["chart=0", "chart=2", "chart=-2", "lean=0.9", "chart=0.5&lean=-1"] {
        let lab = opened(&format!("{fit}&{chart}"));
        assert!(value(&lab, "path_moved_l2") > 0.02, "{chart}");
        assert!(value(&lab, "path_moved_natural") < 1e-8, "{chart}");
        assert_eq!(lab.frame(0, "charted").unwrap().shape, [3, 241, 2]);
    }
    let plain = opened(fit);
    assert!(plain.readouts(0).iter().all(|one| !one.id.starts_with("path_moved")));
    assert_eq!(plain.frame(0, "charted").unwrap().shape, [0, 31, 2]);
    let below = opened("landscape=bowl&y=-1&chart=0");
    for one in below.readouts(0).iter().filter(|one| one.id.starts_with("path_moved")) {
        assert_eq!((one.verdict, one.note.en.contains("above 0")), (Verdict::Open, true), "{one:?}");
    }
}

/// A plan is made where one is asked for; where f is nowhere there is none, and that is said.
#[test]
fn a_plan_that_cannot_be_is_told() {
    let mut lab = opened("part=plane&landscape=typed&plan=strings&particles=50");
    assert!(value(&lab, "plan_value") < f64::INFINITY);
    assert_eq!(lab.frame(0, "settled").unwrap().shape, [64, 64]);
    lab.select(&Selection::of("expressions", vec!["sqrt(-1 - x^2)"]));
    let all = lab.readouts(0);
    for one in all.iter().filter(|one| one.id.starts_with("plan_")) {
        assert_eq!(one.verdict, Verdict::Open, "{one:?}");
    }
    assert!(all.iter().any(|one| one.id == "plan_error" && one.note.en.contains("no value")));
    assert_eq!(lab.frame(0, "plan").unwrap().shape, [0, 5]);
    let without = opened("part=plane&particles=50");
    assert!(without.readouts(0).iter().all(|one| !one.id.starts_with("plan_")));
    assert_eq!(without.frame(0, "settled").unwrap().shape, [0, 1]);
}

/// What is drawn is where everything flows, claims and all; a drawing that rises nowhere, or is not asked for, is told.
#[test]
fn a_drawing_flows() {
    let drawn = |link: &str, line: Vec<[f32; 2]>| {
        let mut experiment = labs::parse(&format!("lab=flow&{link}")).experiment;
        experiment.inputs.r#loop = line;
        Downhill::of(&experiment)
    };
    let line = vec![[-2.5, 0.0], [-1.5, 1.0], [-0.5, 0.3], [0.5, 0.3], [1.25, 0.8], [2.0, 0.0]];
    let lab = drawn("part=line&target=drawn&t=10&particles=2000&lane2=particles", line.clone());
    assert!(lab.warnings().is_empty());
    for one in lab.readouts(60) {
        assert_ne!(one.verdict, Verdict::Fails, "{one:?}");
    }
    assert!(value(&lab, "kl") < 0.1, "{}", value(&lab, "kl"));
    let (target, lanes) = (lab.frame(60, "target").unwrap().data, lab.frame(60, "lanes").unwrap().data);
    let most = target.iter().copied().fold(0.0, f32::max);
    // Particles are smoothed, which blunts the hills.
    for (lane, blunt) in [(0, 0.15), (1, 0.25)] {
        let miss = (0..240).map(|i| (lanes[240 * lane + i] - target[i]).abs()).fold(0.0, f32::max);
        assert!(miss < blunt * most, "{lane}: {miss} of {most}");
    }
    let skyline = opened("part=line&target=skyline").frame(0, "target").unwrap();
    for (lab, word) in [
        (drawn("part=line&target=drawn", Vec::new()), None),
        (drawn("part=line&target=drawn", vec![[0.0, -1.0], [1.0, 0.0]]), Some("nowhere")),
        (drawn("part=line&target=skyline", line), Some("another target")),
    ] {
        assert_eq!(lab.frame(0, "target").unwrap(), skyline);
        assert_eq!(lab.warnings().len(), usize::from(word.is_some()));
        assert!(word.is_none_or(|word| lab.warnings()[0].en.contains(word)));
    }
}

/// One particle, and one that cannot move.
#[test]
fn the_smallest_clouds() {
    for link in [
        "part=line&particles=1&lane2=langevin&lane3=mala&lane4=particles",
        "part=plane&particles=1&tau=0&spread=0",
    ] {
        let mut lab = opened(link);
        at_once(lab.reach(0, 5));
        for name in ["lanes", "dots", "falls", "cloud"] {
            lab.frame(5, name).unwrap();
        }
        lab.readouts(5);
    }
}

/// The forward process falls as its slope says, and three ways back carry its law, on every data set.
#[test]
fn demolition_is_a_flow_and_all_ways_lead_back() {
    for data in ["moons", "circles", "spiral", "swissroll", "checkerboard", "pinwheel", "mixture", "skyline"]
    {
        let link = format!("lab=flow&part=bridge&data={data}&particles=800&points=400&steps=40");
        let mut flowing = Flowing::open(&labs::parse(&link).experiment);
        for at in [0, 15, 30, 39, 40] {
            flowing.lead_to(at);
            let all = claims::all(&flowing, at, 0);
            let of = |id: &str| all.iter().find(|one| one.id == id).unwrap();
            for id in ["demolition_rate", "demolition_kl", "flow_w2", "reverse_w2", "annealed_w2"] {
                let one = of(id);
                assert_eq!(one.verdict, Verdict::Holds, "{data} at {at}: {one:?}");
            }
        }
    }
}

/// As many walk back as can ask all points in time, and never fewer than could before.
#[test]
fn more_walk_back_where_they_ask_fewer_points() {
    for (link, expected) in [
        ("particles=100000", 2000),
        ("particles=100000&points=4096", 2000),
        ("particles=100000&points=50", 16_000),
        ("particles=100000&points=50&shakes=1", 32_000),
        ("particles=100000&points=4&steps=399", 10_000),
        ("particles=900&points=50", 900),
    ] {
        let link = format!("lab=flow&part=bridge&{link}");
        let flowing = Flowing::open(&labs::parse(&link).experiment);
        assert_eq!(flowing.ways().bridge.particles, expected, "{link}");
    }
}

/// Whatever falls, falls by what it dissipates, and KL by what it is carried past.
#[test]
fn every_energy_falls_by_its_dissipation() {
    for energy in [
        "energy=kl&divergence=reverse",
        "energy=kl&divergence=forward",
        "energy=kl&divergence=chi2",
        "energy=kl&divergence=hellinger",
        "energy=kl&divergence=js",
        "energy=entropy",
        "energy=porous",
        "energy=attraction",
        "energy=apart",
        "energy=apart&reach=0",
        "energy=apart&reach=2.5",
        "energy=apart&reach=5",
    ] {
        for start in [
            "t=1",
            "t=0.2",
            "m0=0.6&s0=0.8&t=0.3",
            "m0=0.6&s0=0.8&t=1.5",
            "m0=-0.4&s0=0.7&t=0.6&target=wells&mu=1&s=0.5",
        ] {
            let lab = opened(&format!("part=line&{energy}&{start}"));
            for id in ["energy_rate", "kl_rate", "w2", "kl", "variance", "mean"] {
                let one = lab.readouts(0).into_iter().find(|one| one.id == id).unwrap();
                assert_eq!(one.verdict, Verdict::Holds, "{energy} {start}: {one:?}");
            }
        }
    }
}

/// Who plays asks for as many states as can be had in time: what has not been computed must not be taken for done.
#[test]
fn states_that_must_be_made_are_not_there_before() {
    for (part, later) in [("point", 30), ("line", 60), ("plane", 0), ("bridge", 0)] {
        let mut flowing =
            Flowing::open(&labs::parse(&format!("lab=flow&part={part}&particles=50&points=20")).experiment);
        assert_eq!(flowing.computed(), later, "{part}");
        flowing.shake_to(9);
        flowing.lead_to(9);
        flowing.shake_to(4);
        assert_eq!(flowing.computed(), later.max(9), "{part}");
    }
}

/// Whatever is held while something is shown, the state that is shown stays one.
#[test]
fn a_hand_leaves_the_state_that_is_shown() {
    for (part, frame) in [("plane", "cloud"), ("bridge", "ways"), ("line", "lanes"), ("point", "section")] {
        let mut flowing =
            Flowing::open(&labs::parse(&format!("lab=flow&part={part}&particles=50&points=20")).experiment);
        flowing.shake_to(7);
        flowing.lead_to(7);
        let before = frames::frame(&flowing, 7, frame).unwrap();
        flowing.hold(&[("tau", 0.9), ("x", 1.0)].into_iter().collect(), None);
        let after = frames::frame(&flowing, 7, frame).unwrap();
        assert_eq!(before.shape, after.shape, "{part}");
        let bits = |data: Vec<f32>| data.into_iter().map(f32::to_bits).collect::<Vec<_>>();
        assert_eq!(bits(before.data) == bits(after.data), matches!(part, "bridge" | "line"), "{part}");
    }
}

/// A potential that is typed is a target as any other: a parabola is N(0, s²), two wells have the gap that they have as hills, and
/// what cannot be a target is told.
#[test]
fn a_typed_potential_is_a_target() {
    let parabola = "part=line&target=typed&z=(x-0.5)^2/0.72&m0=1&s0=0.6&t=0.7";
    let hill = "part=line&mu=0.5&s=0.6&m0=1&s0=0.6&t=0.7";
    for id in ["mean", "variance", "kl", "w2", "fisher_information", "kl_rate", "jko_mean", "jko_sd", "gap"] {
        is(parabola, id, value(&opened(hill), id), 2e-4);
    }
    let wells = "part=line&target=typed&z=-ln(exp(-2(x-1)^2)+exp(-2(x+1)^2))";
    is(wells, "gap", 0.476_258_578, 1e-5);
    let all = opened("part=line&target=typed&t=0.6").readouts(0);
    for one in all {
        assert_ne!(one.verdict, Verdict::Fails, "{one:?}");
    }
    for (z, word) in
        [("x", "does not rise"), ("-x^2", "does not rise"), ("sqrt(-1-x^2)", "no value"), ("x^", "missing")]
    {
        let parsed = labs::parse(&format!("lab=flow&part=line&target=typed&z={z}"));
        let lab = Downhill::of(&parsed.experiment);
        assert!(lab.warnings().iter().any(|one| one.en.contains(word)), "{z}: {:?}", lab.warnings());
        let shown = lab.frame(60, "lanes").unwrap().data;
        assert!(shown.iter().take(240).all(|q| q.is_finite() && *q >= 0.0), "{z}");
    }
    // Walls: a logarithm has no value on one side, and mass stays on the other.
    let walled = opened("part=line&target=typed&z=x-ln(x)&m0=2&s0=0.3&t=3");
    let (grid, lanes) = (walled.frame(60, "grid").unwrap().data, walled.frame(60, "lanes").unwrap().data);
    let beyond = (0..240).filter(|i| grid[0] + (*i as f32 + 1.0) * grid[1] < 0.0).map(|i| lanes[i] * grid[1]);
    assert!(beyond.sum::<f32>() < 1e-6);
    assert!(value(&walled, "kl") < 0.02, "{}", value(&walled, "kl"));
}
