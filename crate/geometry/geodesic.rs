//! Straight lines of a surface, at unit speed, and what is carried along them: the neighbour's distance, areas swept.

use super::{
    Place,
    extrapolation::{MOST, State, Stuck, TOLERANCE, Walk},
    field::{Field, Trouble},
};

/// A step of what is drawn is at most this share of the way: between two of them a quintic cannot be told from the line.
const DRAWN: f64 = 1.0 / 24.0;
/// The same where a float's digits will do.
const SKETCHED: f64 = 1.0 / 10.0;

/// What of a state stands where: u, v, u′, v′; the neighbour's distance j and j′; ∫ j ds; ∫ K j ds.
pub const NEIGHBOUR: usize = 4;
pub const SWEPT: usize = 6;
pub const CURVED: usize = 7;

/// Whether K is needed on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carry {
    Nothing,
    /// j″ = −K j, and the areas that neighbours enclose.
    Neighbour,
}

/// Where a geodesic had to end, and why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stop {
    pub came: f64,
    pub place: Place,
    /// `None`: the metric exists there, but changes faster than can be followed.
    pub trouble: Option<Trouble>,
}

/// The state at the start, in the direction `heading` from ∂_u.
pub fn start(field: &Field, place: Place, heading: f64) -> Result<State, Trouble> {
    let [du, dv] = field.metric(place, 0)?.direction(heading);
    Ok([place[0], place[1], du, dv, 0.0, 1.0, 0.0, 0.0])
}

/// The geodesic equation.
pub fn slope(field: &Field, carry: Carry, state: &State) -> Option<State> {
    let [u, v, du, dv, j, dj, ..] = *state;
    let degree = if carry == Carry::Neighbour { 2 } else { 1 };
    let metric = field.metric([u, v], degree).ok()?;
    let bent = metric.bent([du, dv], [du, dv]);
    let mut slope = [0.0; MOST];
    slope[..4].copy_from_slice(&[du, dv, -bent[0], -bent[1]]);
    if carry == Carry::Neighbour {
        let curvature = metric.curvature();
        slope[4..].copy_from_slice(&[dj, -curvature * j, j, curvature * j]);
    }
    Some(slope)
}

/// The state after `s`, exactly.
pub fn after(field: &Field, from: &State, s: f64, carry: Carry) -> Result<State, Stop> {
    let slope = |state: &State| slope(field, carry, state);
    let mut walk = Walk::new(&slope, *from).to_within(field.tolerance);
    match walk.reach(s, |_, _| ()) {
        Ok(()) => Ok(walk.state),
        Err(stuck) => Err(stopped(field, stuck)),
    }
}

/// The states after each of `stops`, which rise, exactly.
pub fn at_each(field: &Field, from: &State, stops: &[f64], carry: Carry) -> Result<Vec<State>, Stop> {
    let slope = |state: &State| slope(field, carry, state);
    let mut walk = Walk::new(&slope, *from).to_within(field.tolerance);
    let one = |s: &f64| match walk.reach(*s, |_, _| ()) {
        Ok(()) => Ok(walk.state),
        Err(stuck) => Err(stopped(field, stuck)),
    };
    stops.iter().map(one).collect()
}

/// What went wrong is looked for just ahead.
pub fn stopped(field: &Field, Stuck { came, state }: Stuck) -> Stop {
    let [u, v, du, dv, ..] = state;
    let ahead = |far: f64| [u + far * du, v + far * dv];
    let trouble = (0..12).find_map(|k| field.metric(ahead(libm::pow(10.0, f64::from(k) - 13.0)), 1).err());
    Stop { came, place: [u, v], trouble }
}

/// A geodesic as it is drawn: states at some lengths, which are enough to know it in between.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    s: Vec<f64>,
    states: Vec<State>,
    slopes: Vec<State>,
    pub stop: Option<Stop>,
}

impl Trace {
    pub fn of(field: &Field, from: State, length: f64, carry: Carry) -> Self {
        let right = |state: &State| slope(field, carry, state);
        let share = if field.tolerance > TOLERANCE { SKETCHED } else { DRAWN };
        let (mut s, mut states) = (vec![0.0], vec![from]);
        let mut walk = Walk::new(&right, from).in_steps_of(share * length).to_within(field.tolerance);
        let outcome = walk.reach(length, |at, state| {
            s.push(at);
            states.push(*state);
        });
        let slopes = states.iter().map(|state| right(state).unwrap_or([0.0; MOST])).collect();
        Self { s, states, slopes, stop: outcome.err().map(|stuck| stopped(field, stuck)) }
    }

