//! A piece of a chart by its boundary: what curvature, area and the turning of its edge add up to.

use super::{
    Place, TURN,
    field::Field,
    geodesic::{Carry, at_each, start},
    quadrature::gauss,
    shooting::Connection,
    wrapped,
};

/// A place of the boundary, its direction there, and what it counts.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Node {
    place: Place,
    along: [f64; 2],
    weight: f64,
}

/// Boundaries run counterclockwise around what they enclose.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    nodes: Vec<Node>,
    /// Angles by which the boundary turns left at its corners.
    pub corners: Vec<f64>,
    /// ∮ κ ds: 0 for geodesics.
    pub bent: f64,
    /// From here the inside is measured: a line of equal u on or inside of which nothing lies on the other side.
    from: f64,
    /// How often the frame (∂_u, …) itself turns on the way round.
    frame: f64,
}

/// A polygon without its own copy around the same middle, `hole` times as large.
#[derive(Clone, Debug, PartialEq)]
pub struct Ring {
    corners: Vec<Place>,
    middle: Place,
    hole: f64,
    /// ∮ κ ds over both edges, the inner one run clockwise.
    pub bent: f64,
    /// Σ of the corners' turning on both.
    pub turning: f64,
}

impl Ring {
    pub fn around(field: &Field, corners: &[Place], hole: f64) -> Option<Self> {
        let corners = counterclockwise(corners)?;
        let n = corners.len() as f64;
        let sum = corners.iter().fold([0.0; 2], |sum, corner| [sum[0] + corner[0], sum[1] + corner[1]]);
        let middle = [sum[0] / n, sum[1] / n];
        let mut ring = Self { corners, middle, hole, bent: 0.0, turning: 0.0 };
        let (outer, inner) = (Region::polygon(field, &ring.corners)?, Region::polygon(field, &ring.inner())?);
        (ring.bent, ring.turning) = (outer.bent - inner.bent, outer.turning() - inner.turning());
        Some(ring)
    }

    /// Corners of the hole.
    pub fn inner(&self) -> Vec<Place> {
        let [a, b] = self.middle;
        self.corners.iter().map(|[u, v]| [a + self.hole * (u - a), b + self.hole * (v - b)]).collect()
    }

    /// Area and curvature between the edges. What is in the hole is never asked for: there may be no metric.
    pub fn inside(&self, field: &Field) -> Option<Inside> {
        let (along, across) = (gauss(if self.corners.len() <= 12 { INNER } else { 8 }), gauss(INNER));
        let (mut area, mut curvature) = (0.0, 0.0);
        let [a, b] = self.middle;
        for (i, [u, v]) in self.corners.iter().enumerate() {
            let [u2, v2] = self.corners[(i + 1) % self.corners.len()];
            // Twice the triangle from the middle to this edge.
            let wide = (u - a) * (v2 - b) - (u2 - a) * (v - b);
            for ((s, first), (t, second)) in along.iter().flat_map(|p| across.iter().map(move |q| (p, q))) {
                let far = self.hole + (1.0 - self.hole) * t;
                let place = [a + far * (u + s * (u2 - u) - a), b + far * (v + s * (v2 - v) - b)];
                let metric = field.metric(place, 2).ok()?;
                let share = first * second * (1.0 - self.hole) * far * wide * metric.area();
                area += share;
                curvature += share * metric.curvature();
            }
        }
        Some(Inside { area, curvature })
    }
}

/// What lies inside.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Inside {
    pub area: f64,
    /// ∬ K dS.
    pub curvature: f64,
}

const INNER: usize = 20;

