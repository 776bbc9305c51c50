//! The frames of the plane.

use super::{
    choices::DenoiserKind,
    fields::{ARROWS, CELLS},
    state::PointsLab,
};
use crate::labs::schedules;
use crate::runtime::{error::SessionError, frame::Frame};

/// Trajectories drawn at most.
const DRAWN: usize = 64;
/// Points of the loss curve at most.
const LOSSES: usize = 1000;

/// The frame called `name` at state `at`.
///
/// x, x0 [N, 2] · data [M, 2] · times [K + 1] · schedule [4, T + 1] · trajectories [≤ 64, computed + 1, 2] · field,
/// field_exact [24, 24, 2], scores · density, error [64, 64] · probe [2, S + 1, 2] · loss [n, 2] · sketch [500, 2] ·
/// fresh [n, 2] · race, race_lanes, race_now, race_floor.
pub fn frame(lab: &PointsLab, at: usize, name: &str) -> Result<Frame, SessionError> {
    let (plane, trajectory) = (&lab.plane, &lab.trajectory);
    let settings = &plane.settings;
    let level = settings.noisy_level(at);
    Ok(match name {
        "x" => points("x", trajectory.states[at].to_vec()),
        "x0" => points("x0", clean(lab, at)),
        "data" => points("data", settings.data.concat()),
        "fresh" => points("fresh", plane.quality.fresh().to_vec()),
        "times" => {
            let times: Vec<_> = (0..=settings.length()).map(|k| settings.level(k).t as f32).collect();
            Frame::new("times", [times.len()], times)
        }
        "schedule" => schedules::frame(&settings.schedule),
        "trajectories" => trajectories(lab),
        "field" => {
            let field = match settings.denoiser {
                DenoiserKind::Exact => lab.measured.scores(plane, level).to_vec(),
                DenoiserKind::Learned => {
                    lab.beside.field().map_or_else(|| vec![0.0; 2 * ARROWS * ARROWS], <[f32]>::to_vec)
                }
            };
            Frame::new("field", [ARROWS, ARROWS, 2], field)
        }
        "field_exact" => {
            Frame::new("field_exact", [ARROWS, ARROWS, 2], lab.measured.scores(plane, level).to_vec())
        }
        "density" => {
            let density = lab.measured.density(plane, settings.level(at));
            Frame::new("density", [CELLS, CELLS], density.to_vec())
        }
        "error" => {
            let other = SessionError::OtherView { frame: "error", view: "error" };
            Frame::new("error", [CELLS, CELLS], lab.beside.error().ok_or(other)?.to_vec())
        }
        "probe" => {
            let still = || settings.probe.map(|x| x as f32).repeat(2 * (settings.steps() + 1));
            let paths = lab.beside.probe(settings.probe).map_or_else(still, <[f32]>::to_vec);
            Frame::new("probe", [2, settings.steps() + 1, 2], paths)
        }
        "loss" => losses(lab.training.losses()),
        "sketch" => {
            let sketch = lab.sketch.as_deref().unwrap_or_default().to_vec();
            Frame::new("sketch", [sketch.len() / 2, 2], sketch)
        }
        other => {
            let race = lab.race.frame(other, plane);
            return race.ok_or_else(|| SessionError::UnknownFrame(other.to_string()));
        }
    })
}

fn points(name: &'static str, values: Vec<f32>) -> Frame {
    Frame::new(name, [values.len() / 2, 2], values)
}

/// x̂_0 = (x − B ε)/A of every particle; x itself where the denoiser was not asked.
fn clean(lab: &PointsLab, at: usize) -> Vec<f32> {
    let (x, level) = (&lab.trajectory.states[at], lab.plane.settings.level(at));
    match &lab.trajectory.predicted_noise[at] {
        None => x.to_vec(),
        Some(eps) => {
            let clean = |(x, eps): (&f32, &f32)| (f64::from(*x) - level.b * f64::from(*eps)) / level.a;
            x.iter().zip(&**eps).map(clean).map(|x| x as f32).collect()
        }
    }
}

fn trajectories(lab: &PointsLab) -> Frame {
    let states = &lab.trajectory.states;
    let count = lab.plane.settings.particles.min(DRAWN);
    let one = |i: usize| states.iter().flat_map(move |state| [state[2 * i], state[2 * i + 1]]);
    Frame::new("trajectories", [count, states.len(), 2], (0..count).flat_map(one).collect())
}

/// (step, mean loss) of at most [`LOSSES`] stretches of equal length.
fn losses(losses: &[f32]) -> Frame {
    let stretch = losses.len().div_ceil(LOSSES).max(1);
    let mean = |part: &[f32]| part.iter().map(|x| f64::from(*x)).sum::<f64>() / part.len() as f64;
    let rows = losses.chunks(stretch).enumerate();
    let rows: Vec<f32> =
        rows.flat_map(|(i, part)| [(i * stretch + part.len()) as f32, mean(part) as f32]).collect();
    Frame::new("loss", [rows.len() / 2, 2], rows)
}
