//! The frames of the plane.

use super::{
    fields::{self, ARROWS, CELLS},
    session::PointsSession,
    settings::DenoiserKind,
};
use crate::labs::schedules;
use crate::runtime::{error::SessionError, frame::Frame};

/// Trajectories drawn at most.
const WAYS: usize = 64;
/// Points of the loss curve at most.
const LOSSES: usize = 1000;

/// The frame called `name`.
///
/// x, x0 [N, 2] · data [M, 2] · times [K + 1] · schedule [4, T + 1] · trajectories [≤ 64, computed + 1, 2] · field,
/// field_exact [24, 24, 2], scores · density, error [64, 64] · probe [2, S + 1, 2] · loss [n, 2] · sketch [500, 2] ·
/// fresh [n, 2] · race, race_lanes, race_now, race_floor.
pub fn frame(session: &PointsSession, name: &str) -> Result<Frame, SessionError> {
    let settings = &session.settings;
    let level = settings.noisy_level(session.at);
    let state = session.shown_state();
    Ok(match name {
        "x" => points("x", session.trajectory.states[state].clone()),
        "x0" => points("x0", clean(session, state)),
        "data" => points("data", settings.data.concat()),
        "fresh" => points("fresh", session.quality.fresh().to_vec()),
        "times" => {
            let times: Vec<_> = (0..=settings.length()).map(|k| settings.level(k).t as f32).collect();
            Frame::new("times", [times.len()], times)
        }
        "schedule" => schedules::frame(&settings.schedule),
        "trajectories" => ways(session),
        "field" => {
            let field = match settings.denoiser {
                DenoiserKind::Exact => fields::exact_scores(settings, level),
                DenoiserKind::Learned => {
                    session.shown.field.clone().unwrap_or_else(|| vec![0.0; 2 * ARROWS * ARROWS])
                }
            };
            Frame::new("field", [ARROWS, ARROWS, 2], field)
        }
        "field_exact" => {
            Frame::new("field_exact", [ARROWS, ARROWS, 2], fields::exact_scores(settings, level))
        }
        "density" => {
            let now = settings.level(session.at);
            Frame::new("density", [CELLS, CELLS], fields::density(settings, now))
        }
        "error" => {
            let other = SessionError::OtherView { frame: "error", view: "error" };
            Frame::new("error", [CELLS, CELLS], session.shown.error.clone().ok_or(other)?)
        }
        "probe" => {
            let still = || settings.probe.map(|x| x as f32).repeat(2 * (settings.steps() + 1));
            let ways = session.probe.clone().unwrap_or_else(still);
            Frame::new("probe", [2, settings.steps() + 1, 2], ways)
        }
        "loss" => losses(session),
        "sketch" => {
            let sketch = session.sketch.clone().unwrap_or_default();
            Frame::new("sketch", [sketch.len() / 2, 2], sketch)
        }
        other => {
            let race = session.race.frame(other, &session.course());
            return race.ok_or_else(|| SessionError::UnknownFrame(other.to_string()));
        }
    })
}

fn points(name: &'static str, values: Vec<f32>) -> Frame {
    Frame::new(name, [values.len() / 2, 2], values)
}

/// x̂_0 = (x − B ε)/A of every particle; x itself where the denoiser was not asked.
fn clean(session: &PointsSession, state: usize) -> Vec<f32> {
    let (x, level) = (&session.trajectory.states[state], session.settings.level(state));
    match &session.trajectory.beliefs[state] {
        None => x.clone(),
        Some(eps) => {
            let clean = |(x, eps): (&f32, &f32)| (f64::from(*x) - level.b * f64::from(*eps)) / level.a;
            x.iter().zip(eps).map(clean).map(|x| x as f32).collect()
        }
    }
}

fn ways(session: &PointsSession) -> Frame {
    let states = &session.trajectory.states;
    let count = session.settings.particles.min(WAYS);
    let way = |i: usize| states.iter().flat_map(move |state| [state[2 * i], state[2 * i + 1]]);
    Frame::new("trajectories", [count, states.len(), 2], (0..count).flat_map(way).collect())
}

/// (step, mean loss) of at most [`LOSSES`] stretches of equal length.
fn losses(session: &PointsSession) -> Frame {
    let losses = session.trainer.as_ref().map_or(&[][..], |trainer| &trainer.state().losses);
    let stretch = losses.len().div_ceil(LOSSES).max(1);
    let mean = |part: &[f32]| part.iter().map(|x| f64::from(*x)).sum::<f64>() / part.len() as f64;
    let rows = losses.chunks(stretch).enumerate();
    let rows: Vec<f32> =
        rows.flat_map(|(i, part)| [(i * stretch + part.len()) as f32, mean(part) as f32]).collect();
    Frame::new("loss", [rows.len() / 2, 2], rows)
}
