//! A geodesic circle: what the ant learns from all straight lines of one length around a place.

use super::{
    Place, TURN,
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

/// The circle of radius `r`. Sums over evenly spread rays converge faster than any power; more rays are taken until they have.
pub fn circle(field: &Field, centre: Place, r: f64) -> Result<Circle, Stop> {
    let mut n = FEWEST;
    let mut coarse = with_rays(field, centre, r, n)?;
    while n < MOST {
        n *= 2;
        let fine = with_rays(field, centre, r, n)?;
        let gap = (fine.circumference - coarse.circumference)
            .abs()
            .max((fine.holonomy - coarse.holonomy).abs())
            .max((fine.curvature - coarse.curvature).abs());
        coarse = fine;
        if gap < 1e-11 * (1.0 + coarse.circumference) {
            break;
        }
    }
    Ok(coarse)
}

/// The same from `n` rays.
pub fn with_rays(field: &Field, centre: Place, r: f64, n: usize) -> Result<Circle, Stop> {
    let share = TURN / n as f64;
    let (mut sums, mut rim, mut turned) = ([0.0; 5], Vec::new(), Vec::new());
    let mut last = None;
    for i in 0..n {
        let stuck = |trouble| Stop { came: 0.0, place: centre, trouble: Some(trouble) };
        let from = start(field, centre, share * (i as f64 + 0.31)).map_err(stuck)?;
        let end = after(field, &from, r, Carry::Neighbour)?;
        let metric = field.metric([end[0], end[1]], 1).map_err(stuck)?;
        let along = metric.turned([end[2], end[3]]).map(|x| x * end[NEIGHBOUR]);
        let connection = metric.connection(along);
        for (sum, more) in sums.iter_mut().zip([
            end[NEIGHBOUR].abs(),
            end[SWEPT],
            end[CURVED],
            -connection,
            end[NEIGHBOUR + 1],
        ]) {
            *sum += share * more;
        }
        let before = last.replace(connection).unwrap_or(connection);
        let so_far = turned.last().copied().unwrap_or(0.0);
        turned.push(if rim.is_empty() { 0.0 } else { so_far - share * 0.5 * (before + connection) });
        rim.push([end[0], end[1]]);
    }
    let [circumference, area, curvature, raw, bent] = sums;
    let holonomy = raw + TURN * ((curvature - raw) / TURN).round();
    Ok(Circle { circumference, area, curvature, holonomy, bent, rim, turned })
}

impl Circle {
    /// K as the ant has it from the circumference: 3 (2πr − C)/(π r³).
    pub fn ant_curvature(&self, r: f64) -> f64 {
        3.0 * (TURN * r - self.circumference) / (std::f64::consts::PI * r * r * r)
    }
}
