//! One start point and the ways that two samplers lead it home.

use burn::tensor::Tensor;

use super::{course::Plane, denoiser::upload};
use crate::device::read;
use crate::diffusion::solver::{Method, Solver};
use crate::math::{normal::normals, philox::Stream};
use crate::runtime::error::SessionError;
use crate::runtime::error::finite;

/// The ways of the sampler and of its rival, [2, S + 1, 2]; one readback.
pub async fn walk(plane: &Plane<'_>) -> Result<Vec<f32>, SessionError> {
    let both = [plane.settings.method, plane.settings.rival].map(|method| way(method, plane));
    let places = read(Tensor::cat(both.concat(), 0)).await.map_err(SessionError::Device)?;
    finite("the probe", &places, 0)?;
    Ok(places)
}

/// S + 1 places [1, 2].
fn way(method: Method, plane: &Plane<'_>) -> Vec<Tensor<2>> {
    let Plane { settings, denoiser, device, .. } = *plane;
    let mut solver = Solver::new(method);
    let mut x = upload(&settings.probe.map(|x| x as f32), device);
    let mut places = vec![x.clone()];
    for pair in settings.levels.windows(2).rev() {
        let (to, from) = (pair[0], pair[1]);
        let eps = denoiser.eps(x.clone(), from);
        let noise = || normals(settings.seed, Stream::Probe, from.address(), 2);
        let z = method.is_random().then(|| upload(&noise(), device));
        let further = &mut |x: &Tensor<2>, level| denoiser.eps(x.clone(), level);
        x = solver.advance(&x, &eps, from, to, z.as_ref(), further);
        places.push(x.clone());
    }
    places
}
