//! What each part of a session depends on, as text: equal names, equal numbers.

use super::{choices::DenoiserKind, settings::Settings, training};
use crate::experiment::{Experiment, parameter::Affects};
use crate::runtime::lab::Key;

/// The names of a session's parts.
pub struct Names {
    pub training: Key,
    pub trajectory: Key,
    pub race: Key,
    pub claims: Key,
}

impl Names {
    pub fn of(experiment: &Experiment, settings: &Settings) -> Self {
        let of = match settings.denoiser {
            // What only training reads means nothing to it.
            DenoiserKind::Exact => &[Affects::Run][..],
            DenoiserKind::Learned => &[Affects::Run, Affects::Network],
        };
        let trajectory = experiment.key(of);
        let lanes = experiment.key(&[Affects::Race]);
        Self {
            training: training::key(settings).into(),
            race: format!("{trajectory}&{lanes}").into(),
            trajectory: trajectory.into(),
            claims: format!("claims {}", settings.seed).into(),
        }
    }
}
