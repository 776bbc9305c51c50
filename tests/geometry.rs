//! Laws of the geometry: closed forms, charts that agree, what transport keeps, Gauss and Bonnet, numbers of another program.

use std::f64::consts::{FRAC_PI_2, PI, TAU};

use chailou::geometry::{
    Place,
    circle::circle,
    expression::Expression,
    field::{Dab, Field, Source},
    geodesic::{Carry, NEIGHBOUR, Trace, after, start},
    gradient::{Coordinates, Gradient, flow, natural_at},
    orbit::Orbit,
    region::{Region, Ring, carried},
    shooting::{all, connect},
    straight::Model,
    symbolic::Symbols,
    triangle::Triangle,
    wrapped,
};
use proptest::prelude::*;
use serde::Deserialize;

fn metric(e: &str, f: &str, g: &str) -> Field {
    Field::new(Source::Metric([e, f, g].map(Expression::known)), [2.0, 1.0, -0.5])
}

fn conformal(f: &str) -> Field {
    Field::new(Source::Conformal(Expression::known(f)), [2.0, 1.0, -0.5])
}

fn embedding(x: &str, y: &str, z: &str) -> Field {
    Field::new(Source::Embedding([x, y, z].map(Expression::known)), [2.0, 1.0, -0.5])
}

fn sphere() -> Field {
    metric("1", "0", "sin(u)^2")
}
fn half_plane() -> Field {
    metric("1/v^2", "0", "1/v^2")
}
fn torus() -> Field {
    embedding("(a + b cos u) cos v", "(a + b cos u) sin v", "b sin u")
}
fn kepler() -> Field {
    conformal("energy + 1/sqrt(u^2+v^2)")
}
fn curvature(field: &Field, place: Place) -> f64 {
    field.metric(place, 2).unwrap().curvature()
}
fn end(field: &Field, from: Place, heading: f64, s: f64) -> Place {
    let state = after(field, &start(field, from, heading).unwrap(), s, Carry::Nothing).unwrap();
    [state[0], state[1]]
}
fn near(value: f64, expected: f64, tolerance: f64) {
    assert!((value - expected).abs() <= tolerance, "{value} against {expected}");
}
fn meet(a: Place, b: Place, tolerance: f64) {
    assert!((a[0] - b[0]).abs().max((a[1] - b[1]).abs()) <= tolerance, "{a:?} against {b:?}");
}

// Closed forms first; the tolerance is what integration at a relative error of 2e-13 a step leaves of 1e-10.

#[test]
fn curvatures_are_those_of_the_books() {
    for u in [0.3, 1.0, 2.2] {
        near(curvature(&sphere(), [u, 0.4]), 1.0, 1e-12);
        near(curvature(&metric("1", "0", "u^2"), [u, 0.4]), 0.0, 1e-12);
        near(curvature(&half_plane(), [0.1, u]), -1.0, 1e-12);
        near(curvature(&metric("1/v^2", "0", "2/v^2"), [0.1, u]), -0.5, 1e-12);
        near(curvature(&embedding("sech u cos v", "sech u sin v", "u - tanh u"), [u, 0.1]), -1.0, 1e-10);
    }
    for (u, k) in [(0.0, 1.0 / 3.0), (FRAC_PI_2, 0.0), (PI, -1.0)] {
        near(curvature(&torus(), [u, 0.7]), k, 1e-12);
    }
    near(curvature(&kepler(), [0.3, 0.4]), 0.592_592_592_592_592_6, 1e-12);
    near(curvature(&conformal("(u^2+v^2)/2"), [0.65, 1.2]), 0.0, 1e-12);
    // The article's own example: f = 4/(1 + r²)² at r = ½ has R^0_101 = 2.56.
    let stereographic = conformal("4/(1+u^2+v^2)^2");
    let (k, tensor) = stereographic.riemann([0.5, 0.0]).unwrap();
    near(k, 1.0, 1e-12);
    near(tensor[0][1], 2.56, 1e-12);
}

