//! The states of all particles along the timeline, computed when they are asked for.
//!
//! A pull computes a stretch ([`Trajectory::ahead`]) and takes it when the numbers are there
//! ([`Trajectory::take`]); states that exist are never let go meanwhile.

use std::{ops::Range, rc::Rc};

use serde::{Deserialize, Serialize};

use super::{batch::Batch, plane::Plane, settings::Settings};
use crate::data::points::draw;
use crate::diffusion::solver::{Memory, Solver};
use crate::math::{normal::normals, philox::Stream};
use crate::runtime::error::{SessionError, finite};

/// States between two waits for the device: a long pull stays within a bounded memory.
const CHUNK: usize = 64;
/// Where the particles that fall stand among the draws of [`Stream::Points`].
const FALLING: u32 = u32::MAX;

/// What was computed so far.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trajectory {
    /// x at each state, [N, 2] each; at least the first.
    pub states: Vec<Rc<[f32]>>,
    /// ε at each state, where the denoiser was asked.
    pub predicted_noise: Vec<Option<Rc<[f32]>>>,
    /// What the solver remembers of the way to the last state.
    pub memory: Memory<Rc<[f32]>>,
    /// Calls of the denoiser at states of the building.
    pub calls: usize,
    /// Training steps of the network that was asked.
    pub trained: usize,
}

/// States under way: where their numbers will stand among those that are read.
pub struct Stretch {
    /// ε before and x after each step.
    steps: Vec<[Range<usize>; 2]>,
    memory: Memory<Range<usize>>,
    /// Calls that the steps made.
    calls: usize,
    noise: Noise,
}

/// ε at the state that is to be shown.
enum Noise {
    /// It is known, or another stretch asks for it.
    NotAsked,
    /// Data hold none.
    NoneAt(usize),
    At(usize, Range<usize>),
}

impl Stretch {
    /// Whether the state that is to be shown can be shown after it.
    pub fn arrives(&self, trajectory: &Trajectory, k: usize) -> bool {
        trajectory.states.len() + self.steps.len() > k
    }
}

impl Trajectory {
    /// The first state: noise, or data that is about to fall.
    pub fn new(settings: &Settings) -> Self {
        let Settings { seed, particles, .. } = *settings;
        let first = if settings.falls_first {
            draw(&settings.truth, seed, Stream::Points, FALLING, particles).concat()
        } else {
            normals(seed, Stream::Rubble, 0, 2 * particles)
        };
        let (states, predicted_noise) = (vec![first.into()], vec![None]);
        Self { states, predicted_noise, memory: Memory::default(), calls: 0, trained: 0 }
    }

    /// What of it is true whoever denoises: nothing that was built, and no predicted noise. From here on a network
    /// of `trained` steps is asked.
    pub fn afresh(&self, settings: &Settings, trained: usize) -> Self {
        let states: Vec<_> = self.states.iter().take(settings.demolished() + 1).cloned().collect();
        let predicted_noise = vec![None; states.len()];
        Self { states, predicted_noise, memory: Memory::default(), calls: 0, trained }
    }

    /// Asks for what state `k`, which is at most the last, needs: at most a chunk of states, and what the denoiser
    /// says at `k` if they go as far.
    pub async fn ahead(
        &mut self,
        k: usize,
        plane: &Plane,
        batch: &mut Batch,
    ) -> Result<Stretch, SessionError> {
        while self.states.len() <= k.min(plane.settings.demolished()) {
            self.demolish(&plane.settings);
        }
        let last = self.states.len() - 1;
        let count = k.saturating_sub(last).min(CHUNK);
        let (mut stretch, x) = self.rebuild(count, plane, batch).await?;
        if last + count >= k {
            stretch.noise = self.predict_noise(k, x, plane, batch).await?;
        }
        Ok(stretch)
    }

