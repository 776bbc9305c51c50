//! A geodesic circle: what the ant learns from all straight lines of one length around a place.

use super::{
    Place, TURN,
    extrapolation::{State, TOLERANCE},
    field::Field,
    geodesic::{CURVED, Carry, NEIGHBOUR, SWEPT, Stop, after, start},
};

#[derive(Clone, Debug, PartialEq)]
pub struct Circle {
    pub circumference: f64,
    pub area: f64,
    /// ∬ K dS.
    pub curvature: f64,
    /// By how much an arrow comes back turned, as the turn nearest to ∬ K dS: angles are known up to whole turns.
    pub holonomy: f64,
    /// ∮ κ ds.
    pub bent: f64,
    /// Points of it, in order.
    pub rim: Vec<Place>,
    /// By how much the arrow has turned against ∂_u at each of them.
    pub turned: Vec<f64>,
}

const FEWEST: usize = 24;
const MOST: usize = 384;
/// The same where fewer digits will do.
const SKETCHED: usize = 96;

/// The circle of radius `r`. Sums over evenly spread rays converge faster than any power; rays between them are taken until they have.
pub fn circle(field: &Field, centre: Place, r: f64) -> Result<Circle, Stop> {
    let mut rays = all(field, centre, r, 0, FEWEST)?;
    let mut coarse = Circle::of(&rays);
    let most = if field.tolerance > TOLERANCE { SKETCHED } else { MOST };
    while rays.len() < most {
        let between = all(field, centre, r, 1, rays.len())?;
        rays = rays.into_iter().zip(between).flat_map(|(one, next)| [one, next]).collect();
        let fine = Circle::of(&rays);
        let gap = (fine.circumference - coarse.circumference)
            .abs()
            .max((fine.holonomy - coarse.holonomy).abs())
            .max((fine.curvature - coarse.curvature).abs());
        coarse = fine;
        if gap < field.tolerance.max(1e-11) * (1.0 + coarse.circumference) {
            break;
        }
    }
    Ok(coarse)
}

/// The same from `n` rays.
pub fn with_rays(field: &Field, centre: Place, r: f64, n: usize) -> Result<Circle, Stop> {
    Ok(Circle::of(&all(field, centre, r, 0, n)?))
}

/// The end of a ray.
struct Ray {
    state: State,
    /// By how much the frame turns along the rim there, an angle of the centre.
    connection: f64,
}

/// Where the first ray leaves.
const FIRST: f64 = 0.31 * TURN / FEWEST as f64;

/// The ends of `n` evenly spread rays, `halves` of the gap between two of them further on.
fn all(field: &Field, centre: Place, r: f64, halves: usize, n: usize) -> Result<Vec<Ray>, Stop> {
    let ray = |i: usize| {
        let stuck = |trouble| Stop { came: 0.0, place: centre, trouble: Some(trouble) };
        let angle = FIRST + TURN * (2 * i + halves) as f64 / (2 * n) as f64;
        let state = after(field, &start(field, centre, angle).map_err(stuck)?, r, Carry::Neighbour)?;
        let metric = field.metric([state[0], state[1]], 1).map_err(stuck)?;
        let along = metric.turned([state[2], state[3]]).map(|x| x * state[NEIGHBOUR]);
        Ok(Ray { state, connection: metric.connection(along) })
    };
    (0..n).map(ray).collect()
}

impl Circle {
    fn of(rays: &[Ray]) -> Self {
        let share = TURN / rays.len() as f64;
        let (mut sums, mut rim, mut turned) = ([0.0; 5], Vec::new(), Vec::new());
        let mut before = rays[0].connection;
        for Ray { state, connection } in rays {
            let more =
                [state[NEIGHBOUR].abs(), state[SWEPT], state[CURVED], -connection, state[NEIGHBOUR + 1]];
            sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += share * more);
            let so_far = turned.last().copied();
            turned.push(so_far.map_or(0.0, |so_far| so_far - share * 0.5 * (before + connection)));
            rim.push([state[0], state[1]]);
            before = *connection;
        }
        let [circumference, area, curvature, raw, bent] = sums;
        let holonomy = raw + TURN * ((curvature - raw) / TURN).round();
        Self { circumference, area, curvature, holonomy, bent, rim, turned }
    }

    /// K as the ant has it from the circumference: 3 (2πr − C)/(π r³).
    pub fn ant_curvature(&self, r: f64) -> f64 {
        3.0 * (TURN * r - self.circumference) / (std::f64::consts::PI * r * r * r)
    }
}
