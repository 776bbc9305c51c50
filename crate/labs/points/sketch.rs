//! A few points that the network builds in a few calls, to watch while it is being trained.

use super::{denoiser::Denoiser, settings::Settings};
use crate::diffusion::{
    solver::{Method, descend},
    timegrid::{Spacing, levels},
};
use crate::math::{normal::normals, philox::Stream};
use crate::runtime::error::SessionError;

/// Points of a sketch.
pub const COUNT: usize = 500;
/// Calls that it takes.
const CALLS: usize = 10;

/// [500 · 2], from the same noise as the particles.
pub async fn sketch(settings: &Settings, denoiser: &Denoiser) -> Result<Vec<f32>, SessionError> {
    let levels = levels(&settings.schedule, Spacing::Quadratic, CALLS);
    let start = normals(settings.seed, Stream::Rubble, 0, 2 * COUNT);
    let denoise = &mut async |x: &Vec<f32>, level| denoiser.eps(x, level).await;
    descend(Method::DpmPp2M, &levels, start, &mut |_| None, denoise).await
}
