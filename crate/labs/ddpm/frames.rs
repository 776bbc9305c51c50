//! The frames: what the page draws of the state shown.

use super::{session::DdpmSession, settings::Move};
use crate::diffusion::level::Level;
use crate::labs::schedules;
use crate::runtime::{error::SessionError, frame::Frame};

/// Most numbers in a film: of a longer one every few states are shown.
const MOST_OF_FILM: usize = 2 << 20;

/// The frame called `name`.
pub fn of(session: &DdpmSession, name: &str) -> Result<Frame, SessionError> {
    let (settings, shape) = (&session.settings, session.settings.gallery.shape());
    let shown = session.shown();
    let batch = |name, values| Frame::new(name, [&[settings.samples][..], &shape].concat(), values);
    let level = session.tree.tracks[session.track].route.levels[session.at];
    let schedule = &rule_of_shown(session).schedule;
    Ok(match name {
        "x" => batch("x", shown.x.clone()),
        "eps" => batch("eps", belief(session)),
        "x0" => batch("x0", finished(session, level)),
        "building" if falls(session) => batch("building", settings.picture.repeat(settings.samples)),
        "building" => batch("building", finished(session, level)),
        "rubble" if falls(session) => batch("rubble", true_noise(session, level)),
        "rubble" => batch("rubble", belief(session)),
        "film" => {
            let states = filmed(session);
            let pictures = states
                .iter()
                .flat_map(|&k| session.sample(&session.state(session.track, k).x, settings.selected));
            Frame::new("film", [&[states.len()][..], &shape].concat(), pictures.copied().collect())
        }
        "film_states" => {
            let states: Vec<_> = filmed(session).into_iter().map(|k| k as f32).collect();
            Frame::new("film_states", [states.len()], states)
        }
        "tracks" => {
            let tracks = 0..session.tree.tracks.len();
            let pictures =
                tracks.flat_map(|j| session.sample(&session.state(j, session.at).x, settings.selected));
            let shape = [&[session.tree.tracks.len()][..], &shape].concat();
            Frame::new("tracks", shape, pictures.copied().collect())
        }
        "distances" => distances(session),
        "ruin" => session.ruins.frame(shape),
        "ruin_t" => session.ruins.times(),
        "ruin_distance" => session.ruins.distances(&settings.picture),
        "picture" => Frame::new("picture", shape, settings.picture.clone()),
        "schedule" => schedules::frame(schedule),
        "times" => {
            let levels = &session.tree.tracks[session.track].route.levels;
            Frame::new("times", [levels.len()], levels.iter().map(|level| level.t as f32).collect())
        }
        other => {
            let race = session.race.frame(other, &session.course());
            return race.ok_or_else(|| SessionError::UnknownFrame(other.to_string()));
        }
    })
}

/// The rule in force at the state shown.
fn rule_of_shown(session: &DdpmSession) -> &super::rule::Rule {
    &session.tree.tracks[session.tree.owner(session.track, session.at)].route.rule
}

/// Whether the state shown came by mixing noise into the picture.
fn falls(session: &DdpmSession) -> bool {
    let settings = &session.settings;
    session.at <= settings.demolished() && settings.move_from(0) == Move::Fall
}

/// ε at the state shown, zero while nothing was asked.
fn belief(session: &DdpmSession) -> Vec<f32> {
    let state = session.shown();
    state.eps.clone().unwrap_or_else(|| vec![0.0; state.x.len()])
}

/// x̂_0 at the state shown.
fn finished(session: &DdpmSession, level: Level) -> Vec<f32> {
    let Level { a, b, .. } = level;
    let picture = session.shown().x.iter().zip(belief(session));
    picture.map(|(x, eps)| ((f64::from(*x) - b * f64::from(eps)) / a) as f32).collect()
}

/// (x_t − A_t x_0)/B_t, what x holds besides the picture that falls; nothing at t = 0.
fn true_noise(session: &DdpmSession, level: Level) -> Vec<f32> {
    let Level { a, b, .. } = level;
    let state = &session.shown().x;
    if b == 0.0 {
        return vec![0.0; state.len()];
    }
    let pairs = state.iter().zip(session.settings.picture.iter().cycle());
    pairs.map(|(x, x0)| ((f64::from(*x) - a * f64::from(*x0)) / b) as f32).collect()
}

/// The states in the film: all, or evenly chosen ones, of those that are kept.
fn filmed(session: &DdpmSession) -> Vec<usize> {
    let track = session.track;
    let end = session.tree.end(track);
    let every = ((end + 1) * session.settings.picture.len()).div_ceil(MOST_OF_FILM);
    let kept = |k: &usize| k.is_multiple_of(every) && session.tree.state(track, *k).is_some();
    (0..=end).filter(kept).collect()
}

/// [tracks, K + 1]: how far the selected sample of each track lies from its parent's at each state; 0 before the
/// fork, −1 where it is not computed.
fn distances(session: &DdpmSession) -> Frame {
    let (states, sample) = (session.settings.length() + 1, session.settings.selected);
    let rows = (0..session.tree.tracks.len()).flat_map(|j| {
        let (track, end) = (&session.tree.tracks[j], session.tree.end(j));
        (0..states).map(move |k| match track.gaps.get(k.wrapping_sub(track.route.at)) {
            Some(gaps) => gaps[sample],
            None if k > end => -1.0,
            None => 0.0,
        })
    });
    Frame::new("distances", [session.tree.tracks.len(), states], rows.collect())
}
