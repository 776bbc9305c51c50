//! Ways downhill against closed forms, published numbers and laws: of a point, of a density on the line, of particles.

use chailou::diffusion::{exact::Mixture, schedule::TRAINING};
use chailou::downhill::{
    bridge,
    chart::{Chart, Ruler, apart, seen, ways},
    crowd::Crowd,
    descent::{Method, descend, dissipation, flow, proximal},
    entropic::{Grid, Plan, Step},
    grid::{Divergence, Energy, Flow, Line},
    landscape::Landscape,
    lanes::{Geometry, Race, stein_velocity},
    laws::{self, Normal},
    measured,
    norm::Norm,
    plane::{self, Arena, Given, Score, State},
    proximal::after,
    sheet::{Sheet, reach},
    spectrum::{self, slowest},
    target::{Target, Typed},
    unshaken::Walk,
};
use chailou::geometry::expression::Expression;
use proptest::prelude::*;
use serde_json::Value as Json;

fn near(value: f64, expected: f64, tolerance: f64) {
    assert!((value - expected).abs() <= tolerance * (1.0 + expected.abs()), "{value}, not {expected}");
}

/// Numbers of `tests/golden/flow.py`.
fn golden() -> Json {
    serde_json::from_str(include_str!("golden/flow.json")).unwrap()
}

const fn normal(mean: f64, sd: f64) -> Normal {
    Normal { mean, sd }
}

const START: Normal = normal(3.0, 0.5);
const REVERSE: Energy = Energy::Divergence(Divergence::Reverse);

fn land(formula: &str, a: f64) -> Landscape {
    Landscape::of(Expression::known(formula), a)
}

// A point.

#[test]
fn three_siblings_in_a_bowl() {
    let bowl = land("(x^2 + y^2)/2", 1.0);
    let end = |method, step| {
        let way = descend(&bowl, method, [1.0, 0.0], step, 10);
        way[way.len() - 1][0]
    };
    for (step, explicit, exact, implicit) in [
        (0.1, 0.348_678_440_1, 0.367_879_441_2, 0.385_543_289_4),
        (0.5, 9.765_625e-4, 6.737_946_999e-3, 0.017_341_529_9),
        (2.5, 57.665_039_06, 1.388_794_386e-11, 3.624_901_5e-6),
    ] {
        near(end(Method::Gradient, step), explicit, 1e-9);
        near(end(Method::Flow, step), exact, 1e-9);
        near(end(Method::Proximal, step), implicit, 1e-9);
    }
}

#[test]
fn the_steepest_direction_depends_on_the_ball() {
    let g = [3.0, 1.0];
    for (norm, direction, decrease) in [
        (Norm::L2, [-0.948_683_298_05, -0.316_227_766_02], 3.162_277_660_17),
        (Norm::Max, [-1.0, -1.0], 4.0),
        (Norm::L1, [-1.0, 0.0], 3.0),
        (Norm::Diagonal([4.0, 1.0]), [-0.416_025_147_17, -0.554_700_196_22], 1.802_775_637_73),
    ] {
        for (found, expected) in norm.steepest(g).into_iter().zip(direction) {
            near(found, expected, 1e-10);
        }
        near(norm.dual(g), decrease, 1e-10);
    }
}

const HILLS: [&str; 5] = [
    "(x^2 + 4 y^2)/2",
    "(1-x)^2 + 3 (y-x^2)^2",
    "(x^2+y-3)^2/4 + (x+y^2-2)^2/4",
    "(x^2-1)^2 + y^2 + x/5",
    "sin(2x) cos(y) + (x^2+y^2)/6",
];

proptest! {
    /// No direction of length 1 goes down faster than the steepest, which has length 1 and goes down by the dual norm.
    #[test]
    fn nothing_is_steeper(gx in -3.0..3.0f64, gy in -3.0..3.0f64, m in 0.1..9.0f64, n in 0.1..9.0f64, turn in 0.0..6.3f64) {
        let g = [gx, gy];
        for norm in [Norm::L1, Norm::L2, Norm::Max, Norm::Diagonal([m, n])] {
            let d = norm.steepest(g);
            prop_assert!((norm.length(d) - 1.0).abs() < 1e-12);
            prop_assert!((d[0] * gx + d[1] * gy + norm.dual(g)).abs() < 1e-12 * (1.0 + norm.dual(g)));
            let other = [turn.cos(), turn.sin()];
            let size = norm.length(other);
            prop_assert!((other[0] * gx + other[1] * gy) / size >= -norm.dual(g) - 1e-12);
        }
    }

    /// Height falls along the flow by the square of its slope, time runs back to where it came from, and a way in two is the way.
    #[test]
    fn the_flow_falls_as_it_is_steep(which in 0..5usize, x in -1.5..1.5f64, y in -1.5..1.5f64, time in 0.02..0.4f64) {
        let land = land(HILLS[which], 1.0);
        let steep = land.ground([x, y]).unwrap().steepness();
        let fell = dissipation(&land, [x, y]).unwrap();
        prop_assert!((fell - steep).abs() <= 1e-6 * (1.0 + steep), "{fell} {steep}");
        let there = flow(&land, [x, y], time).unwrap();
        prop_assert!(land.height(there) <= land.height([x, y]));
        let back = flow(&land, there, -time).unwrap();
        let halves = flow(&land, flow(&land, [x, y], time / 3.0).unwrap(), 2.0 * time / 3.0).unwrap();
        // Uphill, errors grow as the slopes are bent, all along the way.
        let mut at = [x, y];
        let mut bent = 0.0;
        for _ in 0..100 {
            bent += time / 100.0 * land.ground(at).unwrap().curvatures()[0].max(0.0);
            at = flow(&land, at, time / 100.0).unwrap();
        }
        for i in 0..2 {
            prop_assert!((back[i] - [x, y][i]).abs() < 1e-10 * bent.exp(), "{:e} {bent}", back[i] - [x, y][i]);
            prop_assert!((halves[i] - there[i]).abs() < 1e-10);
        }
    }

    /// A proximal step never rises, however long it is, and is one back from where it comes to: x = x′ + α ∇f(x′).
    #[test]
    fn a_proximal_step_never_rises(which in 0..5usize, x in -1.5..1.5f64, y in -1.5..1.5f64, size in -2.0..2.0f64) {
        let (land, step) = (land(HILLS[which], 1.0), libm::pow(10.0, size));
        let to = proximal(&land, [x, y], step).unwrap();
        prop_assert!(land.height(to) <= land.height([x, y]) + 1e-12);
        let slope = land.slope(to).unwrap();
        for i in 0..2 {
            let back = to[i] + step * slope[i];
            prop_assert!((back - [x, y][i]).abs() < 1e-6 * (1.0 + step), "{back} {:?}", [x, y]);
        }
    }
}

#[test]
fn explicit_and_implicit_steps_come_to_the_flow_at_first_order() {
    let land = land(HILLS[2], 1.0);
    let exact = flow(&land, [1.2, -0.4], 1.0).unwrap();
    for method in [Method::Gradient, Method::Proximal] {
        let gap = |steps: usize| {
            let way = descend(&land, method, [1.2, -0.4], 1.0 / steps as f64, steps);
            libm::hypot(way[steps][0] - exact[0], way[steps][1] - exact[1])
        };
        let ratio = gap(200) / gap(400);
        assert!((ratio - 2.0).abs() < 0.05, "{method:?}: {ratio}");
    }
}