    /// How far it came.
    pub fn length(&self) -> f64 {
        self.s[self.s.len() - 1]
    }

    pub fn end(&self) -> &State {
        &self.states[self.states.len() - 1]
    }

    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// The state after `s`: u and v from the quintic that has the positions, directions and bends of both ends.
    pub fn at(&self, s: f64) -> State {
        let s = s.clamp(0.0, self.length());
        let k = self.s.partition_point(|x| *x <= s).clamp(1, self.s.len().max(2) - 1);
        if self.s.len() == 1 {
            return self.states[0];
        }
        let (h, t) = (self.s[k] - self.s[k - 1], (s - self.s[k - 1]) / (self.s[k] - self.s[k - 1]));
        let ([a, b], [da, db]) =
            ([&self.states[k - 1], &self.states[k]], [&self.slopes[k - 1], &self.slopes[k]]);
        std::array::from_fn(|i| {
            if i < 2 {
                return quintic(t, h, [a[i], a[i + 2], da[i + 2]], [b[i], b[i + 2], db[i + 2]]);
            }
            cubic(t, h, [a[i], da[i]], [b[i], db[i]])
        })
    }

    /// Where the neighbours meet for the first time: the conjugate point.
    pub fn conjugate(&self) -> Option<f64> {
        let k = (1..self.s.len()).find(|k| self.s[k - 1] > 0.0 && self.states[*k][4] <= 0.0)?;
        let (mut low, mut high) = (self.s[k - 1], self.s[k]);
        for _ in 0..50 {
            let middle = 0.5 * (low + high);
            if self.at(middle)[4] > 0.0 { low = middle } else { high = middle }
        }
        Some(high)
    }
}

/// Hermite's polynomial of value and slope at both ends of a stretch of length `h`, at the share `t` of it.
fn cubic(t: f64, h: f64, [a, da]: [f64; 2], [b, db]: [f64; 2]) -> f64 {
    let (da, db, gap) = (h * da, h * db, b - a);
    a + t * (da + t * ((3.0 * gap - 2.0 * da - db) + t * (da + db - 2.0 * gap)))
}

/// The same with second derivatives.
fn quintic(t: f64, h: f64, [a, da, dda]: [f64; 3], [b, db, ddb]: [f64; 3]) -> f64 {
    let (da, db, dda, ddb, gap) = (h * da, h * db, h * h * dda, h * h * ddb, b - a);
    let third = 10.0 * gap - 6.0 * da - 4.0 * db - 1.5 * dda + 0.5 * ddb;
    let fourth = -15.0 * gap + 8.0 * da + 7.0 * db + 1.5 * dda - ddb;
    let fifth = 6.0 * gap - 3.0 * (da + db) + 0.5 * (ddb - dda);
    a + t * (da + t * (dda / 2.0 + t * (third + t * (fourth + t * fifth))))
}

/// The same end by Hamilton's equations, p′_k = ½ ∂_k g_ab x′^a x′^b, which know no Christoffel symbols.
pub fn hamilton(field: &Field, place: Place, heading: f64, s: f64) -> Option<Place> {
    let metric = field.metric(place, 0).ok()?;
    let way = metric.direction(heading);
    let [e, f, g] = metric.g;
    let slope = |state: &State| {
        let metric = field.metric([state[0], state[1]], 1).ok()?;
        let ([e, f, g], [p, q], d) = (metric.g, [state[2], state[3]], metric.determinant());
        let x = [(g * p - f * q) / d, (e * q - f * p) / d];
        let pull =
            |by: [f64; 3]| 0.5 * (by[0] * x[0] * x[0] + 2.0 * by[1] * x[0] * x[1] + by[2] * x[1] * x[1]);
        Some([x[0], x[1], pull(metric.d[0]), pull(metric.d[1]), 0.0, 0.0, 0.0, 0.0])
    };
    let momentum = [e * way[0] + f * way[1], f * way[0] + g * way[1]];
    let mut walk = Walk::new(&slope, [place[0], place[1], momentum[0], momentum[1], 0.0, 0.0, 0.0, 0.0]);
    walk.reach(s, |_, _| ()).ok()?;
    Some([walk.state[0], walk.state[1]])
}
