//! Rows of numbers for the page to draw: places of the chart, and where they are in space.

use super::{settings::Settings, state::Riemann};
use crate::geometry::{
    Place, TURN,
    geodesic::{Carry, Trace, start},
    shooting::Connection,
};

/// Cells of the map of the sheet, a side.
pub const CELLS: usize = 72;
/// Rulers a side.
pub const RULERS: usize = 11;
/// Lines of the surface in space, each way.
pub const MESH: usize = 49;
/// Rays of the fan, and places of each.
pub const RAYS: usize = 48;
pub const ALONG: usize = 40;
/// Places of a curve that is drawn.
pub const SMOOTH: usize = 240;

/// (u, v, x, y, z).
pub fn row(settings: &Settings, place: Place) -> [f32; 5] {
    let [x, y, z] = settings.in_space(place);
    [place[0], place[1], x, y, z].map(|x| x as f32)
}

/// The walk: u, v, x, y, z, j, and the unit vector to its left.
pub fn path(lab: &Riemann, places: usize) -> Vec<[f32; 8]> {
    let Ok(walk) = lab.walk() else { return Vec::new() };
    let one = |k: usize| {
        let state = walk.at(walk.length() * k as f64 / places as f64);
        let place = [state[0], state[1]];
        let aside = lab.settings.field.metric(place, 0).map(|metric| metric.turned([state[2], state[3]]));
        let [left, up] = aside.unwrap_or([0.0; 2]);
        let [u, v, x, y, z] = row(&lab.settings, place);
        [u, v, x, y, z, state[4] as f32, left as f32, up as f32]
    };
    (0..=places).map(one).collect()
}

/// Where the ant is at state `at`: s, place, space, direction, the arrow that began along ∂_u, j, K; and E, F, G where it
/// starts.
pub fn ant(lab: &Riemann, at: usize) -> Vec<f32> {
    let Settings { field, ant, heading, .. } = &lab.settings;
    let s = lab.reached(at);
    let (place, way, j) = match lab.walk() {
        Ok(walk) => {
            let state = walk.at(s);
            ([state[0], state[1]], [state[2], state[3]], state[4])
        }
        Err(_) => (*ant, [0.0; 2], 0.0),
    };
    let metric = field.metric(place, 2).ok();
    // What is carried keeps its angle to a straight line.
    let arrow = metric.map_or([0.0; 2], |metric| metric.direction(metric.angle(way) - heading));
    let [u, v, x, y, z] = row(&lab.settings, place);
    let rest = [way[0], way[1], arrow[0], arrow[1], j, metric.map_or(f64::NAN, |metric| metric.curvature())];
    let mut all = vec![s as f32, u, v, x, y, z];
    all.extend(rest.map(|x| x as f32));
    let ground = field.metric(*ant, 0).map_or([f64::NAN; 3], |metric| metric.g);
    all.extend(ground.map(|x| x as f32));
    all
}

/// A connection as it is drawn.
pub fn way(settings: &Settings, way: &Connection, places: usize) -> Vec<[f32; 5]> {
    let Ok(from) = start(&settings.field, settings.ant, way.heading) else { return Vec::new() };
    let trace = Trace::of(&settings.field, from, way.length, Carry::Nothing);
    let place = |k: usize| {
        let state = trace.at(way.length * k as f64 / places as f64);
        row(settings, [state[0], state[1]])
    };
    (0..=places).map(place).collect()
}

/// Straight lines in all directions, places at equal lengths; what lies beyond a stop is NaN.
pub fn fan(settings: &Settings) -> Vec<[f32; 5]> {
    let ray = |i: usize| {
        let heading = settings.heading + TURN * i as f64 / RAYS as f64;
        let from = start(&settings.field, settings.ant, heading).ok();
        let trace = from.map(|from| Trace::of(&settings.field, from, settings.length, Carry::Nothing));
        (0..=ALONG).map(move |k| {
            let s = settings.length * k as f64 / ALONG as f64;
            let there = trace.as_ref().filter(|trace| s <= trace.length()).map(|trace| trace.at(s));
            there.map_or([f32::NAN; 5], |state| row(settings, [state[0], state[1]]))
        })
    };
    (0..RAYS).flat_map(ray).collect()
}

/// K and √g over the chart, row by row from the lowest v; NaN where there is no metric.
pub fn sheet(settings: &Settings) -> Vec<f32> {
    let (mut curvature, mut area) = (Vec::new(), Vec::new());
    for place in grid(settings.chart(), CELLS, 0.5) {
        let metric = settings.field.metric(place, 2).ok();
        curvature.push(metric.map_or(f32::NAN, |metric| metric.curvature() as f32));
        area.push(metric.map_or(f32::NAN, |metric| metric.area() as f32));
    }
    [curvature, area].concat()
}

/// (u, v, E, F, G) of places spread over the chart.
pub fn rulers(settings: &Settings) -> Vec<[f32; 5]> {
    let one = |place: Place| {
        let [e, f, g] = settings.field.metric(place, 0).ok()?.g;
        Some([place[0], place[1], e, f, g].map(|x| x as f32))
    };
    grid(settings.chart(), RULERS, 0.5).filter_map(one).collect()
}

/// x, y, z over the chart, edges included.
pub fn surface(settings: &Settings) -> Vec<f32> {
    let place = |place: Place| settings.in_space(place).map(|x| x as f32);
    grid(settings.chart(), MESH, 0.0).flat_map(place).collect()
}

/// Places of a grid of `n` by `n`: in the middle of cells (`inset` ½), or from edge to edge (0).
fn grid([u0, u1, v0, v1]: [f64; 4], n: usize, inset: f64) -> impl Iterator<Item = Place> {
    let share = move |i: usize| (i as f64 + inset) / (n as f64 - 1.0 + 2.0 * inset);
    (0..n * n).map(move |i| [u0 + (u1 - u0) * share(i % n), v0 + (v1 - v0) * share(i / n)])
}