#[test]
fn the_symbols_of_the_sphere_are_the_articles() {
    let u = 0.9_f64;
    let [first, second] = sphere().metric([u, 0.2], 1).unwrap().christoffel();
    near(first[2], -u.sin() * u.cos(), 1e-15);
    near(second[1], u.cos() / u.sin(), 1e-15);
    assert!(first[0] == 0.0 && first[1] == 0.0 && second[0] == 0.0 && second[2] == 0.0);
    near(sphere().riemann([u, 0.2]).unwrap().1[0][1], u.sin() * u.sin(), 1e-14);
}

#[test]
fn geodesics_end_where_closed_forms_say() {
    meet(end(&half_plane(), [0.0, 1.0], 0.0, 1.0), [0.761_594_155_955_765, 0.648_054_273_663_885_4], 1e-11);
    let ne = end(&sphere(), [FRAC_PI_2, 0.0], 3.0 * PI / 4.0, 1.0);
    near(ne[0], 0.933_518_4, 6e-8);
    near(ne[1], 0.833_548_1, 6e-8);
    // A body in the field f = (x² + y²)/2 whose square runs straight: A e^t + B e^−t, A = 1 + ½i, B = 0.7i A.
    let field = conformal("(u^2+v^2)/2");
    let z = |t: f64| {
        let (p, q) = (t.exp(), (-t).exp());
        [p - 0.35 * q, 0.5 * p + 0.7 * q]
    };
    meet(z(-0.5), [0.029_478_2, 1.457_370_2], 6e-8);
    let slope = [1.0 + 0.35, 0.5 - 0.7];
    let heading = f64::atan2(slope[1], slope[0]);
    let s = |t: f64| {
        let w = |[x, y]: Place| [x * x - y * y, 2.0 * x * y];
        let (p, q) = (w(z(0.0)), w(z(t)));
        t.signum() * (p[0] - q[0]).hypot(p[1] - q[1]) / (2.0 * 2.0_f64.sqrt())
    };
    meet(end(&field, z(0.0), heading, s(0.5)), z(0.5), 1e-10);
    meet(end(&field, z(0.0), heading + PI, -s(-0.5)), z(-0.5), 1e-10);
}

#[test]
fn distances_are_those_of_closed_forms() {
    let d = |from, to| connect(&half_plane(), from, to).unwrap().length;
    near(d([0.0, 1.0], [1.0, 1.0]), 0.962_423_650_119_206_9, 1e-11);
    near(d([0.0, 1.0], [0.0, 1.0_f64.exp()]), 1.0, 1e-11);
    // Beijing and New York on a globe of 6371 km.
    let place = |north: f64, east: f64| [(90.0 - north).to_radians(), east.to_radians()];
    let beijing = place(39.9042, 116.4074);
    let flat = connect(&sphere(), beijing, place(40.7128, -74.0060 + 360.0));
    let far = all(&sphere(), beijing, place(40.7128, -74.0060), true, 4.0);
    let length = far[0].length;
    near(6371.0 * length, 10_989.1, 0.06);
    near(length, Model::Sphere.distance(beijing, place(40.7128, -74.0060)), 1e-10);
    assert!(flat.is_none_or(|way| way.length >= length - 1e-9));
}

#[test]
fn on_the_sphere_the_long_way_round_is_the_second() {
    let (p, q) = ([1.2, 0.3], [1.9, 1.4]);
    let ways = all(&sphere(), p, q, true, 6.2);
    near(ways[0].length, Model::Sphere.distance(p, q), 1e-10);
    near(ways[1].length, TAU - ways[0].length, 1e-9);
    assert!(!ways[0].conjugate && ways[1].conjugate, "beyond π a great circle is not shortest");
}

