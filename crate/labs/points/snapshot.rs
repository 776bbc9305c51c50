//! A session's work as bytes: all of it for another engine, the part that is still true for changed settings.
//!
//! Four sections, each under the name of what it depends on: training, trajectory, race, claims.

use super::{
    claims::{Claims, DRAWS, LANES},
    session::PointsSession,
    settings::DenoiserKind,
    trajectory::Trajectory,
};
use crate::diffusion::{level::Level, solver::Memory};
use crate::labs::bytes::{Reader, Writer};
use crate::runtime::error::SessionError;
use crate::train::tab::state::TabState;

/// What was read and belongs to this session; `None` what belongs to another.
struct Parts {
    training: Option<TabState>,
    trajectory: Option<Built<Trajectory>>,
    race: Option<Built<Vec<f32>>>,
    claims: Option<Claims>,
    at: usize,
    whole: bool,
}

/// Something that a denoiser made.
struct Built<T> {
    /// Training steps of the network then.
    with: usize,
    what: T,
}

pub fn write(session: &PointsSession) -> Vec<u8> {
    let mut all = Writer::default();
    let contents = [training(session), trajectory(session), race(session), claims(&session.claims)];
    for (name, content) in names(session).iter().zip(contents) {
        all.bytes(name.as_bytes());
        all.bytes(&content.0);
    }
    all.word(session.at);
    all.0
}

/// Puts `session` where the writer stood. A damaged or foreign snapshot changes nothing.
pub fn adopt(session: &mut PointsSession, bytes: &[u8]) -> Result<(), SessionError> {
    let fits = |parts: &Parts| {
        let race = parts.race.as_ref().is_none_or(|race| race.what.len() == session.race.parts().len());
        parts.whole && race && parts.trajectory.is_some() && parts.at <= session.settings.length()
    };
    let parts = read(session, bytes).filter(fits).ok_or(SessionError::ForeignSnapshot)?;
    let at = parts.at;
    take(session, parts).ok_or(SessionError::ForeignSnapshot)?;
    // An engine that died in the middle of a pull may not have got as far as it meant to.
    session.at = at.min(session.trajectory.states.len() - 1);
    Ok(())
}

/// Takes what is still true for the settings of `session`.
///
/// A network that was trained longer than these settings say is of no use: it cannot be trained back.
pub fn inherit(session: &mut PointsSession, bytes: &[u8]) {
    let Some(mut parts) = read(session, bytes) else { return };
    parts.whole = false;
    parts.training = parts.training.filter(|state| state.at <= session.settings.trained);
    // What does not fit is as good as absent.
    let _ = take(session, parts);
}

fn names(session: &PointsSession) -> [String; 4] {
    let names = &session.names;
    let claims = format!("claims {}", session.settings.seed);
    [names.training.clone(), names.trajectory.clone(), names.race.clone(), claims]
}

fn read(session: &PointsSession, bytes: &[u8]) -> Option<Parts> {
    let mut reader = Reader(bytes);
    let mut whole = true;
    let mut contents = [None; 4];
    for (name, content) in names(session).iter().zip(&mut contents) {
        let ours = reader.bytes()? == name.as_bytes();
        let bytes = reader.bytes()?;
        *content = ours.then_some(bytes);
        whole &= ours;
    }
    let at = reader.word()?;
    reader.end()?;
    let [training, trajectory, race, claims] = contents;
    let parts = Parts {
        training: training.map(read_training).map_or(Some(None), |read| read.map(Some))?.flatten(),
        trajectory: trajectory
            .map(|bytes| read_trajectory(session, bytes))
            .map_or(Some(None), |read| read.map(Some))?,
        race: race.map(read_race).map_or(Some(None), |read| read.map(Some))?,
        claims: claims.map(|bytes| read_claims(session, bytes)).map_or(Some(None), |read| read.map(Some))?,
        at,
        whole,
    };
    Some(parts)
}

fn take(session: &mut PointsSession, parts: Parts) -> Option<()> {
    if let Some(state) = parts.training {
        session.ensure_trainer();
        session.trainer.as_mut().expect("a trainer").take_over(state)?;
        session.ensure_trainer();
    }
    let learned = session.settings.denoiser == DenoiserKind::Learned;
    let fits = |with: usize, trained: usize| !learned || with == trained;
    if let Some(built) = parts.trajectory {
        // A stale trajectory is still what is shown, until another state is asked for.
        (session.trajectory, session.built_with) = (built.what, built.with);
        if !fits(built.with, session.trained()) && !parts.whole {
            session.trajectory.forget(&session.settings);
            session.built_with = session.trained();
        }
    }
    if let Some(built) = parts.race
        && fits(built.with, session.trained())
    {
        session.race.take_over(built.what)?;
    }
    if let Some(claims) = parts.claims {
        session.claims = claims;
    }
    Some(())
}

