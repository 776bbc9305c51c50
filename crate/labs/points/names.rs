//! What each part of a session depends on, as text: equal names, equal numbers.

use super::{choices::DenoiserKind, settings::Settings, training};
use crate::experiment::Experiment;
use crate::labs::race;
use crate::labs::session::identity;
use crate::runtime::lab::Key;

/// Keys that change what is looked at or measured beside the particles.
const VIEW_KEYS: &[&str] = &["lang", "theme", "device", "view", "probe_x", "probe_y", "rival", "trained"];
/// Keys that, besides, mean nothing to the exact denoiser.
const TRAINING_KEYS: &[&str] = &["batch", "rate", "target"];

/// The names of a session's parts.
pub struct Names {
    pub training: Key,
    pub trajectory: Key,
    pub race: Key,
    pub claims: Key,
}

impl Names {
    pub fn of(experiment: &Experiment, settings: &Settings) -> Self {
        let ignored = match settings.denoiser {
            DenoiserKind::Exact => [VIEW_KEYS, &race::KEYS, TRAINING_KEYS].concat(),
            DenoiserKind::Learned => [VIEW_KEYS, &race::KEYS].concat(),
        };
        let trajectory = identity(experiment, &ignored);
        let lanes = race::KEYS.map(|key| experiment.values()[key].written()).join(",");
        Self {
            training: training::key(settings).into(),
            race: format!("{trajectory}&{lanes}").into(),
            trajectory: trajectory.into(),
            claims: format!("claims {}", settings.seed).into(),
        }
    }
}