#[test]
fn a_loop_turns_an_arrow_by_the_curvature_inside() {
    for (degrees, turn) in
        [(10.0, 0.095_455_7), (30.0, 0.841_787_2), (45.0, 1.840_302_4), (60.0, PI), (90.0, TAU)]
    {
        let theta = f64::to_radians(degrees);
        let field = sphere();
        let region = Region::around(&field, theta, 0.0).unwrap();
        let exact = TAU * (1.0 - theta.cos());
        near(region.holonomy(&field).unwrap(), exact, 1e-12);
        near(exact, turn, 6e-8);
        near(region.inside(&field).unwrap().curvature, exact, 1e-12);
    }
    let octant =
        Triangle::between(&sphere(), [[FRAC_PI_2, 0.0], [FRAC_PI_2, FRAC_PI_2], [0.2, 0.7]]).unwrap();
    near(octant.excess, octant.region.inside(&sphere()).unwrap().area, 1e-9);
    let octant = Triangle::equilateral(&sphere(), [FRAC_PI_2, 0.0], 0.4, FRAC_PI_2).unwrap();
    near(octant.excess, FRAC_PI_2, 1e-9);
    near(octant.region.inside(&sphere()).unwrap().area, FRAC_PI_2, 1e-9);
}

/// The two ways to carry an arrow agree all the way, not only when it is back.
#[test]
fn an_arrow_stands_as_its_transport_says_wherever_one_stops() {
    let corners = [[0.7, -0.4], [1.4, -0.2], [1.3, 0.9], [0.8, 0.7]];
    for field in [sphere(), torus()] {
        let region = Region::polygon(&field, &corners).unwrap();
        let exact = carried(&field, &corners, 200).unwrap();
        for (place, angle) in region.way(&field).unwrap() {
            let off = |at: &[f64; 2]| libm::hypot(at[0] - place[0], at[1] - place[1]);
            let (_, there) = exact.iter().min_by(|a, b| off(&a.0).total_cmp(&off(&b.0))).unwrap();
            // Both begin at the first corner; between two nodes a turn is taken as even.
            assert!((angle - there).abs() < 6e-3, "{place:?}: {angle} {there}");
        }
    }
}

#[test]
fn equilateral_triangles_have_their_excess_and_defect() {
    for (side, excess, defect) in [
        (0.1, 0.004_335_5, 0.004_324_7),
        (0.5, 0.111_753_1, 0.104_979_1),
        (1.0, 0.495_594_9, 0.385_199_0),
        (1.5, 1.372_459_8, 0.762_575_8_f64),
    ] {
        let exact = |angle: f64| 3.0 * angle.acos() - PI;
        let round = Triangle::equilateral(&sphere(), [1.4, 0.2], 0.3, side).unwrap();
        near(round.excess, exact(side.cos() / (1.0 + side.cos())), 1e-10);
        near(round.excess, excess, 6e-8);
        near(round.region.inside(&sphere()).unwrap().curvature, round.excess, 1e-9);
        let hollow = Triangle::equilateral(&half_plane(), [0.0, 1.0], 0.3, side).unwrap();
        near(hollow.excess, exact(side.cosh() / (1.0 + side.cosh())), 1e-10);
        near(-hollow.excess, defect, 6e-8);
        near(hollow.region.inside(&half_plane()).unwrap().area, -hollow.excess, 1e-9);
    }
}

#[test]
fn circles_know_the_curvature() {
    for (r, c, k) in [
        (0.1, TAU * 0.1_f64.sin(), 0.999_500_1),
        (0.5, 3.012_319_5, 0.987_574_1),
        (1.0, 5.287_118_1, 0.951_174_1),
        (2.0, 5.713_284_2, 0.818_026_9),
    ] {
        let round = circle(&sphere(), [1.5, 0.4], r).unwrap();
        near(round.circumference, TAU * r.sin(), 1e-10);
        near(round.circumference, c, 6e-8);
        near(round.ant_curvature(r), k, 6e-8);
        near(round.area, TAU * (1.0 - r.cos()), 1e-10);
        near(wrapped(round.holonomy - TAU * (1.0 - r.cos())), 0.0, 1e-9);
        near(round.curvature + round.bent, TAU, 1e-10);
    }
    for (r, c) in [(0.5, 3.274_138_4), (1.0, 7.384_006_9), (2.0, 22.788_236_0)] {
        let hollow = circle(&half_plane(), [0.3, 1.2], r).unwrap();
        near(hollow.circumference, TAU * f64::sinh(r), 1e-9);
        near(hollow.circumference, c, 6e-8);
        near(hollow.holonomy, TAU * (1.0 - r.cosh()), 1e-9);
    }
}

