//! The geodesic from one place to another: shoot, see by how much it misses, correct by the neighbour's distance.

use super::{
    Place, TURN,
    field::Field,
    geodesic::{Carry, NEIGHBOUR, Trace, after, start},
    wrapped,
};

/// How a geodesic begins, how long it is, and how it arrives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Connection {
    pub heading: f64,
    pub length: f64,
    /// The unit vector at the far end.
    pub arrival: [f64; 2],
    /// The far end, which may be the wanted place some turns on.
    pub end: Place,
    /// Whether neighbours met on the way: then it is not shortest.
    pub conjugate: bool,
}

const TRIES: usize = 14;
/// A miss that is none, as a length.
const HIT: f64 = 1e-12;

/// The geodesic that goes over continuously from the chart's straight line between the two places.
pub fn connect(field: &Field, from: Place, to: Place) -> Option<Connection> {
    let way = [to[0] - from[0], to[1] - from[1]];
    let metric = field.metric(from, 0).ok()?;
    let (mut heading, mut length) = (metric.angle(way), metric.length(way));
    if length == 0.0 {
        let arrival = metric.direction(0.0);
        return Some(Connection { heading: 0.0, length, arrival, end: to, conjugate: false });
    }
    let whole = length;
    let (mut reached, mut stride) = (0.0_f64, 1.0);
    length = 0.0;
    // The far end wanders along that line, as fast as the shots can follow.
    while stride > 1e-3 {
        let share: f64 = (reached + stride).min(1.0);
        let target = [from[0] + share * way[0], from[1] + share * way[1]];
        let guess = if reached == 0.0 { share * whole } else { length * share / reached };
        match correct(field, from, target, heading, guess) {
            Some(found) if share == 1.0 => return Some(found),
            Some(found) => {
                (heading, length, reached) = (found.heading, found.length, share);
                stride *= 1.5;
            }
            None => stride /= 3.0,
        }
    }
    None
}

/// Newton's method on heading and length.
pub fn correct(field: &Field, from: Place, to: Place, heading: f64, length: f64) -> Option<Connection> {
    let (mut heading, mut length) = (heading, length);
    let mut last = f64::INFINITY;
    for _ in 0..TRIES {
        let end = after(field, &start(field, from, heading).ok()?, length, Carry::Neighbour).ok()?;
        let metric = field.metric([end[0], end[1]], 0).ok()?;
        let (miss, arrival) = ([to[0] - end[0], to[1] - end[1]], [end[2], end[3]]);
        let gap = metric.length(miss);
        let closed = gap <= field.tolerance.max(HIT) * (1.0 + length);
        let further = metric.inner(miss, arrival);
        let aside = metric.inner(miss, metric.turned(arrival));
        let turn = aside / end[NEIGHBOUR];
        if closed || (gap < (10.0 * field.tolerance).max(1e-10) && gap >= last) {
            let conjugate = end[NEIGHBOUR] < 0.0;
            return Some(Connection { heading: wrapped(heading), length, arrival, end: to, conjugate });
        }
        if gap > 4.0 * last || !turn.is_finite() {
            return None;
        }
        last = gap;
        heading += turn.clamp(-0.7, 0.7);
        length += further.clamp(-0.7 * length, 0.7 * length + 0.3);
    }
    None
}

/// All geodesics to `to`, or to where it lies some turns of v on, of at most `longest`, shortest first.
///
/// A fan of rays is drawn; each cell between two of them that holds the place is a first guess.
pub fn all(field: &Field, from: Place, to: Place, turns: bool, longest: f64) -> Vec<Connection> {
    const RAYS: usize = 40;
    const ALONG: usize = 48;
    let images: &[f64] = if turns { &[0.0, TURN, -TURN] } else { &[0.0] };
    let ray = |i: usize| {
        let heading = TURN * (i as f64 + 0.37) / RAYS as f64;
        let trace = Trace::of(field, start(field, from, heading).ok()?, longest, Carry::Nothing);
        let at = |k: usize| {
            let s = longest * k as f64 / ALONG as f64;
            (s <= trace.length()).then(|| trace.at(s)).map(|state| [state[0], state[1]])
        };
        Some((heading, (0..=ALONG).map_while(at).collect::<Vec<_>>()))
    };
    let rays: Vec<_> = (0..RAYS).filter_map(ray).collect();
    let mut found: Vec<Connection> = Vec::new();
    for (i, (heading, places)) in rays.iter().enumerate() {
        let (_, others) = &rays[(i + 1) % rays.len()];
        for k in 1..places.len().min(others.len()) {
            let cell = [places[k - 1], places[k], others[k], others[k - 1]];
            for image in images {
                let target = [to[0], to[1] + image];
                if !holds(&cell, target) {
                    continue;
                }
                let guess = (heading + 0.5 * TURN / RAYS as f64, longest * (k as f64 - 0.5) / ALONG as f64);
                let Some(one) = correct(field, from, target, guess.0, guess.1) else { continue };
                let same = |other: &Connection| {
                    (other.length - one.length).abs() < 1e-7
                        && wrapped(other.heading - one.heading).abs() < 1e-7
                };
                if one.length > 1e-9 && !found.iter().any(same) {
                    found.push(one);
                }
            }
        }
    }
    found.sort_by(|a, b| a.length.total_cmp(&b.length));
    found
}

/// Whether the cell holds `place`, by the crossings of a line to the right; a cell larger than half a turn is none.
fn holds(cell: &[Place; 4], [u, v]: Place) -> bool {
    let wide = cell.iter().any(|a| (a[1] - cell[0][1]).abs() > 2.5 || (a[0] - cell[0][0]).abs() > 2.5);
    let crossed = |i: usize| {
        let ([a, b], [c, d]) = (cell[i], cell[(i + 1) % 4]);
        (b > v) != (d > v) && u < a + (v - b) / (d - b) * (c - a)
    };
    !wide && (0..4).filter(|i| crossed(*i)).count() % 2 == 1
}