impl Region {
    /// Edges that are straight in the chart.
    pub fn polygon(field: &Field, corners: &[Place]) -> Option<Self> {
        let corners = counterclockwise(corners)?;
        let n = corners.len();
        let nodes_per_edge = if n <= 12 { 20 } else { 8 };
        let rule = gauss(nodes_per_edge);
        let (mut nodes, mut bent) = (Vec::new(), 0.0);
        for (i, a) in corners.iter().enumerate() {
            let b = corners[(i + 1) % n];
            let along = [b[0] - a[0], b[1] - a[1]];
            for (t, weight) in &rule {
                let place = [a[0] + t * along[0], a[1] + t * along[1]];
                let metric = field.metric(place, 1).ok()?;
                let aside = metric.inner(metric.bent(along, along), metric.turned(along));
                bent += weight * aside / metric.inner(along, along);
                nodes.push(Node { place, along, weight: *weight });
            }
        }
        let mut turns = Vec::new();
        for i in 0..n {
            let (a, b, c) = (corners[(i + n - 1) % n], corners[i], corners[(i + 1) % n]);
            let metric = field.metric(b, 0).ok()?;
            let [into, out] = [[b[0] - a[0], b[1] - a[1]], [c[0] - b[0], c[1] - b[1]]];
            turns.push(wrapped(metric.angle(out) - metric.angle(into)));
        }
        Some(Self { from: middle(&nodes), nodes, corners: turns, bent, frame: 0.0 })
    }

    /// Sides that are geodesics.
    pub fn of_geodesics(field: &Field, corners: &[Place], sides: &[Connection]) -> Option<Self> {
        let mut nodes = Vec::new();
        for (corner, side) in corners.iter().zip(sides) {
            nodes.extend(on_side(field, *corner, side)?);
        }
        let mut turns = Vec::new();
        for (i, corner) in corners.iter().enumerate() {
            let into = sides[(i + sides.len() - 1) % sides.len()].arrival;
            turns.push(wrapped(sides[i].heading - field.metric(*corner, 0).ok()?.angle(into)));
        }
        Some(Self { from: middle(&nodes), nodes, corners: turns, bent: 0.0, frame: 0.0 })
    }

    /// Once round at equal u, where v is an angle: what lies between the pole u = `pole` and it.
    pub fn around(field: &Field, u: f64, pole: f64) -> Option<Self> {
        const N: usize = 96;
        let (mut nodes, mut bent) = (Vec::new(), 0.0);
        for i in 0..N {
            let (place, along) = ([u, TURN * i as f64 / N as f64], [0.0, 1.0]);
            let metric = field.metric(place, 1).ok()?;
            let aside = metric.inner(metric.bent(along, along), metric.turned(along));
            let weight = TURN / N as f64;
            bent += weight * aside / metric.inner(along, along);
            nodes.push(Node { place, along, weight });
        }
        Some(Self { nodes, corners: Vec::new(), bent, from: pole, frame: TURN })
    }

    /// By how much an arrow that is carried round comes back turned.
    pub fn holonomy(&self, field: &Field) -> Option<f64> {
        let mut turned = self.frame;
        for node in &self.nodes {
            turned -= node.weight * field.metric(node.place, 1).ok()?.connection(node.along);
        }
        Some(turned)
    }

    /// Where the boundary runs, and by how much an arrow that is carried along it has turned against ∂_u.
    pub fn way(&self, field: &Field) -> Option<Vec<(Place, f64)>> {
        let mut turned = 0.0;
        let mut step = |node: &Node| {
            let more = -node.weight * field.metric(node.place, 1).ok()?.connection(node.along);
            turned += more;
            Some((node.place, turned - more / 2.0))
        };
        self.nodes.iter().map(&mut step).collect()
    }

    /// Area and curvature inside, by Green: ∬ h du dv = ∮ (∫ h du) dv.
    pub fn inside(&self, field: &Field) -> Option<Inside> {
        let rule = gauss(INNER);
        let (mut area, mut curvature) = (0.0, 0.0);
        for Node { place: [u, v], along, weight } in &self.nodes {
            if along[1] == 0.0 {
                continue;
            }
            let way = u - self.from;
            for (t, inner) in &rule {
                let metric = field.metric([self.from + t * way, *v], 2).ok()?;
                let share = weight * along[1] * inner * way * metric.area();
                area += share;
                curvature += share * metric.curvature();
            }
        }
        Some(Inside { area, curvature })
    }