#[test]
fn neighbours_part_as_jacobi_says() {
    let width = |field: &Field, from, s| {
        after(field, &start(field, from, 0.7).unwrap(), s, Carry::Neighbour).unwrap()[NEIGHBOUR]
    };
    near(width(&sphere(), [1.5, 0.0], 1.0), 1.0_f64.sin(), 1e-11);
    near(width(&metric("1", "0", "u^2"), [1.5, 0.0], 1.0), 1.0, 1e-11);
    near(width(&half_plane(), [0.0, 1.0], 1.0), 1.0_f64.sinh(), 1e-11);
    // Anywhere: the gap between two geodesics that leave at a small angle. Its error goes with the square of the angle.
    for (field, from) in [(torus(), [0.4, 0.2]), (kepler(), [0.8, 0.1])] {
        let (angle, s) = (1e-4, 0.9);
        let [p, q] = [-angle, angle].map(|turn| end(&field, from, 0.7 + turn, s));
        let middle = after(&field, &start(&field, from, 0.7).unwrap(), s, Carry::Nothing).unwrap();
        let metric = field.metric([middle[0], middle[1]], 0).unwrap();
        let gap = metric.inner([q[0] - p[0], q[1] - p[1]], metric.turned([middle[2], middle[3]]));
        near(gap / (2.0 * angle), width(&field, from, s), 1e-7);
    }
}

#[test]
fn a_sphere_is_the_same_in_every_chart() {
    let hot = |a: f64| {
        let mut field = conformal("1/(1+a(u^2+v^2))^2");
        field.sliders[0] = a;
        field
    };
    for (a, from, heading, s) in
        [(1.0, [0.2, -0.3], 0.8, 0.6), (0.4, [0.9, 0.1], 2.5, 1.1), (-0.7, [0.1, 0.5], -1.0, 0.7)]
    {
        let exact = Model::Mobius { a, c: 1.0 }.end(from, heading, s);
        meet(end(&hot(a), from, heading, s), exact, 1e-10);
        near(curvature(&hot(a), from), 4.0 * a, 1e-10);
    }
    // Colatitude and longitude against the projection from the south pole: r = tan(θ/2), f = 4/(1 + r²)².
    let flat = |[u, v]: Place| [(u / 2.0).tan() * v.cos(), (u / 2.0).tan() * v.sin()];
    for heading in [0.3, 1.9, 4.4] {
        let from = [1.1, 0.4];
        let round = end(&sphere(), from, heading, 0.8);
        let projected = end(&conformal("4/(1+u^2+v^2)^2"), flat(from), heading + 0.4, 0.8);
        meet(flat(round), projected, 1e-10);
    }
}

#[test]
fn closed_forms_of_the_models_agree_with_shooting() {
    let unrolled = embedding("u cos v", "u sin v", "a u");
    for (field, model, p, q) in [
        (unrolled, Model::Unrolled { radial: 5.0_f64.sqrt(), angular: 1.0 }, [1.0, 0.2], [1.4, 1.5]),
        (
            metric("1/v^2", "0", "2/v^2"),
            Model::HalfPlane { scale: 2.0_f64.sqrt(), stretch: 2.0_f64.sqrt() },
            [0.0, 1.0],
            [1.3, 0.6],
        ),
        (conformal("4/(1-u^2-v^2)^2"), Model::Mobius { a: -1.0, c: 2.0 }, [0.1, 0.2], [-0.3, 0.5]),
        (conformal("(u^2+v^2)/2"), Model::Squared, [1.0, 0.2], [1.4, 1.1]),
        (sphere(), Model::Sphere, [1.0, 0.2], [1.9, 1.6]),
    ] {
        let way = connect(&field, p, q).unwrap();
        near(way.length, model.distance(p, q), 1e-10);
        meet(model.end(p, way.heading, way.length), q, 1e-10);
        near(connect(&field, q, p).unwrap().length, way.length, 1e-10);
    }
}