/// KL(N(0, 1) ‖ N(x, y²)) and others over the half plane.
const FITS: [&str; 3] =
    ["ln(y) + (1 + x^2)/(2 y^2) - 1/2", "x^2/2 + (y - 1)^2 + x y/3", "(x^2 + y - 2)^2/4 + (x - y)^2/3"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// What the parameters are called moves ℓ2's path as its ellipse says, and the natural gradient's not at all; both go down.
    #[test]
    fn natural_gradient_does_not_know_its_parameters(
        which in 0..3usize, x in -1.5..1.5f64, y in 0.6..2.0f64, power in -2.0..2.0f64, lean in -1.5..1.5f64,
    ) {
        let (land, chart) = (land(FITS[which], 1.0), Chart { power, lean });
        let run = |chart, ruler| ways(&land, chart, ruler, [x, y], 0.02, 10);
        let (natural, again) = (run(Chart::PLAIN, Ruler::Fisher), run(chart, Ruler::Fisher));
        prop_assert_eq!((natural.len(), again.len()), (11, 11));
        prop_assert!(apart(&natural, &again) < 1e-9, "{}", apart(&natural, &again));
        let (moved, seen) = (run(chart, Ruler::Euclid), seen(&land, chart, [x, y], 0.02, 10));
        prop_assert!(moved.len().abs_diff(seen.len()) <= 1);
        prop_assert!(apart(&moved, &seen) < 1e-8, "{}", apart(&moved, &seen));
        for way in [&natural, &moved] {
            prop_assert!(way.windows(2).all(|pair| land.height(pair[1]) <= land.height(pair[0])));
        }
        let there = chart.there([x, y]).unwrap();
        let back = chart.back(there).unwrap();
        prop_assert!((back[0] - x).abs() + (back[1] - y).abs() < 1e-12);
    }
}

/// Known ways: ln y of the logarithm's own bowl, and the half plane's natural gradient.
#[test]
fn other_parameters_have_their_own_straight_ways() {
    // f = (ln y)²/2 + x²/2: in (x, ln y) a round bowl, both shrink by e^−t.
    let bowl = land("(x^2 + ln(y)^2)/2", 1.0);
    let logarithm = Chart { power: 0.0, lean: 0.0 };
    let [x, y] = ways(&bowl, logarithm, Ruler::Euclid, [1.2, 3.0], 0.25, 4)[4];
    near(x, 1.2 * (-1.0f64).exp(), 1e-10);
    near(y, (3.0f64.ln() * (-1.0f64).exp()).exp(), 1e-10);
    // f = ln y falls by Fisher's ruler as y′ = −y/2.
    let slide = land("ln(y)", 1.0);
    for chart in [Chart::PLAIN, logarithm, Chart { power: -2.0, lean: 0.7 }] {
        let [x, y] = ways(&slide, chart, Ruler::Fisher, [0.4, 2.0], 0.5, 4)[4];
        near(x, 0.4, 1e-10);
        near(y, 2.0 * (-1.0f64).exp(), 1e-10);
    }
    // ℓ2's own way is moved by far more than rounding.
    let fit = land(FITS[0], 1.0);
    let run = |chart| ways(&fit, chart, Ruler::Euclid, [2.0, 1.2], 0.1, 20);
    assert!(apart(&run(Chart::PLAIN), &run(logarithm)) > 0.1);
}

// A density on the line.

#[test]
fn langevins_table() {
    let target = Target::normal(0.0, 1.0);
    for (t, mean, variance, kl, w2, rate) in [
        (0.0, 3.0, 0.25, 4.818_147_2, 3.041_381_3, 11.25),
        (0.25, 2.336_402_3, 0.545_102_0, 2.805_330_1, 2.351_012_0, 5.838_397_0),
        (0.5, 1.819_592_0, 0.724_090_4, 1.678_922_2, 1.825_687_6, 3.416_048_4),
        (1.0, 1.103_638_3, 0.898_498_5, 0.611_773_1, 1.104_867_8, 1.229_484_0),
        (2.0, 0.406_005_8, 0.986_263_3, 0.082_468_0, 0.406_064_3, 0.165_032_1),
        (4.0, 0.054_946_9, 0.999_748_4, 0.001_509_6, 0.054_947_1, 0.003_019_2),
    ] {
        let exact = laws::langevin(START, normal(0.0, 1.0), t);
        near(exact.mean, mean, 5e-8);
        near(exact.sd * exact.sd, variance, 5e-8);
        near(laws::kl(exact, normal(0.0, 1.0)), kl, 5e-8);
        near(laws::w2(exact, normal(0.0, 1.0)), w2, 5e-8);
        near(laws::fisher(exact, normal(0.0, 1.0)), rate, 5e-8);
        let [found, _] = measured::at(START, &target, REVERSE, t);
        println!("{t}: {found:?}");
        near(found.mean, mean, 2e-5);
        near(found.variance, variance, 2e-5);
        near(found.kl, kl, 2e-5);
        near(found.w2, w2, 2e-5);
        near(found.fisher, rate, 2e-5);
        near(found.kl_rate, rate, 1e-4);
        assert!(found.mass_error < 1e-12 && found.least > 0.0, "{found:?}");
    }
}

#[test]
fn other_normals_and_times() {
    for (start, end, t) in
        [(normal(-2.0, 1.4), normal(0.5, 0.7), 0.3), (normal(0.0, 0.3), normal(1.0, 1.5), 2.2)]
    {
        let exact = laws::langevin(start, end, t);
        let [found, _] = measured::at(start, &Target::normal(end.mean, end.sd), REVERSE, t);
        near(found.mean, exact.mean, 1e-4);
        near(found.variance, exact.sd * exact.sd, 1e-4);
        near(found.kl, laws::kl(exact, end), 1e-4);
        near(found.w2, laws::w2(exact, end), 1e-4);
        near(found.kl_rate, laws::fisher(exact, end), 1e-3);
    }
}

#[test]
fn the_grid_is_of_second_order() {
    let target = Target::normal(0.0, 1.0);
    let exact = laws::langevin(START, normal(0.0, 1.0), 0.5);
    let miss = |cells: usize, steps: usize| {
        let flow = Flow::new(Line::over([-9.0, 9.0], cells), REVERSE, &target);
        let mut q = flow.line.normal(START);
        (0..steps).for_each(|_| flow.step(&mut q, 0.5 / steps as f64));
        let density = flow.line.normal(exact);
        q.iter().zip(&density).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
    };
    let (coarse, fine) = (miss(200, 200), miss(400, 800));
    assert!((coarse / fine - 4.0).abs() < 0.3, "{}", coarse / fine);
}

