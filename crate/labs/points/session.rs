//! The session: particles on their way, a network in training, and what is measured beside them.

use super::{
    claims::Claims,
    course::Plane,
    denoiser::Denoiser,
    fields, frames, probe,
    quality::Quality,
    readouts,
    settings::{DenoiserKind, Settings},
    sketch, snapshot,
    trajectory::Trajectory,
};
use crate::device::Device;
use crate::experiment::{Experiment, Message};
use crate::labs::{
    fingerprint,
    frame::Frame,
    race::Race,
    readout::Readout,
    session::{Comparison, Edit, Progress, Pull, Session, SessionError, Status, beyond_the_end, identity},
};
use crate::train::points::PointsTrainer;

/// Training steps between two readbacks.
const CHUNK: usize = 50;
/// Training steps between two sketches.
const SKETCH_EVERY: usize = 32;
/// Training ends here: links go no further.
pub const MOST_TRAINED: usize = 20_000;

/// Keys that change what is looked at or measured beside the particles.
const VIEW_KEYS: &[&str] = &[
    "lang", "theme", "device", "view", "probe_x", "probe_y", "rival", "lane1", "lane2", "lane3", "lane4",
    "lane5", "lane6", "budget", "trained",
];
/// Keys that, besides, mean nothing to the exact denoiser.
const TRAINING_KEYS: &[&str] = &["batch", "rate", "target"];

/// What each part of a session depends on, as text: equal names, equal numbers.
pub(super) struct Names {
    pub training: String,
    pub trajectory: String,
    pub race: String,
}

/// What was computed for the state shown, and is no more than that.
#[derive(Default)]
pub(super) struct Shown {
    /// The state, and the training steps of the network.
    of: Option<(usize, usize)>,
    /// Scores of a learned denoiser, [24, 24, 2].
    pub field: Option<Vec<f32>>,
    /// [64, 64]
    pub error: Option<Vec<f32>>,
}

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
    race_anew: Box<dyn Fn() -> Race>,
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
    let race_anew = {
        let (experiment, schedule) = (experiment.clone(), settings.schedule.clone());
        Box::new(move || Race::new(&experiment, &schedule))
    };
    let mut session = PointsSession {
        names: names(experiment, &settings),
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
        race: race_anew(),
        race_anew,
        device: device.clone(),
        warnings,
        settings,
    };
    if session.settings.denoiser == DenoiserKind::Learned || session.settings.trained > 0 {
        session.enrol();
    }
    Ok(Box::new(session))
}

fn names(experiment: &Experiment, settings: &Settings) -> Names {
    let training = PointsTrainer::identity(&settings.training, &settings.schedule);
    let ignored = match settings.denoiser {
        DenoiserKind::Exact => [VIEW_KEYS, TRAINING_KEYS].concat(),
        DenoiserKind::Learned => VIEW_KEYS.to_vec(),
    };
    let race_keys = ["lane1", "lane2", "lane3", "lane4", "lane5", "lane6", "budget"];
    let trajectory = identity(experiment, &ignored);
    let lanes = race_keys.map(|key| experiment.values()[key].written()).join(",");
    Names { training, race: format!("{trajectory}&{lanes}"), trajectory }
}

impl PointsSession {
    /// Makes sure that there is a network.
    pub(super) fn enrol(&mut self) {
        if self.trainer.is_none() {
            let (options, schedule) = (self.settings.training.clone(), self.settings.schedule.clone());
            self.trainer = Some(PointsTrainer::new(options, schedule, &self.device));
        }
        self.learn_anew();
    }

    /// Asks the network as it is now from here on.
    fn learn_anew(&mut self) {
        self.learned = self.trainer.as_ref().map(|t| Denoiser::learned(t.network(), &self.settings));
    }

    /// Steps that the network has been trained.
    pub(super) fn trained(&self) -> usize {
        self.trainer.as_ref().map_or(0, |trainer| trainer.state().at)
    }

    /// The denoiser that the settings ask for.
    fn denoiser(&self) -> &Denoiser {
        match (self.settings.denoiser, &self.learned) {
            (DenoiserKind::Learned, Some(learned)) => learned,
            _ => &self.exact,
        }
    }

