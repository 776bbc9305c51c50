//! The frames by name.

use super::{
    settings::{Part, STATES, Settings},
    state::{DRAWN, Flowing, SHAKES},
};
use crate::downhill::{descent::proximal, grid::Flow, landscape::Place};
use crate::runtime::{error::SessionError, frame::Frame};

/// Places of the section that a proximal step is shown in.
const SECTION: usize = 81;
/// A step that is shorter, against where it is taken, has no direction.
const REST: f64 = 1e-9;
/// Arrows along the line.
const ARROWS: usize = 41;
/// Particles on the line that are drawn.
const DOTS: usize = 240;
/// Arrows a side of the plane.
const FIELD: usize = 19;
/// Cells that hold less of the most than this have no string.
const THIN: f64 = 0.01;
/// Rows and columns of the map.
const SIDE: usize = 160;

pub fn frame(lab: &Flowing, at: usize, name: &str) -> Result<Frame, SessionError> {
    let settings = &lab.settings;
    let rows = |name: &'static str, width: usize, data: Vec<f32>| {
        Ok(Frame::new(name, [data.len() / width, width], data))
    };
    // What does not roll is not drawn, and nothing is computed for it.
    if let Some(empty) = elsewhere(settings.part, name) {
        return Ok(empty);
    }
    match name {
        "window" => rows("window", 4, settings.known.window.map(|x| x as f32).to_vec()),
        "paths" => Ok(paths(lab)),
        "heights" => Ok(heights(lab)),
        "charted" => Ok(charted(lab)),
        "compass" => rows("compass", 5, compass(settings)),
        "section" => rows("section", 4, section(lab, at)),
        "grid" => {
            let line = settings.race().line;
            rows("grid", 3, vec![line.left as f32, line.width as f32, line.cells as f32])
        }
        "target" => {
            let flow = Flow::new(settings.race().line, settings.energy, &settings.target);
            Ok(Frame::new("target", [flow.target.len()], flow.target.iter().map(|p| *p as f32).collect()))
        }
        "lanes" => Ok(lanes(lab, at)),
        "dots" => Ok(dots(lab, at)),
        "falls" => Ok(falls(lab)),
        "arrows" => rows("arrows", 3, arrows(lab, at)),
        "jump" => rows("jump", 5, jump(lab)),
        "cloud" => Ok(cloud(lab, "cloud", 0)),
        "cloud2" => Ok(cloud(lab, "cloud2", 1)),
        "cloud3" => Ok(cloud(lab, "cloud3", 2)),
        "cloud4" => Ok(cloud(lab, "cloud4", 3)),
        "heap1" => Ok(heap(lab, "heap1", 0)),
        "heap2" => Ok(heap(lab, "heap2", 1)),
        "heap3" => Ok(heap(lab, "heap3", 2)),
        "heap4" => Ok(heap(lab, "heap4", 3)),
        "sheet" => {
            let sheet = lab.arena().map(|arena| (arena.sheet.grid.window, arena.sheet.lowest()));
            let ([a, b, c, d], lowest) = sheet.unwrap_or(([f64::NAN; 4], f64::NAN));
            rows("sheet", 5, [a, b, c, d, lowest].map(|x| x as f32).to_vec())
        }
        "read" => Ok(read(lab)),
        "map" => Ok(map(settings)),
        "plan" => rows("plan", 5, plan(lab)),
        "settled" => Ok(settled(lab)),
        "plan_window" => rows("plan_window", 4, plan_window(lab)),
        "data" => rows("data", 2, lab.ways().data.concat()),
        "field" => rows("field", 2, lab.ways().bridge.field(at, FIELD)),
        "ways" => {
            let all = lab.ways().at(at);
            Ok(Frame::new("ways", [all.len(), all[0].len() / 2, 2], all.concat()))
        }
        other => Err(SessionError::UnknownFrame(other.to_owned())),
    }
}