#[test]
fn proximal_steps_of_densities() {
    let target = Target::normal(0.0, 1.0);
    for (a, jumps, mean, sd) in [
        (0.05, 1, 2.857_142_9, 0.561_063_3),
        (0.1, 1, 2.727_272_7, 0.604_846_5),
        (0.5, 1, 2.0, 0.767_591_9),
        (1.0, 1, 1.5, 0.843_070_3),
        (0.1, 10, 1.156_629_9, 0.934_189_0),
        (0.5, 2, 1.333_333_3, 0.887_369_8),
    ] {
        let exact = (0..jumps).fold(START, |now, _| laws::jko(now, normal(0.0, 1.0), a));
        near(exact.mean, mean, 5e-8);
        near(exact.sd, sd, 5e-8);
        let found = after(START, &target, a, jumps).unwrap();
        near(found.mean, mean, 1e-6);
        near(found.sd, sd, 1e-6);
    }
    for p in [normal(0.0, 1.0), normal(-0.5, 0.7)] {
        let kl = chailou::downhill::proximal::Quantiles::of(START, 320).kl(&Target::normal(p.mean, p.sd));
        near(kl, laws::kl(START, p), 1e-10);
    }
    let over = laws::explicit(START, normal(0.0, 1.0), 0.5);
    near(over.mean, 1.5, 1e-12);
    near(over.sd, 1.25, 1e-12);
    // Another target.
    let (p, a) = (normal(-0.5, 0.7), 0.3);
    let found = after(normal(0.4, 1.3), &Target::normal(p.mean, p.sd), a, 3).unwrap();
    let exact = (0..3).fold(normal(0.4, 1.3), |now, _| laws::jko(now, p, a));
    near(found.mean, exact.mean, 1e-6);
    near(found.sd, exact.sd, 1e-6);
}

#[test]
fn a_barrier_slows_down() {
    for one in golden()["rates"].as_array().unwrap() {
        let numbers = |key: &str| one[key].as_f64().unwrap();
        let found = slowest(&Target::wells(numbers("half"), numbers("sd")));
        for (found, expected) in found.into_iter().zip(one["rates"].as_array().unwrap()) {
            near(found, expected.as_f64().unwrap(), 1e-8);
        }
    }
    for (half, barrier) in [(1.0, 1.3072), (1.5, 3.8069), (2.0, 7.3069)] {
        near(Target::wells(half, 0.5).barrier().unwrap(), barrier, 5e-5);
    }
    let [one, two] = slowest(&Target::normal(0.3, 0.8));
    near(one, 1.0 / 0.64, 1e-7);
    near(two, 2.0 / 0.64, 1e-7);
}

#[test]
fn an_unadjusted_step_leaves_a_bias() {
    for (h, variance) in [(0.01, 1.005_025_1), (0.1, 1.052_631_6), (0.5, 1.333_333_3), (1.0, 2.0)] {
        near(laws::unadjusted_variance(normal(0.0, 1.0), h), variance, 5e-8);
    }
    // Seeded particles, within five standard errors of independent draws; with refusals they have no bias.
    let (h, n) = (0.5, 20_000);
    let race = |particles| Race {
        start: normal(0.0, 1.0),
        target: Target::normal(0.0, 1.0),
        energy: REVERSE,
        line: Line::over([-8.0, 8.0], 160),
        time: 10.0,
        states: 2,
        h,
        particles,
        seed: 3,
    };
    for (geometry, variance) in [(Geometry::Langevin, 4.0 / 3.0), (Geometry::Adjusted, 1.0)] {
        let states = race(n).run(geometry);
        let x = &states[2].particles;
        let found = x.iter().map(|x| x * x).sum::<f64>() / n as f64;
        let error = variance * (2.0 / n as f64).sqrt();
        assert!((found - variance).abs() < 5.0 * error, "{geometry:?}: {found} {variance}");
    }
}

#[test]
fn barenblatts_heap() {
    for (t, peak, half) in
        [(0.1, 0.776_808_1, 0.965_489_4), (1.0, 0.360_562_4, 2.080_083_8), (10.0, 0.167_358_2, 4.481_404_7)]
    {
        near(laws::barenblatt(t, 0.0), peak, 5e-8);
        near(laws::barenblatt_half_width(t), half, 5e-8);
        assert_eq!(laws::barenblatt(t, half * 1.0001), 0.0);
    }
    let line = Line::over([-6.0, 6.0], 600);
    let flow = Flow::new(line, Energy::Square, &Target::normal(0.0, 1.0));
    let heap = |t: f64| (0..line.cells).map(|i| laws::barenblatt(t, line.centre(i))).collect::<Vec<_>>();
    let mut q = line.scaled(heap(0.1));
    (0..2000).for_each(|_| flow.step(&mut q, 0.9 / 2000.0));
    let miss = q.iter().zip(heap(1.0)).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!(miss < 4e-3, "{miss}");
    near(line.mass(&q), 1.0, 1e-12);
}

#[test]
fn heat_spreads_at_its_rate() {
    let [found, _] = measured::at(START, &Target::normal(3.0, 2.0), Energy::Entropy, 0.6);
    near(found.variance, 0.25 + 1.2, 1e-5);
    near(found.mean, 3.0, 1e-9);
}

