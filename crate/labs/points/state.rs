//! What the lab holds: particles on their way, a network in training, and what is measured beside them.

use std::rc::Rc;

use super::{
    batch::Batch,
    beside::Beside,
    claims::Claims,
    denoiser::Denoiser,
    measured::Measured,
    names::Names,
    plane::Plane,
    sketch::sketch,
    training::{CHUNK, Training},
    trajectory::Trajectory,
};
use crate::device::Device;
use crate::experiment::Experiment;
use crate::labs::race::Race;
use crate::runtime::error::{SessionError, finite};

/// Training steps between two sketches.
const SKETCH_EVERY: usize = 32;

pub struct PointsLab {
    pub names: Names,
    pub plane: Plane,
    pub training: Training,
    /// What is shown.
    pub trajectory: Trajectory,
    /// What the network of now builds, until it can be shown instead.
    next: Option<Trajectory>,
    pub beside: Beside,
    /// [n, 2], what the network in training builds.
    pub sketch: Option<Rc<[f32]>>,
    pub claims: Claims,
    pub race: Race,
    pub measured: Measured,
    experiment: Experiment,
}

impl PointsLab {
    pub fn open(experiment: &Experiment, device: &Device) -> Self {
        let plane = Plane::open(experiment, device);
        let settings = &plane.settings;
        let needs_network = settings.asks_the_network() || settings.trained > 0;
        let mut lab = Self {
            names: Names::of(experiment, settings),
            training: Training::new(device),
            trajectory: Trajectory::new(settings),
            next: None,
            beside: Beside::default(),
            sketch: None,
            claims: Claims::new(settings.seed),
            race: Race::new(experiment, &settings.schedule),
            measured: Measured::default(),
            experiment: experiment.clone(),
            plane,
        };
        if needs_network {
            lab.ensure_trainer();
        }
        lab
    }

    /// Makes sure that there is a network, and that it is asked as it is now.
    pub fn ensure_trainer(&mut self) {
        self.training.ensure_trainer(&self.plane.settings);
        self.ask_the_network_of_now();
    }

    /// Another network, that begins with `weights`: nothing that the one before said stays.
    pub fn begin_with(&mut self, weights: &[f32]) {
        self.training.begin_with(weights, &self.plane.settings);
        self.plane.learned = None;
        self.ask_the_network_of_now();
        self.show(Trajectory::new(&self.plane.settings));
        (self.beside, self.sketch) = (Beside::default(), None);
    }

    /// What the network of before said is no more; the states stay until others are asked for.
    fn ask_the_network_of_now(&mut self) {
        let (trained, settings) = (self.training.trained(), &self.plane.settings);
        if self.plane.learned.as_ref().and_then(Denoiser::trained) == Some(trained) {
            return;
        }
        self.plane.learned =
            self.training.weights().map(|weights| Denoiser::learned(weights, trained, settings));
        if settings.asks_the_network() {
            self.race = Race::new(&self.experiment, &settings.schedule);
        }
    }

    /// Whether what a network of `trained` steps made is what the denoiser of now would make.
    pub fn is_of_now(&self, trained: usize) -> bool {
        !self.plane.settings.asks_the_network() || trained == self.training.trained()
    }

    /// Shows `trajectory` from now on.
    pub fn show(&mut self, trajectory: Trajectory) {
        (self.trajectory, self.next) = (trajectory, None);
    }

    /// Computes what state `k` needs, waiting for the device once a chunk.
    ///
    /// What is shown stays as it is, however this ends: states are added to its trajectory, or, where the network has
    /// learnt since, to another that takes its place when it has come as far.
    pub async fn reach(&mut self, k: usize) -> Result<(), SessionError> {
        if self.plane.settings.draws_error && self.plane.learned.is_none() {
            self.ensure_trainer();
        }
        let trained = self.training.trained();
        self.next = match self.next.take().filter(|next| next.trained == trained) {
            _ if self.is_of_now(self.trajectory.trained) => None,
            Some(next) => Some(next),
            None => Some(self.trajectory.afresh(&self.plane.settings, trained)),
        };
        let (plane, beside) = (&self.plane, &mut self.beside);
        let trajectory = self.next.as_mut().unwrap_or(&mut self.trajectory);
        loop {
            let mut batch = Batch::default();
            let stretch = trajectory.ahead(k, plane, &mut batch).await?;
            let wanted = match stretch.arrives(trajectory, k) {
                true => Some(beside.ahead(k, trained, plane, &mut batch).await?),
                false => None,
            };
            let numbers = batch.read().await?;
            trajectory.take(stretch, &numbers, &plane.settings)?;
            if let Some(wanted) = wanted {
                beside.take(wanted, &numbers, plane.settings.time(k))?;
                break;
            }
        }
        if let Some(next) = self.next.take() {
            self.show(next);
        }
        Ok(())
    }

    /// Trains `n` steps more; after each chunk all is as if the pull had ended there.
    pub async fn train(&mut self, n: usize) -> Result<(), SessionError> {
        self.ensure_trainer();
        let before = self.training.trained();
        let end = before + self.training.left_of(n);
        let due = self.sketch.is_none() || before / SKETCH_EVERY != end / SKETCH_EVERY;
        while self.training.trained() < end {
            let next = end.min(self.training.trained() + CHUNK);
            let outcome = self.training.pull(next - self.training.trained()).await;
            self.ask_the_network_of_now();
            outcome?;
        }
        if let Some(learned) = self.plane.learned.as_ref().filter(|_| due) {
            let sketch = sketch(&self.plane.settings, learned).await?;
            finite("a particle", &sketch, 0)?;
            self.sketch = Some(sketch.into());
        }
        Ok(())
    }
}