/// An empty frame, if `name` belongs to what does not roll now.
fn elsewhere(part: Part, name: &str) -> Option<Frame> {
    let all: [(&'static str, Part, usize); 23] = [
        ("paths", Part::Point, 2),
        ("heights", Part::Point, 1),
        ("compass", Part::Point, 5),
        ("charted", Part::Point, 2),
        ("section", Part::Point, 4),
        ("target", Part::Line, 1),
        ("lanes", Part::Line, 1),
        ("dots", Part::Line, 1),
        ("falls", Part::Line, 1),
        ("arrows", Part::Line, 3),
        ("jump", Part::Line, 5),
        ("plan", Part::Plane, 5),
        ("settled", Part::Plane, 1),
        ("plan_window", Part::Plane, 4),
        ("heap1", Part::Plane, 1),
        ("heap2", Part::Plane, 1),
        ("heap3", Part::Plane, 1),
        ("heap4", Part::Plane, 1),
        ("sheet", Part::Plane, 5),
        ("read", Part::Plane, 1),
        ("data", Part::Bridge, 2),
        ("field", Part::Bridge, 2),
        ("ways", Part::Bridge, 2),
    ];
    let (name, _, width) = all.into_iter().find(|(one, of, _)| *one == name && *of != part)?;
    Some(Frame::new(name, [0, width], Vec::new()))
}

/// What a fingerprint is made of.
pub fn proof(lab: &Flowing, at: usize) -> Vec<f32> {
    match lab.settings.part {
        Part::Point => {
            lab.paths().iter().flat_map(|way| way[at.min(way.len() - 1)]).map(|x| x as f32).collect()
        }
        Part::Line => lanes(lab, at).data.into_iter().filter(|x| x.is_finite()).collect(),
        Part::Bridge => lab.ways().at(at).concat(),
        Part::Plane => {
            // Of one cloud what it always was; of a density its heap, and what stands beside the first is told by what is read of it.
            let first = lab.cloud(0).iter().take(2000).flatten().map(|x| *x as f32);
            let heap = heap(lab, "heap1", 0).data;
            let beside = lab.read()[at.min(lab.read().len() - 1)][1..].iter().flat_map(|one| {
                [one.mean[0], one.mean[1], one.variance[0], one.variance[1]].map(|x| x as f32)
            });
            first.chain(heap).chain(beside).filter(|x| x.is_finite()).collect()
        }
    }
}

/// A row a particle of lane `k`.
fn cloud(lab: &Flowing, name: &'static str, k: usize) -> Frame {
    let data: Vec<f32> = lab.cloud(k).iter().flatten().map(|x| *x as f32).collect();
    Frame::new(name, [data.len() / 2, 2], data)
}

/// [side, side], the lowest row first: the density of lane `k`, if it is one on cells.
fn heap(lab: &Flowing, name: &'static str, k: usize) -> Frame {
    let density = lab.lane(k).filter(|(geometry, _)| geometry.is_on_cells());
    let Some(((_, state), arena)) = density.zip(lab.arena()) else {
        return Frame::new(name, [0, 1], Vec::new());
    };
    let [wide, high] = arena.sheet.grid.cell();
    let side = arena.sheet.grid.side;
    Frame::new(name, [side, side], state.mass.iter().map(|m| (m / (wide * high)) as f32).collect())
}

/// Numbers that are read of a lane of the plane.
const READ: usize = 7;

/// [lanes, states + 1, 7]: F, W₂ at least, mass, mean x and y, variance of x and y; NaN where no state was reached yet.
fn read(lab: &Flowing) -> Frame {
    let lanes = lab.read().first().map_or(0, Vec::len);
    let mut data = Vec::with_capacity(lanes * (SHAKES + 1) * READ);
    for lane in 0..lanes {
        for state in 0..=SHAKES {
            let one = lab.read().get(state).map(|all| &all[lane]);
            let numbers = one.map_or([f64::NAN; READ], |one| {
                [one.energy, one.w2, one.mass, one.mean[0], one.mean[1], one.variance[0], one.variance[1]]
            });
            data.extend(numbers.map(|x| x as f32));
        }
    }
    Frame::new("read", [lanes, SHAKES + 1, READ], data)
}

/// [160, 160]: f over the window, the lowest row first; NaN where it has no value.
fn map(settings: &Settings) -> Frame {
    let [x0, x1, y0, y1] = settings.known.window;
    let at = |low: f64, high: f64, k: usize| low + k as f64 / (SIDE - 1) as f64 * (high - low);
    let height = |i: usize| settings.land.height([at(x0, x1, i % SIDE), at(y0, y1, i / SIDE)]);
    let value = |f: f64| if f.is_finite() { f as f32 } else { f32::NAN };
    Frame::new("map", [SIDE, SIDE], (0..SIDE * SIDE).map(|i| value(height(i))).collect())
}

/// [4, steps + 1, 2]; NaN from where a way ends.
fn paths(lab: &Flowing) -> Frame {
    drawn("paths", lab.paths().iter(), lab.settings.steps + 1)
}

/// [3, so many times steps + 1, 2]: the flow of ℓ2 in other parameters, and the natural gradient's in the old ones and the others.
fn charted(lab: &Flowing) -> Frame {
    let all = lab.charted().into_iter().flat_map(|all| std::iter::once(&all.moved).chain(&all.natural));
    let finer = lab.charted().map_or(1, |all| all.finer);
    drawn("charted", all, lab.settings.steps * finer + 1)
}

fn drawn<'a>(name: &'static str, ways: impl Iterator<Item = &'a Vec<Place>>, states: usize) -> Frame {
    let place = |way: &Vec<Place>, k: usize| way.get(k).copied().unwrap_or([f64::NAN; 2]);
    let all = ways.flat_map(|way| (0..states).flat_map(move |k| place(way, k)));
    let data: Vec<f32> = all.map(|x| x as f32).collect();
    Frame::new(name, [data.len() / (2 * states), states, 2], data)
}