fn training(session: &PointsSession) -> Writer {
    let mut writer = Writer::default();
    if let Some(trainer) = &session.trainer {
        let TabState { at, losses, numbers, .. } = trainer.state();
        writer.word(*at);
        writer.numbers(losses);
        writer.numbers(numbers);
    }
    writer
}

/// Inner `None`: nothing was trained.
fn read_training(bytes: &[u8]) -> Option<Option<TabState>> {
    if bytes.is_empty() {
        return Some(None);
    }
    let mut reader = Reader(bytes);
    let (at, losses, numbers) = (reader.word()?, reader.numbers()?, reader.numbers()?.into());
    let state = TabState { at, losses, numbers, ..TabState::default() };
    reader.end()?;
    Some(Some(state))
}

fn trajectory(session: &PointsSession) -> Writer {
    let Trajectory { states, beliefs, memory, calls } = &session.trajectory;
    let mut writer = Writer::default();
    writer.word(session.built_with);
    writer.word(*calls);
    writer.word(states.len());
    for (state, belief) in states.iter().zip(beliefs) {
        writer.numbers(state);
        // No belief is none of its numbers.
        writer.numbers(belief.as_deref().unwrap_or(&[]));
    }
    writer.word(memory.outputs.len());
    for (level, output) in &memory.outputs {
        [level.t, level.a, level.b].into_iter().for_each(|x| writer.real(x));
        writer.numbers(output);
    }
    writer.numbers(memory.last.as_deref().unwrap_or(&[]));
    writer
}

fn read_trajectory(session: &PointsSession, bytes: &[u8]) -> Option<Built<Trajectory>> {
    let mut reader = Reader(bytes);
    let size = 2 * session.settings.particles;
    let full = |numbers: Vec<f32>| (numbers.len() == size).then_some(numbers);
    let perhaps = |numbers: Vec<f32>| if numbers.is_empty() { Some(None) } else { full(numbers).map(Some) };
    let (with, calls, count) = (reader.word()?, reader.word()?, reader.word()?);
    if count == 0 || count > session.settings.length() + 1 {
        return None;
    }
    let (mut states, mut beliefs) = (Vec::new(), Vec::new());
    for _ in 0..count {
        states.push(full(reader.numbers()?)?);
        beliefs.push(perhaps(reader.numbers()?)?);
    }
    let mut outputs = Vec::new();
    for _ in 0..reader.word()?.min(2) {
        let level = Level { t: reader.real()?, a: reader.real()?, b: reader.real()? };
        outputs.push((level, full(reader.numbers()?)?));
    }
    let last = perhaps(reader.numbers()?)?;
    reader.end()?;
    Some(Built { with, what: Trajectory { states, beliefs, memory: Memory { outputs, last }, calls } })
}

fn race(session: &PointsSession) -> Writer {
    let mut writer = Writer::default();
    writer.word(session.trained());
    writer.numbers(session.race.parts());
    writer
}

fn read_race(bytes: &[u8]) -> Option<Built<Vec<f32>>> {
    let mut reader = Reader(bytes);
    let built = Built { with: reader.word()?, what: reader.any_numbers()? };
    reader.end()?;
    Some(built)
}

fn claims(claims: &Claims) -> Writer {
    let mut writer = Writer::default();
    writer.word(claims.done);
    writer.numbers(&claims.x);
    writer.word(claims.spreads.len());
    claims.spreads.iter().chain(&claims.squares).for_each(|x| writer.real(*x));
    writer
}

fn read_claims(session: &PointsSession, bytes: &[u8]) -> Option<Claims> {
    let mut reader = Reader(bytes);
    let mut claims = Claims::new(session.settings.seed);
    (claims.done, claims.x) = (reader.word()?, reader.numbers()?);
    let count = reader.word()?;
    let finished = claims.finished();
    claims.spreads = (0..count.min(LANES * 4)).map(|_| reader.real()).collect::<Option<_>>()?;
    claims.squares = [reader.real()?, reader.real()?];
    reader.end()?;
    let fits = claims.x.len() == LANES * DRAWS && claims.spreads.len() == LANES * finished;
    (fits && claims.done <= claims.progress().total).then_some(claims)
}