#[test]
fn divergences_weigh_as_their_formulas() {
    use Divergence::{Forward, Hellinger, JensenShannon, Reverse, Square};
    for (divergence, weights) in [
        (Reverse, [1.0, 1.0, 1.0]),
        (Forward, [0.25, 1.0, 4.0]),
        (Square, [0.125, 2.0, 32.0]),
        (Hellinger, [0.25, 0.5, 1.0]),
        (JensenShannon, [0.1, 0.25, 0.4]),
    ] {
        for (r, weight) in [0.25, 1.0, 4.0].into_iter().zip(weights) {
            near(divergence.weight(r), weight, 1e-14);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Every step, however long, of whatever divergence, keeps mass and positivity and lowers what flows down.
    #[test]
    fn every_step_keeps_mass_and_sign_and_goes_down(
        which in 0..9usize, mean in -2.0..2.0f64, sd in 0.3..1.5f64, half in 0.3..2.0f64, size in -3.0..3.0f64,
    ) {
        use Divergence::{Forward, Hellinger, JensenShannon, Reverse, Square};
        let energy = match which {
            5 => Energy::Entropy,
            6 => Energy::Square,
            7 => Energy::Attraction,
            8 => Energy::Apart(2.0 * half),
            other => Energy::Divergence([Reverse, Forward, Square, Hellinger, JensenShannon][other]),
        };
        let target = Target::wells(half, 0.5);
        let flow = Flow::new(Line::over([-7.0, 7.0], 120), energy, &target);
        let mut q = flow.line.normal(normal(mean, sd));
        let before = flow.energy(&q);
        flow.step(&mut q, libm::pow(10.0, size));
        prop_assert!((flow.line.mass(&q) - 1.0).abs() < 1e-12, "mass {}", flow.line.mass(&q));
        prop_assert!(q.iter().all(|q| *q >= 0.0));
        prop_assert!(flow.energy(&q) <= before + 1e-9 * (1.0 + before.abs()), "{before} -> {}", flow.energy(&q));
    }
}

#[test]
fn the_target_rests_and_a_long_explicit_step_breaks() {
    let target = Target::wells(1.2, 0.5);
    let flow = Flow::new(Line::over([-6.0, 6.0], 200), REVERSE, &target);
    let mut q = flow.target.clone();
    flow.step(&mut q, 1e3);
    assert!(q.iter().zip(&flow.target).all(|(a, b)| (a - b).abs() < 1e-12));
    let mut q = flow.line.normal(START);
    let limit = flow.longest_explicit(&q);
    for _ in 0..50 {
        flow.explicit(&mut q, 0.99 * limit);
    }
    assert!(q.iter().all(|q| *q >= 0.0));
    for _ in 0..200 {
        flow.explicit(&mut q, 2.5 * limit);
    }
    assert!(q.iter().any(|q| *q < 0.0 || q.is_nan()), "an explicit step that is too long should break");
}

/// What is drawn keeps its mean, is wider by what each of its hills is, and does not know its scale or its order.
#[test]
fn what_is_drawn_is_a_target() {
    // Corners between hills, a stretch of nothing, and a triangle: ∫ is half the base times the height.
    let line = [[-4.0, 0.0], [-3.0, 2.0], [-2.0, 0.0], [1.0, 0.0], [1.5, 1.0], [3.0, 1.0], [3.5, 0.0]];
    let target = Target::drawn(&line).unwrap();
    let grid = Line::over([-8.0, 8.0], 3200);
    let flow = Flow::new(grid, REVERSE, &target);
    // Heights at the quarters: of the triangle, and of the block that falls to the right.
    let mut hills = vec![0.0f64; 41];
    for (first, heights) in
        [(5, &[0.5, 1.0, 1.5, 2.0, 1.5, 1.0, 0.5][..]), (25, &[0.5, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.5])]
    {
        hills[first..first + heights.len()].copy_from_slice(heights);
    }
    // Beside them a fiftieth of what is drawn, less the further.
    let skirt = |k: usize| {
        let from = |(j, height): (usize, &f64)| height / 50.0 * (-0.75 * k.abs_diff(j) as f64).exp();
        hills.iter().enumerate().map(from).fold(0.0, f64::max)
    };
    let hills: Vec<f64> = (0..41).map(|k| hills[k].max(skirt(k))).collect();
    let whole: f64 = hills.iter().sum();
    let place = |k: usize| (k as f64 - 20.0) / 4.0;
    let mean = hills.iter().enumerate().map(|(k, h)| h * place(k)).sum::<f64>() / whole;
    let variance = hills.iter().enumerate().map(|(k, h)| h * (place(k) - mean).powi(2)).sum::<f64>() / whole;
    let [found, spread] = grid.moments(&flow.target);
    near(found, mean, 1e-9);
    near(spread, variance + 0.04, 1e-6);
    let mut other = line.map(|[x, h]| [x, 7.0 * h]);
    other.reverse();
    for x in [-4.4, -3.1, 0.2, 2.0, 4.9] {
        near(Target::drawn(&other).unwrap().potential(x), target.potential(x), 1e-12);
    }
    // A flat line is flat.
    let flat = Target::drawn(&[[-6.0, 3.0], [6.0, 3.0]]).unwrap();
    near(flat.potential(0.0), flat.potential(0.11), 2e-5);
    for nothing in [&[][..], &[[0.0, -1.0], [1.0, 0.0]], &[[7.0, 1.0], [8.0, 2.0]]] {
        assert_eq!(Target::drawn(nothing), None);
    }
}

fn race(target: Target, seed: u64) -> Race {
    Race {
        start: START,
        target,
        energy: REVERSE,
        line: Line::over([-9.0, 9.0], 300),
        time: 1.0,
        states: 20,
        h: 0.01,
        particles: 20_000,
        seed,
    }
}

#[test]
fn three_ways_of_one_flow_agree() {
    let race = race(Target::normal(0.0, 1.0), 11);
    let exact = laws::langevin(START, normal(0.0, 1.0), 1.0);
    let [mean, variance] = race.line.moments(&race.run(Geometry::Wasserstein)[20].density);
    near(mean, exact.mean, 5e-3);
    near(variance, exact.sd * exact.sd, 5e-3);
    // Shaken particles: five standard errors, and the bias of the step, of its first order.
    let x = &race.run(Geometry::Langevin)[20].particles;
    let n = x.len() as f64;
    let found = x.iter().sum::<f64>() / n;
    assert!((found - exact.mean).abs() < 5.0 * exact.sd / n.sqrt() + race.h * exact.mean, "{found}");
    // Particles without noise go where the closed form says.
    let states = race.run(Geometry::Particles);
    let (first, last) = (&states[0].particles, &states[20].particles);
    for (a, b) in first.iter().zip(last) {
        let goal = exact.mean + exact.sd / START.sd * (a - START.mean);
        assert!((b - goal).abs() < 0.02, "{a} -> {b}, not {goal}");
    }
    for (from, to) in [(2.5, 0.155_746_7), (3.0, 1.103_638_3), (3.5, 2.051_530_0)] {
        near(exact.mean + exact.sd / 0.5 * (from - 3.0), to, 5e-8);
    }
}

#[test]
fn birth_and_death_and_heights_keep_mass_and_go_down() {
    let race = race(Target::wells(1.5, 0.5), 1);
    let flow = Flow::new(race.line, REVERSE, &race.target);
    for geometry in [Geometry::FisherRao, Geometry::L2, Geometry::Wasserstein] {
        let states = race.run(geometry);
        for pair in states.windows(2) {
            near(race.line.mass(&pair[1].density), 1.0, 1e-12);
            assert!(pair[1].density.iter().all(|q| *q >= 0.0));
            let (before, after) = (flow.kl(&pair[0].density), flow.kl(&pair[1].density));
            assert!(after <= before + 1e-12, "{geometry:?}: {before} {after}");
        }
    }
    // Along Fisher–Rao ln(q/p) shrinks like e^−t but for a constant: of two normals, the precisions go straight.
    let race = Race { target: Target::normal(0.0, 1.0), ..race };
    let [mean, variance] = race.line.moments(&race.run(Geometry::FisherRao)[20].density);
    let left = (-1.0_f64).exp();
    let precision = left / 0.25 + (1.0 - left);
    near(variance, 1.0 / precision, 1e-4);
    near(mean, left / 0.25 * 3.0 / precision, 1e-4);
}

#[test]
fn steins_velocity_is_numpys() {
    for one in golden()["stein"].as_array().unwrap() {
        let list =
            |key: &str| one[key].as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect::<Vec<_>>();
        let target = Target::wells(one["half"].as_f64().unwrap(), one["sd"].as_f64().unwrap());
        for (found, expected) in
            stein_velocity(|x| target.slopes(x)[0], &list("places")).into_iter().zip(list("velocity"))
        {
            near(found, expected, 1e-12);
        }
    }
}

/// One Gaussian N(m, s²) in the plane, demolished: all is known.
#[test]
fn one_gaussian_falls_as_its_closed_form() {
    let (m, s) = ([0.9, -0.4], 0.5f64);
    let known = Mixture::new(vec![m], s);
    for t in [5.0, 100.0, 400.0, 900.0] {
        let level = TRAINING.level(t);
        let v = (level.a * s).powi(2) + level.b.powi(2);
        let far = level.a * level.a * (m[0] * m[0] + m[1] * m[1]);
        let (kl, fisher) = (v - 1.0 - v.ln() + far / 2.0, 2.0 * v * (1.0 - 1.0 / v).powi(2) + far);
        let found = bridge::against(&known, level);
        assert!((found.kl - kl).abs() < 1e-10 * (1.0 + kl), "{t}: {} {kl}", found.kl);
        assert!((found.fisher - fisher).abs() < 1e-9 * (1.0 + fisher), "{t}: {} {fisher}", found.fisher);
        let rate = bridge::kl_rate(&known, level);
        assert!((rate - fisher).abs() < 1e-6 * (1.0 + fisher), "{t}: {rate} {fisher}");
    }
}

/// A level gone on from is a level: A² + B² = 1, and going on in two is going on.
#[test]
fn time_adds_up() {
    let level = TRAINING.level(3.0);
    let (once, twice) = (bridge::later(level, 0.7), bridge::later(bridge::later(level, 0.5), 0.2));
    assert!((once.a * once.a + once.b * once.b - 1.0).abs() < 1e-15);
    assert!((once.a - twice.a).abs() < 1e-15 && (once.b - twice.b).abs() < 1e-15);
    let back = bridge::later(once, -0.7);
    assert!((back.a - level.a).abs() < 1e-14 && (back.b - level.b).abs() < 1e-11, "{back:?} {level:?}");
}

/// Velocity is the slope of the price: r² f″(r) ∇ ln r = −∇(f − r f′), so −r d/dr of the price is the weight.
#[test]
fn the_price_slopes_as_the_weight_says() {
    use Divergence::{Forward, Hellinger, JensenShannon, Reverse, Square};
    for divergence in [Reverse, Forward, Square, Hellinger, JensenShannon] {
        for r in [0.2, 0.9, 1.0, 3.7] {
            let h = 1e-5 * r;
            let slope = (divergence.price(r + h) - divergence.price(r - h)) / (2.0 * h);
            near(-r * slope, divergence.weight(r), 1e-8);
            let f = |r: f64| divergence.generator(r);
            let of_f = |r: f64| f(r) - r * (f(r + h) - f(r - h)) / (2.0 * h);
            // Up to a constant.
            near(divergence.price(r) - divergence.price(1.0), of_f(r) - of_f(1.0), 1e-8);
        }
    }
}

/// With entropy alone there is no target: noise spreads as the heat equation, Fisher–Rao's flow flattens by e^t, and the target that is
/// set changes nothing.
#[test]
fn entropy_alone_knows_no_target() {
    let with = |target| Race { start: normal(1.0, 0.5), energy: Energy::Entropy, ..race(target, 4) };
    let (one, other) = (with(Target::normal(0.0, 1.0)), with(Target::wells(2.0, 0.3)));
    for geometry in
        [Geometry::Langevin, Geometry::Adjusted, Geometry::FisherRao, Geometry::Stein, Geometry::L2]
    {
        assert_eq!(one.run(geometry), other.run(geometry), "{geometry:?}");
    }
    let [mean, variance] = one.line.moments(&one.run(Geometry::Wasserstein)[20].density);
    near(mean, 1.0, 1e-4);
    near(variance, 0.25 + 2.0, 2e-3);
    let x = &one.run(Geometry::Langevin)[20].particles;
    let n = x.len() as f64;
    let mean = x.iter().sum::<f64>() / n;
    let variance = x.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
    assert!((mean - 1.0).abs() < 5.0 * (2.25 / n).sqrt(), "{mean}");
    assert!((variance - 2.25).abs() < 5.0 * 2.25 * (2.0 / n).sqrt(), "{variance}");
    let [_, variance] = one.line.moments(&one.run(Geometry::FisherRao)[20].density);
    near(variance, 0.25 * 1.0_f64.exp(), 1e-3);
}

/// Springs between all and noise: the middle stays, v′ = 2 − 2v, on the grid, by particles with and without noise.
#[test]
fn what_attracts_itself_comes_to_variance_one() {
    for sd in [0.5f64, 1.6] {
        let race =
            Race { start: normal(1.2, sd), energy: Energy::Attraction, ..race(Target::wells(2.0, 0.5), 6) };
        let variance = 1.0 + (sd * sd - 1.0) * (-2.0f64).exp();
        let [mean, found] = race.line.moments(&race.run(Geometry::Wasserstein)[20].density);
        near(mean, 1.2, 1e-4);
        near(found, variance, 3e-3);
        for geometry in [Geometry::Langevin, Geometry::Particles] {
            let x = &race.run(geometry)[20].particles;
            let n = x.len() as f64;
            let mean = x.iter().sum::<f64>() / n;
            let found = x.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
            // 400 quantiles miss some of the tails; steps of 0.01 leave a bias of half of that.
            let band = if geometry == Geometry::Langevin { 5.0 * (2.0 / n).sqrt() + 0.01 } else { 0.01 };
            assert!((found - variance).abs() < band * variance, "{geometry:?} {sd}: {found} {variance}");
            assert!((mean - 1.2).abs() < 5.0 * (3.0 / n).sqrt(), "{geometry:?} {sd}: {mean}");
        }
        let [freed, _] = measured::at(race.start, &race.target, Energy::Attraction, 1.0);
        near(freed.mean, 1.2, 1e-5);
        near(freed.variance, variance, 1e-5);
        near(freed.energy_rate, freed.energy_loss, 1e-3);
    }
}

/// A lopsided density on a line.
fn lopsided(line: Line) -> Vec<f64> {
    let [a, b, c] = [normal(-1.0, 0.4), normal(0.6, 0.3), normal(1.9, 0.5)].map(|one| line.normal(one));
    line.scaled((0..line.cells).map(|i| 0.5 * a[i] + 0.2 * b[i] + 0.3 * c[i]).collect())
}

/// Moments say what a sum over all pairs says: the potential and its slope up to a constant, and the energy.
#[test]
fn a_crowd_is_its_moments() {
    let line = Line::over([-4.0, 5.0], 400);
    let q = lopsided(line);
    let masses: Vec<(f64, f64)> =
        q.iter().enumerate().map(|(i, q)| (q * line.width, line.centre(i))).collect();
    let crowd = Crowd::of(masses.iter().copied());
    for apart in [0.0, 1.3, 4.0] {
        let w = |z: f64| z.powi(4) / 4.0 - apart * apart * z * z / 2.0;
        let all = |x: f64| masses.iter().map(|(mass, y)| mass * w(x - y)).sum::<f64>();
        let push = |z: f64| z.powi(3) - apart * apart * z;
        for x in [-2.2, 0.1, 3.0] {
            near(crowd.potential(x, apart) - crowd.potential(1.0, apart), all(x) - all(1.0), 1e-11);
            near(crowd.slope(x, apart), masses.iter().map(|(mass, y)| mass * push(x - y)).sum(), 1e-11);
        }
        near(crowd.energy(apart), masses.iter().map(|(mass, x)| mass * all(*x)).sum::<f64>() / 2.0, 1e-11);
    }
}

/// Pairs that keep apart: the middle stays, the energy falls by its dissipation from a lopsided start too, particles with and without
/// noise do what the grid does, and at rest q is e^{−∫ W q}, one heap or two.
#[test]
fn what_keeps_apart_parts_in_two() {
    for (reach, two) in [(0.0, false), (1.2, false), (4.0, true)] {
        let (line, target) = (Line::over([-5.5, 6.5], 480), Target::normal(0.0, 1.0));
        let flow = Flow::new(line, Energy::Apart(reach), &target);
        let mut q = lopsided(line);
        let [mean, _] = line.moments(&q);
        for _ in 0..40 {
            let before = (flow.energy(&q), flow.loss(&q));
            flow.step(&mut q, 2e-5);
            let (after, loss) = (flow.energy(&q), flow.loss(&q));
            near((before.0 - after) / 2e-5, (before.1 + loss) / 2.0, 3e-3);
            for _ in 0..20 {
                let before = flow.energy(&q);
                flow.step(&mut q, 5e-3);
                assert!(flow.energy(&q) <= before + 1e-12, "{reach}");
            }
        }
        near(line.moments(&q)[0], mean, 2e-3);
        near(line.mass(&q), 1.0, 1e-12);
        // Four times as long, until it rests.
        (0..600).for_each(|_| flow.step(&mut q, 0.05));
        let w = |z: f64| z.powi(4) / 4.0 - reach * reach * z * z / 2.0;
        let rest: Vec<f64> = (0..line.cells)
            .map(|i| {
                let pays = |j: usize| q[j] * line.width * w(line.centre(i) - line.centre(j));
                (-(0..line.cells).map(pays).sum::<f64>()).exp()
            })
            .collect();
        let rest = line.scaled(rest);
        let most = q.iter().copied().fold(0.0, f64::max);
        assert!(q.iter().zip(&rest).all(|(a, b)| (a - b).abs() < 2e-3 * most), "{reach}");
        let middle = q[((mean - line.left) / line.width) as usize];
        assert_eq!(middle < 0.8 * most, two, "{reach}: {middle} {most}");
        let race =
            Race { start: normal(0.4, 0.6), energy: Energy::Apart(reach), h: 0.005, ..race(target, 5) };
        let [_, variance] = race.line.moments(&race.run(Geometry::Wasserstein)[20].density);
        for geometry in [Geometry::Langevin, Geometry::Particles] {
            let x = &race.run(geometry)[20].particles;
            let n = x.len() as f64;
            let crowd = Crowd::of(x.iter().map(|x| (1.0 / n, *x)));
            let [found, _, fourth] = crowd.moments;
            let error = ((fourth - found * found) / n).sqrt();
            let band = if geometry == Geometry::Langevin { 5.0 * error } else { 0.0 } + 0.02 * variance;
            assert!((found - variance).abs() < band, "{geometry:?} {reach}: {found} {variance}");
            assert!((crowd.mean - 0.4).abs() < 5.0 * (3.0 / n).sqrt(), "{geometry:?} {reach}");
        }
    }
}

// A density in the plane.

fn planned(step: &Step, logs: &[f64], f: impl Fn([f64; 2]) -> f64) -> Plan {
    let heights: Vec<f64> = (0..logs.len()).map(|i| f(step.grid.place(i))).collect();
    step.plan(logs, &heights).unwrap()
}

/// A small case by Newton's method on whole matrices, in NumPy.
#[test]
fn an_entropic_step_is_numpys() {
    for one in golden()["entropic"].as_array().unwrap() {
        let list =
            |key: &str| one[key].as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect::<Vec<_>>();
        let number = |key: &str| one[key].as_f64().unwrap();
        let window = list("window").try_into().unwrap();
        let grid = Grid { window, side: one["side"].as_u64().unwrap() as usize };
        let step = Step { grid, a: number("a"), epsilon: number("epsilon"), tau: number("tau") };
        let logs: Vec<f64> = list("before").into_iter().map(f64::ln).collect();
        let found = step.plan(&logs, &list("heights")).unwrap();
        let arrives: Vec<f64> = found.arrives.iter().flatten().copied().collect();
        for (found, expected) in [(&found.after, list("after")), (&arrives, list("arrives"))] {
            for (found, expected) in found.iter().zip(expected) {
                near(*found, expected, 1e-9);
            }
        }
        near(found.value, number("value"), 1e-9);
        near(found.stays, number("stays"), 1e-12);
    }
}

/// Over a bowl a normal distribution stays one, as its closed form says; and the blur, which is of the order of ε, goes away with it.
#[test]
fn an_entropic_step_over_a_bowl() {
    let (middle, sd, tau) = ([1.1, -0.6], 0.6, 0.5);
    for (a, epsilon, bends) in [(0.5, 0.12, [1.0, 4.0]), (1.5, 0.05, [1.0, 1.0]), (0.2, 0.3, [2.0, 0.5])] {
        let grid = Grid { window: [-5.0, 5.0, -4.4, 4.4], side: 64 };
        let step = Step { grid, a, epsilon, tau };
        let plan =
            planned(&step, &grid.normal(middle, sd), |[x, y]| (bends[0] * x * x + bends[1] * y * y) / 2.0);
        assert!(plan.error < 1e-10 && plan.value < plan.stays, "{} {}", plan.value, plan.stays);
        near(plan.after.iter().sum(), 1.0, 1e-9);
        for (axis, [mean, variance]) in grid.moments(&plan.after).into_iter().enumerate() {
            let q = normal(middle[axis], sd);
            let exact = laws::entropic(q, bends[axis], a, epsilon, tau);
            near(mean, exact.mean, 2e-5);
            near(variance, exact.sd * exact.sd, 2e-5);
            // Halving ε halves the bias, in the end.
            let bias = |epsilon: f64| {
                let without = laws::entropic(q, bends[axis], a, 0.0, tau).sd;
                laws::entropic(q, bends[axis], a, epsilon, tau).sd.powi(2) - without * without
            };
            assert!(bias(epsilon) > 0.0);
            near(bias(1e-4) / bias(5e-5), 2.0, 1e-3);
        }
    }
    // Without the blur, and at temperature 1, it is the step on the line.
    let (q, p, a) = (normal(3.0, 0.5), normal(0.0, 0.7), 0.4);
    let (plain, step) = (laws::entropic(q, 1.0 / 0.49, a, 0.0, 1.0), laws::jko(q, p, a));
    near(plain.mean, step.mean, 1e-12);
    near(plain.sd, step.sd, 1e-12);
}

/// Over any landscape: mass is kept, no other plan that was tried is cheaper, and a height more or less for all changes nothing.
#[test]
fn an_entropic_step_keeps_mass_and_none_is_cheaper() {
    let grid = Grid { window: [-4.0, 4.0, -3.0, 3.0], side: 40 };
    for (f, a, tau) in
        [(HILLS[4], 0.6, 0.4), (HILLS[3], 2.0, 0.0), (HILLS[2], 0.3, 1.5), ("x - ln(x)", 0.5, 0.3)]
    {
        let land = land(f, 1.0);
        let step = Step { grid, a, epsilon: 0.05 / a, tau };
        let logs = grid.normal([1.4, 0.8], 0.5);
        let plan = planned(&step, &logs, |place| land.height(place));
        assert!((plan.after.iter().sum::<f64>() - 1.0).abs() < 1e-8, "{f}");
        assert!(plan.after.iter().all(|m| *m >= 0.0) && plan.error < 1e-10);
        assert!(plan.value < plan.stays, "{f}: {} {}", plan.value, plan.stays);
        // The best plan over another landscape is a plan here, too, and not a better one: its value here is its own, and what arrives
        // costs another height.
        for lean in [-0.3, 0.2] {
            let other = planned(&step, &logs, |place| land.height(place) + lean * place[1]);
            let costs: f64 = other.after.iter().enumerate().map(|(i, m)| m * lean * grid.place(i)[1]).sum();
            assert!(plan.value < other.value - costs, "{f} {lean}");
        }
        let raised = planned(&step, &logs, |place| land.height(place) + 7.0);
        for (a, b) in plan.after.iter().zip(&raised.after) {
            near(*a, *b, 1e-9);
        }
        near(raised.value, plan.value + 7.0, 1e-9);
        // On average nothing is lost: the mean of where mass arrives is the mean of what arrives.
        let mean: f64 = plan.before.iter().zip(&plan.arrives).map(|(m, to)| m * to[0]).sum();
        near(mean, grid.moments(&plan.after)[0][0], 1e-8);
    }
    // Nowhere to go.
    let logs = grid.normal([0.0, 0.0], 0.5);
    assert!(Step { grid, a: 1.0, epsilon: 0.1, tau: 1.0 }.plan(&logs, &vec![f64::NAN; 1600]).is_none());
}

// Lanes of the plane.

fn sheet(formula: &str, window: [f64; 4], side: usize, tau: f64) -> Sheet {
    Sheet::of(&land(formula, 1.0), window, side, tau)
}

/// Small cases by whole matrices in NumPy: the flow, its slowest rate, and a step of L2.
#[test]
fn a_density_in_the_plane_is_numpys() {
    for one in golden()["plane"].as_array().unwrap() {
        let list =
            |key: &str| one[key].as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect::<Vec<_>>();
        let number = |key: &str| one[key].as_f64().unwrap();
        let side = one["side"].as_u64().unwrap() as usize;
        let window = list("window").try_into().unwrap();
        let (tau, time) = (number("tau"), number("time"));
        let sheet = sheet("(x^2 - 1)^2 + y^2 + x/5 + sin(2y)", window, side, tau);
        let mut lifted = list("before");
        sheet.lift(&mut lifted, time);
        for (found, expected) in lifted.iter().zip(list("lifted")) {
            near(*found, expected, 1e-10);
        }
        let (rate, _) = spectrum::on_cells(&sheet, None).unwrap();
        near(rate, list("rates")[0], 1e-9);
        // Implicit steps are of first order: what two sizes leave is of second.
        let miss = |steps: usize, other: usize| {
            let run = |steps: usize| {
                let mut q = list("before");
                let flow = sheet.flow(time / steps as f64);
                (0..steps).for_each(|_| flow.apply(&mut q));
                q
            };
            let all = run(steps).into_iter().zip(run(other)).zip(list("flowed"));
            all.map(|((a, b), exact)| ((2.0 * a - b - exact).abs(), (a - exact).abs()))
                .fold((0.0, 0.0), |(x, y): (f64, f64), (a, b)| (x.max(a), y.max(b)))
        };
        let ((freed, fine), (_, coarse)) = (miss(800, 400), miss(400, 200));
        assert!(freed < 2e-5 && (coarse / fine - 2.0).abs() < 0.1, "{freed} {fine} {coarse}");
    }
}

/// Mass to 1e-12 and sign at any step, over any landscape, with and without heat; F falls; what rests, rests.
#[test]
fn densities_in_the_plane_keep_mass_and_sign_and_fall() {
    let window = [-3.0, 3.0, -2.5, 2.5];
    for (f, tau) in [
        (HILLS[0], 0.5),
        (HILLS[1], 0.1),
        (HILLS[3], 0.0),
        (HILLS[4], 2.0),
        ("ln(y) + x^2", 0.4),
        ("100 (y - x^2)^2", 0.05),
    ] {
        let sheet = sheet(f, window, 32, tau);
        let start = sheet.normal([0.8, 0.9], 0.4);
        near(start.iter().sum(), 1.0, 1e-14);
        for time in [0.001, 0.1, 30.0] {
            let flow = sheet.flow(time);
            let (mut moved, mut lifted) = (start.clone(), start.clone());
            for _ in 0..12 {
                let before = [sheet.energy(&moved), sheet.energy(&lifted)];
                flow.apply(&mut moved);
                sheet.lift(&mut lifted, time);
                for (q, before) in [&moved, &lifted].into_iter().zip(before) {
                    near(q.iter().sum(), 1.0, 1e-12);
                    assert!(q.iter().all(|m| *m >= 0.0), "{f} {tau} {time}");
                    assert!(sheet.energy(q) <= before + 1e-9 * (1.0 + before.abs()), "{f} {tau} {time}");
                }
            }
        }
        if let Some(rest) = sheet.rest() {
            let (mut moved, mut lifted) = (rest.clone(), rest.clone());
            sheet.flow(0.7).apply(&mut moved);
            sheet.lift(&mut lifted, 0.7);
            for (k, p) in rest.iter().enumerate() {
                assert!((moved[k] - p).abs() < 1e-12 && (lifted[k] - p).abs() < 1e-11, "{f} {tau}");
            }
        }
    }
}

/// The L2 step against its laws: at temperature 0 it is a projection onto densities; two halves are one up to the square of the step; the
/// explicit step of the same size turns negative.
#[test]
fn a_step_of_l2() {
    let cold = sheet("x^2 + y^2", [-2.0, 2.0, -2.0, 2.0], 16, 0.0);
    let mut q = cold.normal([0.5, 0.0], 0.6);
    let before = q.clone();
    cold.lift(&mut q, 0.05);
    let area = 0.25 * 0.25;
    let right: Vec<f64> = before
        .iter()
        .enumerate()
        .map(|(i, m)| {
            let [x, y] = cold.grid.place(i);
            m / area - 0.05 * (x * x + y * y)
        })
        .collect();
    let full = (0..q.len()).find(|i| q[*i] > 0.01).unwrap();
    let c = q[full] / area - right[full];
    for (m, right) in q.iter().zip(&right) {
        near(m / area, (right + c).max(0.0), 1e-10);
    }
    let sheet = sheet(HILLS[4], [-4.0, 4.0, -4.0, 4.0], 24, 0.6);
    let start = sheet.normal([1.0, -0.5], 1.2);
    let parts = |parts: usize| {
        let mut q = start.clone();
        (0..parts).for_each(|_| sheet.lift(&mut q, 0.004 / parts as f64));
        q
    };
    let exact = parts(64);
    let miss = |n: usize| parts(n).iter().zip(&exact).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!((miss(1) / miss(2) - 2.0).abs() < 0.25, "{}", miss(1) / miss(2));
    let mut explicit = start;
    (0..3).for_each(|_| sheet.lift_explicitly(&mut explicit, 0.1));
    near(explicit.iter().sum(), 1.0, 1e-10);
    assert!(explicit.iter().any(|m| *m < 0.0));
}

/// What is x and what is y may be told the other way round, up to the order in which they are solved; and over a bowl the law is normal.
#[test]
fn a_flow_in_the_plane_over_a_bowl() {
    let (tau, window) = (0.5, [-5.0, 5.0, -5.0, 5.0]);
    let (one, other) = (sheet("(x^2 + 3 y^2)/2", window, 96, tau), sheet("(3 x^2 + y^2)/2", window, 96, tau));
    let run = |sheet: &Sheet, middle| {
        let mut q = sheet.normal(middle, 0.6);
        let flow = sheet.flow(0.002);
        (0..200).for_each(|_| flow.apply(&mut q));
        sheet.grid.moments(&q)
    };
    let (a, b) = (run(&one, [2.0, 1.0]), run(&other, [1.0, 2.0]));
    for axis in 0..2 {
        let bend = [1.0, 3.0][axis];
        let exact =
            laws::langevin(normal([2.0, 1.0][axis], 0.6), normal(0.0, (tau / bend).sqrt()), 0.4 * tau);
        near(a[axis][0], exact.mean, 4e-3);
        near(a[axis][1], exact.sd * exact.sd, 4e-3);
        for k in 0..2 {
            // x is solved in halves, so what differs is of the order of a step.
            near(a[axis][k], b[1 - axis][k], 1e-3);
        }
    }
}

fn arena(land: Landscape, bends: Option<[f64; 2]>, score: Score, particles: usize) -> Arena {
    let (start, spread, tau) = ([-1.6, 0.7], 0.5, 0.6);
    let (window, held) = reach(&land, [-3.0, 3.0, -2.5, 2.5], start, spread, tau);
    assert!(held);
    let given = Given { land, start, spread, particles, h: 0.004, tau, seed: 5, score, bends };
    Arena::of(given, window, 96)
}

fn ran(arena: &Arena, geometry: plane::Geometry, steps: u32) -> State {
    let mut state = arena.begin(geometry);
    (1..=steps).for_each(|k| arena.step(geometry, &mut state, k));
    state
}

/// Particles, shaken or not, wherever they have ∇ ln q from, go where the density on the grid goes: seeded, within five standard errors
/// (and of unshaken ones what their blur takes away).
#[test]
fn particles_of_the_plane_are_where_the_grid_is() {
    let bowl = ("(x^2 + 3 y^2)/2", Some([1.0, 3.0]));
    for (formula, bends) in [bowl, (HILLS[3], None), (HILLS[4], None)] {
        let steps = 150;
        let n = 8000;
        let of = |score| arena(land(formula, 1.0), bends, score, n);
        let grid = of(Score::Grid);
        let density = ran(&grid, plane::Geometry::Grid, steps);
        let exact = grid.measure(plane::Geometry::Grid, &density);
        let mut lanes =
            vec![(Walk::Shaken, Score::Kernel), (Walk::Smooth, Score::Kernel), (Walk::Smooth, Score::Grid)];
        lanes.extend(bends.map(|_| (Walk::Smooth, Score::Exact)));
        for (walk, score) in lanes {
            let arena = of(score);
            let geometry = plane::Geometry::Walk(walk);
            let state = ran(&arena, geometry, steps);
            let found = arena.measure(geometry, &state);
            for axis in 0..2 {
                let sigma = (exact.variance[axis] / n as f64).sqrt();
                let off = (found.mean[axis] - exact.mean[axis]).abs();
                assert!(off < 5.0 * sigma + 0.004, "{formula} {walk:?} {score:?}: {off} {sigma}");
                let fourth =
                    state.places.iter().map(|p| (p[axis] - found.mean[axis]).powi(4)).sum::<f64>() / n as f64;
                let sigma = ((fourth - found.variance[axis].powi(2)) / n as f64).sqrt();
                let blur = if walk == Walk::Smooth && score == Score::Kernel { 0.04 } else { 0.01 };
                let off = (found.variance[axis] - exact.variance[axis]).abs();
                assert!(
                    off < 5.0 * sigma + blur * exact.variance[axis],
                    "{formula} {walk:?} {score:?}: {off} {sigma} {}",
                    exact.variance[axis]
                );
            }
            // ln q of a blurred count is a little low, by the square of the blur.
            let off = found.energy - exact.energy;
            assert!(off.abs() < 5.0 * found.energy_error + 0.03, "{formula} {walk:?} {score:?}: {off}");
            if walk == Walk::Smooth {
                let gap = arena.score_gap(&state, steps).unwrap();
                println!("{formula} {score:?}: {gap}");
                let bound = match score {
                    Score::Kernel => 0.35,
                    Score::Grid => 0.05,
                    Score::Exact => 1e-12,
                };
                assert!(gap < bound, "{formula} {score:?}: {gap}");
            }
        }
    }
}

/// W₂ along the axes is W₂ of independent normal laws; of particles within what so many can tell.
#[test]
fn the_distance_from_rest() {
    let arena = arena(land("(x^2 + 3 y^2)/2", 1.0), Some([1.0, 3.0]), Score::Grid, 20_000);
    let expected = [0, 1].map(|axis| {
        laws::w2(normal([-1.6, 0.7][axis], 0.5), normal(0.0, (0.6 / [1.0, 3.0_f64][axis]).sqrt())).powi(2)
    });
    let expected = (expected[0] + expected[1]).sqrt();
    for geometry in [plane::Geometry::Grid, plane::Geometry::Walk(Walk::Shaken)] {
        near(arena.measure(geometry, &arena.begin(geometry)).w2, expected, 5e-3);
    }
}

/// The gap dies as the barrier is raised: on cells as on the line along which it stands, and in the end as Kramers says,
/// √(V″(well)|V″(top)|)/π e^{−b/τ}.
#[test]
fn a_barrier_in_the_plane_makes_the_gap_die() {
    let tau = 0.5;
    let mut last = f64::INFINITY;
    for barrier in [0.4, 1.0, 2.0, 3.0, 5.0] {
        let hill = land("a (x^2/4 - 1)^2 + y^2/2", barrier);
        let (window, held) = reach(&hill, [-4.4, 4.4, -3.0, 3.0], [-2.0, 0.0], 0.6, tau);
        let found = spectrum::in_plane(&hill, window, tau).unwrap();
        let along = Target::Typed(Typed::of(land("a (x^2/4 - 1)^2", barrier / tau)).unwrap());
        let [exact, _] = slowest(&along);
        println!("{barrier}: {} {} exact {}", found.rate, found.finest, exact * tau);
        assert!(held && found.rate < last);
        assert!((found.rate / (exact * tau) - 1.0).abs() < 3e-3, "{barrier}: {} {}", found.rate, exact * tau);
        last = found.rate;
        let kramers = 2.0_f64.sqrt() * barrier / std::f64::consts::PI * (-barrier / tau).exp();
        if barrier >= 3.0 {
            // The correction is of the order of τ/b.
            assert!((found.rate / kramers - 1.0).abs() < 1.2 * tau / barrier, "{} {kramers}", found.rate);
        }
    }
    for (formula, tau, rate) in [("(x^2 + 3 y^2)/2", 0.7, 1.0), ("(5 x^2 + 3 y^2)/2", 0.3, 3.0)] {
        let found = spectrum::in_plane(&land(formula, 1.0), [-5.0, 5.0, -5.0, 5.0], tau).unwrap();
        near(found.rate, rate, 1e-3);
        // Its shape is the coordinate, over its deviation.
        let axis = usize::from(rate > 2.0);
        let at = |x: f64| if axis == 0 { found.at([x, 0.3]) } else { found.at([0.3, x]) };
        let unit = (rate / tau).sqrt();
        for x in [-1.0, 0.4, 0.9] {
            near(at(x).abs(), x.abs() * unit, 2e-2);
        }
    }
}

/// What fades slowest fades at just that rate: the mean of the slowest eigenfunction, of a density on cells and of shaken particles.
#[test]
fn what_is_slowest_fades_at_its_rate() {
    let hill = land("a (x^2/4 - 1)^2 + y^2/2", 0.8);
    let (window, _) = reach(&hill, [-4.4, 4.4, -3.0, 3.0], [-2.0, 0.0], 0.6, 0.5);
    let found = spectrum::in_plane(&hill, window, 0.5).unwrap();
    let given = Given {
        land: hill,
        start: [-2.0, 0.0],
        spread: 0.6,
        particles: 4000,
        h: 0.01,
        tau: 0.5,
        seed: 9,
        score: Score::Kernel,
        bends: None,
    };
    let arena = Arena::of(given, window, 96);
    let grid = arena.sheet.grid;
    let first = found.mean(grid, &arena.sheet.normal([-2.0, 0.0], 0.6));
    for steps in [50, 300] {
        let expected = first * (-found.rate * 0.01 * f64::from(steps)).exp();
        let density = ran(&arena, plane::Geometry::Grid, steps);
        near(found.mean(grid, &density.mass), expected, 2e-3);
        let cloud = ran(&arena, plane::Geometry::Walk(Walk::Shaken), steps);
        let all: Vec<f64> = cloud.places.iter().map(|p| found.at(*p)).collect();
        let n = all.len() as f64;
        let mean = all.iter().sum::<f64>() / n;
        let sigma = (all.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n / n).sqrt();
        assert!((mean - expected).abs() < 5.0 * sigma + 0.01, "{steps}: {mean} {expected} {sigma}");
    }
}