    /// The next demolished state: x_t = a x_s + b e with the noise that belongs to t.
    fn demolish(&mut self, settings: &Settings) {
        let k = self.states.len();
        let level = settings.level(k);
        let (a, b) = level.jump(settings.level(k - 1));
        let before = &self.states[k - 1];
        let noise = normals(settings.seed, Stream::Demolish, level.address(), before.len());
        let x = before.iter().zip(noise).map(|(x, e)| (a * f64::from(*x) + b * f64::from(e)) as f32);
        let x = x.collect();
        self.states.push(x);
        self.predicted_noise.push(None);
    }

    /// Rebuilds `count` states from the last one; gives them and the last x [N, 2], of no state nothing.
    async fn rebuild(
        &self,
        count: usize,
        plane: &Plane,
        batch: &mut Batch,
    ) -> Result<(Stretch, Option<Vec<f32>>), SessionError> {
        let mut stretch =
            Stretch { steps: vec![], memory: Memory::default(), calls: 0, noise: Noise::NotAsked };
        if count == 0 {
            return Ok((stretch, None));
        }
        let (settings, denoiser) = (&plane.settings, plane.denoiser());
        let first = self.states.len() - 1;
        let before = denoiser.calls();
        let size = self.states[first].len();
        let mut solver = Solver { method: settings.method, memory: self.memory.map(|x| x.to_vec()) };
        let mut x = self.states[first].to_vec();
        for k in first..first + count {
            let (from, to) = (settings.level(k), settings.level(k + 1));
            let eps = match self.predicted_noise.get(k) {
                Some(Some(known)) => known.to_vec(),
                _ => denoiser.eps(&x, from).await?,
            };
            let z = settings
                .method
                .is_random()
                .then(|| normals(settings.seed, Stream::Rebuild, from.address(), size));
            let further = &mut async |x: &Vec<f32>, level| denoiser.eps(x, level).await;
            x = solver.advance(&x, &eps, from, to, z.as_ref(), further).await?;
            stretch.steps.push([&eps, &x].map(|numbers| batch.want(numbers)));
        }
        stretch.memory = solver.memory.map(|numbers| batch.want(numbers));
        stretch.calls = denoiser.calls() - before;
        Ok((stretch, Some(x)))
    }

    /// Asks for what the denoiser says at state `k`, which is the one of `x` or exists.
    async fn predict_noise(
        &self,
        k: usize,
        x: Option<Vec<f32>>,
        plane: &Plane,
        batch: &mut Batch,
    ) -> Result<Noise, SessionError> {
        if let Some(Some(_)) = self.predicted_noise.get(k) {
            return Ok(Noise::NotAsked);
        }
        let level = plane.settings.level(k);
        if level.b == 0.0 {
            return Ok(Noise::NoneAt(k));
        }
        let x = x.as_deref().unwrap_or_else(|| &self.states[k]);
        Ok(Noise::At(k, batch.want(&plane.denoiser().eps(x, level).await?)))
    }

    /// Takes over `stretch`, which is its own latest, once the `numbers` are there.
    pub fn take(
        &mut self,
        stretch: Stretch,
        numbers: &[f32],
        settings: &Settings,
    ) -> Result<(), SessionError> {
        let Stretch { steps, memory, calls, noise } = stretch;
        let first = self.states.len() - 1;
        for (k, [eps, x]) in (first..).zip(&steps) {
            finite("the predicted noise", &numbers[eps.clone()], settings.time(k))?;
            finite("a particle", &numbers[x.clone()], settings.time(k + 1))?;
        }
        if !steps.is_empty() {
            self.memory = memory.map(|place| numbers[place.clone()].into());
            self.calls += calls;
        }
        for (k, [eps, x]) in (first..).zip(steps) {
            self.predicted_noise[k] = Some(numbers[eps].into());
            self.states.push(numbers[x].into());
            self.predicted_noise.push(None);
        }
        match noise {
            Noise::NotAsked => {}
            Noise::NoneAt(k) => self.predicted_noise[k] = Some(vec![0.0; self.states[k].len()].into()),
            Noise::At(k, place) => {
                finite("the predicted noise", &numbers[place.clone()], settings.time(k))?;
                self.calls += usize::from(k >= settings.demolished());
                self.predicted_noise[k] = Some(numbers[place].into());
            }
        }
        Ok(())
    }
}