/// [4, steps + 1]: f along the ways.
fn heights(lab: &Flowing) -> Frame {
    let states = lab.settings.steps + 1;
    let height =
        |way: &Vec<Place>, k: usize| way.get(k).map_or(f64::NAN, |place| lab.settings.land.height(*place));
    let all = lab.paths().iter().flat_map(|way| (0..states).map(move |k| height(way, k) as f32));
    Frame::new("heights", [4, states], all.collect())
}

/// A row a norm: the steepest direction at the start, how fast it goes down, and the weights of a round ball (NaN where it has
/// corners; all NaN where there is no such norm).
fn compass(settings: &Settings) -> Vec<f32> {
    use crate::downhill::norm::Norm;
    let slope = settings.land.slope(settings.start);
    let row = |norm: &Option<Norm>| {
        let Some((norm, slope)) = norm.zip(slope) else { return [f64::NAN; 5] };
        let [x, y] = norm.steepest(slope);
        let [m, n] = match norm {
            Norm::L2 => [1.0; 2],
            Norm::Diagonal(weights) => weights,
            _ => [f64::NAN; 2],
        };
        [x, y, norm.dual(slope), m, n]
    };
    settings.norms.iter().flat_map(row).map(|x| x as f32).collect()
}

/// The proximal step after state `at`, cut along the line from where it starts to where it comes: how far, f, f with the parabola, and
/// what the explicit step believes with the same parabola.
fn section(lab: &Flowing, at: usize) -> Vec<f32> {
    let Settings { land, alpha, .. } = &lab.settings;
    let way = &lab.paths()[2];
    let from = way[at.min(way.len() - 1)];
    let (Some(to), Some(ground)) = (proximal(land, from, *alpha), land.ground(from)) else {
        return Vec::new();
    };
    // At rest a step is rounding and points anywhere: then the line that was come by, if there was one.
    let ways = [minus(to, from), ground.slope.map(|x| -alpha * x), minus(from, way[0])];
    let size = 1.0 + from[0].abs() + from[1].abs();
    let along = ways.into_iter().find(|by| long(*by) > REST * size).map_or([1.0, 0.0], unit);
    let gap = long(minus(to, from));
    let explicit = -alpha * (ground.slope[0] * along[0] + ground.slope[1] * along[1]);
    let far = (1.6 * gap.max(explicit.abs())).max(0.4);
    (0..SECTION)
        .flat_map(|k| {
            let s = -0.35 * far + 1.35 * far * k as f64 / (SECTION - 1) as f64;
            let f = land.height([0, 1].map(|i| from[i] + s * along[i]));
            let parabola = s * s / (2.0 * alpha);
            let line = ground.height + s * (ground.slope[0] * along[0] + ground.slope[1] * along[1]);
            [s, f, f + parabola, line + parabola]
        })
        .map(|x| x as f32)
        .collect()
}

/// A row a cell that mass leaves, every other one each way: where it is, where its mass arrives in the mean, and how much of it there is
/// over the most.
fn plan(lab: &Flowing) -> Vec<f32> {
    let Some((step, plan)) = lab.transport().and_then(|all| Some((all.step, all.plan.as_ref()?))) else {
        return Vec::new();
    };
    let (side, most) = (step.grid.side, plan.before.iter().copied().fold(0.0, f64::max));
    (0..side * side)
        .filter(|i| i % side % 2 == 0 && i / side % 2 == 0 && plan.before[*i] > THIN * most)
        .flat_map(|i| {
            let ([x, y], [u, v]) = (step.grid.place(i), plan.arrives[i]);
            [x, y, u, v, plan.before[i] / most]
        })
        .map(|x| x as f32)
        .collect()
}

