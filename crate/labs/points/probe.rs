//! One start point and the paths on which two samplers lead it home.

use burn::tensor::Tensor;

use super::{denoiser::upload, plane::Plane};
use crate::diffusion::solver::{Method, Solver};
use crate::math::{normal::normals, philox::Stream};

/// The paths of the sampler and of its rival, [2 (S + 1), 2] on the device.
pub fn paths(plane: &Plane) -> Tensor<2> {
    let both = [plane.settings.method, plane.settings.rival].map(|method| path(method, plane));
    Tensor::cat(both.concat(), 0)
}

/// S + 1 places [1, 2].
fn path(method: Method, plane: &Plane) -> Vec<Tensor<2>> {
    let Plane { settings, device, .. } = plane;
    let denoiser = plane.denoiser();
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