#[test]
fn an_orbit_is_a_straight_line() {
    for energy in [-0.5, 0.0, 0.8] {
        let mut field = kepler();
        field.sliders[2] = energy;
        let orbit = Orbit::of(&field, [0.9, 0.0], 1.3, 1.5, 64).unwrap();
        assert!(orbit.gap() < 1e-10, "{}", orbit.gap());
        let k = curvature(&field, [0.9, 0.0]);
        assert!(k.signum() * energy <= 0.0 && (energy == 0.0) == (k.abs() < 1e-12), "{k} at {energy}");
    }
}

#[test]
fn a_stop_is_told_with_its_place() {
    let mut field = half_plane();
    field.edge = Some(Expression::known("v - 0.5"));
    let trace = Trace::of(&field, start(&field, [0.0, 1.0], -FRAC_PI_2).unwrap(), 3.0, Carry::Neighbour);
    let stop = trace.stop.unwrap();
    near(stop.came, 2.0_f64.ln(), 1e-6);
    assert_eq!(stop.trouble, Some(chailou::geometry::field::Trouble::Outside));
    let mut flamm = metric("u/(u-a)", "0", "u^2");
    flamm.edge = Some(Expression::known("u - 1.001a"));
    let stop = Trace::of(&flamm, start(&flamm, [3.0, 0.0], PI).unwrap(), 9.0, Carry::Nothing).stop.unwrap();
    near(stop.place[0], 2.002, 1e-4);
}

#[test]
fn drawn_curves_lie_on_the_exact_ones() {
    let field = torus();
    let from = start(&field, [0.3, 0.1], 1.1).unwrap();
    let trace = Trace::of(&field, from, 12.0, Carry::Nothing);
    for k in 0..60 {
        let s = 0.2 * f64::from(k);
        let exact = after(&field, &from, s, Carry::Nothing).unwrap();
        let drawn = trace.at(s);
        meet([drawn[0], drawn[1]], [exact[0], exact[1]], 3e-5);
    }
}

// Anywhere.

fn painted() -> impl Strategy<Value = Field> {
    let dab = (-1.0..1.0, -1.0..1.0, -0.6..0.6).prop_map(|(u, v, heat)| Dab { place: [u, v], heat });
    (proptest::collection::vec(dab, 1..6), 0.3..0.7).prop_map(|(paint, width)| {
        let mut field = conformal("1/(1+0.2(u^2+v^2))^2");
        (field.paint, field.width) = (paint, width);
        field
    })
}