/// [side, side], the lowest row first: the density that arrives.
fn settled(lab: &Flowing) -> Frame {
    let Some((step, plan)) = lab.transport().and_then(|all| Some((all.step, all.plan.as_ref()?))) else {
        return Frame::new("settled", [0, 1], Vec::new());
    };
    let side = step.grid.side;
    let [wide, high] = step.grid.cell();
    let density = plan.after.iter().map(|mass| (mass / (wide * high)) as f32);
    Frame::new("settled", [side, side], density.collect())
}

/// The window of its cells.
fn plan_window(lab: &Flowing) -> Vec<f32> {
    lab.transport().map_or(Vec::new(), |all| all.step.grid.window.map(|x| x as f32).to_vec())
}

fn minus(a: Place, b: Place) -> Place {
    [a[0] - b[0], a[1] - b[1]]
}

fn long([x, y]: Place) -> f64 {
    libm::hypot(x, y)
}

fn unit(by: Place) -> Place {
    by.map(|x| x / long(by))
}

/// [4, cells]: the density of each lane; NaN where there is none.
fn lanes(lab: &Flowing, at: usize) -> Frame {
    let cells = lab.settings.race().line.cells;
    let all = lab.lanes().iter().flat_map(|lane| match lane {
        Some(states) => states[at.min(STATES)].density.iter().map(|q| *q as f32).collect(),
        None => vec![f32::NAN; cells],
    });
    Frame::new("lanes", [4, cells], all.collect())
}

/// [4, 240]: where some of each lane's particles stand; NaN beyond.
fn dots(lab: &Flowing, at: usize) -> Frame {
    let all = lab.lanes().iter().flat_map(|lane| {
        let particles = lane.as_ref().map_or(&[][..], |states| &states[at.min(STATES)].particles[..]);
        // Evenly chosen: particles without noise stand in order.
        let place = |i: usize| if particles.len() > DOTS { i * particles.len() / DOTS } else { i };
        (0..DOTS).map(|i| particles.get(place(i)).map_or(f32::NAN, |x| *x as f32)).collect::<Vec<_>>()
    });
    Frame::new("dots", [4, DOTS], all.collect())
}

/// [4, states + 1]: KL from the target along each lane.
fn falls(lab: &Flowing) -> Frame {
    let flow = Flow::new(lab.settings.race().line, lab.settings.energy, &lab.settings.target);
    let all = lab.lanes().iter().flat_map(|lane| match lane {
        Some(states) => states.iter().map(|state| flow.kl(&state.density) as f32).collect(),
        None => vec![f32::NAN; STATES + 1],
    });
    Frame::new("falls", [4, STATES + 1], all.collect())
}

/// A row a place: x, how fast mass is pushed there, and how much of it there is: r² f″(r) ∇ ln r of the first lane's density.
fn arrows(lab: &Flowing, at: usize) -> Vec<f32> {
    let race = lab.settings.race();
    let Some(states) = lab.lanes().iter().flatten().next() else { return Vec::new() };
    let q = &states[at.min(STATES)].density;
    let line = race.line;
    let faces = race.velocity(q);
    (0..ARROWS)
        .flat_map(|k| {
            let i = 1 + k * (line.cells - 3) / (ARROWS - 1);
            let x = line.centre(i);
            [x, race.read(&faces, x), q[i]]
        })
        .map(|x| x as f32)
        .collect()
}

/// A row a quantile: where it stands before the last proximal step, the density there, where after, the density there, and where the
/// explicit step of the same size would have put it.
fn jump(lab: &Flowing) -> Vec<f32> {
    let Some([before, after]) = lab.drawn() else { return Vec::new() };
    let (first, last) = (before.density(), after.density());
    let score = |k: usize| {
        let (a, b) = (k.max(1) - 1, (k + 1).min(DRAWN));
        let (high, low) = (libm::log(first[b]), libm::log(first[a]));
        (high - low) / (before.places[b] - before.places[a])
    };
    (0..=DRAWN)
        .flat_map(|k| {
            let x = before.places[k];
            let explicit = x - lab.settings.jump * (lab.settings.target.slopes(x)[0] + score(k));
            [x, first[k], after.places[k], last[k], explicit]
        })
        .map(|x| x as f32)
        .collect()
}
