//! The session: particles on their way, a network in training, and what is measured beside them.

use super::{
    claims::Claims,
    course::Plane,
    denoiser::Denoiser,
    frames,
    names::Names,
    probe,
    quality::Quality,
    readouts,
    settings::{DenoiserKind, Settings},
    shown::Shown,
    snapshot,
    trajectory::Trajectory,
};
use crate::device::Device;
use crate::experiment::{Experiment, Message};
use crate::labs::race::Race;
use crate::labs::session::unknown_task;
use crate::runtime::{
    error::SessionError, fingerprint, fingerprint::Comparison, frame::Frame, readout::Readout,
    selection::Edit, session::Pull, session::Session, status::Progress, status::Status,
    status::beyond_the_end,
};
use crate::train::tab::points::PointsTrainer;

pub struct PointsSession {
    pub(super) settings: Settings,
    pub(super) names: Names,
    pub(super) exact: Denoiser,
    /// There from the first moment that a network is needed.
    pub(super) trainer: Option<PointsTrainer>,
    pub(super) learned: Option<Denoiser>,
    pub(super) trajectory: Trajectory,
    /// Training steps of the network that built the trajectory.
    pub(super) built_with: usize,
    pub(super) at: usize,
    pub(super) shown: Shown,
    /// [2, S + 1, 2]
    pub(super) probe: Option<Vec<f32>>,
    pub(super) sketch: Option<Vec<f32>>,
    pub(super) quality: Quality,
    pub(super) claims: Claims,
    pub(super) race: Race,
    pub(super) experiment: Experiment,
    pub(super) device: Device,
    warnings: Vec<Message>,
}

/// Opens the lab at its first state.
pub fn open(
    experiment: &Experiment,
    _weights: Option<&[u8]>,
    device: &Device,
) -> Result<Box<dyn Session>, SessionError> {
    let settings = Settings::of(experiment);
    let mut warnings = settings.warnings.clone();
    warnings.extend(beyond_the_end(experiment.at, settings.length()));
    let mut session = PointsSession {
        names: Names::of(experiment, &settings),
        exact: Denoiser::exact(&settings, device),
        trainer: None,
        learned: None,
        trajectory: Trajectory::new(&settings),
        built_with: 0,
        at: 0,
        shown: Shown::default(),
        probe: None,
        sketch: None,
        quality: Quality::new(&settings.truth, settings.seed, settings.particles),
        claims: Claims::new(settings.seed),
        race: Race::new(experiment, &settings.schedule),
        experiment: experiment.clone(),
        device: device.clone(),
        warnings,
        settings,
    };
    if session.settings.denoiser == DenoiserKind::Learned || session.settings.trained > 0 {
        session.ensure_trainer();
    }
    Ok(Box::new(session))
}

impl PointsSession {
    /// What the race runs on, and everything else that asks the denoiser of the settings.
    pub(super) fn course(&self) -> Plane<'_> {
        Plane::new(&self.settings, &self.exact, &self.learned, &self.quality, &self.device)
    }

    /// Computes what state `k` needs and shows it.
    async fn go(&mut self, k: usize) -> Result<(), SessionError> {
        let target = k.min(self.settings.length());
        if self.settings.denoiser == DenoiserKind::Learned && self.built_with != self.trained() {
            self.trajectory.forget(&self.settings);
            self.built_with = self.trained();
        }
        // Not the method: the trajectory is borrowed apart from what it asks.
        let plane = Plane::new(&self.settings, &self.exact, &self.learned, &self.quality, &self.device);
        self.trajectory.reach(target, &plane).await?;
        self.at = target;
        if self.probe.is_none() {
            self.probe = Some(probe::walk(&self.course()).await?);
        }
        self.map().await
    }

    async fn run_race(&mut self, n: usize) -> Result<(), SessionError> {
        let plane = Plane::new(&self.settings, &self.exact, &self.learned, &self.quality, &self.device);
        self.race.advance(n, &plane).await
    }
}

impl Session for PointsSession {
    fn status(&self) -> Status {
        let trained = self.trained();
        let training = Progress { done: trained, total: self.settings.trained.max(trained) };
        Status {
            at: self.at,
            length: self.settings.length(),
            prompt: 0,
            context: 0,
            mlp: false,
            computed: self.trajectory.states.len() - 1,
            phase: if self.settings.falls_first && self.at <= self.settings.demolished() {
                "demolish"
            } else {
                "rebuild"
            },
            t: self.settings.level(self.at).t.round() as usize,
            calls: self.trajectory.calls,
            warnings: self.warnings.clone(),
            tasks: [("train", training), ("claims", self.claims.progress()), ("race", self.race.progress())]
                .into(),
            tracks: Vec::new(),
        }
    }

    fn step(&mut self, n: usize) -> Pull<'_> {
        let target = self.at.saturating_add(n);
        Box::pin(self.go(target))
    }

    fn seek(&mut self, k: usize) -> Pull<'_> {
        Box::pin(self.go(k))
    }

    fn act(&mut self, edit: &Edit) {
        if let Some(place) = edit.probe.filter(|place| place.iter().all(|x| x.is_finite())) {
            self.settings.probe = place.map(|x| x.clamp(-4.0, 4.0));
            self.probe = None;
        }
    }

    fn work(&mut self, task: &str, n: usize) -> Pull<'_> {
        match task {
            "train" => Box::pin(self.train(n)),
            "claims" => Box::pin(self.claims.advance(n, &self.device)),
            "race" => Box::pin(self.run_race(n)),
            other => unknown_task(other),
        }
    }

    fn frame(&self, name: &str) -> Result<Frame, SessionError> {
        frames::frame(self, name)
    }

    fn readouts(&self) -> Vec<Readout> {
        readouts::all(self)
    }

    fn fingerprint(&self) -> String {
        fingerprint::of(&self.trajectory.states[self.shown_state()])
    }

    fn compare(&self, check: &str) -> Comparison {
        fingerprint::compare(check, &self.trajectory.states[self.shown_state()], fingerprint::Kind::Picture)
    }

    fn snapshot(&self) -> Vec<u8> {
        snapshot::write(self)
    }

    fn adopt(&mut self, bytes: &[u8]) -> Result<(), SessionError> {
        snapshot::adopt(self, bytes)
    }

    fn inherit(&mut self, estate: &[u8]) {
        snapshot::inherit(self, estate);
    }
}

impl PointsSession {
    /// The state whose particles are shown.
    pub(super) fn shown_state(&self) -> usize {
        self.at.min(self.trajectory.states.len() - 1)
    }
}