fn loops() -> impl Strategy<Value = Vec<Place>> {
    // Star-shaped around the middle, so that it does not cross itself.
    proptest::collection::vec(0.3..1.0, 3..8).prop_map(|radii| {
        let n = radii.len() as f64;
        let corner = |(i, r): (usize, &f64)| {
            let angle = TAU * i as f64 / n;
            [r * angle.cos(), r * angle.sin()]
        };
        radii.iter().enumerate().map(corner).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn gauss_and_bonnet_hold_for_every_loop(field in painted(), corners in loops()) {
        let region = Region::polygon(&field, &corners).unwrap();
        let inside = region.inside(&field).unwrap();
        let sum = inside.curvature + region.bent + region.turning();
        prop_assert!((sum - TAU).abs() < 1e-6, "{sum}");
        let turned = region.holonomy(&field).unwrap();
        prop_assert!((turned - inside.curvature).abs() < 1e-6, "{turned} {}", inside.curvature);
        // The connection says what carrying the arrow really does.
        let (_, carried) = *carried(&field, &corners, 4).unwrap().last().unwrap();
        prop_assert!((carried - turned).abs() < 1e-6, "{carried} {turned}");
    }

    #[test]
    fn what_is_carried_along_a_geodesic_keeps_length_and_angle(
        field in painted(), u in -0.8..0.8, v in -0.8..0.8, heading in 0.0..6.2, angle in 0.0..6.2
    ) {
        use chailou::geometry::extrapolation::{State, Walk};
        let from = start(&field, [u, v], heading).unwrap();
        let arrow = field.metric([u, v], 0).unwrap().direction(angle);
        let slope = |s: &State| {
            let metric = field.metric([s[0], s[1]], 1).ok()?;
            let (a, b) = (metric.bent([s[2], s[3]], [s[2], s[3]]), metric.bent([s[4], s[5]], [s[2], s[3]]));
            Some([s[2], s[3], -a[0], -a[1], -b[0], -b[1], 0.0, 0.0])
        };
        let mut walk = Walk::new(&slope, [from[0], from[1], from[2], from[3], arrow[0], arrow[1], 0.0, 0.0]);
        walk.reach(1.3, |_, _| ()).unwrap();
        let end = walk.state;
        let metric = field.metric([end[0], end[1]], 0).unwrap();
        let (along, arrow) = ([end[2], end[3]], [end[4], end[5]]);
        prop_assert!((metric.length(along) - 1.0).abs() < 1e-10);
        prop_assert!((metric.length(arrow) - 1.0).abs() < 1e-10);
        prop_assert!((metric.inner(along, arrow) - (angle - heading).cos()).abs() < 1e-10);
    }

    #[test]
    fn there_and_back_again(field in painted(), u in -0.8..0.8, v in -0.8..0.8, heading in 0.0..6.2) {
        let from = start(&field, [u, v], heading).unwrap();
        let mut end = after(&field, &from, 1.1, Carry::Nothing).unwrap();
        (end[2], end[3]) = (-end[2], -end[3]);
        let back = after(&field, &end, 1.1, Carry::Nothing).unwrap();
        prop_assert!((back[0] - u).abs().max((back[1] - v).abs()) < 1e-9);
    }

    #[test]
    fn two_ways_to_the_curvature_agree(field in painted(), u in -1.2..1.2, v in -1.2..1.2) {
        let (k, tensor) = field.riemann([u, v]).unwrap();
        let other = curvature(&field, [u, v]);
        prop_assert!((k - other).abs() <= 1e-9 * (1.0 + k.abs()), "{k} {other}");
        // R_2112 = −R_1212: the tensor is antisymmetric in its first pair.
        let [e, f, g] = field.metric([u, v], 0).unwrap().g;
        let (r12, r21) = (e * tensor[0][1] + f * tensor[1][1], f * tensor[0][0] + g * tensor[1][0]);
        prop_assert!((r12 + r21).abs() <= 1e-9 * (1.0 + r12.abs()));
    }
}

// Formulas in letters.

/// K and Γ as they are written: what is not short enough to be found is empty.
fn letters(field: &Field) -> [String; 7] {
    let Some(Symbols { curvature, christoffel: [a, b, c, d, e, f] }) = Symbols::of(&field.source) else {
        return Default::default();
    };
    [curvature, a, b, c, d, e, f].map(|one| one.map_or(String::new(), |one| one.written()))
}

#[test]
fn symbols_of_known_metrics_are_as_short_as_in_books() {
    let said = |field: &Field, expected: [&str; 7]| assert_eq!(letters(field), expected);
    said(&sphere(), ["1", "0", "0", "-cos(u) sin(u)", "0", "cos(u)/sin(u)", "0"]);
    said(&metric("1", "0", "u^2"), ["0", "0", "0", "-u", "0", "1/u", "0"]);
    said(&half_plane(), ["-1", "0", "-1/v", "0", "1/v", "0", "-1/v"]);
    said(&metric("1/v^2", "0", "2/v^2"), ["-1/2", "0", "-1/v", "0", "1/(2 v)", "0", "-1/v"]);
    let [k, first, ..] = letters(&conformal("4/(1+u^2+v^2)^2"));
    assert_eq!((&k[..], &first[..]), ("1", "-2 u/(1 + u^2 + v^2)"));
    let [k, _, _, round, _, along, _] = letters(&torus());
    assert_eq!(k, "cos(u)/(b (a + b cos(u)))");
    assert_eq!((&round[..], &along[..]), ("sin(u) (a + b cos(u))/b", "-b sin(u)/(a + b cos(u))"));
    let [k, ..] = letters(&kepler());
    assert!(!k.is_empty() && k.len() < 80, "{k}");
    // Nobody's metric.
    let [k, first, ..] = letters(&metric("1 + u^2", "0", "exp(v)"));
    assert_eq!((&k[..], &first[..]), ("0", "u/(1 + u^2)"));
}

/// Formulas of a few letters, smooth where they are asked.
fn typed() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec!["u", "v", "2", "0.3", "a", "u^2", "v^3"]).prop_map(str::to_owned);
    leaf.prop_recursive(3, 12, 2, |inner| {
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            pair.clone().prop_map(|(x, y)| format!("({x} + {y})")),
            pair.clone().prop_map(|(x, y)| format!("({x} - {y})")),
            pair.clone().prop_map(|(x, y)| format!("{x} * {y}")),
            pair.prop_map(|(x, y)| format!("{x}/(2 + ({y})^2)")),
            inner.clone().prop_map(|x| format!("sin({x})")),
            inner.clone().prop_map(|x| format!("cos({x})")),
            inner.clone().prop_map(|x| format!("tanh({x})")),
            inner.clone().prop_map(|x| format!("exp(({x})/4)")),
            inner.prop_map(|x| format!("sqrt(1 + ({x})^2)")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    /// Whatever is written in letters can be read again and is what exact derivatives say.
    #[test]
    fn letters_are_true(x in typed(), y in typed(), z in typed(), kind in 0..4, u in 0.2..1.1, v in -0.9..-0.2) {
        let field = match kind {
            0 => conformal(&format!("1 + ({x})^2")),
            1 => metric(&format!("1 + ({x})^2"), "0", &format!("2 + ({y})^2")),
            2 => metric(&format!("1 + ({x})^2"), &format!("sin({z})/4"), &format!("2 + ({y})^2")),
            _ => embedding("u", "v", &x),
        };
        let Ok(ground) = field.metric([u, v], 2) else { return Ok(()) };
        let numbers = ground.christoffel().concat();
        let exact = [ground.curvature(), numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]];
        let size = ground.g.iter().chain(ground.dd.iter().flatten()).fold(1.0_f64, |most, x| most.max(x.abs()));
        for (text, exact) in letters(&field).iter().zip(exact) {
            if text.is_empty() || text.len() > 400 {
                continue;
            }
            let read = Expression::read(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
            let value = read.at([u, v], field.sliders);
            // Terms that cancel lose digits: as many as the metric is large.
            let gap = (value - exact).abs();
            prop_assert!(gap <= 1e-9 * size * size * (1.0 + exact.abs()), "{text} = {value}, not {exact}");
        }
    }
}

// A ring has χ = 0; what is in its hole does not matter.

#[test]
fn a_ring_adds_up_to_nothing_even_round_a_cones_tip() {
    let corners = [[1.4, -0.25], [0.8, 1.35], [-0.6, 0.95], [-0.9, -0.55], [0.5, -1.15]];
    let tip = conformal("(u^2+v^2)/2");
    for (field, hole) in [
        (tip.clone(), 0.4),
        (kepler(), 0.5),
        (conformal("4/(1+u^2+v^2)^2"), 0.3),
        (metric("1 + u^2", "u v/4", "exp(v)"), 0.6),
    ] {
        let ring = Ring::around(&field, &corners, hole).unwrap();
        let inside = ring.inside(&field).unwrap();
        near(inside.curvature + ring.bent + ring.turning, 0.0, 1e-7);
        // On the cone both edges bend alike; elsewhere something happens between them.
        assert!(field == tip || inside.curvature.abs() > 0.05, "{}", inside.curvature);
    }
    // The whole polygon is no disc there: the tip, whose angle is 4π, stands in it.
    let disc = Region::polygon(&tip, &corners).unwrap();
    near(disc.bent + disc.turning(), 2.0 * TAU, 1e-7);
    // Area: that of the polygon less that of the hole.
    let flat = metric("1", "0", "1");
    let whole = Region::polygon(&flat, &corners).unwrap().inside(&flat).unwrap().area;
    near(Ring::around(&flat, &corners, 0.4).unwrap().inside(&flat).unwrap().area, whole * 0.84, 1e-12);
}

// Two ways to a Gaussian.

#[test]
fn the_natural_gradient_goes_straight_in_moments_and_knows_no_coordinates() {
    let times: Vec<f64> = (0..=40).map(|k| 0.2 * f64::from(k)).collect();
    for (from, to) in [([-1.4, 0.6], [1.4, 0.9]), ([0.0, 3.0], [0.3, 0.2]), ([2.0, 0.3], [-2.0, 2.5])] {
        let path = |gradient, coordinates| flow(gradient, coordinates, from, to, &times).unwrap();
        let natural = path(Gradient::Natural, Coordinates::Deviation);
        let again = path(Gradient::Natural, Coordinates::Logarithm);
        for ((time, place), other) in times.iter().zip(&natural).zip(&again) {
            meet(*place, natural_at(from, to, *time), 1e-10);
            meet(*place, *other, 1e-10);
        }
        let (plain, other) = (
            path(Gradient::Ordinary, Coordinates::Deviation),
            path(Gradient::Ordinary, Coordinates::Logarithm),
        );
        let gap = plain.iter().zip(&other).map(|(a, b)| (a[0] - b[0]).abs()).fold(0.0, f64::max);
        assert!(gap > 1e-3, "the ordinary gradient depends on how σ is counted: {gap}");
    }
}

#[derive(Deserialize)]
struct Case {
    kind: String,
    formulas: Vec<String>,
    at: Place,
    sliders: [f64; 2],
    christoffel: [f64; 6],
    curvature: f64,
}

/// Against SymPy's derivatives, evaluated in 30 digits (golden/curvature.py).
#[test]
fn random_metrics_have_the_curvature_that_sympy_finds() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("golden/curvature.json")).unwrap();
    assert!(cases.len() >= 20);
    for case in cases {
        let read: Vec<_> = case.formulas.iter().map(|text| Expression::read(text).unwrap()).collect();
        let source = match (case.kind.as_str(), &read[..]) {
            ("conformal", [f]) => Source::Conformal(f.clone()),
            ("metric", [e, f, g]) => Source::Metric([e, f, g].map(Expression::clone)),
            (_, [x, y, z]) => Source::Embedding([x, y, z].map(Expression::clone)),
            _ => panic!("{:?}", case.formulas),
        };
        let field = Field::new(source, [case.sliders[0], case.sliders[1], 0.0]);
        let metric = field.metric(case.at, 2).unwrap();
        let near = |value: f64, expected: f64| {
            let gap = (value - expected).abs();
            assert!(gap <= 1e-10 * (1.0 + expected.abs()), "{:?}: {value} against {expected}", case.formulas);
        };
        metric.christoffel().concat().iter().zip(case.christoffel).for_each(|(x, y)| near(*x, y));
        near(metric.curvature(), case.curvature);
        near(field.riemann(case.at).unwrap().0, case.curvature);
    }
}
