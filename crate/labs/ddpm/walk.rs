//! From one state of a track to the next ones: falling by noise, rising by the sampler, or the model's way back.

use burn::tensor::Tensor;

use super::{
    belief::Denoiser,
    route::Route,
    settings::{Move, Settings},
};
use crate::device;
use crate::diffusion::solver::{Memory, Method, Solver};
use crate::math::{normal::normals, philox::Stream};
use crate::runtime::error::SessionError;
use crate::runtime::error::finite;

/// x of all samples, [B, C, H, W], and what belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    pub x: Vec<f32>,
    /// ε there, where the network was asked.
    pub eps: Option<Vec<f32>>,
    /// What the sampler knows of earlier steps when it leaves.
    pub memory: Memory<Vec<f32>>,
}

impl State {
    /// A state that no sampler has come to.
    pub fn new(x: Vec<f32>) -> Self {
        Self { x, eps: None, memory: Memory::default() }
    }

    /// Everything in it, in numbers.
    pub fn size(&self) -> usize {
        let memory = self.memory.outputs.len() + usize::from(self.memory.last.is_some());
        self.x.len() * (1 + usize::from(self.eps.is_some()) + memory)
    }
}

/// What several steps with the network gave.
pub struct Walked {
    /// ε at the states that were left.
    pub eps: Vec<Vec<f32>>,
    /// The states that were reached.
    pub states: Vec<State>,
}

/// What it takes to walk.
#[derive(Clone, Copy)]
pub struct Walker<'a> {
    pub denoiser: &'a Denoiser,
    pub settings: &'a Settings,
}

impl Walker<'_> {
    /// State `k` + 1 from state `k`: x_t = a x_s + b e with the noise that belongs to t.
    pub fn fall(&self, route: &Route, k: usize, from: &State) -> State {
        let to = route.levels[k + 1];
        let (a, b) = to.jump(route.levels[k]);
        let (seed, time) = (route.seed(self.settings, k), to.address());
        let noise = normals(seed, Stream::Demolish, time, from.x.len());
        let x = from.x.iter().zip(noise).map(|(x, e)| (a * f64::from(*x) + b * f64::from(e)) as f32);
        State::new(x.collect())
    }

    /// States `k` + 1 to `k` + `count` from state `k`, reading the device once. All moves are of one kind.
    pub async fn walk(
        &self,
        route: &Route,
        k: usize,
        from: &State,
        count: usize,
    ) -> Result<Walked, SessionError> {
        let rule = &route.rule;
        let rising = self.settings.move_from(k) == Move::Rise;
        // Upwards Euler's rule in B/A is DDIM's step in reverse.
        let method = if rising { rule.method } else { Method::Euler };
        let upload = |values: &Vec<f32>| self.denoiser.upload(values);
        let mut solver = Solver { method, memory: from.memory.map(upload) };
        let mut x = upload(&from.x); // [B, C, H, W]
        let mut steps = Vec::with_capacity(count);
        for k in k..k + count {
            let (level, to) = (route.levels[k], route.levels[k + 1]);
            let eps = match &from.eps {
                Some(eps) if steps.is_empty() => upload(eps),
                _ => self.denoiser.predict(rule, x.clone(), level),
            };
            let fresh = method.is_random() && to.b > 0.0;
            let z = fresh.then(|| {
                let (seed, time) = (route.seed(self.settings, k), level.address());
                upload(&normals(seed, Stream::Rebuild, time, from.x.len()))
            });
            let denoise = &mut |x: &Tensor<4>, level| self.denoiser.predict(rule, x.clone(), level);
            x = solver.advance(&x, &eps, level, to, z.as_ref(), denoise);
            steps.push((eps, x.clone(), solver.memory.clone()));
        }
        let tensors = steps.iter().flat_map(|(eps, x, memory)| [eps, x].into_iter().chain(parts(memory)));
        let values = read_all(tensors.cloned().collect()).await?;
        let mut chunks = values.chunks_exact(from.x.len()).map(<[f32]>::to_vec);
        let mut walked = Walked { eps: Vec::new(), states: Vec::new() };
        for (i, (_, _, memory)) in steps.iter().enumerate() {
            let mut next = || chunks.next().expect("one part a tensor");
            let (eps, x) = (next(), next());
            finite("the predicted noise", &eps, route.time(k + i))?;
            finite("the picture", &x, route.time(k + i + 1))?;
            walked.eps.push(eps);
            walked.states.push(State { x, eps: None, memory: memory.map(|_| next()) });
        }
        Ok(walked)
    }

    /// ε at state `k`.
    pub async fn believe(&self, route: &Route, k: usize, state: &State) -> Result<Vec<f32>, SessionError> {
        let level = route.levels[k];
        if level.b == 0.0 && self.settings.move_from(k) != Move::Invert {
            // A finished picture holds no noise; asking the network would be asking beyond its training.
            return Ok(vec![0.0; state.x.len()]);
        }
        let x = self.denoiser.upload(&state.x);
        let eps = read_all(vec![self.denoiser.predict(&route.rule, x, level)]).await?;
        finite("the predicted noise", &eps, route.time(k))?;
        Ok(eps)
    }
}

/// The tensors of a memory in the order in which [`Memory::map`] asks for them.
fn parts<X>(memory: &Memory<X>) -> impl Iterator<Item = &X> {
    memory.outputs.iter().map(|(_, output)| output).chain(&memory.last)
}

/// The numbers of several tensors of one picture's shape, one after the other, in a single readback.
pub async fn read_all(tensors: Vec<Tensor<4>>) -> Result<Vec<f32>, SessionError> {
    device::read(Tensor::cat(tensors, 0)).await.map_err(SessionError::Device)
}
