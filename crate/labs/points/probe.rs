//! One start point and the paths on which two samplers lead it home.

use super::plane::Plane;
use crate::diffusion::solver::{Method, Solver};
use crate::math::{normal::normals, philox::Stream};
use crate::runtime::error::SessionError;

/// The paths of the sampler and of its rival, [2 (S + 1), 2].
pub async fn paths(plane: &Plane) -> Result<Vec<f32>, SessionError> {
    let mut both = path(plane.settings.method, plane).await?;
    both.extend(path(plane.settings.rival, plane).await?);
    Ok(both)
}

/// S + 1 places.
async fn path(method: Method, plane: &Plane) -> Result<Vec<f32>, SessionError> {
    let (settings, denoiser) = (&plane.settings, plane.denoiser());
    let mut solver = Solver::new(method);
    let mut x = settings.probe.map(|x| x as f32).to_vec();
    let mut places = x.clone();
    for pair in settings.levels.windows(2).rev() {
        let (to, from) = (pair[0], pair[1]);
        let eps = denoiser.eps(&x, from).await?;
        let noise = || normals(settings.seed, Stream::Probe, from.address(), 2);
        let z = method.is_random().then(noise);
        let further = &mut async |x: &Vec<f32>, level| denoiser.eps(x, level).await;
        x = solver.advance(&x, &eps, from, to, z.as_ref(), further).await?;
        places.extend_from_slice(&x);
    }
    Ok(places)
}
