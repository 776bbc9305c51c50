//! A few points that the network builds in a few calls, to watch while it is being trained.

use burn::tensor::Device;

use super::{
    denoiser::{Denoiser, upload},
    settings::Settings,
};
use crate::device::read;
use crate::diffusion::{
    solver::{Method, descend},
    timegrid::{Spacing, levels},
};
use crate::math::{normal::normals, philox::Stream};
use crate::runtime::error::{SessionError, finite};

/// Points of a sketch.
pub const COUNT: usize = 500;
/// Calls that it takes.
const CALLS: usize = 10;

/// [500, 2], from the same noise as the particles.
pub async fn sketch(
    settings: &Settings,
    denoiser: &Denoiser,
    device: &Device,
) -> Result<Vec<f32>, SessionError> {
    let levels = levels(&settings.schedule, Spacing::Quadratic, CALLS);
    let start = upload(&normals(settings.seed, Stream::Rubble, 0, 2 * COUNT), device);
    let x = descend(Method::DpmPp2M, &levels, start, &mut |_| None, &mut |x, level| {
        denoiser.eps(x.clone(), level)
    });
    let x = read(x).await.map_err(SessionError::Device)?;
    finite("a particle", &x, 0)?;
    Ok(x)
}