    /// What the race runs on.
    pub(super) fn course(&self) -> Plane<'_> {
        let denoiser = self.denoiser();
        Plane { settings: &self.settings, denoiser, quality: &self.quality, device: &self.device }
    }

    /// Computes what state `k` needs and shows it.
    async fn go(&mut self, k: usize) -> Result<(), SessionError> {
        let target = k.min(self.settings.length());
        if self.settings.denoiser == DenoiserKind::Learned && self.built_with != self.trained() {
            self.trajectory.forget(&self.settings);
            self.built_with = self.trained();
        }
        let denoiser = match (self.settings.denoiser, &self.learned) {
            (DenoiserKind::Learned, Some(learned)) => learned,
            _ => &self.exact,
        };
        self.trajectory.reach(target, &self.settings, denoiser, &self.device).await?;
        self.at = target;
        if self.probe.is_none() {
            self.probe = Some(probe::walk(&self.settings, self.denoiser(), &self.device).await?);
        }
        self.map().await
    }

    /// The maps that belong to the state shown and need a device.
    async fn map(&mut self) -> Result<(), SessionError> {
        let of = Some((self.at, self.trained()));
        if self.shown.of == of {
            return Ok(());
        }
        let level = self.settings.noisy_level(self.at);
        if self.settings.draws_error && self.learned.is_none() {
            self.enrol();
        }
        let mut shown = Shown { of, ..Shown::default() };
        if let Some(learned) = &self.learned {
            if self.settings.denoiser == DenoiserKind::Learned {
                shown.field = Some(fields::scores(learned, level, &self.device).await?);
            }
            if self.settings.draws_error {
                shown.error = Some(fields::error(learned, &self.exact, level, &self.device).await?);
            }
        }
        self.shown = shown;
        Ok(())
    }

    /// Trains `n` steps more.
    async fn train(&mut self, n: usize) -> Result<(), SessionError> {
        self.enrol();
        let before = self.trained();
        let end = before.saturating_add(n).min(MOST_TRAINED);
        let mut outcome = Ok(());
        while self.trained() < end && outcome.is_ok() {
            let chunk = (end - self.trained()).min(CHUNK);
            let trainer = self.trainer.as_mut().expect("enrolled");
            outcome = trainer.advance(chunk).await;
        }
        // What the network of before said is no more; the states stay until others are asked for.
        self.learn_anew();
        self.probe = None;
        if self.settings.denoiser == DenoiserKind::Learned {
            self.race = (self.race_anew)();
        }
        outcome?;
        if self.sketch.is_none() || before / SKETCH_EVERY != self.trained() / SKETCH_EVERY {
            let learned = self.learned.as_ref().expect("enrolled");
            self.sketch = Some(sketch::sketch(&self.settings, learned, &self.device).await?);
        }
        Ok(())
    }

    async fn run_race(&mut self, n: usize) -> Result<(), SessionError> {
        let mut race = std::mem::replace(
            &mut self.race,
            Race::of(vec![], 1, &self.settings.schedule, self.settings.spacing),
        );
        let outcome = race.advance(n, &self.course()).await;
        self.race = race;
        outcome
    }
}

impl Session for PointsSession {
    fn status(&self) -> Status {
        let trained = self.trained();
        let training = Progress { done: trained, total: self.settings.trained.max(trained) };
        Status {
            at: self.at,
            length: self.settings.length(),
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
            other => {
                let error = SessionError::UnknownTask(other.to_owned());
                Box::pin(std::future::ready(Err(error)))
            }
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
        fingerprint::compare(check, &self.trajectory.states[self.shown_state()])
    }

    fn snapshot(&self) -> Vec<u8> {
        snapshot::write(self)
    }

    fn adopt(&mut self, bytes: &[u8]) -> Result<(), SessionError> {
        snapshot::adopt(self, bytes)
    }

    fn estate(&self) -> Option<Vec<u8>> {
        Some(snapshot::write(self))
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
