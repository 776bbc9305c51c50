//! The states of all particles along the timeline, computed when they are asked for.

use burn::tensor::Tensor;

use super::{course::Plane, denoiser::upload, settings::Settings};
use crate::data::points::draw;
use crate::device::read;
use crate::diffusion::solver::{Memory, Solver};
use crate::math::{normal::normals, philox::Stream};
use crate::runtime::error::SessionError;
use crate::runtime::error::finite;

/// States between two readbacks: a long pull stays within a bounded memory.
const CHUNK: usize = 64;
/// Where the particles that fall stand among the draws of [`Stream::Points`].
const FALLING: u32 = u32::MAX;

/// What was computed so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectory {
    /// x at each state, [N, 2] each; at least the first.
    pub states: Vec<Vec<f32>>,
    /// ε at each state, where the denoiser was asked.
    pub beliefs: Vec<Option<Vec<f32>>>,
    /// What the solver remembers of the way to the last state.
    pub memory: Memory<Vec<f32>>,
    /// Calls of the denoiser at states of the building.
    pub calls: usize,
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
        Self { states: vec![first], beliefs: vec![None], memory: Memory::default(), calls: 0 }
    }

    /// Drops what a denoiser said that is no more: everything built, and all beliefs.
    pub fn forget(&mut self, settings: &Settings) {
        self.states.truncate(settings.demolished() + 1);
        self.beliefs = vec![None; self.states.len()];
        (self.memory, self.calls) = (Memory::default(), 0);
    }

    /// Computes states until `k` exists, which is at most the last.
    pub async fn reach(&mut self, k: usize, plane: &Plane<'_>) -> Result<(), SessionError> {
        while self.states.len() <= k {
            let next = self.states.len();
            if next <= plane.settings.demolished() {
                self.demolish(plane.settings);
            } else {
                self.rebuild((k + 1 - next).min(CHUNK), plane).await?;
            }
        }
        self.believe(k, plane).await
    }

    /// The next demolished state: x_t = a x_s + b e with the noise that belongs to t.
    fn demolish(&mut self, settings: &Settings) {
        let k = self.states.len();
        let level = settings.level(k);
        let (a, b) = level.jump(settings.level(k - 1));
        let before = &self.states[k - 1];
        let noise = normals(settings.seed, Stream::Demolish, level.address(), before.len());
        let x = before.iter().zip(noise).map(|(x, e)| (a * f64::from(*x) + b * f64::from(e)) as f32);
        self.states.push(x.collect());
        self.beliefs.push(None);
    }

    /// Rebuilds `count` states from the last one, reading the device once.
    async fn rebuild(&mut self, count: usize, plane: &Plane<'_>) -> Result<(), SessionError> {
        let Plane { settings, denoiser, device, .. } = *plane;
        let first = self.states.len() - 1;
        let before = denoiser.calls();
        let size = self.states[first].len();
        let mut solver = Solver { method: settings.method, memory: self.memory.map(|x| upload(x, device)) };
        let mut x = upload(&self.states[first], device); // [N, 2]
        let mut fresh = Vec::new();
        for k in first..first + count {
            let (from, to) = (settings.level(k), settings.level(k + 1));
            let eps = match self.beliefs.get(k) {
                Some(Some(known)) => upload(known, device),
                _ => denoiser.eps(x.clone(), from),
            };
            let z = settings
                .method
                .is_random()
                .then(|| upload(&normals(settings.seed, Stream::Rebuild, from.address(), size), device));
            let further = &mut |x: &Tensor<2>, level| denoiser.eps(x.clone(), level);
            x = solver.advance(&x, &eps, from, to, z.as_ref(), further);
            fresh.extend([eps, x.clone()]);
        }
        let Memory { outputs, last } = solver.memory;
        let (levels, outputs): (Vec<_>, Vec<_>) = outputs.into_iter().unzip();
        fresh.extend(outputs);
        fresh.extend(last.clone());
        let values = read(Tensor::cat(fresh, 0)).await.map_err(SessionError::Device)?;
        let mut parts = values.chunks_exact(size).map(<[f32]>::to_vec);
        let mut next = || parts.next().expect("one part a tensor");
        let steps: Vec<_> = (0..count).map(|_| (next(), next())).collect();
        for (k, (eps, x)) in (first..).zip(&steps) {
            finite("the predicted noise", eps, settings.level(k).t.round() as usize)?;
            finite("a particle", x, settings.level(k + 1).t.round() as usize)?;
        }
        self.calls += denoiser.calls() - before;
        for (k, (eps, x)) in (first..).zip(steps) {
            self.beliefs[k] = Some(eps);
            self.states.push(x);
            self.beliefs.push(None);
        }
        self.memory.outputs = levels.into_iter().map(|level| (level, next())).collect();
        self.memory.last = last.map(|_| next());
        Ok(())
    }

    /// Makes sure that what the denoiser says at state `k` is there.
    async fn believe(&mut self, k: usize, plane: &Plane<'_>) -> Result<(), SessionError> {
        let Plane { settings, denoiser, device, .. } = *plane;
        if self.beliefs[k].is_some() {
            return Ok(());
        }
        let level = settings.level(k);
        if level.b == 0.0 {
            // Data hold no noise.
            self.beliefs[k] = Some(vec![0.0; self.states[k].len()]);
            return Ok(());
        }
        let before = denoiser.calls();
        let eps = denoiser.eps(upload(&self.states[k], device), level);
        let eps = read(eps).await.map_err(SessionError::Device)?;
        finite("the predicted noise", &eps, level.t.round() as usize)?;
        if k >= settings.demolished() {
            self.calls += denoiser.calls() - before;
        }
        self.beliefs[k] = Some(eps);
        Ok(())
    }
}
