//! The frames of the sheet.

use super::{
    curves::{self, ALONG, CELLS, MESH, RAYS, SMOOTH},
    instruments,
    state::Riemann,
};
use crate::geometry::{
    Place,
    geodesic::{Carry, Trace, start},
    gradient::{Coordinates, Gradient, divergence},
    shooting::Connection,
};
use crate::runtime::{error::SessionError, frame::Frame};

/// Places of a side of a triangle.
const SIDE: usize = 48;
/// Most places of a curve that somebody asks for by number.
const MOST: usize = 20_000;

/// The frame called `name` at state `at`. A row (u, v, x, y, z) is a place and where it is in space, NaN if nowhere.
///
/// chart [4] · ant [15] · path [n, 8], also path:10000 · sheet [2, 72, 72] · rulers [≤ 121, 5] · surface [49, 49, 3] ·
/// fan [48, 41, 5] · way, ways [n, 5] · round [n, 7] · triangle [3 · 49, 5] · circle [n, 5] · region, hole [n, 2] ·
/// natural, ordinary, logarithmic [121, 3] (μ, σ, KL; empty but for Gaussians) · compared [9, 4] · orbit [2, n, 2].
pub fn frame(lab: &Riemann, at: usize, name: &str) -> Result<Frame, SessionError> {
    let (settings, drawn) = (&lab.settings, lab.drawn());
    Ok(match name {
        "chart" => Frame::new("chart", [4], settings.chart().map(|x| x as f32).to_vec()),
        "ant" => Frame::new("ant", [15], curves::ant(lab, at)),
        "path" => rows("path", curves::path(lab, SMOOTH)),
        "sheet" => Frame::new("sheet", [2, CELLS, CELLS], curves::sheet(settings)),
        "rulers" => rows("rulers", curves::rulers(settings)),
        "surface" => Frame::new("surface", [MESH, MESH, 3], curves::surface(settings)),
        "fan" => Frame::new("fan", [RAYS, ALONG + 1, 5], curves::fan(&drawn.settings).concat()),
        "way" => rows("way", connected(drawn, drawn.way())),
        "ways" => rows("ways", connected(drawn, second(drawn))),
        "round" => rows("round", round(drawn)),
        "triangle" => rows("triangle", triangle(drawn)),
        "circle" => {
            let rim = drawn.circle().map_or(Vec::new(), |circle| circle.rim.clone());
            rows("circle", rim.into_iter().map(|place| curves::row(settings, place)).collect())
        }
        "region" => {
            let corners = instruments::outline(settings).unwrap_or_default();
            rows("region", corners.into_iter().map(|corner| corner.map(|x| x as f32)).collect())
        }
        "hole" => {
            let ring = lab.ring().filter(|_| settings.hole > 0.0);
            let corners = ring.map_or(Vec::new(), |ring| ring.inner());
            rows("hole", corners.into_iter().map(|corner| corner.map(|x| x as f32)).collect())
        }
        "natural" => rows("natural", flow(lab, Gradient::Natural, Coordinates::Deviation)),
        "ordinary" => rows("ordinary", flow(lab, Gradient::Ordinary, Coordinates::Deviation)),
        "logarithmic" => rows("logarithmic", flow(lab, Gradient::Ordinary, Coordinates::Logarithm)),
        "compared" => {
            let all = instruments::compared(settings);
            rows("compared", all.into_iter().map(|row| row.map(|x| x as f32)).collect())
        }
        "orbit" => orbit(lab),
        other => {
            let places = other.strip_prefix("path:").and_then(|n| n.parse().ok());
            match places.filter(|n| (1..=MOST).contains(n)) {
                Some(places) => rows("path", curves::path(lab, places)),
                None => return Err(SessionError::UnknownFrame(other.to_owned())),
            }
        }
    })
}

fn rows<const N: usize>(name: &'static str, rows: Vec<[f32; N]>) -> Frame {
    Frame::new(name, [rows.len(), N], rows.concat())
}

fn connected(lab: &Riemann, way: Option<&Connection>) -> Vec<[f32; 5]> {
    way.map_or(Vec::new(), |way| curves::way(&lab.settings, way, SMOOTH / 2))
}

/// The shortest way that is another than the first.
pub fn second(lab: &Riemann) -> Option<&Connection> {
    let first = lab.way().map_or(0.0, |way| way.length);
    lab.ways().iter().find(|way| way.length > first + 1e-6)
}

/// A flow as it is drawn: μ, σ, and KL there.
fn flow(lab: &Riemann, gradient: Gradient, coordinates: Coordinates) -> Vec<[f32; 3]> {
    let all = lab.flow(gradient, coordinates).unwrap_or_default();
    let row = |place: Place| [place[0], place[1], divergence(place, lab.settings.second)].map(|x| x as f32);
    all.into_iter().map(row).collect()
}

/// The loop with the arrow: u, v, x, y, z, and its direction.
fn round(lab: &Riemann) -> Vec<[f32; 7]> {
    let Some(carried) = lab.carried() else { return Vec::new() };
    let arrow = |(place, turned): &(Place, f64)| {
        let way = lab.settings.field.metric(*place, 0).map_or([0.0; 2], |metric| metric.direction(*turned));
        let [u, v, x, y, z] = curves::row(&lab.settings, *place);
        [u, v, x, y, z, way[0] as f32, way[1] as f32]
    };
    carried.way.iter().map(arrow).collect()
}

fn triangle(lab: &Riemann) -> Vec<[f32; 5]> {
    let (settings, Some(triangle)) = (&lab.settings, lab.triangle()) else { return Vec::new() };
    let mut all = Vec::new();
    for (corner, side) in triangle.corners.iter().zip(&triangle.sides) {
        let Ok(from) = start(&settings.field, *corner, side.heading) else { continue };
        let trace = Trace::of(&settings.field, from, side.length, Carry::Nothing);
        all.extend((0..=SIDE).map(|k| {
            let state = trace.at(side.length * k as f64 / SIDE as f64);
            curves::row(settings, [state[0], state[1]])
        }));
    }
    all
}

fn orbit(lab: &Riemann) -> Frame {
    let flat = |places: &[Place]| places.iter().flatten().map(|x| *x as f32).collect::<Vec<_>>();
    match lab.orbit() {
        Some(orbit) => {
            let both = [flat(&orbit.newton), flat(&orbit.geodesic)].concat();
            Frame::new("orbit", [2, orbit.newton.len(), 2], both)
        }
        None => Frame::new("orbit", [2, 0, 2], Vec::new()),
    }
}
