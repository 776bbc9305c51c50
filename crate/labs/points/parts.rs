//! What another session may take over: each part of the lab under the name of what it depends on.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{claims::Claims, state::PointsLab, training, trajectory::Trajectory};
use crate::diffusion::level::Level;
use crate::runtime::{
    all_finite,
    lab::{Giver, Key},
};
use crate::train::tab::state::TabState;

#[derive(Clone, Serialize, Deserialize)]
pub enum Part {
    /// `None` before there is a network.
    Training(Option<TabState>),
    Trajectory(Trajectory),
    /// Its results, and the training steps of the network that ran.
    Race {
        trained: usize,
        results: Rc<[f32]>,
    },
    Claims(Claims),
}

/// All parts; the training first, for what was built belongs to a network.
pub fn all(lab: &PointsLab) -> Vec<(Key, Part)> {
    let names = &lab.names;
    let race = Part::Race { trained: lab.training.trained(), results: lab.race.parts().into() };
    vec![
        (names.training.clone(), Part::Training(lab.training.state())),
        (names.trajectory.clone(), Part::Trajectory(lab.trajectory.clone())),
        (names.race.clone(), race),
        (names.claims.clone(), Part::Claims(lab.claims.clone())),
    ]
}

/// Whether `part` could be the part `key` of `lab`.
///
/// A network that was trained longer than edited settings say is of no use to them: it cannot be trained back.
pub fn fits(lab: &PointsLab, key: &str, part: &Part, giver: Giver) -> bool {
    let (names, settings) = (&lab.names, &lab.plane.settings);
    match part {
        Part::Training(state) => {
            let most = if giver == Giver::Edit { settings.trained } else { usize::MAX };
            let could_be = |state: &TabState| state.at <= most && training::fits(state);
            key == &*names.training && state.as_ref().is_none_or(could_be)
        }
        Part::Trajectory(trajectory) => key == &*names.trajectory && trajectory_fits(lab, trajectory),
        Part::Race { results, .. } => key == &*names.race && results.len() == lab.race.parts().len(),
        Part::Claims(claims) => key == &*names.claims && claims.fits(settings.seed),
    }
}

fn trajectory_fits(lab: &PointsLab, trajectory: &Trajectory) -> bool {
    let Trajectory { states, predicted_noise, memory, .. } = trajectory;
    let size = 2 * lab.plane.settings.particles;
    let full = |numbers: &Rc<[f32]>| numbers.len() == size && all_finite(&**numbers);
    let level = |level: &Level| [level.t, level.a, level.b].iter().all(|x| x.is_finite());
    (1..=lab.plane.settings.length() + 1).contains(&states.len())
        && predicted_noise.len() == states.len()
        && states.iter().chain(predicted_noise.iter().flatten()).all(full)
        && memory.outputs.len() <= 2
        && memory.outputs.iter().all(|(at, output)| level(at) && full(output))
        && memory.last.iter().all(full)
}

/// Steps, states or results; what another network made than the one of now does not count.
pub fn worth(lab: &PointsLab, part: &Part) -> usize {
    match part {
        Part::Training(state) => state.as_ref().map_or(0, |state| state.at),
        Part::Trajectory(trajectory) => of_now(lab, trajectory.clone()).states.len(),
        Part::Race { trained, results } if lab.is_of_now(*trained) => {
            results.iter().filter(|result| **result >= 0.0).count()
        }
        Part::Race { .. } => 0,
        Part::Claims(claims) => claims.done,
    }
}

/// Goes on from `part`, which fits.
pub fn take(lab: &mut PointsLab, part: Part, giver: Giver) {
    match part {
        Part::Training(None) => {}
        Part::Training(Some(state)) => {
            lab.training.take(state, &lab.plane.settings);
            lab.ensure_trainer();
        }
        Part::Trajectory(trajectory) => take_trajectory(lab, trajectory, giver),
        Part::Race { trained, results } => {
            if lab.is_of_now(trained) {
                lab.race.take_over(results.to_vec()).expect("results that fit are taken over");
            }
        }
        Part::Claims(claims) => lab.claims = claims,
    }
}

/// Another engine shows a stale trajectory until another state is asked for; edited settings are done with it.
fn take_trajectory(lab: &mut PointsLab, trajectory: Trajectory, giver: Giver) {
    let trajectory = if giver == Giver::Edit { of_now(lab, trajectory) } else { trajectory };
    // The state that an edited session shows already stays.
    if giver == Giver::Engine || trajectory.states.len() >= lab.trajectory.states.len() {
        lab.show(trajectory);
    }
}

/// What of `trajectory` does not depend on another network than the one of now.
fn of_now(lab: &PointsLab, trajectory: Trajectory) -> Trajectory {
    if lab.is_of_now(trajectory.trained) {
        trajectory
    } else {
        trajectory.afresh(&lab.plane.settings, lab.training.trained())
    }
}
