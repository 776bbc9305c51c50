//! The network's half of a walk: one leg after the other, waited for once.

use super::{
    denoiser::Denoiser,
    fork::State,
    settings::{Move, Settings},
    walk::{Leg, Walked},
};
use crate::device::answer;
use crate::diffusion::solver::{Method, Solver};
use crate::math::{normal::normals, philox::Stream};
use crate::runtime::error::{SessionError, finite};

/// Climbs all `legs`. A leg on which numbers run away fails alone; a device that is lost takes all of them.
pub async fn climb(
    denoiser: &Denoiser,
    settings: &Settings,
    legs: &[&Leg<'_>],
) -> Result<Vec<Result<Walked, SessionError>>, SessionError> {
    let mut climbed = Vec::with_capacity(legs.len());
    for leg in legs {
        climbed.push(match climb_one(denoiser, settings, leg).await {
            Err(SessionError::Device(lost)) => return Err(SessionError::Device(lost)),
            outcome => outcome,
        });
    }
    answer().await.map_err(SessionError::Device)?;
    Ok(climbed)
}

async fn climb_one(denoiser: &Denoiser, settings: &Settings, leg: &Leg<'_>) -> Result<Walked, SessionError> {
    let Leg { trajectory, k: first, from, count, ask_last } = *leg;
    let (config, before) = (&trajectory.config, denoiser.calls());
    let rising = settings.move_from(first) == Move::Rise;
    // Upwards Euler's rule in B/A is DDIM's step in reverse.
    let method = if rising { config.method } else { Method::Euler };
    let mut solver = Solver { method, memory: from.memory.clone() };
    let mut x = from.x.clone(); // [B, C, H, W]
    let mut walked = Walked { eps: Vec::new(), states: Vec::new(), calls: 0 };
    for k in first..first + count {
        let (level, to) = (trajectory.levels[k], trajectory.levels[k + 1]);
        let eps = match &from.eps {
            Some(eps) if k == first => eps.clone(),
            _ => denoiser.predict_noise(config, &x, level).await?,
        };
        let fresh = method.is_random() && to.b > 0.0;
        let z = fresh.then(|| {
            let (seed, time) = (trajectory.seed(settings, k), level.address());
            normals(seed, Stream::Rebuild, time, from.x.len())
        });
        let denoise = &mut async |x: &Vec<f32>, level| denoiser.predict_noise(config, x, level).await;
        x = solver.advance(&x, &eps, level, to, z.as_ref(), denoise).await?;
        finite("the predicted noise", &eps, trajectory.time(k))?;
        finite("the picture", &x, trajectory.time(k + 1))?;
        walked.eps.push(eps);
        walked.states.push(State { x: x.clone(), eps: None, memory: solver.memory.clone() });
    }
    if ask_last {
        let eps = denoiser.predict_noise(config, &x, trajectory.levels[first + count]).await?;
        finite("the predicted noise", &eps, trajectory.time(first + count))?;
        walked.eps.push(eps);
    }
    walked.calls = denoiser.calls() - before;
    Ok(walked)
}
