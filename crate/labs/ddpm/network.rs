//! All that needs the network: a walk's half, and what is measured beside the timeline.

use std::rc::Rc;

use super::{
    advance_partial_noising::UnderWay,
    climb::climb,
    course::{Measure, Pictures},
    denoiser::Denoiser,
    greedy::Greedy,
    partial_noising::PartialNoising,
    settings::Settings,
    walk::{Leg, Walked},
};
use crate::experiment::Experiment;
use crate::labs::race::Race;
use crate::runtime::{
    error::SessionError, frame::Frame, lab::Resources, pool::Pool, readout::Readout, status::Progress,
};

pub struct Network {
    denoiser: Denoiser,
    /// The pictures on their way back from partial noising.
    under_way: UnderWay,
    race: Race,
    measure: Measure,
}

impl Network {
    /// The network of `settings`' pictures; without its weights the lab does not open.
    pub fn open(
        experiment: &Experiment,
        settings: &Settings,
        resources: Resources<'_>,
    ) -> Result<Option<Self>, SessionError> {
        let weights = resources.weights.ok_or(SessionError::NoWeights(settings.gallery.id()))?;
        Ok(Some(Self {
            denoiser: Denoiser::load(weights, settings.gallery, resources.device)?,
            under_way: UnderWay::new(),
            race: Race::new(experiment, &settings.config.schedule),
            measure: Measure::default(),
        }))
    }

    /// Cuts from now on the pictures of every call among the workers of `pool`.
    pub fn share(&mut self, pool: Rc<Pool>) {
        self.denoiser.share(pool);
    }

    pub async fn assist(&self, job: &[u8]) -> Option<Vec<u8>> {
        self.denoiser.assist(job).await
    }

    /// Walks `legs`, waiting for the device once. A leg on which numbers run away fails alone.
    pub async fn walk(
        &self,
        settings: &Settings,
        legs: &[&Leg<'_>],
    ) -> Result<Vec<Result<Walked, SessionError>>, SessionError> {
        climb(&self.denoiser, settings, legs).await
    }

    pub async fn measure_greedy(
        &self,
        greedy: &mut Greedy,
        n: usize,
        settings: &Settings,
    ) -> Result<(), SessionError> {
        greedy.advance(n, &self.denoiser, settings).await
    }

    pub async fn rebuild_noised(
        &mut self,
        noised: &mut PartialNoising,
        n: usize,
        settings: &Settings,
    ) -> Result<(), SessionError> {
        noised.advance(n, &mut self.under_way, &self.denoiser, settings).await
    }

    pub async fn race(&mut self, n: usize, settings: &Settings) -> Result<(), SessionError> {
        let Self { denoiser, race, measure, .. } = self;
        race.advance(n, &Pictures { denoiser, settings, measure }).await
    }

    pub fn race_progress(&self) -> Progress {
        self.race.progress()
    }

    /// What another engine needs to go on with the race.
    pub fn race_results(&self) -> &[f32] {
        self.race.parts()
    }

    /// Goes on from another engine's results, which are as many as these.
    pub fn take_race(&mut self, results: Vec<f32>) {
        self.race.take_over(results).expect("as many results");
    }

    /// The frame `name`, if it is one of the race's.
    pub fn race_frame(&self, name: &str, settings: &Settings) -> Option<Frame> {
        self.race.frame(name, &self.course(settings))
    }

    /// Who won so far. What real pictures score is only reckoned when somebody did.
    pub fn race_readout(&self, settings: &Settings) -> Option<Readout> {
        let won = !self.race.winners().is_empty();
        won.then(|| self.race.readout(&self.course(settings)))
    }

    fn course<'a>(&'a self, settings: &'a Settings) -> Pictures<'a> {
        Pictures { denoiser: &self.denoiser, settings, measure: &self.measure }
    }
}
