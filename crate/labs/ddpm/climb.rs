//! The network's half of a walk: legs on the device, read in one go.

use burn::tensor::Tensor;

use super::{
    denoiser::Denoiser,
    fork::State,
    settings::{Move, Settings},
    walk::{Leg, Walked},
};
use crate::device;
use crate::diffusion::solver::{Memory, Method, Solver};
use crate::math::{normal::normals, philox::Stream};
use crate::runtime::error::{SessionError, finite};

/// A leg on the device.
struct Climb {
    steps: Vec<Step>,
    /// ε at the last state, where it was asked.
    last: Option<Tensor<4>>,
    calls: usize,
}

/// A step on the device.
struct Step {
    /// ε at the state that was left.
    eps: Tensor<4>,
    /// The state that was reached.
    x: Tensor<4>,
    /// What the sampler then knows.
    memory: Memory<Tensor<4>>,
}

impl Step {
    fn tensors(&self) -> impl Iterator<Item = &Tensor<4>> {
        let outputs = self.memory.outputs.iter().map(|(_, output)| output);
        [&self.eps, &self.x].into_iter().chain(outputs).chain(&self.memory.last)
    }
}

/// Climbs all `legs`, with one readback.
pub async fn climb(
    denoiser: &Denoiser,
    settings: &Settings,
    legs: &[&Leg<'_>],
) -> Result<Vec<Result<Walked, SessionError>>, SessionError> {
    let climbs: Vec<_> = legs.iter().map(|leg| on_device(denoiser, settings, leg)).collect();
    let values = read_all(climbs.iter().flat_map(Climb::tensors).cloned().collect()).await?;
    let mut values = values.as_slice();
    let read = |(leg, climb): (&&Leg<'_>, &Climb)| {
        let (mine, rest) = values.split_at(leg.from.x.len() * climb.tensors().count());
        values = rest;
        climb.walked(leg, mine)
    };
    Ok(legs.iter().zip(&climbs).map(read).collect())
}

/// Puts a leg to the device; nothing waits for it.
fn on_device(denoiser: &Denoiser, settings: &Settings, leg: &Leg<'_>) -> Climb {
    let Leg { trajectory, k, from, count, ask_last } = *leg;
    let (config, before) = (&trajectory.config, denoiser.calls());
    let rising = settings.move_from(k) == Move::Rise;
    // Upwards Euler's rule in B/A is DDIM's step in reverse.
    let method = if rising { config.method } else { Method::Euler };
    let upload = |values: &Vec<f32>| denoiser.upload(values);
    let mut solver = Solver { method, memory: from.memory.map(upload) };
    let mut x = upload(&from.x); // [B, C, H, W]
    let mut steps = Vec::with_capacity(count);
    for k in k..k + count {
        let (level, to) = (trajectory.levels[k], trajectory.levels[k + 1]);
        let eps = match &from.eps {
            Some(eps) if steps.is_empty() => upload(eps),
            _ => denoiser.predict_noise(config, x.clone(), level),
        };
        let fresh = method.is_random() && to.b > 0.0;
        let z = fresh.then(|| {
            let (seed, time) = (trajectory.seed(settings, k), level.address());
            upload(&normals(seed, Stream::Rebuild, time, from.x.len()))
        });
        let denoise = &mut |x: &Tensor<4>, level| denoiser.predict_noise(config, x.clone(), level);
        x = solver.advance(&x, &eps, level, to, z.as_ref(), denoise);
        steps.push(Step { eps, x: x.clone(), memory: solver.memory.clone() });
    }
    let last = ask_last.then(|| denoiser.predict_noise(config, x, trajectory.levels[k + count]));
    Climb { steps, last, calls: denoiser.calls() - before }
}

impl Climb {
    /// Everything to be read, in the order in which [`walked`](Self::walked) takes it.
    fn tensors(&self) -> impl Iterator<Item = &Tensor<4>> {
        self.steps.iter().flat_map(Step::tensors).chain(&self.last)
    }

    /// What the numbers `values` say.
    fn walked(&self, leg: &Leg<'_>, values: &[f32]) -> Result<Walked, SessionError> {
        let (trajectory, k) = (leg.trajectory, leg.k);
        let mut arrays = values.chunks_exact(leg.from.x.len()).map(<[f32]>::to_vec);
        let mut next = || arrays.next().expect("one array a tensor");
        let mut walked = Walked { eps: Vec::new(), states: Vec::new(), calls: self.calls };
        for (i, step) in self.steps.iter().enumerate() {
            let (eps, x) = (next(), next());
            finite("the predicted noise", &eps, trajectory.time(k + i))?;
            finite("the picture", &x, trajectory.time(k + i + 1))?;
            walked.eps.push(eps);
            walked.states.push(State { x, eps: None, memory: step.memory.map(|_| next()) });
        }
        if self.last.is_some() {
            let eps = next();
            finite("the predicted noise", &eps, trajectory.time(k + leg.count))?;
            walked.eps.push(eps);
        }
        Ok(walked)
    }
}

/// The numbers of several tensors of one picture's shape, one after the other, in a single readback.
pub async fn read_all(tensors: Vec<Tensor<4>>) -> Result<Vec<f32>, SessionError> {
    device::read(Tensor::cat(tensors, 0)).await.map_err(SessionError::Device)
}