    /// Σ of the corners' turning.
    pub fn turning(&self) -> f64 {
        self.corners.iter().sum()
    }
}

/// Places along a geodesic, in as many panels as its turning against the chart takes.
fn on_side(field: &Field, corner: Place, side: &Connection) -> Option<Vec<Node>> {
    let from = start(field, corner, side.heading).ok()?;
    let mut rule = gauss(20);
    rule.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut last = f64::INFINITY;
    let mut nodes = Vec::new();
    for panels in [1, 2, 4, 8, 16] {
        let share = side.length / f64::from(panels);
        let panel = |k: i32| rule.iter().map(move |(t, w)| ((f64::from(k) + t) * share, w * share));
        let (stops, weights): (Vec<_>, Vec<_>) = (0..panels).flat_map(panel).unzip();
        let states = at_each(field, &from, &stops, Carry::Nothing).ok()?;
        let node = |(state, weight): (&[f64; 8], &f64)| Node {
            place: [state[0], state[1]],
            along: [state[2], state[3]],
            weight: *weight,
        };
        nodes = states.iter().zip(&weights).map(node).collect();
        let mut turned = 0.0;
        for node in &nodes {
            turned += node.weight * field.metric(node.place, 1).ok()?.connection(node.along);
        }
        if (turned - last).abs() < field.tolerance.max(1e-11) {
            break;
        }
        last = turned;
    }
    Some(nodes)
}

/// `corners` without repetitions, turning left; `None` if they enclose nothing.
fn counterclockwise(corners: &[Place]) -> Option<Vec<Place>> {
    let mut all: Vec<Place> = corners.to_vec();
    all.dedup();
    while all.len() > 1 && all[0] == all[all.len() - 1] {
        all.pop();
    }
    let n = all.len();
    let twice: f64 = (0..n).map(|i| all[i][0] * all[(i + 1) % n][1] - all[i][1] * all[(i + 1) % n][0]).sum();
    if n < 3 || twice == 0.0 {
        return None;
    }
    if twice < 0.0 {
        all.reverse();
    }
    Some(all)
}

fn middle(nodes: &[Node]) -> f64 {
    let u = |pick: fn(f64, f64) -> f64, from| nodes.iter().map(|node| node.place[0]).fold(from, pick);
    (u(f64::min, f64::INFINITY) + u(f64::max, f64::NEG_INFINITY)) / 2.0
}

/// The arrow that starts along ∂_u, carried along the chart's straight edges: its angle from ∂_u at each of `per_edge`
/// places an edge, from the transport equation A′ = −Γ A x′ itself.
pub fn carried(field: &Field, corners: &[Place], per_edge: usize) -> Option<Vec<(Place, f64)>> {
    use super::extrapolation::{State, Walk};
    let mut arrow = field.metric(corners[0], 0).ok()?.direction(0.0);
    let (mut all, mut angle) = (vec![(corners[0], 0.0)], 0.0);
    for (i, a) in corners.iter().enumerate() {
        let b = corners[(i + 1) % corners.len()];
        let along = [b[0] - a[0], b[1] - a[1]];
        let on = |t: f64| [a[0] + t * along[0], a[1] + t * along[1]];
        let slope = |state: &State| {
            let metric = field.metric(on(state[2]), 1).ok()?;
            let bent = metric.bent([state[0], state[1]], along);
            Some([-bent[0], -bent[1], 1.0, 0.0, 0.0, 0.0, 0.0, 0.0])
        };
        let mut walk =
            Walk::new(&slope, [arrow[0], arrow[1], 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]).to_within(field.tolerance);
        for k in 1..=per_edge {
            walk.reach(k as f64 / per_edge as f64, |_, _| ()).ok()?;
            arrow = [walk.state[0], walk.state[1]];
            let place = on(walk.s);
            let now = field.metric(place, 0).ok()?.angle(arrow);
            angle += wrapped(now - angle);
            all.push((place, angle));
        }
    }
    Some(all)
}
