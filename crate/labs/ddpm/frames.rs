//! The frames: what the page draws of the state shown.

use super::{settings::Settings, state::Ddpm};
use crate::diffusion::level::Level;
use crate::labs::schedules;
use crate::runtime::{error::SessionError, frame::Frame};

/// Most numbers in a film: of a longer one every few states are shown.
const MOST_OF_FILM: usize = 2 << 20;

/// The frame called `name` at state `at`, which was reached.
///
/// "film:FROM", "film_x0:FROM" and "film_states:FROM" are the part of the film from state FROM on: what a page has
/// already need not travel again.
pub fn of(run: &Ddpm, at: usize, name: &str) -> Result<Frame, SessionError> {
    let (settings, tree, shape) = (&run.settings, &run.tree, run.settings.gallery.shape());
    let batch = |name, values| Frame::new(name, [&[settings.samples][..], &shape].concat(), values);
    let trajectory = &tree.forks[run.fork].trajectory;
    let level = trajectory.levels[at];
    Ok(match name {
        "x" => batch("x", run.shown(at).x.clone()),
        "eps" => batch("eps", predicted_noise(run, at, name)?),
        "x0" => batch("x0", predicted_picture(run, at, level, name)?),
        "building" if run.falls(at) => batch("building", settings.picture.repeat(settings.samples)),
        "building" => batch("building", predicted_picture(run, at, level, name)?),
        "rubble" if run.falls(at) => batch("rubble", true_noise(settings, &run.shown(at).x, level)),
        "rubble" => batch("rubble", predicted_noise(run, at, name)?),
        "tracks" => {
            let pictures = (0..tree.forks.len()).flat_map(|j| run.selected(&run.state(j, at).x));
            let shape = [&[tree.forks.len()][..], &shape].concat();
            Frame::new("tracks", shape, pictures.copied().collect())
        }
        "distances" => distances(run),
        "partial_noising" => run.partial_noising.frame(shape),
        "partial_noising_t" => run.partial_noising.times(),
        "partial_noising_distance" => run.partial_noising.distances(&settings.picture),
        "picture" => Frame::new("picture", shape, settings.picture.clone()),
        "schedule" => {
            let in_force = &tree.forks[tree.owner(run.fork, at)].trajectory.config;
            schedules::frame(&in_force.schedule)
        }
        "times" => {
            let times = trajectory.levels.iter().map(|level| level.t as f32);
            Frame::new("times", [trajectory.levels.len()], times.collect())
        }
        other => return film(run, other).map_or_else(|| race(run, other), Ok),
    })
}

/// The frame `name`, if it is one of the race's.
fn race(run: &Ddpm, name: &str) -> Result<Frame, SessionError> {
    let unknown = || SessionError::UnknownFrame(name.to_owned());
    match &run.network {
        Some(network) => network.race_frame(name, &run.settings).ok_or_else(unknown),
        None => match name {
            "race" | "race_lanes" | "race_now" | "race_floor" => Err(SessionError::NotYet(name.to_owned())),
            _ => Err(unknown()),
        },
    }
}

/// ε at state `at`, zero while nothing was asked.
fn predicted_noise(run: &Ddpm, at: usize, name: &str) -> Result<Vec<f32>, SessionError> {
    let state = run.shown(at);
    match (&state.eps, &run.network) {
        (Some(eps), _) => Ok(eps.clone()),
        (None, Some(_)) => Ok(vec![0.0; state.x.len()]),
        (None, None) => Err(SessionError::NotYet(name.to_owned())),
    }
}

/// x̂_0 at state `at`.
fn predicted_picture(run: &Ddpm, at: usize, level: Level, name: &str) -> Result<Vec<f32>, SessionError> {
    let Level { a, b, .. } = level;
    let eps = predicted_noise(run, at, name)?;
    let picture = run.shown(at).x.iter().zip(eps);
    Ok(picture.map(|(x, eps)| ((f64::from(*x) - b * f64::from(eps)) / a) as f32).collect())
}

/// (x_t − A_t x_0)/B_t, what `x` at `level` holds besides the picture that falls; nothing at t = 0.
fn true_noise(settings: &Settings, x: &[f32], level: Level) -> Vec<f32> {
    let Level { a, b, .. } = level;
    if b == 0.0 {
        return vec![0.0; x.len()];
    }
    let pairs = x.iter().zip(settings.picture.iter().cycle());
    pairs.map(|(x, x0)| ((f64::from(*x) - a * f64::from(*x0)) / b) as f32).collect()
}

/// The film of the selected sample on the fork shown, or which states are in it, if that is what `name` says.
fn film(run: &Ddpm, name: &str) -> Option<Frame> {
    let (name, from) = match name.split_once(':') {
        Some((name, from)) => (name, from.parse().ok()?),
        None => (name, 0),
    };
    let states = || filmed(run).into_iter().filter(|k| *k >= from).collect::<Vec<_>>();
    match name {
        "film" => {
            let states = states();
            let shape = [&[states.len()][..], &run.settings.gallery.shape()].concat();
            let pictures = states.iter().flat_map(|&k| run.selected(&run.shown(k).x));
            Some(Frame::new("film", shape, pictures.copied().collect()))
        }
        "film_x0" => {
            let states = states();
            let shape = [&[states.len()][..], &run.settings.gallery.shape()].concat();
            let pictures = states.iter().flat_map(|&k| believed(run, k));
            Some(Frame::new("film_x0", shape, pictures.collect()))
        }
        "film_states" => {
            let states: Vec<_> = states().into_iter().map(|k| k as f32).collect();
            Some(Frame::new("film_states", [states.len()], states))
        }
        _ => None,
    }
}

/// x̂_0 of the selected sample at state k; not a number where no network was asked.
fn believed(run: &Ddpm, k: usize) -> Vec<f32> {
    let state = run.shown(k);
    let Level { a, b, .. } = run.tree.forks[run.fork].trajectory.levels[k];
    let x = run.selected(&state.x);
    match &state.eps {
        Some(eps) => {
            let pairs = x.iter().zip(run.selected(eps));
            pairs.map(|(x, eps)| ((f64::from(*x) - b * f64::from(*eps)) / a) as f32).collect()
        }
        None => vec![f32::NAN; x.len()],
    }
}

/// The states in the film: all, or evenly chosen ones, of those that are kept.
fn filmed(run: &Ddpm) -> Vec<usize> {
    let end = run.tree.end(run.fork);
    let every = ((end + 1) * run.settings.picture.len()).div_ceil(MOST_OF_FILM);
    let kept = |k: &usize| k.is_multiple_of(every) && run.tree.state(run.fork, *k).is_some();
    (0..=end).filter(kept).collect()
}

/// [forks, K + 1]: how far the selected sample of each fork lies from its parent's at each state; 0 before it leaves,
/// −1 where it is not computed.
fn distances(run: &Ddpm) -> Frame {
    let (settings, tree) = (&run.settings, &run.tree);
    let states = settings.length() + 1;
    let rows = (0..tree.forks.len()).flat_map(|j| {
        let (fork, end) = (&tree.forks[j], tree.end(j));
        let rows = fork.computed().gaps.chunks_exact(settings.samples);
        let gaps: Vec<_> = rows.map(|samples| samples[settings.selected]).collect();
        (0..states).map(move |k| match gaps.get(k.wrapping_sub(fork.trajectory.at)) {
            Some(gap) => *gap,
            None if k > end => -1.0,
            None => 0.0,
        })
    });
    Frame::new("distances", [tree.forks.len(), states], rows.collect())
}
